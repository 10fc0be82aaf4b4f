"""Statements read with the passages and sources that hold them."""

from __future__ import annotations

import pytest

from ford import ford_store
from powkg.entities.statements import Statement, Statements
from powkg.namespaces import ID, POW, RDF, RDFS, SKOS, SOURCE
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


def test_crowds_are_told_by_either_direction(statements: Statements) -> None:
    nodes = [CROSSING, COLUMN, ID + "the-realm", ID + "nobody"]
    sizes = {
        node: [
            sum(len(one.passages) + len(one.sources) for one in found)
            for found in (statements.outgoing(node), statements.incoming(node))
        ]
        for node in nodes
    }
    assert sizes[CROSSING][0] > sizes[CROSSING][1]
    assert sizes[ID + "the-realm"][0] < sizes[ID + "the-realm"][1]
    for most in range(20):
        assert statements.crowded(nodes, most) == {node for node in nodes if max(sizes[node]) > most}


def test_statements_are_counted_in_each_graph(statements: Statements) -> None:
    everything = [*statements.outgoing(COLUMN), *statements.incoming(COLUMN)]
    assert statements.count(COLUMN) == sum(len(one.passages) + len(one.sources) for one in everything)
    assert statements.count(ID + "nobody") == 0


def test_known_is_what_is_subject_or_object(statements: Statements) -> None:
    assert statements.known(CROSSING)
    assert statements.known(POW + "MilitaryOperation")
    assert not statements.known(ID + "nobody")


def test_what_joins_several_nodes_is_found(statements: Statements) -> None:
    joined = {
        (one.subject, one.predicate, str(one.value)) for one in statements.among([CROSSING, COLUMN, ID + "nobody"])
    }
    assert joined == {(CROSSING, POW + "carriedOutBy", COLUMN)}
    assert statements.among([CROSSING]) == ()


def test_reading_ahead_gives_the_same(statements: Statements, tmp_path_factory: pytest.TempPathFactory) -> None:
    ahead = Statements(ford_store(tmp_path_factory.mktemp("ford")))
    nodes = [CROSSING, COLUMN, ID + "the-realm", ID + "nobody"]
    ahead.read_outgoing(nodes)
    ahead.read_incoming(nodes)
    for node in nodes:
        assert ahead.outgoing(node) == statements.outgoing(node)
        assert ahead.incoming(node) == statements.incoming(node)


def test_some_of_a_node_is_no_more_than_asked_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    some = Statements(ford_store(tmp_path_factory.mktemp("ford")))
    some.read_some(ID + "the-realm", 5)
    assert len(some.incoming(ID + "the-realm")) == 5


def test_reading_everything_gives_all_but_labels(
    statements: Statements, tmp_path_factory: pytest.TempPathFactory
) -> None:
    everything = Statements(ford_store(tmp_path_factory.mktemp("ford")))
    assert {CROSSING, COLUMN} <= set(everything.read_everything())
    kept = [one for one in statements.outgoing(CROSSING) if one.predicate not in {RDFS + "label", SKOS + "altLabel"}]
    assert list(everything.outgoing(CROSSING)) == kept
    assert any(one.predicate == RDF + "type" for one in kept)
    assert everything.outgoing(ID + "nobody") == ()


@pytest.mark.parametrize("node", ["", "no-iri", "http://x.org/> } SELECT * {", 'https://x.org/"', "https://x.org/a b"])
def test_what_is_no_iri_gets_into_no_query(statements: Statements, node: str) -> None:
    assert statements.outgoing(node) == statements.incoming(node) == ()
    assert statements.crowded([node], 0) == set()
