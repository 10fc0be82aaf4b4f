"""What a passage's statements say that its English sentence prints: numbers with their qualifiers, and dates."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from powkg.grounding.numerals import Numeral
from powkg.grounding.passage_facts import Fact, number
from powkg.namespaces import DATE, POW, TERM
from powkg.terms import IRI

QUALIFIER = POW + "qualifier"
_PRINTED = (POW + "figure", POW + "ratio")
_BOUNDS = (POW + "atLeast", POW + "atMost")

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


@dataclass(frozen=True, slots=True)
class Expectation:
    """A number that a statement about `subject` holds: a value, or the name of a vague plural."""

    subject: str
    value: Fraction | None
    vague: str = ""

    def fits(self, numeral: Numeral) -> bool:
        """Whether a number of the sentence is the one expected."""
        return numeral.vague == self.vague if self.value is None else numeral.equals(self.value)

    def __str__(self) -> str:
        if self.value is None:
            return self.vague.replace("-", " ")
        return str(self.value) if self.value.denominator == 1 else f"{float(self.value):g}"


def numbers(statements: Iterable[Fact]) -> list[Expectation]:
    """The numbers to find. Of a quantity claim its figure and ratio; the ends of its range only where it has neither.

    A range that comes from a vague plural ("scores of") is looked for as that plural. Any other number counts as it is.
    """
    held: defaultdict[str, list[tuple[str, Fraction]]] = defaultdict(list)
    vague: dict[str, str] = {}
    for subject, predicate, value in statements:
        found = number(value)
        if found is not None:
            held[subject].append((predicate, found))
        elif predicate == QUALIFIER and vague_numeral(str(value).removeprefix(TERM)):
            vague[subject] = vague_numeral(str(value).removeprefix(TERM))
    expected: list[Expectation] = []
    for subject in held.keys() | vague.keys():
        printed = [value for predicate, value in held[subject] if predicate in _PRINTED]
        bounds = [value for predicate, value in held[subject] if predicate in _BOUNDS]
        others = [value for predicate, value in held[subject] if predicate not in (*_PRINTED, *_BOUNDS)]
        if subject in vague and not printed:
            expected.append(Expectation(subject, None, vague[subject]))
            bounds = []
        expected += [Expectation(subject, value) for value in (*(printed or bounds), *others)]
    return sorted(expected, key=str)


def dates(statements: Iterable[Fact]) -> dict[str, str]:
    """The names of the dates that statements use, each with the first subject that does."""
    found: dict[str, str] = {}
    for subject, _, value in statements:
        if isinstance(value, IRI) and value.value.startswith(DATE):
            found.setdefault(value.value.removeprefix(DATE), subject)
    return found


def is_qualified(text: str, qualifier: str) -> bool:
    """Whether a sentence has a word for a qualifier; True for a qualifier without words of its own ("plain")."""
    pattern = _PATTERNS.get(qualifier)
    return pattern is None or pattern.search(text) is not None


def vague_numeral(qualifier: str) -> str:
    """The vague plural that a qualifier stands for ("tens-of-thousands" of `tens-of-thousands-of`), else ""."""
    return qualifier.removesuffix("-of") if _VAGUE.fullmatch(qualifier) else ""
