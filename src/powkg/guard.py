"""What a query or update may not do. Pure: text in, `QueryRefusedError` out.

The embedded engine answers SERVICE and LOAD by calling the address in the text, its own host's included, and has no
switch against it. Its parser and its optimiser call themselves once for each bracket within a bracket and for each
link of a chain (`1+1+1`, `{} UNION {}`, `?a :b ?c ; :d ?e`), and overflow their stack at some thousands, which ends
the process. So the text is read token by token before any engine sees it.

To find a SERVICE clause is not a matter of splitting the text into words: the engine knows no word boundaries, and
takes a name apart whose prefix is not declared (`true.SERVICEex:a{}`). So its letters count inside words and prefixes
too, where the rest of a clause follows: an address and a brace. A strange text that has none may be refused; none is
let through.
"""

from __future__ import annotations

from powkg.errors import QueryRefusedError, QueryTooComplexError
from powkg.lexer import AmbiguityError, Inside, Kind, Token, tokens

MAX_LENGTH = 1_000_000
"""The longest query or update, in characters."""

SHORT = 1_000
"""The longest text that is read in the process which others wait for, in characters: a millisecond's work."""

LONG = 20_000
"""The longest text that is not known as heavy before it is read, in characters: to read it is some 50 ms' work."""

MAX_DEPTH = 200
"""How many brackets may stand within each other."""

MAX_TERMS = 10_000
"""How many terms, operators and words a text may have, not counting data and the values that functions are given."""

_NAMED_BEFORE = frozenset({"GRAPH", "FROM", "NAMED", "PREFIX"})
"""Words after which a prefixed name is that of a graph, or a declaration."""


def refuse(text: str) -> None:
    """Raise QueryRefusedError where the text is too long or calls another address; None where it may run.

    Raises QueryTooComplexError where it is nested too deeply or has too many terms.
    """
    if len(text) > MAX_LENGTH:
        raise QueryRefusedError(
            f"the query has {len(text)} characters; the longest that is answered has {MAX_LENGTH:,}"
        )
    terms = 0
    calls = _Calls()
    try:
        for token in tokens(text):
            if token.depth > MAX_DEPTH:
                raise QueryTooComplexError(
                    f"the query is too complex: {_place(text, token.start)} it has more than {MAX_DEPTH} brackets "
                    "within each other"
                )
            terms += _counts(token)
            if terms > MAX_TERMS:
                raise QueryTooComplexError(
                    f"the query is too complex: {_place(text, token.start)} it has more than {MAX_TERMS:,} terms; give "
                    "many values with VALUES or IN, which are not counted"
                )
            calls.read(token)
    except AmbiguityError as error:
        raise QueryRefusedError(f"{_place(text, error.start)}: {error}") from None


def _counts(token: Token) -> bool:
    """Whether a token can be a link of a chain that the engine calls itself for.

    Data are none, nor are what a function is given, or IN: a value needs an operator to be one.
    """
    if token.inside is Inside.DATA:
        return False
    return token.inside is not Inside.EXPRESSION or not (token.kind in _OPERANDS or token.text == ",")


_OPERANDS = frozenset({Kind.STRING, Kind.IRI, Kind.NAME, Kind.VARIABLE, Kind.LANGUAGE, Kind.NUMBER})


class _Calls:
    """Finds what would make the engine call an address, in tokens that come one after the other."""

    def __init__(self) -> None:
        self._before: Token | None = None
        self._state = ""  # "service": its keyword was read; "address": the address, too

    def read(self, token: Token) -> None:
        """Raises QueryRefusedError at the brace of a SERVICE clause, and at the first word of a LOAD."""
        word = token.text.upper() if token.kind in {Kind.WORD, Kind.LANGUAGE} else ""
        prefix = token.text.partition(":")[0].upper() if token.kind is Kind.NAME else ""
        is_address = self._state == "service" and token.kind in {Kind.IRI, Kind.NAME, Kind.VARIABLE}
        if "SERVICE" in word or (word == "SILENT" and self._state == "service"):
            self._state = "service"
        elif is_address or ("SERVICE" in prefix and not self._names_graph()):
            self._state = "address"
        elif self._state == "address" and token.text == "{":
            raise QueryRefusedError(
                "SERVICE is not answered: a query may not make powkg call another endpoint. "
                "Run the query in your own tool and let that call the endpoint of `powkg serve` with SERVICE."
            )
        else:
            self._state = ""
        if token.depth == 0 and (
            word.endswith(("LOAD", "LOADSILENT")) or (prefix.startswith("LOAD") and self._begins())
        ):
            raise QueryRefusedError(
                "LOAD is not answered: an update may not make powkg call another address. Fetch the file yourself and "
                "send its statements with INSERT DATA or with the Graph Store Protocol."
            )
        self._before = token

    def _names_graph(self) -> bool:
        return self._before is not None and self._before.text.upper() in _NAMED_BEFORE

    def _begins(self) -> bool:
        """Whether an operation of an update may begin after the last token: `;`, or the IRI of a declaration."""
        return self._before is None or self._before.text == ";" or self._before.kind is Kind.IRI


def _place(text: str, start: int) -> str:
    return f"at line {text.count(chr(10), 0, start) + 1}, column {start - text.rfind(chr(10), 0, start)}"
