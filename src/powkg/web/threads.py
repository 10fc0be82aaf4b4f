"""The process that answers requests: gunicorn's, with a thread for each, whose clients keep no thread for long."""

from __future__ import annotations

import logging
from types import FrameType
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from powkg.web.connection import Connection


class Threads(ThreadWorker):
    """Gunicorn's worker with threads, over connections that bound how long a request and an answer may take.

    When it is told to stop it takes nothing more and closes the port, and finishes what it has. Its `app` is a
    `powkg.web.server.Server`.
    """

    app: Any

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

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self.app.leave()

    def set_accept_enabled(self, enabled: bool | None) -> None:  # noqa: FBT001  # as gunicorn's
        super().set_accept_enabled(enabled)
        if not self.alive:  # gunicorn would leave the port open, and whoever came then would wait for nothing
            for listener in self.sockets:
                self._accept_waiting(listener)
                listener.close()

    def _accept_waiting(self, listener: Any) -> None:  # noqa: ANN401 - of a type private to gunicorn's stubs
        """Accept who has connected already."""
        for _ in range(self.cfg.backlog):
            before = self.nr_conns
            self.accept(listener)
            if self.nr_conns == before:
                return


def _is_no_slow_client(record: logging.LogRecord) -> bool:
    """Whether a record of gunicorn's log is of anything but a client that was slow: that is no fault of the server."""
    return not (record.exc_info and isinstance(record.exc_info[1], TimeoutError))
