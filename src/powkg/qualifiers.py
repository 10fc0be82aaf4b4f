"""The words by which an English sentence qualifies a number, for each qualifier of the graph."""

from __future__ import annotations

import re

QUALIFIER_WORDS = {
    "about": r"some|about|around|approximately|roughly|perhaps|maybe|circa|estimat\w+",
    "at-least": "at least|no fewer than|no less than",
    "at-most": "at most|up to|no more than|as many as",
    "between": "between|from|to",
    "close-to": "close to|closer to|nearly|almost|near",
    "just-under": "just under|slightly less than|slightly fewer than|almost|nearly",
    "more-than": "more than|over|above|exceeding|upwards of",
    "most": "most|majority",
    "only": "only|just|merely",
}
"""By the local name of the qualifier: the words or phrases, as alternatives of a regular expression."""

_PATTERNS = {
    name: re.compile(r"\b(?:" + words.replace(" ", r"\s+") + r")\b", re.IGNORECASE)
    for name, words in QUALIFIER_WORDS.items()
}
_VAGUE = re.compile("(?:tens|dozens|scores|hundreds|thousands|millions|billions)(?:-of-[a-z]+)?(?:-of)?")


def is_qualified(text: str, qualifier: str) -> bool:
    """Whether a sentence has a word for a qualifier; True for a qualifier without words of its own ("plain")."""
    pattern = _PATTERNS.get(qualifier)
    return pattern is None or pattern.search(text) is not None


def vague_numeral(qualifier: str) -> str:
    """The vague plural that a qualifier stands for ("tens-of-thousands" of `tens-of-thousands-of`), else ""."""
    return qualifier.removesuffix("-of") if _VAGUE.fullmatch(qualifier) else ""
