from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from powkg import archive, snapshot, updates
from powkg.engine import Engine
from powkg.errors import (
    EngineBusyError,
    EngineCrashError,
    GraphNotFoundError,
    PowkgError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
    StoreWriteError,
    UsageError,
)
from powkg.store import open_store
from powkg.updates import Change, Part, Writer

EX = "http://example.org/"
G = EX + "g"
LONG = 60.0
WAIT = 60
FEW = " ; ".join(f"INSERT DATA {{ {' '.join(f'<{EX}{n}> <{EX}p{m}> {n} .' for m in range(20))} }}" for n in range(60))
JOINED = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
ENDLESS = f"INSERT {{ <{EX}no> <{EX}no> ?n }} WHERE {{ SELECT (COUNT(*) AS ?n) {{ {JOINED} }} }}"
HUNGRY = f"INSERT {{ ?a0 <{EX}no> ?c5 . ?a1 ?c3 ?c4 }} WHERE {{ {JOINED} }}"


@dataclass(frozen=True, slots=True)
class Own:
    """A store of one's own with what reads and what writes it."""

    folder: Path
    engine: Engine
    writer: Writer

    def has(self, pattern: str) -> bool | None:
        return self.engine.query(f"ASK {{ {pattern} }}").boolean

    def objects(self, subject: str = "a") -> list[str]:
        rows = self.engine.query(f"SELECT ?o {{ <{EX}{subject}> <{EX}p> ?o }} ORDER BY ?o").rows
        return [str(value) for (value,) in rows]


@contextmanager
def opened(
    folder: Path, timeout: float = LONG, memory: int = 1024, module: str = "powkg.workers.writer"
) -> Iterator[Own]:
    if not snapshot.exists(folder):
        archive.load([], folder)
    with (
        closing(Engine(folder, LONG, size=2)) as engine,
        closing(Writer(folder, engine.pool.advance, timeout, memory=memory, module=module)) as writer,
    ):
        yield Own(folder, engine, writer)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    with opened(tmp_path_factory.mktemp("own") / "store") as own:
        own.writer.update(FEW)
        yield own


def insert(value: int | str, subject: str = "a") -> str:
    return f"INSERT DATA {{ <{EX}{subject}> <{EX}p> {value} }}"


def part(text: str, media_type: str = "text/turtle") -> Part:
    return Part(media_type, text.encode())


def in_threads(*tasks: Callable[[], object]) -> list[object]:
    """What each task gives or raises, all at once."""
    results: list[object] = [None] * len(tasks)

    def run(number: int) -> None:
        try:
            results[number] = tasks[number]()
        except PowkgError as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert not any(thread.is_alive() for thread in threads)
    return results


def test_an_update_is_seen_by_every_query_after_it(own: Own) -> None:
    for number in range(5):
        version = own.writer.update(insert(number, "seen"))
        assert own.has(f"<{EX}seen> <{EX}p> {number}")
        assert own.engine.last_version() == own.engine.version() == version == own.writer.ready()
        assert snapshot.current(own.folder).version == version


def test_relative_iris_are_resolved_against_the_base(own: Own) -> None:
    own.writer.update("INSERT DATA { <relative> <p> <o> }", base=EX)
    assert own.has(f"<{EX}relative> <{EX}p> <{EX}o>")


def test_graphs_are_put_posted_and_deleted(own: Own) -> None:
    first = own.writer.put(
        G, [part("<s> <p> 1 ."), part(f"<{EX}s> <{EX}p> <{EX}o> .", "application/n-triples")], base=EX
    )
    assert first == Change(created=True, version=own.engine.version())
    assert own.objects("s") == []
    assert own.has(f"GRAPH <{G}> {{ <{EX}s> <{EX}p> 1 , <{EX}o> }}")
    assert own.writer.put(G, [part("<s> <p> 3 .")], base=EX).created is False
    assert own.has(f"GRAPH <{G}> {{ <{EX}s> <{EX}p> 1 }}") is False
    assert own.writer.post(G, [part("<s> <p> 4 .")], base=EX).created is False
    assert own.has(f"GRAPH <{G}> {{ <{EX}s> <{EX}p> 3 , 4 }}")
    assert own.writer.post(None, [part("<s> <p> 5 .")], base=EX).created is False
    assert own.objects("s") == ["5"]
    assert own.writer.delete(G).created is False
    assert own.has(f"GRAPH <{G}> {{}}") is False
    with pytest.raises(GraphNotFoundError) as caught:
        own.writer.delete(G)
    assert caught.value.graph == G


