"""Statements are counted once for each graph that they stand in, and what is inferred apart from them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from powkg.build import in_memory
from powkg.counts import inferred, statements
from powkg.dataset import read
from powkg.inputs import find_inputs


def test_a_statement_in_two_graphs_counts_twice(make_data: Callable[..., Path]) -> None:
    root = make_data()
    before = statements(in_memory(read(find_inputs(root))))
    with (root / "graph" / "dawsey.trig").open("a", encoding="utf-8") as file:
        file.write("dawsey:p03s1 { id:joseph-stalin a pow:Person . }\n")
    assert statements(in_memory(read(find_inputs(root)))) == before + 1


def test_what_is_inferred_counts_apart(make_data: Callable[..., Path]) -> None:
    root = make_data()
    store = in_memory(read(find_inputs(root)))
    before = statements(store), inferred(store)
    file = root / "ontology" / "powkg.ttl"
    text = file.read_text(encoding="utf-8") + "pow:War rdfs:subClassOf pow:Conflict .\n"
    file.write_text(text, encoding="utf-8")
    store = in_memory(read(find_inputs(root)))
    # One statement more in the ontology; one type more, and the mark of the rule that gave it.
    assert (statements(store), inferred(store)) == (before[0] + 1, before[1] + 2)
