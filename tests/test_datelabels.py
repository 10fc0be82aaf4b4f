"""Dates in words, in three languages."""

from __future__ import annotations

import pytest

from powkg.entities.datelabels import date_label


@pytest.mark.parametrize(
    ("name", "english", "japanese", "russian"),
    [
        ("1945-08-09", "9 August 1945", "1945年8月9日", "9 августа 1945"),
        ("1945-02", "February 1945", "1945年2月", "февраль 1945"),
        ("1947", "1947", "1947年", "1947"),
        ("1949-21", "spring 1949", "1949年春", "весна 1949"),
        ("1945-24", "winter 1945/46", "1945/46年冬", "зима 1945/46"),
        ("1999-24", "winter 1999/00", "1999/00年冬", "зима 1999/00"),
        ("1946-33", "early 1946", "1946年初頭", "начало 1946"),
        ("1946-34", "second quarter of 1946", "1946年第2四半期", "второй квартал 1946"),
        ("1946-36", "late 1946", "1946年末", "конец 1946"),
        ("1946-40", "first half of 1946", "1946年前半", "первая половина 1946"),
        ("1946-41", "second half of 1946", "1946年後半", "вторая половина 1946"),
        ("195X", "1950s", "1950年代", "1950-е годы"),
        ("195X~", "about the 1950s", "1950年代頃", "ок. 1950-е годы"),
        ("19XX", "1900 to 1999", "1900年–1999年", "1900–1999"),
        ("1990..1993", "1990 to 1993", "1990年から1993年の間", "1990–1993"),
        (
            "1945-08-01..1945-08-10",
            "1 August 1945 to 10 August 1945",
            "1945年8月1日から1945年8月10日の間",
            "1 августа 1945 – 10 августа 1945",
        ),
        ("1945_1956", "from 1945 to 1956", "1945年から1956年まで", "1945–1956"),
        (
            "1949-21_1949-24",
            "from spring 1949 to winter 1949/50",
            "1949年春から1949/50年冬まで",
            "весна 1949 – зима 1949/50",
        ),
        ("1945~", "about 1945", "1945年頃", "ок. 1945"),
        ("1945-08-09~", "about 9 August 1945", "1945年8月9日頃", "ок. 9 августа 1945"),
        ("1945?", "1945 (uncertain)", "1945年（不確か）", "1945 (под вопросом)"),
        (
            "1945~_1956?",
            "from about 1945 to 1956 (uncertain)",
            "1945年頃から1956年（不確か）まで",
            "ок. 1945 – 1956 (под вопросом)",
        ),
    ],
)
def test_a_date_is_read_in_three_languages(name: str, english: str, japanese: str, russian: str) -> None:
    assert [date_label(name, language) for language in ("en", "ja", "ru")] == [english, japanese, russian]


def test_another_language_has_the_english_words() -> None:
    assert date_label("1949-21", "fr") == "spring 1949"


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="'1945-99' is not a date"):
        date_label("1945-99", "en")
