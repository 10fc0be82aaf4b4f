"""/picture/NAME.svg: the neighbourhood of an entity, drawn."""

from __future__ import annotations

from functools import lru_cache

from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from powkg import drawing
from powkg.engine import Engine
from powkg.errors import UsageError

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
"""A picture brings its own styles and fonts, and nothing else."""

KEPT = 100
"""How many pictures are kept, of at most about 100 kB each; to draw one takes up to a second."""


def blueprint(engine: Engine) -> Blueprint:
    """The view over an engine."""
    views = Blueprint("pictures", __name__)

    @lru_cache(KEPT)
    def drawn(name: str, _version: str) -> bytes:
        return drawing.picture(engine, name)

    @views.get("/picture/<name>.svg")
    def svg(name: str) -> Response:
        try:
            content = drawn(name, engine.version())
        except UsageError as error:
            raise NotFound(str(error)) from None
        response = Response(content, content_type="image/svg+xml")
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
        response.headers["Cache-Control"] = "max-age=300"
        response.add_etag()
        response.make_conditional(request)
        return response

    return views
