"""The places of the pool: as many as its size, whoever takes a worker back, and in whatever order."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from powkg import archive
from powkg.engine import Engine
from powkg.errors import EngineBusyError
from powkg.workers import pool
from powkg.workers.pool import Pool
from powkg.workers.worker_process import WorkerProcess

SIZE = 3


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Pool]:
    archive.load([], tmp_path / "store")
    with closing(Engine(tmp_path / "store", 60, size=SIZE, waiting=0)) as engine:
        yield engine.pool
        for worker in [*engine.pool._lent]:
            engine.pool.give_back(worker)


def give_back_slowed(pool: Pool, worker: WorkerProcess) -> None:
    worker.slowed = True
    pool.give_back(worker)


@pytest.mark.parametrize("give_up", [give_back_slowed, lambda pool, worker: pool.replace(worker, "left")])
def test_a_worker_that_two_take_back_at_once_frees_one_place(
    workers: Pool, monkeypatch: pytest.MonkeyPatch, give_up: Callable[[Pool, WorkerProcess], None]
) -> None:
    """Its caller gives it up, and finds that the pool takes it back from a heavy query at that very moment."""
    lent = [workers.borrow() for _ in range(SIZE)]
    victim, caller = lent[-1], threading.current_thread()
    stop = WorkerProcess.stop

    def evict_meanwhile(worker: WorkerProcess) -> None:
        if worker is victim and threading.current_thread() is caller:
            monkeypatch.setattr(WorkerProcess, "stop", stop)
            with workers._lock:
                monkeypatch.setattr(pool, "time_left", lambda lent: -1.0 if lent is victim else math.inf)
                found, _ = workers._overdue()
                monkeypatch.setattr(pool, "time_left", lambda _: math.inf)
            if found is not None:
                workers._succeed(found, spare=1)
        stop(worker)

    monkeypatch.setattr(pool, "time_left", lambda _: math.inf)
    monkeypatch.setattr(WorkerProcess, "stop", evict_meanwhile)
    give_up(workers, victim)
    for worker in lent[:-1]:
        workers.give_back(worker)
    for _ in range(SIZE):
        workers.borrow(wait=False)
    with pytest.raises(EngineBusyError):
        workers.borrow(wait=False)


@pytest.mark.parametrize("give_up", [give_back_slowed, lambda pool, worker: pool.replace(worker, "left")])
def test_a_worker_that_was_taken_back_before_frees_no_place_when_it_is_given_up(
    workers: Pool, monkeypatch: pytest.MonkeyPatch, give_up: Callable[[Pool, WorkerProcess], None]
) -> None:
    lent = [workers.borrow() for _ in range(SIZE)]
    victim = lent[-1]
    with workers._lock:
        monkeypatch.setattr(pool, "time_left", lambda lent: -1.0 if lent is victim else math.inf)
        found, _ = workers._overdue()
        monkeypatch.setattr(pool, "time_left", lambda _: math.inf)
    assert found is victim
    workers._succeed(victim, spare=1)
    give_up(workers, victim)
    assert workers.ended["heavy"] == 1
    assert workers.ended["left"] == 0
    workers.borrow(wait=False)
    with pytest.raises(EngineBusyError):
        workers.borrow(wait=False)
