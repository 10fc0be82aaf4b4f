"""The time that an event lasted, from its beginning to its end. Statements in, quads out.

    time_spans(statements) -> list[Quad]     rule `time-span`: nodes for CIDOC CRM, which knows one time-span an event

A date of `pow:when` is a time-span by itself. Where a source says of an event when it began or ended, and not when it
was, its span is a node of its own, `span/SOURCE/EVENT`: it begins with the earliest day that the beginning allows and
ends with the latest day that the end allows. Each span is made from the dates of one source; an event of which several
sources speak has several. Its labels stand in the graph of labels, since rdfs:label is another rule's in that of what
is inferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from powkg.dataset import Quad
from powkg.dates import DateBounds, bounds
from powkg.derived import infers
from powkg.entities.captions import LANGUAGES
from powkg.entities.datelabels import span_label
from powkg.namespaces import DATE, ID, INFERRED_GRAPH, LABELS_GRAPH, POW, RDFS, SPAN, XSD, source_of
from powkg.terms import IRI, Literal

_WHEN, _BEGAN, _ENDED = (POW + name for name in ("when", "began", "ended"))
_SPAN, _EARLIEST, _LATEST = (IRI(POW + name) for name in ("span", "earliest", "latest"))

_Dates = dict[str, DateBounds]
"""The days of dates, by their names."""


def time_spans(statements: Iterable[Quad]) -> list[Quad]:
    """The spans with their days and the mark of the rule, to be inferred, and their labels, for the graph of labels.

    Sorted by event and source. Dates that cannot be read are passed over.
    """
    found: defaultdict[tuple[str, str], defaultdict[str, _Dates]] = defaultdict(lambda: defaultdict(dict))
    for quad in statements:
        predicate, event, date = str(quad.predicate), str(quad.subject), str(quad.value)
        source = source_of(quad.graph)
        if predicate in (_WHEN, _BEGAN, _ENDED) and source and event.startswith(ID) and date.startswith(DATE):
            name = date.removeprefix(DATE)
            try:
                found[event, source][predicate][name] = bounds(name)
            except ValueError:
                continue
    quads = [
        quad
        for (event, source), dates in sorted(found.items())
        if _WHEN not in dates
        for quad in _span(event, source, dates[_BEGAN], dates[_ENDED])
    ]
    given = {quad.predicate for quad in quads if quad.graph == INFERRED_GRAPH}
    return [*quads, *infers(dict.fromkeys(given, "time-span"))]


def _span(event: str, source: str, began: _Dates, ended: _Dates) -> Iterator[Quad]:
    span = IRI(f"{SPAN}{source}/{event.removeprefix(ID)}")
    yield Quad(IRI(event), _SPAN, span, INFERRED_GRAPH)
    # Of two dates of one source for the same end, both hold: the days that are left are those that both allow.
    if began:
        first = max(days.earliest for days in began.values())
        yield Quad(span, _EARLIEST, Literal(first.isoformat(), None, XSD + "date"), INFERRED_GRAPH)
    if ended:
        last = min(days.latest for days in ended.values())
        yield Quad(span, _LATEST, Literal(last.isoformat(), None, XSD + "date"), INFERRED_GRAPH)
    for language in LANGUAGES:
        label = span_label(_most_precise(began), _most_precise(ended), language)
        yield Quad(span, IRI(RDFS + "label"), Literal(label, language), LABELS_GRAPH)


def _most_precise(dates: _Dates) -> str | None:
    """The name of the date with the fewest days, the first of two; None without dates."""
    return min(dates, key=lambda name: (dates[name].latest - dates[name].earliest, name), default=None)
