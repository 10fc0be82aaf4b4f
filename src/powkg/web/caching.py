"""What was answered is kept for those who ask the same again: bytes, at most so many of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

ENTRY = 500
"""What an entry takes besides its bytes, about."""

SHARE = 8
"""No entry may take more than this part (one in so many) of the whole."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A whole answer: its `kind` ("select", "ask", "graph"), its `format` (a media type) and its bytes."""

    kind: str
    format: str
    content: bytes


class Cache:
    """Entries by key, of at most `most` bytes together: those go first that were not asked for the longest.

    A key belongs to the version of the data that its entry was made from; "" is for what depends on no data. Safe to
    use from many threads. With `most` 0 nothing is kept.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.largest = most // SHARE
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._entries: OrderedDict[tuple[str, Hashable], Entry] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, version: str, key: Hashable) -> Entry | None:
        """The entry, which is now the last to go; None where there is none."""
        with self._lock:
            entry = self._entries.get((version, key))
            if entry is None:
                self.misses += 1
            else:
                self.hits += 1
                self._entries.move_to_end((version, key))
            return entry

    def put(self, version: str, key: Hashable, entry: Entry) -> None:
        """Keep an entry in place of one of that key; one that is too large is not kept."""
        size = _size(entry)
        if size > self.largest:
            return
        with self._lock:
            self._remove((version, key))
            self._entries[version, key] = entry
            self.size += size
            while self.size > self.most:
                self._remove(next(iter(self._entries)))

    def keep_only(self, version: str) -> None:
        """Drop what was made from any other version of the data."""
        with self._lock:
            for key in [key for key in self._entries if key[0] not in ("", version)]:
                self._remove(key)

    def _remove(self, key: tuple[str, Hashable]) -> None:
        removed = self._entries.pop(key, None)
        if removed is not None:
            self.size -= _size(removed)


def _size(entry: Entry) -> int:
    return len(entry.content) + ENTRY
