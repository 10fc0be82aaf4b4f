"""Links and notes by themselves."""

from __future__ import annotations

import pytest

from powkg.entities.links import Link, Note, is_link, merged, plain_link
from powkg.entities.statements import Statement
from powkg.namespaces import DATE, ID, POW, RDF, SKOS
from powkg.terms import IRI, Literal, Term

LINK = Link(ID + "a", POW + "after", ID + "b", ("p01s1",))
OFFICE, DAY = Note(POW + "as", (("en", "colonel"),), ("p01s1",)), Note(POW + "when", (("en", "1949"),), ("p01s2",))


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "passages", "expected"),
    [
        (ID + "a", POW + "after", IRI(ID + "b"), ("p01s1",), True),
        (ID + "a", POW + "after", IRI(ID + "b"), (), False),
        (ID + "a", POW + "after", IRI(ID + "a"), ("p01s1",), False),
        (ID + "a", POW + "when", IRI(DATE + "1949"), ("p01s1",), False),
        (ID + "a", SKOS + "closeMatch", IRI(ID + "b"), ("p01s1",), False),
        (ID + "a", RDF + "type", IRI(POW + "Event"), ("p01s1",), False),
        (ID + "a", POW + "title", Literal(ID + "b"), ("p01s1",), False),
        (POW + "Event", POW + "after", IRI(ID + "b"), ("p01s1",), False),
    ],
)
def test_a_link_joins_two_entities_in_a_passage(
    subject: str, predicate: str, value: Term, passages: tuple[str, ...], expected: bool
) -> None:
    assert is_link(Statement(subject, predicate, value, passages, ())) is expected


def test_a_statement_is_a_link_without_notes() -> None:
    assert plain_link(Statement(ID + "a", POW + "after", IRI(ID + "b"), ("p01s1",), ())) == LINK


def test_links_that_say_the_same_are_one_with_all_passages_and_notes_dates_first() -> None:
    again = Link(ID + "a", POW + "after", ID + "b", ("p01s2", "p01s1"), (OFFICE, DAY, OFFICE))
    assert merged([LINK, again]) == Link(ID + "a", POW + "after", ID + "b", ("p01s1", "p01s2"), (DAY, OFFICE))
    assert merged([LINK]) is LINK
