"""What is worked out from the data once, and kept until the data change."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from powkg.engine import Engine
from powkg.errors import EngineBusyError

T = TypeVar("T")

_TRIES = 5


class Kept(Generic[T]):
    """A value made from the answers of an engine. What is kept was made from one version of the data, whole."""

    def __init__(self, engine: Engine, make: Callable[[], T]) -> None:
        self._engine = engine
        self._make = make
        self._lock = threading.Lock()
        self._kept: tuple[str, T] | None = None

    def get(self) -> tuple[str, T]:
        """The version that queries are answered from, and the value for it.

        Raises EngineBusyError where the data change faster than the value can be made, and what making it raises.
        """
        with self._lock:
            for _ in range(_TRIES):
                version = self._engine.last_version()
                if self._kept is None or self._kept[0] != version:
                    value = self._make()
                    if self._engine.last_version() != version:
                        continue
                    self._kept = version, value
                return self._kept
        raise EngineBusyError("the data are being built anew; try again in a few seconds")
