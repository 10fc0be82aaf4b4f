"""How long a query may go on before it counts as heavy; who waits for a worker, and who gets the next.

Those whose query is new come before those whose query is known as heavy.

Among the new ones the last comes first. Where more come than can be served, somebody has to go without an answer in any
case, and so it is those who have waited long, and everyone else is answered soon.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque

from powkg.workers.worker_process import WorkerProcess

BUDGET = 0.05
"""The processor time that a query surely gets though others wait, in seconds: a busy machine makes no query heavy."""

LONGEST = 2.0
"""How long it surely runs though it takes less, and how long its answer may go on that has begun, in seconds."""


class Waiter:
    """One caller who waits. `served` says that a worker is reserved for it, `refused` that it is sent away."""

    def __init__(self, *, heavy: bool) -> None:
        self.heavy = heavy
        self.served = False
        self.refused = False
        self.called = threading.Event()


class Lanes:
    """The callers who wait, at most `most`. For one thread at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._new: deque[Waiter] = deque()
        self._heavy: deque[Waiter] = deque()

    def __len__(self) -> int:
        return len(self._new) + len(self._heavy)

    def enter(self, *, heavy: bool) -> Waiter | None:
        """A place; None where there is none. A new query takes that of a heavy one, or of the one that waited longest.

        A heavy query takes no other's place.
        """
        if len(self) >= self._most:
            line = self._heavy or self._new
            if not line or heavy:
                return None
            oldest = line.popleft()
            oldest.refused = True
            oldest.called.set()
        waiter = Waiter(heavy=heavy)
        (self._heavy if heavy else self._new).append(waiter)
        return waiter

    def call(self, *, heavy: bool) -> Waiter | None:
        """Serve the next, where there is one; `heavy` says whether one may be served whose query is."""
        if self._new:
            waiter = self._new.pop()
        elif self._heavy and heavy:
            waiter = self._heavy.popleft()
        else:
            return None
        waiter.served = True
        waiter.called.set()
        return waiter

    def leave(self, waiter: Waiter) -> None:
        """Wait no more, where the waiter still does."""
        line = self._heavy if waiter.heavy else self._new
        if waiter in line:
            line.remove(waiter)


def is_heavy(worker: WorkerProcess) -> bool:
    """Whether a lent worker works at a heavy query."""
    return worker.heavy or time_left(worker) <= 0


def time_left(worker: WorkerProcess) -> float:
    """For how many seconds a lent worker may not be taken back, at least."""
    if math.isinf(worker.since):
        return BUDGET
    left = LONGEST - (time.monotonic() - worker.since)
    return left if worker.begun else min(left, BUDGET - worker.worked)
