"""Kill what changes a store, at any moment: every acknowledged change is there, and no half one is."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from powkg import archive, snapshot
from powkg.store import open_store
from updating import SIZE

SCRIPT = Path(__file__).with_name("updating.py")
COUNTS = """\
SELECT ?thing (COUNT(*) AS ?number) WHERE { { ?thing ?p ?o } UNION { GRAPH ?graph { ?thing ?p ?o } } } GROUP BY ?thing
"""
WAIT = 60


class Updating:
    """The process that changes a store, and what it has said so far."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.done: set[str] = set()
        self.writer = 0
        self._rest = b""

    def listen(self, seconds: float) -> None:
        """Hear what it says for so long, or to its end."""
        end = time.monotonic() + seconds
        assert self.process.stdout is not None
        while (left := end - time.monotonic()) > 0 and select.select([self.process.stdout], [], [], left)[0]:
            heard = os.read(self.process.stdout.fileno(), 65_536)
            if not heard:
                return
            *lines, self._rest = (self._rest + heard).split(b"\n")
            for kind, _, word in (line.decode().partition(" ") for line in lines):
                if kind == "done":
                    self.done.add(word)
                elif word != "None":
                    self.writer = int(word)

    def listen_until_done(self, number: int) -> None:
        end = time.monotonic() + WAIT
        while len(self.done) < number:
            assert time.monotonic() < end
            assert self.process.poll() is None
            self.listen(0.02)


@contextmanager
def updating(store: Path, threads: int) -> Iterator[Updating]:
    with subprocess.Popen([sys.executable, SCRIPT, str(store), str(threads)], stdout=subprocess.PIPE) as process:
        try:
            yield Updating(process)
        finally:
            process.kill()


def check(store: Path, acknowledged: set[str]) -> None:
    """Nothing that was acknowledged is missing; what is there is whole."""
    counts = {str(thing).rpartition("/")[2]: int(str(number)) for thing, number in open_store(store).query(COUNTS)}
    assert acknowledged <= set(counts)
    assert set(counts.values()) <= {SIZE}


def kill_servers(store: Path, kills: int, chance: random.Random) -> int:
    """Kill the server that owns the writer, so often; how many changes were acknowledged."""
    acknowledged: set[str] = set()
    for _ in range(kills):
        with updating(store, threads=chance.choice((1, 4))) as server:
            server.listen_until_done(1)
            server.listen(chance.uniform(0, 0.3))
            server.process.send_signal(signal.SIGKILL)
            server.process.wait(WAIT)
            server.listen(WAIT)
            acknowledged |= server.done
        check(store, acknowledged)
    return len(acknowledged)


def kill_writers(store: Path, kills: int, chance: random.Random) -> int:
    """Kill the writer of a server that goes on, so often; how many changes were acknowledged."""
    with updating(store, threads=4) as server:
        for _ in range(kills):
            before = len(server.done)
            server.listen_until_done(before + 1)
            server.listen(chance.uniform(0, 0.3))
            killed = server.writer
            os.kill(killed, signal.SIGKILL)
            end = time.monotonic() + WAIT
            while server.writer == killed:
                assert time.monotonic() < end
                server.listen(0.02)
            check(store, set(server.done))
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(WAIT)
        server.listen(WAIT)
        check(store, server.done)
        return len(server.done)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    archive.load([], tmp_path / "store")
    return tmp_path / "store"


@pytest.mark.parametrize("kill", [kill_servers, kill_writers])
@pytest.mark.parametrize("kills", [6, pytest.param(120, marks=pytest.mark.long)])
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(store: Path, kill: object, kills: int) -> None:
    assert callable(kill)
    assert kill(store, kills, random.Random(kills)) > kills  # noqa: S311
    assert len(list((store / "builds").iterdir())) <= 4
    assert snapshot.current(store).kind is snapshot.Kind.OWN
