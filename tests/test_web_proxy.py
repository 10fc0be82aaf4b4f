"""Behind a proxy: whose word is taken for where a request comes from, and links that hold below a prefix."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from pages import BROWSER
from powkg.engine import Engine
from powkg.settings import Settings
from powkg.web import create_app

FORWARDED = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "archive.example",
    "X-Forwarded-Prefix": "/powkg",
}
RELATIVE = "SELECT ?x { VALUES ?x { <#it> } }"


class Addresses(HTMLParser):
    """Every address that a page leads to, loads or sends to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src", "action") and value]


@pytest.fixture(scope="module")
def engine(real_folder: Path) -> Iterator[Engine]:
    engine = Engine(real_folder, 60, 2)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def make(real: Path, real_folder: Path, engine: Engine) -> Callable[..., FlaskClient]:
    def make(**settings: object) -> FlaskClient:
        known = replace(Settings(real, real_folder), **settings)  # type: ignore[arg-type]
        return create_app(known, engine).test_client()

    return make


@pytest.fixture(scope="module")
def behind(make: Callable[..., FlaskClient]) -> FlaskClient:
    """A client of an application that stands behind one proxy."""
    return make(proxies=1)


def asked(client: FlaskClient, query: str, **headers: str) -> str:
    sent = {"Accept": "text/csv", **FORWARDED, **headers}
    return client.get("/sparql?" + urlencode({"query": query}), headers=sent, buffered=True).text


def test_nobody_is_believed_unless_told_so(make: Callable[..., FlaskClient], tmp_path: Path) -> None:
    client = make(log=str(tmp_path / "log"), log_clients=True)
    assert "http://localhost/sparql#it" in asked(client, RELATIVE)
    page = client.get("/", headers=FORWARDED, buffered=True).text
    assert "archive.example" not in page
    assert '"/powkg/' not in page
    assert "192.0.2.7" not in (tmp_path / "log").read_text()


def test_a_proxy_says_where_a_request_comes_from(make: Callable[..., FlaskClient], tmp_path: Path) -> None:
    client = make(proxies=1, log=str(tmp_path / "log"), log_clients=True)
    assert "https://archive.example/powkg/sparql#it" in asked(client, RELATIVE)
    assert '"client": "192.0.2.7"' in (tmp_path / "log").read_text()
    assert '"path": "/sparql"' in (tmp_path / "log").read_text()


def test_only_what_the_proxies_themselves_say_counts(make: Callable[..., FlaskClient], tmp_path: Path) -> None:
    client = make(proxies=1, log=str(tmp_path / "log"), log_clients=True)
    lied = {"X-Forwarded-For": "203.0.113.1, 192.0.2.7", "X-Forwarded-Host": "evil.example, archive.example"}
    assert "https://archive.example/powkg/sparql#it" in asked(client, RELATIVE, **lied)
    assert '"client": "192.0.2.7"' in (tmp_path / "log").read_text()


def test_the_description_and_redirects_name_the_public_address(behind: FlaskClient) -> None:
    headers = {**FORWARDED, "Accept": "text/turtle"}
    described = behind.get("/sparql", headers=headers, buffered=True)
    assert "<https://archive.example/powkg/sparql>" in described.text
    assert "localhost" not in described.text
    for address in ("/question/commander", "/terms", "/picture/id:japan.svg"):
        answer = behind.get(address, headers={**FORWARDED, "Accept": BROWSER}, buffered=True)
        if answer.status_code // 100 == 3:
            assert urlsplit(answer.headers["Location"]).path.startswith("/powkg/")
    posted = behind.post(
        "/sparql",
        data=urlencode({"query": "ASK {}"}),
        content_type="application/x-www-form-urlencoded",
        headers={**FORWARDED, "Accept": BROWSER},
    )
    assert posted.status_code == 303
    assert posted.headers["Location"].startswith("/powkg/sparql?")


@pytest.mark.parametrize("address", ["/", "/sparql", "/sparql?query=ASK+%7B%7D", "/ontology", "/nowhere"])
def test_every_link_of_a_page_holds_below_a_prefix(behind: FlaskClient, address: str) -> None:
    page = behind.get(address, headers={**FORWARDED, "Accept": BROWSER}, buffered=True)
    local = [found for found in Addresses(page.text).found if found.startswith("/")]
    assert len(local) >= 5
    assert [found for found in local if not found.startswith("/powkg/")] == []
    for found in {urlsplit(found).path for found in local if "question" not in found and "picture" not in found}:
        there = behind.get(found.removeprefix("/powkg"), headers={"Accept": BROWSER}, buffered=True)
        assert there.status_code < 400, found


def test_pages_that_are_kept_are_kept_for_each_prefix(behind: FlaskClient) -> None:
    headers = {"Accept": BROWSER}
    first = behind.get("/ontology", headers={**headers, **FORWARDED}, buffered=True)
    plain = behind.get("/ontology", headers=headers, buffered=True)
    assert "/powkg/static/powkg.css" in first.text
    assert "/powkg/static/powkg.css" not in plain.text
    assert first.headers["ETag"] != plain.headers["ETag"]


def test_answers_that_are_kept_are_kept_for_each_address(behind: FlaskClient) -> None:
    other = {**FORWARDED, "X-Forwarded-Host": "other.example", "Accept": "text/csv"}
    assert "archive.example" in asked(behind, RELATIVE)
    answer = behind.get("/sparql?" + urlencode({"query": RELATIVE}), headers=other, buffered=True)
    assert "https://other.example/powkg/sparql#it" in answer.text


def test_an_application_may_be_mounted_below_a_prefix(make: Callable[..., FlaskClient]) -> None:
    client = make()
    page = client.get("/", environ_overrides={"SCRIPT_NAME": "/mounted"}, headers={"Accept": BROWSER}, buffered=True)
    local = [found for found in Addresses(page.text).found if found.startswith("/")]
    assert local
    assert all(found.startswith("/mounted/") for found in local)


def test_security_headers_stand_on_everything(behind: FlaskClient) -> None:
    for address in ("/", "/sparql?query=ASK+%7B", "/nowhere", "/metrics", "/health/live", "/static/powkg.css"):
        answer = behind.get(address, headers=FORWARDED, buffered=True)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] == "same-origin"


def test_too_long_a_body_is_refused_before_it_is_read(behind: FlaskClient) -> None:
    sent = behind.post(
        "/sparql", content_type="application/sparql-query", content_length=10**12, headers=FORWARDED, buffered=True
    )
    assert sent.status_code == 413
