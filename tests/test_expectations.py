"""What a claim says that its sentence prints."""

from __future__ import annotations

import pytest

from powkg.grounding.expectations import dates, is_qualified, numbers, vague_numeral
from powkg.namespaces import DATE, POW, TERM, XSD
from powkg.terms import IRI, Literal, Term


def facts(**values: str) -> list[tuple[str, str, Term]]:
    terms = {
        name: IRI(TERM + value) if name == "qualifier" else Literal(value, None, XSD + "decimal")
        for name, value in values.items()
    }
    return [("claim", POW + name, term) for name, term in terms.items()]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"figure": "95", "atLeast": "90", "atMost": "100"}, ["95"]),
        ({"ratio": "0.5", "qualifier": "most"}, ["0.5"]),
        ({"figure": "10", "ratio": "2.0"}, ["10", "2"]),
        ({"atLeast": "1600", "atMost": "1700", "qualifier": "between"}, ["1600", "1700"]),
        ({"atLeast": "40", "qualifier": "scores-of"}, ["scores"]),
        ({"qualifier": "tens-of-thousands-of"}, ["tens of thousands"]),
        ({"daysAfter": "90"}, ["90"]),
        ({"figure": "8", "volume": "7"}, ["7", "8"]),
        ({"qualifier": "about"}, []),
    ],
)
def test_numbers_to_find(values: dict[str, str], expected: list[str]) -> None:
    assert [str(one) for one in numbers(facts(**values))] == expected


def test_dates_to_find() -> None:
    used: list[tuple[str, str, Term]] = [("a", "p", IRI(DATE + "1945")), ("b", "p", IRI(DATE + "1945"))]
    assert dates([*used, ("c", "p", IRI(TERM + "x"))]) == {"1945": "a"}


@pytest.mark.parametrize(
    ("text", "qualifier", "expected"),
    [
        ("some 500 men", "about", True),
        ("estimating that 500", "about", True),
        ("something with 500 men", "about", False),
        ("overall 500 men", "more-than", False),
        ("more  than 500", "more-than", True),
        ("closer to 500", "close-to", True),
        ("just 500", "only", True),
        ("500 men", "only", False),
        ("500 men", "plain", True),
        ("500 men", "unheard-of", True),
    ],
)
def test_qualifier_has_its_word(text: str, qualifier: str, *, expected: bool) -> None:
    assert is_qualified(text, qualifier) is expected


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [("scores-of", "scores"), ("tens-of-thousands-of", "tens-of-thousands"), ("about", ""), ("most", "")],
)
def test_vague_numeral_of_a_qualifier(qualifier: str, expected: str) -> None:
    assert vague_numeral(qualifier) == expected
