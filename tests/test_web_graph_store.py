"""/graphs over HTTP: graphs are read by anybody, and what is written reaches the writer as it was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pages import BROWSER, TOKEN, client_of
from powkg.engine import Engine
from powkg.errors import GraphNotFoundError, PowkgError, QuerySyntaxError, UsageError
from powkg.namespaces import INFERRED_GRAPH
from powkg.settings import Settings
from powkg.store import Store
from powkg.updates import Change, Part, Writer
from powkg.web.graph_store import MAX_BODY

PASSAGE = "https://w3id.org/powkg/passage/dawsey/p10s6"
NOWHERE = "http://example.org/never-there"
TURTLE = "text/turtle; charset=utf-8"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
TRIPLE = b"<urn:a> <urn:b> 'x' ."


class Recorder(Writer):
    """Keeps what it is given. Graphs are new where their name says so, and absent where it says that."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str | None, tuple[Part, ...], str | None]] = []
        self.failure: PowkgError | None = None

    def put(self, graph: str | None, parts: Sequence[Part], *, base: str | None = None) -> Change:
        return self._do("put", graph, parts, base)

    def post(self, graph: str | None, parts: Sequence[Part], *, base: str | None = None) -> Change:
        return self._do("post", graph, parts, base)

    def delete(self, graph: str | None) -> Change:
        if graph == NOWHERE:
            raise GraphNotFoundError(graph)
        return self._do("delete", graph, (), None)

    def _do(self, verb: str, graph: str | None, parts: Sequence[Part], base: str | None) -> Change:
        if self.failure:
            raise self.failure
        self.done.append((verb, graph, tuple(parts), base))
        return Change(created=graph is not None and "new" in graph, version="1")


@pytest.fixture
def writer() -> Recorder:
    return Recorder()


@pytest.fixture(scope="module")
def engine(real_folder: Path) -> Iterator[Engine]:
    engine = Engine(real_folder, 60, 2)
    yield engine
    engine.close()


@pytest.fixture
def client(real: Path, writer: Recorder, engine: Engine) -> FlaskClient:
    return client_of(Settings(real, real, token=TOKEN), engine, writer)


def at(**parameters: str) -> str:
    return "/graphs?" + urlencode(parameters)


def get(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(address, headers=given, buffered=True)


def put(client: FlaskClient, address: str, method: str = "PUT", **headers: str) -> TestResponse:
    given = BEARER | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(address, method=method, data=TRIPLE, content_type="text/turtle", headers=given)


@pytest.mark.parametrize(
    ("accept", "content_type", "parser"),
    [
        (None, TURTLE, "turtle"),
        ("*/*", TURTLE, "turtle"),
        ("text/turtle;q=0.5, application/n-triples", "application/n-triples", "nt"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/n-quads", "application/n-quads", "nt"),
        (BROWSER, TURTLE, "turtle"),
    ],
)
def test_a_graph_is_what_the_store_holds_of_it(
    client: FlaskClient, real_store: Store, accept: str | None, content_type: str, parser: str
) -> None:
    answer = get(client, at(graph=PASSAGE), **({"Accept": accept} if accept else {}))
    assert (answer.status_code, answer.content_type) == (200, content_type)
    assert "Accept" in answer.vary
    graph = rdflib.Graph().parse(data=answer.data, format=parser)
    rows = list(real_store.query(f"SELECT ?s ?p ?o {{ GRAPH <{PASSAGE}> {{ ?s ?p ?o }} }}"))
    assert len(graph) == len(rows) > 0
    assert {str(subject) for subject in graph.subjects()} == {str(subject) for subject, *_ in rows}


def test_the_default_graph_is_the_one_that_queries_have(client: FlaskClient, real_store: Store) -> None:
    answer = get(client, "/graphs?default", Accept="application/n-triples")
    ((number,),) = real_store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert len(answer.text.splitlines()) == int(str(number))
    assert get(client, "/graphs?default=&format=turtle").content_type == TURTLE


def test_head_is_get_without_the_graph(client: FlaskClient) -> None:
    for address in (at(graph=PASSAGE), "/graphs?default"):
        got, head = get(client, address), client.head(address)
        assert (head.status_code, head.data) == (200, b"")
        assert (head.content_type, head.headers["ETag"]) == (got.content_type, got.headers["ETag"])
    assert client.head(at(graph=NOWHERE)).status_code == 404


@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        (at(graph=NOWHERE), "*/*", 404),
        ("/graphs/never-there", "*/*", 404),
        ("/graphs", "*/*", 400),
        ("/graphs?default&" + urlencode({"graph": PASSAGE}), "*/*", 400),
        ("/graphs?" + urlencode({"graph": [PASSAGE, NOWHERE]}, doseq=True), "*/*", 400),
        (at(graph="not an iri <>"), "*/*", 400),
        (at(graph="relative"), "*/*", 400),
        (at(graph=""), "*/*", 400),
        ("/graphs?graph=%FF", "*/*", 400),
        (at(graph=PASSAGE), "image/png", 406),
        (at(graph=PASSAGE), "text/csv", 406),
        (at(graph=PASSAGE, format="csv"), "*/*", 406),
        (at(graph=PASSAGE, format="parquet"), "*/*", 400),
    ],
)
def test_a_graph_that_cannot_be_had_is_told_why(client: FlaskClient, address: str, accept: str, status: int) -> None:
    answer = get(client, address, Accept=accept)
    assert answer.status_code == status
    assert len(answer.text) > 10