def test_what_is_refused_changes_nothing_and_ends_no_process(own: Own) -> None:
    version, pid = own.writer.ready(), own.writer.pid
    refused: list[tuple[type[PowkgError], Callable[[], object]]] = [
        (QuerySyntaxError, lambda: own.writer.update("INSERT DATA {")),
        (QuerySyntaxError, lambda: own.writer.update("SELECT * {}")),
        (QueryRefusedError, lambda: own.writer.update("LOAD <http://127.0.0.1:9/>")),
        (
            QueryRefusedError,
            lambda: own.writer.update("INSERT { ?s ?p ?o } WHERE { SERVICE <http://a:9/> { ?s ?p ?o } }"),
        ),
        (UsageError, lambda: own.writer.update(f"{insert(1, 'no')} ; DROP GRAPH <{EX}none>")),
        (UsageError, lambda: own.writer.put(G, [part("<s> <p>")])),
        (UsageError, lambda: own.writer.post(G, [part("s,p,o", "text/csv")])),
        (GraphNotFoundError, lambda: own.writer.delete(EX + "none")),
    ]
    for kind, ask in refused:
        with pytest.raises(kind):
            ask()
    assert (own.writer.ready(), own.writer.pid) == (version, pid)
    assert own.objects("no") == []


def test_those_who_come_at_once_share_snapshots_and_each_is_answered_for_itself(own: Own) -> None:
    number = 24
    before = snapshot.current(own.folder).path.name.rpartition("-")[2]
    tasks: list[Callable[[], object]] = [lambda n=n: own.writer.update(insert(n, "many")) for n in range(number)]  # type: ignore[misc]
    tasks += [lambda: own.writer.update("nonsense")] * 3
    results = in_threads(*tasks)
    assert all(isinstance(version, str) for version in results[:number])
    assert all(isinstance(error, QuerySyntaxError) for error in results[number:])
    assert len(own.objects("many")) == number
    after = snapshot.current(own.folder).path.name.rpartition("-")[2]
    assert 0 < int(after) - int(before) < number
    assert own.engine.version() in results


COUNTER = f"""
DELETE {{ <{EX}counter> <{EX}is> ?old }} INSERT {{ <{EX}counter> <{EX}is> ?new ; <{EX}was> ?old }}
WHERE {{ <{EX}counter> <{EX}is> ?old BIND(?old + 1 AS ?new) }}
"""


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
@given_settings(max_examples=8)
def test_writers_at_the_same_time_come_one_after_the_other(own: Own, counts: list[int]) -> None:
    """Each adds one to a counter, so often: none is lost, and every number was there once."""
    own.writer.update(f"DELETE WHERE {{ <{EX}counter> ?p ?o }} ; INSERT DATA {{ <{EX}counter> <{EX}is> 0 }}")
    seen: list[int] = []

    def count(times: int) -> None:
        for _ in range(times):
            own.writer.update(COUNTER)
            ((value,),) = own.engine.query(f"SELECT ?n {{ <{EX}counter> <{EX}is> ?n }}").rows
            seen.append(int(str(value)))

    in_threads(*(lambda times=times: count(times) for times in counts))
    was = own.engine.query(f"SELECT ?n {{ <{EX}counter> <{EX}was> ?n }} ORDER BY ?n").rows
    assert [int(str(value)) for (value,) in was] == list(range(sum(counts)))
    assert max(seen) == sum(counts)


def test_an_update_past_its_time_is_ended_and_those_beside_it_are_made(tmp_path: Path) -> None:
    with opened(tmp_path / "store", timeout=3) as own:
        own.writer.update(FEW)
        version, pid = own.writer.ready(), own.writer.pid
        with pytest.raises(
            QueryTimeoutError, match="ended after 3 s, the longest that one may take; nothing was changed"
        ):
            own.writer.update(f"{insert(1, 'no')} ; {ENDLESS}")
        assert own.writer.ready() == version
        assert own.writer.pid != pid
        assert own.objects("no") == []
        results = in_threads(
            lambda: own.writer.update(insert(1)),
            lambda: own.writer.update(ENDLESS),
            lambda: own.writer.update(insert(2)),
        )
        assert [type(result) for result in results] in (
            [str, QueryTimeoutError, str],
            [str, QueryTimeoutError, EngineBusyError],
        )
        assert set(own.objects()) >= {"1"}


