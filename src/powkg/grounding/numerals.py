"""The numbers of an English sentence, in digits and in words.

What counts as a number: digits; words from ten up; `one` to `nine` before a scale ("two million"), `two` to `nine` also
before a unit ("three years"), both before the scale that follows the second ("two to three million"); `and a half`
after any of these; fractions ("half", "two thirds"); multiples ("doubled", "twice"); `most of` and
`majority of`, more than a half; and vague plurals ("tens of thousands"). "First", "one of" and the like rank or point
and count nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from powkg.grounding.prose import Prose

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = {word: value for value, word in enumerate(_SMALL + _TEENS)}
_PLAIN = _UNITS | {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_PARTS = {"third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5}
_MULTIPLES = {
    **dict.fromkeys(("double", "doubled", "doubles", "doubling", "twice", "twofold"), Fraction(2)),
    **dict.fromkeys(("triple", "tripled", "triples", "tripling", "thrice", "threefold"), Fraction(3)),
    **dict.fromkeys(("quadruple", "quadrupled", "fourfold"), Fraction(4)),
    **dict.fromkeys(("halved", "halves", "halving"), Fraction(1, 2)),
}
_COUNTED = re.compile(
    "(?:hour|day|week|month|year|decade|person|man|woman|child|soldier|sailor|prisoner|captive|civilian|member|camp|time|"
    "ton|mile|kilometer|kilometre)s?|men|women|children|people|centur(?:y|ies)|percent|troops|airmen"
)
_DIGITS = re.compile(
    r"(?<![^\W_])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\u2044(?P<below>[1-9]\d*))?"
    r"(?:['’]?s|st|nd|rd|th)?(?![^\W_])(?:\s+(?P<scale>dozen|hundred|thousand|million|billion)\b)?",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:(?:tens|dozens|scores|hundreds|thousands)\s+of\s+)?(?:scores|dozens|hundreds|thousands|millions|billions)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:and|to|or|-|\u2013|\u2014)\s*")
_WITHIN = re.compile(r"\s+|-")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as a sentence prints it: its words are the tokens from `first` up to, not including, `last`.

    `value` is None for a vague plural, whose words joined by hyphens are `vague` ("tens-of-thousands").
    """

    value: Fraction | None
    text: str
    first: int
    last: int
    vague: str = ""

    def equals(self, number: Fraction) -> bool:
        """Whether it is that number; a fraction such as a third to two decimals."""
        if self.value is None:
            return False
        return self.value == number or (self.value < 1 and abs(self.value - number) < Fraction(1, 200))


def numerals(prose: Prose) -> list[Numeral]:
    """All numbers of a sentence, in order."""
    found = [*_in_digits(prose), *_vague(prose)]
    taken = {place for numeral in found for place in range(numeral.first, numeral.last)}
    found += _in_words(prose, taken)
    return _shared_scale(prose, sorted(found, key=lambda numeral: numeral.first))


def _in_digits(prose: Prose) -> Iterator[Numeral]:
    for match in _DIGITS.finditer(prose.text):
        value = Fraction(match["number"].replace(",", "")) / Fraction(match["below"] or 1)
        value *= _SCALES.get((match["scale"] or "").lower(), 1)
        yield Numeral(value, match[0], *prose.covered(*match.span()))


def _vague(prose: Prose) -> Iterator[Numeral]:
    for match in _VAGUE.finditer(prose.text):
        yield Numeral(None, match[0], *prose.covered(*match.span()), vague="-".join(match[0].lower().split()))


def _shared_scale(prose: Prose, found: list[Numeral]) -> list[Numeral]:
    """The same numerals, the first of "1.6 and 1.7 million" in millions as well."""
    scaled = list(found)
    for place, (low, high) in enumerate(pairwise(found)):
        between = prose.text[prose.tokens[low.last - 1].end : prose.tokens[high.first].start]
        scale = _SCALES.get(prose.tokens[high.last - 1].folded)
        bare = prose.tokens[low.last - 1].folded not in _SCALES
        if scale and bare and low.value is not None and 1 <= low.value < 1000 and _JOINED.fullmatch(between):
            scaled[place] = replace(low, value=low.value * scale)
    return scaled


