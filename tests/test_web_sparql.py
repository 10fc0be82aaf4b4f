"""The SPARQL 1.1 Protocol over the application: requests, formats, errors, headers."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
import rdflib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pages import BROWSER, serving
from powkg import guard
from powkg.engine import Engine
from powkg.web import MAX_BODY, streaming
from powkg.workers import pool
from powkg.workers.frames import CHUNK
from test_engine import BOMB, CRASH, ENDLESS, ENDLESS_ROWS, HUNGRY

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
PASSAGE = "https://w3id.org/powkg/passage/dawsey/p10s6"
NAME = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?entity ?name { ?entity rdfs:label ?name FILTER(LANG(?name) = "en") }"""


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


@pytest.fixture
def hasty(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    """A client of an application with one worker and a deadline of half a second."""
    with serving(real, real_folder, timeout=0.5, size=1) as client:
        yield client


def get(client: FlaskClient, query: str, accept: str | None = None, **parameters: str) -> TestResponse:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **parameters}), headers=headers)


def idle(client: FlaskClient) -> int:
    engine: Engine = client.application.extensions["powkg.engine"]
    return engine.pool.idle


def test_the_three_ways_to_send_a_query_give_one_answer(client: FlaskClient) -> None:
    query = 'ASK { FILTER(STRLEN("é漢😀") = 3 && 1+1 = 2) }'
    answers = [
        get(client, query),
        client.post("/sparql", data=urlencode({"query": query}), content_type=FORM),
        client.post("/sparql", data=query.encode(), content_type=DIRECT),
        client.post("/sparql", data=query.encode(), content_type=f"{DIRECT}; charset=UTF-8"),
    ]
    for answer in answers:
        assert (answer.status_code, answer.content_type) == (200, JSON)
        assert answer.json == {"head": {}, "boolean": True}
        assert answer.content_length == len(answer.data)


@pytest.mark.parametrize(
    ("accept", "query", "expected"),
    [
        (None, "SELECT (1 AS ?x) {}", JSON),
        ("*/*", "SELECT (1 AS ?x) {}", JSON),
        (XML, "SELECT (1 AS ?x) {}", XML),
        (CSV, "SELECT (1 AS ?x) {}", "text/csv; charset=utf-8"),
        (TSV, "SELECT (1 AS ?x) {}", "text/tab-separated-values; charset=utf-8"),
        (f"{XML};q=0.5, {CSV};q=0.9", "SELECT (1 AS ?x) {}", "text/csv; charset=utf-8"),
        (f"{JSON};q=0, */*;q=0.5", "SELECT (1 AS ?x) {}", XML),
        (XML, "ASK {}", XML),
        ("text/turtle", "CONSTRUCT { <urn:a> <urn:b> 1 } {}", "text/turtle; charset=utf-8"),
        ("application/n-triples", "CONSTRUCT { <urn:a> <urn:b> 1 } {}", "application/n-triples"),
        ("application/rdf+xml", "CONSTRUCT { <urn:a> <urn:b> 1 } {}", "application/rdf+xml"),
        ("application/ld+json", "CONSTRUCT { <urn:a> <urn:b> 1 } {}", "application/ld+json"),
        ("*/*", "DESCRIBE <https://w3id.org/powkg/id/japan>", "text/turtle; charset=utf-8"),
        ("text/turtle, */*;q=0.1", "SELECT (1 AS ?x) {}", JSON),
    ],
)
def test_the_accept_header_chooses_the_format(
    client: FlaskClient, accept: str | None, query: str, expected: str
) -> None:
    answer = get(client, query, accept)
    assert (answer.status_code, answer.content_type) == (200, expected)
    assert answer.vary == {"Accept", "Accept-Encoding"}


@pytest.mark.parametrize("name", ["format", "output"])
@pytest.mark.parametrize(
    ("value", "query", "expected"),
    [
        ("csv", "SELECT (1 AS ?x) {}", "text/csv; charset=utf-8"),
        ("xml", "SELECT (1 AS ?x) {}", XML),
        ("text/csv", "SELECT (1 AS ?x) {}", "text/csv; charset=utf-8"),
        ("json", "DESCRIBE <urn:a>", "application/ld+json"),
        ("ntriples", "DESCRIBE <urn:a>", "application/n-triples"),
    ],
)
def test_a_parameter_overrides_the_header(
    client: FlaskClient, name: str, value: str, query: str, expected: str
) -> None:
    assert get(client, query, BROWSER, **{name: value}).content_type == expected


