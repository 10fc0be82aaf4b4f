"""The process that forks the others: what it answers, and what it is believed."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from powkg.workers import zygote
from powkg.workers.zygote import Zygote
from test_engine import is_alive

SLEEPER = """
import os

def main():
    os.read(0, 1)
    return 7
"""


@pytest.fixture
def forking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zygote]:
    """A zygote whose processes end, with the status 7, when their standard input does."""
    (tmp_path / "sleeper.py").write_text(SLEEPER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with closing(Zygote("sleeper", [])) as forking:
        yield forking


def start(forking: Zygote) -> tuple[int, socket.socket]:
    """The number of a new process, and what keeps it alive."""
    ours, theirs = socket.socketpair()
    errors = os.memfd_create("errors")
    try:
        with theirs:
            return forking.start(theirs.fileno(), errors), ours
    except BaseException:
        ours.close()
        raise
    finally:
        os.close(errors)


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_process_is_started_and_its_end_is_told(forking: Zygote) -> None:
    pid, alive = start(forking)
    assert is_alive(pid)
    alive.close()
    assert forking.wait(pid) == 7


def test_an_answer_that_comes_too_late_is_taken_for_no_other(forking: Zygote) -> None:
    pid, alive = start(forking)
    first, connection = forking._process, forking._connection
    assert first is not None
    assert connection is not None
    alive.close()
    connection.settimeout(0.2)
    os.kill(first.pid, signal.SIGSTOP)
    assert forking.wait(pid) is None
    with suppress(ProcessLookupError):  # it was ended
        os.kill(first.pid, signal.SIGCONT)
    pid, alive = start(forking)
    with alive:
        assert pid > 0
        assert forking._process is not None
        assert parent(pid) == forking._process.pid
    assert forking.wait(pid) == 7


@pytest.mark.parametrize("number", [0, -9])
def test_a_number_that_no_process_has_is_refused(forking: Zygote, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """To kill 0 or what is below it would be to kill many."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        monkeypatch.setattr(forking, "_launch", lambda: ours)
        theirs.send(zygote._MESSAGE.pack(zygote._DONE, number))
        with pytest.raises(OSError, match="no process"):
            start(forking)
