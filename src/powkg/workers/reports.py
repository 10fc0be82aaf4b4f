"""Errors as they go from a process to the server: to JSON in the one, and raised again in the other."""

from __future__ import annotations

from typing import Any

from powkg.errors import (
    GraphNotFoundError,
    NotAcceptableError,
    PowkgError,
    QuerySyntaxError,
    StoreError,
    UsageError,
)


def describe(error: PowkgError) -> dict[str, Any]:
    """The error as JSON."""
    match error:
        case QuerySyntaxError(reason=reason, line=line, column=column):
            return {"type": "syntax", "message": reason, "line": line, "column": column}
        case NotAcceptableError(kind=kind):
            return {"type": "not-acceptable", "kind": kind}
        case GraphNotFoundError(graph=graph):
            return {"type": "no-graph", "graph": graph}
        case UsageError():
            return {"type": "usage", "message": str(error)}
        case StoreError():
            return {"type": "store", "message": str(error)}
        case _:
            return {"type": "failure", "message": str(error)}


def revive(content: dict[str, Any]) -> PowkgError:
    """The error of such a JSON."""
    match content["type"]:
        case "syntax":
            return QuerySyntaxError(content["message"], content["line"], content["column"])
        case "not-acceptable":
            return NotAcceptableError(content["kind"])
        case "no-graph":
            return GraphNotFoundError(content["graph"])
        case "usage":
            return UsageError(content["message"])
        case "store":
            return StoreError(content["message"])
        case _:
            return PowkgError(content["message"])
