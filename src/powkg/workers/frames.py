"""What the server and its other processes say to each other: frames over a connected socket.

A frame is one byte for its kind, four for the length of its payload (big-endian), and the payload: UTF-8 JSON but for
`DATA`, which is a piece of the answer as it goes to the client, or of RDF as it came from one.

    worker → server   READY {"version"}           when the store is open; or ERROR, then the worker ends
    server → worker   REOPEN                      open what the store is now; READY or ERROR as before
    server → worker   REQUEST {"text", "guarded", "formats", "substitutions", "beginning", "default_graphs", …}
    worker → server   HEAD {"kind", "format"} DATA* END, or ERROR {"type", "message", …} in place of any of them

    writer → server   READY {"version"}           when the store is open; or ERROR, then the writer ends
    server → writer   REQUEST {"operation", …} DATA*      one change, and the parts of its graph
    writer → server   DONE {"created"}, or ERROR          made, or what is wrong with it, and it has changed nothing
    server → writer   COMMIT                      let the changes since the last one be the next version
    writer → server   READY {"version"}           they are; or ERROR, then the writer ends, and none of them was made
"""

from __future__ import annotations

import json
import math
import select
import socket
import struct
import time
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from powkg.errors import ClientGoneError

_PREFIX = struct.Struct(">BI")

_GONE = select.POLLHUP | select.POLLERR
_LEFT = select.POLLRDHUP | _GONE

HALF_CLOSED = 0.5
"""How long a client is waited for that has closed the connection, or perhaps only its own half of it, in seconds.

TCP does not tell the two apart until something is sent."""

CHUNK = 65_536
"""The size of a piece of an answer, in bytes."""


class Kind(IntEnum):
    """The kinds of frame."""

    READY = 1
    REQUEST = 2
    HEAD = 3
    DATA = 4
    END = 5
    ERROR = 6
    REOPEN = 7
    DONE = 8
    COMMIT = 9


def encode(kind: Kind, payload: bytes | bytearray = b"") -> bytes:
    """One frame."""
    return _PREFIX.pack(kind, len(payload)) + payload


def encode_json(kind: Kind, content: dict[str, Any]) -> bytes:
    """One frame with JSON in it."""
    return encode(kind, json.dumps(content, ensure_ascii=False).encode())


class Channel:
    """Frames over a connected stream socket. One thread at a time."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._buffer = bytearray()

    def send(self, frames: bytes, deadline: float | None = None) -> None:
        """Send encoded frames. Raises TimeoutError past the deadline (a `time.monotonic`), OSError where none reads."""
        self._connection.settimeout(_remaining(deadline))
        self._connection.sendall(frames)

    def receive(self, deadline: float | None = None, client: socket.socket | None = None) -> tuple[Kind, bytes]:
        """The next frame. Raises TimeoutError past the deadline, EOFError where the other end has gone.

        Raises ClientGoneError where the `client`, who waits for what comes of the frame, closes its own connection.
        """
        kind, length = _PREFIX.unpack(self._take(_PREFIX.size, deadline, client))
        return Kind(kind), self._take(length, deadline, client)

    @property
    def closed(self) -> bool:
        """Whether the other end has gone, or this one is closed."""
        return self._connection.fileno() < 0 or has_left(self._connection)

    def close(self) -> None:
        self._connection.close()

    def _take(self, size: int, deadline: float | None, client: socket.socket | None) -> bytes:
        while len(self._buffer) < size:
            if client is not None:
                self._watch(deadline, client)
            self._connection.settimeout(_remaining(deadline))
            try:
                received = self._connection.recv(CHUNK)
            except ConnectionError as error:
                raise EOFError from error
            if not received:
                raise EOFError
            self._buffer += received
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _watch(self, deadline: float | None, client: socket.socket) -> None:
        """Wait until something comes, unless the client leaves before."""
        poll = select.poll()
        poll.register(self._connection, select.POLLIN)
        poll.register(client, _LEFT)
        until = math.inf
        while True:
            left = min(until - time.monotonic(), _remaining(deadline) or math.inf)
            found = dict(poll.poll(None if math.isinf(left) else max(0, math.ceil(left * 1000))))
            if found.get(client.fileno(), 0) & _GONE:
                raise ClientGoneError
            if self._connection.fileno() in found:
                return
            if math.isinf(until) and found:
                until = time.monotonic() + HALF_CLOSED
                poll.modify(client, _GONE)
            if time.monotonic() >= until:
                raise ClientGoneError


def has_left(connection: socket.socket, *, surely: bool = False) -> bool:
    """Whether the other end of a connection has closed it. What it sent before may still be unread.

    `surely` leaves out those that may only have closed their own half, and still wait for what is sent.
    """
    poll = select.poll()
    poll.register(connection, _GONE if surely else _LEFT)
    return bool(poll.poll(0))


def _remaining(deadline: float | None) -> float | None:
    if deadline is None:
        return None
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class EnoughError(Exception):
    """Nobody wants more of an answer than what was sent of it."""


class AnswerWriter:
    """A binary file that sends what is written to it as frames: HEAD with the first piece, END with the last.

    The head waits for the first full piece (or the end), so that an answer which fails early fails as a whole, and a
    small answer is sent in one go. No piece is longer than `CHUNK`, however much is written at once. `send` gets
    encoded frames. With `beginning` no more is sent than the first piece: then writing raises EnoughError.
    """

    def __init__(self, send: Callable[[bytes], None], head: dict[str, Any], *, beginning: bool = False) -> None:
        self._send = send
        self._beginning, self._enough = beginning, False
        self._head = encode_json(Kind.HEAD, head)
        self._pending = bytearray()

    def write(self, data: bytes) -> int:
        if self._enough:  # the engine empties its own buffer in any case
            raise EnoughError
        self._pending += data
        full = len(self._pending) // CHUNK * CHUNK
        for start in range(0, full, CHUNK):
            self._send_frames(encode(Kind.DATA, self._pending[start : start + CHUNK]))
            if self._beginning:
                self._enough = True
                self._pending.clear()
                raise EnoughError
        del self._pending[:full]
        return len(data)

    def flush(self) -> None:
        """Nothing: pieces go out when they are full."""

    def finish(self) -> None:
        """Send what is left, and the end."""
        last = encode(Kind.DATA, self._pending) if self._pending else b""
        self._send_frames(last + encode(Kind.END))

    def _send_frames(self, frames: bytes) -> None:
        self._send(self._head + frames)
        self._head = b""
