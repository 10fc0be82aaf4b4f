"""What counts as a number in an English sentence, and its value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from powkg.grounding.numerals import numerals
from powkg.grounding.prose import Prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.5 million men", [1500000]),
        ("between 2.6 and 2.7 million tons", [2600000, 2700000]),
        ("twenty to thirty thousand tons", [20000, 30000]),
        ("from 900,000 to 1.2 million", [900000, 1200000]),
        ("two to three million", [2000000, 3000000]),
        ("one or two hundred men, two and three of them", [100, 200]),
        ("one and a half million, two and a half years", [1500000, Fraction(5, 2)]),
        ("a million and a half of them, two thousand and a half", [1500000, 2500]),
        ("one and a half to two million", [1500000, 2000000]),
        ("46,000 of 2,337 and 95,000", [46000, 2337, 95000]),
        ("On May 8, 1945, 12 left", [8, 1945, 12]),
        ("the 75th year and the 1990s", [75, 1990]),
        ("pages 612-629", [612, 629]),
        ("one million men and twenty-five; a million and five", [1000000, 25, 1000005]),
        ("two hundred and fifty thousand, one of them", [250000]),
        ("three years, four long winters of eleven", [3, 11]),
        ("one of the first two of them", []),
        ("a dozen, two dozen, half a million, a hundred", [12, 24, 500000, 100]),
        ("half, two-thirds, a third of, one quarter of", [0.5, Fraction(2, 3), Fraction(1, 3), 0.25]),
        ("the third day, a quarter in the city", []),
        ("doubled, twice, tripled, halved", [2, 2, 3, 0.5]),
        ("most of them are most promising", [0.5]),
        ("½ a ration", [0.5]),
        ("B29 and Unit4 and A1", []),
    ],
)
def test_values(text: str, expected: list[float | Fraction]) -> None:
    assert [numeral.value for numeral in numerals(Prose.of(text))] == [Fraction(value) for value in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tens of thousands of men, thousands more", ["tens-of-thousands", "thousands"]),
        ("scores of letters and dozens", ["scores", "dozens"]),
        ("hundreds of thousands", ["hundreds-of-thousands"]),
        ("three thousand", [""]),
    ],
)
def test_vague_plurals(text: str, expected: list[str]) -> None:
    assert [numeral.vague for numeral in numerals(Prose.of(text))] == expected


def test_numeral_holds_its_words() -> None:
    prose = Prose.of("Some 1.5 million men and twenty-five camps")
    assert [(one.text, prose.printed(one.first, one.last)) for one in numerals(prose)] == [
        ("1.5 million", "1.5 million"),
        ("twenty-five", "twenty-five"),
    ]


def test_third_equals_its_decimals_and_no_others() -> None:
    (third,) = numerals(Prose.of("a third of them"))
    assert third.equals(Fraction("0.333"))
    assert third.equals(Fraction("0.33"))
    assert not third.equals(Fraction("0.3"))


def test_vague_plural_equals_no_number() -> None:
    (thousands,) = numerals(Prose.of("thousands"))
    assert not thousands.equals(Fraction(1000))
