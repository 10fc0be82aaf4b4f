"""What is changed in the text of an update before the engine has it. Pure: text in, text out.

The protocol's `using-graph-uri` and `using-named-graph-uri` mean the same as USING and USING NAMED in each operation
that has a WHERE, and the engine takes them in the text alone (https://www.w3.org/TR/sparql11-protocol/, 2.2.3). LOAD
always fails here, since the server calls no other, and an operation that may fail silently is one that does nothing.

The text is read by the grammar of SPARQL 1.1 Update as far as its operations go; what stands in braces is passed over.
Where the operations cannot be told, no dataset is put in and the update is refused: none is left without it. Only
absolute IRIs are put in, which hold no character that ends them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from powkg import notation
from powkg.errors import QueryRefusedError, QuerySyntaxError, UsageError
from powkg.lexer import AmbiguityError, Kind, tokens

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*+)*+")
_IRI = re.compile(r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>")
_NAME = re.compile(r"[\w.-]*+:(?:\\.|%[0-9A-Fa-f]{2}|[\w:.·-])*+")
_KEYWORD = re.compile(r"[A-Za-z]++")
_GRAPH_MANAGEMENT = ("LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_NOTHING = "INSERT DATA {}"


def with_dataset(
    text: str, default_graphs: Sequence[str], named_graphs: Sequence[str], *, longest: int | None = None
) -> str:
    """The update with each of its WHEREs over these graphs (IRIs); the text as it is where none is given.

    Raises UsageError where a graph is no absolute IRI or the text has a USING or WITH of its own, and QuerySyntaxError
    where its operations cannot be told. QueryRefusedError where it would have more than `longest` characters: many
    graphs at many WHEREs are more than could be held.
    """
    for graph in (*default_graphs, *named_graphs):
        if not notation.is_absolute_iri(graph):
            raise UsageError(f"{graph!r} is not an absolute IRI: a graph is named by one")
    clauses = [f"USING <{graph}>" for graph in default_graphs] + [f"USING NAMED <{graph}>" for graph in named_graphs]
    if not clauses:
        return text
    dataset = " ".join(clauses) + " "
    pieces, done, length = [], 0, len(text)
    for operation in _Reader(text).operations():
        if operation.own is not None:
            line, column = _place(text, operation.own)
            raise UsageError(
                f"the update has a WITH or USING at line {line}, column {column}, and the request gives graphs with "
                "using-graph-uri or using-named-graph-uri: choose one of the two"
            )
        if operation.where is not None:
            length += len(operation.pattern) + len(dataset)
            if longest is not None and length > longest:
                raise QueryRefusedError(
                    f"the update has more than {longest:,} characters with the graphs of using-graph-uri and "
                    "using-named-graph-uri at each of its WHEREs: send it in parts"
                )
            pieces += [text[done : operation.where], operation.pattern, dataset]
            done = operation.where
    return "".join([*pieces, text[done:]])


def without_silent_loads(text: str) -> str:
    """The update with nothing done in place of each LOAD SILENT. A text that cannot be read is left as it is."""
    if "LOAD" not in text.upper():
        return text
    pieces, done = [], 0
    try:
        for operation in _Reader(text).operations():
            if operation.silent_load:
                lines = text.count("\n", operation.start, operation.end)
                pieces += [text[done : operation.start], _NOTHING, "\n" * lines]
                done = operation.end
    except QuerySyntaxError:
        return text
    return "".join([*pieces, text[done:]])


@dataclass(slots=True)
class _Operation:
    """An operation: its places in the text.

    `where` is that of its WHERE, `own` that of its first WITH or USING. `pattern` is what a DELETE WHERE removes, which
    with a dataset has to be said once more before it.
    """

    start: int
    end: int = 0
    where: int | None = None
    own: int | None = None
    pattern: str = ""
    silent_load: bool = False


class _Reader:
    """Reads the operations of an update."""

    def __init__(self, text: str) -> None:
        """Raises QuerySyntaxError where the braces of the text cannot be told."""
        self._text = text
        self._at = 0
        try:
            self._ends = _braces(text)
        except AmbiguityError as error:
            raise QuerySyntaxError(str(error), *_place(text, error.start)) from None

    def operations(self) -> Iterator[_Operation]:
        """The operations in order. Raises QuerySyntaxError where there is something else."""
        while True:
            self._prologue()
            if self._gap() == len(self._text):
                return
            operation = _Operation(self._at)
            self._read(operation)
            operation.end = self._at
            yield operation
            if self._gap() == len(self._text):
                return
            if self._text[self._at] != ";":
                raise self._error("expected ';' or the end of the update")
            self._at += 1

    def _prologue(self) -> None:
        while True:
            if self._take("BASE"):
                self._expect(_IRI, "an IRI")
            elif self._take("PREFIX"):
                self._expect(_NAME, "a prefix")
                self._expect(_IRI, "an IRI")
            else:
                return

    def _read(self, operation: _Operation) -> None:
        if self._take("WITH"):
            operation.own = operation.start
            self._graph()
        if self._take("INSERT"):
            if self._take("DATA"):
                self._group()
                return
            self._group()
            self._where(operation)
        elif self._take("DELETE"):
            place = self._gap()
            if self._take("DATA"):
                self._group()
            elif self._take("WHERE"):
                operation.where, operation.pattern = place, self._group() + " "
            else:
                self._group()
                if self._take("INSERT"):
                    self._group()
                self._where(operation)
        else:
            self._graph_management(operation)

    def _where(self, operation: _Operation) -> None:
        while True:
            place = self._gap()
            if not self._take("USING"):
                break
            operation.own = place if operation.own is None else operation.own
            self._take("NAMED")
            self._graph()
        if not self._take("WHERE"):
            raise self._error("expected WHERE")
        operation.where = place
        self._group()

    def _graph_management(self, operation: _Operation) -> None:
        found = next((word for word in _GRAPH_MANAGEMENT if self._take(word)), None)
        if found is None:
            raise self._error("expected an operation of SPARQL 1.1 Update")
        operation.silent_load = self._take("SILENT") and found == "LOAD"
        while self._gap() < len(self._text) and self._text[self._at] != ";":
            if word := (_NAME.match(self._text, self._at) or _KEYWORD.match(self._text, self._at)):
                self._at = word.end()
            else:
                self._expect(_IRI, "a graph")
            operation.end = self._at
        self._at = operation.end or self._at

    def _graph(self) -> None:
        self._expect(_IRI if self._text.startswith("<", self._gap()) else _NAME, "a graph")

    def _group(self) -> str:
        """Pass over what stands in braces, and return it with them."""
        start = self._gap()
        if not self._text.startswith("{", start):
            raise self._error('expected "{"')
        if start not in self._ends:
            raise self._error("these braces are never closed")
        self._at = self._ends[start]
        return self._text[start : self._at]

    def _gap(self) -> int:
        """Where the next token begins."""
        found = _GAP.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _take(self, keyword: str) -> bool:
        """Pass over a keyword if it is next. Like the engine, this needs nothing between it and what follows."""
        start = self._gap()
        if self._text[start : start + len(keyword)].upper() != keyword:
            return False
        self._at = start + len(keyword)
        return True

    def _expect(self, pattern: re.Pattern[str], what: str) -> None:
        found = pattern.match(self._text, self._gap())
        if found is None:
            raise self._error(f"expected {what}")
        self._at = found.end()

    def _error(self, message: str) -> QuerySyntaxError:
        return QuerySyntaxError(message, *_place(self._text, self._at))


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _braces(text: str) -> dict[int, int]:
    """Where each pair of braces that stands in no other opens, and where it has closed. Raises AmbiguityError."""
    found: dict[int, int] = {}
    opened = None
    for token in tokens(text):
        if token.depth == 1 and token.kind is Kind.OPEN and token.text == "{":
            opened = token.start
        elif token.depth == 1 and token.kind is Kind.CLOSE:
            if opened is not None and token.text == "}":
                found[opened] = token.start + 1
            opened = None
    return found
