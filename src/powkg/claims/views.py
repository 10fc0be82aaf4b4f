"""What is to be shown of a store's claims: every question, those around a cohort, or two claims. Values come out.

figures = Figures.read(store)
figures.questions()            every question, the disputed ones first
figures.around(cohort)         those of a cohort, of its parts and wholes, and what it is not compared with
figures.relation(one, other)   how two claims stand to each other, whatever they are about
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Self

from powkg.claims.quantities import QuantityClaim
from powkg.claims.reading import read_claims, read_hierarchy
from powkg.claims.relations import Hierarchy, Kind, Relation, relate
from powkg.claims.spreads import Spread, spreads
from powkg.claims.wording import Wording
from powkg.entities.names import Names
from powkg.entities.statements import Statements
from powkg.terms import Queryable

_WORD = re.compile(r"\w{5,}")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The questions about a cohort, its parts and its wholes, and why its figures are not held against others.

    `conflicts` are claims of a part that exceed its whole; `not_compared` are sentences.
    """

    questions: tuple[Spread, ...]
    parts: tuple[Spread, ...]
    wholes: tuple[Spread, ...]
    conflicts: tuple[Relation, ...]
    not_compared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The quantity claims of a store, with the parts of cohorts and the words to speak of them."""

    claims: Mapping[str, QuantityClaim]
    hierarchy: Hierarchy
    wording: Wording

    @classmethod
    def read(cls, store: Queryable) -> Self:
        claims = read_claims(store)
        return cls(claims, read_hierarchy(store), Wording(claims, Names(Statements(store)).labels))

    @property
    def cohorts(self) -> tuple[str, ...]:
        """The cohorts whose number is claimed, sorted."""
        return tuple(sorted({claim.cohort for claim in self.claims.values()}))

    def questions(self, *cohorts: str) -> tuple[Spread, ...]:
        """The questions about these cohorts, or all: disputed ones first, then those with several claims."""
        claims = [claim for claim in self.claims.values() if not cohorts or claim.cohort in cohorts]
        found = spreads(claims, self.hierarchy)
        return tuple(sorted(found, key=lambda s: (not s.is_disputed, len(s.claims) == 1, self.wording.name(s.cohort))))

    def of_claim(self, claim: QuantityClaim) -> tuple[Relation, ...]:
        """The relations of a claim to the others about its cohort, its parts and its wholes."""
        near = {claim.cohort, *self.hierarchy.parts(claim.cohort), *self.hierarchy.wholes(claim.cohort)}
        others = (other for other in self.claims.values() if other.cohort in near and other is not claim)
        return tuple(self.relation(claim, other) for other in others)

    def relation(self, one: QuantityClaim, other: QuantityClaim) -> Relation:
        return relate(one, other, self.hierarchy)

    def around(self, cohort: str) -> Surroundings:
        """What is to be said of a cohort. Cohorts without figures are passed over."""
        parts = [other for other in self.cohorts if self.hierarchy.is_part(other, cohort)]
        wholes = [other for other in self.cohorts if self.hierarchy.is_part(cohort, other)]
        within = [*parts, *wholes]
        own = [claim for claim in self.claims.values() if claim.cohort == cohort]
        between = [self.relation(a, b) for a in own for b in self.claims.values() if b.cohort in within]
        apart = [r for a, b in combinations(own, 2) if (r := self.relation(a, b)).kind is Kind.INCOMPARABLE]
        return Surroundings(
            self.questions(cohort),
            self.questions(*parts) if parts else (),
            self.questions(*wholes) if wholes else (),
            tuple(relation for relation in between if relation.kind is Kind.DISJOINT),
            (
                *(self.wording.explain(relation) for relation in apart),
                *(self.wording.part(part, cohort) for part in parts),
                *(self.wording.part(cohort, whole) for whole in wholes),
                *(self.wording.apart(cohort, other, shared) for other, shared in self._similar(cohort).items()),
            ),
        )

    def _similar(self, cohort: str) -> dict[str, tuple[str, ...]]:
        """Cohorts that may be taken for this one, each with the wholes that both are parts of.

        They share a whole, or two words of their English names; none is a part or whole of the other.
        """
        wholes, words = self.hierarchy.wholes(cohort), self._words(cohort)
        related = {cohort, *wholes, *self.hierarchy.parts(cohort)}
        found = {}
        for other in self.cohorts:
            shared = wholes & self.hierarchy.wholes(other)
            if other not in related and (shared or len(words & self._words(other)) > 1):
                found[other] = tuple(sorted(shared))
        return found

    def _words(self, cohort: str) -> set[str]:
        return {word.removesuffix("s") for word in _WORD.findall(self.wording.name(cohort).casefold())}