def test_who_has_a_graph_is_told_that_it_is_the_same(client: FlaskClient) -> None:
    first = get(client, at(graph=PASSAGE))
    tag = first.headers["ETag"]
    same = get(client, at(graph=PASSAGE), If_None_Match=f'"x", {tag}')
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", tag)
    assert "Accept" in same.vary
    assert same.headers["Cache-Control"] == first.headers["Cache-Control"] == "public, no-cache"
    assert get(client, at(graph=PASSAGE), If_None_Match=tag, Accept="application/n-triples").status_code == 200
    assert get(client, at(graph=PASSAGE), If_None_Match='"x"').status_code == 200
    assert get(client, at(graph=NOWHERE), If_None_Match=tag).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("PUT", at(graph="urn:old"), 204),
        ("PUT", at(graph="urn:new"), 201),
        ("POST", at(graph="urn:old"), 204),
        ("POST", at(graph="urn:new"), 201),
        ("DELETE", at(graph="urn:old"), 204),
        ("DELETE", at(graph=NOWHERE), 404),
        ("PUT", "/graphs?default", 204),
        ("POST", "/graphs?default", 204),
        ("DELETE", "/graphs?default", 204),
        ("PUT", "/graphs/new/one", 201),
        ("PUT", "/graphs", 400),
        ("DELETE", "/graphs", 400),
    ],
)
def test_the_status_says_what_became_of_the_graph(client: FlaskClient, method: str, address: str, status: int) -> None:
    assert put(client, address, method).status_code == status


def test_what_is_sent_reaches_the_writer(client: FlaskClient, writer: Recorder) -> None:
    put(client, at(graph="urn:g"))
    put(client, "/graphs?default", "POST")
    put(client, "/graphs/a%20b/c")
    put(client, at(graph="urn:g"), "DELETE")
    part = Part("text/turtle", TRIPLE)
    below = "http://localhost/graphs/a%20b/c"
    assert writer.done == [
        ("put", "urn:g", (part,), "urn:g"),
        ("post", None, (part,), "http://localhost/graphs"),
        ("put", below, (part,), below),
        ("delete", "urn:g", (), None),
    ]


def test_a_post_to_the_store_itself_makes_a_graph_with_an_address(client: FlaskClient, writer: Recorder) -> None:
    first, second = put(client, "/graphs", "POST"), put(client, "/graphs?unknown=1", "POST")
    for answer, (verb, graph, _, base) in zip((first, second), writer.done, strict=True):
        assert (answer.status_code, verb) == (201, "post")
        assert answer.headers["Location"] == graph == base
        assert str(graph).startswith("http://localhost/graphs/")
    assert writer.done[0][1] != writer.done[1][1]


@pytest.mark.parametrize(
    ("content_type", "read_as"),
    [
        ("text/turtle", "text/turtle"),
        ("Text/Turtle; charset=UTF-8", "text/turtle"),
        ("application/x-turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("text/plain", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/ld+json"),
        ("application/trig", None),
        ("application/n-quads", None),
        ("application/pdf", None),
        ("application/x-www-form-urlencoded", None),
        ("text/turtle; charset=iso-8859-1", None),
        ("", None),
    ],
)
def test_a_graph_is_taken_in_the_formats_of_graphs(
    client: FlaskClient, writer: Recorder, content_type: str, read_as: str | None
) -> None:
    answer = client.put(at(graph="urn:g"), data=TRIPLE, content_type=content_type, headers=BEARER)
    assert answer.status_code == (415 if read_as is None else 204)
    assert [part.media_type for _, _, parts, _ in writer.done for part in parts] == ([read_as] if read_as else [])


def files(*sent: tuple[str, str, bytes]) -> dict[str, list[tuple[BytesIO, str, str]]]:
    return {"graph": [(BytesIO(content), name, content_type) for name, content_type, content in sent]}


