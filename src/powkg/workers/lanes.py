"""Who waits for a worker, and who gets the next: those whose query is new before those whose query is known as heavy.

Among the new ones the last comes first. Where more come than can be served, somebody has to go without an answer in any
case, and so it is those who have waited long, and everyone else is answered soon.
"""

from __future__ import annotations

import threading
from collections import deque


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

    @property
    def new(self) -> int:
        """How many of those who wait have a new query."""
        return len(self._new)

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

    def call(self, *, heavy: bool) -> bool:
        """Serve the next; `heavy` says whether one may be served whose query is. Whether there was one."""
        if self._new:
            waiter = self._new.pop()
        elif self._heavy and heavy:
            waiter = self._heavy.popleft()
        else:
            return False
        waiter.served = True
        waiter.called.set()
        return True

    def leave(self, waiter: Waiter) -> None:
        """Wait no more, where the waiter still does."""
        line = self._heavy if waiter.heavy else self._new
        if waiter in line:
            line.remove(waiter)
