"""Statements by passage, and the names by which an English text may call an entity."""

from __future__ import annotations

from fractions import Fraction

import pytest

from powkg.grounding.passage_facts import PassageFacts, entities, number, variants, words_of_lists
from powkg.namespaces import ID, PASSAGE, POW, RDFS, SOURCE, TERM, XSD
from powkg.terms import IRI, Literal, Term


def label(value: str, language: str | None) -> tuple[Term, Term, Term, str]:
    return IRI(ID + "korea"), IRI(RDFS + "label"), Literal(value, language), SOURCE + "editorial"


def test_names_are_those_that_an_english_text_can_print() -> None:
    quads = [label("Korea", "en"), label("朝鮮", "ja"), label("Chōsen", "ja-Latn"), label("Корея", "ru")]
    found = PassageFacts.of([*quads, label("Corea", None)]).names[ID + "korea"]
    assert found == {("Korea",), ("Chōsen",), ("Corea",)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Korea (Korean peninsula)", {("Korea", "Korean", "peninsula"), ("Korea",)}),
        ("The Japan Times", {("The", "Japan", "Times"), ("Japan", "Times")}),
        ("S.I. O’Neil", {("S", "I", "O", "Neil")}),
        ("—", set()),
    ],
)
def test_variants_of_a_label(text: str, expected: set[tuple[str, ...]]) -> None:
    assert variants(text) == expected


def test_statements_are_those_of_passages() -> None:
    fact = (IRI(ID + "a"), IRI(POW + "where"), IRI(ID + "korea"))
    facts = PassageFacts.of([(*fact, PASSAGE + "x/p01s1"), (*fact, SOURCE + "x")])
    assert facts.statements == {PASSAGE + "x/p01s1": ((ID + "a", POW + "where", IRI(ID + "korea")),)}


def test_parts_of_a_statement() -> None:
    assert entities((ID + "a", POW + "where", IRI(ID + "korea"))) == [ID + "a", ID + "korea"]
    assert entities(("claim", POW + "unit", IRI(TERM + "persons"))) == []
    assert words_of_lists(("claim", POW + "unit", IRI(TERM + "persons"))) == [TERM + "persons"]
    assert words_of_lists(("claim", POW + "unit", Literal(TERM))) == []


def test_number_of_a_literal() -> None:
    assert number(Literal("0.5", None, XSD + "decimal")) == Fraction(1, 2)
    assert number(Literal("12", None, XSD + "integer")) == 12
    assert number(Literal("12")) is None
    assert number(IRI("12")) is None
