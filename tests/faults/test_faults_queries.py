"""A server that is asked for the worst: it goes on answering, says why, and cuts nothing silently."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from test_cli_serve import NAME, WAIT, Served, children_of, raw_request, read, serving
from test_engine import CRASH, ENDLESS, ENDLESS_ROWS, HUNGRY, wait_for_end

DIRECT = b"Content-Type: application/sparql-query"
ANSWER = "name\r\nJapan\r\n"
MIB = 1024 * 1024
GROWING = "".join(f" BIND(CONCAT(?s{number}, ?s{number}) AS ?s{number + 1})" for number in range(40))
REPLACING = "".join(f' BIND(REPLACE(?s{number}, "a", ?s{number}) AS ?s{number + 1})' for number in range(4))
GREEDY = {
    "a sorted product": (HUNGRY, {507}),
    "strings that double": (f'SELECT (STRLEN(?s40) AS ?n) {{ BIND("0123456789" AS ?s0){GROWING} }}', {507}),
    "strings that replace themselves": (
        f'SELECT (STRLEN(?s4) AS ?n) {{ BIND("aaaaaaaaaa" AS ?s0){REPLACING} }}',
        {507},
    ),
    "a group of everything": ("SELECT (GROUP_CONCAT(?o) AS ?n) { ?a ?b ?o . ?d ?e ?f }", {507, 504}),
    "distinct rows": ("SELECT DISTINCT ?a ?c ?d ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a", {507, 504}),
    "a product": (ENDLESS, {504}),
    "a path round and round": ("SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c ?d ?e }", {507, 504}),
    "values that have no order": (CRASH, {500}),
}
"""Queries, and the statuses that may be answered to each."""


@pytest.fixture(scope="module")
def served(real_folder: Path) -> Iterator[Served]:
    """A server whose queries may run for two seconds and take 256 MiB."""
    with serving(real_folder, POWKG_QUERY_TIMEOUT="2", POWKG_QUERY_MEMORY="256", POWKG_CACHE="0") as served:
        served.ask(NAME)
        yield served


def zygote_of(served: Served) -> int:
    """The process that the server's workers are forked from."""
    (front,) = children_of(served.process.pid)
    (zygote,) = children_of(front)
    return zygote


def idle(served: Served) -> bool:
    workers = json.loads(read(served, "/health"))["workers"]
    return bool(workers["idle"] == workers["size"])


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def resident(pid: int) -> int:
    """The memory that a process has, in bytes; 0 where it has gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (FileNotFoundError, ProcessLookupError):
        return 0


def descriptors(pid: int) -> set[str]:
    return {path.readlink().name for path in Path(f"/proc/{pid}/fd").iterdir()}


def test_who_accepts_connections_has_no_engine_and_who_has_one_no_port(served: Served) -> None:
    (front,) = children_of(served.process.pid)
    zygote = zygote_of(served)
    assert "pyoxigraph" not in Path(f"/proc/{front}/maps").read_text()
    assert "pyoxigraph" in Path(f"/proc/{zygote}/maps").read_text()
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    (port,) = {f"socket:[{row[9]}]" for row in rows if row[1].endswith(f":{served.port:04X}") and row[3] == "0A"}
    assert port in descriptors(front)
    for pid in (zygote, *children_of(zygote)):
        assert port not in descriptors(pid)


@pytest.mark.parametrize("name", GREEDY)
def test_a_greedy_query_is_told_why_it_has_no_answer(served: Served, name: str) -> None:
    query, statuses = GREEDY[name]
    status, text = served.status(query)
    assert status in statuses
    assert text.strip()
    assert served.ask(NAME) == ANSWER


def kill_a_worker(served: Served) -> tuple[int, str]:
    """What a client is told whose query's process was killed."""
    told: list[tuple[int, str]] = []
    asking = threading.Thread(target=lambda: told.append(served.status(ENDLESS)))
    before = set(children_of(zygote_of(served)))
    asking.start()
    busy = {pid: cpu(pid) for pid in before}
    victim = 0
    while not victim and asking.is_alive():
        time.sleep(0.01)
        working = [pid for pid in children_of(zygote_of(served)) if cpu(pid) > busy.get(pid, 0) + 5]
        victim = working[0] if working else 0
    if victim:
        os.kill(victim, signal.SIGKILL)
    asking.join(WAIT)
    return told[0]


