"""Updates and graphs over HTTP, into a store of one's own and out of it again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic
from werkzeug.test import TestResponse

from pages import TOKEN, serving_own

SD = "http://www.w3.org/ns/sparql-service-description#"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
GRAPH = "http://example.org/graph"
AT = "/graphs?" + urlencode({"graph": GRAPH})
TURTLE = '<http://example.org/s> <http://example.org/p> "v\u00e9" , [ <http://example.org/q> 1 ] .'
SENT = rdflib.Graph().parse(data=TURTLE, format="turtle")


@pytest.fixture(scope="module")
def shared(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with serving_own(real, tmp_path_factory.mktemp("own") / "store") as client:
        yield client


@pytest.fixture
def client(shared: FlaskClient) -> FlaskClient:
    """A client of a server whose store is empty."""
    assert update(shared, "DROP ALL").status_code == 204
    return shared


def update(client: FlaskClient, text: str, **graphs: list[str]) -> TestResponse:
    address = "/update?" + urlencode(graphs, doseq=True)
    return client.post(address, data=text, content_type="application/sparql-update", headers=BEARER)


def ask(client: FlaskClient, pattern: str) -> bool:
    answer = client.get("/sparql?" + urlencode({"query": f"ASK {{ {pattern} }}", "format": "json"})).json
    assert answer is not None
    return bool(answer["boolean"])


def send(
    client: FlaskClient, text: str | bytes, address: str = AT, method: str = "PUT", **headers: str
) -> TestResponse:
    given = BEARER | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(address, method=method, data=text, content_type="text/turtle", headers=given)


def graph(client: FlaskClient, address: str = AT) -> rdflib.Graph:
    answer = client.get(address, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200
    return rdflib.Graph().parse(data=answer.data, format="nt")


def test_an_update_is_seen_by_the_next_query(client: FlaskClient) -> None:
    assert update(client, f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:b> <c> }} }}").status_code == 204
    assert ask(client, f"GRAPH <{GRAPH}> {{ <urn:a> <urn:b> <http://localhost/c> }}")
    assert update(client, f"DROP GRAPH <{GRAPH}>").status_code == 204
    assert not ask(client, "GRAPH ?g { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("INSERT DATA { <urn:x> <urn:y> 1 } ; CLEAR", 400),
        ("INSERT DATA { <urn:x> <urn:y> 1 } ; DROP GRAPH <urn:never-there>", 409),
        ("INSERT DATA { <urn:x> <urn:y> 1 } ; CREATE GRAPH <urn:g> ; CREATE GRAPH <urn:g>", 409),
        ("INSERT DATA { <urn:x> <urn:y> 1 } ; LOAD <http://127.0.0.1:9/>", 400),
        (
            "INSERT DATA { <urn:x> <urn:y> 1 } ; INSERT { ?s <urn:z> ?x } WHERE { ?s ?p ?o BIND(<urn:f>(?o) AS ?x) }",
            422,
        ),
        ("INSERT DATA { <urn:x> <urn:y> 1 } ; INSERT {} WHERE { SERVICE <http://127.0.0.1:9/> {} }", 400),
    ],
)
def test_an_update_is_done_whole_or_not_at_all(client: FlaskClient, text: str, status: int) -> None:
    assert update(client, text).status_code == status
    assert not ask(client, "<urn:x> ?p ?o")


def test_the_graphs_of_the_request_are_those_of_every_where(client: FlaskClient) -> None:
    update(
        client,
        "INSERT DATA { <urn:0> a <urn:T> GRAPH <urn:g1> { <urn:1> a <urn:T> } GRAPH <urn:g2> { <urn:2> a <urn:T> } "
        "GRAPH <urn:g3> { <urn:3> a <urn:T> } }",
    )
    text = """
        INSERT { GRAPH <urn:default> { ?s a ?t } } WHERE { ?s a ?t } ;
        INSERT { GRAPH <urn:named> { ?s a ?t } } WHERE { GRAPH ?g { ?s a ?t } }"""
    graphs = {"using-graph-uri": ["urn:g1", "urn:g2"], "using-named-graph-uri": ["urn:g3"]}
    assert update(client, text, **graphs).status_code == 204
    assert ask(client, "GRAPH <urn:default> { <urn:1> a ?t . <urn:2> a ?t FILTER NOT EXISTS { <urn:0> a ?t } }")
    assert ask(client, "GRAPH <urn:named> { <urn:3> a ?t FILTER NOT EXISTS { <urn:1> a ?t } }")
    assert update(client, "DELETE WHERE { ?s a <urn:T> }", **graphs).status_code == 204
    assert update(client, "WITH <urn:g3> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", **graphs).status_code == 400
    assert ask(client, "GRAPH <urn:g3> { <urn:3> a <urn:T> }")


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib's JSON-LD
def test_a_graph_comes_back_as_it_was_sent(client: FlaskClient, media_type: str, form: str) -> None:
    body = SENT.serialize(format=form)
    answers = [client.put(AT, data=body, content_type=media_type, headers=BEARER) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 204]
    got = client.get(AT, headers={"Accept": media_type})
    assert got.mimetype == media_type
    assert isomorphic(rdflib.Graph().parse(data=got.data, format=form), SENT)
    assert ask(client, f'GRAPH <{GRAPH}> {{ <http://example.org/s> ?p "v\u00e9" }}')
    assert client.delete(AT, headers=BEARER).status_code == 204
    assert client.delete(AT, headers=BEARER).status_code == 404
    assert client.get(AT).status_code == 404


def test_blank_nodes_of_two_requests_and_of_two_files_are_not_the_same(client: FlaskClient) -> None:
    one = b"_:x <urn:p> <urn:o> ."
    assert [send(client, one, method="POST").status_code for _ in range(2)] == [201, 204]
    assert len(graph(client)) == 2
    files = [(BytesIO(one), name, "text/turtle") for name in ("a.ttl", "b.ttl")]
    assert client.post(AT, data={"f": files}, headers=BEARER).status_code == 204
    assert len(graph(client)) == 4


def test_a_graph_that_cannot_be_read_changes_nothing(client: FlaskClient) -> None:
    send(client, TURTLE)
    for method in ("PUT", "POST"):
        answer = send(client, "<urn:x> <urn:y> <urn:z> .\n<urn:a> <urn:b", method=method)
        assert answer.status_code == 400
        assert "line 2" in answer.text
        assert send(client, b"<urn:x> <urn:y> '\xff' .", method=method).status_code == 400
    files = [(BytesIO(b"<urn:x> <urn:y> 1 ."), "a.ttl", "text/turtle"), (BytesIO(b"<urn:"), "b.ttl", "text/turtle")]
    assert client.post(AT, data={"f": files}, headers=BEARER).status_code == 400
    assert isomorphic(graph(client), SENT)


def test_an_empty_graph_is_a_graph(client: FlaskClient) -> None:
    assert send(client, "").status_code == 201
    assert len(graph(client)) == 0
    assert update(client, "CREATE GRAPH <urn:empty>").status_code == 204
    description = rdflib.Graph().parse(data=client.get("/sparql").data, format="turtle")
    names = {str(name) for name in description.objects(None, rdflib.URIRef(SD + "name"))}
    assert names == {GRAPH, "urn:empty"}


def test_a_new_graph_is_found_where_the_answer_says(client: FlaskClient) -> None:
    made = send(client, "<> <urn:p> <#it> .", "/graphs", "POST")
    address = made.headers["Location"]
    below = address.removeprefix("http://localhost")
    for place in (below, "/graphs?" + urlencode({"graph": address})):
        assert set(graph(client, place)) == {
            (rdflib.URIRef(address), rdflib.URIRef("urn:p"), rdflib.URIRef(address + "#it"))
        }
    assert ask(client, f"GRAPH <{address}> {{ ?s ?p ?o }}")
    assert client.delete(below, headers=BEARER).status_code == 204
    assert client.get(below).status_code == 404


def test_the_default_graph_is_changed_and_emptied(client: FlaskClient) -> None:
    assert send(client, TURTLE, "/graphs?default").status_code == 204
    assert isomorphic(graph(client, "/graphs?default"), SENT)
    assert client.delete("/graphs?default", headers=BEARER).status_code == 204
    assert len(graph(client, "/graphs?default")) == 0


def test_of_those_who_change_what_they_read_only_one_does(client: FlaskClient) -> None:
    send(client, "<urn:n> <urn:is> 0 .")
    tag = client.get(AT).headers["ETag"]
    statuses = []

    def change(number: int) -> None:
        own = client.application.test_client()
        statuses.append(send(own, f"<urn:n> <urn:is> {number} .", If_Match=tag).status_code)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [204] + [412] * 7
    assert client.get(AT).headers["ETag"] != tag
    assert send(client, TURTLE, If_None_Match="*").status_code == 412


def test_a_tag_stands_for_one_state_of_the_store(client: FlaskClient) -> None:
    send(client, TURTLE)
    tag = client.get(AT).headers["ETag"]
    assert client.get(AT, headers={"If-None-Match": tag}).status_code == 304
    update(client, f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:b> 1 }} }}")
    changed = client.get(AT, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert b"urn:b" in changed.data


def test_the_description_counts_what_is_there_now(client: FlaskClient) -> None:
    triples = rdflib.URIRef("http://rdfs.org/ns/void#triples")
    for number in (1, 2):
        update(client, f"INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:a> <urn:b> {number} }} }}")
        description = rdflib.Graph().parse(data=client.get("/sparql").data, format="turtle")
        (named,) = description.objects(None, rdflib.URIRef(SD + "graph"))
        assert [str(count) for count in description.objects(named, triples)] == [str(number)]
