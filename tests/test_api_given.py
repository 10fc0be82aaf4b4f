"""What people give in Python."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from powkg.api.entity import Entity
from powkg.api.given import languages_of, name_of, terms, words
from powkg.errors import UsageError
from powkg.namespaces import ID, XSD
from powkg.terms import IRI, Literal, Term

HARBIN = Entity(ID + "harbin", {"en": "Harbin"}, {}, "place", (), (), {})


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("id:harbin", IRI(ID + "harbin")),
        ("1945", Literal("1945", None, XSD + "integer")),
        ('"winter"@en', Literal("winter", "en")),
        (1945, Literal("1945", None, XSD + "integer")),
        (True, Literal("true", None, XSD + "boolean")),
        (0.5, Literal("0.5", None, XSD + "double")),
        (Decimal("0.5"), Literal("0.5", None, XSD + "decimal")),
        (dt.date(1945, 8, 9), Literal("1945-08-09", None, XSD + "date")),
        (IRI(ID + "harbin"), IRI(ID + "harbin")),
        (HARBIN, IRI(ID + "harbin")),
    ],
)
def test_values_become_terms(value: Any, term: Term) -> None:  # noqa: ANN401
    assert terms({"x": value}) == {"x": term}


@pytest.mark.parametrize("value", [None, ["id:harbin"], dt.datetime(1945, 8, 9, tzinfo=dt.UTC), object])
def test_what_is_no_value_is_named_with_its_variable(value: Any) -> None:  # noqa: ANN401
    with pytest.raises(UsageError, match="place is "):
        terms({"place": value})


def test_an_entity_is_given_by_name_or_as_itself() -> None:
    assert name_of("harbin") == "harbin"
    assert name_of(HARBIN) == ID + "harbin"
    for wrong in (None, 3, ["harbin"]):
        with pytest.raises(UsageError, match="names no entity: give a name such as harbin"):
            name_of(wrong)  # type: ignore[arg-type]


def test_one_word_is_as_good_as_several() -> None:
    assert words("event") == ("event",)
    assert words(["event", "place"]) == ("event", "place")


def test_languages_are_those_of_the_graph() -> None:
    assert languages_of("ja") == ("ja",)
    assert languages_of(["ja", "en", "ja"]) == ("ja", "en")
    with pytest.raises(UsageError, match="'de' is no language of the graph: give some of en, ja, ru"):
        languages_of(("en", "de"))
    with pytest.raises(UsageError, match="no language is given"):
        languages_of(())
