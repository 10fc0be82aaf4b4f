"""Whose turn it is to write: many at a time, or one alone that first looks whether it still may; and never too many."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from powkg.errors import EngineBusyError

SHARE = 2
"""Changes may take this part (one in so many) of the threads that answer requests, those that wait for a turn too."""


class Turns:
    """A lock that either any number of threads hold together, or one holds alone.

    One that waits to be alone goes before those who come later, so that it is not left waiting for ever. Each raises
    EngineBusyError where as many hold the lock or wait for it as may, so that threads are left for those who read, and
    where the turn does not come in time.
    """

    def __init__(self, threads: int, patience: float) -> None:
        """`threads` is how many requests are answered at once; `patience` how long a turn is waited for, in seconds."""
        self._places = threading.BoundedSemaphore(max(1, threads // SHARE))
        self._patience = patience
        self._free = threading.Condition()
        self._together = 0
        self._alone = False
        self._waiting = 0

    @contextmanager
    def together(self) -> Iterator[None]:
        """For a change that holds whatever others do meanwhile."""
        with self._place():
            with self._free:
                self._wait(lambda: not self._alone and not self._waiting)
                self._together += 1
            try:
                yield
            finally:
                with self._free:
                    self._together -= 1
                    self._free.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For a change that holds only while nothing else has changed."""
        with self._place():
            with self._free:
                self._waiting += 1
                try:
                    self._wait(lambda: not self._alone and not self._together)
                finally:
                    self._waiting -= 1
                    self._free.notify_all()
                self._alone = True
            try:
                yield
            finally:
                with self._free:
                    self._alone = False
                    self._free.notify_all()

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise EngineBusyError("too many changes are being made or wait; try again in a few seconds")
        try:
            yield
        finally:
            self._places.release()

    def _wait(self, come: Callable[[], bool]) -> None:
        if not self._free.wait_for(come, self._patience):
            raise EngineBusyError("the changes before this one take long, and it was not begun; try again")
