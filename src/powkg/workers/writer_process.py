"""The writer process as the server sees it: started when it is needed, asked for changes, ended when it is stuck."""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

from powkg import snapshot
from powkg.errors import EngineCrashError, PowkgError, QueryMemoryError, QueryTimeoutError, StoreError, StoreWriteError
from powkg.workers.frames import Kind, encode
from powkg.workers.reports import revive
from powkg.workers.worker_process import Death, Launcher, WorkerProcess

COMMIT_TIMEOUT = 60.0
"""How long it may take to write a snapshot out, in seconds."""

ENDED = (QueryTimeoutError, EngineCrashError, StoreError)
"""The errors of a change after which the process is no more; after any other it goes on."""

LOCK_TIMEOUT = 20.0
"""How long to wait for a writer of the store that is about to end, in seconds: a server that is started anew."""


class WriterProcess:
    """At most one process that has the store open to be changed. One thread at a time asks it for changes.

    Each commit is of the changes since the last `open`, in one process. Where an error says that it has ended, none of
    them is left, and the next `open` begins from what was committed last.
    """

    def __init__(self, store: Path, timeout: float, memory: int, module: str) -> None:
        """`timeout` is in seconds for each change; `memory`, in MiB, is the most that the process may take."""
        self._store = store
        self._timeout = timeout
        self._memory = memory
        self._launcher = Launcher([sys.executable, "-P", "-m", module, str(store), str(LOCK_TIMEOUT), str(memory)])
        self._lock = threading.Lock()
        self._process: WorkerProcess | None = None
        self._started = 0
        self._version = ""
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The number of the process; None while there is none."""
        process = self._process
        return None if process is None else process.pid

    def open(self) -> str:
        """Start the process where none lives; the version that was committed last, once the store is open.

        Raises StoreError or EngineCrashError where it cannot be opened.
        """
        if self._process is not None and not self._process.alive:
            self._end(self._process)
        if self._process is None:
            with self._lock:
                if self._closed:
                    raise EngineCrashError("nothing is changed any more: the server stops")
                self._started += 1
                try:
                    process = self._process = WorkerProcess(self._launcher, self._started)
                except OSError as error:
                    raise EngineCrashError(f"no process can be started for the change: {error.strerror}") from error
            try:
                self._version = process.ready()
            except StoreError:
                self._end(process)
                raise
        return self._version

    def apply(self, frames: bytes) -> bool:
        """Make one change; whether a graph came to be by it. Raises what is wrong with it, which has changed nothing.

        The process has ended where that is one of `ENDED`.
        """
        process = self._opened()
        deadline = time.monotonic() + self._timeout
        error: PowkgError
        try:
            process.channel.send(frames, deadline)
            kind, payload = process.channel.receive(deadline)
            if kind is Kind.DONE:
                return bool(json.loads(payload)["created"])
            error = _unwritten(revive(json.loads(payload)))
        except TimeoutError:
            error = QueryTimeoutError(
                f"the change was ended after {self._timeout:g} s, the longest that one may take; nothing was changed"
            )
        except (EOFError, OSError):
            error = self._crash(process)
        if isinstance(error, ENDED):
            self._end(process)
        raise error

    def commit(self) -> str:
        """Let the changes be the next version. Raises StoreError or EngineCrashError where none of them was made."""
        process, before = self._opened(), self._version
        error: PowkgError
        try:
            process.channel.send(encode(Kind.COMMIT))
            kind, payload = process.channel.receive(time.monotonic() + COMMIT_TIMEOUT)
            if kind is Kind.READY:
                self._version = json.loads(payload)["version"]
                return self._version
            error = _unwritten(revive(json.loads(payload)))
        except (EOFError, OSError):
            error = EngineCrashError("the process that changes the store has ended; nothing was changed: try again")
        self._end(process)
        now = snapshot.current(self._store).version  # it has ended, so this tells whether it came to point to the new
        if now == before:
            raise error
        return now

    def stop(self) -> None:
        """Kill the process and start no other: for any thread. Who waits for a change gets an EngineCrashError."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Let go of the process, once nobody asks it for changes any more."""
        self.stop()
        if self._process is not None:
            self._end(self._process)

    def _opened(self) -> WorkerProcess:
        if self._process is None:
            raise EngineCrashError("the process that changes the store has ended; nothing was changed: try again")
        return self._process

    def _crash(self, process: WorkerProcess) -> EngineCrashError:
        match process.kill():
            case Death.MEMORY:
                most = f"{self._memory:,} MiB"
                return QueryMemoryError(
                    f"the change was ended as it needs more than {most} of memory; nothing was changed"
                )
            case Death.STACK:
                return EngineCrashError("the change is nested too deeply for the engine; nothing was changed")
            case _:
                return EngineCrashError("the process that made the change has ended; nothing was changed: try again")

    def _end(self, process: WorkerProcess) -> None:
        process.kill()
        process.channel.close()
        with self._lock:
            self._process = None


def _unwritten(error: PowkgError) -> PowkgError:
    """The error of a process that had the store open: what it says of the store is that it cannot be written."""
    return StoreWriteError(str(error)) if isinstance(error, StoreError) else error
