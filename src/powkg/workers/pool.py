"""The worker processes that answer queries: started, lent to one caller at a time, killed, replaced."""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress

from powkg.errors import EngineBusyError, EngineCrashError, StoreError
from powkg.workers.frames import Channel, Kind, encode

START_TIMEOUT = 60.0
"""How long a worker may take to open the store, in seconds."""

PATIENCE = 5.0
"""How long a caller waits for a free worker, in seconds."""


REASONS = ("deadline", "memory", "crash", "left")
"""Why a worker is ended before its time: its query took too long or too much, killed it, or nobody waits for it."""


class WorkerProcess:
    """One worker process and the channel to it. `number` says how often its pool had let the store be opened."""

    def __init__(self, command: Sequence[str], number: int) -> None:
        """Raises OSError where the process cannot be started."""
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
        except BaseException:
            self.channel.close()
            raise
        self.number = number
        self._version: str | None = None

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ready(self) -> str:
        """The version of the store that the worker has open. Waits until it is; raises StoreError where it cannot."""
        if self._version is None:
            try:
                kind, payload = self.channel.receive(time.monotonic() + START_TIMEOUT)
            except EOFError:
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
        self._version = None

    def kill(self) -> None:
        """End the process, whatever it is doing, and reap it. Who reads from its channel finds that it has gone."""
        self._process.kill()
        self._process.wait()


class Pool:
    """At most `size` workers, each lent to one caller at a time; at most `waiting` callers wait for one.

    `version` is that of the store which was last opened by the workers lent so far, or that `advance` told of; None
    before the first. A worker that opened another before that opens the store anew before it is lent, so that no two
    versions answer in turn.
    """

    def __init__(self, command: Sequence[str], size: int, waiting: int) -> None:
        self.size = size
        self.version: str | None = None
        self.ended: Counter[str] = Counter(dict.fromkeys(REASONS, 0))
        self._command = command
        self._most_waiting = waiting
        self._slots = threading.Semaphore(size)
        self._lock = threading.Lock()
        self._idle: deque[WorkerProcess] = deque()
        self._lent: set[WorkerProcess] = set()
        self._opened = 0
        self._newest = -1
        self._waiting = 0
        self._closed = False

    @property
    def idle(self) -> int:
        """How many workers could be lent at once."""
        return self.size - len(self._lent)

    @property
    def closed(self) -> bool:
        """Whether no worker is lent any more."""
        return self._closed

    @property
    def waiting(self) -> int:
        """How many callers wait for a worker."""
        return self._waiting

    def borrow(self, *, wait: bool = True) -> WorkerProcess:
        """A worker with the store open; where none is free, after a while unless told not to wait.

        Raises EngineBusyError, StoreError, or EngineCrashError where no process can be started.
        """
        self._take_slot(wait=wait)
        try:
            while True:
                worker = self._take()
                try:
                    while not self._keeps_up(worker, worker.ready()):
                        self._reopen(worker)
                except OSError:  # it has gone since
                    self._end(worker)
                except BaseException:
                    self._end(worker)
                    raise
                else:
                    return worker
        except BaseException:
            self._slots.release()
            raise

    def give_back(self, worker: WorkerProcess) -> None:
        """Take back a worker that has sent all of an answer."""
        with self._lock:
            self._lent.remove(worker)
            if self._closed:
                worker.channel.close()
            else:
                self._idle.append(worker)
        self._slots.release()

    def replace(self, worker: WorkerProcess, reason: str) -> None:
        """Kill a worker, for one of the REASONS, and start its successor, which opens the store while nobody waits.

        Where none can be started, the next caller who finds none idle tries again, and is told.
        """
        try:
            self._end(worker)
            with self._lock, suppress(OSError):
                self.ended[reason] += 1
                if not self._closed:
                    self._idle.appendleft(self._start())
        finally:
            self._slots.release()

    def advance(self, version: str) -> None:
        """From now on lend workers only that have this version of the store open, or one that came after it.

        Those that are idle open it at once, so that the next caller need not wait for it; one that is about to open the
        store does so again only when it is lent.
        """
        with self._lock:
            self.version, self._newest = version, self._opened
            for worker in self._idle:
                if not worker.opening:
                    self._opened += 1
                    with suppress(OSError):  # it has gone: whoever takes it sees to that
                        worker.reopen(self._opened)

    def close(self) -> None:
        """Kill every worker and start no other. Whoever still reads from one gets an EngineBusyError."""
        with self._lock:
            self._closed = True
            idle, lent = [*self._idle], [*self._lent]
            self._idle.clear()
        for worker in (*idle, *lent):
            worker.kill()
        for worker in idle:
            worker.channel.close()

    def _take(self) -> WorkerProcess:
        """An idle worker, or a new one where none is left that lives; it counts as lent."""
        with self._lock:
            if self._closed:
                raise EngineBusyError("the server is being stopped; try again in a few seconds")
            worker = self._idle.pop() if self._idle else None
            if worker is not None and not worker.alive:
                worker.channel.close()
                worker = None
            if worker is None:
                try:
                    worker = self._start()
                except OSError as error:
                    raise EngineCrashError(f"no process can be started for the query: {error.strerror}") from error
            self._lent.add(worker)
            return worker

    def _start(self) -> WorkerProcess:
        self._opened += 1
        return WorkerProcess(self._command, self._opened)

    def _reopen(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._opened += 1
            number = self._opened
        worker.reopen(number)

    def _keeps_up(self, worker: WorkerProcess, version: str) -> bool:
        """Whether the worker has the newest version open that is known; its own is, where none was opened later."""
        with self._lock:
            if worker.number > self._newest:
                self._newest, self.version = worker.number, version
            return version == self.version

    def _end(self, worker: WorkerProcess) -> None:
        """Kill a lent worker."""
        worker.kill()
        worker.channel.close()
        with self._lock:
            self._lent.discard(worker)

    def _take_slot(self, *, wait: bool) -> None:
        if self._slots.acquire(blocking=False):
            return
        if not wait:
            raise EngineBusyError("every query process is busy")
        with self._lock:
            if self._waiting >= self._most_waiting:
                raise EngineBusyError("too many queries are waiting; try again in a few seconds")
            self._waiting += 1
        try:
            if not self._slots.acquire(timeout=PATIENCE):
                raise EngineBusyError("every query process is busy; try again in a few seconds")
        finally:
            with self._lock:
                self._waiting -= 1
