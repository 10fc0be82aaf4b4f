"""The HTTP server as its clients and its proxy see it: whom it believes, and how it stops."""

from __future__ import annotations

import http.client
import json
import select
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from powkg.engine import default_size
from powkg.web.server import GRACE, TOLD
from test_cli_serve import NAME, WAIT, Served, children_of, raw_request, read, serving
from test_engine import ENDLESS, ENDLESS_ROWS, is_alive, wait_for_end

SIZE = default_size()


@pytest.fixture(scope="module")
def served(real_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    log = tmp_path_factory.mktemp("log") / "access.log"
    with serving(real_folder, POWKG_LOG=str(log), POWKG_LOG_CLIENTS="1", POWKG_SLOW_QUERY="1000") as served:
        yield served, log


def exchange(served: Served, head: str) -> bytes:
    """What the server sends for a request, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=WAIT) as connection:
        connection.sendall(head.encode())
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Proto: https", "X-Forwarded-Protocol: ssl", "X-Forwarded-Ssl: on", "SCRIPT_NAME: /evil"]
)
def test_no_header_is_believed_though_it_comes_from_this_machine(served: tuple[Served, Path], header: str) -> None:
    query = urlencode({"query": "SELECT ?x { VALUES ?x { <#it> } }"})
    headers = ["Host: example.org", "Accept: text/csv", "Connection: close", header]
    sent = exchange(served[0], "\r\n".join([f"GET /sparql?{query} HTTP/1.1", *headers, "", ""]))
    assert sent.startswith(b"HTTP/1.1 200 ")
    assert b"http://example.org/sparql#it" in sent


def test_coded_streams_and_304_go_over_the_wire(served: tuple[Served, Path]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served[0].port, timeout=WAIT)
    query = "SELECT ?a ?p ?b { { SELECT * { ?a ?p ?b } LIMIT 2000 } ?c a ?d } LIMIT 20000"
    address = "/sparql?" + urlencode({"query": query})
    connection.request("GET", address, headers={"Accept": "text/csv", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Content-Encoding")) == (200, "gzip")
    assert len(answer.read()) > 1000
    tag = str(answer.getheader("ETag"))
    connection.request("GET", address, headers={"Accept": "text/csv", "If-None-Match": tag})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (304, b"")
    connection.request("HEAD", address, headers={"Accept": "text/csv"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("ETag"), answer.read()) == (200, tag, b"")
    connection.close()


def test_a_client_that_sends_no_more_gets_its_answer(served: tuple[Served, Path]) -> None:
    with raw_request(served[0], f"{NAME} # half") as connection:
        connection.shutdown(socket.SHUT_WR)
        assert b"".join(everything(connection)).startswith(b"HTTP/1.1 200 ")


def test_a_client_that_leaves_is_logged_as_one(served: tuple[Served, Path]) -> None:
    server, log = served
    with raw_request(server, ENDLESS_ROWS) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
    deadline = time.monotonic() + WAIT
    while "left" not in (outcomes := [json.loads(line)["outcome"] for line in log.read_text().splitlines()]):
        assert time.monotonic() < deadline, outcomes
        time.sleep(0.05)


def is_answered(served: Served) -> bool:
    """Whether a request on a new connection is. Raises ConnectionError where there is none to be had."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=WAIT) as connection:
        connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n")
        return connection.recv(1000).startswith(b"HTTP/1.1 200 ")


def test_those_whose_queries_run_when_it_stops_are_told(real_folder: Path) -> None:
    """A query that has not answered gets 503; an answer under way is cut, and seen to be.

    Who comes in the meantime is answered or refused, and not left in the queue of connections.
    """
    with serving(real_folder, POWKG_QUERY_TIMEOUT="60") as served:
        assert served.ask(NAME)
        with raw_request(served, ENDLESS) as waiting, raw_request(served, ENDLESS_ROWS) as streaming:
            begun = streaming.recv(1000)
            assert begun.startswith(b"HTTP/1.1 200 ")
            time.sleep(0.5)
            served.process.send_signal(signal.SIGTERM)
            rest: list[bytes] = []
            reading = threading.Thread(target=lambda: rest.extend(everything(streaming)))
            reading.start()
            with pytest.raises(ConnectionError):
                list(iter(lambda: is_answered(served), False))
            assert select.select([waiting], [], [], 0) == ([], [], [])
            told = b"".join(everything(waiting))
            reading.join(WAIT)
        assert told.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: " in told
        assert b"being stopped" in told
        assert not b"".join(rest).endswith(b"0\r\n\r\n")
        out, err = served.process.communicate(timeout=WAIT)
        assert (served.process.returncode, out) == (0, "")
        assert "Traceback" not in err


def test_sighup_ends_no_query_that_runs(real_folder: Path) -> None:
    """The old process answers what it has begun, however long that takes; the new one has all that comes."""
    with serving(real_folder, POWKG_QUERY_TIMEOUT=f"{TOLD + 4}") as served, raw_request(served, ENDLESS) as running:
        while json.loads(read(served, "/health"))["workers"]["idle"] == SIZE:
            time.sleep(0.05)
        (old,) = children_of(served.process.pid)
        served.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + WAIT
        while json.loads(read(served, "/health"))["workers"]["idle"] < SIZE:  # the new one has nothing to do
            assert time.monotonic() < deadline
            time.sleep(0.05)
        told = running.recv(1000)
        assert told.startswith(b"HTTP/1.1 504 ")
        assert f"after {TOLD + 4} s".encode() in told + running.recv(1000)
        wait_for_end(old)
        assert served.ask(NAME)


def test_sigterm_ends_an_old_process_that_sighup_has_left_too(real_folder: Path) -> None:
    with serving(real_folder, POWKG_QUERY_TIMEOUT="600") as served, raw_request(served, ENDLESS) as running:
        while json.loads(read(served, "/health"))["workers"]["idle"] == SIZE:
            time.sleep(0.05)
        (old,) = children_of(served.process.pid)
        served.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + WAIT
        while json.loads(read(served, "/health"))["workers"]["idle"] < SIZE:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert is_alive(old)
        served.process.send_signal(signal.SIGTERM)
        assert b"".join(everything(running)).startswith(b"HTTP/1.1 503 ")
        out, err = served.process.communicate(timeout=WAIT)
        assert (served.process.returncode, out) == (0, "")
        assert "Traceback" not in err
        wait_for_end(old)


def everything(connection: socket.socket) -> Iterator[bytes]:
    while True:
        try:
            received = connection.recv(65_536)
        except ConnectionError:
            return
        if not received:
            return
        yield received[-100:] if len(received) > 10_000 else received


def test_they_are_told_before_the_time_is_up() -> None:
    assert 0 < TOLD < GRACE
