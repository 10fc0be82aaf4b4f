"""Errors as they go from a process to the server: to JSON in the one, and raised again in the other."""

from __future__ import annotations

from typing import Any

from powkg.errors import (
    GraphConflictError,
    GraphNotFoundError,
    NotAcceptableError,
    NotSupportedError,
    PowkgError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTooComplexError,
    StoreError,
    UsageError,
)

_PLAIN: dict[str, type[PowkgError]] = {
    "too-complex": QueryTooComplexError,
    "refused": QueryRefusedError,
    "conflict": GraphConflictError,
    "not-supported": NotSupportedError,
    "usage": UsageError,
    "store": StoreError,
    "failure": PowkgError,
}
"""The errors that are a message and nothing else, each before those that it is one of."""


def describe(error: PowkgError) -> dict[str, Any]:
    """The error as JSON."""
    match error:
        case QuerySyntaxError(reason=reason, line=line, column=column):
            return {"type": "syntax", "message": reason, "line": line, "column": column}
        case NotAcceptableError(kind=kind):
            return {"type": "not-acceptable", "kind": kind}
        case GraphNotFoundError(graph=graph):
            return {"type": "no-graph", "graph": graph}
        case _:
            name = next(name for name, kind in _PLAIN.items() if isinstance(error, kind))
            return {"type": name, "message": str(error)}


def revive(content: dict[str, Any]) -> PowkgError:
    """The error of such a JSON."""
    match content["type"]:
        case "syntax":
            return QuerySyntaxError(content["message"], content["line"], content["column"])
        case "not-acceptable":
            return NotAcceptableError(content["kind"])
        case "no-graph":
            return GraphNotFoundError(content["graph"])
        case plain:
            return _PLAIN[plain](content["message"])
