"""What is counted, logged and said of the server's health."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import TestResponse

from pages import BROWSER, client_of, serving
from powkg import archive
from powkg.engine import Engine
from powkg.errors import EngineBusyError, EngineCrashError, PowkgError, QueryTimeoutError, UsageError
from powkg.settings import Settings
from powkg.web import create_app
from powkg.web.logs import LONGEST_TEXT, Log
from powkg.web.observation import Note
from test_engine import ENDLESS, ENDLESS_ROWS

TOKEN = "a-token-of-more-than-sixteen"  # noqa: S105 - for these tests alone
SECRET = "SELECT (1 AS ?secret) {}"  # noqa: S105 - a query that no log may show

Sample = tuple[str, tuple[tuple[str, str], ...]]


@pytest.fixture
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder, timeout=0.5, size=1) as client:
        yield client


def get(client: FlaskClient, address: str, method: str = "GET", **given: str) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in given.items()}
    return client.open(address, method=method, headers=headers, buffered=True)


def ask(client: FlaskClient, query: str, **given: str) -> int:
    return get(client, "/sparql?" + urlencode({"query": query}), **given).status_code


def samples(client: FlaskClient) -> dict[Sample, float]:
    answer = get(client, "/metrics")
    assert answer.status_code == 200
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }


def sample(found: dict[Sample, float], name: str, **labels: str) -> float:
    return found.get((name, tuple(sorted(labels.items()))), 0)


def test_requests_are_counted_by_what_answered_and_what_became_of_them(client: FlaskClient) -> None:
    ask(client, "ASK {}")
    ask(client, "ASK {}")
    tag = get(client, "/sparql?query=ASK+%7B%7D").headers["ETag"]
    get(client, "/sparql?query=ASK+%7B%7D", If_None_Match=tag)
    ask(client, "ASK {")
    ask(client, ENDLESS)
    get(client, "/", Accept=BROWSER)
    get(client, "/nowhere")
    get(client, "/static/powkg.css")
    found = samples(client)
    counted = {
        tuple(value for _, value in labels): value
        for (name, labels), value in found.items()
        if name == "powkg_requests_total"
    }
    assert counted == {
        ("ok", "sparql", "200"): 3,
        ("unchanged", "sparql", "304"): 1,
        ("refused", "sparql", "400"): 1,
        ("timeout", "sparql", "504"): 1,
        ("ok", "landing", "200"): 1,
        ("refused", "none", "404"): 1,
        ("ok", "static", "200"): 1,
    }
    assert sample(found, "powkg_request_seconds_count", route="sparql") == 6
    assert sample(found, "powkg_request_seconds_bucket", route="sparql", le="0.25") <= 5  # the slow one is not
    assert sample(found, "powkg_request_seconds_bucket", route="sparql", le="+Inf") == 6
    assert sample(found, "powkg_sent_bytes_total", route="landing") > 5_000


def test_the_state_of_workers_queue_cache_and_data_is_told(client: FlaskClient) -> None:
    for _ in range(3):
        ask(client, "ASK { ?s ?p ?o }")
    found = samples(client)
    engine: Engine = client.application.extensions["powkg.engine"]
    assert sample(found, "powkg_workers", state="idle") == 1
    assert sample(found, "powkg_workers", state="busy") == 0
    assert sample(found, "powkg_queue_length") == 0
    assert sample(found, "powkg_cache_requests_total", result="hit") == 2
    assert sample(found, "powkg_cache_requests_total", result="miss") == 1
    assert sample(found, "powkg_cache_entries") == 1
    assert 0 < sample(found, "powkg_cache_bytes") < sample(found, "powkg_cache_limit_bytes") == 64 * 1024 * 1024
    assert sample(found, "powkg_dataset_info", version=engine.last_version()) == 1
    assert sample(found, "process_resident_memory_bytes") > 1_000_000
    with engine.open(ENDLESS_ROWS, {"select": "text/csv"}):
        assert sample(samples(client), "powkg_workers", state="busy") == 1


def test_kills_are_counted_by_reason(client: FlaskClient) -> None:
    engine: Engine = client.application.extensions["powkg.engine"]
    ask(client, ENDLESS)
    client.get("/sparql?" + urlencode({"query": ENDLESS_ROWS})).close()
    with engine.open(ENDLESS_ROWS, {"select": "text/csv"}, timeout=60) as stream:
        os.kill(next(iter(engine.pool._lent)).pid, signal.SIGKILL)
        with pytest.raises(EngineCrashError):
            list(stream)
    found = samples(client)
    kills = {reason: sample(found, "powkg_workers_ended_total", reason=reason) for reason in engine.pool.ended}
    assert {reason: count for reason, count in kills.items() if count} == {"deadline": 1, "left": 1, "crash": 1}
    assert kills["memory"] == 0
    assert sample(found, "powkg_requests_total", route="sparql", status="200", outcome="left") == 1


def test_no_label_takes_what_a_client_makes_up(client: FlaskClient) -> None:
    for number in range(20):
        get(client, f"/made-up-{number}?x={number}")
        get(client, "/sparql", f"MADEUP{number}")
        get(client, f"/picture/made-up-{number}.svg")
        ask(client, f"ASK {{}} # made-up-{number}", Accept=f"made-up/{number}")
    text = get(client, "/metrics").text
    assert "made" not in text.lower()
    assert len([line for line in text.splitlines() if line.startswith("powkg_requests_total")]) <= 6


# health


def test_liveness_asks_nothing_and_readiness_the_store(client: FlaskClient) -> None:
    engine: Engine = client.application.extensions["powkg.engine"]
    assert [get(client, f"/health/{kind}").status_code for kind in ("live", "ready")] == [200, 200]
    with engine.open(ENDLESS_ROWS, {"select": "text/csv"}):
        answers = [get(client, f"/health/{kind}") for kind in ("live", "ready")]
        assert [(answer.status_code, answer.json) for answer in answers] == [
            (200, {"status": "ok"}),
            (200, {"status": "busy"}),
        ]
    engine.close()
    answers = [get(client, f"/health/{kind}") for kind in ("live", "ready")]
    assert [(answer.status_code, answer.json) for answer in answers] == [
        (200, {"status": "ok"}),
        (503, {"status": "stopping"}),
    ]
    assert all(answer.headers["Cache-Control"] == "no-store" for answer in answers)


def test_a_store_that_cannot_be_opened_is_alive_and_not_ready(real: Path, tmp_path: Path) -> None:
    with serving(real, tmp_path / "none") as client:
        assert get(client, "/health/live").status_code == 200
        ready = get(client, "/health/ready")
        assert (ready.status_code, ready.json) == (
            503,
            {"status": "failed", "reason": "the store cannot be opened"},
        )


@pytest.mark.parametrize("union", [False, True])
def test_health_counts_what_stands_in_the_default_graph_of_ones_own_data_too(
    real: Path, tmp_path: Path, union: bool
) -> None:
    file = tmp_path / "data.trig"
    file.write_text("<urn:a> <urn:b> 1 , 2 . <urn:g> { <urn:a> <urn:b> 1 }", encoding="utf-8")
    archive.load([file], tmp_path / "store")
    with closing(Engine(tmp_path / "store", 60, 1, union=union)) as engine:
        client = client_of(Settings(real, tmp_path / "store", own=True, union=union), engine, None)
        assert get(client, "/health").get_json()["quads"] == 3


@pytest.mark.parametrize("error", [QueryTimeoutError("ended after 10 s"), EngineBusyError("too many wait")])
def test_a_store_that_cannot_be_counted_now_is_well_all_the_same(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: PowkgError
) -> None:
    engine: Engine = client.application.extensions["powkg.engine"]
    asked: list[str] = []

    def fail(text: str) -> None:
        asked.append(text)
        raise error

    with monkeypatch.context() as failing:
        failing.setattr(engine, "query", fail)
        for _ in range(2):
            answer = get(client, "/health")
            assert (answer.status_code, answer.get_json()["status"]) == (200, "ok")
            assert "quads" not in answer.get_json()
    counts_again = isinstance(error, EngineBusyError)  # what is too much to be counted stays so, until it changes
    assert len(asked) == (2 if counts_again else 1)
    assert ("quads" in get(client, "/health").get_json()) is counts_again


# the log


@pytest.fixture
def logged(real: Path, real_folder: Path, tmp_path: Path) -> Iterator[Callable[..., tuple[FlaskClient, Path]]]:
    """Makes an application that logs into a file, with further settings."""
    engines = []

    def make(**settings: object) -> tuple[FlaskClient, Path]:
        file = tmp_path / "access.log"
        engine = Engine(real_folder, 0.5, 1)
        engines.append(engine)
        known = replace(Settings(real, real_folder, log=str(file), token=TOKEN), **settings)  # type: ignore[arg-type]
        return create_app(known, engine).test_client(), file

    yield make
    for engine in engines:
        engine.close()


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_request_is_one_line(logged: Callable[..., tuple[FlaskClient, Path]]) -> None:
    client, file = logged()
    answer = client.get("/sparql?" + urlencode({"query": "ASK {}"}), headers={"Accept": "text/csv"}, buffered=True)
    (line,) = lines(file)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line.pop("time")))
    assert isinstance(line["ms"], float)
    del line["ms"]
    assert line == {
        "method": "GET",
        "path": "/sparql",
        "route": "sparql",
        "status": 200,
        "outcome": "ok",
        "bytes": len(answer.data),
        "query": Note("GET", "/", "", text="ASK {}").digest,
    }
    assert re.fullmatch("[0-9a-f]{16}", str(line["query"]))


def test_the_log_tells_neither_who_asked_nor_what(logged: Callable[..., tuple[FlaskClient, Path]]) -> None:
    client, file = logged()
    headers = {"Authorization": f"Bearer {TOKEN}", "Referer": "https://example.org/secret", "User-Agent": "Secret/1"}
    ask(client, SECRET)
    form = "application/x-www-form-urlencoded"
    for path, body in (("/sparql", {"query": SECRET}), ("/update", {"update": "INSERT DATA { <urn:secret> a 1 }"})):
        client.post(path, data=urlencode(body), content_type=form, headers=headers, buffered=True)
    get(client, "/?secret=1")
    text = file.read_text()
    assert len(text.splitlines()) == 4
    for private in ("secret", TOKEN, "127.0.0.1", "example.org"):
        assert private not in text.lower()


def test_addresses_of_clients_are_logged_where_that_is_asked_for(
    logged: Callable[..., tuple[FlaskClient, Path]],
) -> None:
    client, file = logged(log_clients=True)
    get(client, "/health/live")
    assert lines(file)[0]["client"] == "127.0.0.1"


def test_a_slow_query_is_logged_with_the_beginning_of_its_text(real: Path, tmp_path: Path) -> None:
    file = tmp_path / "slow.log"
    log = Log(Settings(real, tmp_path, log=str(file), slow_query=0.2))
    text = "ASK {} # " + "x" * 10_000
    log.observe(Note("GET", "/sparql", "", text=text, status=200, seconds=0.2))
    log.observe(Note("GET", "/sparql", "", text=text, status=200, seconds=0.21))
    log.observe(Note("GET", "/", "", status=200, seconds=3))
    quick, second, slow, page = lines(file)
    assert [line["ms"] for line in (quick, second, page)] == [200, 210, 3000]
    assert (slow["slow"], slow["query"]) == (210, second["query"])
    assert slow["text"] == text[:LONGEST_TEXT]


def test_slow_queries_alone_go_to_standard_error(
    logged: Callable[..., tuple[FlaskClient, Path]], capsys: pytest.CaptureFixture[str]
) -> None:
    client, file = logged(log=None, slow_query=0.3)
    get(client, "/")
    ask(client, ENDLESS)
    noted = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["text"] for line in noted] == [ENDLESS]
    assert not file.exists()


def test_an_answer_that_is_cut_or_left_is_told_from_a_whole_one(
    logged: Callable[..., tuple[FlaskClient, Path]],
) -> None:
    client, file = logged()
    address = "/sparql?" + urlencode({"query": ENDLESS_ROWS})
    client.get(address).close()
    with closing(client.get(address)) as answer, pytest.raises(BrokenPipeError):
        list(answer.iter_encoded())
    assert [(line["status"], line["outcome"]) for line in lines(file)] == [(200, "left"), (200, "broken")]


def test_without_a_setting_nothing_is_logged(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    ask(client, "ASK {}")
    assert capsys.readouterr() == ("", "")


def test_a_log_that_was_moved_away_is_opened_anew(logged: Callable[..., tuple[FlaskClient, Path]]) -> None:
    client, file = logged()
    get(client, "/health/live")
    file.rename(file.with_suffix(".old"))
    get(client, "/health/ready")
    assert [line["path"] for line in lines(file)] == ["/health/ready"]


def test_a_log_that_cannot_be_written_is_told(real: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"POWKG_LOG is .*No such file"):
        Log(Settings(real, tmp_path, log=str(tmp_path / "none" / "access.log")))
