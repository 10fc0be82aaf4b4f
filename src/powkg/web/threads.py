"""The process that answers requests: gunicorn's, with a thread for each, whose clients keep no thread for long."""

from __future__ import annotations

import logging

from gunicorn.workers.gthread import TConn, ThreadWorker

from powkg.web.connection import Connection


class Threads(ThreadWorker):
    """Gunicorn's worker with threads, over connections that bound how long a request and an answer may take."""

    def init_process(self) -> None:
        self.log.error_log.addFilter(_is_no_slow_client)
        super().init_process()

    def enqueue_req(self, conn: TConn) -> None:
        if not isinstance(conn.sock, Connection):
            conn.sock = Connection(fileno=conn.sock.detach())
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> bool:
        """Answer a request; whether the connection may be used again."""
        connection = conn.sock
        assert isinstance(connection, Connection)  # noqa: S101 - for mypy
        connection.expect()
        kept = super().handle(conn)
        if kept is False:
            connection.finish()
        return kept


def _is_no_slow_client(record: logging.LogRecord) -> bool:
    """Whether a record of gunicorn's log is of anything but a client that was slow: that is no fault of the server."""
    return not (record.exc_info and isinstance(record.exc_info[1], TimeoutError))
