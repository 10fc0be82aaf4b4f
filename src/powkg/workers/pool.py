"""The worker processes that answer queries: started, lent to one caller at a time, taken back, killed, replaced.

Heavy queries do not starve cheap ones. Nobody knows how heavy a query is before it has run, so each begins alike, in a
pool with more workers than the machine has processors. The third of them that was lent first may go on for as long as
its queries like, and gives way to the others. Whoever of these takes more than BUDGET loses its worker, waits for a
place in that third, and begins anew. So there is nearly always a worker for a query that has just come.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, deque
from contextlib import suppress

from powkg.errors import EngineBusyError, EngineCrashError
from powkg.workers.lanes import BUDGET, Lanes, is_heavy, time_left
from powkg.workers.worker_process import WorkerProcess
from powkg.workers.zygote import Zygote

PATIENCE = 5.0
"""How long a caller waits for a free worker, in seconds."""

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
        self._heaviest = max(1, size // 3)
        self._free = size
        self._promised = 0  # places for heavy queries whose workers are not lent yet
        self._lanes = Lanes(waiting)
        self._lock = threading.Lock()
        self._crowded = threading.Condition(self._lock)
        self._idle: deque[WorkerProcess] = deque()
        self._lent: set[WorkerProcess] = set()
        self._opened = 0
        self._newest = -1
        self._closed = False
        threading.Thread(target=self._watch, name="powkg-pool", daemon=True).start()

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
            worker = self._take_ready()
        except BaseException:
            with self._lock:
                self._promised -= heavy
            self._release()
            raise
        with self._lock:
            self._promised -= heavy
            worker.lend(heavy=heavy)
        return worker

    def give_back(self, worker: WorkerProcess) -> None:
        """Take back a worker that has sent all of an answer."""
        with self._lock:
            ours = self._take_back(worker)
            kept = ours and not (worker.slowed or self._closed)
            if kept:
                self._idle.append(worker)
        if kept:
            self._release()
        elif ours:
            self._succeed(worker)
        if not kept:
            self._end(worker)

    def replace(self, worker: WorkerProcess, reason: str) -> None:
        """Kill a worker, for one of the REASONS, and start its successor; who finds none may try, too, and is told."""
        with self._lock:
            ours = self._take_back(worker)
            self.ended[reason] += ours
        if ours:
            self._succeed(worker)
        self._end(worker)

    def _take_back(self, worker: WorkerProcess) -> bool:
        """Lend a worker no more; whether it was lent until now. Who finds it so, and nobody else, frees its place."""
        lent = worker in self._lent
        self._lent.discard(worker)
        return lent

    def _succeed(self, worker: WorkerProcess, spare: int = 0) -> None:
        """End a worker that was taken back, start its successor, and `spare` more where there are none yet."""
        worker.stop()
        with self._lock:
            missing = 0 if self._closed else min(1 + spare, self.size + spare - len(self._lent) - len(self._idle))
        try:
            with suppress(OSError):
                for _ in range(missing):
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
            self._crowded.notify()
            idle, lent = [*self._idle], [*self._lent]
            self._idle.clear()
        for worker in (*idle, *lent):
            worker.kill()
        for worker in idle:
            worker.channel.close()
        self._spawner.close()

    def _take_ready(self) -> WorkerProcess:
        """A worker that has the newest version open."""
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
            self._crowded.notify()
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
                self._promised += heavy
                return
            if not wait:
                raise EngineBusyError("every query process is busy")
            waiter = self._lanes.enter(heavy=heavy)
        if waiter is None:
            raise EngineBusyError("too many queries are waiting; try again in a few seconds")
        try:
            waiter.called.wait(PATIENCE)
        finally:
            with self._lock:
                self._lanes.leave(waiter)
                served = waiter.served
        if not served:
            raise EngineBusyError("every query process is busy; try again in a few seconds")

    def _watch(self) -> None:
        """Take back the workers of queries that take too much, until the pool is closed."""
        while True:
            with self._crowded:
                self._crowded.wait_for(lambda: self._closed or len(self._lent) > self._heaviest)
                if self._closed:
                    return
                found, pause = self._overdue()
            if found is None:
                time.sleep(pause)
            else:
                self._succeed(found, spare=1)

    def _overdue(self) -> tuple[WorkerProcess | None, float]:
        """A worker that is taken back now, lent no more; or in how many seconds to look again."""
        lent = sorted(self._lent, key=lambda worker: (not worker.heavy, worker.since))
        for worker in filter(is_heavy, lent[: self._heaviest]):
            worker.slow_down()
        waited_for = len(self._lanes) > 0
        left = {worker: time_left(worker) for worker in lent[self._heaviest :] if waited_for or not worker.begun}
        found = min(left, key=left.__getitem__, default=None)
        if found is None or left[found] > 0:
            return None, BUDGET if found is None else max(0.005, min(BUDGET, left[found]))
        found.evicted = self._take_back(found)
        self.ended["heavy"] += 1
        return found, 0

    def _may_be_heavy(self) -> bool:
        """Whether one more worker may be lent for long, so that one is left for new queries."""
        return self._promised + sum(map(is_heavy, self._lent)) < self._heaviest

    def _release(self) -> None:
        """A place is free: for who waits, or for the next who comes."""
        with self._lock:
            self._free += 1
            while self._free and (served := self._lanes.call(heavy=self._may_be_heavy())) is not None:
                self._free -= 1
                self._promised += served.heavy


def _stopping() -> EngineBusyError:
    return EngineBusyError("the server is being stopped; try again in a few seconds")