def _in_words(prose: Prose, taken: set[int]) -> Iterator[Numeral]:
    """Numbers that are written out, apart from vague plurals; `taken` are the tokens of other numerals."""
    place = 0
    while place < len(prose.tokens):
        last, value = (place + 1, None) if place in taken else _written_out(prose, place)
        if value is not None:
            yield Numeral(value, prose.printed(place, last), place, last)
        place = last


def _written_out(prose: Prose, place: int) -> tuple[int, Fraction | None]:
    """The end and the value of the number that begins at a token; the next token and None where none does."""
    word = prose.tokens[place].folded
    second, third = _folded(prose, place + 1), _folded(prose, place + 2)
    last, value = place + 1, None
    if word in _MULTIPLES:
        value = _MULTIPLES[word]
    elif word in ("most", "majority") and second == "of":
        value = Fraction(1, 2)
    elif word == "half" and second in ("a", "of") and third in _SCALES:
        last, value = place + 3, Fraction(_SCALES[third], 2)
    elif word == "half":
        value = Fraction(1, 2)
    elif word in ("a", "an") and second in _SCALES:
        last, value = _and_a_half(prose, *_cardinal(prose, place + 1))
    elif word in ("a", "one") and second in _PARTS and third == "of":
        last, value = place + 2, Fraction(1, _PARTS[second])
    elif word in _UNITS and second in _PARTS and second.endswith("s"):
        last, value = place + 2, Fraction(_UNITS[word], _PARTS[second])
    elif word in _PLAIN:
        end, number = _cardinal(prose, place)
        last, counted = _and_a_half(prose, end, number)
        near = (_folded(prose, last), _folded(prose, last + 1))
        if (
            number >= 10
            or last > end
            or (number > 1 and any(map(_COUNTED.fullmatch, near)))
            or _shares_a_scale(prose, last)
        ):
            value = counted
    return last, value


def _and_a_half(prose: Prose, last: int, number: int) -> tuple[int, Fraction]:
    """The end and the value of a number with "and a half" after it, and with a scale after that; else as given."""
    if [_folded(prose, last + place) for place in range(3)] != ["and", "a", "half"]:
        return last, Fraction(number)
    scale = _SCALES.get(_folded(prose, last + 3))
    if scale:
        return last + 4, (number + Fraction(1, 2)) * scale
    return last + 3, number + Fraction(_SCALES.get(_folded(prose, last - 1), 1), 2)


def _shares_a_scale(prose: Prose, last: int) -> bool:
    """Whether after a number that ends before this token another one with a scale follows ("two to three million")."""
    if _folded(prose, last) not in ("and", "or", "to") or _folded(prose, last + 1) not in _PLAIN:
        return False
    end, _ = _cardinal(prose, last + 1)
    return _folded(prose, end - 1) in _SCALES


def _folded(prose: Prose, place: int) -> str:
    """A token in lower case; empty past the end."""
    return prose.tokens[place].folded if place < len(prose.tokens) else ""


def _cardinal(prose: Prose, place: int) -> tuple[int, int]:
    """The end and the value of "two hundred and fifty thousand", which begins at a token."""
    total, group = 0, 0
    last = place
    while last < len(prose.tokens) and (last == place or _WITHIN.fullmatch(prose.gap(last))):
        word = prose.tokens[last].folded
        scale = _SCALES.get(word, 0)
        if word in _PLAIN:
            group += _PLAIN[word]
        elif 0 < scale <= 100:
            group = max(group, 1) * scale
        elif scale:
            total, group = total + max(group, 1) * scale, 0
        elif word != "and" or _folded(prose, last - 1) not in _SCALES or _folded(prose, last + 1) not in _PLAIN:
            break
        last += 1
    return last, total + group
