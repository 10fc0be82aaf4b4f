"""SPARQL 1.1 Query Results JSON: terms both ways, and rows decoded while the answer still arrives."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from typing import Any

from powkg.namespaces import XSD
from powkg.terms import IRI, Blank, Literal, Row, Term

MEDIA_TYPE = "application/sparql-results+json"

_ROWS_START = '"bindings":['


def encode_term(term: Term) -> dict[str, str]:
    """The JSON object of a term."""
    match term:
        case IRI(value):
            return {"type": "uri", "value": value}
        case Blank(value):
            return {"type": "bnode", "value": value}
        case Literal(value, None, datatype):
            return {"type": "literal", "value": value, "datatype": datatype}
        case Literal(value, language):
            return {"type": "literal", "value": value, "xml:lang": language or ""}


def decode_term(term: dict[str, Any]) -> Term:
    """The term of a JSON object. A triple term (RDF 1.2; the graph holds none) comes as its text."""
    match term["type"]:
        case "triple":
            return Literal(" ".join(["<<(", *(str(decode_term(part)) for part in term["value"].values()), ")>>"]))
        case "uri":
            return IRI(term["value"])
        case "bnode":
            return Blank(term["value"])
        case _ if "xml:lang" in term:
            return Literal(term["value"], term["xml:lang"])
        case _:
            return Literal(term["value"], None, term.get("datatype", XSD + "string"))


def decode_boolean(chunks: Iterable[bytes]) -> bool:
    """The value of an ASK answer."""
    return bool(json.loads(b"".join(chunks))["boolean"])


class Rows:
    """The rows of a SELECT answer, each decoded as soon as its bytes are there.

    `chunks` is the answer in pieces, cut anywhere, with the head before the results as the engine writes it.
    `variables` is known at once; iterating yields tuples in their order, None where a variable is unbound.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        text = codecs.getincrementaldecoder("utf-8")()
        self._pieces = (text.decode(chunk) for chunk in chunks)
        self._buffer = ""
        while _ROWS_START not in self._buffer:
            self._buffer += next(self._pieces)
        head, _, self._buffer = self._buffer.partition(_ROWS_START)
        self.variables: tuple[str, ...] = tuple(json.loads(head + '"bindings":[]}}')["head"]["vars"])

    def __iter__(self) -> Iterator[Row]:
        for binding in self._bindings():
            yield tuple(decode_term(binding[name]) if name in binding else None for name in self.variables)

    def _bindings(self) -> Iterator[dict[str, Any]]:
        decoder = json.JSONDecoder()
        at = 0
        while True:
            while at < len(self._buffer) and self._buffer[at] in ", \r\n\t":
                at += 1
            if self._buffer[at : at + 1] == "]":
                for _ in self._pieces:  # what ends the answer; a stream that is read up needs no new process
                    pass
                return
            try:
                binding, at = decoder.raw_decode(self._buffer, at)
            except json.JSONDecodeError:
                self._buffer, at = self._buffer[at:] + next(self._pieces), 0
            else:
                yield binding
