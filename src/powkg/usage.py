"""The dataset that the SPARQL 1.1 Protocol gives an update, written into its text. Pure: text in, text out.

The protocol's `using-graph-uri` and `using-named-graph-uri` mean the same as USING and USING NAMED in each operation
that has a WHERE, and the engine takes them in the text alone (https://www.w3.org/TR/sparql11-protocol/, 2.2.3). So the
text is read by the grammar of SPARQL 1.1 Update as far as its operations go, what stands in braces is passed over, and
the clauses are put before each WHERE. What cannot be read so is refused: no operation is left without its dataset. Only
absolute IRIs are put in, which hold no character that ends them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from powkg import notation
from powkg.errors import QuerySyntaxError, UsageError
from powkg.lexer import AmbiguityError, Kind, tokens

_GAP = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*+)*+")
_IRI = re.compile(r"<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>")
_NAME = re.compile(r"[\w.-]*+:(?:\\.|%[0-9A-Fa-f]{2}|[\w:.·-])*+")
_KEYWORD = re.compile(r"[A-Za-z]++")
_GRAPH_MANAGEMENT = frozenset({"LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})


def with_dataset(text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """The update with each of its WHEREs over these graphs (IRIs); the text as it is where none is given.

    Raises UsageError where a graph is no absolute IRI or the text has a USING or WITH of its own, and QuerySyntaxError
    where its operations cannot be told.
    """
    for graph in (*default_graphs, *named_graphs):
        if not notation.is_absolute_iri(graph):
            raise UsageError(f"{graph!r} is not an absolute IRI: a graph is named by one")
    clauses = [f"USING <{graph}>" for graph in default_graphs] + [f"USING NAMED <{graph}>" for graph in named_graphs]
    if not clauses:
        return text
    addition = " ".join(clauses) + " "
    pieces, done = [], 0
    for place, pattern in _Reader(text).places():
        pieces += [text[done:place], pattern, " " if pattern else "", addition]
        done = place
    return "".join([*pieces, text[done:]])


class _Reader:
    """Reads the operations of an update."""

    def __init__(self, text: str) -> None:
        """Raises QuerySyntaxError where the braces of the text cannot be told."""
        self._text = text
        self._at = 0
        try:
            self._ends = _braces(text)
        except AmbiguityError as error:
            raise QuerySyntaxError(str(error), *self._place(error.start)) from None

    def places(self) -> Iterator[tuple[int, str]]:
        """Where the clauses go: before each WHERE. With the place goes what a DELETE WHERE removes: its pattern."""
        while True:
            self._prologue()
            if self._gap() == len(self._text):
                return
            yield from self._operation()
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

    def _operation(self) -> Iterator[tuple[int, str]]:
        start = self._gap()
        if self._take("WITH"):
            raise self._conflict("WITH", start)
        if self._take("INSERT"):
            if not self._take("DATA"):
                self._group()
                yield self._where()
                return
            self._group()
        elif self._take("DELETE"):
            place = self._gap()
            if self._take("DATA"):
                self._group()
            elif self._take("WHERE"):
                yield place, self._group()
            else:
                self._group()
                if self._take("INSERT"):
                    self._group()
                yield self._where()
        else:
            self._graph_management()

    def _where(self) -> tuple[int, str]:
        place = self._gap()
        if self._take("USING"):
            raise self._conflict("USING", place)
        if not self._take("WHERE"):
            raise self._error("expected WHERE")
        self._group()
        return place, ""

    def _graph_management(self) -> None:
        word = _KEYWORD.match(self._text, self._gap())
        name = word.group().upper() if word else ""
        if not any(name.startswith(known) for known in _GRAPH_MANAGEMENT):
            raise self._error("expected an operation of SPARQL 1.1 Update")
        while self._gap() < len(self._text) and self._text[self._at] != ";":
            for pattern in (_IRI, _NAME, _KEYWORD):
                if found := pattern.match(self._text, self._at):
                    self._at = found.end()
                    break
            else:
                raise self._error("expected a graph")

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

    def _group(self) -> str:
        """Pass over what stands in braces, and return it with them."""
        start = self._gap()
        if self._text[start : start + 1] != "{":
            raise self._error('expected "{"')
        if start not in self._ends:
            raise self._error("these braces are never closed")
        self._at = self._ends[start]
        return self._text[start : self._at]

    def _conflict(self, keyword: str, place: int) -> UsageError:
        line, column = self._place(place)
        return UsageError(
            f"the update has {keyword} at line {line}, column {column}, and the request gives graphs with "
            "using-graph-uri or using-named-graph-uri: choose one of the two"
        )

    def _error(self, message: str) -> QuerySyntaxError:
        return QuerySyntaxError(message, *self._place(self._at))

    def _place(self, index: int) -> tuple[int, int]:
        return self._text.count("\n", 0, index) + 1, index - self._text.rfind("\n", 0, index)


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
