"""The questions in the terms of CIDOC CRM alone: they name no other vocabulary, and what is inferred answers them."""

from __future__ import annotations

import re

import pytest

from powkg.checks.queries import QUESTIONS, cell
from powkg.dataset import Dataset
from powkg.mentions import iris
from powkg.namespaces import CRM, RDF, RDFS, SKOS, XSD
from powkg.queries import Question, load
from powkg.settings import default_data_folder
from powkg.store import Store, fill

ASKED = [q for q in load(default_data_folder() / QUESTIONS) if q.name.startswith("crm-")]
NAMES = [question.name for question in ASKED]
LABELS = (RDF, RDFS, SKOS, XSD)
"""The vocabularies that a query may use beside CIDOC CRM: types, labels and values."""

PREFIX = re.compile(r"PREFIX\s+\w*:\s*<([^>]*)>", re.IGNORECASE)


def rows(store: Store, question: Question) -> list[list[str]]:
    return [[cell(term) for term in row] for row in store.query(question.text)]


@pytest.fixture(scope="module")
def stated_only(real_dataset: Dataset) -> Store:
    """A store of what the files state, without anything that the build derives."""
    return fill(real_dataset.statements(), "")


def test_there_are_at_least_ten() -> None:
    assert len(NAMES) >= 10


@pytest.mark.parametrize("question", ASKED, ids=NAMES)
def test_it_names_no_other_vocabulary(question: Question) -> None:
    named = {mention.iri for mention in iris(question.text, comments=True)}
    assert {iri for iri in named if not iri.startswith((CRM, *LABELS))} == set()
    assert set(PREFIX.findall(question.text)) <= {CRM, *LABELS}
    assert {iri for iri in named if iri.startswith(CRM)}


@pytest.mark.parametrize("question", ASKED, ids=NAMES)
def test_it_answers_as_expected(real_store: Store, question: Question) -> None:
    assert question.expect
    assert rows(real_store, question) == question.expect


@pytest.mark.parametrize("question", ASKED, ids=NAMES)
def test_it_rests_on_what_is_inferred(stated_only: Store, question: Question) -> None:
    assert rows(stated_only, question) == []


def test_most_kinds_of_relation_are_asked_for() -> None:
    asked = {mention.iri.removeprefix(CRM).partition("_")[0] for q in ASKED for mention in iris(q.text)}
    relations = {
        "P4",
        "P7",
        "P9",
        "P11",
        "P14",
        "P26",
        "P27",
        "P82a",
        "P82b",
        "P89",
        "P107i",
        "P129",
        "P138",
        "P168",
        "P176",
    }
    assert relations <= asked
