"""No sentence of the article stands in the project: only where a copy lies at POWKG_SOURCE_DAWSEY to compare with."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from powkg.dataset import Dataset
from powkg.namespaces import DCTERMS
from powkg.terms import IRI, Literal

ROOT = Path(__file__).resolve().parents[1]
RUN = 8
"""So many words in a row count as copied, unless they are the title of a work."""


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str, length: int = RUN) -> set[str]:
    found = words(text)
    return {" ".join(found[start : start + length]) for start in range(len(found) - length + 1)}


def project_files() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        try:
            yield name, (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def copied(text: str, prose: str, titles: str) -> set[str]:
    """The runs of words that a text shares with the prose, but for those that lie within the titles."""
    return (runs(text) & runs(prose)) - runs(titles)


def test_a_copied_sentence_is_found_and_a_title_is_not() -> None:
    prose = "One. The cook of the camp gave every man a bowl of soup at noon. Two."
    assert copied("# The cook of the camp gave every man a bowl", prose, "") != set()
    assert copied("the cook of the camp gave every man", prose, "The cook of the camp gave every man a bowl") == set()
    assert copied("Every man had soup at noon, from the cook.", prose, "") == set()


if os.environ.get("POWKG_SOURCE_DAWSEY"):

    def test_the_project_holds_no_sentence_of_the_article(real_dataset: Dataset) -> None:
        prose = Path(os.environ["POWKG_SOURCE_DAWSEY"]).read_text(encoding="utf-8")
        names = {IRI(DCTERMS + "title"), IRI("http://www.w3.org/2000/01/rdf-schema#label")}
        titles = " ".join(
            str(quad.value)
            for quad in real_dataset.statements()
            if quad.predicate in names and isinstance(quad.value, Literal)
        )
        found = {name: hits for name, text in project_files() if (hits := copied(text, prose, titles))}
        assert found == {}
