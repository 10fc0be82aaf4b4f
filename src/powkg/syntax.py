"""What is wrong with a query, in words. The SPARQL parser's message and the query in, a QuerySyntaxError out.

The parser names the farthest place that it reached and every character that could have stood there, which buries the
reason: an undeclared prefix, a misspelt first word, a query that ends too early.
"""

from __future__ import annotations

import re

from powkg.errors import QuerySyntaxError
from powkg.namespaces import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_PROLOGUE = re.compile(r"(?:\s|#[^\n]*|(?i:PREFIX)\s+[^\s:]*:\s*<[^>]*>|(?i:BASE)\s*<[^>]*>)*")
_BEGINNING = re.compile(r"(?i:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)")
_BEGINNING_OF_UPDATE = re.compile(
    r"(?i:INSERT|DELETE|WITH|LOAD|CLEAR|CREATE|DROP|ADD|MOVE|COPY|PREFIX|BASE)|\Z",
)
_NAMES = re.compile(
    r"""
      \#[^\n]* | <[^<>"{}|^`\\\s]*> | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | [?$]\w+
    | (?P<declaration>(?i:PREFIX)\s+(?P<declared>[\w.-]*):) | (?<![\w:.-])(?P<used>\w[\w.-]*|):(?=[\w%\\:])
    """,
    re.VERBOSE | re.DOTALL,
)
_LONGEST = 10_000
"""The longest query, in characters, whose prefixes are looked through; the time grows with the square of its length."""
_CHARACTERS = re.compile(r"\[(?:'(?:\\.|[^'\\])*'|[^\]'])*\]")
"""A set of characters, as the parser writes it."""


def explain(message: str, text: str, *, update: bool = False) -> QuerySyntaxError:
    """The error for a query or update that the parser does not take, with line and column of the place to look at."""
    match = _PLACE.match(message)
    if match is None:
        return QuerySyntaxError(message)
    prologue = _PROLOGUE.match(text)
    start = prologue.end() if prologue else 0
    if update and not _BEGINNING_OF_UPDATE.match(text, start):
        return _at(
            start, text, "an update begins here with INSERT, DELETE, WITH, CLEAR, CREATE, DROP, ADD, MOVE or COPY"
        )
    if not update and not _BEGINNING.match(text, start):
        return _at(start, text, "a query begins here with SELECT, ASK, CONSTRUCT or DESCRIBE")
    undeclared = _undeclared_prefix(text)
    if undeclared is not None:
        prefix, position = undeclared
        iri = PREFIXES.get(prefix, "…")
        return _at(
            position, text, f"the prefix {prefix}: is not declared; put PREFIX {prefix}: <{iri}> before everything else"
        )
    line, column = int(match[1]), int(match[2])
    found = "\n".join(text.split("\n")[line - 1 :])[column - 1 :].strip()
    return QuerySyntaxError(_reason(match[3], found.split("\n")[0][:20]), line, column)


def _at(position: int, text: str, reason: str) -> QuerySyntaxError:
    before = text[:position]
    return QuerySyntaxError(reason, before.count("\n") + 1, position - before.rfind("\n"))


def _undeclared_prefix(text: str) -> tuple[str, int] | None:
    """The first prefix that is used and nowhere declared, and where."""
    names = list(_NAMES.finditer(text)) if len(text) <= _LONGEST else []
    declared = {name["declared"] for name in names if name["declaration"]}
    used = ((name["used"], name.start()) for name in names if name["used"] is not None and name["used"] != "_")
    return next(((prefix, position) for prefix, position in used if prefix not in declared), None)


def _reason(expected: str, found: str) -> str:
    """In words: what the parser says in words, else the signs that it expected; keywords among them only mislead."""
    parts = re.split(r",(?: |$)", _CHARACTERS.sub("", expected.removeprefix("one of ")))
    sentences = [part.strip() for part in parts if re.search(r"[a-z] [a-z]", part)]
    if sentences:
        return "; ".join(sentences)
    signs = [part.strip() for part in parts if part.strip().startswith('"')]
    if signs:
        return f"expected {' or '.join(signs)}, found {found or 'the end of the query'}"
    return f"something is wrong at or before {found}" if found else "something is wrong at the end of the query"
