"""Who writes together, and who alone."""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from powkg.web.turns import Turns


def started(work: threading.Thread) -> threading.Thread:
    work.daemon = True
    work.start()
    return work


def test_many_write_together() -> None:
    turns = Turns()
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(turns.together())


def test_one_alone_waits_for_the_others_and_they_for_it() -> None:
    turns, done = Turns(), list[str]()
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


@pytest.mark.parametrize("kind", ["together", "alone"])
def test_a_turn_ends_with_an_error_too(kind: str) -> None:
    turns = Turns()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), getattr(turns, kind)():
            _ = 1 / 0
    with turns.alone():
        pass
