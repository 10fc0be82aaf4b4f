"""Queries run in other processes: answers, errors, deadlines, crashes, and what becomes of the worker."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from powkg import guard, snapshot
from powkg.build import build
from powkg.engine import Engine
from powkg.errors import (
    ClientGoneError,
    EngineBusyError,
    EngineCrashError,
    NotAcceptableError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
    QueryTooComplexError,
    StoreError,
    UsageError,
)
from powkg.namespaces import SHAPES_GRAPH
from powkg.store import Store
from powkg.terms import IRI, Literal
from powkg.workers import lanes, pool
from powkg.workers.frames import CHUNK
from powkg.workers.zygote import Zygote

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ENDLESS_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
BOMB = "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }"
VALUES = (f'{7 * n % 13} "{5 * n % 11}" "a{n % 3}"@en "{2000 + 3 * n % 10}-01-01"^^xsd:date' for n in range(60))
CRASH = f"""PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT ?x {{ VALUES ?x {{ {" ".join(VALUES)} }} }} ORDER BY ?x"""
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f"
NAME = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?entity ?name { ?entity rdfs:label ?name } ORDER BY ?name
"""
JAPAN = IRI("https://w3id.org/powkg/id/japan")
LONG = 60.0


@pytest.fixture(scope="module")
def engine(real_folder: Path) -> Iterator[Engine]:
    with closing(Engine(real_folder, LONG, size=2)) as engine:
        yield engine


@pytest.fixture
def hasty(real_folder: Path) -> Iterator[Engine]:
    """An engine with one worker and a deadline of half a second."""
    with closing(Engine(real_folder, 0.5, size=1)) as engine:
        engine.version()
        yield engine


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and was not reaped does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_for_end(pid: int) -> None:
    deadline = time.monotonic() + 30
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} still runs"
        time.sleep(0.01)


def two_versions(root: Path, store: Path) -> Callable[[], None]:
    """Build a store of the data in `root`; return what changes them and builds it anew."""
    build(root, store)

    def change() -> None:
        with (root / "graph" / "dawsey.trig").open("a", encoding="utf-8") as file:
            file.write('dawsey:p03s1 { id:joseph-stalin rdfs:label "Сталин"@ru . }\n')
        build(root, store)

    return change


def pids(engine: Engine) -> list[int]:
    return [worker.pid for worker in (*engine.pool._idle, *engine.pool._lent)]


def test_an_answer_is_the_same_as_in_process(engine: Engine, real_store: Store) -> None:
    answer = engine.query(NAME)
    assert answer.variables == ("entity", "name")
    assert sorted(answer.rows, key=str) == sorted(real_store.query(NAME), key=str)
    assert len(answer.rows) > 100
    assert engine.query("ASK { ?s ?p ?o }").boolean is True
    assert engine.query("ASK { ?s ?p 'nobody says this' }").boolean is False


def test_the_version_is_that_of_the_store(engine: Engine, real_store: Store) -> None:
    assert engine.version() == real_store.version


def test_values_take_the_place_of_variables(engine: Engine) -> None:
    rows = engine.query(NAME, {"entity": JAPAN}).rows
    assert (JAPAN, Literal("Japan", "en")) in rows
    assert {entity for entity, _ in rows} == {JAPAN}
    assert engine.query(NAME, {"name": Literal("Japan", "en")}).rows == ((JAPAN, Literal("Japan", "en")),)


def test_a_graph_is_streamed_in_the_format_of_its_kind(engine: Engine) -> None:
    formats = {"select": "text/csv", "ask": None, "graph": "application/n-triples"}
    with engine.open("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", formats) as stream:
        assert (stream.kind, stream.format, stream.whole) == ("graph", "application/n-triples", None)
        lines = b"".join(stream).splitlines()
    assert len(lines) > 1000
    with engine.open("SELECT (1 AS ?x) {}", formats) as stream:
        assert (stream.kind, stream.format, stream.whole) == ("select", "text/csv", b"x\r\n1\r\n")
    with pytest.raises(NotAcceptableError) as caught:
        engine.open("ASK {}", formats)
    assert caught.value.kind == "ask"