def test_a_format_that_does_not_fit_is_refused_with_those_that_do(client: FlaskClient) -> None:
    refused = get(client, "SELECT (1 AS ?x) {}", "image/png")
    assert refused.status_code == 406
    assert all(media_type in refused.text for media_type in (JSON, XML, CSV, TSV))
    assert get(client, "DESCRIBE <urn:a>", CSV).status_code == 406
    assert get(client, "SELECT (1 AS ?x) {}", format="turtle").status_code == 406
    unknown = get(client, "ASK {}", format="parquet")
    assert unknown.status_code == 400
    assert "turtle" in unknown.text


@pytest.mark.parametrize("accept", [CSV, BROWSER])
def test_relative_names_are_resolved_against_the_address_of_the_request(client: FlaskClient, accept: str) -> None:
    query = "SELECT ?a ?b { VALUES (?a ?b) { (<#it> <../x>) } }"
    sent = client.get("/sparql?" + urlencode({"query": query}), headers={"Accept": accept, "Host": "example.org:8000"})
    assert "http://example.org:8000/sparql#it" in sent.text
    assert "http://example.org:8000/x" in sent.text
    body = urlencode({"query": query})
    assert "http://localhost/sparql#it" in client.post("/sparql", data=body, content_type=FORM).text
    assert get(client, f"BASE <urn:x:y> {query}", accept).text.count("urn:x:y#it") >= 1
    assert client.get("/sparql?" + body, headers={"Host": "<no host>"}).status_code == 200


def test_answers_are_what_the_store_holds(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(get(client, NAME, CSV).text)))
    assert rows[0] == ["entity", "name"]
    assert ["https://w3id.org/powkg/id/japan", "Japan"] in rows
    graph = rdflib.Graph()
    graph.parse(data=get(client, "CONSTRUCT WHERE { ?s a ?type }", "application/n-triples").data, format="nt")
    assert len(graph) > 100


def test_the_graphs_of_the_protocol_are_the_dataset(client: FlaskClient) -> None:
    default, named = {"default-graph-uri": PASSAGE}, {"named-graph-uri": PASSAGE}
    assert get(client, "ASK { ?s ?p ?o }", **default).json == {"head": {}, "boolean": True}
    assert get(client, "ASK { GRAPH ?g { ?s ?p ?o } }", **default).json == {"head": {}, "boolean": False}
    assert get(client, "ASK { ?s ?p ?o }", **named).json == {"head": {}, "boolean": False}
    body = urlencode({"query": "ASK { GRAPH ?g { ?s ?p ?o } }", **named})
    assert client.post("/sparql", data=body, content_type=FORM).json == {"head": {}, "boolean": True}
    direct = client.post(f"/sparql?{urlencode(named)}", data="ASK { GRAPH ?g { ?s ?p ?o } }", content_type=DIRECT)
    assert direct.json == {"head": {}, "boolean": True}
    for name in (*default, *named):
        assert get(client, "ASK {}", **{name: "not an IRI"}).status_code == 400
        assert get(client, "ASK {}", **{name: "relative"}).status_code == 400


def test_values_of_variables_come_as_parameters(client: FlaskClient) -> None:
    japan = get(client, NAME, CSV, **{"$entity": "id:japan"}).text.splitlines()
    assert japan[1:]
    assert all(line.startswith("https://w3id.org/powkg/id/japan,") for line in japan[1:])
    assert get(client, NAME, CSV, **{"$name": '"Japan"@en'}).text.splitlines()[1:] == [
        "https://w3id.org/powkg/id/japan,Japan"
    ]
    injected = get(client, NAME, CSV, **{"$name": '"x" } INSERT DATA { <urn:a> <urn:b> 1 }'})
    assert injected.status_code == 400
    assert "$name" in injected.text
    assert get(client, NAME, CSV, **{"$other": "id:japan"}).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/sparql?format=csv", 400),
        ("/sparql?format=parquet", 400),
        ("/sparql?query=", 400),
        ("/sparql?query=ASK+%7B", 400),
        ("/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D", 400),
        ("/sparql?query=ASK+%7B%7D+%23%FF%FE", 400),
        ("/sparql?update=CLEAR+ALL", 400),
        ("/sparql?query=CLEAR+ALL", 400),
        ("/sparql?query=ASK+%7B%7D" + "&a=1" * 2000, 400),
        ("/sparql?query=ASK+%7B%7D%23" + "x" * (guard.MAX_LENGTH + 1), 413),
        ("/sparql?query=" + quote("ASK { SERVICE <http://127.0.0.1:9/> {} }"), 400),
        ("/nowhere", 404),
    ],
)
def test_a_wrong_get_is_told_what_is_wrong(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.content_type == "text/plain; charset=utf-8"
    assert len(answer.text) > 10
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"ASK {}", "application/json", 415),
        (b"ASK {}", None, 415),
        (b"ASK {}", f"{DIRECT}; charset=utf-16", 415),
        (b"ASK {} #\xff\xfe", DIRECT, 400),
        (b"", DIRECT, 400),
        (b"", FORM, 400),
        (b"foo=bar", FORM, 400),
        (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        (b"query=ASK%20%7B%7D%23%FF", FORM, 400),
        (b"#" * (MAX_BODY + 1), DIRECT, 413),
        (b"#" * (guard.MAX_LENGTH + 1), DIRECT, 413),
    ],
)
def test_a_wrong_post_is_told_what_is_wrong(
    client: FlaskClient, body: bytes, content_type: str | None, status: int
) -> None:
    answer = client.post("/sparql", data=body, content_type=content_type)
    assert answer.status_code == status
    assert len(answer.text) > 10


