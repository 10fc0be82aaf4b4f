"""The query form for people with a browser: the query, its answer as a table, or what is wrong with it and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request, url_for

from powkg.errors import ClientGoneError, PowkgError, QuerySyntaxError
from powkg.web import problems
from powkg.web.answering import Answer, Answers
from powkg.web.cells import Cell, cell
from powkg.web.examples import Example, topics
from powkg.web.protocol import MAX_ADDRESS, Operation
from powkg.web.streaming import client
from powkg.workers.sparql_json import MEDIA_TYPE, Rows, decode_boolean

MAX_ROWS = 1000
"""How many rows a page shows."""

MAX_TABLE = 1_000_000
"""How much of a table, written as JSON, a page reads, in bytes."""

MAX_GRAPH = 200_000
"""How much of a graph, written as Turtle, a page shows, in bytes."""

FORMATS = {"select": MEDIA_TYPE, "ask": MEDIA_TYPE, "graph": "text/turtle"}
"""The formats that a page is made from."""

CHOICES = (
    ("", "a table here"),
    ("csv", "CSV (spreadsheets)"),
    ("tsv", "TSV"),
    ("json", "JSON"),
    ("xml", "XML"),
    ("turtle", "Turtle (CONSTRUCT, DESCRIBE)"),
    ("ntriples", "N-Triples (CONSTRUCT, DESCRIBE)"),
    ("jsonld", "JSON-LD (CONSTRUCT, DESCRIBE)"),
)

DOWNLOADS = {
    "select": (("CSV", "csv"), ("TSV", "tsv"), ("JSON", "json"), ("XML", "xml")),
    "ask": (("JSON", "json"), ("XML", "xml")),
    "graph": (("Turtle", "turtle"), ("N-Triples", "ntriples"), ("JSON-LD", "jsonld"), ("RDF/XML", "rdfxml")),
}

EMPTY_QUERY = """\
PREFIX pow: <https://w3id.org/powkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?person ?name WHERE {
  ?person a pow:Person ; rdfs:label ?name .
  FILTER(LANG(?name) = "en")
}
ORDER BY ?name
"""

ANY_QUERY = """\
SELECT * WHERE {
  ?subject ?property ?value
}
LIMIT 100
"""
"""What the form holds where there are no examples, since nothing is known of the data."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as the page shows it; `cut` where there is more of it."""

    kind: str
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    boolean: bool = False
    text: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a query, with the line that it is in and a mark below the column."""

    title: str
    reason: str
    excerpt: str = ""


class Editor:
    """Makes the page."""

    def __init__(self, answers: Answers, examples: Sequence[Example], timeout: float, longest: float) -> None:
        self._answers = answers
        self._topics = topics(examples)
        self._timeout = timeout
        self._longest = longest

    def page(self, operation: Operation | None) -> Response:
        """The form, with the answer or the error of the operation where there is one."""
        answer, wrong, status = None, None, 200
        if operation is not None:
            try:
                answer = self._answer(operation)
            except ClientGoneError:
                raise
            except PowkgError as error:
                problems.log(error)
                wrong, status = _wrong(error, operation.query), problems.status_of(error)
        text = operation.query if operation else EMPTY_QUERY if self._topics else ANY_QUERY
        body = render_template(
            "editor.html",
            operation=operation,
            text=text,
            rows=min(max(text.count("\n") + 2, 8), 30),
            answer=answer,
            most_rows=MAX_ROWS,
            error=wrong,
            choices=CHOICES,
            downloads=_downloads(operation, answer) if operation and answer else (),
            topics=self._topics,
            timeout=f"{self._timeout:g}",
        )
        response = Response(body, status, content_type="text/html; charset=utf-8")
        response.vary.add("Accept")
        return response

    def _answer(self, operation: Operation) -> Shown:
        with self._answers.open(
            operation.query,
            FORMATS,
            substitutions=operation.substitutions(),
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            base=request.base_url,
            timeout=operation.time(self._longest),
            client=client(),
        ) as stream:
            match stream.kind:
                case "ask":
                    return Shown("ask", boolean=decode_boolean(stream))
                case "graph":
                    return _graph(stream)
                case _:
                    return _table(stream)


class _PageFullError(Exception):
    """The page reads no more of an answer."""


def _table(stream: Answer) -> Shown:
    variables: tuple[str, ...] = ()
    shown: list[tuple[Cell, ...]] = []
    try:
        rows = Rows(_beginning(stream, MAX_TABLE))
        variables = rows.variables
        for row in rows:
            if len(shown) == MAX_ROWS:
                raise _PageFullError  # noqa: TRY301  # the other place is within the rows
            shown.append(tuple(map(cell, row)))
    except _PageFullError:
        return Shown("select", variables, tuple(shown), cut=True)
    return Shown("select", variables, tuple(shown))


def _beginning(pieces: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The pieces while there are at most so many bytes. Raises _PageFullError where there are more."""
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            raise _PageFullError
        yield piece


def _graph(stream: Answer) -> Shown:
    content = b""
    for piece in stream:
        content += piece
        if len(content) > MAX_GRAPH:
            break
    return Shown("graph", text=content[:MAX_GRAPH].decode(errors="ignore"), cut=len(content) > MAX_GRAPH)


def _wrong(error: PowkgError, query: str) -> Wrong:
    match error:
        case QuerySyntaxError(line=int(line), column=int(column)):
            return Wrong(f"Not SPARQL at line {line}, column {column}", error.reason, _excerpt(query, line, column))
        case QuerySyntaxError():
            return Wrong("Not SPARQL", error.reason)
        case _:
            return Wrong("No answer", problems.reason(error))


def _excerpt(query: str, line: int, column: int) -> str:
    lines = query.split("\n")
    if line > len(lines):
        return ""
    start = max(0, column - 61)
    return f"{lines[line - 1][start : start + 100]}\n{' ' * (column - 1 - start)}^"


def address(operation: Operation, form: str | None = None) -> str | None:
    """Where the operation is answered, in a format where one is named; None where that is too long for an address."""
    others: dict[str, Any] = {
        "default-graph-uri": operation.default_graphs,
        "named-graph-uri": operation.named_graphs,
        **{f"${name}": value for name, value in operation.values},
    }
    time = None if operation.timeout is None else f"{operation.timeout:.9f}".rstrip("0").rstrip(".")
    found = url_for("sparql.endpoint", query=operation.query, format=form, timeout=time, **others)
    return found if len(found) <= MAX_ADDRESS else None


def _downloads(operation: Operation, answer: Shown) -> list[tuple[str, str]]:
    """What the answer can be downloaded as: the words and the address."""
    found = ((words, address(operation, name)) for words, name in DOWNLOADS[answer.kind])
    return [(words, place) for words, place in found if place is not None]
