"""The shapes as a reader meets them: what each finds, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator

from powkg.namespaces import RDFS, SH
from powkg.publish.documentation import Constraint
from powkg.publish.triples import Triples

_SEVERITIES = {"Violation": "error", "Warning": "warning", "Info": "info"}


def constraints(shapes: Triples) -> Iterator[Constraint]:
    """The shapes that have a message, by name; those without one only gather others."""
    for iri in shapes.of_type(SH + "PropertyShape", SH + "NodeShape"):
        if message := shapes.text(iri, SH + "message"):
            severity = next((kind.removeprefix(SH) for kind in shapes.iris(iri, SH + "severity")), "Violation")
            advice = shapes.text(iri, RDFS + "comment")
            yield Constraint(iri.partition("#")[2], _SEVERITIES.get(severity, severity), message, advice)
