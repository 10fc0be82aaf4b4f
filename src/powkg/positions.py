r"""Where each statement stands in the text of a TriG or Turtle file. Text in, names and lines out.

An RDF parser forgets the lines, so error messages get them from here: a tokenizer that knows comments, the four kinds
of strings, IRIs and their escapes, prefixed names (`dawsey:p06s1\#position`, `date:1990..1993`), directives and
brackets, and steps over whatever it need not understand. Blank nodes, and what is written inside brackets, have no
name to be looked up by and are left out. It is no validator: the text has been parsed before, or is about to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from powkg.namespaces import RDF

_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?#@%-]"
_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]++|\#[^\r\n]*+)
    | (?P<iri><[^<>\r\n]*+>)
    | (?P<string>
        \"\"\"(?:[^"\\]|\\.|"(?!""))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
        | "(?!"")(?:[^"\\\r\n]|\\.)*+" | '(?!'')(?:[^'\\\r\n]|\\.)*+'
        | ""(?!") | ''(?!') )
    | (?P<directive>@(?:prefix|base)\b)
    | (?P<suffix>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+ | \^\^)
    | (?P<blank>_:\w(?:[\w.·-]*[\w·-])?)
    | (?P<number>[+-]?(?:[0-9]*\.[0-9]+|[0-9]+\.(?=[eE])|[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>(?:[^\W\d_](?:[\w.·-]*[\w·-])?)?:
        (?:(?:[\w:]|{_ESCAPED})(?:(?:[\w:.·-]|{_ESCAPED})*(?:[\w:·-]|{_ESCAPED}))?)?)
    | (?P<word>[A-Za-z]++)
    | (?P<mark>[.;,\[\](){{}}])
    """,
    re.VERBOSE | re.DOTALL,
)
_IRI_ESCAPE = re.compile(r"\\[uU]([0-9A-Fa-f]+)")
_NAME_ESCAPE = re.compile(r"\\(.)")


class ScanError(ValueError):
    """The text cannot be cut into tokens; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Statement:
    """A predicate at a subject: the IRIs of graph, subject and predicate, and the line on which each of the two stands.

    `graph` is "" outside any graph block of a TriG file, `predicate` is "" where it is no IRI.
    """

    graph: str
    subject: str
    predicate: str
    subject_line: int
    line: int


def scan(text: str, graph: str = "") -> Iterator[Statement]:
    """Every predicate that follows a named subject, in the order of the text. `graph` is that of a Turtle file.

    Raises ScanError where the text cannot be cut into tokens.
    """
    return _Scanner(graph).run(text)


@dataclass(frozen=True)
class Positions:
    """The places of all statements of some files, worked out when the first is asked for.

    `texts` holds for each file its name, its text, and the graph of what stands outside graph blocks.
    """

    texts: tuple[tuple[str, str, str], ...]

    def locate(self, graph: str, subject: str, predicate: str | None = None) -> tuple[str, int] | None:
        """File and line where the subject, or the predicate at it, first stands in the graph; None if nowhere."""
        return self._index.get((graph, subject, predicate))

    @cached_property
    def _index(self) -> dict[tuple[str, str, str | None], tuple[str, int]]:
        index: dict[tuple[str, str, str | None], tuple[str, int]] = {}
        for file, text, graph in self.texts:
            for found in _as_far_as_readable(text, graph):
                index.setdefault((found.graph, found.subject, None), (file, found.subject_line))
                index.setdefault((found.graph, found.subject, found.predicate), (file, found.line))
        return index


def _as_far_as_readable(text: str, graph: str) -> Iterator[Statement]:
    """A parser may take what the tokenizer does not; the statements before it still have their places."""
    with suppress(ScanError):
        yield from scan(text, graph)


def _tokens(text: str) -> Iterable[tuple[str, str, int]]:
    """Kind, text and line of each token but white space and comments."""
    position, line = 0, 1
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            if text[position] in "\"'":
                raise ScanError("a string that begins here is not closed", line)
            raise ScanError(f"{text[position]!r} is not expected here", line)
        piece = match.group()
        if match.lastgroup != "space":
            yield match.lastgroup, piece, line
        line += piece.count("\n")
        position = match.end()


@dataclass
class _Scanner:
    """What is known between two tokens. `expected` counts the terms of the statement so far: 0, 1, or 2 for objects."""

    outer_graph: str
    graph: str = ""
    subject: str | None = None
    subject_line: int = 0
    expected: int = 0
    depth: int = 0
    base: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    directive: list[str] | None = None

    def run(self, text: str) -> Iterator[Statement]:
        self.graph = self.outer_graph
        for kind, piece, line in _tokens(text):
            if self.directive is not None:
                self._continue_directive(kind, piece)
            elif kind == "mark":
                self._mark(piece, line)
            elif self.depth:
                continue
            elif self.expected == 0 and (kind == "directive" or piece.lower() in {"prefix", "base"}):
                self.directive = [piece.lower().lstrip("@")]
            elif self.expected == 0 and kind == "word":
                continue  # GRAPH, before the name of a graph
            elif self.expected == 0:
                self._begin(self._iri(kind, piece), line)
            elif self.expected == 1:
                self.expected = 2
                predicate = RDF + "type" if piece == "a" else self._iri(kind, piece)
                if self.subject is not None:
                    yield Statement(self.graph, self.subject, predicate or "", self.subject_line, line)

    def _begin(self, subject: str | None, line: int) -> None:
        self.subject, self.subject_line, self.expected = subject, line, 1

    def _mark(self, piece: str, line: int) -> None:
        if piece in "[(":
            self.depth += 1
            if self.depth == 1 and self.expected == 0:
                self._begin(None, line)
        elif piece in "])":
            self.depth -= 1
        elif self.depth:
            return
        elif piece == ";":
            self.expected = 1
        elif piece == "{":
            self.graph = (self.subject or "") if self.expected == 1 else ""
            self.expected = 0
        elif piece == "}":
            self.graph, self.expected = self.outer_graph, 0
        elif piece == ".":
            self.expected = 0

    def _continue_directive(self, kind: str, piece: str) -> None:
        """Collect `prefix NAME IRI` or `base IRI`; the full stop after the @-form ends an empty statement."""
        words = self.directive = [*(self.directive or []), piece]
        if kind != "iri":
            return
        iri = self._iri(kind, piece) or ""
        if words[0] == "base":
            self.base = iri
        else:
            self.prefixes[words[1].removesuffix(":")] = iri
        self.directive = None

    def _iri(self, kind: str, piece: str) -> str | None:
        """The IRI of a token; None for blank nodes and literals, and for a prefix that is not declared."""
        if kind == "iri":
            iri = _IRI_ESCAPE.sub(lambda match: chr(int(match[1], 16)), piece[1:-1])
            return urljoin(self.base, iri) if self.base else iri
        if kind == "name":
            prefix, _, local = piece.partition(":")
            namespace = self.prefixes.get(prefix)
            return None if namespace is None else namespace + _NAME_ESCAPE.sub(r"\1", local)
        return None
