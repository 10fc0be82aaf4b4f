"""Dates in words, in English, Japanese and Russian: the one place that says how a date is read.

    date_label(name, language) -> str              "spring 1949", "1949年春", "весна 1949"
    span_label(began, ended, language) -> str      "from 9 August 1945 to 20 August 1945", "until 1956"
    not_before_label(name, language) -> str        "9 August 1945 or later"

The build labels dates by it, and claims and pictures name them by it, so that a date is called the same everywhere.

| name | English | Japanese | Russian |
|---|---|---|---|
| `1945-08-09` | 9 August 1945 | 1945年8月9日 | 9 августа 1945 |
| `1945-24` | winter 1945/46 | 1945/46年冬 | зима 1945/46 |
| `1946-33`, `1946-36` | early, late 1946 | 1946年初頭, 1946年末 | начало, конец 1946 |
| `1946-34`, `1946-35` | second, third quarter of 1946 | 1946年第2, 第3四半期 | второй, третий квартал 1946 |
| `1946-40`, `1946-41` | first, second half of 1946 | 1946年前半, 後半 | первая, вторая половина 1946 |
| `1990..1993` | 1990 to 1993 | 1990年から1993年の間 | 1990–1993 |
| `1945_1956` | from 1945 to 1956 | 1945年から1956年まで | 1945–1956 |
| `1945~`, `1945?` | about 1945, 1945 (uncertain) | 1945年頃, 1945年（不確か） | ок. 1945, 1945 (под вопросом) |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powkg.dates import SimpleDate, simple_dates


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language writes dates. `parts` are the seasons, quarters and half-years by their number in EDTF."""

    day: str
    month: str
    year: str
    decade: str
    century: str
    months: tuple[str, ...]
    days_months: tuple[str, ...]
    parts: Mapping[int, str]
    within: str
    lasting: str
    since: str
    until: str
    or_later: str
    marks: Mapping[str, str]


_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTHS_RU = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_MONTHS_OF_DAYS_RU = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_NUMBERS = tuple(str(number) for number in range(1, 13))

_LANGUAGES = {
    "en": _Words(
        day="{day} {month} {year}",
        month="{month} {year}",
        year="{year}",
        decade="{year}s",
        century="{first} to {last}",
        months=_MONTHS_EN,
        days_months=_MONTHS_EN,
        parts={
            21: "spring {year}",
            22: "summer {year}",
            23: "autumn {year}",
            24: "winter {winter}",
            33: "early {year}",
            34: "second quarter of {year}",
            35: "third quarter of {year}",
            36: "late {year}",
            40: "first half of {year}",
            41: "second half of {year}",
        },
        within="{} to {}",
        lasting="from {} to {}",
        since="from {}",
        until="until {}",
        or_later="{} or later",
        marks={"~": "about {}", "?": "{} (uncertain)"},
    ),
    "ja": _Words(
        day="{year}年{month}月{day}日",
        month="{year}年{month}月",
        year="{year}年",
        decade="{year}年代",
        century="{first}年–{last}年",
        months=_NUMBERS,
        days_months=_NUMBERS,
        parts={
            21: "{year}年春",
            22: "{year}年夏",
            23: "{year}年秋",
            24: "{winter}年冬",
            33: "{year}年初頭",
            34: "{year}年第2四半期",
            35: "{year}年第3四半期",
            36: "{year}年末",
            40: "{year}年前半",
            41: "{year}年後半",
        },
        within="{}から{}の間",
        lasting="{}から{}まで",
        since="{}から",
        until="{}まで",
        or_later="{}以降",
        marks={"~": "{}頃", "?": "{}（不確か）"},
    ),
    "ru": _Words(
        day="{day} {month} {year}",
        month="{month} {year}",
        year="{year}",
        decade="{year}-е годы",
        century="{first}–{last}",
        months=_MONTHS_RU,
        days_months=_MONTHS_OF_DAYS_RU,
        parts={
            21: "весна {year}",
            22: "лето {year}",
            23: "осень {year}",
            24: "зима {winter}",
            33: "начало {year}",
            34: "второй квартал {year}",
            35: "третий квартал {year}",
            36: "конец {year}",
            40: "первая половина {year}",
            41: "вторая половина {year}",
        },
        within="{}–{}",
        lasting="{}–{}",
        since="{} –",
        until="– {}",
        or_later="{} или позже",
        marks={"~": "ок. {}", "?": "{} (под вопросом)"},
    ),
}


def date_label(name: str, language: str) -> str:
    """The date of this name in words; in English where the language is none of the three.

    Raises ValueError, with the reason, where the name is no date.
    """
    words = _LANGUAGES.get(language, _LANGUAGES["en"])
    ends = [_simple(date, words) for date in simple_dates(name)]
    if len(ends) == 1:
        return ends[0]
    return _joined(words.lasting if "_" in name else words.within, ends)


def span_label(began: str | None, ended: str | None, language: str) -> str:
    """The time from one date to another in words, by their names; None for an end that is not known.

    Raises ValueError where a name is no date, or neither is given.
    """
    words = _LANGUAGES.get(language, _LANGUAGES["en"])
    ends = [date_label(name, language) for name in (began, ended) if name]
    if len(ends) == 2:
        return _joined(words.lasting, ends)
    if not ends:
        raise ValueError("a span without a beginning and an end")
    return (words.since if began else words.until).format(*ends)


def not_before_label(name: str, language: str) -> str:
    """That something was not before the date of this name, in words. Raises ValueError where the name is no date."""
    return _LANGUAGES.get(language, _LANGUAGES["en"]).or_later.format(date_label(name, language))


def _joined(pattern: str, ends: list[str]) -> str:
    if any(" " in end for end in ends):
        pattern = pattern.replace("}–{", "} – {")
    return pattern.format(*ends)


def _simple(date: SimpleDate, words: _Words) -> str:
    text = _plain(date, words)
    if date.mark == "~" and words is _LANGUAGES["en"] and date.year.endswith("X") and not date.year.endswith("XX"):
        text = f"the {text}"
    return words.marks[date.mark].format(text) if date.mark else text


def _plain(date: SimpleDate, words: _Words) -> str:
    year = date.year
    if year.endswith("XX"):
        return words.century.format(first=f"{year[:2]}00", last=f"{year[:2]}99")
    if year.endswith("X"):
        return words.decade.format(year=f"{year[:3]}0")
    if date.month is None:
        return words.year.format(year=year)
    if date.month in words.parts:
        return words.parts[date.month].format(year=year, winter=f"{year}/{(int(year) + 1) % 100:02}")
    if date.day is None:
        return words.month.format(month=words.months[date.month - 1], year=year)
    return words.day.format(day=date.day, month=words.days_months[date.month - 1], year=year)
