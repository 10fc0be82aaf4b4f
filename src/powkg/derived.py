"""What the build adds to the files: a graph of dates and one of labels. Statements in, quads out; nothing is written.

    dates_graph(dataset) -> list[Quad]      the days of every date; DataError where one is none
    labels_graph(store) -> list[Quad]       labels for claims, and for whatever else has none
    infers(rules) -> Iterator[Quad]         by which rule the triples of a property are inferred

Each graph describes itself in itself: what it is, and what it was derived from. What is derived stands nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from powkg.dataset import Dataset, Quad
from powkg.dates import bounds, to_edtf
from powkg.entities.captions import LANGUAGES
from powkg.entities.datelabels import date_label
from powkg.entities.labels import missing_labels
from powkg.errors import DataError, Problem
from powkg.namespaces import (
    DATE,
    DATES_GRAPH,
    EDTF,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    POW,
    PROV,
    RDF,
    RDFS,
    TERM,
    XSD,
    curie,
)
from powkg.terms import IRI, Literal, Queryable, Term

_DATES = {"en": "Days of dates", "ja": "日付の範囲", "ru": "Дни дат"}
_DATES_FROM = (
    "Written by the build and stated by no source: the earliest and the latest day of each date, and its labels, "
    "worked out from the EDTF form that the date is named by."
)
_LABELS = {"en": "Labels of claims", "ja": "主張のラベル", "ru": "Подписи утверждений"}
_LABELS_FROM = (
    "Written by the build and stated by no source: labels put together from the properties of each claim and the names "
    "of what it speaks of, in English where a name is missing in a language; labels of births, of deaths, and of the "
    "time that an event lasted. Whatever else has no English label is called by its IRI."
)


def dates_graph(dataset: Dataset) -> list[Quad]:
    """The graph of dates, as `derive_dates` gives it. Raises DataError that lists every date that is none."""
    quads, problems = derive_dates(dataset)
    if problems:
        raise DataError(problems)
    return quads


def derive_dates(dataset: Dataset) -> tuple[list[Quad], list[Problem]]:
    """What the name of each date says: its EDTF, its earliest and latest day, a label in each language; sorted by name.

    The description of the graph comes first. Every IRI below date/ that a statement uses is a date. The problems name
    each one that is none, with the file and line of a statement that uses it, sorted by these.
    """
    uses: dict[str, Quad] = {}
    for quad in dataset.statements():
        for term in (quad.value, quad.subject):
            if isinstance(term, IRI) and term.value.startswith(DATE):
                uses.setdefault(term.value, quad)
    quads = list(description(DATES_GRAPH, _DATES, _DATES_FROM))
    problems: list[Problem] = []
    for iri in sorted(uses):
        try:
            quads.extend(_date(iri))
        except ValueError as error:
            problems.append(_problem(dataset, uses[iri], str(error)))
    return quads, sorted(problems, key=lambda problem: (problem.file or "", problem.line or 0))


def labels_graph(store: Queryable) -> list[Quad]:
    """A label for each claim in each language, and an English one for each other entity, where the store has none.

    The description of the graph comes first. The store holds the files and, at most, the graph of dates.
    """
    quads = list(description(LABELS_GRAPH, _LABELS, _LABELS_FROM))
    for iri, language, text in missing_labels(store):
        quads.append(Quad(IRI(iri), IRI(RDFS + "label"), Literal(text, language), LABELS_GRAPH))
    return quads


def description(graph: str, labels: Mapping[str, str], comment: str) -> Iterator[Quad]:
    """What a graph that the build derives says of itself in itself: its labels by language, and an English comment."""
    yield Quad(IRI(graph), IRI(RDF + "type"), IRI(PROV + "Entity"), graph)
    for language, text in labels.items():
        yield Quad(IRI(graph), IRI(RDFS + "label"), Literal(text, language), graph)
    yield Quad(IRI(graph), IRI(RDFS + "comment"), Literal(comment, "en"), graph)


def infers(given: Mapping[Term, str]) -> Iterator[Quad]:
    """The marks that the triples of these properties follow by these rules (their local names), sorted by rule.

    In the graph of what is inferred a property belongs to one rule. So a rule that makes nodes does not say what class
    they are of: that follows from the domain or the range of a property of its own, by the rule of superclasses.
    """
    for predicate, rule in sorted(given.items(), key=lambda item: (item[1], str(item[0]))):
        yield Quad(IRI(TERM + rule), IRI(POW + "infers"), predicate, INFERRED_GRAPH)


def _date(iri: str) -> Iterator[Quad]:
    name = iri.removeprefix(DATE)
    days = bounds(name)
    stated: list[tuple[str, Term]] = [
        (RDF + "type", IRI(POW + "DateSpan")),
        (POW + "edtf", Literal(to_edtf(name), None, EDTF + "EDTF")),
        (POW + "earliest", Literal(days.earliest.isoformat(), None, XSD + "date")),
        (POW + "latest", Literal(days.latest.isoformat(), None, XSD + "date")),
        *((RDFS + "label", Literal(date_label(name, language), language)) for language in LANGUAGES),
    ]
    for predicate, value in stated:
        yield Quad(IRI(iri), IRI(predicate), value, DATES_GRAPH)


def _problem(dataset: Dataset, use: Quad, reason: str) -> Problem:
    subject, predicate = str(use.subject), str(use.predicate)
    file, line = dataset.locate(use.graph, subject, predicate) or (None, None)
    return Problem("date-name", reason, "see the table of date names in docs/model.md", file, line, curie(subject))
