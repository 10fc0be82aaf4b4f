"""The HTTP server: gunicorn with one process of threads around the application."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from powkg.errors import PowkgError
from powkg.web.threads import Threads

BACKLOG = 512
GRACE = 10
"""How long answers under way may take to finish when the server is told to stop, in seconds."""

TOLD = 8
"""When those whose answers are then still under way are told that the server stops, in seconds."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at the address; port 0 is any free one. Raises PowkgError, saying what to do."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(place[:2], family=family, backlog=BACKLOG)
    except (socket.gaierror, UnicodeError):
        raise PowkgError(f"{host!r} is no address of this machine: give another with --host") from None
    except OSError as error:
        match error.errno:
            case errno.EADDRINUSE:
                raise PowkgError(
                    f"port {port} on {host} is in use: stop what uses it, or give another with --port"
                ) from None
            case errno.EACCES:
                raise PowkgError(f"port {port} may not be used by this user: give one above 1023") from None
            case errno.EADDRNOTAVAIL:
                raise PowkgError(f"{host!r} is no address of this machine: give another with --host") from None
            case _:
                raise PowkgError(f"cannot listen at port {port} on {host}: {error.strerror}") from None


def address(listener: socket.socket) -> str:
    """The address of a listening socket as a URL that a browser on this machine can open."""
    host, port = listener.getsockname()[:2]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


class Server(BaseApplication):
    """Gunicorn over a listening socket. It makes the application in the process that serves, and not before.

    A client that is slow loses its connection: else one for each thread would stop the server. SIGHUP makes another
    process and with it another application; the old one finishes what it answers.
    """

    def __init__(
        self, make_app: Callable[[], Flask], listener: socket.socket, threads: int, when_ready: Callable[[], None]
    ) -> None:
        """`when_ready` is called once the first request can be answered."""
        self._make_app = make_app
        self._app: Flask | None = None
        self._threads = threads
        self._when_ready = when_ready
        self._descriptor = listener.detach()
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"fd://{self._descriptor}",
            "backlog": BACKLOG,
            "worker_class": Threads,
            "workers": 1,
            "threads": self._threads,
            "graceful_timeout": GRACE,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "proc_name": "powkg",
            "control_socket_disable": True,
            "forwarded_allow_ips": "",  # gunicorn would believe whatever comes from this machine
            "forwarder_headers": "",
            "secure_scheme_headers": {},
            "post_worker_init": self._started,
            "worker_exit": self._ended,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401 - gunicorn's own type of application is private to its stubs
        self._app = self._make_app()
        return self._app

    def _started(self, worker: Worker) -> None:
        self._tell_when_it_stops()
        if worker.age == 1:  # not again where gunicorn replaces a process that died
            self._when_ready()

    def _tell_when_it_stops(self) -> None:
        """After SIGTERM let go of a store that is written to, and end the queries that still run some time later.

        Who then sends a change, or waits for such a query, gets 503 or sees a cut answer.
        """
        stop = signal.getsignal(signal.SIGTERM)

        def end(number: int, frame: FrameType | None) -> None:
            if callable(stop):
                stop(number, frame)
            if self._app is not None:
                if (writer := self._app.extensions["powkg.writer"]) is not None:
                    threading.Thread(target=writer.retire, daemon=True).start()
                last_call = threading.Timer(TOLD, self._app.extensions["powkg.engine"].close)
                last_call.daemon = True
                last_call.start()

        signal.signal(signal.SIGTERM, end)

    def _ended(self, _arbiter: Arbiter, _worker: Worker) -> None:
        if self._app is not None:
            for name in ("powkg.writer", "powkg.engine"):
                if self._app.extensions[name] is not None:
                    self._app.extensions[name].close()
