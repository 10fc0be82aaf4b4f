"""/picture/NAME.svg: the neighbourhood of an entity, drawn."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from powkg import drawing
from powkg.engine import Engine
from powkg.errors import UsageError

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
"""A picture brings its own styles and fonts, and nothing else."""


def blueprint(engine: Engine) -> Blueprint:
    """The view over an engine."""
    views = Blueprint("pictures", __name__)

    @views.get("/picture/<name>.svg")
    def svg(name: str) -> Response:
        try:
            content = drawing.picture(engine, name)
        except UsageError as error:
            raise NotFound(str(error)) from None
        response = Response(content, content_type="image/svg+xml")
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
        response.headers["Cache-Control"] = "max-age=300"
        return response

    return views
