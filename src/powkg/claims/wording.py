"""Quantity claims and their relations in plain English sentences. Pure: values and labels in, text out.

A claim reads "close to 300,000 (inference from records, conditional, Jason Dawsey following John W. Dower)".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from powkg.claims.quantities import PERSONS, Moment, QuantityClaim
from powkg.claims.relations import Kind, Reason, Relation
from powkg.entities.captions import Labels, Quantity, best, date_caption, number_caption
from powkg.namespaces import DATE, PASSAGE, TERM, curie, passage_label

NO_RANGE = {
    "no-number": "it gives no number",
    "reversed": "its least number is above its greatest",
    "unknown-base": "it is a share of a number that is not known",
    "base-without-range": "it is a share of a number that has no range",
    "circle": "it is a share of a number that is in turn a share of it",
    "qualifier": "its qualifier does not go with a share",
}
"""Why a claim has no range, by the keys of `QuantityClaim.no_range`."""

_UNSAID = frozenset({TERM + "plain", TERM + "stated", PERSONS})


def rounded(fold: Fraction) -> Decimal:
    """A fold with two decimals, as it is written everywhere; exact halves are rounded up."""
    exact = Decimal(fold.numerator) / Decimal(fold.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def range_in_words(least: int | None, most: int | None) -> str:
    """A range: "46,000", "95,000 to 105,000", "46,000 or more", "up to 9"; "" where both ends are open."""
    low, high = ("" if bound is None else f"{bound:,}" for bound in (least, most))
    if low == high:
        return low
    if not high:
        return f"{low} or more"
    return f"{low} to {high}" if low else f"up to {high}"


class Wording:
    """Says claims and relations in words.

    `claims` are those that ratios refer to, by IRI; `labels` gives what a thing or term is called, by language.
    """

    def __init__(self, claims: Mapping[str, QuantityClaim], labels: Callable[[str], Labels]) -> None:
        self._claims = claims
        self._labels = labels

    def name(self, iri: str, language: str = "en") -> str:
        """What a thing or term is called, in English where the language has no name for it; a date in words."""
        if iri.startswith(DATE):
            return date_caption(iri.removeprefix(DATE), language)
        return best(self._labels(iri), language)

    def names(self, iris: Iterable[str]) -> str:
        """Several in English, with "and" before the last: "A, B and C"."""
        *others, last = [self.name(iri) for iri in iris] or [""]
        return f"{', '.join(others)} and {last}" if others else last

    def number(self, claim: QuantityClaim, language: str = "en") -> str:
        """The number as given: "about 100,000", "more than 2 × 46,000", "no number"."""
        return self._quantity(claim, frozenset()).caption(language) or self.range(claim) or "no number"

    def range(self, claim: QuantityClaim) -> str:
        """The numbers that the claim allows: "46,000 or more" for a list of names; "" where it has no range."""
        return range_in_words(claim.least, claim.ceiling) if claim.has_range else ""

    def claimant(self, claim: QuantityClaim) -> str:
        """Who says so, and on whose authority."""
        followed = f" following {self.names(claim.follows)}" if claim.follows else ""
        return self.names(claim.claimants) + followed

    def reserve(self, claim: QuantityClaim) -> tuple[str, ...]:
        """How sure the claimant is, where the claim is not simply stated."""
        return (self.name(claim.certainty),) if claim.certainty and claim.certainty not in _UNSAID else ()

    def time(self, moments: Iterable[Moment]) -> str:
        """The dates and events that a number is about, "" for none."""
        return self.names(moment.iri for moment in moments)

    def places(self, claim: QuantityClaim) -> str:
        """The passages (p10s6) and sources that report the claim."""
        return ", ".join(passage_label(graph) if graph.startswith(PASSAGE) else curie(graph) for graph in claim.graphs)

    def claim(self, claim: QuantityClaim, *, beside: QuantityClaim | None = None) -> str:
        """The number and, in brackets, how it was come by, any reserve, and who says so.

        A range that is worked out is given as well; beside a dated claim, an undated one is said to be so.
        """
        circumstances = [*map(self.name, claim.methods), *self.reserve(claim)]
        if claim.is_worked_out:
            circumstances.insert(0, f"worked out: {self.range(claim)}")
        if beside is not None and beside.moments and not claim.moments:
            circumstances.append("undated")
        inside = ", ".join(filter(None, (*circumstances, self.claimant(claim))))
        return f"{self.number(claim)} ({inside})" if inside else self.number(claim)

    def explain(self, relation: Relation) -> str:
        """One sentence: of whom, and how the two claims stand to each other."""
        first, second = relation.first, relation.second
        statement = self.statement(relation)
        if first.cohort != second.cohort:
            return statement[:1].upper() + statement[1:]
        time = self.time((*first.moments, *(moment for moment in second.moments if moment not in first.moments)))
        dated = f", as of {time}" if time and relation.reason is None else ""
        return f"{self.name(first.cohort)}{dated}: {statement}"

    def statement(self, relation: Relation) -> str:
        """The same without the people that are counted, where both claims count the same."""
        low, high = relation.lower or relation.first, relation.higher or relation.second
        one, other = self.claim(low, beside=high), self.claim(high, beside=low)
        apart = self._apart(relation.fold)
        match relation.kind:
            case Kind.EQUAL:
                return f"{one} and {other} say the same."
            case Kind.OVERLAPPING:
                shared = range_in_words(max(low.floor, high.floor), _lower(low.ceiling, high.ceiling))
                return f"{one} and {other} overlap: both allow {shared}{apart}."
            case Kind.COMPATIBLE:
                since = ", since a list of names may lack people," if low.is_list_of_names else ""
                return f"{one} is a lower bound{since} and {other} is not below it: both can hold{apart}."
            case Kind.DISJOINT if relation.is_of_part_and_whole:
                people, part = self.name(low.cohort), self.name(high.cohort)
                return (
                    f"{other} for {part} and {one} for {people}, which they are part of, cannot both hold: "
                    f"a part is never larger than its whole{apart}."
                )
            case Kind.DISJOINT:
                most, least = f"{low.ceiling:,}", f"{high.floor:,}"
                return (
                    f"{one} and {other} cannot both hold: the first allows at most {most}, "
                    f"the second at least {least}{apart}."
                )
        return self._why_not(relation)

    def part(self, part: str, whole: str) -> str:
        """Why figures of a cohort and of a part of it are only compared where the part's exceed the whole's."""
        return f"{self.name(part)} are part of {self.name(whole)}: a part may be smaller than its whole."

    def apart(self, cohort: str, other: str, shared: Iterable[str]) -> str:
        """Why figures of two cohorts are not compared; `shared` are the cohorts that both are declared parts of."""
        common = self.names(shared)
        reason = f"; both are part of {common}" if common else ""
        return f"{self.name(cohort)} and {self.name(other)} are not declared to be part of each other{reason}."

    def _why_not(self, relation: Relation) -> str:
        first, second = relation.first, relation.second
        one, other = self.claim(first), self.claim(second)
        people, others = self.name(first.cohort), self.name(second.cohort)
        match relation.reason:
            case Reason.DIFFERENT_UNITS:
                units = f"{self.name(first.unit)}, the other {self.name(second.unit)}"
                return f"{one} and {other} cannot be compared: the one counts {units}."
            case Reason.DIFFERENT_COHORTS:
                return (
                    f"{one} counts {people} and {other} counts {others}: "
                    "neither is declared to be part of the other, so the two are not compared."
                )
            case Reason.DIFFERENT_DATES:
                about = f"{self.time(first.moments)}, the other {self.time(second.moments)}"
                return f"{one} and {other} are not compared: the one is about {about}, and numbers change."
            case Reason.UNDATED_EVENT:
                events = self.time(moment for moment in (*first.moments, *second.moments) if not moment.days)
                return f"{one} and {other} are not compared: no source dates {events}, so the times may differ."
            case Reason.NO_RANGE:
                without = first if not first.has_range else second
                return (
                    f"{one} and {other} cannot be compared: {self.number(without)} has no range, "
                    f"since {NO_RANGE[without.no_range]}."
                )
        return (
            f"{one} counts {people} and {other} counts {others}: the ones are part of the others, "
            "and a part may be smaller than its whole."
        )

    def _apart(self, fold: Fraction | None) -> str:
        """That two numbers differ by a factor, where it can be seen in two decimals."""
        return f"; they differ {number_caption(str(rounded(fold)), 'en')}-fold" if fold and rounded(fold) > 1 else ""

    def _quantity(self, claim: QuantityClaim, above: frozenset[str]) -> Quantity:
        """The number as its caption needs it, with what a ratio is taken of; a circle of ratios ends."""
        base = self._claims.get(claim.ratio_to or "")
        seen = above | {claim.iri}
        is_ratio = claim.ratio is not None
        return Quantity(
            _text(claim.figure),
            _text(claim.ratio),
            "" if is_ratio else _text(claim.least),
            "" if is_ratio else _text(claim.most),
            {} if claim.qualifier in _UNSAID else self._labels(claim.qualifier),
            {} if claim.unit in _UNSAID else self._labels(claim.unit),
            None if base is None or base.iri in seen else self._quantity(base, seen),
        )


def _text(number: int | Decimal | None) -> str:
    return "" if number is None else str(number)


def _lower(one: int | None, other: int | None) -> int | None:
    """The lower of two upper bounds, None where both are open."""
    return min((bound for bound in (one, other) if bound is not None), default=None)
