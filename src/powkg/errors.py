"""What can go wrong, and how it is reported.

`PowkgError` is what a user did or has; it never carries a traceback to the screen. A `Problem` is one defect of the
data, named by file, line and subject; a `DataError` carries a list of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a problem is: an error fails a check; a warning is to be looked into; an info needs nothing done."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of the data: where it stands, what is wrong, and what to do about it.

    `check` is the name of the check that found it, in kebab-case and named after the defect (`dangling-entity`).
    `file` is relative to the data folder and uses forward slashes; `line` counts from 1; `subject` is a prefixed name.
    """

    check: str
    message: str
    remedy: str = ""
    file: str | None = None
    line: int | None = None
    subject: str | None = None
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file or "-"
        subject = f" {self.subject}" if self.subject else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{place}: {self.severity} [{self.check}]{subject}: {self.message}{remedy}"


class PowkgError(Exception):
    """Wrong data or a failed task: printed to standard error, exit status 1."""

    exit_code = 1


class UsageError(PowkgError):
    """Wrong use: an unknown name, parameter or format. Exit status 2."""

    exit_code = 2


class DataError(PowkgError):
    """The files of the graph cannot be used as they are."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class StoreError(PowkgError):
    """The built store is missing, locked, unreadable or of another format."""


class StoreWriteError(StoreError):
    """The store cannot be written, such as where the disk is full; it is as it was."""


class QuerySyntaxError(UsageError):
    """The text is not SPARQL 1.1. `line` and `column` count from 1 where the parser names them.

    `reason` is the message without the place.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.reason = message
        self.line = line
        self.column = column
        place = f"line {line}, column {column}: " if line is not None and column is not None else ""
        super().__init__(f"SPARQL syntax error: {place}{message}")


class QueryTimeoutError(PowkgError):
    """The query was ended because it ran longer than allowed."""


class QueryRefusedError(UsageError):
    """The query asks for something that this service does not do (SERVICE, LOAD, too deep, too long)."""


class GraphNotFoundError(UsageError):
    """There is no graph of that name in the store. `graph` is its IRI."""

    def __init__(self, graph: str) -> None:
        self.graph = graph
        super().__init__(f"there is no graph <{graph}>")


class QueryTooComplexError(QueryRefusedError):
    """The query nests more deeply, or has more terms, than the engine can take."""


class GraphConflictError(UsageError):
    """The update makes a graph that there is, or takes one for granted that there is not. Nothing was changed."""


class NotSupportedError(UsageError):
    """The text is SPARQL, and asks for a function that the engine does not have."""


class NotAcceptableError(UsageError):
    """The query can be answered, but in none of the formats asked for. `kind` is that of its answer."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__(f"the answer ({kind}) has no form in the formats asked for")


class EngineBusyError(PowkgError):
    """Every process that answers queries is taken, and enough callers wait already."""


class EngineCrashError(PowkgError):
    """The process that ran the query died of it."""


class QueryMemoryError(EngineCrashError):
    """The query was ended because it asked for more memory than it may have."""


class ClientGoneError(PowkgError):
    """Whoever asked has closed the connection, and nobody waits for the answer."""

    def __init__(self) -> None:
        super().__init__("the client has closed the connection")


class ReasonerError(PowkgError):
    """The reasoner could not be run to its end: there is no Java, or it failed."""


class ReasonerTimeoutError(ReasonerError):
    """The reasoner was ended because it ran longer than allowed."""


class ReasonerRefusalError(ReasonerError):
    """The reasoner does not take the axioms: they are not OWL 2 DL."""
