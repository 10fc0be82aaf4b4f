"""Dates, numbers and quantities in words."""

from __future__ import annotations

import pytest

from powkg.entities.captions import LANGUAGES, Quantity, best, date_caption, number_caption


@pytest.mark.parametrize("name", ["1945-99", "1945_..", "[1990..1993]", "nineteen"])
def test_what_is_no_date_stands_as_it_is(name: str) -> None:
    assert [date_caption(name, language) for language in LANGUAGES] == [name] * 3


def test_a_caption_of_a_date_is_its_label() -> None:
    assert [date_caption("1946-36", language) for language in LANGUAGES] == ["late 1946", "1946年末", "конец 1946"]


@pytest.mark.parametrize(
    ("lexical", "english", "russian"),
    [
        ("46000", "46,000", "46\N{NO-BREAK SPACE}000"),
        ("7", "7", "7"),
        ("0.5", "0.5", "0,5"),
        ("2.0", "2", "2"),
        ("1E+3", "1,000", "1\N{NO-BREAK SPACE}000"),
        ("NaN", "NaN", "NaN"),
        ("Siberian", "Siberian", "Siberian"),
    ],
)
def test_numbers_have_their_thousands_set_apart(lexical: str, english: str, russian: str) -> None:
    assert number_caption(lexical, "en") == english
    assert number_caption(lexical, "ru") == russian


ABOUT = {"en": "about", "ja": "約", "ru": "около"}
MORE = {"en": "more than", "ja": "を超える", "ru": "более"}
MOST = {"en": "most of", "ja": "大部分", "ru": "большинство"}
SHARED = Quantity(figure="46000")


@pytest.mark.parametrize(
    ("quantity", "english", "japanese"),
    [
        (Quantity(figure="625000"), "625,000", "625,000"),
        (Quantity(figure="100000", qualifier=ABOUT), "about 100,000", "約 100,000"),
        (Quantity(figure="100", qualifier=MORE), "more than 100", "100を超える"),
        (Quantity(ratio="2.0", qualifier=MORE), "more than 2 ×", "2倍を超える"),
        (Quantity(ratio="0.5", qualifier=MOST), "most", "大部分"),
        (Quantity(ratio="2.0", qualifier=MORE, base=SHARED), "more than 2 × 46,000", "46,000の2倍を超える"),
        (Quantity(ratio="0.5", qualifier=MOST, base=SHARED), "most of 46,000", "46,000の大部分"),
        (Quantity(ratio="0.5", base=Quantity(figure="9", qualifier=ABOUT)), "0.5 × about 9", "約 9の0.5倍"),
        (
            Quantity(at_least="1600", at_most="1700", qualifier=ABOUT),
            "1,600–1,700",
            "1,600–1,700",
        ),
        (Quantity(at_least="2000", qualifier={"en": "thousands of", "ja": "数千"}), "thousands", "数千"),
        (Quantity(figure="8", unit={"en": "camps", "ja": "か所"}), "8 camps", "8 か所"),
        (Quantity(), "", ""),
    ],
)
def test_quantities_read_with_their_qualifier_and_unit(quantity: Quantity, english: str, japanese: str) -> None:
    assert quantity.caption("en") == english
    assert quantity.caption("ja") == japanese


def test_share_is_read_as_russian_does() -> None:
    assert Quantity(ratio="0.5", qualifier=MOST, base=SHARED).caption("ru") == (
        "большинство из 46\N{NO-BREAK SPACE}000"
    )


def test_best_label_falls_back_to_english_then_to_any() -> None:
    assert best({"en": "war", "ja": "戦争"}, "ja") == "戦争"
    assert best({"en": "war", "ja": "戦争"}, "ru") == "war"
    assert best({"uk": "війна", "ja": "戦争"}, "ru") == "戦争"
    assert best({}, "ru") == ""
