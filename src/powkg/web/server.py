"""The HTTP server: gunicorn with one process of threads around the application."""

from __future__ import annotations

import errno
import mmap
import socket
import threading
from collections.abc import Callable
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

SPARE = 15
"""How much longer than a query may take a process goes on that another one follows, in seconds: queries wait before."""


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
    process and with it another application; the old one finishes what it answers, however long that takes. At SIGTERM
    it has GRACE for that.
    """

    def __init__(
        self,
        make_app: Callable[[], Flask],
        listener: socket.socket,
        threads: int,
        when_ready: Callable[[], None],
        longest: float,
    ) -> None:
        """`when_ready` is called once the first request can be answered; `longest` (seconds) bounds every query."""
        self._make_app = make_app
        self._app: Flask | None = None
        self._threads = threads
        self._when_ready = when_ready
        self._longest = longest
        self._stopping = mmap.mmap(-1, 1)  # of all processes: whether the server stops, and not only one of them
        self._left = self._told = False
        self._descriptor = listener.detach()
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"fd://{self._descriptor}",
            "backlog": BACKLOG,
            "worker_class": Threads,
            "workers": 1,
            "threads": self._threads,
            "graceful_timeout": 0,  # after SIGHUP nothing waits for the old process
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

    def run(self) -> None:
        _Arbiter(self).run()

    def stop(self) -> None:
        """Let every process know that the server stops: in the one that has started them."""
        self._stopping[0] = 1
        self.cfg.set("graceful_timeout", GRACE)

    def leave(self) -> None:
        """Have what still runs in this process ended in time, when it is told to stop: it may be told several times.

        The store is let go of as soon as the changes under way are made, since the process that follows wants it.
        Queries have as long as any may take where another process follows; where the server stops, until TOLD. Then
        their clients get 503, or see a cut answer.
        """
        if self._app is None:
            return
        engine, writer = self._app.extensions["powkg.engine"], self._app.extensions["powkg.writer"]
        if not self._left:
            self._left = True
            self.cfg.set("graceful_timeout", int(self._longest + SPARE))
            if writer is not None:
                _later(0, writer.retire)
                _later(TOLD, writer.close)
            _later(self._longest + SPARE - 1, engine.close)
        if self._stopping[0] and not self._told:
            self._told = True
            _later(TOLD, engine.close)

    def load(self) -> Any:  # noqa: ANN401 - gunicorn's own type of application is private to its stubs
        self._app = self._make_app()
        return self._app

    def _started(self, worker: Worker) -> None:
        if worker.age == 1:  # not again where gunicorn replaces a process that died
            self._when_ready()

    def _ended(self, _arbiter: Arbiter, _worker: Worker) -> None:
        if self._app is not None:
            for name in ("powkg.writer", "powkg.engine"):
                if self._app.extensions[name] is not None:
                    self._app.extensions[name].close()


class _Arbiter(Arbiter):
    """Gunicorn's process that starts the others. Its `app` is the server."""

    app: Any

    def stop(self, graceful: bool = True) -> None:  # noqa: FBT001, FBT002  # as gunicorn's
        self.app.stop()
        super().stop(graceful)


def _later(seconds: float, call: Callable[[], None]) -> None:
    """Call something in a thread that keeps no process alive."""
    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()
