"""Quantity claims and the parts of cohorts, read from whatever answers queries.

    read_claims(store) -> dict[str, QuantityClaim]      by IRI, sorted; the ranges of ratios worked out
    read_hierarchy(store) -> Hierarchy                  which cohorts are declared parts of which

Values that cannot be used (a text for a figure, two figures) are passed over or settled by their order: `powkg check`
reports them, and one of them must not hide the other claims. A claim without a cohort is about nobody and left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from powkg.claims.quantities import PERSONS, Moment, QuantityClaim
from powkg.claims.relations import Hierarchy
from powkg.claims.shares import share
from powkg.dates import DateBounds, bounds
from powkg.namespaces import DATE, POW, PROV, TERM, source_of
from powkg.terms import IRI, Queryable, Term

CLAIMS = """
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX pow: <https://w3id.org/powkg/ontology#>
SELECT ?claim ?property ?value ?graph WHERE {
  ?claim a pow:QuantityClaim .
  GRAPH ?graph { ?claim ?property ?value }
  FILTER(?graph NOT IN (graph:inferred, graph:labels))
}
"""

EVENTS = """
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX pow: <https://w3id.org/powkg/ontology#>
SELECT DISTINCT ?event ?property ?date ?graph WHERE {
  ?claim pow:asOfEvent ?event .
  VALUES ?property { pow:when pow:began pow:ended }
  GRAPH ?graph { ?event ?property ?date }
  FILTER(?graph != graph:inferred)
}
"""

PARTS = """
PREFIX pow: <https://w3id.org/powkg/ontology#>
SELECT DISTINCT ?part ?whole WHERE { ?part pow:partOfCohort ?whole }
"""

_Values = Mapping[str, Iterable[Term]]


def read_claims(store: Queryable) -> dict[str, QuantityClaim]:
    """Every quantity claim of the store that is about a cohort, by IRI, in the order of IRIs."""
    values: defaultdict[str, defaultdict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
    graphs: defaultdict[str, set[str]] = defaultdict(set)
    for claim, name, value, graph in store.query(CLAIMS):
        if isinstance(claim, IRI) and value is not None:
            values[claim.value][str(name)].add(value)
            if str(name) == POW + "cohort":  # what only remarks on the claim does not report it
                graphs[claim.value].add(str(graph))
    events = _days_of_events(store)
    stated = {
        iri: _claim(iri, values[iri], tuple(sorted(graphs[iri])), events)
        for iri in sorted(values)
        if any(isinstance(cohort, IRI) for cohort in values[iri][POW + "cohort"])
    }
    return {iri: _with_range(claim, stated) for iri, claim in stated.items()}


def read_hierarchy(store: Queryable) -> Hierarchy:
    """The declared parts of cohorts."""
    return Hierarchy((str(part), str(whole)) for part, whole in store.query(PARTS))


def _claim(
    iri: str, values: _Values, graphs: tuple[str, ...], events: Mapping[str, tuple[DateBounds, ...]]
) -> QuantityClaim:
    """The claim as it is stated, without a range where that is to be worked out or there is none."""

    def things(name: str) -> tuple[str, ...]:
        return tuple(sorted(value.value for value in values.get(name, ()) if isinstance(value, IRI)))

    def first(name: str, otherwise: str = "") -> str:
        return min(things(name), default=otherwise)

    figure, least, most = (_number(values.get(POW + name, ())) for name in ("figure", "atLeast", "atMost"))
    dates = (Moment(date, _days_of(date)) for date in things(POW + "asOf"))
    moments = (*dates, *(Moment(event, events.get(event, ())) for event in things(POW + "asOfEvent")))
    return QuantityClaim(
        iri,
        cohort=first(POW + "cohort"),
        unit=first(POW + "unit", PERSONS),
        figure=figure,
        least=least,
        most=most,
        ratio=_ratio(values.get(POW + "ratio", ())),
        ratio_to=first(POW + "ratioTo") or None,
        qualifier=first(POW + "qualifier", TERM + "plain"),
        methods=things(POW + "method"),
        certainty=first(POW + "certainty"),
        claimants=things(PROV + "wasAttributedTo"),
        follows=things(POW + "follows"),
        based_on=things(POW + "basedOn"),
        moments=tuple(sorted(moments, key=lambda moment: moment.iri)),
        graphs=graphs,
    )


def _with_range(
    claim: QuantityClaim, stated: Mapping[str, QuantityClaim], above: frozenset[str] = frozenset()
) -> QuantityClaim:
    """The claim with the range that its number gives, or why it has none; `above` are those that refer to it."""
    if claim.least is not None or claim.most is not None:
        return _checked(claim)
    if claim.ratio is None:
        return replace(claim, no_range="no-number")
    if claim.ratio_to is None or claim.ratio_to not in stated:
        return replace(claim, no_range="unknown-base")
    if claim.iri in above:
        return replace(claim, no_range="circle")
    base = _with_range(stated[claim.ratio_to], stated, above | {claim.iri})
    return _share_of(base, claim, claim.ratio) if base.has_range else replace(claim, no_range=_inherited(base.no_range))


def _share_of(base: QuantityClaim, claim: QuantityClaim, ratio: Decimal) -> QuantityClaim:
    try:
        least, most = share(Fraction(ratio), claim.qualifier.removeprefix(TERM), base.least, base.most)
    except ValueError:
        return replace(claim, no_range="qualifier")
    if least is None and most is None:
        return replace(claim, no_range="base-without-range")
    return _checked(replace(claim, least=least, most=most))


def _inherited(no_range: str) -> str:
    return "circle" if no_range == "circle" else "base-without-range"


def _checked(claim: QuantityClaim) -> QuantityClaim:
    """The claim, without a range where its least is more than its most."""
    is_reversed = claim.least is not None and claim.most is not None and claim.least > claim.most
    return replace(claim, no_range="reversed") if is_reversed else claim


def _days_of_events(store: Queryable) -> dict[str, tuple[DateBounds, ...]]:
    """The days of the events that numbers are about: one span a source, since no two complete each other."""
    dates: defaultdict[str, defaultdict[str, dict[str, DateBounds]]] = defaultdict(lambda: defaultdict(dict))
    for event, name, date, graph in store.query(EVENTS):
        for days in _days_of(str(date)):
            dates[str(event)][source_of(str(graph)) or str(graph)][str(name)] = days
    return {
        event: tuple(span for source in sorted(sources) if (span := _span(sources[source])))
        for event, sources in dates.items()
    }


def _span(dates: Mapping[str, DateBounds]) -> DateBounds | None:
    """From the dates that one source gives an event; None where it gives only a beginning or an end."""
    if when := dates.get(POW + "when"):
        return when
    began, ended = dates.get(POW + "began"), dates.get(POW + "ended")
    return DateBounds(began.earliest, ended.latest) if began and ended and began.earliest <= ended.latest else None


def _days_of(date: str) -> tuple[DateBounds, ...]:
    try:
        return (bounds(date.removeprefix(DATE)),)
    except ValueError:
        return ()


def _number(values: Iterable[Term]) -> int | None:
    """The whole number among them, the least of several; None where there is none."""
    texts = (str(value) for value in values if not isinstance(value, IRI))
    return min((int(text) for text in texts if text.isascii() and text.isdecimal()), default=None)


def _ratio(values: Iterable[Term]) -> Decimal | None:
    """The ratio among them, the least of several; None where there is none above 0."""
    found = []
    for value in values:
        try:
            found.append(Decimal(str(value)))
        except InvalidOperation:
            continue
    return min((ratio for ratio in found if ratio.is_finite() and ratio > 0), default=None)
