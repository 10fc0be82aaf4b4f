"""What a check is and what it finds. Nothing of RDF here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from powkg.checks.material import Material
from powkg.errors import Severity


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
