"""Whether dates can be read and go together. The dates of one source only: sources may differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.dates import DateBounds, bounds
from powkg.namespaces import DATE, POW, curie, expand

ORDERED = (
    ("birthDate", "deathDate"),
    ("foundedOn", "dissolvedOn"),
    ("began", "ended"),
    ("began", "plannedEnd"),
    ("began", "when"),
    ("when", "ended"),
    ("notBefore", "notAfter"),
    ("notBefore", "when"),
    ("notBefore", "ended"),
    ("when", "notAfter"),
    ("began", "notAfter"),
)
"""Pairs of properties: the first's date does not begin after the second's has ended."""

SINGLE = ("birthDate", "deathDate", "foundedOn", "dissolvedOn", "began", "ended", "when")
"""Properties of which a thing has one value in truth, so that two dates must meet (a work has several versions)."""


def unreadable_dates(material: Material) -> Iterator[Finding]:
    """A date whose name is not EDTF, or has no first or last day."""
    for problem in material.date_problems:
        yield Finding(expand(problem.subject or ""), problem.message, file=problem.file, line=problem.line)


def backward_spans(material: Material) -> Iterator[Finding]:
    """Something that ends before it begins, or lies outside its limits, by the dates of one source."""
    for (subject, _), dates in _dates(material).items():
        for first, second in ORDERED:
            for graph, earlier, start in dates.get(POW + first, ()):
                for _, later, end in dates.get(POW + second, ()):
                    if start.earliest > end.latest:
                        message = f"pow:{first} {earlier} is after pow:{second} {later}"
                        yield Finding(subject, message, graph, POW + first)


def dates_apart(material: Material) -> Iterator[Finding]:
    """Two dates of one source for the same thing that have no day in common."""
    for (subject, _), dates in _dates(material).items():
        for name in SINGLE:
            for (_, one, a), (graph, other, b) in combinations(dates.get(POW + name, ()), 2):
                if a.latest < b.earliest or b.latest < a.earliest:
                    message = f"two values of pow:{name}, {one} and {other}, have no day in common"
                    yield Finding(subject, message, graph, POW + name)


_Date = tuple[str, str, DateBounds]
"""The graph that a date stands in, its name, its days."""


def _dates(material: Material) -> dict[tuple[str, str], dict[str, list[_Date]]]:
    """The dates of each thing in each source, by property."""
    found: defaultdict[tuple[str, str], defaultdict[str, list[_Date]]] = defaultdict(lambda: defaultdict(list))
    for predicate in {POW + name for pair in ORDERED for name in pair} | {POW + name for name in SINGLE}:
        for quad in material.by_predicate[predicate]:
            name = str(quad.value).removeprefix(DATE)
            try:
                days = bounds(name)
            except ValueError:
                continue  # `unreadable_dates` reports it.
            key = str(quad.subject), material.source(quad.graph)
            found[key][predicate].append((quad.graph, curie(DATE + name), days))
    return {key: dict(dates) for key, dates in found.items()}
