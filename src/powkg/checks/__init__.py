"""Everything that is wrong with the data, as one list of problems.

    problems(root) -> list[Problem]              the files of a data folder, from their syntax on
    run(dataset, only=None) -> list[Problem]     a dataset that could be read; `only` names the checks to run
    describe(dataset) -> list[Description]       every check: its name, what it finds, how bad that is

A check is written where it is said best: in Python what needs the ontology or a table (`catalogue`), in SHACL what a
description must have (ontology/shapes.ttl), in SPARQL what joins several statements (queries/checks/). None of these
checks what another does; the reasoner, which needs Java, proves some of it once more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from powkg.build import unusable_terms
from powkg.checks.catalogue import CHECKS
from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.checks.queries import can_run, read_checks
from powkg.dataset import Dataset, Quad, read
from powkg.errors import DataError, PowkgError, Problem, Severity, UsageError
from powkg.inputs import find_inputs
from powkg.namespaces import ONTOLOGY, RDFS, SHAPES_GRAPH, curie
from powkg.shapes import constraints, validate
from powkg.terms import IRI


@dataclass(frozen=True, slots=True)
class Description:
    """A check: the name of the defect, what it finds, how bad that is, and what it is written in."""

    name: str
    finds: str
    severity: Severity
    language: str


def problems(root: Path) -> list[Problem]:
    """What is wrong with the files below `root`, in the order of files and lines.

    Where a file cannot be read as RDF, that alone is reported. Raises PowkgError where there are no files.
    """
    try:
        dataset = read(find_inputs(root))
    except DataError as error:
        return _sorted(error.problems)
    return _sorted(unusable_terms(dataset)) or run(dataset)


def run(dataset: Dataset, only: Collection[str] | None = None) -> list[Problem]:
    """What the checks find, in the order of files and lines; `only` names those to run.

    Raises UsageError for a name that no check has.
    """
    material = Material(dataset)
    if only is not None:
        known = {description.name for description in _descriptions(material)}
        if unknown := sorted(set(only) - known):
            raise UsageError(f"there is no check {', '.join(unknown)}; docs/checks.md lists them")
    return _sorted([*_python(material, only), *_shacl(material, only), *_sparql(material, only)])


def describe(dataset: Dataset) -> list[Description]:
    """Every check, by name."""
    return sorted(_descriptions(Material(dataset)), key=lambda description: description.name)


def _descriptions(material: Material) -> Iterator[Description]:
    for check in CHECKS:
        yield Description(check.name, check.description, check.severity, "Python")
    for constraint in constraints(_shapes(material)).values():
        yield Description(constraint.name, constraint.message, constraint.severity, "SHACL")
    for query in read_checks(material.root):
        yield Description(query.name, query.description, query.severity, "SPARQL")


def _python(material: Material, only: Collection[str] | None) -> Iterator[Problem]:
    for check in CHECKS:
        if only is None or check.name in only:
            for finding in check.find(material):
                yield _problem(material, finding, check.name, check.remedy, check.severity)


def _shacl(material: Material, only: Collection[str] | None) -> Iterator[Problem]:
    shapes = _shapes(material)
    hierarchy = [q for q in material.statements if q.graph == ONTOLOGY and q.predicate == IRI(RDFS + "subClassOf")]
    try:
        violations = validate([*material.facts, *material.dates, *hierarchy], shapes, only)
    except PowkgError as error:
        yield Problem("unusable-shape", str(error), "correct ontology/shapes.ttl", _SHAPES_FILE)
        return
    for violation in violations:
        finding = Finding(violation.subject, violation.message, predicate=violation.predicate)
        constraint = violation.constraint
        yield _problem(material, finding, constraint.name, constraint.remedy, constraint.severity)


_SHAPES_FILE = "ontology/shapes.ttl"


def _shapes(material: Material) -> list[Quad]:
    return [quad for quad in material.statements if quad.graph == SHAPES_GRAPH]


def _sparql(material: Material, only: Collection[str] | None) -> Iterator[Problem]:
    for query in read_checks(material.root):
        if (only is None or query.name in only) and can_run(material, query):
            for finding in query.find(material):
                yield _problem(material, finding, query.name, query.remedy, query.severity)


def _problem(material: Material, finding: Finding, name: str, remedy: str, severity: Severity) -> Problem:
    file, line = finding.file, finding.line
    if file is None and finding.subject is not None:
        file, line = material.locate(finding.subject, finding.graph, finding.predicate)
    subject = curie(finding.subject) if finding.subject else None
    return Problem(name, finding.message, remedy, file, line, subject, severity)


def _sorted(problems: Collection[Problem]) -> list[Problem]:
    return sorted(
        dict.fromkeys(problems), key=lambda p: (p.file or "", p.line or 0, p.check, p.subject or "", p.message)
    )
