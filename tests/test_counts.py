"""Statements are counted once for each graph that they stand in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from powkg.build import in_memory
from powkg.counts import statements
from powkg.dataset import read
from powkg.inputs import find_inputs


def test_a_statement_in_two_graphs_counts_twice(make_data: Callable[..., Path]) -> None:
    root = make_data()
    before = statements(in_memory(read(find_inputs(root))))
    with (root / "graph" / "dawsey.trig").open("a", encoding="utf-8") as file:
        file.write("dawsey:p03s1 { id:joseph-stalin a pow:Person . }\n")
    assert statements(in_memory(read(find_inputs(root)))) == before + 1
