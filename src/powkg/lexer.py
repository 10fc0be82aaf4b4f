"""The tokens of a SPARQL 1.1 query or update, as the embedded engine reads them. Pure; one pass, in linear time.

The grammar of SPARQL has two places where characters alone do not tell tokens apart, and a reader that takes the wrong
turn there finds the next string, comment or bracket in the wrong place:

- `<` opens an IRI or compares two values (`?a<'&&?b>'` compares with a string; `<'&&?b>` could be an IRI). It compares
  where it follows a value within the parentheses of an expression, so each bracket is kept with what it holds. Where
  that cannot be known and both readings hold, the text is refused (`AmbiguityError`).
- The engine knows no word boundaries (`SERVICEex:a` is a keyword and a name, or one name), and takes a name apart again
  where its prefix is not declared. Whoever looks for a keyword must look inside words and prefixes as well.

Wherever the engine takes fewer characters into a name than are taken here (all beyond ASCII are), it goes no further.
The same holds where no token begins, so the tokens end there: the engine then has the error to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from powkg.errors import UsageError


class Kind(Enum):
    """The kinds of token. Gaps and comments are none."""

    STRING = auto()
    IRI = auto()
    NAME = auto()
    """A prefixed name or the label of a blank node."""
    VARIABLE = auto()
    LANGUAGE = auto()
    """A language tag, with its `@`."""
    NUMBER = auto()
    """Without its sign, which is an operator."""
    WORD = auto()
    """A keyword, or several that are written together."""
    OPEN = auto()
    CLOSE = auto()
    OPERATOR = auto()
    """Operators and the signs that part what stands in brackets."""


class Inside(Enum):
    """What a bracket holds."""

    PATTERN = auto()
    """Triples and groups: braces, square brackets, lists. Here `<` opens an IRI."""
    DATA = auto()
    """Terms alone: VALUES, INSERT DATA, DELETE DATA. Here `<` opens an IRI."""
    EXPRESSION = auto()
    """A value computed from others: after a value `<` compares."""
    UNSURE = auto()
    """An expression, a list or a path."""


class Token(NamedTuple):
    """A token, its place in the text, how many brackets it stands in, and what the innermost of them holds.

    A bracket stands in itself. `inside` is None where the token stands in none.
    """

    kind: Kind
    text: str
    start: int
    depth: int
    inside: Inside | None


class AmbiguityError(UsageError):
    """A `<` that could open an IRI or compare two values. `start` is its place in the text."""

    def __init__(self, start: int) -> None:
        self.start = start
        super().__init__(
            "the '<' here could open an IRI or compare two values: put a space after it, or write the IRI as a "
            "prefixed name"
        )


_HEAD = r"[A-Za-z_\x80-\U0010FFFF]"
_TAIL = r"[A-Za-z0-9_\x80-\U0010FFFF-]"
_LOCAL = rf"(?:\.*+(?:{_TAIL}|[:%]|\\.))*+"
_TOKEN = re.compile(
    rf"""
      (?P<GAP> (?:[ \t\r\n]|\#[^\r\n]*+)++ )
    | (?P<NAME> :{_LOCAL} )
    | (?P<WORD> {_HEAD}[A-Za-z0-9_\x80-\U0010FFFF]*+ )
    | (?P<VARIABLE> [?$][A-Za-z0-9_\x80-\U0010FFFF]++ )
    | (?P<STRING>
        \"{{3}} (?:[^"\\]|\\.|\"(?!\"\"))*+ \"{{3}} | '{{3}} (?:[^'\\]|\\.|'(?!''))*+ '{{3}}
      | \" (?:[^"\\\r\n]|\\.)*+ \" | ' (?:[^'\\\r\n]|\\.)*+ ' )
    | (?P<NUMBER>
        [0-9]++\.[0-9]*+[eE][+-]?[0-9]++ | [0-9]*+\.[0-9]++(?:[eE][+-]?[0-9]++)? | [0-9]++(?:[eE][+-]?[0-9]++)? )
    | (?P<LANGUAGE> @[A-Za-z][A-Za-z0-9-]*+ )
    | (?P<ANGLE> < )
    | (?P<OPEN> \{{\|? | [(\[] )
    | (?P<CLOSE> \|\}} | [)\]}}] | >> )
    | (?P<OPERATOR> \|\| | && | \^\^ | [!>]= | [.;,*/+=!>|^?$~-] )
    """,
    re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(rf"{_HEAD}(?:{_TAIL}|\.)*+(?P<colon>:{_LOCAL})?+", re.DOTALL)
_IRI = re.compile(r"<[^<>\"{}|^`\x00-\x20]*+>")
_NO_COMPARISON = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*+://|[^&(),'#;>]*+>)")
"""An IRI that no comparison begins like: `//` is no operator, and two comparisons in a row are none."""

_VALUES = frozenset({Kind.STRING, Kind.IRI, Kind.NAME, Kind.VARIABLE, Kind.LANGUAGE, Kind.NUMBER, Kind.CLOSE})
_KINDS = dict(Kind.__members__)


def tokens(text: str) -> Iterator[Token]:
    """The tokens in order, up to where none begins. Raises AmbiguityError."""
    stack: list[Inside] = []
    before: Token | None = None
    declares = False  # between VALUES and its brace
    nameless = 0  # up to here no prefix ends in a colon
    at, end = 0, len(text)
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            return
        group = found.lastgroup
        at = found.end()
        if group == "GAP":
            continue
        start = found.start()
        name = group or ""
        if group == "ANGLE":
            name, at = _angle(text, start, before, stack[-1] if stack else None)
        elif group == "WORD" and start >= nameless and (prefix := _PREFIX.match(text, start)):
            if prefix["colon"] is None:
                nameless = prefix.end()
            else:
                name, at = "NAME", prefix.end()
        kind = _KINDS[name]
        if kind is Kind.OPEN:
            stack.append(_held(text[start:at], before, stack, declares=declares))
            declares = declares and text[start] != "{"
        before = Token(kind, text[start:at], start, len(stack), stack[-1] if stack else None)
        if kind is Kind.WORD and before.text.upper().endswith("VALUES"):
            declares = True
        yield before
        if kind is Kind.CLOSE and stack:
            stack.pop()


def _angle(text: str, start: int, before: Token | None, inside: Inside | None) -> tuple[str, int]:
    """The kind of the token that the `<` at `start` begins, and where it ends."""
    iri = _IRI.match(text, start)
    if _is_value(before) and inside in {Inside.EXPRESSION, Inside.UNSURE}:
        doubled = text.startswith("<<", start)
        if inside is Inside.EXPRESSION or (iri is None and not doubled):
            return "OPERATOR", start + (2 if text.startswith("<=", start) else 1)
        if iri is None or not _NO_COMPARISON.match(text, start):
            raise AmbiguityError(start)
    if iri is not None:
        return "IRI", iri.end()
    if text.startswith("<<", start):
        return "OPEN", start + (3 if text.startswith("<<(", start) else 2)
    return "OPERATOR", start + (2 if text.startswith("<=", start) else 1)


def _is_value(token: Token | None) -> bool:
    """Whether a comparison may follow the token: an IRI follows no word in an expression but DISTINCT."""
    if token is None:
        return False
    return token.kind in _VALUES or (token.kind is Kind.WORD and not token.text.upper().endswith("DISTINCT"))


def _held(bracket: str, before: Token | None, stack: list[Inside], *, declares: bool) -> Inside:
    """What a bracket holds that opens after the token `before`."""
    around = stack[-1] if stack else Inside.EXPRESSION
    word = before.text if before is not None and before.kind is Kind.WORD else ""
    if around is Inside.DATA or (bracket == "{" and (declares or word.upper().endswith("DATA"))):
        return Inside.DATA
    if bracket != "(":
        return Inside.PATTERN
    if around is not Inside.PATTERN:
        return around
    if word and word != "a":
        return Inside.EXPRESSION
    follows_sign = before is not None and (before.kind is Kind.OPEN or before.text in {".", ";", ","})
    return Inside.PATTERN if follows_sign else Inside.UNSURE
