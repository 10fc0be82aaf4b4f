"""The numbers and dates that a passage's statements say its sentence prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from powkg.namespaces import DATE, POW, TERM
from powkg.numerals import Numeral
from powkg.passage_facts import Fact, number
from powkg.qualifiers import vague_numeral
from powkg.terms import IRI

QUALIFIER = POW + "qualifier"
_PRINTED = (POW + "figure", POW + "ratio")
_BOUNDS = (POW + "atLeast", POW + "atMost")


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
    by_subject: defaultdict[str, dict[str, Fraction]] = defaultdict(dict)
    vague: dict[str, str] = {}
    for subject, predicate, value in statements:
        found = number(value)
        if found is not None:
            by_subject[subject][predicate] = found
        elif predicate == QUALIFIER:
            vague[subject] = vague_numeral(str(value).removeprefix(TERM))
    expected: list[Expectation] = []
    for subject in by_subject:
        expected += _of_subject(subject, by_subject[subject], vague.get(subject, ""))
    return expected


def _of_subject(subject: str, values: Mapping[str, Fraction], vague: str) -> list[Expectation]:
    printed = [values[predicate] for predicate in _PRINTED if predicate in values]
    bounds = [values[predicate] for predicate in _BOUNDS if predicate in values]
    others = [value for predicate, value in values.items() if predicate not in (*_PRINTED, *_BOUNDS)]
    if vague and not printed:
        return [Expectation(subject, None, vague), *(Expectation(subject, value) for value in others)]
    return [Expectation(subject, value) for value in (*(printed or bounds), *others)]


def dates(statements: Iterable[Fact]) -> dict[str, str]:
    """The names of the dates that statements use, each with the first subject that does."""
    found: dict[str, str] = {}
    for subject, _, value in statements:
        if isinstance(value, IRI) and value.value.startswith(DATE):
            found.setdefault(value.value.removeprefix(DATE), subject)
    return found
