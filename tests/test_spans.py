"""The time that an event lasted, by one source."""

from __future__ import annotations

from powkg.dataset import Quad
from powkg.namespaces import (
    DATE,
    ID,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    OA,
    ONTOLOGY,
    PASSAGE,
    POW,
    RDFS,
    SOURCE,
    SPAN,
    TERM,
    XSD,
)
from powkg.spans import time_spans
from powkg.terms import IRI, Literal, Term

ARTICLE = PASSAGE + "dawsey/"
EVENT = ID + "raid"


def said(*facts: tuple[str, str, str]) -> list[Quad]:
    """Statements of the event: a graph, a property of pow:, the name of a date."""
    return [Quad(IRI(EVENT), IRI(POW + name), IRI(DATE + date), graph) for graph, name, date in facts]


def spans(*facts: tuple[str, str, str]) -> dict[str, tuple[str, ...]]:
    """The first and the last day of each span, and its English label, by the end of its IRI."""
    found: dict[str, dict[str, str]] = {}
    for quad in time_spans(said(*facts)):
        if str(quad.subject).startswith(SPAN):
            value = quad.value
            if isinstance(value, Literal) and value.language in (None, "en"):
                key = str(quad.predicate).rsplit("#")[-1]
                found.setdefault(str(quad.subject).removeprefix(SPAN), {})[key] = value.value
    return {name: (days.get("earliest", ""), days.get("latest", ""), days["label"]) for name, days in found.items()}


def test_it_lasts_from_the_earliest_beginning_to_the_latest_end() -> None:
    assert spans((ARTICLE + "p01s1", "began", "1945-08"), (ARTICLE + "p02s1", "ended", "1945-36")) == {
        "dawsey/raid": ("1945-08-01", "1945-12-31", "from August 1945 to late 1945")
    }


def test_each_source_has_its_own() -> None:
    facts = ((ARTICLE + "p01s1", "began", "1945-08-09"), (SOURCE + "list", "ended", "1945-09-02"))
    assert spans(*facts) == {
        "dawsey/raid": ("1945-08-09", "", "from 9 August 1945"),
        "list/raid": ("", "1945-09-02", "until 2 September 1945"),
    }


def test_the_date_of_an_event_becomes_a_span_of_its_own() -> None:
    assert spans((SOURCE + "list", "when", "1949-21")) == {"list/raid": ("1949-03-01", "1949-05-31", "spring 1949")}
    events = (ID + "raid", ID + "flood")
    quads = [Quad(IRI(event), IRI(POW + "when"), IRI(DATE + "1945"), SOURCE + "list") for event in events]
    found = {(quad.subject, quad.value) for quad in time_spans(quads) if quad.predicate == IRI(POW + "span")}
    assert found == {(IRI(event), IRI(SPAN + "list/" + event.removeprefix(ID))) for event in events}


def test_a_beginning_within_a_date_narrows_it() -> None:
    facts = ((SOURCE + "list", "when", "1945"), (SOURCE + "list", "began", "1945-08-09"))
    assert spans(*facts) == {"list/raid": ("1945-08-09", "1945-12-31", "from 9 August 1945")}


def test_the_day_before_which_it_was_not_is_the_first() -> None:
    quads = time_spans(said((SOURCE + "list", "notBefore", "1945-08")))
    assert {str(quad.value) for quad in quads if quad.predicate == IRI(POW + "earliest")} == {"1945-08-01"}
    assert [quad for quad in quads if quad.predicate == IRI(POW + "latest")] == []
    labels = {quad.value for quad in quads if quad.graph == LABELS_GRAPH}
    assert labels == {
        Literal("August 1945 or later", "en"),
        Literal("1945年8月以降", "ja"),
        Literal("август 1945 или позже", "ru"),
    }
    later = ((SOURCE + "list", "notBefore", "1945-08-15"), (SOURCE + "list", "began", "1945-08"))
    assert spans(*later) == {"list/raid": ("1945-08-15", "", "from August 1945")}


def test_the_day_by_which_it_had_come_about_is_no_last_one() -> None:
    assert spans((SOURCE + "list", "notAfter", "1945-08")) == {}
    assert spans((SOURCE + "list", "notAfter", "1945-08"), (SOURCE + "list", "began", "1945")) == {
        "list/raid": ("1945-01-01", "", "from 1945")
    }


def test_of_two_dates_for_one_end_the_days_that_both_allow_remain() -> None:
    facts = (
        ("p01s1", "began", "1945"),
        ("p02s1", "began", "1945-08"),
        ("p03s1", "ended", "195X"),
        ("p04s1", "ended", "1956"),
    )
    assert spans(*((ARTICLE + graph, name, date) for graph, name, date in facts)) == {
        "dawsey/raid": ("1945-08-01", "1956-12-31", "from August 1945 to 1956")
    }


def test_the_event_leads_to_its_span_and_the_rule_to_the_properties() -> None:
    quads = time_spans(said((SOURCE + "list", "began", "1945-08-09"), (SOURCE + "list", "ended", "1945-09-02")))
    span = IRI(SPAN + "list/raid")
    triples = {quad[:3] for quad in quads if quad.graph == INFERRED_GRAPH}
    rule, infers = IRI(TERM + "time-span"), IRI(POW + "infers")
    names: list[Term] = [IRI(POW + name) for name in ("span", "earliest", "latest")]
    assert triples == {
        (IRI(EVENT), IRI(POW + "span"), span),
        (span, IRI(POW + "earliest"), Literal("1945-08-09", None, XSD + "date")),
        (span, IRI(POW + "latest"), Literal("1945-09-02", None, XSD + "date")),
        *((rule, infers, name) for name in names),
    }
    labels = {quad.value for quad in quads if quad.graph == LABELS_GRAPH}
    assert {quad.predicate for quad in quads if quad.graph == LABELS_GRAPH} == {IRI(RDFS + "label")}
    assert labels == {
        Literal("from 9 August 1945 to 2 September 1945", "en"),
        Literal("1945年8月9日から1945年9月2日まで", "ja"),
        Literal("9 августа 1945 – 2 сентября 1945", "ru"),
    }


def test_what_is_no_date_of_an_event_is_passed_over() -> None:
    assert time_spans(said((ARTICLE + "p01s1", "began", "1945-13"), (ONTOLOGY, "ended", "1945"))) == []
    elsewhere = Quad(IRI(EVENT), IRI(OA + "began"), IRI(DATE + "1945"), ARTICLE + "p01s1")
    assert time_spans([elsewhere]) == []
