"""Dates, numbers and claims in words."""

from __future__ import annotations

import pytest

from powkg.entities.captions import Quantity, best, claim_caption, date_caption, number_caption


@pytest.mark.parametrize(
    ("edtf", "english", "japanese", "russian"),
    [
        ("1945-08-09", "1945-08-09", "1945-08-09", "1945-08-09"),
        ("1945-02", "February 1945", "1945年2月", "февраль 1945"),
        ("1947", "1947", "1947年", "1947"),
        ("1949-21", "spring 1949", "1949年春", "весна 1949"),
        ("1946-36", "late 1946", "1946年末", "конец 1946"),
        ("195X", "1950s", "1950年代", "1950-е годы"),
        ("1990..1993", "1990–1993", "1990年–1993年", "1990–1993"),
        ("[1990..1993]", "1990–1993", "1990年–1993年", "1990–1993"),
        ("1945_1956", "1945–1956", "1945年–1956年", "1945–1956"),
        ("1945-08-01/1945-08-10", "1945-08-01–1945-08-10", "1945-08-01–1945-08-10", "1945-08-01–1945-08-10"),
        ("1945~", "c. 1945", "1945年頃", "ок. 1945"),
        ("1945-99", "1945-99", "1945-99", "1945-99"),
        ("1945/..", "1945/..", "1945/..", "1945/.."),
    ],
)
def test_dates_read_as_a_person_writes_them(edtf: str, english: str, japanese: str, russian: str) -> None:
    assert [date_caption(edtf, language) for language in ("en", "ja", "ru")] == [english, japanese, russian]


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


@pytest.mark.parametrize(
    ("quantity", "english", "japanese"),
    [
        (Quantity(figure="625000"), "625,000", "625,000"),
        (Quantity(figure="100000", qualifier=ABOUT), "about 100,000", "約 100,000"),
        (Quantity(figure="100", qualifier=MORE), "more than 100", "100を超える"),
        (Quantity(ratio="2.0", qualifier=MORE), "more than 2 ×", "2倍を超える"),
        (Quantity(ratio="0.5", qualifier={"en": "most of", "ja": "大部分"}), "most", "大部分"),
        (
            Quantity(at_least="1600", at_most="1700", qualifier=ABOUT),
            "1,600–1,700",
            "1,600–1,700",
        ),
        (Quantity(at_least="2000", qualifier={"en": "thousands of", "ja": "数千"}), "thousands", "数千"),
        (Quantity(figure="8", unit={"en": "camps", "ja": "か所"}), "8 camps", "8 か所"),
    ],
)
def test_quantities_read_with_their_qualifier_and_unit(quantity: Quantity, english: str, japanese: str) -> None:
    assert quantity.caption("en") == english
    assert quantity.caption("ja") == japanese


def test_claim_names_figure_date_method_and_claimant() -> None:
    quantity = Quantity(figure="300000", qualifier=ABOUT, as_of="1949-21")
    captions = claim_caption([{"en": "estimate", "ru": "оценка"}], [{"en": "Ada Holm"}], quantity)
    assert captions["en"] == "about 300,000 · spring 1949 · estimate · Ada Holm"
    assert captions["ru"] == "около 300\N{NO-BREAK SPACE}000 · весна 1949 · оценка · Ada Holm"


def test_claim_has_no_caption_in_a_language_that_none_of_its_words_has() -> None:
    assert claim_caption([], [{"en": "Ada Holm"}], Quantity(figure="3000")) == {"en": "3,000 · Ada Holm"}


def test_claim_has_no_caption_in_a_language_that_what_it_says_is_not_named_in() -> None:
    said = [{"en": "Fall of the Bridge"}, {"en": "offered", "ja": "提示"}]
    assert set(claim_caption(said, [{"en": "Ada Holm", "ja": "ホルム"}])) == {"en"}


def test_best_label_falls_back_to_english_then_to_any() -> None:
    assert best({"en": "war", "ja": "戦争"}, "ja") == "戦争"
    assert best({"en": "war", "ja": "戦争"}, "ru") == "war"
    assert best({"uk": "війна", "ja": "戦争"}, "ru") == "戦争"
    assert best({}, "ru") == ""
