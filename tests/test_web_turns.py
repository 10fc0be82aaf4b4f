"""Who writes together, and who alone."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from powkg.errors import EngineBusyError
from powkg.web.turns import Turns


def started(work: threading.Thread) -> threading.Thread:
    work.daemon = True
    work.start()
    return work


def test_many_write_together() -> None:
    turns = Turns(8, 60)
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(turns.together())


def test_one_alone_waits_for_the_others_and_they_for_it() -> None:
    turns, done = Turns(8, 60), list[str]()
    alone_holds, go_on = threading.Event(), threading.Event()

    def alone() -> None:
        with turns.alone():
            done.append("alone")
            alone_holds.set()
            go_on.wait()
            done.append("alone still")

    def together() -> None:
        with turns.together():
            done.append("together")

    with turns.together():
        first = started(threading.Thread(target=alone))
        assert not alone_holds.wait(0.05)
        second = started(threading.Thread(target=together))
        assert done == []
    alone_holds.wait()
    third = started(threading.Thread(target=together))
    go_on.set()
    for thread in (first, second, third):
        thread.join()
    assert sorted(done[2:]) == ["together", "together"]
    assert done[:2] == ["alone", "alone still"]


def test_no_more_than_half_of_the_threads_write_or_wait_for_it() -> None:
    turns, done = Turns(6, 60), threading.Semaphore(0)

    def alone() -> None:
        with turns.alone():
            done.release()

    with turns.together(), turns.together():
        waiting = started(threading.Thread(target=alone))
        while not turns._waiting:
            assert waiting.is_alive()
        for turn in (turns.together, turns.alone):
            with pytest.raises(EngineBusyError, match="too many changes"), turn():
                pass
    assert done.acquire(timeout=60)
    waiting.join()
    with turns.together(), turns.together(), turns.together():
        pass


def test_a_server_of_few_threads_lets_one_write_at_a_time() -> None:
    turns = Turns(2, 60)
    with turns.alone(), pytest.raises(EngineBusyError), turns.together():
        pass
    with turns.together():
        pass


@pytest.mark.parametrize(("kind", "before"), [("alone", "together"), ("together", "alone"), ("alone", "alone")])
def test_who_waits_too_long_for_a_turn_is_told_and_keeps_nobody_waiting(kind: str, before: str) -> None:
    turns = Turns(8, 0.05)
    with getattr(turns, before)():
        with pytest.raises(EngineBusyError, match="not begun"), getattr(turns, kind)():
            pass
        if before == "together":
            with turns.together():
                pass
    with turns.alone():
        pass


@pytest.mark.parametrize("kind", ["together", "alone"])
def test_a_turn_ends_with_an_error_too(kind: str) -> None:
    turns = Turns(8, 60)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), getattr(turns, kind)():
            _ = 1 / 0
    with turns.alone():
        pass
