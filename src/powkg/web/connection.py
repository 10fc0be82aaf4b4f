"""The connection of a client: what it sends and what it takes has to come on, so that it keeps no thread for long."""

from __future__ import annotations

import fcntl
import math
import select
import socket
import struct
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

STALL = 15.0
"""How long a request may take to come, or a whole answer to be taken, in seconds, besides what its length allows."""

RATE = 65_536
"""The bytes that allow for a second more."""

LINGER = 2.0
"""How long to wait for a client to close, so that it reads the answer before it is told of what it sent in vain."""

_MOST_IN_VAIN = 65_536
_LOOK = 1.0
"""How often to look how much of an answer the client has taken, in seconds."""

_RESET = struct.pack("ii", 1, 0)


class _Pace:
    """How long one direction of a connection may still take. It counts from when it is first asked."""

    def __init__(self) -> None:
        self._since = self._last = math.nan
        self._moved = 0

    def note(self, moved: int) -> None:
        """So many bytes have moved by now, since the beginning."""
        if moved > self._moved:
            self._moved, self._last = moved, time.monotonic()

    def left(self) -> float:
        """The seconds until more has to have moved."""
        now = time.monotonic()
        if math.isnan(self._since):
            self._since = self._last = now
        return min(self._last, self._since + self._moved / RATE) + STALL - now


class Connection(socket.socket):
    """A connected socket that bounds how long a request may take to come, and an answer to be taken, as a whole.

    Each has STALL seconds, and one more for every RATE bytes that have moved, and no pause is longer than STALL. What
    is late is a TimeoutError. Whoever sets a timeout of its own has that instead.
    """

    def __init__(self, *, fileno: int) -> None:
        """`fileno` is the descriptor of the socket, which is this one's from now on."""
        super().__init__(fileno=fileno)
        self._finished = False
        self.expect()

    def expect(self) -> None:
        """Another request begins."""
        self._receiving, self._sending = _Pace(), _Pace()
        self._received = self._sent = 0
        self._late: _Pace | None = None

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        if self._finished:
            return b""
        if self.gettimeout() is None:
            self._wait(select.POLLIN, self._receiving)
        received = super().recv(size, flags)
        self._received += len(received)
        self._receiving.note(self._received)
        return received

    def sendall(self, data: ReadableBuffer, flags: int = 0, /) -> None:
        if self.gettimeout() is not None:
            try:
                super().sendall(data, flags)
            except TimeoutError:
                self._late = self._sending
                raise
            return
        view = memoryview(data).cast("B")
        while view:
            self._wait(select.POLLOUT, self._sending)
            with suppress(BlockingIOError):
                sent = self.send(view, flags | socket.MSG_DONTWAIT)
                self._sent += sent
                view = view[sent:]

    def setblocking(self, flag: bool, /) -> None:  # noqa: FBT001  # as every socket's
        if self.fileno() >= 0:  # gunicorn sets it of one that was reset, too
            super().setblocking(flag)

    def finish(self) -> None:
        """Send no more, and wait a little for the client to close; nothing more is received. For its own thread.

        Gunicorn would wait for each connection in turn, in the thread that accepts all of them. What a client was too
        slow to take is thrown away.
        """
        if self._late is self._sending:
            reset(self)
        with suppress(OSError):
            self.shutdown(socket.SHUT_WR)
            until, in_vain = time.monotonic() + LINGER, 0
            while self._late is None and in_vain < _MOST_IN_VAIN and (left := until - time.monotonic()) > 0:
                self.settimeout(left)
                received = super().recv(4096)
                if not received:
                    break
                in_vain += len(received)
        self._finished = True

    def _wait(self, event: int, pace: _Pace) -> None:
        poll = select.poll()
        poll.register(self, event)
        while (left := pace.left()) > 0:
            if poll.poll(min(left, _LOOK) * 1000):
                return
            if pace is self._sending:
                pace.note(self._sent - self._untaken())
        self._late = pace
        raise TimeoutError("the client takes too long")

    def _untaken(self) -> int:
        """How many bytes were sent that the other end has not confirmed: the system keeps megabytes of them."""
        (count,) = struct.unpack("i", fcntl.ioctl(self, termios.TIOCOUTQ, bytes(4)))
        return int(count)


def reset(connection: socket.socket) -> None:
    """Close a connection so that the client sees that what it got is not all."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()