def test_the_dataset_of_the_protocol_replaces_the_store_s(engine: Engine) -> None:
    passage = "https://w3id.org/powkg/passage/dawsey/p10s6"
    formats = {"ask": "text/csv"}

    def ask(text: str, default: tuple[str, ...], named: tuple[str, ...]) -> bytes | None:
        with engine.open(text, formats, default_graphs=default, named_graphs=named) as stream:
            return stream.whole

    assert ask("ASK { ?s ?p ?o }", (passage,), ()) == b"true"
    assert ask("ASK { GRAPH ?g { ?s ?p ?o } }", (passage,), ()) == b"false"
    assert ask("ASK { ?s ?p ?o }", (), (passage,)) == b"false"
    assert ask(f"ASK {{ GRAPH <{passage}> {{ ?s ?p ?o }} }}", (), (passage,)) == b"true"


def test_an_error_comes_back_as_what_it_was_and_costs_no_worker(engine: Engine, real_store: Store) -> None:
    engine.version()
    before = pids(engine)
    with pytest.raises(QuerySyntaxError) as here:
        real_store.query("SELECT *\n{ ?s ?p }")
    with pytest.raises(QuerySyntaxError) as there:
        engine.query("SELECT *\n{ ?s ?p }")
    assert there.value.line == 2
    assert (str(there.value), there.value.line, there.value.column, there.value.reason) == (
        str(here.value),
        here.value.line,
        here.value.column,
        here.value.reason,
    )
    with pytest.raises(UsageError, match="none of the query's columns"):
        engine.query("SELECT ?s { ?s ?p ?o }", {"o": JAPAN})
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        engine.query("SELECT * { SERVICE <http://127.0.0.1:9/> {} }")
    assert pids(engine) == before


@pytest.mark.parametrize("query", [ENDLESS, ENDLESS_ROWS])
def test_a_query_past_its_time_is_ended_with_its_process(hasty: Engine, query: str) -> None:
    (pid,) = pids(hasty)
    with pytest.raises(QueryTimeoutError, match=r"after 0\.5 s"):
        hasty.query(query)
    assert not is_alive(pid)
    assert hasty.query("ASK { ?s ?p ?o }").boolean is True


def test_an_answer_that_breaks_off_raises_after_its_first_pieces(hasty: Engine) -> None:
    pieces: list[bytes] = []
    with hasty.open(ENDLESS_ROWS, {"select": "text/csv"}) as stream, pytest.raises(QueryTimeoutError):
        pieces.extend(stream)
    assert len(b"".join(pieces)) >= CHUNK


def test_without_a_timeout_a_query_may_run_on(real_folder: Path) -> None:
    with closing(Engine(real_folder, None, size=1)) as engine:
        assert engine.query("ASK { ?s ?p ?o }").boolean is True
        with engine.open(ENDLESS_ROWS, {"select": "text/csv"}) as stream:
            assert len(next(iter(stream))) >= CHUNK


def test_a_large_answer_that_is_read_up_costs_no_worker(engine: Engine) -> None:
    engine.version()
    before = set(pids(engine))
    assert len(engine.query("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5000").rows) == 5000
    assert set(pids(engine)) == before


def test_modules_in_the_folder_where_it_is_started_are_not_taken(
    real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "socket.py").write_text("raise RuntimeError")
    monkeypatch.chdir(tmp_path)
    with closing(Engine(real_folder, LONG, size=1)) as engine:
        assert engine.query("ASK {}").boolean is True


def test_a_query_that_kills_its_process_kills_no_other(engine: Engine) -> None:
    for _ in range(3):
        with pytest.raises(EngineCrashError, match=r"sorts values of several types, .*: try ORDER BY STR\(\?x\)"):
            engine.query(CRASH)
        assert engine.query("ASK { ?s ?p ?o }").boolean is True
    assert engine.pool.idle == 2
    assert engine.query("SELECT ?o { ?s ?p ?o } ORDER BY STR(?o) LIMIT 1").rows


