"""A graph as it arrives in N-Triples: bytes in, triples out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from powkg import notation
from powkg.terms import Blank, Literal, Term

MEDIA_TYPE = "application/n-triples"

_TRIPLE = re.compile(r"(\S+) (\S+) (.+) \.")

Triple = tuple[Term, Term, Term]


def decode(chunks: Iterable[bytes]) -> Iterator[Triple]:
    """The triples of an answer in pieces, cut anywhere, as the engine writes it: a line each, ended by a line feed."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = ""
    for chunk in chunks:
        *lines, rest = (rest + decoder.decode(chunk)).split("\n")
        for line in lines:
            found = _TRIPLE.fullmatch(line)
            if found is None:
                raise ValueError(f"no triple: {line!r}")
            subject, predicate, value = found.groups()
            yield _term(subject), _term(predicate), _term(value)


def _term(text: str) -> Term:
    """The term that a text writes. A triple term (RDF 1.2; the graph holds none) comes as its text."""
    if text.startswith("_:"):
        return Blank(text.removeprefix("_:"))
    return Literal(text) if text.startswith("<<") else notation.parse(text)
