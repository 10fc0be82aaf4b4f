"""The log of requests: a line of JSON for each, and one with its text for a query that was slow.

A line of the first kind holds nothing by which a person or a question can be known: no address of the client unless
asked for, no query but its digest, no header.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from powkg.errors import UsageError
from powkg.settings import Settings
from powkg.web.observation import Note

STANDARD_ERROR = "-"
LONGEST_PATH = 200
LONGEST_TEXT = 2_000
"""How much of a slow query is noted, in characters."""


class Log:
    """Where requests are noted, as the settings say. A file is opened for each line, so it may be moved away."""

    def __init__(self, settings: Settings) -> None:
        """Raises UsageError where the file cannot be written."""
        self._every = settings.log is not None
        self._clients = settings.log_clients
        self._slow = settings.slow_query
        self._file = None if settings.log in (None, STANDARD_ERROR) else Path(str(settings.log))
        if self._file is not None:
            try:
                self._file.open("a").close()
            except OSError as error:
                raise UsageError(f"POWKG_LOG is {settings.log!r}, which cannot be written: {error.strerror}") from None

    def observe(self, note: Note) -> None:
        """Note a request that has ended."""
        slow = self._slow is not None and note.text is not None and note.seconds > self._slow
        if not (self._every or slow):
            return
        line: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": note.method,
            "path": note.path[:LONGEST_PATH],
            "route": note.route,
            "status": note.status,
            "outcome": note.outcome,
            "bytes": note.sent,
            "ms": round(note.seconds * 1000, 1),
        }
        if note.digest is not None:
            line["query"] = note.digest
        if self._clients:
            line["client"] = note.client
        if self._every:
            self._write(line)
        if slow and note.text is not None:
            self._write(
                {"time": line["time"], "slow": line["ms"], "query": note.digest, "text": note.text[:LONGEST_TEXT]}
            )

    def _write(self, line: dict[str, Any]) -> None:
        text = json.dumps(line) + "\n"
        with suppress(OSError):  # a full disk is no reason to answer nobody
            if self._file is None:
                sys.stderr.write(text)
            else:
                with self._file.open("a") as file:
                    file.write(text)
