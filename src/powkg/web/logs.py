"""The log of requests: a line of JSON for each, and one with its text for a query that was slow.

A line of the first kind holds nothing by which a person or a question can be known: no address of the client unless
asked for, no query but its digest, no header.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import Any

from powkg.errors import UsageError
from powkg.settings import Settings
from powkg.web.observation import Note

STANDARD_ERROR = "-"
LONGEST_PATH = 200
LONGEST_TEXT = 2_000
"""How much of a slow query is noted, in characters."""


class Log:
    """Where requests are noted, as the settings say. A file may be moved away: it is opened anew."""

    def __init__(self, settings: Settings) -> None:
        """Raises UsageError where the file cannot be written."""
        self._every = settings.log is not None
        self._clients = settings.log_clients
        self._slow = settings.slow_query
        self._handler: logging.Handler
        try:
            to_file = settings.log not in (None, STANDARD_ERROR)
            self._handler = (
                WatchedFileHandler(str(settings.log), encoding="utf-8") if to_file else logging.StreamHandler()
            )
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
        text = json.dumps(line, ensure_ascii=True)
        self._handler.handle(logging.LogRecord("powkg.access", logging.INFO, "", 0, text, None, None))