def test_what_a_process_died_of_is_told(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "ASK { FILTER(" + "(" * 200_000 + "1" + ")" * 200_000 + ") }"
    with closing(Engine(real_folder, LONG, size=1, memory=256)) as engine:
        with pytest.raises(QueryTooComplexError, match="at line 1, column 212 it has more than 200 brackets"):
            engine.query(deep)
        monkeypatch.setattr(guard, "SHORT", guard.MAX_LENGTH)  # here, where it can be told to let it through
        monkeypatch.setattr(guard, "MAX_DEPTH", 1_000_000)
        monkeypatch.setattr(guard, "MAX_TERMS", 1_000_000)
        with pytest.raises(QueryTooComplexError, match="the engine overflowed its stack"):
            engine.query(deep)
        with pytest.raises(QueryMemoryError, match="needs more than 256 MiB of memory"):
            engine.query(HUNGRY)
        assert len(engine.query("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s LIMIT 5000").rows) == 5000
        with engine.open(ENDLESS_ROWS, {"select": "text/csv"}) as stream:
            (worker,) = engine.pool._lent
            os.kill(worker.pid, signal.SIGKILL)
            with pytest.raises(EngineCrashError, match="ended from outside"):
                list(stream)
        assert {reason: count for reason, count in engine.pool.ended.items() if count} == {
            "complex": 1,
            "memory": 1,
            "crash": 1,
        }


def test_a_worker_that_died_idle_is_not_lent(hasty: Engine) -> None:
    (worker,) = hasty.pool._idle
    os.kill(worker.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while worker.alive:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert hasty.query("ASK { ?s ?p ?o }").boolean is True


def test_an_answer_that_nobody_reads_up_ends_its_query(engine: Engine) -> None:
    stream = engine.open(ENDLESS_ROWS, {"select": "text/csv"})
    assert len(next(iter(stream))) >= CHUNK
    assert engine.pool.idle == 1
    (worker,) = engine.pool._lent
    stream.close()
    stream.close()
    assert not is_alive(worker.pid)
    assert engine.pool.idle == 2
    assert engine.query("ASK { ?s ?p ?o }").boolean is True


def test_queries_run_at_once_and_keep_their_answers_apart(engine: Engine) -> None:
    answers: dict[int, set[tuple[object, ...]]] = {}

    def ask(number: int) -> None:
        query = f"SELECT ?n {{ {{ SELECT * {{ ?s ?p ?o }} LIMIT 500 }} BIND({number} AS ?n) }}"
        answers[number] = {row for _ in range(5) for row in engine.query(query)}

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert answers == {number: {(Literal(str(number), None, integer),)} for number in range(8)}


def test_a_query_may_have_a_time_of_its_own(engine: Engine) -> None:
    with pytest.raises(QueryTimeoutError, match=r"after 0\.25 s"):
        engine.open(ENDLESS, {"select": "text/csv"}, timeout=0.25)


@pytest.mark.parametrize("query", [ENDLESS, ENDLESS_ROWS])
def test_a_client_that_leaves_ends_its_query(engine: Engine, query: str) -> None:
    engine.version()  # so that the query begins at once
    before = engine.pool.ended["left"]
    ours, theirs = socket.socketpair()
    with ours:
        threading.Timer(0.2, theirs.close).start()
        with pytest.raises(ClientGoneError), engine.open(query, {"select": "text/csv"}, client=ours) as stream:
            list(stream)
    assert engine.pool.idle == 2
    assert engine.pool.ended["left"] == before + 1


def test_a_client_that_has_left_has_no_query_run(engine: Engine) -> None:
    engine.version()
    running = set(pids(engine))
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(ClientGoneError):
        engine.open("ASK {}", {"ask": "text/csv"}, client=ours)
    assert set(pids(engine)) == running


def test_what_a_client_still_sends_does_not_end_its_query(engine: Engine) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"GET / HTTP/1.1")
        with engine.open("SELECT (1 AS ?x) {}", {"select": "text/csv"}, client=ours) as stream:
            assert stream.whole == b"x\r\n1\r\n"
        assert ours.recv(3) == b"GET"


def heavy(engine: Engine, outcomes: list[str], query: str = ENDLESS) -> None:
    """Ask again and again until the engine is closed; note how each ended."""
    while not engine.pool.closed:
        try:
            engine.query(query)
        except (QueryTimeoutError, EngineBusyError) as error:
            outcomes.append(type(error).__name__)


def test_heavy_queries_do_not_starve_cheap_ones(real_folder: Path) -> None:
    outcomes: list[str] = []
    engine = Engine(real_folder, 1.0, size=3)
    threads = [threading.Thread(target=heavy, args=(engine, outcomes)) for _ in range(12)]
    with closing(engine):
        for thread in threads:
            thread.start()
        for _ in range(25):
            assert engine.query("ASK { ?s ?p ?o }").boolean is True
        deadline = time.monotonic() + LONG
        while "QueryTimeoutError" not in outcomes:  # and some heavy ones run to their end
            assert time.monotonic() < deadline
            assert engine.query("ASK { ?s ?p ?o }").boolean is True
        assert engine.pool.ended["heavy"] > 0
        assert len(engine.pool._lent) <= 3
    for thread in threads:
        thread.join(LONG)


def test_a_query_whose_worker_was_taken_begins_anew_and_is_answered(real_folder: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . { SELECT * { ?d ?e ?f } LIMIT 200 } }"
    answers: list[int] = []
    with closing(Engine(real_folder, LONG, size=2)) as engine:
        expected = len(engine.query(slow).rows)

        def ask() -> None:
            answers.append(len(engine.query(slow).rows))

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(LONG)
        assert answers == [expected] * 6
        assert engine.pool.idle == 2
        assert engine.pool.waiting == 0


def test_an_answer_that_has_begun_is_cut_where_others_wait_for_long(
    real_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "BUDGET", LONG)
    with closing(Engine(real_folder, LONG, size=2)) as engine:
        with (
            engine.open(ENDLESS_ROWS, {"select": "text/csv"}) as kept,
            engine.open(ENDLESS_ROWS, {"select": "text/csv"}) as cut,
        ):
            monkeypatch.setattr(lanes, "LONGEST", 0.1)  # not before: on a busy machine an answer takes long to begin
            assert engine.query("ASK {}").boolean is True
            with pytest.raises(EngineBusyError, match="ended, since others wait"):
                list(cut)
            assert len(next(iter(kept))) >= CHUNK
        assert engine.pool.idle == 2
        assert len(pids(engine)) == 2


def test_workers_are_forked_anew_where_the_process_that_forks_them_was_killed(real_folder: Path) -> None:
    with closing(Engine(real_folder, LONG, size=1)) as engine:
        engine.version()
        process = engine.pool._spawner._process
        assert process is not None
        process.kill()
        (worker,) = engine.pool._idle
        assert engine.query("ASK {}").boolean is True
        os.kill(worker.pid, signal.SIGKILL)
        wait_for_end(worker.pid)
        assert engine.query("ASK {}").boolean is True
        assert pids(engine) != [worker.pid]


def test_workers_have_no_descriptor_but_their_own(real_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, closing(Engine(real_folder, LONG, size=1)) as engine:
        listener.set_inheritable(True)
        engine.version()
        (pid,) = pids(engine)
        held = {path.readlink().name for path in Path(f"/proc/{pid}/fd").iterdir()}
        assert f"socket:[{os.fstat(listener.fileno()).st_ino}]" not in held
        assert len([name for name in held if name.startswith("socket:")]) == 1


def test_more_callers_than_may_wait_are_refused_at_once(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.05)
    with closing(Engine(real_folder, LONG, size=1, waiting=0)) as engine:
        with engine.open(ENDLESS_ROWS, {"select": "text/csv"}), pytest.raises(EngineBusyError, match="too many"):
            engine.query("ASK {}")
        assert engine.query("ASK {}").boolean is True
    with closing(Engine(real_folder, LONG, size=1, waiting=1)) as engine:
        with engine.open(ENDLESS_ROWS, {"select": "text/csv"}), pytest.raises(EngineBusyError, match="busy"):
            engine.query("ASK {}")
        assert engine.query("ASK {}").boolean is True


def test_a_store_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with closing(Engine(tmp_path / "nothing", LONG, size=1)) as engine:
        for _ in range(3):
            with pytest.raises(StoreError, match="nothing"):
                engine.version()
        assert engine.pool.idle == 1


def test_a_worker_that_ends_before_it_is_ready_is_told(real_folder: Path) -> None:
    with (
        closing(Engine(real_folder, LONG, size=1, module="powkg.no_such_module")) as engine,
        pytest.raises(StoreError, match="ended before"),
    ):
        engine.version()


def test_closing_ends_every_worker_a_busy_one_too(real_folder: Path) -> None:
    engine = Engine(real_folder, LONG, size=2)
    stream = engine.open(ENDLESS_ROWS, {"select": "text/csv"})
    engine.version()
    running = pids(engine)
    assert len(running) == 2
    engine.close()
    assert not any(map(is_alive, running))
    with pytest.raises(EngineBusyError):
        list(stream)
    stream.close()
    assert pids(engine) == []


def test_after_a_new_build_no_query_is_answered_from_an_older_one_than_the_last(
    make_data: Callable[..., Path], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    change = two_versions(make_data(), store)
    russian = 'ASK { ?s ?p "Сталин"@ru }'
    with closing(Engine(store, LONG, size=2)) as engine:
        both = engine.pool.borrow(), engine.pool.borrow()
        old = both[0].ready()
        for worker in both:
            engine.pool.give_back(worker)
        change()
        assert [engine.query(russian).boolean for _ in range(3)] == [False] * 3
        assert engine.last_version() == old
        worker = engine.pool.borrow()
        engine.pool.replace(worker, "crash")
        older = engine.pool.borrow()
        assert older.ready() == old
        assert engine.query(russian).boolean is True
        engine.pool.give_back(older)
        assert [engine.query(russian).boolean for _ in range(3)] == [True] * 3
        assert older.ready() != old
        assert is_alive(older.pid)
        assert old not in {engine.version(), engine.last_version()}


def test_once_a_version_is_known_no_query_is_answered_from_one_before_it(
    make_data: Callable[..., Path], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    change = two_versions(make_data(), store)
    russian = 'ASK { ?s ?p "Сталин"@ru }'
    with closing(Engine(store, LONG, size=2)) as engine:
        both = [engine.pool.borrow(), engine.pool.borrow()]
        old = both[0].ready()
        engine.pool.give_back(both[0])
        change()
        new = snapshot.current(store).version
        assert engine.query(russian).boolean is False
        engine.pool.advance(new)
        assert engine.last_version() == new
        assert both[0].opening
        assert both[1].ready() == old
        engine.pool.give_back(both[1])
        engine.pool.advance(new)
        assert [engine.query(russian).boolean for _ in range(3)] == [True] * 3
        assert {worker.ready() for worker in both} == {new}
        assert all(is_alive(worker.pid) for worker in both)
        os.kill(both[0].pid, signal.SIGKILL)
        os.kill(both[1].pid, signal.SIGKILL)
        for worker in both:
            wait_for_end(worker.pid)
        engine.pool.advance(new)
        assert engine.query(russian).boolean is True
        assert engine.last_version() == new


def test_a_worker_that_ends_as_it_opens_the_store_anew_is_replaced(engine: Engine) -> None:
    worker = engine.pool.borrow()
    os.kill(worker.pid, signal.SIGSTOP)
    worker.reopen(worker.number)
    os.kill(worker.pid, signal.SIGKILL)
    engine.pool.give_back(worker)
    with pytest.raises(ConnectionResetError):
        worker.ready()
    assert engine.query("ASK {}").boolean is True


def test_a_query_may_see_all_graphs_as_one(make_data: Callable[..., Path], tmp_path: Path) -> None:
    data, store = make_data(), tmp_path / "store"
    build(data, store)
    shapes = f"ASK {{ <{SHAPES_GRAPH}> ?p ?o }}"
    with (data / "ontology" / "shapes.ttl").open("w", encoding="utf-8") as file:
        file.write(f'<{SHAPES_GRAPH}> <http://www.w3.org/2000/01/rdf-schema#comment> "only in a named graph" .')
    build(data, store)
    with closing(Engine(store, LONG, size=1)) as plain, closing(Engine(store, LONG, size=1, union=True)) as united:
        for engine, boolean in ((plain, False), (united, True)):
            assert engine.query(shapes).boolean is boolean
        with united.open(shapes, {"ask": "text/csv"}, union=False) as stream:
            assert b"".join(stream) == b"false"
        with united.open(shapes, {"ask": "text/csv"}, default_graphs=["http://example.org/none"]) as stream:
            assert b"".join(stream) == b"false"


def test_a_store_that_has_gone_is_found_out_when_workers_are_replaced(
    make_data: Callable[..., Path], tmp_path: Path
) -> None:
    store = tmp_path / "store"
    build(make_data(), store)
    with closing(Engine(store, LONG, size=1)) as engine:
        engine.version()
        (worker,) = engine.pool._idle
        shutil.rmtree(store)
        worker.kill()
        with pytest.raises(StoreError, match="no store"):
            engine.version()


LONG_TEXTS = {
    "SERVICE": ("SELECT * {{ SERVICE <http://127.0.0.1:9/> {{}} }} #{}", QueryRefusedError, "SERVICE is not answered"),
    "brackets": (
        f"ASK {{{{ FILTER({'(' * 300}1{')' * 300}) }}}} #{{}}",
        QueryTooComplexError,
        "more than 200 brackets",
    ),
    "terms": (f"ASK {{{{ FILTER(1{'+1' * 11_000}) }}}} #{{}}", QueryTooComplexError, "more than 10,000 terms"),
    "a wrong word": ("SELECT * {{ ?s ?p }} #{}", QuerySyntaxError, "line 1, column 20"),
}


@pytest.mark.parametrize("name", LONG_TEXTS)
def test_a_long_text_is_read_by_the_process_that_would_run_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    form, kind, words = LONG_TEXTS[name]
    text = form.format("x" * guard.SHORT)
    engine.version()
    before = set(pids(engine))

    def fail(text: str) -> None:
        pytest.fail(f"{len(text)} characters are read here")

    monkeypatch.setattr(guard, "refuse", fail)
    with pytest.raises(kind, match=words) as caught:
        engine.query(text)
    assert type(caught.value) is kind
    assert set(pids(engine)) == before


def test_texts_of_a_million_characters_keep_nobody_waiting(real_folder: Path) -> None:
    """They are known as heavy before anybody reads them, and are read where their time is bounded."""
    values = "1 " * (guard.MAX_LENGTH // 2 - 50)
    text = f"SELECT * {{ VALUES ?x {{ {values}}} FILTER(?x = 2) }}"
    outcomes: list[str] = []
    engine = Engine(real_folder, 0.3, size=3)
    threads = [threading.Thread(target=heavy, args=(engine, outcomes, text)) for _ in range(6)]
    with closing(engine):
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + LONG
        while "QueryTimeoutError" not in outcomes:
            assert time.monotonic() < deadline
            with engine.open("ASK { ?s ?p ?o }", {"ask": "text/csv"}, timeout=LONG) as stream:
                assert stream.whole == b"true"
            assert sum(worker.heavy for worker in (*engine.pool._lent,)) <= 1
        assert engine.pool.ended["heavy"] == 0
    for thread in threads:
        thread.join(LONG)


def test_a_process_that_cannot_be_started_costs_no_place(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Engine(real_folder, LONG, size=1, waiting=0)) as engine:
        stream = engine.open(ENDLESS_ROWS, {"select": "text/csv"})
        descriptors = len(list(Path("/proc/self/fd").iterdir()))

        def fail(*_: object, **__: object) -> None:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

        with monkeypatch.context() as patch:
            patch.setattr(Zygote, "start", fail)
            stream.close()
            for _ in range(2):
                with pytest.raises(EngineCrashError, match=r"no process can be started .*: Resource temporarily"):
                    engine.query("ASK {}")
            assert engine.pool.idle == 1
        assert len(list(Path("/proc/self/fd").iterdir())) < descriptors
        assert engine.query("ASK {}").boolean is True


def test_a_closed_engine_starts_no_process(real_folder: Path) -> None:
    engine = Engine(real_folder, LONG, size=1)
    engine.close()
    for _ in range(2):
        with pytest.raises(EngineBusyError, match="being stopped"):
            engine.version()
    assert pids(engine) == []


def test_who_does_not_want_to_wait_is_told_at_once(real_folder: Path) -> None:
    with (
        closing(Engine(real_folder, LONG, size=1)) as engine,
        engine.open(ENDLESS_ROWS, {"select": "text/csv"}),
        pytest.raises(EngineBusyError),
    ):
        engine.version(wait=False)


SERVER = """
import sys, threading
from pathlib import Path
from powkg.engine import Engine
engine = Engine(Path(sys.argv[1]), 600, size=1)
engine.version()
print(*[worker.pid for worker in engine.pool._idle], flush=True)
engine.query(sys.argv[2])
"""


def test_workers_end_with_a_server_that_is_killed_though_a_query_runs(real_folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER, str(real_folder), ENDLESS], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        assert is_alive(pid)
        server.kill()
    wait_for_end(pid)


def test_the_server_s_modules_never_load_the_query_engine() -> None:
    code = (
        "import sys, powkg.commands.serve, powkg.web, powkg.engine\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'pyoxigraph', 'rdflib'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
