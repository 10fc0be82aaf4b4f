"""The graph as rdflib sees it."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS
from rdflib.plugins.sparql import prepareQuery

from powkg.api.rdf import as_dataset, as_graph
from powkg.errors import QueryRefusedError, QuerySyntaxError, QueryTooComplexError, UsageError
from powkg.namespaces import ID, PASSAGE, POW, XSD
from powkg.store import Store
from powkg.terms import IRI, Blank, Literal

# rdflib warns of what it does itself.
pytestmark = pytest.mark.filterwarnings(r"ignore:Dataset\.\w+ is deprecated:DeprecationWarning")

HARBIN = rdflib.URIRef(ID + "harbin")


@pytest.fixture(scope="module")
def dataset(real_store: Store) -> rdflib.Dataset:
    return as_dataset(real_store)


def test_it_holds_what_the_store_holds(dataset: rdflib.Dataset, real_store: Store) -> None:
    ((triples,),) = real_store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert len(dataset.default_graph) == int(str(triples))
    ((graphs,),) = real_store.query("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert len(list(dataset.graphs())) == int(str(graphs)) + 1  # and the default graph
    assert (HARBIN, RDFS.label, rdflib.Literal("ハルビン", lang="ja")) in dataset


def test_a_passage_is_a_graph(dataset: rdflib.Dataset) -> None:
    graph = dataset.graph(rdflib.URIRef(PASSAGE + "dawsey/p10s6"))
    assert len(graph) > 0
    assert set(graph) <= set(dataset.triples((None, None, None)))


def test_queries_run_in_the_engine_with_the_prefixes_of_the_project(dataset: rdflib.Dataset) -> None:
    rows = list(dataset.query("SELECT ?passage { GRAPH ?passage { id:harbin a ?class } }"))
    assert rows


def test_nothing_can_be_changed(dataset: rdflib.Dataset) -> None:
    before = len(dataset)
    triple = (HARBIN, RDF.type, rdflib.URIRef(POW + "Place"))
    for change in (
        lambda: dataset.add(triple),
        lambda: dataset.remove(triple),
        lambda: dataset.graph(HARBIN).add(triple),
        lambda: dataset.update("DELETE WHERE { ?s ?p ?o }"),
        lambda: dataset.remove_graph(dataset.graph(rdflib.URIRef(PASSAGE + "dawsey/p10s6"))),
    ):
        with pytest.raises(UsageError, match="read-only here"):
            change()
    assert len(dataset) == before


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", QueryRefusedError),
        ("SELECT * " + "{" * 3000, QueryTooComplexError),
        ("SELECT * { ?s none:such ?o }", QuerySyntaxError),
        ("SELECT * { ?s ?p }", QuerySyntaxError),
    ],
)
def test_queries_that_the_project_refuses_are_refused_here_too(
    dataset: rdflib.Dataset, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        dataset.query(text)


def test_a_query_that_is_parsed_already_is_refused(dataset: rdflib.Dataset) -> None:
    with pytest.raises(UsageError, match="give its text"):
        dataset.query(prepareQuery("ASK { ?s ?p ?o }"))


def test_triples_of_an_answer_become_a_graph() -> None:
    graph = as_graph(
        [
            (IRI(ID + "harbin"), IRI(POW + "area"), Literal("5", None, XSD + "integer")),
            (IRI(ID + "harbin"), IRI(POW + "name"), Literal("ハルビン", "ja")),
            (Blank("x"), IRI(POW + "in"), IRI(ID + "harbin")),
        ]
    )
    assert graph.value(HARBIN, rdflib.URIRef(POW + "area")) == rdflib.Literal(5)
    assert graph.value(HARBIN, rdflib.URIRef(POW + "name")) == rdflib.Literal("ハルビン", lang="ja")
    assert isinstance(graph.value(predicate=rdflib.URIRef(POW + "in"), object=HARBIN), rdflib.BNode)
    assert "id:harbin" in graph.serialize(format="turtle")
