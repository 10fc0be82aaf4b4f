"""An answer of the engine as the body of a response."""

from __future__ import annotations

import errno
import logging
import socket
from collections.abc import Iterator

from flask import Response, request

from powkg.engine import Stream
from powkg.errors import ClientGoneError, PowkgError
from powkg.web.answering import Answer
from powkg.web.connection import reset

HELD = 8 * 1024 * 1024
"""How much of an answer is held back under HTTP/1.0, in bytes."""

_log = logging.getLogger("powkg.web")


class Body:
    """The pieces of an answer as they go to the client. An answer that breaks off cuts the connection."""

    def __init__(
        self, stream: Stream | Answer, pieces: Iterator[bytes] | None = None, reset: socket.socket | None = None
    ) -> None:
        """`pieces` are those of the stream. `reset` is the connection to be reset where the answer breaks off."""
        self._stream = stream
        self._pieces = iter(stream) if pieces is None else pieces
        self._reset = reset

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._pieces
        except ClientGoneError as error:
            raise ConnectionResetError(errno.ECONNRESET, str(error)) from None
        except PowkgError as error:
            _log.warning("an answer broke off: %s", error)
            if self._reset is not None:
                reset(self._reset)
            # The status is long sent. Without the last chunk of the transfer the client sees that the answer is cut;
            # the server takes this error for a client that has gone, and closes the connection without it.
            raise BrokenPipeError(errno.EPIPE, str(error)) from None

    def close(self) -> None:
        self._stream.close()


def client() -> socket.socket | None:
    """The connection that the answer to the request at hand goes to, where the server tells."""
    found = request.environ.get("gunicorn.socket")
    return found if isinstance(found, socket.socket) else None


def content_type(media_type: str) -> str:
    """The Content-Type of an answer: all of ours are in UTF-8, and those of text have to say so."""
    return media_type + ("; charset=utf-8" if media_type.startswith("text/") else "")


def respond(stream: Stream | Answer, timeout: float) -> Response:
    """The response that passes an answer on; `timeout` (seconds) bounds how long a client may leave a piece unread."""
    said = content_type(stream.format)
    if stream.whole is not None:
        response = Response(stream.whole, content_type=said)
    elif request.method == "HEAD":
        stream.close()
        response = Response(content_type=said)
        response.headers.remove("Content-Length")
    else:
        connection = client()
        if connection is not None:
            connection.settimeout(timeout)  # a client that stops reading must not keep the query's process
        old = request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
        response = Response(_held_back(stream, connection) if old else Body(stream), content_type=said)
    response.vary.add("Accept")
    return response


def _held_back(stream: Stream | Answer, connection: socket.socket | None) -> bytes | Body:
    """The answer as a whole where it is not too long to be held; else its pieces.

    HTTP/1.0 has no chunks: an answer of unknown length ends where the connection does, and one that is cut looks like a
    whole one. So an answer that breaks off while it is held has its true status, and a longer one that does resets the
    connection, which no client and no proxy takes for its end.
    """
    pieces = iter(stream)
    held, size = [], 0
    try:
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size > HELD:
                return Body(stream, _chained(held, pieces), connection)
    except BaseException:
        stream.close()
        raise
    stream.close()
    if connection is not None:
        connection.settimeout(None)  # the query has ended: the client may take the answer as it takes others
    return b"".join(held)


def _chained(held: list[bytes], pieces: Iterator[bytes]) -> Iterator[bytes]:
    while held:
        yield held.pop(0)
    yield from pieces
