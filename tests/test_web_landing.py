"""The start page, its pictures and the health of the server."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from pages import BROWSER, Page, check, serving
from powkg import drawing, queries
from powkg.build import build
from powkg.checks.material import Material
from powkg.dataset import Dataset
from powkg.engine import Engine
from powkg.store import Store
from powkg.topics import TOPICS, by_topic
from powkg.web import landing, pictures
from test_engine import ENDLESS_ROWS


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> Page:
    answer = client.get("/", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    return Page(answer.text)


def test_the_page_can_be_read_by_everybody(page: Page) -> None:
    check(page)
    assert {"ja", "ru"} <= {attributes.get("lang") for _, attributes in page.elements}


def test_the_figures_for_the_dead_stand_side_by_side(page: Page) -> None:
    text = page.text
    assert "46,000 Government of the Russian Federation list of names Dawsey, paragraph 10, sentence 6" in text
    assert "about 100,000 Yoshikuni Igarashi estimate Dawsey, paragraph 10, sentence 7" in text
    assert "60,000–347,000 Contributors to Wikipedia estimate WikiMili, Japanese prisoners of war" in text


def test_only_what_is_stated_is_counted(page: Page, real_dataset: Dataset) -> None:
    stated = Material(real_dataset)
    for name, words in landing.WORDS.items():
        assert f"{words} {len(stated.instances(name)):,}" in page.text


def test_the_counts_are_those_of_the_store(page: Page, real_store: Store) -> None:
    ((persons,),) = real_store.query(
        """PREFIX pow: <https://w3id.org/powkg/ontology#>
        SELECT (COUNT(DISTINCT ?person) AS ?count) { ?person a pow:Person }"""
    )
    ((passages,),) = real_store.query(
        """PREFIX pow: <https://w3id.org/powkg/ontology#>
        SELECT (COUNT(DISTINCT ?passage) AS ?count) { ?passage a pow:Passage }"""
    )
    assert f"persons {persons}" in page.text
    assert f"passages {passages}" in page.text
    for words in landing.WORDS.values():
        assert re.search(rf"\b{words} [\d,]+", page.text), words


def test_every_question_is_there_and_runs(page: Page, client: FlaskClient, real: Path) -> None:
    questions = queries.load(real / "queries" / "questions")
    links = [link["href"] for link in page.all("a") if link["href"].startswith("/sparql?")]
    assert len(questions) > 10
    assert len(links) == len(questions) + 1
    for question in questions:
        assert question.title in page.text
    for link in links:
        answer = client.get(link, headers={"Accept": BROWSER})
        assert answer.status_code == 200
        assert Page(answer.text).cells() > 0


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_the_questions_stand_by_topic(client: FlaskClient, real: Path, path: str) -> None:
    page = Page(client.get(path, headers={"Accept": BROWSER}).text)
    check(page)
    groups = by_topic(queries.load(real / "queries" / "questions"))
    assert list(groups) == list(TOPICS.values())
    titles = [sorted(question.title for question in group) for group in groups.values()]
    shown = (f"{name} {len(group)} questions {' '.join(group)}" for name, group in zip(groups, titles, strict=True))
    assert " ".join(shown) in page.text
    opened = ["open" in topic for topic in page.all("details")]
    assert len(opened) == len(groups)
    assert opened[0]
    assert opened == sorted(opened, reverse=True)
    assert not all(opened)


def test_the_picture_is_there(page: Page, client: FlaskClient) -> None:
    (image,) = page.all("img")
    answer = client.get(image["src"])
    assert (answer.status_code, answer.content_type) == (200, "image/svg+xml")
    assert ET.fromstring(answer.data).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 - our own
    assert "script" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["nobody", "%3Cscript%3E", "..%2Fid", "japan%22%20%7D"])
def test_a_picture_of_nobody_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/picture/{name}.svg").status_code == 404


@pytest.mark.parametrize("alias", ["%20japan", "japan%0a", "id:japan", "%20id:japan%20"])
def test_a_picture_has_one_address(client: FlaskClient, alias: str) -> None:
    answer = client.get(f"/picture/{alias}.svg")
    assert (answer.status_code, answer.location) == (308, "/picture/japan.svg")


def test_a_picture_that_was_drawn_and_the_start_page_need_no_worker(real: Path, real_folder: Path) -> None:
    with serving(real, real_folder, size=1) as client:
        paths = ("/picture/japan.svg", "/")
        before = [client.get(path).data for path in paths]
        engine: Engine = client.application.extensions["powkg.engine"]
        with engine.open(ENDLESS_ROWS, {"select": "text/csv"}):
            assert [client.get(path).data for path in paths] == before
            assert client.get("/picture/harbin.svg").status_code == 503


def test_the_start_page_shows_a_new_build(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root, folder = make_data(), tmp_path / "built"
    build(root, folder)
    with serving(root, folder, size=1) as client:
        before = Page(client.get("/").text).text
        with (root / "graph" / "dawsey.trig").open("a", encoding="utf-8") as file:
            file.write("dawsey:p03s1 { id:nobody a pow:Person . }\n")
        build(root, folder)
        assert Page(client.get("/").text).text == before
        (worker,) = client.application.extensions["powkg.engine"].pool._idle
        worker.kill()
        client.get("/health")
        after = Page(client.get("/").text).text
    assert "persons 1 " in before
    assert "persons 2 " in after


def test_more_pictures_than_are_drawn_at_once_are_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    statuses: list[int] = []

    def nested(_engine: Engine, entity: str, _version: str) -> bytes:
        statuses.append(client.get(f"/picture/harbin-{len(statuses)}-{entity[-3:]}.svg").status_code)
        return b"<svg/>"

    monkeypatch.setattr(drawing, "picture", nested)
    assert client.get("/picture/outermost.svg").status_code == 200
    assert statuses == [503, *[200] * (pictures.AT_ONCE - 1)]
    assert client.get("/picture/afterwards.svg").status_code == 200


@pytest.mark.parametrize("path", ["/", "/sparql", "/health", "/picture/japan.svg", "/static/powkg.css", "/nowhere"])
def test_every_answer_says_what_a_browser_must_not_do(client: FlaskClient, path: str) -> None:
    with client.get(path, headers={"Accept": BROWSER}) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe-inline" not in policy or path.startswith("/picture/")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_a_missing_page_is_a_page_in_a_browser(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept": BROWSER})
    assert answer.status_code == 404
    check(Page(answer.text))


def test_health_says_what_is_served(client: FlaskClient, real_store: Store) -> None:
    content = client.get("/health").json
    assert content is not None
    stated = "GRAPH ?g { ?s ?p ?o } FILTER(?g != <https://w3id.org/powkg/graph/inferred>)"
    ((quads,),) = real_store.query(f"SELECT (COUNT(*) AS ?count) {{ {stated} }}")
    assert content["status"] == "ok"
    assert content["dataset"] == real_store.version
    assert content["quads"] == int(str(quads))
    assert content["workers"] == {"size": 2, "idle": 2}
    assert content["version"]


def test_the_page_health_and_the_build_count_the_same_statements(
    page: Page, client: FlaskClient, real: Path, real_folder: Path
) -> None:
    built = build(real, real_folder).counts.quads
    assert client.get("/health").get_json()["quads"] == built
    assert f"statements {built:,} " in page.text


def test_health_fails_where_there_is_no_store(real: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with serving(real, tmp_path / "gone") as client:
        answer = client.get("/health")
        assert answer.status_code == 503
        assert answer.json is not None
        assert (answer.json["status"], answer.json["reason"]) == ("failed", "the store cannot be opened")
        assert str(tmp_path / "gone") in caplog.text
        assert client.get("/", headers={"Accept": BROWSER}).status_code == 503


def test_health_fails_where_the_store_goes_while_it_serves(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root, folder = make_data(), tmp_path / "built"
    build(root, folder)
    with serving(root, folder, size=1) as client:
        assert client.get("/health").status_code == 200
        (worker,) = client.application.extensions["powkg.engine"].pool._idle
        shutil.rmtree(folder)
        worker.kill()
        answer = client.get("/health")
        assert (answer.status_code, answer.json and answer.json["status"]) == (503, "failed")


def test_health_waits_for_nobody(real: Path, real_folder: Path) -> None:
    with serving(real, real_folder, size=1) as client:
        engine: Engine = client.application.extensions["powkg.engine"]
        with engine.open(ENDLESS_ROWS, {"select": "text/csv"}):
            answer = client.get("/health")
    assert (answer.status_code, answer.json and answer.json["status"]) == (200, "busy")


def test_the_page_stands_without_the_entities_it_speaks_of(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root, folder = make_data(), tmp_path / "built"
    build(root, folder)
    with serving(root, folder) as client:
        answer = client.get("/", headers={"Accept": BROWSER})
    assert answer.status_code == 200
    page = Page(answer.text)
    check(page)
    assert not page.all("table")
    assert not page.all("img")
