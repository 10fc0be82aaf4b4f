"""The service description, read as RDF and held against what the service does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import RDF, URIRef
from rdflib.compare import isomorphic

from pages import BROWSER, serving
from powkg import results
from powkg.engine import Engine
from powkg.errors import QueryTimeoutError
from powkg.namespaces import INFERRED_GRAPH, ONTOLOGY, SHAPES_GRAPH
from powkg.store import Store
from powkg.updates import Writer
from powkg.web.description import FORMATS, FUNCTIONS, GEOF, Description

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
FORMAT = "http://www.w3.org/ns/formats/"
HERE = "http://localhost/sparql"
TURTLE = "text/turtle; charset=utf-8"


class Silent(Writer):
    """A writer that is never asked."""

    def __init__(self) -> None:
        """No process."""


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> rdflib.Graph:
    answer = client.get("/sparql")
    assert (answer.status_code, answer.content_type, answer.vary) == (200, TURTLE, {"Accept", "Accept-Encoding"})
    return rdflib.Graph().parse(data=answer.data, format="turtle")


def only(graph: rdflib.Graph, subject: object, predicate: URIRef) -> rdflib.term.Node:
    (value,) = graph.objects(subject, predicate)  # type: ignore[arg-type]
    return value


def test_nothing_is_said_twice(client: FlaskClient, described: rdflib.Graph) -> None:
    lines = client.get("/sparql", headers={"Accept": "application/n-triples"}).text.splitlines()
    assert len(lines) == len(set(lines)) == len(described)


def test_the_service_is_one_that_answers_queries_here(described: rdflib.Graph) -> None:
    (service,) = described.subjects(RDF.type, SD.Service)
    assert only(described, service, SD.endpoint) == URIRef(HERE)
    assert only(described, service, SD.supportedLanguage) == SD.SPARQL11Query
    assert list(described.objects(service, SD.feature)) == []
    assert list(described.subject_objects(SD.inputFormat)) == []


def test_the_formats_are_those_that_queries_are_answered_in(described: rdflib.Graph) -> None:
    formats = {str(found) for found in described.objects(None, SD.resultFormat)}
    entries = (*results.TABLE_FORMATS, *results.GRAPH_FORMATS)
    assert formats == {FORMAT + FORMATS[entry.name] for entry in entries}
    assert set(FORMATS) == {entry.name for entry in entries}


def test_the_graphs_and_their_numbers_are_those_of_the_store(described: rdflib.Graph, real_store: Store) -> None:
    dataset = only(described, None, SD.defaultDataset)
    (default,) = described.objects(dataset, SD.defaultGraph)
    ((number,),) = real_store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert str(only(described, default, VOID.triples)) == str(number)
    found = {
        str(only(described, named, SD.name)): str(only(described, only(described, named, SD.graph), VOID.triples))
        for named in described.objects(dataset, SD.namedGraph)
    }
    rows = real_store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert found == {str(graph): str(count) for graph, count in rows}
    assert {INFERRED_GRAPH, SHAPES_GRAPH} <= set(found)


def test_what_is_inferred_is_said_and_no_regime_is_claimed(described: rdflib.Graph) -> None:
    (default,) = described.objects(None, SD.defaultGraph)
    comment = str(only(described, default, rdflib.RDFS.comment))
    assert INFERRED_GRAPH in comment
    assert SHAPES_GRAPH in comment
    assert not list(described.subject_objects(SD.defaultEntailmentRegime))
    assert URIRef(ONTOLOGY) in set(described.objects(None, VOID.vocabulary))


def test_every_function_that_is_named_is_there(client: FlaskClient, described: rdflib.Graph) -> None:
    named = {str(found) for found in described.objects(None, SD.extensionFunction)}
    assert named == {GEOF + name for name in FUNCTIONS}
    calls = " ".join(f"BIND(<{name}>() AS ?v{number})" for number, name in enumerate(sorted(named)))
    assert client.get("/sparql?query=" + quote(f"ASK {{ {calls} }}")).status_code == 200
    point, area = '"POINT(1 1)"^^geo:wktLiteral', '"POLYGON((0 0,2 0,2 2,0 2,0 0))"^^geo:wktLiteral'
    query = f"PREFIX geo: <http://www.opengis.net/ont/geosparql#> ASK {{ FILTER(<{GEOF}sfWithin>({point}, {area})) }}"
    assert client.get("/sparql?query=" + quote(query)).json == {"head": {}, "boolean": True}
    assert client.get("/sparql?query=" + quote(f"ASK {{ BIND(<{GEOF}buffer>() AS ?x) }}")).status_code != 200


@pytest.mark.parametrize(
    ("media_type", "parser"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
        ("application/trig", "turtle"),
        ("application/n-quads", "nt"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib's JSON-LD parser
def test_it_is_one_graph_in_every_format(
    client: FlaskClient, described: rdflib.Graph, media_type: str, parser: str
) -> None:
    answer = client.get("/sparql", headers={"Accept": media_type})
    assert answer.mimetype == media_type
    assert isomorphic(rdflib.Graph().parse(data=answer.data, format=parser), described)


@pytest.mark.parametrize(
    ("query", "accept", "status", "content_type"),
    [
        ("", BROWSER, 200, "text/html; charset=utf-8"),
        ("?format=turtle", BROWSER, 200, TURTLE),
        ("?format=text/turtle", BROWSER, 200, TURTLE),
        ("?output=json", BROWSER, 200, "application/ld+json"),
        ("?unknown=1", "*/*", 200, TURTLE),
        ("", "text/turtle, application/rdf+xml;q=0.8", 200, TURTLE),
        ("", "text/turtle;q=0, application/rdf+xml;q=0.8", 200, "application/rdf+xml"),
        ("", "application/sparql-results+json", 400, "text/plain; charset=utf-8"),
        ("", "text/csv", 400, "text/plain; charset=utf-8"),
        ("", "image/png", 406, "text/plain; charset=utf-8"),
        ("?format=csv", "*/*", 400, "text/plain; charset=utf-8"),
    ],
)
def test_it_is_given_where_rdf_is_asked_for_and_no_query(
    client: FlaskClient, query: str, accept: str, status: int, content_type: str
) -> None:
    answer = client.get("/sparql" + query, headers={"Accept": accept})
    assert (answer.status_code, answer.content_type) == (status, content_type)


def test_the_address_is_the_one_that_the_client_used(client: FlaskClient) -> None:
    answer = client.get("/sparql", base_url="https://graph.example:8443/powkg")
    graph = rdflib.Graph().parse(data=answer.data, format="turtle")
    assert set(graph.objects(None, SD.endpoint)) == {URIRef("https://graph.example:8443/powkg/sparql")}
    assert client.head("/sparql").content_type == TURTLE


def test_it_is_made_once_for_each_version(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get("/sparql?format=nquads").data

    def never(*_: object, **__: object) -> None:
        pytest.fail("asked again")

    monkeypatch.setattr(Engine, "open", never)
    assert client.get("/sparql?format=nquads").data == first


def test_a_store_that_writes_says_where_and_in_which_formats(real: Path, real_folder: Path) -> None:
    with serving(real, real_folder, writer=Silent()) as client:
        graph = rdflib.Graph().parse(data=client.get("/sparql").data, format="turtle")
    (updating,) = graph.subjects(SD.supportedLanguage, SD.SPARQL11Update)
    (asking,) = graph.subjects(SD.supportedLanguage, SD.SPARQL11Query)
    assert only(graph, updating, SD.endpoint) == URIRef("http://localhost/update")
    assert only(graph, asking, SD.endpoint) == URIRef(HERE)
    assert only(graph, updating, SD.defaultDataset) == only(graph, asking, SD.defaultDataset)
    assert {str(found) for found in graph.objects(updating, SD.inputFormat)} == {
        FORMAT + FORMATS[entry.name] for entry in results.INPUT_FORMATS
    }
    assert set(graph.objects(None, SD.feature)) == {SD.EmptyGraphs}


def test_a_default_graph_of_all_graphs_is_a_feature(real_folder: Path) -> None:
    engine = Engine(real_folder, 60, 1)
    content = Description(engine, writable=False, union=True).get(HERE, "text/turtle")
    engine.close()
    graph = rdflib.Graph().parse(data=content, format="turtle")
    assert set(graph.objects(None, SD.feature)) == {SD.UnionDefaultGraph}


def test_where_counting_takes_too_long_the_graphs_are_named_without_numbers(
    client: FlaskClient, described: rdflib.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine: Engine = client.application.extensions["powkg.engine"]
    run = engine.open

    def slow(text: str, *positional: object, **named: object) -> object:
        if "COUNT" in text:
            raise QueryTimeoutError("too slow")
        return run(text, *positional, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "open", slow)
    content = Description(engine, writable=False, union=False).get(HERE, "text/turtle")
    graph = rdflib.Graph().parse(data=content, format="turtle")
    assert set(graph.objects(None, SD.name)) == set(described.objects(None, SD.name))
    assert not list(graph.subject_objects(VOID.triples))
