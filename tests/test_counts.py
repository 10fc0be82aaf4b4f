"""Statements are counted once for each graph that they stand in, and what is inferred apart from them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from powkg import archive
from powkg.build import in_memory
from powkg.counts import everything, inferred, statements
from powkg.dataset import read
from powkg.engine import Engine
from powkg.inputs import find_inputs


def test_a_statement_in_two_graphs_counts_twice(make_data: Callable[..., Path]) -> None:
    root = make_data()
    before = statements(in_memory(read(find_inputs(root))))
    with (root / "graph" / "dawsey.trig").open("a", encoding="utf-8") as file:
        file.write("dawsey:p03s1 { id:joseph-stalin a pow:Person . }\n")
    assert statements(in_memory(read(find_inputs(root)))) == before + 1


@pytest.mark.parametrize("union", [False, True])
def test_of_data_of_ones_own_every_statement_counts_in_whatever_graph(tmp_path: Path, union: bool) -> None:
    """Whether or not the store takes all graphs together as the default graph of a query."""
    file = tmp_path / "data.trig"
    file.write_text("<urn:a> <urn:b> 1 , 2 . <urn:g> { <urn:a> <urn:b> 1 } <urn:h> { <urn:a> <urn:b> 1 , 3 }")
    archive.load([file], tmp_path / "store")
    with closing(Engine(tmp_path / "store", 60, 1, union=union)) as engine:
        assert everything(engine, union=union) == 5


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
