"""/sparql: the SPARQL 1.1 Protocol's query operation, and the form for people."""

from __future__ import annotations

import errno
import logging
from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from powkg import results
from powkg.engine import Engine, Stream
from powkg.errors import NotAcceptableError, PowkgError, UsageError
from powkg.web import problems, protocol
from powkg.web.editor import Editor, address
from powkg.web.examples import Example

USAGE = "no query: send one as SPARQL 1.1 Protocol, in the parameter 'query' of a GET or POST request"

_log = logging.getLogger("powkg.web")


class Body:
    """The pieces of an answer as they go to the client. An answer that breaks off cuts the connection."""

    def __init__(self, stream: Stream) -> None:
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


def blueprint(engine: Engine, examples: Sequence[Example], timeout: float) -> Blueprint:
    """The endpoint over an engine; `timeout` (seconds) also bounds how long a client may leave a piece unread."""
    views = Blueprint("sparql", __name__)
    editor = Editor(engine, examples, timeout)

    @views.route("/sparql", methods=["GET", "POST"])
    def endpoint() -> BaseResponse:
        """The form posts, so that a query may be long; what fits in an address gets one that can be kept."""
        operation = protocol.read(request)
        in_browser = problems.prefers_html(request)
        if operation is None:
            return editor.page(None) if in_browser else problems.problem(400, USAGE)
        if in_browser and operation.format is None:
            place = address(operation) if request.method == "POST" else None
            return redirect(place, 303) if place else editor.page(operation)
        formats = _formats(operation.format, request.headers.get("Accept"))
        try:
            stream = engine.open(
                operation.query,
                formats,
                substitutions=operation.substitutions(),
                default_graphs=operation.default_graphs,
                named_graphs=operation.named_graphs,
                base=request.base_url,
            )
        except NotAcceptableError as error:
            return problems.problem(406, _choices(error.kind))
        return _respond(stream, timeout)

    @views.after_request
    def preflight(response: Response) -> Response:
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
            response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type"
            response.headers["Access-Control-Max-Age"] = "86400"
        return response

    return views


def _formats(name: str | None, accept: str | None) -> dict[str, str | None]:
    """The media type for each kind of answer, by the format's name (a short one or a media type) or by the header."""
    if name is None:
        return {kind: results.negotiate(accept, kind) for kind in results.FORMATS}
    formats: dict[str, str | None]
    if "/" in name:
        formats = {kind: results.negotiate(name, kind) for kind in results.FORMATS}
    else:
        formats = {kind: _by_name(name, kind) for kind in results.FORMATS}
    if not any(formats.values()):
        raise UsageError(f"no format {name!r}: give one of {', '.join(results.names())}")
    return formats


def _by_name(name: str, kind: results.Kind) -> str | None:
    try:
        return results.by_name(name, kind).media_type
    except UsageError:
        return None


def _choices(kind: str) -> str:
    known = [entry.media_type for name, entries in results.FORMATS.items() if name == kind for entry in entries]
    return f"the answer is there ({kind}), but in no format that was asked for; it can be had as {', '.join(known)}"


def _respond(stream: Stream, timeout: float) -> Response:
    content_type = stream.format + ("; charset=utf-8" if stream.format.startswith("text/") else "")
    if stream.whole is not None:
        response = Response(stream.whole, content_type=content_type)
    elif request.method == "HEAD":
        stream.close()
        response = Response(content_type=content_type)
        response.headers.remove("Content-Length")
    else:
        connection = request.environ.get("gunicorn.socket")
        if connection is not None:
            connection.settimeout(timeout)  # a client that stops reading must not keep the query's process
        response = Response(Body(stream), content_type=content_type)
    response.vary.add("Accept")
    return response
