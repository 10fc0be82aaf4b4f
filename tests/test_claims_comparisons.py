"""Comparisons and spreads as statements of the graph of what is inferred."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from census import FACTS, HIERARCHY, dated, printed
from ford import ford_store
from powkg.claims.comparisons import comparison_iri, comparisons_graph, spread_iri
from powkg.claims.quantities import Moment
from powkg.claims.spreads import spreads
from powkg.dataset import Quad
from powkg.namespaces import CLAIM, COMPARISON, ID, INFERRED_GRAPH, POW, RDF, RDFS, SPREAD, TERM, XSD
from powkg.store import Store
from powkg.terms import IRI, Literal, Term

FORD = CLAIM + "ford/"


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> list[Quad]:
    return comparisons_graph(ford_store(tmp_path_factory.mktemp("census"), FACTS))


@pytest.fixture(scope="module")
def said(quads: list[Quad]) -> dict[str, dict[str, list[Term]]]:
    """What is said of each node, by the local name of the property."""
    found: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        found[str(quad.subject)][str(quad.predicate).rpartition("#")[2]].append(quad.value)
    return {subject: dict(values) for subject, values in found.items()}


def node(one: str, other: str) -> str:
    return f"{COMPARISON}ford.{one}--ford.{other}"


def test_two_compatible_claims_have_their_order_and_their_distance(said: dict[str, dict[str, list[Term]]]) -> None:
    values = said[node("estimate", "names")]
    labels, comments = values.pop("label"), values.pop("comment")
    assert values == {
        "compares": [IRI(FORD + "estimate"), IRI(FORD + "names")],
        "relation": [IRI(TERM + "compatible")],
        "lower": [IRI(FORD + "names")],
        "higher": [IRI(FORD + "estimate")],
        "fold": [Literal("2.17", None, XSD + "decimal")],
    }
    assert labels[0] == Literal("Dead of the Ford: 46,000 · about 100,000 · compatible", "en")
    assert [label.language for label in labels if isinstance(label, Literal)] == ["en", "ja", "ru"]
    assert len(comments) == 1
    assert "both can hold" in str(comments[0])


def test_claims_that_are_apart_contradict_each_other_both_ways(said: dict[str, dict[str, list[Term]]]) -> None:
    assert said[node("declared", "records")]["relation"] == [IRI(TERM + "disjoint")]
    assert IRI(FORD + "records") in said[FORD + "declared"]["contradicts"]
    assert IRI(FORD + "declared") in said[FORD + "records"]["contradicts"]


def test_a_part_that_exceeds_its_whole_is_a_conflict_too(said: dict[str, dict[str, list[Term]]]) -> None:
    values = said[node("all", "declared")]
    assert values["relation"] == [IRI(TERM + "disjoint")]
    assert (values["lower"], values["higher"]) == ([IRI(FORD + "all")], [IRI(FORD + "declared")])
    assert IRI(FORD + "all") in said[FORD + "declared"]["contradicts"]
    assert str(values["label"][0]) == "People of the Ford: 80,000 · Captives of the Ford: only 95,000 · disjoint"


def test_what_is_incomparable_has_an_obstacle_and_no_order(said: dict[str, dict[str, list[Term]]]) -> None:
    for pair, obstacle in {
        ("declared", "earlier"): "different-dates",
        ("fair", "march"): "undated-event",
        ("declared", "names"): "part-and-whole",
        ("half", "share"): "no-range",
    }.items():
        values = said[node(*pair)]
        assert values["obstacle"] == [IRI(TERM + obstacle)]
        assert values["relation"] == [IRI(TERM + "incomparable")]
        assert not {"lower", "higher", "fold"} & set(values)


def test_unrelated_cohorts_have_no_comparison(said: dict[str, dict[str, list[Term]]]) -> None:
    assert node("march", "names") not in said
    assert node("declared", "march") not in said


def test_a_question_with_several_claims_has_a_spread(said: dict[str, dict[str, list[Term]]]) -> None:
    values = said[SPREAD + "dead"]
    assert str(values.pop("label")[1]) == "Dead of the Ford：38,000–105,000（主張4件）"
    assert values == {
        "spreadOf": [IRI(ID + "dead")],
        "spreadOver": [IRI(CLAIM + "chronicle/names"), *(IRI(FORD + name) for name in ("names", "twice", "estimate"))],
        "leastClaimed": [Literal("38000", None, XSD + "integer")],
        "mostClaimed": [Literal("105000", None, XSD + "integer")],
        "disputed": [Literal("false", None, XSD + "boolean")],
    }
    assert said[SPREAD + "captives--1949-04--1949-21"]["disputed"] == [Literal("true", None, XSD + "boolean")]
    assert SPREAD + "captives--1947" not in said  # a single claim


def test_each_property_is_marked_as_given_by_the_rule(quads: list[Quad]) -> None:
    assert {quad.graph for quad in quads} == {INFERRED_GRAPH}
    marks = [quad for quad in quads if quad.predicate == IRI(POW + "infers")]
    assert {quad.subject for quad in marks} == {IRI(TERM + "comparison")}
    given = {quad.predicate for quad in quads} - {IRI(POW + "infers")}
    assert sorted(map(str, given)) == [str(quad.value) for quad in marks]
    assert IRI(RDF + "type") not in given
    assert max(Counter(quads).values()) == 1


def test_a_name_is_the_same_in_whichever_order_the_claims_come() -> None:
    one, other = printed("a", 1), printed("b", 2)
    assert comparison_iri(one, other) == comparison_iri(other, one) == COMPARISON + "census.a--census.b"


def test_the_name_of_a_spread_tells_its_cohort_unit_and_time() -> None:
    made = [
        printed("a", 1, unit=TERM + "rations", moments=dated("1945?")),
        printed("b", 1, moments=(Moment(ID + "march"),)),
        printed("c", 1, cohort="guards"),
    ]
    assert [spread_iri(spread) for spread in spreads(made, HIERARCHY)] == [
        SPREAD + "dead--march",
        SPREAD + "dead--rations--1945%3F",
        SPREAD + "guards",
    ]


def test_no_claims_give_nothing(tmp_path: Path) -> None:
    assert comparisons_graph(ford_store(tmp_path, 'source:editorial { id:ford rdfs:label "Ford"@en . }')) == []


def test_the_project_s_own_examples_stand_in_its_store(real_store: Store) -> None:
    rows = real_store.query("""
        PREFIX pow: <https://w3id.org/powkg/ontology#>
        PREFIX term: <https://w3id.org/powkg/term/>
        PREFIX graph: <https://w3id.org/powkg/graph/>
        PREFIX claim: <https://w3id.org/powkg/claim/dawsey/>
        SELECT ?relation ?fold { GRAPH graph:inferred {
          VALUES (?low ?high) { (claim:p10s6-dead claim:p10s7-dead) (claim:p10s2-remaining claim:p10s4-remaining) }
          ?comparison a pow:Comparison , pow:Qualified ; pow:lower ?low ; pow:higher ?high ;
            pow:relation ?relation ; pow:fold ?fold
        } } ORDER BY ?fold""")
    assert [(str(relation), str(fold)) for relation, fold in rows] == [
        (TERM + "compatible", "2.17"),
        (TERM + "disjoint", "3.16"),
    ]


def test_every_node_of_the_project_has_its_class_and_its_words(real_store: Store) -> None:
    rows = real_store.query(f"""
        SELECT ?node {{ GRAPH <{INFERRED_GRAPH}> {{ ?node <{POW}relation>|<{POW}spreadOf> ?value }}
          FILTER NOT EXISTS {{ ?node a <{POW}Qualified> ; <{RDFS}label> ?a , ?b , ?c
            FILTER(LANG(?a) = "en" && LANG(?b) = "ja" && LANG(?c) = "ru") }} }}""")
    assert list(rows) == []
