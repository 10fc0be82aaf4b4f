"""What the build adds to the files: the graph of dates. A dataset in, quads out; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator

from powkg.dataset import Dataset, Quad
from powkg.dates import bounds, label, to_edtf
from powkg.errors import DataError, Problem
from powkg.namespaces import DATE, DATES_GRAPH, EDTF, POW, RDF, RDFS, XSD, curie
from powkg.terms import IRI, Literal


def dates_graph(dataset: Dataset) -> list[Quad]:
    """The graph of dates, as `derive_dates` gives it. Raises DataError that lists every date that is none."""
    quads, problems = derive_dates(dataset)
    if problems:
        raise DataError(problems)
    return quads


def derive_dates(dataset: Dataset) -> tuple[list[Quad], list[Problem]]:
    """What the name of each date says: its EDTF, its earliest and latest day, an English label; sorted by name.

    Every IRI below date/ that a statement uses is a date. The problems name each one that is none, with the file and
    line of a statement that uses it, sorted by these.
    """
    uses: dict[str, Quad] = {}
    for quad in dataset.statements():
        for term in (quad.value, quad.subject):
            if isinstance(term, IRI) and term.value.startswith(DATE):
                uses.setdefault(term.value, quad)
    quads: list[Quad] = []
    problems: list[Problem] = []
    for iri in sorted(uses):
        try:
            quads.extend(_date(iri))
        except ValueError as error:
            problems.append(_problem(dataset, uses[iri], str(error)))
    return quads, sorted(problems, key=lambda problem: (problem.file or "", problem.line or 0))


def _date(iri: str) -> Iterator[Quad]:
    name = iri.removeprefix(DATE)
    days = bounds(name)
    for predicate, value in (
        (RDF + "type", IRI(POW + "DateSpan")),
        (POW + "edtf", Literal(to_edtf(name), None, EDTF + "EDTF")),
        (POW + "earliest", Literal(days.earliest.isoformat(), None, XSD + "date")),
        (POW + "latest", Literal(days.latest.isoformat(), None, XSD + "date")),
        (RDFS + "label", Literal(label(name), "en")),
    ):
        yield Quad(IRI(iri), IRI(predicate), value, DATES_GRAPH)


def _problem(dataset: Dataset, use: Quad, reason: str) -> Problem:
    subject, predicate = str(use.subject), str(use.predicate)
    file, line = dataset.locate(use.graph, subject, predicate) or (None, None)
    return Problem("date-name", reason, "see the table of date names", file, line, curie(subject))
