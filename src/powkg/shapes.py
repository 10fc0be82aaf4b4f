"""SHACL: the shapes of ontology/shapes.ttl over statements. Quads in, violations out. The owner of pyshacl.

A shape whose name begins with a capital lists constraints, by `sh:property`; every other named shape is a constraint
and bears the name of the defect.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyshacl

from powkg.dataset import Quad, merged
from powkg.errors import PowkgError, Severity
from powkg.namespaces import RDFS, SH, SHAPE, curie
from powkg.terms import IRI

_TARGETS = frozenset(SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))
_SEVERITIES = {SH + "Violation": Severity.ERROR, SH + "Warning": Severity.WARNING, SH + "Info": Severity.INFO}


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint: the name of the defect, the message about it, how bad it is, and what to do."""

    name: str
    message: str
    remedy: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Violation:
    """A thing that breaks a constraint: its IRI, the property concerned (None for several), and the message."""

    constraint: Constraint
    subject: str
    predicate: str | None
    message: str


def constraints(shapes: Iterable[Quad]) -> dict[str, Constraint]:
    """Every constraint by name. Raises PowkgError for one without a message, a severity or a remedy."""
    texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in shapes:
        if isinstance(quad.subject, IRI) and _is_constraint(quad.subject.value):
            texts[quad.subject.value][str(quad.predicate)] = str(quad.value)
    found = {}
    for iri, values in texts.items():
        severity = _SEVERITIES.get(values.get(SH + "severity", ""))
        if severity is None or not {SH + "message", RDFS + "comment"} <= values.keys():
            needed = "sh:message, rdfs:comment (the remedy), and sh:severity, sh:Violation, sh:Warning or sh:Info"
            raise PowkgError(f"{curie(iri)} in ontology/shapes.ttl needs {needed}")
        name = iri.removeprefix(SHAPE)
        found[name] = Constraint(name, values[SH + "message"], values[RDFS + "comment"], severity)
    return found


def validate(data: Iterable[Quad], shapes: Sequence[Quad], only: Collection[str] | None = None) -> list[Violation]:
    """What in the data breaks the constraints, or those named in `only`.

    `data` must state the subclasses that targets rely on. Raises PowkgError where the shapes cannot be used.
    """
    known = constraints(shapes)
    chosen = known.keys() if only is None else known.keys() & set(only)
    if not chosen:
        return []
    try:
        _, report, _ = pyshacl.validate(
            merged(data), shacl_graph=merged(_restricted(shapes, chosen)), inference="none", inplace=True
        )
        if isinstance(report, RuntimeError):
            raise report
    except RuntimeError as error:
        # The library's own errors are of this kind; a failure while it validates it returns in place of a report.
        raise PowkgError(f"ontology/shapes.ttl cannot be used: {error}") from error
    results: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in report:
        results[str(subject)][str(predicate)] = str(value)
    return sorted(
        (_violation(known, values) for values in results.values() if SH + "sourceShape" in values),
        key=lambda violation: (violation.constraint.name, violation.subject, violation.message),
    )


def _is_constraint(iri: str) -> bool:
    return iri.startswith(SHAPE) and iri[len(SHAPE) :][:1].islower()


def _restricted(shapes: Sequence[Quad], chosen: Collection[str]) -> list[Quad]:
    """The shapes without the constraints that are not chosen, and without the targets of those left with none."""
    names = {SHAPE + name for name in chosen}
    kept = [q for q in shapes if str(q.predicate) != SH + "property" or str(q.value) in names]
    owners = {str(q.subject) for q in kept if str(q.predicate) == SH + "property"} | names
    return [q for q in kept if str(q.predicate) not in _TARGETS or str(q.subject) in owners]


def _violation(known: Mapping[str, Constraint], values: Mapping[str, str]) -> Violation:
    constraint = known[values[SH + "sourceShape"].removeprefix(SHAPE)]
    value = values.get(SH + "value", "")
    written = curie(value) if value.startswith(("http://", "https://")) else value
    return Violation(
        constraint,
        values[SH + "focusNode"],
        values.get(SH + "resultPath"),
        constraint.message.replace("{value}", written),
    )
