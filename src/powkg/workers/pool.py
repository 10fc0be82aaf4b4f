"""The worker processes that answer queries: started, lent to one caller at a time, taken back, killed, replaced.

Heavy queries do not starve cheap ones. Nobody knows how heavy a query is before it has run, so each begins alike. When
one waits and every worker is lent, a worker whose query has run longer than BUDGET is taken from it, but for those that
were lent first: `size - 1` of them may run on to their deadline. Whoever lost its worker waits for one of those places
and begins anew. So a new query waits for about BUDGET at most, however many heavy ones there are.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, deque
from contextlib import suppress

from powkg.errors import EngineBusyError, EngineCrashError
from powkg.workers.lanes import Lanes, Waiter
from powkg.workers.worker_process import WorkerProcess
from powkg.workers.zygote import Zygote

PATIENCE = 5.0
"""How long a caller waits for a free worker, in seconds."""

BUDGET = 0.05
"""How long a query surely runs though others wait, in seconds."""

BEGUN_BUDGET = 2.0
"""The same for a query whose answer has begun, and would be cut."""

REASONS = ("deadline", "memory", "crash", "left", "complex", "heavy")
"""Why a worker is ended before its time: its query took too long or too much memory, killed it in another way, or
nobody waits for it; it overflowed the stack; or it ran long while others waited."""


class Pool:
    """At most `size` workers, each lent to one caller at a time; at most `waiting` callers wait for one.

    `spawner` starts them, and is closed with the pool.

    `version` is that of the store which was last opened by the workers lent so far, or that `advance` told of; None
    before the first. A worker that opened another before that opens the store anew before it is lent, so that no two
    versions answer in turn.
    """

    def __init__(self, spawner: Zygote, size: int, waiting: int) -> None:
        self.size = size
        self.version: str | None = None
        self.ended: Counter[str] = Counter(dict.fromkeys(REASONS, 0))
        self._spawner = spawner
        self._heaviest = max(1, size - 1)
        self._free = size
        self._lanes = Lanes(waiting)
        self._lock = threading.Lock()
        self._idle: deque[WorkerProcess] = deque()
        self._lent: set[WorkerProcess] = set()
        self._opened = 0
        self._newest = -1
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
        return len(self._lanes)

    def borrow(self, *, wait: bool = True, heavy: bool = False) -> WorkerProcess:
        """A worker with the store open; where none is free, after a while unless told not to wait.

        `heavy` says that the query is known to take long. Raises EngineBusyError, StoreError, or EngineCrashError where
        no process can be started.
        """
        self._take_slot(wait=wait, heavy=heavy)
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
                    with self._lock:
                        worker.since, worker.begun, worker.heavy = time.monotonic(), False, heavy
                    return worker
        except BaseException:
            self._release()
            raise

    def give_back(self, worker: WorkerProcess) -> None:
        """Take back a worker that has sent all of an answer."""
        with self._lock:
            kept = not (worker.evicted or self._closed)
            if kept:
                self._lent.remove(worker)
                self._idle.append(worker)
        if kept:
            self._release()
        else:
            self._end(worker)

    def replace(self, worker: WorkerProcess, reason: str) -> None:
        """Kill a worker, for one of the REASONS, and start its successor, which opens the store while nobody waits.

        Where none can be started, the next caller who finds none idle tries again, and is told.
        """
        if not worker.evicted:
            self._succeed(worker, reason)
        self._end(worker)

    def _succeed(self, worker: WorkerProcess, reason: str) -> None:
        worker.stop()
        with self._lock:
            self.ended[reason] += 1
            self._lent.discard(worker)
        try:
            if not self._closed:
                with suppress(OSError):
                    self._idle_or_end(self._start())
        finally:
            self._release()

    def _idle_or_end(self, worker: WorkerProcess) -> None:
        with self._lock:
            if not self._closed:
                self._idle.appendleft(worker)
                return
        self._end(worker)

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
        self._spawner.close()

    def _take(self) -> WorkerProcess:
        """An idle worker, or a new one where none is left that lives; it counts as lent."""
        with self._lock:
            worker = self._lend(self._idle.pop() if self._idle else None)
        if worker is not None and worker.alive:
            return worker
        if worker is not None:
            self._end(worker)
        try:
            started = self._start()
        except OSError as error:
            raise EngineCrashError(f"no process can be started for the query: {error.strerror}") from error
        try:
            with self._lock:
                self._lend(started)
        except EngineBusyError:
            self._end(started)
            raise
        return started

    def _lend(self, worker: WorkerProcess | None) -> WorkerProcess | None:
        if self._closed:
            raise _stopping()
        if worker is not None:
            worker.since = math.inf
            self._lent.add(worker)
        return worker

    def _start(self) -> WorkerProcess:
        with self._lock:
            self._opened += 1
            number = self._opened
        return WorkerProcess(self._spawner, number)

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

    def _take_slot(self, *, wait: bool, heavy: bool) -> None:
        with self._lock:
            if self._free and (not heavy or self._may_be_heavy()):
                self._free -= 1
                return
            if not wait:
                raise EngineBusyError("every query process is busy")
            waiter = self._lanes.enter(heavy=heavy)
        if waiter is None:
            raise EngineBusyError("too many queries are waiting; try again in a few seconds")
        try:
            self._wait(waiter)
        finally:
            with self._lock:
                self._lanes.leave(waiter)
                served = waiter.served
        if not served:
            raise EngineBusyError("every query process is busy; try again in a few seconds")

    def _wait(self, waiter: Waiter) -> None:
        """Until the waiter is served or refused, or has no patience any more. One with a new query makes room."""
        deadline = time.monotonic() + PATIENCE
        while (left := deadline - time.monotonic()) > 0:
            pause = left if waiter.heavy else min(left, self._make_room())
            if waiter.called.wait(pause):
                return

    def _make_room(self) -> float:
        """Take the worker of a query that has run too long back; in how many seconds to try again."""
        now = time.monotonic()
        with self._lock:
            if self._free or not self._lanes.new or self._closed:
                return BUDGET
            others = sorted(self._lent, key=lambda worker: (not worker.heavy, worker.since))[self._heaviest :]
            due = {worker: worker.since + (BEGUN_BUDGET if worker.begun else BUDGET) for worker in others}
            found = min(due, key=due.__getitem__, default=None)
            if found is None or due[found] > now:
                return BUDGET if found is None else min(BUDGET, due[found] - now)
            found.evicted = True
        self._succeed(found, "heavy")
        return BUDGET

    def _may_be_heavy(self) -> bool:
        """Whether one more worker may be lent for long, so that one is left for new queries."""
        over = time.monotonic() - BUDGET
        return sum(worker.heavy or worker.since < over for worker in self._lent) < self._heaviest

    def _release(self) -> None:
        """A place is free: for who waits, or for the next who comes."""
        with self._lock:
            self._free += 1
            while self._free and self._lanes.call(heavy=self._may_be_heavy()):
                self._free -= 1


def _stopping() -> EngineBusyError:
    return EngineBusyError("the server is being stopped; try again in a few seconds")
