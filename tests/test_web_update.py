"""/update over HTTP: who may, what is passed to the writer, and how its errors are answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pages import TOKEN, serving
from powkg import guard
from powkg.errors import (
    EngineBusyError,
    EngineCrashError,
    GraphConflictError,
    NotSupportedError,
    PowkgError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
)
from powkg.updates import Writer
from powkg.web import MAX_BODY

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-update"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
INSERT = "INSERT DATA { <urn:a> <urn:b> 'é' }"


class Recorder(Writer):
    """Keeps the updates that it is given with their bases, or fails as it is told."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str | None]] = []
        self.failure: PowkgError | None = None

    def update(self, text: str, *, base: str | None = None) -> str:
        if self.failure:
            raise self.failure
        self.done.append((text, base))
        return "1"


@pytest.fixture
def writer() -> Recorder:
    return Recorder()


@pytest.fixture
def client(real: Path, tmp_path: Path, writer: Recorder) -> Iterator[FlaskClient]:
    with serving(real, tmp_path, writer=writer) as client:
        client.application.extensions["test.writer"] = writer
        yield client


def send(client: FlaskClient, text: str | bytes, query: str = "", **headers: str) -> TestResponse:
    return client.post(f"/update{query}", data=text, content_type=DIRECT, headers=BEARER | headers)


