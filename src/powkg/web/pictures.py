"""/picture/NAME.svg: the neighbourhood of an entity, drawn."""

from __future__ import annotations

import threading
from functools import lru_cache

from flask import Blueprint, Response, redirect, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from powkg import drawing
from powkg.engine import Engine
from powkg.errors import EngineBusyError, UsageError
from powkg.namespaces import ID, curie
from powkg.networks.finding import entity_iri

PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"
"""A picture brings its own styles and fonts, and nothing else."""

KEPT = 100
"""How many pictures are kept, of at most about 100 kB each; to draw one takes up to a second."""

AT_ONCE = 3
"""How many pictures are drawn at once, so that pictures do not take every thread and worker."""


def blueprint(engine: Engine) -> Blueprint:
    """The view over an engine."""
    views = Blueprint("pictures", __name__)
    places = threading.Semaphore(AT_ONCE)

    @lru_cache(KEPT)
    def drawn(entity: str, version: str) -> bytes:
        if not places.acquire(blocking=False):
            raise EngineBusyError("too many pictures are being drawn; try again in a few seconds")
        try:
            return drawing.picture(engine, entity, version)
        finally:
            places.release()

    @views.get("/picture/<name>.svg")
    def svg(name: str) -> BaseResponse:
        iri = entity_iri(name)
        if iri is not None and name != _name(iri):
            return redirect(url_for("pictures.svg", name=_name(iri)), 308)
        try:
            content = drawn(iri or name, engine.last_version())
        except UsageError as error:
            raise NotFound(str(error)) from None
        response = Response(content, content_type="image/svg+xml")
        response.headers["Content-Security-Policy"] = PICTURE_POLICY
        return response

    return views


def _name(iri: str) -> str:
    """The one name that a picture of the entity has: the local part of its IRI, with a prefix where it is a claim."""
    return iri.removeprefix(ID) if iri.startswith(ID) else curie(iri)