def test_an_update_that_needs_too_much_memory_ends_only_itself(tmp_path: Path) -> None:
    with opened(tmp_path / "store", memory=256) as own:
        version = own.writer.update(FEW)
        with pytest.raises(QueryMemoryError, match="more than 256 MiB of memory; nothing was changed"):
            own.writer.update(HUNGRY)
        assert own.writer.ready() == version
        own.writer.update(insert(1))
        assert own.objects() == ["1"]


def test_a_writer_that_was_killed_is_replaced(own: Own) -> None:
    for number in range(3):
        own.writer.ready()
        pid = own.writer.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.01)
        own.writer.update(insert(number, "killed"))
        assert own.writer.pid != pid
    assert own.objects("killed") == ["0", "1", "2"]


DYING = """
import os
from powkg import snapshot
from powkg.workers import writer

point = snapshot._point_to
def die(directory, name):
    if (directory / "die-before").exists():
        os._exit(1)
    point(directory, name)
    if (directory / "die-after").exists():
        os._exit(1)
snapshot._point_to = die

def main():
    return writer.main()

if __name__ == "__main__":
    raise SystemExit(main())
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_writer_that_dies_as_it_commits_is_asked_no_more_whether_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    (tmp_path / "dying_writer.py").write_text(DYING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with opened(tmp_path / "store", module="dying_writer") as own:
        own.writer.update(insert(1))
        sign = own.folder / f"die-{moment}"
        sign.touch()
        if moment == "before":
            with pytest.raises(EngineCrashError, match="nothing was changed: try again"):
                own.writer.update(insert(2))
            assert own.objects() == ["1"]
        else:
            assert own.writer.update(insert(2)) == snapshot.current(own.folder).version
            assert own.objects() == ["1", "2"]
        sign.unlink()
        own.writer.update(insert(3))
        assert own.objects()[-1] == "3"


def test_who_is_refused_for_a_change_that_is_not_kept_is_not_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two make the same graph in one go, and the writer dies before it commits: there is no such graph yet."""
    (tmp_path / "dying_writer.py").write_text(DYING, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(updates, "GATHERING", WAIT)
    create = f"CREATE GRAPH <{G}>"
    with opened(tmp_path / "store", module="dying_writer") as own:
        own.writer.ready()
        sign = own.folder / "die-before"
        for dies in (True, False):
            sign.touch() if dies else sign.unlink()
            own.writer._crowd = 2  # it waits for both
            results = in_threads(*[lambda: own.writer.update(create)] * 2)
            kinds = sorted(type(result).__name__ for result in results)
            assert kinds == (["EngineCrashError"] * 2 if dies else ["GraphConflictError", "str"])
            assert own.has(f"GRAPH <{G}> {{}}") is not dies


def test_a_full_disk_is_told_and_the_store_stays_as_it_was(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as own:
        version = own.writer.update(insert(1))
        assert own.writer.pid is not None
        resource.prlimit(own.writer.pid, resource.RLIMIT_FSIZE, (512, 512))
        results = in_threads(*(lambda n=n: own.writer.update(insert(n)) for n in range(2, 5)))
        errors = [result for result in results if isinstance(result, PowkgError)]
        assert errors
        assert all(isinstance(error, StoreWriteError) and "cannot be written" in str(error) for error in errors)
        if len(errors) == len(results):
            assert (own.engine.version(), own.objects()) == (version, ["1"])
        own.writer.update(insert(9))
        assert {"1", "9"} <= set(own.objects())
        assert len(own.objects()) == 2 + len(results) - len(errors)


def test_too_many_who_wait_are_sent_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.load([], tmp_path / "store")
    held, go_on = threading.Event(), threading.Event()

    def published(_version: str) -> None:
        held.set()
        go_on.wait(WAIT)

    def update(number: int) -> threading.Thread:
        thread = threading.Thread(target=lambda: writer.update(insert(number)))
        thread.start()
        return thread

    with closing(Writer(tmp_path / "store", published, LONG, memory=1024)) as writer:
        first = update(1)
        assert held.wait(WAIT)
        second = update(2)
        while len(writer._queue) < 2:
            time.sleep(0.01)
        monkeypatch.setattr(updates, "MOST_BYTES", 0)
        with pytest.raises(EngineBusyError, match="too many changes are waiting"):
            writer.update(insert(3))
        go_on.set()
        for thread in (first, second):
            thread.join(WAIT)
    answer = open_store(tmp_path / "store").query(f"SELECT ?o {{ <{EX}a> <{EX}p> ?o }} ORDER BY ?o")
    assert [str(value) for (value,) in answer] == ["1", "2"]


def test_what_waits_too_long_is_not_begun(tmp_path: Path) -> None:
    with opened(tmp_path / "store", timeout=1) as own:
        own.writer.update(FEW)
        results = in_threads(*[lambda: own.writer.update(ENDLESS)] * 2, *[lambda: own.writer.update(insert(1))] * 2)
        assert any(isinstance(result, (QueryTimeoutError, EngineBusyError)) for result in results)
        made = [result for result in results[2:] if isinstance(result, str)]
        assert own.objects() == (["1"] if made else [])


def test_closed_it_tells_those_who_wait_and_changes_nothing_more(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as own:
        version = own.writer.update(FEW)
        waiting = threading.Timer(1, own.writer.close)
        waiting.start()
        results = in_threads(*[lambda: own.writer.update(f"{insert(1)} ; {ENDLESS}")] * 3)
        assert all(isinstance(result, EngineCrashError) for result in results)
        with pytest.raises(EngineBusyError, match="being stopped"):
            own.writer.update(insert(2))
        assert own.writer.pid is None
    assert open_store(tmp_path / "store").version == version


def test_a_writer_that_is_told_to_end_makes_what_waits_and_lets_the_next_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("powkg.workers.writer_process.LOCK_TIMEOUT", WAIT)
    archive.load([], tmp_path / "store")
    held, go_on = threading.Event(), threading.Event()

    def published(_version: str) -> None:
        held.set()
        go_on.wait(WAIT)

    with closing(Writer(tmp_path / "store", published, LONG, memory=1024)) as old:
        threads = [threading.Thread(target=lambda n=n: old.update(insert(n))) for n in (1, 2)]
        for thread in threads:
            thread.start()
        assert held.wait(WAIT)
        while len(old._queue) < len(threads):
            time.sleep(0.01)
        ending = threading.Thread(target=old.retire)
        ending.start()
        while not old._retired:
            time.sleep(0.01)
        with pytest.raises(EngineBusyError, match="being stopped"):
            old.update(insert(3))
        go_on.set()
        with closing(Writer(tmp_path / "store", lambda _: None, LONG, memory=1024)) as new:
            new.update(insert(4))
        for thread in (*threads, ending):
            thread.join(WAIT)
        assert old.pid is None
    answer = open_store(tmp_path / "store").query(f"SELECT ?o {{ <{EX}a> <{EX}p> ?o }} ORDER BY ?o")
    assert [str(value) for (value,) in answer] == ["1", "2", "4"]


def test_a_store_has_one_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("powkg.workers.writer_process.LOCK_TIMEOUT", 0.1)
    with opened(tmp_path / "store") as own:
        own.writer.update(insert(1))
        with closing(Writer(own.folder, lambda _: None, LONG, memory=1024)) as second:
            with pytest.raises(StoreError, match=r"another process .* is writing the store"):
                second.update(insert(2))
            own.writer.close()
            second.update(insert(3))
        assert open_store(own.folder).query(f"ASK {{ <{EX}a> <{EX}p> 1 , 3 }}").boolean


def test_a_writer_that_finds_a_newer_version_tells_readers_of_it_before_any_change(tmp_path: Path) -> None:
    """A server that is started anew begins to read while the one before it makes its last change."""
    with opened(tmp_path / "store") as before:
        before.writer.ready()
        told: Queue[str] = Queue()
        with closing(Writer(before.folder, told.put, LONG, memory=1024)):
            last = before.writer.update(insert(1))
            assert told.empty()
            before.writer.close()
            assert told.get(timeout=WAIT) == last
        assert told.empty()


def test_a_folder_without_data_of_ones_own_cannot_be_written(tmp_path: Path) -> None:
    with (
        closing(Writer(tmp_path / "none", lambda _: None, LONG, memory=1024)) as writer,
        pytest.raises(StoreError, match="there is no store in"),
    ):
        writer.ready()
    assert not (tmp_path / "none").exists()


def test_the_process_that_waits_loads_no_engine() -> None:
    program = "import sys, powkg.updates, powkg.commands.serve; print('pyoxigraph' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
