"""What docs/python.md and the docstrings show is what Python says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from powkg.api import KnowledgeGraph, knowledge_graph
from powkg.store import open_store

OPTIONS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL
PAGE = Path(__file__).resolve().parents[1] / "docs" / "python.md"


def test_each_example_gives_what_the_page_says(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWKG_STORE", str(real_folder))
    result = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8", optionflags=OPTIONS)
    assert result.attempted >= 15
    assert result.failed == 0


def test_the_examples_of_the_docstrings_are_true(real: Path, real_folder: Path) -> None:
    kg = KnowledgeGraph(open_store(real_folder), real)
    result = doctest.testmod(knowledge_graph, extraglobs={"kg": kg}, optionflags=OPTIONS)
    assert result.attempted >= 7
    assert result.failed == 0
