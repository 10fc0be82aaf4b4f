"""/health: whether this server can answer, and from which data."""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata

from flask import Blueprint, Response, json

from powkg.counts import statements
from powkg.engine import Engine
from powkg.errors import EngineBusyError, PowkgError
from powkg.web import problems


def blueprint(engine: Engine) -> Blueprint:
    """The view over an engine. A store is read-only: its quads are counted once."""
    views = Blueprint("health", __name__)

    @lru_cache(1)
    def counted(_version: str) -> int:
        return statements(engine)

    @views.get("/health")
    def health() -> Response:
        try:
            version = engine.version(wait=False)
            status = {"status": "ok", "dataset": version, "quads": counted(version)}
        except EngineBusyError:
            status = {"status": "busy"}
        except PowkgError as error:
            problems.log(error)
            status = {"status": "failed", "reason": problems.reason(error)}
        status["version"] = metadata.version("powkg")
        status["workers"] = {"size": engine.pool.size, "idle": engine.pool.idle}
        code = 503 if status["status"] == "failed" else 200
        return Response(json.dumps(status) + "\n", code, content_type="application/json")

    return views