def test_a_query_in_the_address_and_in_the_body_is_one_too_many(client: FlaskClient) -> None:
    assert client.post("/sparql?query=ASK%7B%7D", data="ASK {}", content_type=DIRECT).status_code == 400


def test_a_syntax_error_names_its_place(client: FlaskClient) -> None:
    answer = get(client, "SELECT *\n{ ?s ?p }")
    assert answer.status_code == 400
    assert answer.text.startswith("SPARQL syntax error: line 2, column ")


def test_errors_come_as_problem_json_where_it_is_asked_for(client: FlaskClient) -> None:
    for accept in ("application/problem+json", f"{JSON}, application/json;q=0.9"):
        answer = get(client, "ASK {", accept)
        assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
        content = json.loads(answer.text)
        assert (content["status"], content["title"]) == (400, "Bad Request")
        assert "line 1" in content["detail"]
        assert (content["line"], content["column"]) == (1, 6)
        assert client.get("/nowhere", headers={"Accept": accept}).content_type == "application/problem+json"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused(client: FlaskClient, method: str) -> None:
    answer = client.open("/sparql?query=ASK%20%7B%7D", method=method)
    assert answer.status_code == 405
    assert {"GET", "POST"} <= {name.strip() for name in answer.headers["Allow"].split(",")}


def test_pages_of_other_sites_may_ask(client: FlaskClient) -> None:
    preflight = client.options("/sparql", headers={"Origin": "https://a.example"})
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    allowed = {name.strip() for name in preflight.headers["Access-Control-Allow-Headers"].lower().split(",")}
    assert {"accept", "content-type", "if-none-match"} <= allowed
    for answer in (preflight, get(client, "ASK {}"), get(client, "ASK {"), client.delete("/sparql")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("query", ["SELECT (1 AS ?x) {}", "SELECT * { ?s ?p ?o . ?a ?p ?b }"])
def test_head_has_the_headers_of_get_and_keeps_no_worker(client: FlaskClient, query: str) -> None:
    address = "/sparql?" + urlencode({"query": query})
    head = client.head(address)
    assert (head.status_code, head.content_type, head.data) == (200, JSON, b"")
    assert idle(client) == 2


@pytest.mark.parametrize(
    "address", ["/graphs?default", "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o . ?a ?p ?b } # head"})]
)
def test_head_of_a_long_answer_ends_no_worker(client: FlaskClient, address: str) -> None:
    engine: Engine = client.application.extensions["powkg.engine"]
    before = dict(engine.pool.ended)
    head = client.head(address)
    assert (head.status_code, head.data) == (200, b"")
    assert engine.pool.ended == before
    whole = client.get(address, buffered=False)  # and nothing of its beginning was kept as the whole
    assert sum(len(piece) for piece, _ in zip(whole.iter_encoded(), range(4), strict=False)) > 2 * CHUNK
    whole.close()


def test_a_slow_query_is_answered_with_504(hasty: FlaskClient) -> None:
    answer = get(hasty, ENDLESS)
    assert answer.status_code == 504
    assert "0.5 s" in answer.text
    assert get(hasty, "ASK {}").status_code == 200


def test_an_answer_that_breaks_off_breaks_the_connection(hasty: FlaskClient) -> None:
    answer = get(hasty, ENDLESS_ROWS)
    assert answer.status_code == 200
    with pytest.raises(BrokenPipeError, match="ended after"):
        _ = answer.data
    answer.close()
    assert get(hasty, "ASK {}").status_code == 200


def test_a_query_that_kills_its_process_is_answered_with_500(client: FlaskClient) -> None:
    answer = get(client, CRASH)
    assert answer.status_code == 500
    assert "sorts values of several types" in answer.text
    assert get(client, "ASK {}").status_code == 200


@pytest.mark.parametrize("name", ["too deep", "too long"])
def test_a_query_that_is_too_complex_is_told_apart_from_one_that_is_wrong(client: FlaskClient, name: str) -> None:
    query = BOMB if name == "too deep" else "ASK { FILTER(1" + "+1" * 10_000 + ") }"
    answer = client.post("/sparql", data=query, content_type=DIRECT)
    assert answer.status_code == 400
    assert answer.text.startswith("the query is too complex: at line 1, column ")
    assert get(client, "ASK { (").text.startswith("SPARQL syntax error")