def test_a_form_may_hold_several_files(client: FlaskClient, writer: Recorder) -> None:
    data = files(
        ("a.ttl", "text/turtle; charset=utf-8", b"1"),
        ("b.nt", "application/octet-stream", b"2"),
        ("c.RDF", "application/octet-stream", b"3"),
    )
    answer = client.post(at(graph="urn:g"), data=data, headers=BEARER)
    assert answer.status_code == 204
    expected = Part("text/turtle", b"1"), Part("application/n-triples", b"2"), Part("application/rdf+xml", b"3")
    assert writer.done == [("post", "urn:g", expected, "urn:g")]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ([("a.ttl", "text/turtle", b"1"), ("b.pdf", "application/pdf", b"2")], 415),
        ([("a.pdf", "application/octet-stream", b"1")], 415),
        ([("a.ttl", "text/turtle; charset=utf-16", b"1")], 415),
        ([("a.trig", "application/octet-stream", b"1")], 415),
        ([], 400),
    ],
)
def test_a_form_with_anything_else_is_refused_whole(
    client: FlaskClient, writer: Recorder, sent: list[tuple[str, str, bytes]], status: int
) -> None:
    data = files(*sent) if sent else {"field": "no file"}
    answer = client.post(at(graph="urn:g"), data=data, content_type="multipart/form-data; boundary=x", headers=BEARER)
    assert answer.status_code == status
    assert writer.done == []


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nobody_writes_without_the_token(
    client: FlaskClient, writer: Recorder, real: Path, engine: Engine, method: str
) -> None:
    for address in (at(graph="urn:g"), "/graphs?default", "/graphs"):
        for headers in ({}, {"Authorization": "Bearer no"}):
            answer = client.open(address, method=method, data=TRIPLE, content_type="text/turtle", headers=headers)
            assert answer.status_code == 401
            assert "Bearer" in answer.headers["WWW-Authenticate"]
    assert writer.done == []
    reading = client_of(Settings(real, real, token=TOKEN), engine, None)
    assert put(reading, at(graph="urn:g"), method).status_code == 403
    assert get(reading, at(graph=INFERRED_GRAPH)).status_code == 200


def test_a_change_can_be_bound_to_the_state_that_was_read(client: FlaskClient, writer: Recorder) -> None:
    tag = get(client, at(graph=PASSAGE)).headers["ETag"]
    other = get(client, at(graph=PASSAGE), Accept="application/rdf+xml").headers["ETag"]
    passed = [
        put(client, at(graph=PASSAGE), If_Match=tag),
        put(client, at(graph=PASSAGE), "POST", If_Match=f'"x", {other}'),
        put(client, at(graph=PASSAGE), "DELETE", If_Match="*"),
        put(client, at(graph="urn:new"), If_None_Match="*"),
        put(client, at(graph=PASSAGE), If_None_Match='"an older one"'),
    ]
    assert [answer.status_code for answer in passed] == [204, 204, 204, 201, 204]
    refused = [
        put(client, at(graph=PASSAGE), If_Match='"an older one"'),
        put(client, at(graph=PASSAGE), If_Match=f"W/{tag}"),
        put(client, at(graph="urn:new"), If_Match="*"),
        put(client, at(graph=PASSAGE), If_None_Match="*"),
        put(client, at(graph=PASSAGE), "DELETE", If_None_Match=tag),
        put(client, at(graph=PASSAGE), If_None_Match=f'"x", W/{tag}'),
        put(client, at(graph=PASSAGE), If_Match='""'),
        put(client, at(graph=PASSAGE), If_Match='"", W/""'),
    ]
    assert [answer.status_code for answer in refused] == [412] * 8
    assert len(writer.done) == 5


@pytest.mark.parametrize("name", ["If_Match", "If_None_Match"])
@pytest.mark.parametrize("value", ["", " ", ","])
def test_a_condition_that_names_no_state_is_no_condition_to_be_passed_over(
    client: FlaskClient, writer: Recorder, name: str, value: str
) -> None:
    for method in ("PUT", "POST", "DELETE"):
        answer = put(client, at(graph=PASSAGE), method, **{name: value})
        assert answer.status_code == 400
        assert name.replace("_", "-") in answer.text
    assert writer.done == []


def test_what_the_writer_raises_has_its_status(client: FlaskClient, writer: Recorder) -> None:
    for failure in (QuerySyntaxError("expected '.'", 3, 4), UsageError("line 3: a graph within a graph")):
        writer.failure = failure
        for answer in (put(client, at(graph="urn:g")), put(client, "/graphs", "POST", If_None_Match="*")):
            assert answer.status_code == 400
            assert "line 3" in answer.text


def test_other_methods_and_long_bodies_are_refused(client: FlaskClient, writer: Recorder) -> None:
    patched = put(client, at(graph="urn:g"), "PATCH")
    assert patched.status_code == 405
    assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= {name.strip() for name in patched.headers["Allow"].split(",")}
    long = b"#" * (MAX_BODY + 1)
    answer = client.put(at(graph="urn:g"), data=long, content_type="text/turtle", headers=BEARER)
    assert answer.status_code == 413
    assert writer.done == []


def test_a_page_of_another_site_may_read_and_with_a_token_write(client: FlaskClient) -> None:
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "PUT"}
    preflight = client.options(at(graph="urn:g"), headers=asked)
    assert preflight.status_code == 200
    assert "PUT" in preflight.headers["Access-Control-Allow-Methods"]
    assert {"Authorization", "Content-Type", "If-Match"} <= {
        name.strip() for name in preflight.headers["Access-Control-Allow-Headers"].split(",")
    }
    for answer in (preflight, get(client, at(graph=PASSAGE)), put(client, at(graph="urn:g"))):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "ETag" in get(client, at(graph=PASSAGE)).headers["Access-Control-Expose-Headers"]
