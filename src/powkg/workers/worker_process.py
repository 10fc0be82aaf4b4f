"""One process of the pool as the server sees it: the channel to it, the data that it has open, and how it ended."""

from __future__ import annotations

import json
import math
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from typing import Protocol

from powkg.errors import StoreError
from powkg.workers.frames import Channel, Kind, encode

START_TIMEOUT = 60.0
"""How long a worker may take to open the store, in seconds."""

_NICENESS = 10
"""The priority of processes that give way: with it, a tenth of the time of those that do not."""

_SCHEDULED = 2
"""With the number of a process, the number of its clock: clock_getcpuclockid(3), whose Linux form this is."""

_LAST_WORDS = 10_000
"""How much of what a process wrote to standard error is looked at, in bytes."""


class Death(Enum):
    """What a process died of by itself."""

    MEMORY = "memory"
    """It asked for more than it may have."""
    STACK = "stack"
    """It called itself too deeply."""
    KILLED = "killed"
    """Somebody else ended it; the system does where memory runs out."""
    SORTING = "sorting"
    """It sorted values that the engine finds no one order of."""
    OTHER = "other"


class Spawner(Protocol):
    """Starts processes, and tells how they ended."""

    def start(self, connection: int, errors: int) -> int:
        """The number of a new process with these descriptors as standard input and error. Raises OSError."""

    def wait(self, pid: int) -> int | None:
        """The exit status of a process that ends now: below 0 the signal that ended it; None where it is not known."""


class Launcher:
    """A spawner that runs a command anew for each process."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, connection: int, errors: int) -> int:
        process = subprocess.Popen(self._command, stdin=connection, stdout=subprocess.DEVNULL, stderr=errors)
        self._processes[process.pid] = process
        return process.pid

    def wait(self, pid: int) -> int | None:
        process = self._processes.pop(pid, None)
        return None if process is None else process.wait()


class WorkerProcess:
    """One worker process and the channel to it. `number` says how often its pool had let the store be opened.

    `since` (a `time.monotonic`) is when it was lent last; `begun` whether it has sent a piece of its answer since then;
    `heavy` whether it was lent for a query that is known to take long; `slowed` whether it gives way to others, for
    good; `evicted` whether its pool took it back.
    """

    def __init__(self, spawner: Spawner, number: int) -> None:
        """Raises OSError where the process cannot be started."""
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        self._errors = os.memfd_create("errors", os.MFD_CLOEXEC)
        try:
            with theirs:
                self.pid = spawner.start(theirs.fileno(), self._errors)
        except BaseException:
            self.channel.close()
            os.close(self._errors)
            raise
        self.number = number
        self.since = math.inf
        self.begun = self.heavy = self.slowed = self.evicted = False
        self._worked = 0.0
        self._spawner = spawner
        self._ending = threading.Lock()
        self._alive = True
        self._ended = False
        self._death: Death | None = None
        self._version: str | None = None
        self._reopens = False

    @property
    def alive(self) -> bool:
        """Whether it has not ended: then it would have closed its end of the channel."""
        return not self._ended and not self.channel.closed

    def ready(self) -> str:
        """The version of the store that the worker has open. Waits until it is; raises StoreError where it cannot.

        Raises ConnectionResetError where it had one open before, and has gone: another may do better.
        """
        if self._version is None:
            try:
                kind, payload = self.channel.receive(time.monotonic() + START_TIMEOUT)
            except EOFError:
                if self._reopens:
                    raise ConnectionResetError from None
                raise StoreError("a query process ended before it had opened the store") from None
            except TimeoutError:
                raise StoreError(f"a query process did not open the store within {START_TIMEOUT:.0f} s") from None
            content = json.loads(payload)
            if kind is not Kind.READY:
                raise StoreError(content["message"])
            self._version = content["version"]
        return self._version

    @property
    def opening(self) -> bool:
        """Whether nobody has waited yet until it has the store open."""
        return self._version is None

    def reopen(self, number: int) -> None:
        """Let the worker open what the store is now; `ready` says which version that is. OSError where it has gone."""
        self.channel.send(encode(Kind.REOPEN))
        self.number = number
        self._version, self._reopens = None, True

    def lend(self, *, heavy: bool) -> None:
        """Note that it is lent from now on."""
        self.since, self.begun, self.heavy = time.monotonic(), False, heavy
        self._worked = self._clock()

    @property
    def worked(self) -> float:
        """The processor time that it has taken since it was lent, in seconds; no end of it where it has ended."""
        return self._clock() - self._worked

    def slow_down(self) -> None:
        """Let every process go before it that wants the processor."""
        if not self.slowed:
            self.slowed = True
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _NICENESS)

    def _clock(self) -> float:
        try:
            return time.clock_gettime((~self.pid << 3) | _SCHEDULED)
        except OSError:
            return math.inf

    def stop(self) -> None:
        """Let the process end, and do not wait for that."""
        with self._ending:
            if not self._ended:
                self._alive = self._alive and not self.channel.closed
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)

    def kill(self) -> Death | None:
        """End the process, whatever it is doing, and wait until it has. Who reads from its channel finds it gone.

        What it died of, where it had ended by itself before.
        """
        self.stop()
        with self._ending:
            if not self._ended:
                self._ended = True
                status = self._spawner.wait(self.pid)
                if not self._alive:
                    said = os.pread(self._errors, _LAST_WORDS, max(0, os.fstat(self._errors).st_size - _LAST_WORDS))
                    self._death = _death(status, said.decode(errors="replace"))
                os.close(self._errors)
            return self._death


def _death(status: int | None, said: str) -> Death:
    """What a process died of, by its exit status and the end of what it wrote to standard error.

    The engine's allocators (Rust's and C++'s) say what is lacking and abort. An overflow of the stack is a signal.
    """
    if any(words in said for words in ("memory allocation of", "bad_alloc", "MemoryError")):
        return Death.MEMORY
    if status in {-signal.SIGSEGV, -signal.SIGBUS} or "overflowed its stack" in said:
        return Death.STACK
    if "total order" in said:
        return Death.SORTING
    return Death.KILLED if status == -signal.SIGKILL else Death.OTHER
