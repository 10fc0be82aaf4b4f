"""`powkg serve` itself: a real process, asked over HTTP, and stopped."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from powkg.build import build
from powkg.web.server import address, listen
from test_engine import BOMB, CRASH, ENDLESS, ENDLESS_ROWS, is_alive, wait_for_end

NAME = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?name { <https://w3id.org/powkg/id/japan> rdfs:label ?name FILTER(LANG(?name) = "en") }"""
WAIT = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its process and its address."""

    process: subprocess.Popen[str]
    url: str

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def ask(self, query: str, accept: str = "text/csv") -> str:
        request = Request(f"{self.url}/sparql?" + urlencode({"query": query}), headers={"Accept": accept})  # noqa: S310
        with urlopen(request, timeout=WAIT) as answer:  # noqa: S310 - its own address
            return str(answer.read().decode())

    def status(self, query: str) -> tuple[int, str]:
        try:
            return 200, self.ask(query)
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def descendants(self) -> list[int]:
        """The processes that it has started, and theirs."""
        found, ahead = [], [self.process.pid]
        while ahead:
            children = children_of(ahead.pop())
            found += children
            ahead += children
        return found


def children_of(pid: int) -> list[int]:
    return [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]


@contextmanager
def serving(folder: Path | None, *arguments: str, **environment: str) -> Iterator[Served]:
    store = ["--store", str(folder)] if folder else []
    command = [sys.executable, "-m", "powkg", "serve", "--port", "0", *store, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline(), process.stdout.readline()]
            match = re.search(r"powkg is at (\S+) \(SPARQL: (\S+)\)", lines[1])
            assert match is not None, lines
            assert match[2] == match[1] + "/sparql"
            yield Served(process, match[1])
        finally:
            process.kill()


@pytest.fixture(scope="module")
def served(real_folder: Path) -> Iterator[Served]:
    with serving(real_folder) as served:
        yield served


@pytest.fixture(scope="module")
def hasty(real_folder: Path) -> Iterator[Served]:
    """A server whose queries may run for a second."""
    with serving(real_folder, POWKG_QUERY_TIMEOUT="1") as served:
        yield served


def raw_request(served: Served, query: str) -> socket.socket:
    """A connection on which the query is sent and nothing read."""
    connection = socket.create_connection(("127.0.0.1", served.port), timeout=WAIT)
    target = "/sparql?" + urlencode({"query": query})
    connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n".encode())
    return connection


def test_plain_http_and_a_library_get_the_same_answer(served: Served) -> None:
    assert served.ask(NAME) == "name\r\nJapan\r\n"
    store = SPARQLStore(f"{served.url}/sparql")
    assert [list(map(str, row.values())) for row in store.query(NAME).bindings] == [["Japan"]]
    store = SPARQLStore(f"{served.url}/sparql", method="POST_FORM")
    assert [list(map(str, row.values())) for row in store.query(NAME).bindings] == [["Japan"]]


def test_the_pages_are_there(served: Served) -> None:
    for path, words in (("/", "46,000"), ("/sparql", "<textarea"), ("/health", '"status": "ok"')):
        request = Request(served.url + path, headers={"Accept": "text/html"})  # noqa: S310
        with urlopen(request, timeout=WAIT) as answer:  # noqa: S310
            assert words in answer.read().decode()


def test_a_long_query_goes_by_post_and_too_long_an_address_is_414(served: Served) -> None:
    query = "ASK {} #" + "x" * 100_000
    body = urlencode({"query": query}).encode()
    with urlopen(Request(f"{served.url}/sparql", data=body), timeout=WAIT) as answer:  # noqa: S310
        assert json.load(answer)["boolean"] is True
    assert served.status(query)[0] == 414


def test_a_large_answer_arrives_whole(served: Served) -> None:
    rows = served.ask("SELECT ?a ?p ?b { { SELECT * { ?a ?p ?b } LIMIT 5000 } ?c a ?d } LIMIT 200000").splitlines()
    assert len(rows) == 200_001


def test_errors_have_their_status(served: Served) -> None:
    status, text = served.status("SELECT *\n{ ?s ?p }")
    assert status == 400
    assert "line 2" in text
    with pytest.raises(HTTPError) as caught:
        urlopen(Request(f"{served.url}/sparql", data=urlencode({"query": BOMB}).encode()), timeout=WAIT)  # noqa: S310
    with caught.value as error:
        status, text = error.code, error.read().decode()
    assert status == 400
    assert "too complex" in text
    status, text = served.status(CRASH)
    assert status == 500
    assert "sorts values" in text
    assert served.ask(NAME) == "name\r\nJapan\r\n"


def test_a_slow_query_ends_and_others_are_answered_meanwhile(hasty: Served) -> None:
    with raw_request(hasty, ENDLESS) as slow:
        assert hasty.ask(NAME) == "name\r\nJapan\r\n"
        assert slow.recv(65_536).startswith(b"HTTP/1.1 504 ")


def test_an_answer_that_breaks_off_is_seen_to_be_cut(hasty: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", hasty.port, timeout=WAIT)
    connection.request("GET", "/sparql?" + urlencode({"query": ENDLESS_ROWS}), headers={"Accept": "text/csv"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Transfer-Encoding")) == (200, "chunked")
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        answer.read()
    connection.close()
    assert hasty.ask(NAME) == "name\r\nJapan\r\n"


def test_clients_that_stop_reading_or_leave_keep_no_worker(hasty: Served) -> None:
    stalled = [raw_request(hasty, ENDLESS_ROWS) for _ in range(4)]
    for connection in stalled[:2]:
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")
        connection.close()
    deadline = time.monotonic() + WAIT
    while json.loads(read(hasty, "/health"))["workers"]["idle"] == 0:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    for connection in stalled[2:]:
        connection.close()
    assert hasty.ask(NAME) == "name\r\nJapan\r\n"


def read(served: Served, path: str) -> bytes:
    with urlopen(served.url + path, timeout=WAIT) as answer:  # noqa: S310 - its own address
        return bytes(answer.read())


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_and_everything_that_it_started(real_folder: Path, sign: signal.Signals) -> None:
    with serving(real_folder) as served:
        served.ask(NAME)
        started = served.descendants()
        assert len(started) >= 2
        served.process.send_signal(sign)
        out, err = served.process.communicate(timeout=WAIT)
        assert (served.process.returncode, out, err) == (0, "", "")
        for pid in started:
            wait_for_end(pid)


def test_sighup_opens_the_store_anew(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root, store = make_data(), tmp_path / "store"
    build(root, store)
    with serving(store, POWKG_DATA=str(root)) as served:
        before = json.loads(read(served, "/health"))["dataset"]
        with (root / "graph" / "dawsey.trig").open("a", encoding="utf-8") as file:
            file.write('dawsey:p03s1 { id:joseph-stalin rdfs:label "Сталин"@ru . }\n')
        build(root, store)
        assert json.loads(read(served, "/health"))["dataset"] == before
        served.process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + WAIT
        while json.loads(read(served, "/health"))["dataset"] == before:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        served.process.send_signal(signal.SIGTERM)
        out, err = served.process.communicate(timeout=WAIT)
        assert (served.process.returncode, out, err) == (0, "", "")


HALVES = (
    b"GET /health",
    b"GET /health HTTP/1.1\r\nHost: a",
    b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: 999\r\n\r\nASK",
)


SIPPED = f"""SELECT (CONCAT(?b, ?b, ?b, ?b) AS ?c) {{
VALUES ?x {{ 1 2 3 4 5 6 }} BIND(REPLACE("{"x" * 400}", "x", "{"y" * 600}") AS ?b) }}"""
"""An answer of 5.8 MB, which is more than what the system takes of it while the client takes nothing."""


def drip(connection: socket.socket, ended: threading.Event) -> None:
    """Send a byte now and then, until the server closes the connection."""
    while not ended.wait(1):
        try:
            connection.sendall(b"a")
        except ConnectionError:
            return


def sip(connection: socket.socket, ended: threading.Event) -> None:
    """Read a little now and then, until the server closes the connection."""
    while not ended.wait(1):
        try:
            if not connection.recv(1000):
                return
        except ConnectionError:
            return


def test_slow_requests_and_readers_do_not_stop_it(real_folder: Path) -> None:
    """Each keeps a thread for 15 seconds, whether it sends nothing more, or drips, or sips what was kept for it."""
    with serving(real_folder, "--threads", "9") as served, ExitStack() as stack:
        assert len(served.ask(SIPPED)) > 5_000_000
        ended = threading.Event()
        stack.callback(ended.set)
        slow = []
        for number in range(9):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(WAIT)
            connection.connect(("127.0.0.1", served.port))
            target = "/sparql?" + urlencode({"query": SIPPED})
            whole = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nAccept: text/csv\r\n\r\n".encode()
            connection.sendall(whole if number >= 6 else HALVES[number % 3])
            if number >= 3:
                work = sip if number >= 6 else drip
                slow.append(threading.Thread(target=work, args=(connection, ended), daemon=True))
                slow[-1].start()
        assert served.ask(NAME) == "name\r\nJapan\r\n"
        for thread in slow:
            thread.join(WAIT)
            assert not thread.is_alive()
        stack.close()
        served.process.send_signal(signal.SIGTERM)
        out, err = served.process.communicate(timeout=WAIT)
        assert (served.process.returncode, out, err) == (0, "", "")


def test_killed_it_leaves_nothing_behind(real_folder: Path) -> None:
    with serving(real_folder) as served:
        served.ask(NAME)
        started = served.descendants()
        served.process.kill()
        served.process.wait(WAIT)
        for pid in started:
            wait_for_end(pid)
        assert not any(map(is_alive, started))


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "powkg", "serve", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT,
        env={**os.environ, **environment},
    )


def test_a_port_in_use_is_told_in_one_line() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"powkg: port {port} on 127\.0\.0\.1 is in use: .*--port\n", done.stderr)


def test_an_address_that_is_not_here_is_told_in_one_line() -> None:
    for host in ("192.0.2.1", "no.such.host.invalid"):
        done = run("--port", "0", "--host", host)
        assert done.returncode == 1
        assert re.fullmatch(r"powkg: '.*' is no address of this machine: .*--host\n", done.stderr)


def test_a_store_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("mine")
    done = run("--port", "0", "--store", str(taken))
    assert done.returncode == 1
    assert done.stderr.startswith("powkg: ")
    assert "Traceback" not in done.stderr
    assert (taken / "letter.txt").read_text() == "mine"


def test_wrong_data_is_told_as_the_build_tells_it(tmp_path: Path, copy_of_data: Path) -> None:
    with (copy_of_data / "graph" / "dawsey.trig").open("a") as file:
        file.write("\nthis is no TriG\n")
    done = run("--port", "0", "--store", str(tmp_path / "store"), POWKG_DATA=str(copy_of_data))
    assert done.returncode == 1
    assert "dawsey.trig:" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_address_shown_can_be_opened() -> None:
    for host, shown in (("127.0.0.1", "127.0.0.1"), ("0.0.0.0", "127.0.0.1"), ("::1", "[::1]")):  # noqa: S104
        with listen(host, 0) as listener:
            assert address(listener) == f"http://{shown}:{listener.getsockname()[1]}"
