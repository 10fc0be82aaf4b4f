"""All claims that answer one question, and how far apart they lie. Pure: claims in, spreads out.

    spreads(claims, hierarchy) -> list[Spread]

A question is: how many were they, of this cohort, in this unit, at this time? Its claims are those of which every two
are about the same time, as many of them as there are; so claims of spring 1949 and of 1947 are two questions, and a
claim without a date stands in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from powkg.claims.quantities import QuantityClaim
from powkg.claims.relations import Hierarchy, Kind, Relation, relate, same_time


@dataclass(frozen=True, slots=True)
class Side:
    """Claims whose numbers, as given, meet in a chain; `most` is None where one of them is open above."""

    least: int
    most: int | None
    claims: tuple[QuantityClaim, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The claims that answer one question, from the lowest to the highest, and the relation of every two of them.

    Claims without a range come last. `unit` is persons for all units that count human beings.
    """

    cohort: str
    unit: str
    claims: tuple[QuantityClaim, ...]
    relations: tuple[Relation, ...]

    @property
    def moments(self) -> tuple[str, ...]:
        """The dates and events that the numbers are about, sorted; none where all claims are undated."""
        return tuple(sorted({moment.iri for claim in self.claims for moment in claim.moments}))

    @property
    def is_disputed(self) -> bool:
        """Whether any two of the claims cannot both hold."""
        return any(relation.kind is Kind.DISJOINT for relation in self.relations)

    @property
    def least(self) -> int | None:
        """The least number that any claim gives; None where no claim has a range."""
        return min((claim.floor for claim in self._ranged), default=None)

    @property
    def most(self) -> int | None:
        """The greatest number that any claim gives, be it the least of one that is open above."""
        return max((claim.floor if claim.most is None else claim.most for claim in self._ranged), default=None)

    @property
    def is_open(self) -> bool:
        """Whether a claim allows them to be more than any number given, as a list of names does too."""
        return any(claim.ceiling is None for claim in self._ranged)

    @property
    def fold(self) -> Fraction | None:
        """The greatest fold between two claims that can be compared; None where none is known."""
        return max((relation.fold for relation in self.relations if relation.fold), default=None)

    @property
    def lowest(self) -> tuple[QuantityClaim, ...]:
        """The claims that give the least number."""
        return tuple(claim for claim in self._ranged if claim.floor == self.least)

    @property
    def highest(self) -> tuple[QuantityClaim, ...]:
        """The claims that give the greatest number, those that are open above among them where they name it."""
        return tuple(claim for claim in self._ranged if self.most in (claim.most, claim.floor))

    @property
    def sides(self) -> tuple[Side, ...]:
        """Who stands where: the claims parted wherever no claim gives a number between, from the lowest."""
        sides: list[Side] = []
        for claim in self._ranged:
            last = sides[-1] if sides else None
            if last is None or (last.most is not None and last.most < claim.floor):
                sides.append(Side(claim.floor, claim.most, (claim,)))
                continue
            most = None if last.most is None or claim.most is None else max(last.most, claim.most)
            sides[-1] = Side(last.least, most, (*last.claims, claim))
        return tuple(sides)

    @property
    def _ranged(self) -> tuple[QuantityClaim, ...]:
        return tuple(claim for claim in self.claims if claim.has_range)


def spreads(claims: Iterable[QuantityClaim], hierarchy: Hierarchy) -> list[Spread]:
    """The questions that the claims answer, by cohort, unit and time."""
    asked: defaultdict[tuple[str, str], list[QuantityClaim]] = defaultdict(list)
    for claim in claims:
        asked[claim.cohort, claim.counted].append(claim)
    found = [
        _spread(cohort, unit, group, hierarchy)
        for (cohort, unit), claims_of_cohort in asked.items()
        for group in _largest_groups(claims_of_cohort)
    ]
    return sorted(found, key=lambda spread: (spread.cohort, spread.unit, spread.moments))


def _spread(cohort: str, unit: str, claims: Iterable[QuantityClaim], hierarchy: Hierarchy) -> Spread:
    ordered = tuple(sorted(claims, key=_order))
    return Spread(cohort, unit, ordered, tuple(relate(a, b, hierarchy) for a, b in combinations(ordered, 2)))


def _order(claim: QuantityClaim) -> tuple[bool, int, bool, int, str]:
    return not claim.has_range, claim.floor, claim.most is None, claim.most or 0, claim.iri


def _largest_groups(claims: list[QuantityClaim]) -> Iterator[frozenset[QuantityClaim]]:
    """Every group of claims that are about the same time, two by two, and that no other claim could join.

    These are the maximal cliques, by the algorithm of Bron & Kerbosch (1973) with the pivot of Tomita et al. (2006).
    """
    near = {a: {b for b in claims if b is not a and same_time(a, b) is None} for a in claims}

    def grow(
        group: frozenset[QuantityClaim], candidates: set[QuantityClaim], done: set[QuantityClaim]
    ) -> Iterator[frozenset[QuantityClaim]]:
        if not candidates and not done:
            yield group
            return
        pivot = max(candidates | done, key=lambda claim: (len(near[claim] & candidates), claim.iri))
        for claim in sorted(candidates - near[pivot], key=lambda claim: claim.iri):
            yield from grow(group | {claim}, candidates & near[claim], done & near[claim])
            candidates.remove(claim)
            done.add(claim)

    return grow(frozenset(), set(claims), set())
