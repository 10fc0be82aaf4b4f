"""How two quantity claims stand to each other. Pure: claims in, a relation out.

Two claims can be compared where they count the same unit, are about the same cohort, at the same time, and have ranges.
The time is what the number is about, never when it was published; an undated claim is taken to be about any time. A
list of names is open above, since it may lack people. Of two comparable claims the ranges decide:

| relation | the ranges |
|---|---|
| equal | are the same |
| compatible | meet, and the one is a lower bound (open above) that begins no higher than the other |
| overlapping | meet otherwise |
| disjoint | do not meet: a conflict |

A cohort and a part of it are compared in one respect: where the part's least exceeds the whole's most, the two claims
are disjoint. Everything else is incomparable, for one reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from powkg.claims.quantities import Moment, QuantityClaim


class Kind(StrEnum):
    """The relations; exactly one holds between two claims."""

    EQUAL = "equal"
    OVERLAPPING = "overlapping"
    COMPATIBLE = "compatible"
    DISJOINT = "disjoint"
    INCOMPARABLE = "incomparable"


class Reason(StrEnum):
    """Why two claims cannot be compared; the first that applies, in this order."""

    DIFFERENT_UNITS = "different-units"
    DIFFERENT_COHORTS = "different-cohorts"
    DIFFERENT_DATES = "different-dates"
    UNDATED_EVENT = "undated-event"
    NO_RANGE = "no-range"
    PART_AND_WHOLE = "part-and-whole"


class Hierarchy:
    """Which cohorts are declared parts of which, directly or through others."""

    def __init__(self, parts: Iterable[tuple[str, str]] = ()) -> None:
        """From pairs of a part and its whole."""
        self._wholes: defaultdict[str, set[str]] = defaultdict(set)
        self._parts: defaultdict[str, set[str]] = defaultdict(set)
        for part, whole in parts:
            self._wholes[part].add(whole)
            self._parts[whole].add(part)

    def wholes(self, cohort: str) -> frozenset[str]:
        """All that it is part of, without itself."""
        return _reached(self._wholes, cohort)

    def parts(self, cohort: str) -> frozenset[str]:
        """All that are part of it, without itself."""
        return _reached(self._parts, cohort)

    def is_part(self, part: str, whole: str) -> bool:
        return whole in self.wholes(part)


@dataclass(frozen=True, slots=True)
class Relation:
    """How two claims stand to each other; `first` has the IRI that comes first.

    `lower` and `higher` are known where the relation orders them. `fold` is how many times the larger number is the
    smaller: by the figures as printed where both have one, else by the bounds that are nearest; None where neither is
    to be had. `reason` is given for an incomparable pair and for no other.
    """

    first: QuantityClaim
    second: QuantityClaim
    kind: Kind
    reason: Reason | None = None
    lower: QuantityClaim | None = None
    higher: QuantityClaim | None = None
    fold: Fraction | None = None

    @property
    def is_of_part_and_whole(self) -> bool:
        return self.first.cohort != self.second.cohort and self.kind is Kind.DISJOINT


def relate(one: QuantityClaim, other: QuantityClaim, hierarchy: Hierarchy) -> Relation:
    """The relation of two claims, the same in whichever order they come."""
    first, second = sorted((one, other), key=lambda claim: claim.iri)
    if reason := _obstacle(first, second, hierarchy):
        return Relation(first, second, Kind.INCOMPARABLE, reason)
    if first.cohort != second.cohort:
        return _part_and_whole(first, second, hierarchy)
    if (first.floor, first.ceiling) == (second.floor, second.ceiling):
        return Relation(first, second, Kind.EQUAL, fold=_by_figures(first, second) or Fraction(1))
    lower, higher = sorted((first, second), key=lambda claim: (claim.floor, claim.ceiling is not None, claim.iri))
    if lower.ceiling is None:
        fold = _by_figures(lower, higher) or _by_bounds(lower.most or lower.floor, higher)
        return Relation(first, second, Kind.COMPATIBLE, None, lower, higher, fold)
    if lower.ceiling < higher.floor:
        fold = _by_figures(lower, higher) or _by_bounds(lower.ceiling, higher)
        return Relation(first, second, Kind.DISJOINT, None, lower, higher, fold)
    return _overlapping(first, second)


def same_time(one: QuantityClaim, other: QuantityClaim) -> Reason | None:
    """Why two claims are not about the same time; None where they are, or where one of them is undated."""
    if not one.moments or not other.moments:
        return None
    pairs = [(mine, theirs) for mine in one.moments for theirs in other.moments]
    if any(_meet(mine, theirs) for mine, theirs in pairs):
        return None
    unknown = any(not mine.days or not theirs.days for mine, theirs in pairs)
    return Reason.UNDATED_EVENT if unknown else Reason.DIFFERENT_DATES


def _obstacle(one: QuantityClaim, other: QuantityClaim, hierarchy: Hierarchy) -> Reason | None:
    """What keeps two claims from being compared, but for the numbers of a part and its whole."""
    if one.counted != other.counted:
        return Reason.DIFFERENT_UNITS
    related = hierarchy.is_part(one.cohort, other.cohort) or hierarchy.is_part(other.cohort, one.cohort)
    if one.cohort != other.cohort and not related:
        return Reason.DIFFERENT_COHORTS
    if reason := same_time(one, other):
        return reason
    return None if one.has_range and other.has_range else Reason.NO_RANGE


def _part_and_whole(first: QuantityClaim, second: QuantityClaim, hierarchy: Hierarchy) -> Relation:
    pairs = ((first, second), (second, first))
    for part, whole in pairs:
        most = whole.ceiling
        if hierarchy.is_part(part.cohort, whole.cohort) and most is not None and most < part.floor:
            fold = _by_figures(whole, part) or _by_bounds(most, part)
            return Relation(first, second, Kind.DISJOINT, None, whole, part, fold)
    return Relation(first, second, Kind.INCOMPARABLE, Reason.PART_AND_WHOLE)


def _overlapping(first: QuantityClaim, second: QuantityClaim) -> Relation:
    """Ranges that meet have an order only where both claims print a figure, and not the same."""
    if first.figure is None or second.figure is None or first.figure == second.figure:
        return Relation(first, second, Kind.OVERLAPPING, fold=_by_figures(first, second))
    lower, higher = sorted((first, second), key=lambda claim: claim.figure or 0)
    return Relation(first, second, Kind.OVERLAPPING, None, lower, higher, _by_figures(first, second))


def _meet(one: Moment, other: Moment) -> bool:
    if one.iri == other.iri:
        return True
    return any(a.earliest <= b.latest and b.earliest <= a.latest for a in one.days for b in other.days)


def _by_figures(one: QuantityClaim, other: QuantityClaim) -> Fraction | None:
    if not one.figure or not other.figure:
        return None
    return Fraction(max(one.figure, other.figure), min(one.figure, other.figure))


def _by_bounds(top_of_lower: int, higher: QuantityClaim) -> Fraction | None:
    """The nearest bounds of two ranges; None where the ranges as given meet, or the lower one is of nobody."""
    return Fraction(higher.floor, top_of_lower) if 0 < top_of_lower <= higher.floor else None


def _reached(steps: dict[str, set[str]], start: str) -> frozenset[str]:
    """All that steps lead to from a cohort, without itself even where they lead back to it."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - found
        found |= new
        ahead += new
    return frozenset(found - {start})
