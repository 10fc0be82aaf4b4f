"""`powkg serve` over data of one's own: a real process, asked and changed over HTTP, stopped, killed, started anew."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Queue
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from powkg import archive, snapshot
from powkg.build import build
from powkg.commands import serve
from powkg.errors import StoreError
from powkg.web.server import Server
from test_cli_serve import WAIT, Served, children_of, raw_request, run, serving
from test_engine import ENDLESS, is_alive, wait_for_end

EX = "http://example.org/"
TOKEN = "a-token-of-the-tests-0123"  # noqa: S105
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ROUTES = (
    *(
        "/",
        "/sparql",
        "/update",
        "/graphs",
        "/graphs?default",
        f"/graphs?graph={quote(EX + 'g')}",
        "/health",
        "/metrics",
    ),
    *("/ontology", "/ontology.ttl", "/ontology/terms", "/ontology/9", "/question/about", "/picture/japan.svg"),
    *("/static/powkg.css", "/nothing", f"/sparql?query={quote(COUNT)}", "/sparql?query=nonsense"),
    f"/sparql?query={quote('DESCRIBE <' + EX + 's>')}",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "data.trig"
    file.write_text(f"<{EX}s> a <{EX}C> . <{EX}g> {{ <{EX}s> <{EX}p> _:b . _:b <{EX}p> 1 }}", encoding="utf-8")
    return file


def number(served: Served) -> int:
    return int(served.ask(COUNT).split()[1])


def idle(served: Served) -> int:
    """How many query processes do nothing."""
    with urlopen(f"{served.url}/health", timeout=WAIT) as answer:  # noqa: S310 - its own address
        return int(json.load(answer)["workers"]["idle"])


def update(served: Served, text: str, token: str = TOKEN) -> int:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {token}"}
    try:
        with urlopen(Request(f"{served.url}/update", text.encode(), headers), timeout=WAIT) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def status(served: Served, path: str, accept: str) -> int:
    try:
        with urlopen(Request(served.url + path, headers={"Accept": accept}), timeout=WAIT) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def writer_of(served: Served) -> int | None:
    """The process that changes the store; None while there is none."""
    for pid in served.descendants():
        with suppress(OSError):
            if b"powkg.workers.writer" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
    return None


def wait_until_it_works(served: Served, least: float = 2) -> None:
    """Until what changes the store has taken more of the processor, in seconds, than it takes to start."""
    deadline, seconds = time.monotonic() + WAIT, 0.0
    while seconds < least:
        assert time.monotonic() < deadline
        time.sleep(0.05)
        with suppress(OSError):
            times = Path(f"/proc/{writer_of(served)}/stat").read_text().rpartition(")")[2].split()[11:13]
            seconds = sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A file of 500 triples."""
    file = tmp_path / "many.nt"
    file.write_text("".join(f"<{EX}s> <{EX}p> <{EX}{number}> .\n" for number in range(500)), encoding="utf-8")
    return file


@pytest.mark.parametrize("empty", [True, False])
def test_no_route_fails_over_data_of_which_nothing_is_known(tmp_path: Path, file: Path, empty: bool) -> None:
    with serving(tmp_path / "store", *(["--empty"] if empty else ["--data", str(file)])) as served:
        for path in ROUTES:
            for accept in ("text/html", "text/turtle", "application/json", "*/*"):
                assert status(served, path, accept) < 500, path
        assert (status(served, "/", "text/html"), status(served, "/sparql", "text/html")) == (200, 200)
        with urlopen(f"{served.url}/", timeout=WAIT) as answer:  # noqa: S310
            page = answer.read().decode()
        assert (f"<code>{EX}C</code>" in page) is not empty
        assert "Japan" not in page
        assert number(served) == (0 if empty else 1)


def test_all_graphs_may_be_the_default_graph(tmp_path: Path, file: Path) -> None:
    for choice, expected in (("default", 1), ("union", 3)):
        with serving(tmp_path / choice, "--data", str(file), "--default-graph", choice) as served:
            assert number(served) == expected
            with urlopen(Request(f"{served.url}/graphs?default", headers={"Accept": "application/n-triples"})) as graph:  # noqa: S310
                assert graph.read().count(b"\n") == 1