def test_an_update_is_sent_in_a_form_or_as_it_is(client: FlaskClient, writer: Recorder) -> None:
    answers = [
        send(client, INSERT),
        client.post("/update", data=INSERT.encode(), content_type=f"{DIRECT}; charset=UTF-8", headers=BEARER),
        client.post("/update", data=urlencode({"update": INSERT}), content_type=FORM, headers=BEARER),
        client.post("/update?unknown=1", data=urlencode({"update": INSERT}), content_type=FORM, headers=BEARER),
    ]
    assert [(answer.status_code, answer.data) for answer in answers] == [(204, b"")] * 4
    assert writer.done == [(INSERT, "http://localhost/update")] * 4


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {TOKEN}x",
        f"Bearer {TOKEN[:-1]}",
        f"Bearer x {TOKEN}",
        f"Basic {TOKEN}",
        TOKEN,
        "Bearer \u00e9\u00ff",
    ],
)
def test_without_the_token_nothing_is_written(client: FlaskClient, writer: Recorder, given: str | None) -> None:
    headers = {} if given is None else {"Authorization": given}
    for query in ("", f"?access_token={TOKEN}", f"?token={TOKEN}"):
        answer = client.post(f"/update{query}", data=INSERT, content_type=DIRECT, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="powkg"')
        assert ("invalid_token" in answer.headers["WWW-Authenticate"]) == (given or "").startswith("Bearer")
        assert TOKEN not in answer.text
    body = urlencode({"update": INSERT, "access_token": TOKEN})
    assert client.post("/update", data=body, content_type=FORM, headers=headers).status_code == 401
    assert writer.done == []


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_may_be_written_in_any_case(client: FlaskClient, writer: Recorder, scheme: str) -> None:
    assert send(client, INSERT, Authorization=f"{scheme} {TOKEN}").status_code == 204
    assert len(writer.done) == 1


def test_a_server_that_only_reads_forbids_it_whatever_is_sent(real: Path, tmp_path: Path) -> None:
    with serving(real, tmp_path) as client:
        for headers in (BEARER, {}):
            answer = client.post("/update", data=INSERT, content_type=DIRECT, headers=headers)
            assert answer.status_code == 403
            assert "only reads" in answer.text


@pytest.mark.parametrize(
    ("body", "content_type", "parameters", "status"),
    [
        (b"CLEAR ALL", "text/plain", "", 415),
        (b"CLEAR ALL", None, "", 415),
        (b"CLEAR ALL", "application/sparql-query", "", 415),
        (b"CLEAR ALL", f"{DIRECT}; charset=utf-16", "", 415),
        (b"update=CLEAR+ALL", "multipart/form-data", "", 415),
        (b"CLEAR ALL #\xff", DIRECT, "", 400),
        (b"update=CLEAR+ALL%FF", FORM, "", 400),
        (b"", FORM, "", 400),
        (b"update=CLEAR+ALL&update=CLEAR+ALL", FORM, "", 400),
        (b"update=CLEAR+ALL&query=ASK%7B%7D", FORM, "", 400),
        (b"update=CLEAR+ALL", FORM, "?update=CLEAR+ALL", 400),
        (b"", DIRECT, "?update=CLEAR+ALL", 400),
        (b"CLEAR ALL", DIRECT, "?using-graph-uri=relative", 400),
        (b"CLEAR ALL", DIRECT, "?using-named-graph-uri=" + "urn:a%3E%20CLEAR", 400),
        (b"CLEAR ALL", DIRECT, "?default-graph-uri=urn:a", 400),
        (b"CLEAR ALL", DIRECT, "?named-graph-uri=urn:a", 400),
        (b"CLEAR ALL", DIRECT, "?%FF=1", 400),
        (b"WITH <urn:g> INSERT {} WHERE {}", DIRECT, "?using-graph-uri=urn:a", 400),
        (b"INSERT {} USING <urn:g> WHERE {}", DIRECT, "?using-named-graph-uri=urn:a", 400),
        (b"INSERT {} USING NAMED <urn:g> WHERE {}", DIRECT, "?using-graph-uri=urn:a", 400),
        (b"CLEAR ALL" + b"#" * guard.MAX_LENGTH, DIRECT, "", 413),
        (b"#" * (MAX_BODY + 1), DIRECT, "", 413),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(
    client: FlaskClient, body: bytes, content_type: str | None, parameters: str, status: int
) -> None:
    answer = client.post(f"/update{parameters}", data=body, content_type=content_type, headers=BEARER)
    assert answer.status_code == status
    assert len(answer.text) > 10
    assert client.application.extensions["test.writer"].done == []


def test_a_compressed_body_is_not_taken(client: FlaskClient, writer: Recorder) -> None:
    assert send(client, b"\x1f\x8b", **{"Content-Encoding": "gzip"}).status_code == 415
    assert send(client, INSERT, **{"Content-Encoding": "identity"}).status_code == 204
    assert len(writer.done) == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_an_update_is_only_ever_posted(client: FlaskClient, writer: Recorder, method: str) -> None:
    answer = client.open("/update?update=CLEAR+ALL", method=method, headers=BEARER)
    assert answer.status_code == 405
    assert {name.strip() for name in answer.headers["Allow"].split(",")} == {"POST", "OPTIONS"}
    assert writer.done == []


def test_the_graphs_of_the_request_become_those_of_the_update(client: FlaskClient, writer: Recorder) -> None:
    update = "DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }"
    graphs = urlencode({"using-graph-uri": ["urn:a", "urn:b"], "using-named-graph-uri": "urn:c"}, doseq=True)
    expected = "DELETE { ?s ?p 1 } USING <urn:a> USING <urn:b> USING NAMED <urn:c> WHERE { ?s ?p 1 }"
    assert send(client, update, "?" + graphs).status_code == 204
    form = urlencode({"update": update}) + "&" + graphs
    assert client.post("/update", data=form, content_type=FORM, headers=BEARER).status_code == 204
    assert [text for text, _ in writer.done] == [expected, expected]


def test_an_update_that_its_graphs_make_too_long_is_refused(client: FlaskClient, writer: Recorder) -> None:
    graphs = urlencode({"using-graph-uri": [f"urn:g:{number}" for number in range(900)]}, doseq=True)
    form = urlencode({"update": "DELETE WHERE{};" * 1000}) + "&" + graphs
    answer = client.post("/update", data=form, content_type=FORM, headers=BEARER)
    assert answer.status_code == 400
    assert "using-graph-uri" in answer.text
    assert writer.done == []


def test_a_load_that_may_fail_is_nothing_to_do(client: FlaskClient, writer: Recorder) -> None:
    assert send(client, "CLEAR ALL; LOAD SILENT <http://127.0.0.1:9/>").status_code == 204
    assert [text for text, _ in writer.done] == ["CLEAR ALL; INSERT DATA {}"]


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (QuerySyntaxError("expected WHERE", 2, 7), 400),
        (QueryRefusedError("LOAD is not answered"), 400),
        (GraphConflictError("nothing was changed: there is such a graph"), 409),
        (NotSupportedError("there is no such function"), 422),
        (QueryTimeoutError("the update was ended after 10 s"), 504),
        (EngineBusyError("too many wait"), 503),
        (EngineCrashError("the update ended the process that ran it"), 500),
        (StoreError("/srv/store: no space left"), 503),
    ],
)
def test_what_the_writer_raises_has_its_status(
    client: FlaskClient, writer: Recorder, failure: PowkgError, status: int
) -> None:
    writer.failure = failure
    answer = send(client, INSERT, Accept="application/problem+json")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert "/srv" not in answer.text
    if isinstance(failure, QuerySyntaxError):
        assert (answer.get_json(force=True)["line"], answer.get_json(force=True)["column"]) == (2, 7)


def test_a_page_of_another_site_may_only_write_with_the_token_that_it_has(client: FlaskClient) -> None:
    asked = {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/update", headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    for answer in (preflight, send(client, INSERT), send(client, INSERT, Authorization="")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_the_token_is_in_no_log(client: FlaskClient, writer: Recorder, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    writer.failure = StoreError("broken")
    send(client, INSERT)
    send(client, INSERT, Authorization=f"Bearer {TOKEN}x")
    assert "broken" in caplog.text
    assert TOKEN not in caplog.text
