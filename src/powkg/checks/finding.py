"""What a check is and what it finds. Nothing of RDF here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from powkg.checks.material import Material
from powkg.errors import Severity
from powkg.namespaces import curie


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: the IRI of its subject, what is wrong, and where it stands, as far as the check knows.

    `graph` and `predicate` are IRIs; without a graph, the subject is looked for in every graph. `file` and `line` are
    given where the defect is in a file without statements (a query).
    """

    subject: str | None
    message: str
    graph: str | None = None
    predicate: str | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name, which is that of the defect; what it finds, in words; and what to do about it."""

    name: str
    description: str
    remedy: str
    find: Callable[[Material], Iterator[Finding]]
    severity: Severity = Severity.ERROR


def near(iri: str, known: Iterable[str]) -> str:
    """A hint at the IRI of the same namespace that is spelled most like this one; "" where none is."""
    namespace, name = _split(iri)
    names = [other for kind, other in map(_split, known) if kind == namespace]
    matches = get_close_matches(name, names, n=1, cutoff=0.75)
    return f"; did you mean {curie(namespace + matches[0])}?" if matches else ""


def _split(iri: str) -> tuple[str, str]:
    """The namespace of an IRI, up to the last `#` or `/`, and the name after it."""
    name = re.split("[#/]", iri)[-1]
    return iri[: len(iri) - len(name)], name
