"""Where worker processes come from: one process that has loaded the engine and forks the others from itself.

    python -P -m powkg.workers.zygote MODULE [ARGUMENT...]

A worker that is forked is ready to open the store in some 20 ms; one that has to load the engine first takes ten times
as long, which is too much where runaway queries are ended all the time. The standard input of the zygote is a connected
socket of packets, on which the server asks for one thing at a time:

    START, with two descriptors     fork a process with them as standard input and error that runs MODULE's `main`;
                                    the answer is its number
    WAIT and a process's number     the answer is its exit status, below 0 the signal that ended it; or that it runs

The zygote opens no store, has one thread, and ends with the server.
"""

from __future__ import annotations

import errno
import importlib
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress

_MESSAGE = struct.Struct(">Bq")
_START, _WAIT = 1, 2
_DONE, _RUNNING, _FAILED = 1, 2, 3

_TIMEOUT = 60.0
"""How long the zygote may take to answer, the loading of the engine included, in seconds."""

_REAP_TIMEOUT = 10.0
"""How long a process that was killed may take to end, in seconds."""


class Zygote:
    """The server's side: starts processes and learns how they ended. Safe to use from many threads."""

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        """Nothing is started before the first process is asked for."""
        self._command = [sys.executable, "-P", "-m", __name__, module, *arguments]
        self._lock = threading.Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: socket.socket | None = None

    def start(self, connection: int, errors: int) -> int:
        """The number of a new process with these descriptors as standard input and error. Raises OSError."""
        with suppress(EOFError, ConnectionError, TimeoutError):  # the zygote has gone: begin anew, once
            return self._ask(_START, 0, [connection, errors])
        try:
            return self._ask(_START, 0, [connection, errors])
        except (EOFError, TimeoutError):
            raise OSError(errno.ECHILD, "the process that starts others has ended") from None

    def wait(self, pid: int) -> int | None:
        """The exit status of a process that was started here and ends now: below 0 the signal; None where unknown."""
        deadline = time.monotonic() + _REAP_TIMEOUT
        pause = 0.0005
        while time.monotonic() < deadline:
            try:
                return self._ask(_WAIT, pid)
            except BlockingIOError:
                time.sleep(pause)
                pause = min(2 * pause, 0.02)
            except (EOFError, OSError):
                return None
        return None

    def close(self) -> None:
        """End the zygote, and no other process; start none any more."""
        self._closed = True
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _ask(self, request: int, number: int, descriptors: Sequence[int] = ()) -> int:
        """The answer's number. Raises OSError with that of an error, BlockingIOError where the process still runs.

        A zygote that did not answer is ended here: its late answer would be taken for that to another question.
        """
        with self._lock:
            if self._connection is None:
                if request == _WAIT or self._closed:
                    raise EOFError
                self._connection = self._launch()
            answer = b""
            try:
                socket.send_fds(self._connection, [_MESSAGE.pack(request, number)], descriptors)
                answer = self._connection.recv(_MESSAGE.size)
            finally:
                if not answer:
                    self._drop()
        if not answer:
            raise EOFError
        outcome, found = _MESSAGE.unpack(answer)
        if outcome == _RUNNING:
            raise BlockingIOError
        if outcome == _FAILED:
            raise OSError(found, os.strerror(found))
        if request == _START and found <= 0:  # who kills 0, or what is below, kills many
            raise OSError(errno.ESRCH, f"no process has the number {found}")
        return int(found)

    def _launch(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={**os.environ, "RUST_BACKTRACE": "0"},  # the engine takes half a second to write one
                )
        except BaseException:
            ours.close()
            raise
        ours.settimeout(_TIMEOUT)
        return ours


def main() -> int:
    """Fork processes as the server asks, until it goes."""
    module, *arguments = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches every process; the server decides
    with suppress(ImportError):  # each process finds that anew, and ends by it
        importlib.import_module(module)
    control = socket.socket(fileno=os.dup(0))
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, _MESSAGE.size, 2)
        if not message:
            return 0
        request, number = _MESSAGE.unpack(message)
        outcome, found = _DONE, 0
        try:
            if request == _START:
                found = os.fork()
                if not found:
                    control.close()
                    _become(module, arguments, descriptors)
            else:
                ended, status = os.waitpid(number, os.WNOHANG)
                outcome, found = (_DONE, os.waitstatus_to_exitcode(status)) if ended else (_RUNNING, 0)
        except OSError as error:
            outcome, found = _FAILED, error.errno or errno.EIO
        for descriptor in descriptors:
            os.close(descriptor)
        control.send(_MESSAGE.pack(outcome, found))


def _become(module: str, arguments: Sequence[str], descriptors: Sequence[int]) -> None:
    """Run the module's `main` in a process that was just forked, and end it."""
    status = 1
    try:
        for target, descriptor in zip((0, 2), descriptors, strict=True):
            os.dup2(descriptor, target)
            os.close(descriptor)
        sys.argv = [module, *arguments]
        status = importlib.import_module(module).main()
    except BaseException:  # noqa: BLE001  # whatever it is, this process must not go on as the zygote
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    sys.exit(main())
