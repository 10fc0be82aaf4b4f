"""An answer of the engine as the body of a response."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator

from flask import Response, request

from powkg.engine import Stream
from powkg.errors import PowkgError
from powkg.web.answering import Answer

_log = logging.getLogger("powkg.web")


class Body:
    """The pieces of an answer as they go to the client. An answer that breaks off cuts the connection."""

    def __init__(self, stream: Stream | Answer) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except PowkgError as error:
            _log.warning("an answer broke off: %s", error)
            # The status is long sent. Without the last chunk of the transfer the client sees that the answer is cut;
            # the server takes this error for a client that has gone, and closes the connection without it.
            raise BrokenPipeError(errno.EPIPE, str(error)) from None

    def close(self) -> None:
        self._stream.close()


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
        connection = request.environ.get("gunicorn.socket")
        if connection is not None:
            connection.settimeout(timeout)  # a client that stops reading must not keep the query's process
        response = Response(Body(stream), content_type=said)
    response.vary.add("Accept")
    return response