def test_what_was_written_is_there_after_every_end(tmp_path: Path, file: Path) -> None:
    store, writable = tmp_path / "store", ("--writable",)
    starts = (("--data", str(file)), ("--data", str(file)), (), ("--data", str(file)))
    for times, (start, sign) in enumerate(zip(starts, [signal.SIGTERM, signal.SIGKILL] * 2, strict=True)):
        with serving(store, *start, *writable, POWKG_TOKEN=TOKEN) as served:
            assert number(served) == 1 + times
            assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> {times} }}") == 204
            assert number(served) == 2 + times
            started = served.descendants()
            served.process.send_signal(sign)
            served.process.wait(WAIT)
            for pid in started:
                wait_for_end(pid)
    assert snapshot.current(store).kind is snapshot.Kind.OWN


def test_who_has_not_the_token_cannot_write_and_nobody_can_without_writable(tmp_path: Path) -> None:
    with serving(tmp_path / "store", "--empty", "--writable", POWKG_TOKEN=TOKEN) as served:
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 1 }}", "another-token-of-the-tests") == 401
        assert number(served) == 0
        commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in (served.process.pid, *served.descendants())]
        assert not any(TOKEN.encode() in command for command in commands)
        served.process.send_signal(signal.SIGTERM)
        assert TOKEN not in "".join(served.process.communicate(timeout=WAIT))
    with serving(tmp_path / "store", POWKG_TOKEN=TOKEN) as served:
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 1 }}") == 403


def test_a_server_started_anew_by_sighup_goes_on_writing(tmp_path: Path) -> None:
    with serving(tmp_path / "store", "--empty", "--writable", POWKG_TOKEN=TOKEN) as served:
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 1 }}") == 204
        before = set(served.descendants())
        served.process.send_signal(signal.SIGHUP)
        for pid in before:
            wait_for_end(pid)
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 2 }}") == 204
        assert number(served) == 2


def test_changes_that_wait_for_one_that_does_not_end_leave_threads_to_those_who_read(
    tmp_path: Path, many: Path
) -> None:
    """Of 8 threads the changes have 4: one for that which does not end, three that wait for it."""
    joined = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
    texts = [f"INSERT {{ <{EX}no> <{EX}no> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {joined} }} }}"]
    texts += [f"INSERT DATA {{ <{EX}a> <{EX}p> {number} }}" for number in range(20)]
    answers: Queue[int | None] = Queue()
    with serving(tmp_path / "store", "--data", str(many), "--writable", "--threads", "8", POWKG_TOKEN=TOKEN) as served:

        def ask(text: str) -> None:
            try:
                answers.put(update(served, text))
            except OSError:  # the server was ended
                answers.put(None)

        threads = [threading.Thread(target=ask, args=(text,)) for text in texts]
        threads[0].start()
        wait_until_it_works(served)
        for thread in threads[1:]:
            thread.start()
        assert [answers.get(timeout=WAIT) for _ in range(len(texts) - 4)] == [503] * (len(texts) - 4)
        assert status(served, "/health/live", "*/*") == 200
        assert number(served) == 500
        assert answers.empty()
        for pid in (served.process.pid, *served.descendants()):
            os.kill(pid, signal.SIGKILL)
        for thread in threads:
            thread.join(WAIT)
    assert [answers.get(timeout=WAIT) for _ in range(4)] == [None] * 4


def test_a_store_has_one_server_that_writes_from_its_start_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, out = tmp_path / "store", tmp_path / "out.nq.gz"
    monkeypatch.setenv("POWKG_TOKEN", TOKEN)
    monkeypatch.setattr(serve, "LOCK_TIMEOUT", 0.1)
    monkeypatch.setattr(Server, "run", lambda _: None)

    def try_others() -> None:
        """Another server, a load and a restore."""
        second = CliRunner().invoke(serve.command, ["--port", "0", "--store", str(store), "--writable"])
        assert isinstance(second.exception, StoreError)
        assert "is writing the store" in str(second.exception)
        with pytest.raises(StoreError, match="is writing the store"):
            archive.load([], store, replace=True)
        with pytest.raises(StoreError, match="is writing the store"):
            archive.restore(out, store, replace=True)

    archive.load([], store)
    archive.back_up(store, out)
    with serving(store, "--writable") as served:
        try_others()
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 1 }}") == 204
        writer = writer_of(served)
        assert writer is not None
        os.kill(writer, signal.SIGKILL)
        wait_for_end(writer)
        try_others()
        before = set(served.descendants())
        served.process.send_signal(signal.SIGHUP)
        for pid in before:
            wait_for_end(pid)
        try_others()
        assert number(served) == 1
        with serving(store) as reader:
            assert number(reader) == 1
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(WAIT)
    assert archive.restore(out, store, replace=True).statements == 0


