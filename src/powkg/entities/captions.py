"""Dates, numbers and quantities as short texts, in English, Japanese and Russian.

Everything here is pure. A language without texts of its own gets the English ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from powkg.entities.datelabels import date_label

Value = TypeVar("Value")

Labels = Mapping[str, str]
"""What something is called, by language."""

LANGUAGES = ("en", "ja", "ru")
"""The languages that captions are written in."""

_AFTER_NUMBER = ("を", "の", "近く")
_WHOLE_IN_WORDS = ("most", "大部分", "большинство")
# A share and what it is a share of: "more than 2 × 46,000", "most of 2,337".
_TIMES: Mapping[str, str] = {"en": "{share} {base}", "ja": "{base}の{share}"}
_PART: Mapping[str, str] = {"en": "{share} {base}", "ja": "{base}の{share}", "ru": "{share} из {base}"}


def date_caption(name: str, language: str) -> str:
    """The date of this name in words, as `date_label` has it; a name that is no date comes back unchanged."""
    try:
        return date_label(name, language)
    except ValueError:
        return name


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
