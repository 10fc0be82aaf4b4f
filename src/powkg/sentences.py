"""Proposes the sentences of a text as passages, for a curator to correct: English, Russian and Japanese stops.

Text comes in, positions in code points go out. Initials, abbreviations and stops inside brackets do not end a sentence;
a caption, a heading or a bibliographic entry is one passage, which only the curator can tell.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from powkg.passages import paragraphs

_ABBREVIATION = re.compile(
    "adm|brig|ca|capt|cf|co|col|corp|cpl|dept|dr|eds?|est|etc|ft|gen|gov|hon|inc|jr|lt|ltd|maj|mrs?|ms|mt|prof|pvt|rep|"
    "rev|sen|sgt|sr|ste?|trans|transl|univ|vs?|jan|feb|aug|sept?|oct|nov|dec|"
    "гг?|вв?|тт?|ст?|стр|им|ред|см|ср|др|пр|проф|акад|ген|полк|кн|гл|рис",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile("app|art|ch|fig|nos?|pl|pp?|pt|vols?|mar|apr|jun|jul", re.IGNORECASE)
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』）]*")
_LAST_WORD = re.compile(r"([^\W_]+)\W*\Z")
_OPENING = re.compile(r"\s*[\"'“‘«„(\[「『（—–-]*\s*")
_BRACKETS = {"(": 1, "[": 1, "（": 1, ")": -1, "]": -1, "）": -1}


class Sentence(NamedTuple):
    """One proposed passage: paragraph and sentence count from 1, start and end are code points of the text."""

    paragraph: int
    sentence: int
    start: int
    end: int

    @property
    def name(self) -> str:
        """The last part of the passage's IRI: `p06s2`."""
        return f"p{self.paragraph:02}s{self.sentence}"


def split(text: str, whole: Collection[int] = ()) -> list[Sentence]:
    """The sentences of a text in its order; paragraphs whose numbers are in `whole` are one passage each."""
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs(text), start=1):
        bounds = [(start, end)] if number in whole else _sentences(text, start, end)
        found.extend(Sentence(number, place, *span) for place, span in enumerate(bounds, start=1))
    return found


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the sentences of one paragraph."""
    spans = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends_sentence(text[begin : stop.start()], stop[0], text[stop.end() : end]):
            spans.append((begin, stop.end()))
            begin = stop.end() + len(text[stop.end() : end]) - len(text[stop.end() : end].lstrip())
    spans.append((begin, end))
    return spans


def _ends_sentence(before: str, stop: str, after: str) -> bool:
    """Whether a stop between two parts of a paragraph ends a sentence."""
    if sum(_BRACKETS.get(character, 0) for character in before + stop) > 0:
        return False
    if stop[0] in "。！？":
        return len(stop) == 1 or not "\u3041" <= after[:1] <= "\u309f"  # 「残る。」と goes on in hiragana
    opening = _OPENING.match(after)
    following = after[opening.end() if opening else 0 :][:1]
    if not (following.isupper() or following.isdigit() or _is_uncased(following)):
        return False
    last = _LAST_WORD.search(before)
    if stop != "." or last is None:
        return True
    return not (is_shortened(last[1]) or (following.isdigit() and _BEFORE_NUMBER.fullmatch(last[1])))


def is_shortened(word: str) -> bool:
    """Whether the stop after a word belongs to it: an initial or a usual abbreviation."""
    return (len(word) == 1 and word.isupper()) or _ABBREVIATION.fullmatch(word) is not None


def _is_uncased(character: str) -> bool:
    """Whether it is a letter of a script without capitals, which may begin a sentence."""
    return character.isalpha() and character.lower() == character.upper()
