"""What a quantity claim is: plain values, as one or more sources state them.

A claim has a range where its figure and qualifier, two printed bounds, or a ratio to another claim give it one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from powkg.dates import DateBounds
from powkg.namespaces import TERM

PERSONS = TERM + "persons"
LIST_OF_NAMES = TERM + "list-of-names"
COUNTING_PERSONS = frozenset({PERSONS, TERM + "names", TERM + "bodies", TERM + "remains"})
"""The units that count human beings: a name on a list, a body and a set of remains are one person each."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When a number stood so: the IRI of a date or of an event, and the days that it may mean, one span a source.

    An event that no source dates has no days, and so has a date whose name cannot be read.
    """

    iri: str
    days: tuple[DateBounds, ...] = ()


@dataclass(frozen=True, slots=True)
class QuantityClaim:
    """A claim that a cohort had a certain size. Things are IRIs, and those of one kind are sorted.

    `least` and `most` are the range of the number that is given, None where open: as stated, or worked out where the
    number is a `ratio` to another claim. `no_range` says why there is none, by a key of `wording.NO_RANGE`. `moments`
    are the dates and events that the number is about, none where the claim is undated; the date on which it was
    published is not among them. `graphs` are the passages and sources that report the claim.
    """

    iri: str
    cohort: str
    unit: str = PERSONS
    figure: int | None = None
    least: int | None = None
    most: int | None = None
    ratio: Decimal | None = None
    ratio_to: str | None = None
    qualifier: str = TERM + "plain"
    methods: tuple[str, ...] = ()
    certainty: str = ""
    claimants: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    moments: tuple[Moment, ...] = ()
    graphs: tuple[str, ...] = ()
    no_range: str = ""

    @property
    def has_range(self) -> bool:
        return not self.no_range

    @property
    def is_worked_out(self) -> bool:
        """Whether the range follows from another claim's, and is printed nowhere."""
        return self.ratio is not None and self.has_range

    @property
    def is_list_of_names(self) -> bool:
        return LIST_OF_NAMES in self.methods

    @property
    def floor(self) -> int:
        """The least number that the claim allows: 0 where it says nothing of that."""
        return self.least or 0

    @property
    def ceiling(self) -> int | None:
        """The greatest number that the claim allows, None where open: a list of names may lack any number of people."""
        return None if self.is_list_of_names else self.most

    @property
    def counted(self) -> str:
        """The unit by which numbers are compared: persons, for all units that count human beings."""
        return PERSONS if self.unit in COUNTING_PERSONS else self.unit
