"""Validators: an entity tag for every answer that stands still, and 304 to those who have it (RFC 9110, 8.8 and 13).

Whoever stores an answer asks each time whether it still holds (`no-cache`), so a change is seen at once, and costs a
client that has the answer a few hundred bytes. What says in its own header how long it holds keeps that.
"""

from __future__ import annotations

from hashlib import sha256

from flask import Flask, Response, request

from powkg.web.answering import UnchangedError

REVALIDATED = "public, no-cache"
"""Anyone may store the answer, and has to ask each time whether it holds."""


def register(app: Flask) -> None:
    """Give the answers of the app what they lack of this. A view that knows a better tag sets it."""

    @app.after_request
    def validate(response: Response) -> Response:
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code == 304:
            response.headers.setdefault("Cache-Control", REVALIDATED)  # what a 200 would say (RFC 9110, 15.4.5)
        if response.status_code != 200:
            return response
        if request.method in ("GET", "HEAD"):
            response.headers.setdefault("Cache-Control", REVALIDATED)
            if response.get_etag()[0] is None and not response.is_streamed and not response.cache_control.no_store:
                response.set_etag(_digest(response.get_data()), weak=True)
            _answer_conditionally(response)
        return response

    @app.errorhandler(UnchangedError)
    def unchanged(error: UnchangedError) -> Response:
        response = Response(status=304, headers={"Cache-Control": REVALIDATED})
        response.set_etag(error.tag, weak=True)
        response.vary.add("Accept")
        return response


def name(response: Response, tag: str | None) -> None:
    """Give a response the tag of its answer; one without, that another request would not get again, nobody stores."""
    if tag is None:
        response.headers["Cache-Control"] = "no-store"
    elif request.method in ("GET", "HEAD"):
        response.set_etag(tag, weak=True)


def matches(tag: str) -> bool:
    """Whether the request asks for nothing but what it says to have under this tag (a star says nothing)."""
    asked = request.if_none_match
    return request.method in ("GET", "HEAD") and not asked.star_tag and asked.contains_weak(tag)


def _answer_conditionally(response: Response) -> None:
    tag, _ = response.get_etag()
    if tag is None or not request.if_none_match:
        return
    if request.if_none_match.contains_weak(tag):
        response.close()
        response.response = []
        response.status_code = 304


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:32]