def test_a_query_that_needs_too_much_memory_is_answered_with_507(real: Path, real_folder: Path) -> None:
    with serving(real, real_folder, memory=256) as client:
        answer = get(client, HUNGRY)
        assert answer.status_code == 507
        assert "needs more than 256 MiB of memory" in answer.text
        assert get(client, "ASK {}").status_code == 200


def test_a_request_may_say_how_long_its_query_may_take(client: FlaskClient, real: Path, real_folder: Path) -> None:
    answer = get(client, ENDLESS, timeout="0.3")
    assert answer.status_code == 504
    assert "after 0.3 s" in answer.text
    body = urlencode({"query": ENDLESS, "timeout": ".25"})
    assert "after 0.25 s" in client.post("/sparql", data=body, content_type=FORM).text
    assert "after 0.3 s" in get(client, ENDLESS, BROWSER, timeout="0.3").text
    assert get(client, "ASK {}", timeout="").status_code == 200
    with serving(real, real_folder, timeout=0.2, longest=0.4) as hasty:
        assert "after 0.2 s" in get(hasty, ENDLESS).text
        assert "after 0.4 s" in get(hasty, ENDLESS, timeout="1000").text


@pytest.mark.parametrize("timeout", ["0.25", "45", "1000000", ".000001"])
def test_what_a_browser_posts_leads_to_an_address_with_its_time(client: FlaskClient, timeout: str) -> None:
    body = urlencode({"query": "ASK {}", "timeout": timeout})
    answer = client.post("/sparql", data=body, content_type=FORM, headers={"Accept": BROWSER})
    assert answer.status_code == 303
    (given,) = parse_qs(urlsplit(answer.headers["Location"]).query)["timeout"]
    assert float(given) == float(timeout)
    assert client.get(answer.headers["Location"], headers={"Accept": BROWSER}).status_code != 400


@pytest.mark.parametrize("timeout", ["0", "-1", "soon", "1e3", "nan", "1s", "0.0", "1,5"])
def test_a_time_that_is_none_is_refused(client: FlaskClient, timeout: str) -> None:
    answer = get(client, "ASK {}", timeout=timeout)
    assert answer.status_code == 400
    assert "no number of seconds" in answer.text


@pytest.mark.parametrize("accept", [CSV, BROWSER])
def test_a_client_that_leaves_before_the_answer_begins_frees_the_worker(client: FlaskClient, accept: str) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        threading.Timer(0.2, theirs.close).start()
        answer = client.get(
            "/sparql?" + urlencode({"query": ENDLESS}),
            headers={"Accept": accept},
            environ_overrides={"gunicorn.socket": ours},
        )
    assert answer.status_code == 499
    assert idle(client) == 2


def old(client: FlaskClient, query: str) -> TestResponse:
    """The answer to a client that speaks HTTP/1.0."""
    address = "/sparql?" + urlencode({"query": query})
    return client.get(address, headers={"Accept": CSV}, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"})


def test_http_1_0_gets_an_answer_as_a_whole_with_its_length(client: FlaskClient) -> None:
    query = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5000"
    answer = old(client, query)
    assert answer.status_code == 200
    assert answer.content_length == len(answer.data) > CHUNK
    assert answer.data == get(client, query, CSV).data
    assert idle(client) == 2


def test_http_1_0_gets_the_status_of_an_answer_that_breaks_off_while_it_is_held(hasty: FlaskClient) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streaming, "HELD", 10**12)
        answer = old(hasty, ENDLESS_ROWS)
    assert answer.status_code == 504
    assert "after 0.5 s" in answer.text
    assert idle(hasty) == 1


def test_a_client_that_leaves_frees_the_worker(client: FlaskClient) -> None:
    answer = client.get("/sparql?" + urlencode({"query": ENDLESS_ROWS}), buffered=False)
    assert next(iter(answer.response))
    assert idle(client) == 1
    answer.close()
    assert idle(client) == 2


def test_a_busy_server_says_when_to_come_back(hasty: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.01)
    busy = get(hasty, ENDLESS_ROWS)
    answer = get(hasty, "ASK {}")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    busy.close()
    assert get(hasty, "ASK {}").status_code == 200


def test_a_store_that_has_gone_is_503_and_only_the_log_says_where_it_was(
    real: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(real, tmp_path / "gone") as client:
        for number, accept in enumerate((CSV, JSON, BROWSER), 1):
            answer = get(client, "ASK {}", accept)
            assert answer.status_code == 503
            assert "the store cannot be opened" in answer.text
            assert "gone" not in answer.text
            assert caplog.text.count(str(tmp_path / "gone")) == number
