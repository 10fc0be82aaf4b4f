"""A request of the SPARQL 1.1 Protocol, read from HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from powkg import guard, notation
from powkg.errors import UsageError
from powkg.terms import Term

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"

MAX_PARAMETERS = 1000
MAX_ADDRESS = 8000
"""The longest address that a page leads to, in bytes; the server reads a few more."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A query, the graphs that replace its own dataset (IRIs), and what the protocol leaves to each server.

    `values` are the variables' values, as they are written: the parameters `$name` of the request. `format` is the one
    asked for outside the Accept header.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    format: str | None = None

    def substitutions(self) -> dict[str, Term]:
        """The terms of the values. Raises UsageError where one is not a term."""
        found = {}
        for name, value in self.values:
            try:
                found[name] = notation.parse(value)
            except UsageError as error:
                raise UsageError(f"the value of ${name}: {error}") from None
        return found


def read(request: Request) -> Operation | None:
    """The operation that a request asks for; None for a GET without a query.

    Raises the HTTP errors 400 (not one query, not UTF-8, not an IRI), 413 (too long), 415 (not a query).
    """
    parameters = _parameters(request.query_string, "the address")
    direct = None
    if request.method == "POST":
        charset = request.mimetype_params.get("charset", "utf-8")
        if request.mimetype not in {FORM, DIRECT} or charset.lower() not in {"utf-8", "us-ascii"}:
            given = request.content_type or "nothing"
            raise UnsupportedMediaType(f"the body's Content-Type is {given}: send {DIRECT} or {FORM}, in UTF-8")
        body = request.get_data(cache=False)
        if request.mimetype == FORM:
            parameters += _parameters(body, "the body")
        else:
            direct = _decoded(body, "the body")
    return _operation(parameters, direct, required=request.method == "POST")


def _operation(parameters: list[tuple[str, str]], direct: str | None, *, required: bool) -> Operation | None:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for given, value in parameters if given == name)

    if all_of("update"):
        raise BadRequest("this endpoint only reads: send a query, not an update")
    queries = (*all_of("query"), *([direct] if direct is not None else []))
    if len(queries) > 1:
        raise BadRequest(f"the request holds {len(queries)} queries: send exactly one")
    if not queries:
        if required:
            raise BadRequest("the request holds no query: send one in the parameter 'query'")
        return None
    if len(queries[0]) > guard.MAX_LENGTH:
        raise RequestEntityTooLarge(f"the query is longer than {guard.MAX_LENGTH:,} characters")
    graphs = all_of("default-graph-uri"), all_of("named-graph-uri")
    for graph in (*graphs[0], *graphs[1]):
        if not notation.is_absolute_iri(graph):
            raise BadRequest(f"{graph!r} is not an absolute IRI: a graph is named by one")
    values = tuple((name[1:], value) for name, value in parameters if name[:1] == "$" and name[1:] and value.strip())
    formats = [value for value in (*all_of("format"), *all_of("output")) if value]
    return Operation(queries[0], *graphs, values, formats[0] if formats else None)


def _parameters(encoded: bytes, place: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            _decoded(encoded, place), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except UnicodeDecodeError:
        raise BadRequest(f"the parameters in {place} are not UTF-8") from None
    except ValueError:
        raise BadRequest(f"{place} holds more than {MAX_PARAMETERS} parameters") from None


def _decoded(content: bytes, place: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise BadRequest(f"{place} is not UTF-8") from None