def cpu(pid: int) -> int:
    """The processor time of a process in clock ticks."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(fields[11]) + int(fields[12])


def kill_workers(served: Served, times: int) -> None:
    for _ in range(times):
        status, text = kill_a_worker(served)
        assert (status, text) == (500, "the process that ran the query was ended from outside; try again\n")
        assert served.ask(NAME) == ANSWER


def test_workers_that_are_killed_are_replaced(served: Served) -> None:
    kill_workers(served, 5)


@pytest.mark.long
def test_hundreds_of_workers_that_are_killed_are_replaced(served: Served) -> None:
    kill_workers(served, 200)


def test_idle_workers_and_their_zygote_that_are_killed_are_replaced(served: Served) -> None:
    for _ in range(3):
        zygote = zygote_of(served)
        killed = [*children_of(zygote), zygote]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        for pid in killed:
            wait_for_end(pid)
        assert served.ask(NAME) == ANSWER


def ask_once(served: Served, query: str, outcomes: Counter[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=WAIT)
    connection.request("GET", "/sparql?" + urlencode({"query": query}))
    answer = connection.getresponse()
    answer.read()
    assert (answer.status == 503) == (answer.getheader("Retry-After") is not None)
    outcomes[answer.status] += 1
    connection.close()


def burden(served: Served, outcomes: Counter[int], ended: threading.Event) -> None:
    """Ask for what never ends, again and again, as a client does that does not care for Retry-After."""
    number = 0
    while not ended.is_set():
        number += 1
        ask_once(served, f"{ENDLESS} # {threading.get_ident()} {number}", outcomes)


def starve(served: Served, heavy: int, asks: int) -> None:
    """Every cheap query is answered, and some heavy ones run for as long as they may."""
    outcomes: Counter[int] = Counter()
    ended = threading.Event()
    threads = [threading.Thread(target=burden, args=(served, outcomes, ended)) for _ in range(heavy)]
    for thread in threads:
        thread.start()
    try:
        for number in range(asks):
            assert served.ask(f"{NAME} # {number}") == ANSWER
        wait_until(lambda: outcomes[504] > 0)
    finally:
        ended.set()
        for thread in threads:
            thread.join(WAIT)
    assert set(outcomes) <= {503, 504}
    wait_until(lambda: idle(served))


def test_cheap_queries_are_all_answered_beside_heavy_ones(served: Served) -> None:
    starve(served, heavy=12, asks=20)


@pytest.mark.long
def test_a_thousand_cheap_queries_are_all_answered_beside_fifty_heavy_clients(served: Served) -> None:
    starve(served, heavy=50, asks=1000)


def test_more_queries_than_may_wait_are_told_to_come_back(served: Served) -> None:
    outcomes: Counter[int] = Counter()
    queries = [f"{ENDLESS} # {number}" for number in range(90)]
    threads = [threading.Thread(target=ask_once, args=(served, query, outcomes)) for query in queries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert sum(outcomes.values()) == 90
    assert set(outcomes) == {503, 504}
    assert served.ask(NAME) == ANSWER


def test_clients_that_leave_before_the_answer_begins_free_their_workers(real_folder: Path) -> None:
    with serving(real_folder, POWKG_QUERY_TIMEOUT="600") as served:
        for _ in range(3):
            connections = [raw_request(served, ENDLESS) for _ in range(4)]
            wait_until(lambda: not idle(served))
            for connection in connections:
                connection.close()
            wait_until(lambda: idle(served))
        assert served.ask(NAME) == ANSWER


def test_slow_readers_stop_nobody(served: Served) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(raw_request(served, f"{ENDLESS_ROWS} # {number}")) for number in range(20)]
        for _ in range(10):
            assert served.ask(NAME) == ANSWER
        assert all(connection.recv(12)[:9] == b"HTTP/1.1 " for connection in slow[:3])
    wait_until(lambda: idle(served))


def test_connections_that_are_cut_at_any_moment_leave_nothing_behind(served: Served) -> None:
    chance = random.Random(1)  # noqa: S311  # the same moments each time
    query = urlencode({"query": ENDLESS_ROWS})
    target = f"GET /sparql?{query} HTTP/1.1\r\nHost: a\r\nAccept: text/csv\r\n\r\n".encode()
    for _ in range(40):
        with socket.create_connection(("127.0.0.1", served.port), timeout=WAIT) as connection:
            connection.sendall(target[: chance.choice((len(target), len(target), chance.randrange(len(target))))])
            time.sleep(chance.random() / 20)
            if chance.random() < 0.5:  # with a reset in place of an orderly end
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert served.ask(NAME) == ANSWER
    wait_until(lambda: idle(served))


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST /sparql HTTP/1.1\r\nHost: a\r\n" + DIRECT + b"\r\nContent-Length: 99999999", 413),
        (b"GET /sparql?query=" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: a", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX-A: " + b"x" * 100_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a" + b"\r\nX-A: 1" * 5_000, 431),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2", 400),
    ],
    ids=["body", "address", "header", "headers", "no HTTP", "two lengths"],
)
def test_what_is_too_large_or_no_request_is_refused(served: Served, request_: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=WAIT) as connection:
        connection.sendall(request_ + b"\r\n\r\n")
        told = b""
        while b"\r\n" not in told and (received := connection.recv(65_536)):
            told += received
    assert int(told.split()[1]) == status
    assert served.ask(NAME) == ANSWER


def old_request(served: Served, query: str) -> tuple[bytes, bytes]:
    """The head and the body that an HTTP/1.0 client gets. Raises ConnectionResetError where the body breaks off."""
    received = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=WAIT) as connection:
        target = "/sparql?" + urlencode({"query": query})
        connection.sendall(f"GET {target} HTTP/1.0\r\nAccept: text/csv\r\n\r\n".encode())
        while piece := connection.recv(65_536):
            received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    return head, body


def test_http_1_0_takes_no_broken_answer_for_a_whole_one(served: Served) -> None:
    head, body = old_request(served, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5000")
    assert head.split()[1] == b"200"
    assert f"Content-Length: {len(body)}".encode() in head
    assert body.count(b"\r\n") == 5001
    assert old_request(served, ENDLESS)[0].split()[1] == b"504"
    assert old_request(served, HUNGRY)[0].split()[1] == b"507"
    with pytest.raises(ConnectionResetError):  # it is longer than what is held back, and then its time is up
        old_request(served, ENDLESS_ROWS)
    assert served.ask(NAME) == ANSWER


def stream(served: Served, rows: int) -> None:
    """Read an answer of so many rows; neither process grows with it, and others are answered meanwhile."""
    query = f"SELECT ?a ?c {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} LIMIT {rows}"
    pids = [served.process.pid, *served.descendants()]
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=WAIT)
    connection.request(
        "GET", "/sparql?" + urlencode({"query": query, "timeout": "600"}), headers={"Accept": "text/csv"}
    )
    answer = connection.getresponse()
    before = {pid: resident(pid) for pid in pids}
    lines = asked = 0
    while piece := answer.read(4 * MIB):
        lines += piece.count(b"\n")
        if lines > (asked + 1) * rows // 5:
            asked += 1
            assert served.ask(f"{NAME} # {rows} {asked}") == ANSWER
    assert lines == rows + 1
    assert asked == 5
    assert max(resident(pid) - before[pid] for pid in pids) < 64 * MIB
    connection.close()


def test_a_long_answer_fills_no_memory_and_stops_nobody(served: Served) -> None:
    stream(served, 300_000)


@pytest.mark.long
def test_five_million_rows_fill_no_memory_and_stop_nobody(served: Served) -> None:
    stream(served, 5_000_000)
