"""Dates, numbers and quantities as short texts, in English, Japanese and Russian.

Everything here is pure. A language without texts of its own gets the English ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeVar

Value = TypeVar("Value")

Labels = Mapping[str, str]
"""What something is called, by language."""

LANGUAGES = ("en", "ja", "ru")
"""The languages that captions are written in."""

_MONTHS_RU = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# The second part of an EDTF year-and-season: 21 to 24 are seasons, 33 to 36 quarters (EDTF level 2).
_SEASONS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "21": "spring {}",
        "22": "summer {}",
        "23": "autumn {}",
        "24": "winter {}",
        "33": "early {}",
        "34": "second quarter of {}",
        "35": "third quarter of {}",
        "36": "late {}",
    },
    "ja": {
        "21": "{}年春",
        "22": "{}年夏",
        "23": "{}年秋",
        "24": "{}年冬",
        "33": "{}年初頭",
        "34": "{}年第2四半期",
        "35": "{}年第3四半期",
        "36": "{}年末",
    },
    "ru": {
        "21": "весна {}",
        "22": "лето {}",
        "23": "осень {}",
        "24": "зима {}",
        "33": "начало {}",
        "34": "второй квартал {}",
        "35": "третий квартал {}",
        "36": "конец {}",
    },
}
_DECADE: Mapping[str, str] = {"en": "{}s", "ja": "{}年代", "ru": "{}-е годы"}
_CIRCA: Mapping[str, str] = {"en": "c. {}", "ja": "{}頃", "ru": "ок. {}"}

_AFTER_NUMBER = ("を", "の", "近く")
_WHOLE_IN_WORDS = ("most", "大部分", "большинство")
# A share and what it is a share of: "more than 2 × 46,000", "most of 2,337".
_TIMES: Mapping[str, str] = {"en": "{share} {base}", "ja": "{base}の{share}"}
_PART: Mapping[str, str] = {"en": "{share} {base}", "ja": "{base}の{share}", "ru": "{share} из {base}"}

_SIMPLE = re.compile(r"(?P<year>\d{4})(?:-(?P<part>\d{2}))?(?:-(?P<day>\d{2}))?(?P<mark>[?~%])?")
_MASKED = re.compile(r"(?P<decade>\d{3})X")


def date_caption(edtf: str, language: str) -> str:
    """A date as a person writes it: `1949-21` is "spring 1949", `[1990..1993]` "1990–1993", `1945-08-09` itself.

    The brackets of a set may be left out and `/` may be written `_`, as in the name of a date. What is none of the
    known forms comes back unchanged.
    """
    for separator in ("..", "/", "_"):
        first, found, last = edtf.strip("[]{}").partition(separator)
        if found and first.strip(".") and last.strip("."):
            return f"{_simple_date(first, language)}–{_simple_date(last, language)}"
    return _simple_date(edtf, language)


def _simple_date(edtf: str, language: str) -> str:
    if masked := _MASKED.fullmatch(edtf):
        return pick(_DECADE, language).format(masked["decade"] + "0")
    simple = _SIMPLE.fullmatch(edtf)
    if simple is None:
        return edtf
    year, part, day = simple["year"], simple["part"], simple["day"]
    if part is None:
        text = f"{year}年" if language == "ja" else year
    elif part in pick(_SEASONS, language):
        text = pick(_SEASONS, language)[part].format(year)
    elif day is not None or not 1 <= int(part) <= 12:
        text = edtf[: simple.start("mark")] if simple["mark"] else edtf
    else:
        text = _month(year, int(part), language)
    return pick(_CIRCA, language).format(text) if simple["mark"] else text


def _month(year: str, month: int, language: str) -> str:
    if language == "ja":
        return f"{year}年{month}月"
    if language == "ru":
        return f"{_MONTHS_RU[month - 1]} {year}"
    return f"{_MONTHS_EN[month - 1]} {year}"


def number_caption(lexical: str, language: str) -> str:
    """A number with its thousands set apart: "46,000", in Russian "46 000". Other text comes back unchanged."""
    try:
        number = Decimal(lexical)
    except InvalidOperation:
        return lexical
    if not number.is_finite():
        return lexical
    grouped = f"{int(number):,}" if number == number.to_integral_value() else f"{number.normalize():,f}"
    if language == "ru":
        return grouped.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    return grouped


@dataclass(frozen=True, slots=True)
class Quantity:
    """The number of a claim as lexical forms ("" where absent), with the labels of its qualifier and unit by language.

    `qualifier` is empty for a plain figure and `unit` for persons; `base` is what a ratio is taken of.
    """

    figure: str = ""
    ratio: str = ""
    at_least: str = ""
    at_most: str = ""
    qualifier: Labels = field(default_factory=dict)
    unit: Labels = field(default_factory=dict)
    base: Quantity | None = None

    def caption(self, language: str) -> str:
        """The number in words and digits: "about 100,000", "1,600,000–1,700,000", "more than 2 × 46,000", "scores"."""
        qualifier = best(self.qualifier, language)
        if self.figure:
            return self._counted(number_caption(self.figure, language), qualifier, language)
        if self.at_least and self.at_most:
            least, most = (number_caption(end, language) for end in (self.at_least, self.at_most))
            return self._counted(f"{least}–{most}", "", language)
        if not self.ratio:
            return qualifier.removesuffix(" of")
        base = self.base.caption(language) if self.base else ""
        if qualifier.startswith(_WHOLE_IN_WORDS):
            return pick(_PART, language).format(share=qualifier, base=base) if base else qualifier.removesuffix(" of")
        times = number_caption(self.ratio, language) + ("倍" if language == "ja" else " ×")
        share = self._counted(times, qualifier, language)
        return pick(_TIMES, language).format(share=share, base=base) if base else share

    def _counted(self, number: str, qualifier: str, language: str) -> str:
        # A Japanese qualifier that begins with a particle follows its number.
        if language == "ja" and qualifier.startswith(_AFTER_NUMBER):
            return number + qualifier
        return f"{qualifier} {number} {best(self.unit, language)}".strip()


def best(labels: Labels, language: str) -> str:
    """The label in the language, else in English, else in the first language in alphabetical order; "" if none."""
    return labels.get(language) or labels.get("en") or next((labels[key] for key in sorted(labels)), "")


def pick(table: Mapping[str, Value], language: str) -> Value:
    """What a table has for a language, else for English."""
    return table.get(language, table["en"])
