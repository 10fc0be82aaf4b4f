from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.namespaces import XSD
from powkg.store import Store, fill
from powkg.terms import IRI, Blank, Literal, Term
from powkg.workers.ntriples import MEDIA_TYPE, decode

EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
S, P = IRI("http://example.org/s"), IRI("http://example.org/日本")


def written(store: Store, query: str = EVERYTHING) -> bytes:
    out = io.BytesIO()
    store.query(query).write(out, MEDIA_TYPE)
    return out.getvalue()


@pytest.mark.parametrize(
    "value",
    [
        IRI("urn:x:y"),
        Literal('a "quoted"\n\\ text\u2028\x85 .\t', None),
        Literal("関東軍 😀", "ja"),
        Literal("-1.5", None, XSD + "decimal"),
        Literal("", None, "http://example.org/type"),
    ],
)
def test_what_the_engine_writes_is_read(value: Term) -> None:
    assert list(decode([written(fill([(S, P, value, "http://example.org/g")], ""))])) == [(S, P, value)]


def test_blank_nodes_and_triple_terms_are_read() -> None:
    store = fill([(S, P, Blank("b0"), "http://example.org/g")], "")
    ((_, _, value),) = decode([written(store)])
    assert isinstance(value, Blank)
    quoted = "CONSTRUCT { <urn:a> <urn:b> <<( <urn:c> <urn:d> 1 )>> } WHERE {}"
    ((_, _, value),) = decode([written(store, quoted)])
    assert isinstance(value, Literal)
    assert value.value.startswith("<<( <urn:c> <urn:d> ")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5), st.integers(1, 9))
def test_pieces_may_be_cut_anywhere(texts: list[str], size: int) -> None:
    content = written(fill([(S, P, Literal(text), "http://example.org/g") for text in texts], ""))
    pieces = [content[at : at + size] for at in range(0, len(content), size)]
    assert {value for _, _, value in decode(pieces)} == {Literal(text) for text in texts}


def test_the_whole_graph_is_read(real_store: Store) -> None:
    expected = set(real_store.query(EVERYTHING).triples)
    found = set(decode([written(real_store)]))
    assert len(found) == len(expected) > 1000
    assert {triple for triple in found if not any(isinstance(term, Blank) for term in triple)} == {
        triple for triple in expected if not any(isinstance(term, Blank) for term in triple)
    }


def test_what_is_no_triple_is_refused() -> None:
    with pytest.raises(ValueError, match="no triple"):
        list(decode([b"<a:b> .\n"]))
