"""What a query may not do. Pure: text in, `QueryRefusedError` out.

The embedded engine answers SERVICE by calling the address in the query, its own host's included, and has no switch
against it. So a text that holds a SERVICE clause is refused before any engine sees it.

To find the clause is not a matter of splitting the text into words. The engine's parser knows no word boundaries
(`SERVICEex:a{}` is a SERVICE clause with the address `ex:a`), and whether `<` opens an IRI or compares two values hangs
on the grammar around it (`?a<'&&?b>'` compares with a string; `<'&&?b>` could also be an IRI, and a scanner that takes
it for one finds the next string in the wrong place). The scan below follows both readings of every `<`, and refuses the
text where any reading meets a SERVICE clause. It may refuse a strange text that has none; it lets none through.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable

from powkg.errors import QueryRefusedError

MAX_LENGTH = 1_000_000
"""The longest query, in characters."""

MAX_MENTIONS = 100
"""How often a query may hold the letters of SERVICE. Each is looked at, so this bounds the work."""

_LETTERS = re.compile(r"service", re.ASCII | re.IGNORECASE)
_SIGNIFICANT = re.compile(r"[#<\"'?$@:\\]|service", re.ASCII | re.IGNORECASE)

_GAP = r"(?:[ \t\r\n]|\#[^\r\n]*+)*+"
_CLAUSE = re.compile(
    rf"""(?i:service){_GAP}(?:(?i:silent){_GAP})?
    (?: <[^<>{{}}]*+>                                           # an IRI
      | [?$]\w++                                                # a variable
      | [^\s:<>{{}}()"'?$\#\\]*+:(?:\\.|[^\s<>{{}}()"'\#\\])*+  # a prefixed name
    ){_GAP}\{{""",
    re.VERBOSE,
)

_IRI = re.compile(r"<[^<>\"{}|^`\x00-\x20]*+>")
_SIGNED_NAME = re.compile(r"[?$@:][\w%-]*+")  # a variable, a language tag, or a prefixed name from its colon on
_STRINGS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r'"""(?:(?!""")(?:\\.|[^\\]))*+"""',
        r"'''(?:(?!''')(?:\\.|[^\\]))*+'''",
        r'"(?:\\.|[^"\\\r\n])*+"',
        r"'(?:\\.|[^'\\\r\n])*+'",
    )
)


def refuse(text: str) -> None:
    """Raise QueryRefusedError where the query is too long or calls another endpoint; return None where it may run."""
    if len(text) > MAX_LENGTH:
        raise QueryRefusedError(
            f"the query has {len(text)} characters; the longest that is answered has {MAX_LENGTH:,}"
        )
    mentions = len(_LETTERS.findall(text))
    if mentions > MAX_MENTIONS:
        raise QueryRefusedError(f"the query holds the letters of SERVICE {mentions} times; rename what is named so")
    if mentions and _has_service_clause(text):
        raise QueryRefusedError(
            "SERVICE is not answered: a query may not make powkg call another endpoint. "
            "Run the query in your own tool and let that call the endpoint of `powkg serve` with SERVICE."
        )


def _has_service_clause(text: str) -> bool:
    """Whether any reading of the text meets a SERVICE clause. Visits each position once."""
    line_ends = [match.start() for match in re.finditer(r"[\r\n]", text)]

    def line_end(start: int) -> int:
        index = bisect_left(line_ends, start)
        return line_ends[index] if index < len(line_ends) else len(text)

    seen: set[int] = set()
    ahead = [0]
    while ahead:
        found = _SIGNIFICANT.search(text, ahead.pop())
        if found is None or found.start() in seen:
            continue
        seen.add(found.start())
        if len(found.group()) > 1:
            if _CLAUSE.match(text, found.start()):
                return True
            ahead.append(found.start() + 1)
        else:
            ahead.extend(_after(text, found.start(), line_end))
    return False


def _after(text: str, start: int, line_end: Callable[[int], int]) -> list[int]:
    """Where the reading may go on after the significant character at `start`."""
    match text[start]:
        case "#":
            return [line_end(start)]
        case "<":
            iri = _IRI.match(text, start)
            return [start + 1, iri.end()] if iri else [start + 1]
        case "\\":
            return [start + 2]
        case '"' | "'":
            string = next((found for pattern in _STRINGS if (found := pattern.match(text, start))), None)
            return [string.end() if string else start + 1]
        case _:
            name = _SIGNED_NAME.match(text, start)
            return [name.end() if name else start + 1]
