"""Statements read with the passages and sources that hold them."""

from __future__ import annotations

import pytest

from ford import ford_store
from powkg.entities.statements import Statement, Statements
from powkg.namespaces import ID, POW, RDFS, SOURCE
from powkg.terms import IRI, Literal

CROSSING, COLUMN = ID + "crossing-of-the-ford", ID + "northern-column"


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> Statements:
    return Statements(ford_store(tmp_path_factory.mktemp("ford")))


def test_statement_of_two_passages_is_one_with_both(statements: Statements) -> None:
    (statement,) = [one for one in statements.outgoing(CROSSING) if one.predicate == POW + "carriedOutBy"]
    assert statement == Statement(CROSSING, POW + "carriedOutBy", IRI(COLUMN), ("p01s1", "p01s2"), ())
    assert statement in statements.incoming(COLUMN)


def test_statement_of_a_source_names_the_source(statements: Statements) -> None:
    labels = [one for one in statements.outgoing(CROSSING) if one.predicate == RDFS + "label"]
    assert [one.value for one in labels if isinstance(one.value, Literal) and one.value.language == "ja"] == [
        Literal("浅瀬渡河作戦", "ja")
    ]
    assert {(one.passages, one.sources) for one in labels} == {((), (SOURCE + "editorial",))}


def test_unknown_node_has_no_statements(statements: Statements) -> None:
    assert statements.outgoing(ID + "nobody") == statements.incoming(ID + "nobody") == ()
