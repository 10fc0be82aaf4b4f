"""Terms survive the way to JSON and back; rows come out of pieces cut anywhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, cast

import pytest

from powkg.namespaces import XSD
from powkg.store import fill
from powkg.terms import IRI, Blank, Literal, Term
from powkg.workers.sparql_json import MEDIA_TYPE, Rows, decode_boolean, decode_term, encode_term

TERMS: list[Term] = [
    IRI("https://w3id.org/powkg/id/japan"),
    Blank("b0"),
    Literal("plain"),
    Literal('a "quoted" \\ line\n\tend \x01 漢字 😀'),
    Literal("日本", "ja"),
    Literal("46000", None, XSD + "integer"),
]

QUERY = """
SELECT ?a ?b ?unbound WHERE { VALUES (?a ?b) {
  (<http://example.org/a> "one"@en) ("]}" ",") ("{\\"" 42) (UNDEF "漢字😀") (<http://example.org/b> "\\n\\t\\\\")
} }
"""
EXPECTED = (
    (IRI("http://example.org/a"), Literal("one", "en"), None),
    (Literal("]}"), Literal(","), None),
    (Literal('{"'), Literal("42", None, XSD + "integer"), None),
    (None, Literal("漢字😀"), None),
    (IRI("http://example.org/b"), Literal("\n\t\\"), None),
)


def written(query: str) -> bytes:
    out = io.BytesIO()
    fill([], "empty").query(query).write(cast("BinaryIO", out), MEDIA_TYPE)
    return out.getvalue()


@pytest.mark.parametrize("term", TERMS)
def test_a_term_survives(term: Term) -> None:
    assert decode_term(encode_term(term)) == term


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
def test_rows_come_out_of_pieces_of_any_size(size: int) -> None:
    content = written(QUERY)
    rows = Rows(content[at : at + size] for at in range(0, len(content), size))
    assert rows.variables == ("a", "b", "unbound")
    assert tuple(rows) == EXPECTED


def test_no_rows_are_no_rows() -> None:
    rows = Rows([written("SELECT ?a { FILTER(false) }")])
    assert rows.variables == ("a",)
    assert tuple(rows) == ()


def test_a_row_is_there_before_the_next_piece() -> None:
    content = written("SELECT ?a { VALUES ?a { 1 2 3 } }")

    def pieces() -> Iterator[bytes]:
        yield content[:-20]
        raise AssertionError("nothing more was needed")

    assert next(iter(Rows(pieces()))) == (Literal("1", None, XSD + "integer"),)


@pytest.mark.parametrize(("query", "value"), [("ASK {}", True), ("ASK { FILTER(false) }", False)])
def test_an_ask_is_a_boolean(query: str, *, value: bool) -> None:
    assert decode_boolean([written(query)]) is value


def test_a_triple_term_is_shown_as_text() -> None:
    content = written("SELECT ?t { BIND(<<( <http://example.org/s> <http://example.org/p> 1 )>> AS ?t) }")
    assert tuple(Rows([content])) == ((Literal("<<( http://example.org/s http://example.org/p 1 )>>"),),)