def test_a_server_started_anew_writes_while_the_old_process_still_answers(tmp_path: Path, many: Path) -> None:
    store = tmp_path / "store"
    with serving(store, "--data", str(many), "--writable", POWKG_TOKEN=TOKEN, POWKG_QUERY_TIMEOUT="60") as served:
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 1 }}") == 204
        (old,), writer = children_of(served.process.pid), writer_of(served)
        assert writer is not None
        size = idle(served)
        with raw_request(served, ENDLESS):
            while idle(served) == size:
                time.sleep(0.05)
            served.process.send_signal(signal.SIGHUP)
            wait_for_end(writer)
            assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 2 }}") == 204
            assert is_alive(old)
        assert number(served) == 502


def test_a_change_that_is_made_while_the_server_is_started_anew_is_seen_after_it(tmp_path: Path, many: Path) -> None:
    """The old process makes it, and the new one has answered queries from the version before."""
    joined = "?a ?b ?c . ?d ?e ?f . { SELECT * { ?g ?h ?i } LIMIT 40 }"
    text = f"INSERT {{ <{EX}no> <{EX}no> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {joined} }} }}"
    answers: Queue[int] = Queue()
    with serving(tmp_path / "store", "--data", str(many), "--writable", POWKG_TOKEN=TOKEN) as served:
        assert number(served) == 500
        before = set(served.descendants())
        change = threading.Thread(target=lambda: answers.put(update(served, text)))
        change.start()
        wait_until_it_works(served, 0.5)
        served.process.send_signal(signal.SIGHUP)
        for pid in before:
            while is_alive(pid):
                assert number(served) in {500, 501}
        change.join(WAIT)
        expected = 501 if answers.get() == 204 else 500
        deadline = time.monotonic() + WAIT
        while number(served) != expected:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_without_a_folder_the_data_are_served_from_one_that_is_removed(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(None, "--data", str(file), str(file)) as served:
        assert number(served) == 1
        assert len(list(tmp_path.glob("powkg-*"))) == 1
        served.process.send_signal(signal.SIGTERM)
        served.process.wait(WAIT)
    assert list(tmp_path.glob("powkg-*")) == []


def test_a_backup_is_of_one_moment_while_the_server_goes_on(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with serving(store, "--empty", "--writable", POWKG_TOKEN=TOKEN) as served:
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 1 }}") == 204
        assert archive.back_up(store, tmp_path / "one").statements == 1
        assert update(served, f"INSERT DATA {{ <{EX}a> <{EX}p> 2 }}") == 204
        assert archive.back_up(store, tmp_path / "two").statements == 2
        done = run("--port", "0", "--store", str(store), "--empty", "--replace")
        assert (done.returncode, done.stdout) == (1, "")
        assert "is writing the store" in done.stderr


def test_what_does_not_go_together_is_told_in_one_line(
    tmp_path: Path, file: Path, make_data: Callable[..., Path]
) -> None:
    curated, own = str(tmp_path / "curated"), str(tmp_path / "own")
    build(make_data(), Path(curated))
    archive.load([], Path(own))
    token = {"POWKG_TOKEN": TOKEN}
    wrong: tuple[tuple[tuple[str, ...], dict[str, str], str], ...] = (
        (("--data", str(file), "--empty"), {}, "do not go together"),
        ((str(file),), {}, "name files of RDF after --data"),
        (("--replace", "--store", own), {}, "--replace goes with --data or --empty"),
        (("--default-graph", "union", "--store", curated), {}, "--default-graph is for data of your own"),
        (("--writable", "--store", curated), token, "--writable is for data of your own"),
        (("--writable", "--empty"), token, "--writable needs a --store"),
        (("--writable", "--store", own), {}, "--writable needs a token .* POWKG_TOKEN"),
        (("--writable", "--store", own), {"POWKG_TOKEN": "short"}, "POWKG_TOKEN is no token"),
        (("--data", str(file), "--store", own), {}, "holds other data"),
        (("--data", str(tmp_path / "none.csv")), {}, "the name of a file of RDF ends with"),
        (("--empty", "--store", curated), {}, "holds the data of the project"),
    )
    for arguments, environment, message in wrong:
        done = run("--port", "0", *arguments, **environment)
        assert done.returncode in {1, 2}, arguments
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert re.search(message, done.stderr), done.stderr
    assert archive.load([], Path(own)) is None
