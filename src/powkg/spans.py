"""The time that an event lasted, from its beginning to its end. Statements in, quads out.

    time_spans(statements) -> list[Quad]     rule `time-span`: nodes for CIDOC CRM, where an event has a time of its own

Two events of one year lie within one date, and lasted for two times: a date of `pow:when` is no time-span of an event.
So the span of an event is a node of its own, `span/SOURCE/EVENT`, by the dates that one source gives; an event of which
several sources speak has several. Its first day is the latest before which, by any of these dates, the event cannot
have begun, its last day the earliest after which it cannot have lasted. `pow:notBefore` gives a first day as well;
`pow:notAfter` gives no last one, since what had come about by a day may have gone on. Its labels stand in the graph of
labels, since rdfs:label is another rule's in that of what is inferred. The date of a birth or a death is the date of
the event that `powkg.lives` makes of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from powkg.dataset import Quad
from powkg.dates import DateBounds, bounds
from powkg.derived import infers
from powkg.entities.captions import LANGUAGES
from powkg.entities.datelabels import date_label, not_before_label, span_label
from powkg.lives import LIFE_EVENTS
from powkg.namespaces import (
    BASE,
    BIRTH,
    DATE,
    DEATH,
    ID,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    POW,
    RDFS,
    SPAN,
    XSD,
    source_of,
)
from powkg.terms import IRI, Literal

_WHEN, _BEGAN, _ENDED, _NOT_BEFORE = (POW + name for name in ("when", "began", "ended", "notBefore"))
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
        if predicate in LIFE_EVENTS:
            predicate, event = _WHEN, event.replace(ID, LIFE_EVENTS[predicate], 1)
        if predicate not in (_WHEN, _BEGAN, _ENDED, _NOT_BEFORE):
            continue
        source = source_of(quad.graph)
        if source and event.startswith((ID, BIRTH, DEATH)) and date.startswith(DATE):
            name = date.removeprefix(DATE)
            try:
                found[event, source][predicate][name] = bounds(name)
            except ValueError:
                continue
    quads = [quad for (event, source), dates in sorted(found.items()) for quad in _span(event, source, dates)]
    given = {quad.predicate for quad in quads if quad.graph == INFERRED_GRAPH}
    return [*quads, *infers(dict.fromkeys(given, "time-span"))]


def _span(event: str, source: str, dates: defaultdict[str, _Dates]) -> Iterator[Quad]:
    span = IRI(f"{SPAN}{source}/{event.removeprefix(ID).removeprefix(BASE)}")
    yield Quad(IRI(event), _SPAN, span, INFERRED_GRAPH)
    # All dates of one source hold: the days that are left are those that each of them allows.
    firsts = [days.earliest for given in (_WHEN, _BEGAN, _NOT_BEFORE) for days in dates[given].values()]
    lasts = [days.latest for given in (_WHEN, _ENDED) for days in dates[given].values()]
    if firsts:
        yield Quad(span, _EARLIEST, Literal(max(firsts).isoformat(), None, XSD + "date"), INFERRED_GRAPH)
    if lasts:
        yield Quad(span, _LATEST, Literal(min(lasts).isoformat(), None, XSD + "date"), INFERRED_GRAPH)
    for language in LANGUAGES:
        yield Quad(span, IRI(RDFS + "label"), Literal(_label(dates, language), language), LABELS_GRAPH)


def _label(dates: defaultdict[str, _Dates], language: str) -> str:
    when, began, ended, not_before = (_most_precise(dates[given]) for given in (_WHEN, _BEGAN, _ENDED, _NOT_BEFORE))
    if began or ended:
        return span_label(began, ended, language)
    return date_label(when, language) if when else not_before_label(str(not_before), language)


def _most_precise(dates: _Dates) -> str | None:
    """The name of the date with the fewest days, the first of two; None without dates."""
    return min(dates, key=lambda name: (dates[name].latest - dates[name].earliest, name), default=None)
