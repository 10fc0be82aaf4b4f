"""What is said when a request cannot be answered: status, and a body as the client asks for it."""

from __future__ import annotations

import http
import logging

from flask import Flask, Request, Response, json, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from powkg.errors import (
    ClientGoneError,
    EngineBusyError,
    EngineCrashError,
    GraphConflictError,
    GraphNotFoundError,
    NotAcceptableError,
    NotSupportedError,
    PowkgError,
    QueryMemoryError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreError,
    StoreWriteError,
    UsageError,
)

RETRY_AFTER = 5
"""Seconds after which a refused client may try again."""

CLIENT_GONE = 499

_STATUS: tuple[tuple[type[PowkgError], int], ...] = (
    (NotAcceptableError, 406),
    (GraphNotFoundError, 404),
    (GraphConflictError, 409),
    (NotSupportedError, 422),
    (UsageError, 400),
    (QueryTimeoutError, 504),
    (EngineBusyError, 503),
    (QueryMemoryError, 507),
    (EngineCrashError, 500),
    (StoreError, 503),
    (ClientGoneError, CLIENT_GONE),
    (PowkgError, 500),
)

_log = logging.getLogger("powkg.web")


def status_of(error: PowkgError) -> int:
    """The HTTP status that an error of the project is answered with."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def reason(error: PowkgError) -> str:
    """What a client is told of an error: nothing of the server's files, which are in its log."""
    if isinstance(error, StoreWriteError):
        return "the store cannot be written, and nothing was changed"
    return "the store cannot be opened" if isinstance(error, StoreError) else str(error)


def log(error: PowkgError) -> None:
    """Keep an error that is the server's in its log."""
    if status_of(error) >= InternalServerError.code:
        _log.warning("%s %s: %s", request.method, request.path, error)


def prefers_html(incoming: Request) -> bool:
    """Whether the client named text/html, and nothing that it named for itself it likes better: a browser."""
    qualities = {media_type.partition(";")[0]: quality for media_type, quality in incoming.accept_mimetypes}
    html = qualities.get("text/html", 0)
    return html > 0 and html >= max(qualities.values())


def problem(
    status: int, detail: str, headers: dict[str, str] | None = None, place: dict[str, int] | None = None
) -> Response:
    """An error answer: a page for a browser, application/problem+json (RFC 9457) or plain text for the others.

    `place` holds the line and the column that JSON gives apart from the words.
    """
    title = http.HTTPStatus(status).phrase
    if prefers_html(request):
        page = render_template("problem.html", title=title, status=status, reason=detail)
        response = Response(page, status, content_type="text/html; charset=utf-8")
    elif request.accept_mimetypes.best_match(["text/plain", "application/problem+json", "application/json"]) in {
        "application/problem+json",
        "application/json",
    }:
        said = {"title": title, "status": status, "detail": detail, **(place or {})}
        body = json.dumps(said, ensure_ascii=False)
        response = Response(body + "\n", status, content_type="application/problem+json")
    else:
        response = Response(detail + "\n", status, content_type="text/plain; charset=utf-8")
    response.headers.extend(headers or {})
    response.vary.add("Accept")
    if status == ServiceUnavailable.code:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def of_error(error: PowkgError) -> Response:
    """The answer to a request that raised a PowkgError."""
    if isinstance(error, ClientGoneError):  # nobody reads it; the status, which is nginx's, is for the log
        return Response(f"{error}\n", CLIENT_GONE, content_type="text/plain; charset=utf-8")
    log(error)
    place = {}
    if isinstance(error, QuerySyntaxError) and error.line is not None and error.column is not None:
        place = {"line": error.line, "column": error.column}
    return problem(status_of(error), reason(error), place=place)


def of_http(error: HTTPException) -> Response:
    """The answer to a request that Flask or a view refused by an HTTP status."""
    kept = {name: value for name, value in error.get_headers(request.environ) if name != "Content-Type"}
    return problem(error.code or InternalServerError.code, error.description or error.name, kept)


def register(app: Flask) -> None:
    """Answer every error of the app in this way."""
    app.register_error_handler(PowkgError, of_error)
    app.register_error_handler(HTTPException, of_http)
