"""Who may: the token of those who write (RFC 6750), and what pages of other sites may send (CORS).

Every answer may be read by any page, and no request is ever answered by what a browser sends of itself (cookies): a
page can only write with a token that it was given.
"""

from __future__ import annotations

import hmac
from typing import Any

from flask import Blueprint, Request, Response, request
from werkzeug.exceptions import Forbidden, Unauthorized

from powkg.updates import Writer

EXPOSED = "Allow, Content-Disposition, ETag, Location, Retry-After"
"""What of an answer's headers a page may read besides those that it always may."""


class _TokenNeededError(Unauthorized):
    """401 with its challenge (RFC 6750, 3); `wrong` where a token was given."""

    description = "writing needs the server's token, in the header 'Authorization: Bearer TOKEN'"

    def __init__(self, *, wrong: bool) -> None:
        super().__init__()
        self._challenge = 'Bearer realm="powkg"' + (', error="invalid_token"' if wrong else "")

    def get_headers(self, *arguments: Any, **named: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - werkzeug's own
        return [*super().get_headers(*arguments, **named), ("WWW-Authenticate", self._challenge)]


def require(incoming: Request, writer: Writer | None, token: str | None) -> Writer:
    """What writes, for a request that has the token in its Authorization header.

    Raises 403 where nothing writes or there is no token, so that nobody may, and 401 where the request lacks it. What
    is raised shows neither.
    """
    if writer is None or token is None:
        raise Forbidden("this server only reads: see 'powkg serve --help' for --writable")
    scheme, _, given = incoming.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return writer
    raise _TokenNeededError(wrong=scheme.lower() == "bearer")


def allow(views: Blueprint, methods: str, headers: str) -> None:
    """Tell the pages of other sites, where their browser asks first, what they may send to these addresses."""

    @views.after_request
    def preflight(response: Response) -> Response:
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = methods
            response.headers["Access-Control-Allow-Headers"] = headers
            response.headers["Access-Control-Max-Age"] = "86400"
        return response
