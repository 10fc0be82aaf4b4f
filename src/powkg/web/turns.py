"""Whose turn it is to write: many at a time, or one alone that first looks whether it still may."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A lock that either any number of threads hold together, or one holds alone.

    One that waits to be alone goes before those who come later, so that it is not left waiting for ever.
    """

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._together = 0
        self._alone = False
        self._waiting = 0

    @contextmanager
    def together(self) -> Iterator[None]:
        """For a change that holds whatever others do meanwhile."""
        with self._free:
            self._free.wait_for(lambda: not self._alone and not self._waiting)
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
        with self._free:
            self._waiting += 1
            self._free.wait_for(lambda: not self._alone and not self._together)
            self._waiting -= 1
            self._alone = True
        try:
            yield
        finally:
            with self._free:
                self._alone = False
                self._free.notify_all()
