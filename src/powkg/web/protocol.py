"""A request of the SPARQL 1.1 Protocol, read from HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from flask import Request
from werkzeug.exceptions import (
    BadRequest,
    ClientDisconnected,
    RequestEntityTooLarge,
    RequestTimeout,
    UnsupportedMediaType,
)

from powkg import guard, notation
from powkg.errors import UsageError
from powkg.terms import Term

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

MAX_PARAMETERS = 1000
MAX_ADDRESS = 8000
"""The longest address that a page leads to, in bytes; the server reads a few more."""

_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?|\.[0-9]{1,9}")

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Operation:
    """A query, the graphs that replace its own dataset (IRIs), and what the protocol leaves to each server.

    `values` are the variables' values, as they are written: the parameters `$name` of the request. `format` is the one
    asked for outside the Accept header. `download` is the name of the file that the answer is to become ("" for any),
    None where it is to be shown. `timeout` is the time that the query may take, in seconds, where the request gives it.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    format: str | None = None
    download: str | None = None
    timeout: float | None = None

    def substitutions(self) -> dict[str, Term]:
        """The terms of the values. Raises UsageError where one is not a term."""
        found = {}
        for name, value in self.values:
            try:
                found[name] = notation.parse(value)
            except UsageError as error:
                raise UsageError(f"the value of ${name}: {error}") from None
        return found

    def time(self, longest: float) -> float | None:
        """The time that the query may take, in seconds, where the request gives one: `longest` at most."""
        return None if self.timeout is None else min(self.timeout, longest)


@dataclass(frozen=True, slots=True)
class Update:
    """An update, and the graphs (IRIs) over which its WHEREs are, in place of the store's own."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def read_query(request: Request) -> Operation | None:
    """The query that a request asks; None for a GET without one.

    Raises the HTTP errors 400 (not one query, not UTF-8, not an IRI), 413 (too long), 415 (not a query).
    """
    given = parameters(request)
    direct = None
    if request.method == "POST":
        sent = body(request, {FORM, QUERY})
        if request.mimetype == FORM:
            given += _parsed(sent, "the body")
        else:
            direct = decoded(sent, "the body")
    if values(given, "update"):
        raise BadRequest("this address only answers queries: send an update to /update")
    queries = (*values(given, "query"), *([direct] if direct is not None else []))
    if not queries and request.method != "POST":
        return None
    return Operation(
        _only(queries, "query"),
        graphs(given, "default-graph-uri"),
        graphs(given, "named-graph-uri"),
        values=tuple((name[1:], value) for name, value in given if name[:1] == "$" and name[1:] and value.strip()),
        format=asked_format(given),
        download=next(iter(values(given, "download")), None),
        timeout=_seconds(values(given, "timeout")),
    )


def read_update(request: Request) -> Update:
    """The update that a POST asks for. Raises as `read_query` does."""
    given = parameters(request)
    if values(given, "update"):
        raise BadRequest("an update is sent in the body of a POST request, not in its address")
    sent = body(request, {FORM, UPDATE})
    if request.mimetype == FORM:
        given += _parsed(sent, "the body")
        updates = values(given, "update")
    else:
        updates = (decoded(sent, "the body"),)
    if values(given, "query"):
        raise BadRequest("this address only takes updates: send a query to /sparql")
    for name in ("default-graph-uri", "named-graph-uri"):
        if values(given, name):
            raise BadRequest(f"{name} is for queries: give an update's graphs with using-graph-uri")
    return Update(_only(updates, "update"), graphs(given, "using-graph-uri"), graphs(given, "using-named-graph-uri"))


def parameters(request: Request) -> Parameters:
    """The names and values in a request's address, in order. Raises 400 where they are not UTF-8, or too many."""
    return _parsed(request.query_string, "the address")


def values(given: Parameters, name: str) -> tuple[str, ...]:
    """The values of the parameters with that name."""
    return tuple(value for found, value in given if found == name)


def graphs(given: Parameters, name: str) -> tuple[str, ...]:
    """The graphs that parameters name. Raises 400 where one is no absolute IRI."""
    found = values(given, name)
    for graph in found:
        if not notation.is_absolute_iri(graph):
            raise BadRequest(f"{graph!r} is not an absolute IRI: a graph is named by one")
    return found


def asked_format(given: Parameters) -> str | None:
    """The format that is asked for by a parameter."""
    return next((value for value in (*values(given, "format"), *values(given, "output")) if value), None)


def body(request: Request, media_types: Iterable[str]) -> bytes:
    """The body of a request, of one of these types.

    Raises 415 for another type, charset or content coding, and 408 where it does not come, or not in time.
    """
    known = sorted(media_types)
    charset = request.mimetype_params.get("charset", "utf-8")
    if request.mimetype not in known or charset.lower() not in {"utf-8", "us-ascii"}:
        given = request.content_type or "nothing"
        raise UnsupportedMediaType(f"the body's Content-Type is {given}: send {_listed(known)}, in UTF-8")
    coding = request.headers.get("Content-Encoding", "identity")
    if coding.lower() != "identity":
        raise UnsupportedMediaType(f"the body's Content-Encoding is {coding}: send it as it is")
    try:
        return request.get_data(cache=False)
    except (ClientDisconnected, OSError):
        raise RequestTimeout("the body of the request did not come in time, or not all of it") from None


def decoded(content: bytes, place: str) -> str:
    """Text in UTF-8. Raises 400 where it is not."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise BadRequest(f"{place} is not UTF-8") from None


def _seconds(given: tuple[str, ...]) -> float | None:
    """The time of the parameter `timeout`; None where there is none. Raises 400 where it is no time."""
    if not given or not given[0]:
        return None
    if not _SECONDS.fullmatch(given[0]) or float(given[0]) <= 0:
        raise BadRequest(f"the timeout {given[0]!r} is no number of seconds above 0")
    return float(given[0])


def _only(texts: tuple[str, ...], what: str) -> str:
    if len(texts) > 1:
        raise BadRequest(f"the request holds {len(texts)} texts of a {what}: send exactly one {what}")
    if not texts:
        raise BadRequest(f"the request holds no {what}: send one in the parameter '{what}'")
    if len(texts[0]) > guard.MAX_LENGTH:
        raise RequestEntityTooLarge(f"the {what} is longer than {guard.MAX_LENGTH:,} characters")
    return texts[0]


def _listed(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _parsed(encoded: bytes, place: str) -> Parameters:
    try:
        return parse_qsl(
            decoded(encoded, place), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except UnicodeDecodeError:
        raise BadRequest(f"the parameters in {place} are not UTF-8") from None
    except ValueError:
        raise BadRequest(f"{place} holds more than {MAX_PARAMETERS} parameters") from None
