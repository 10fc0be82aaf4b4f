"""/health: whether this server can answer, and from which data; /health/live and /health/ready for what watches it."""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata
from typing import Any

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
        return _answer(status, code)

    @views.get("/health/live")
    def live() -> Response:
        """The process answers."""
        return _answer({"status": "ok"}, 200)

    @views.get("/health/ready")
    def ready() -> Response:
        """The store can be asked, though every query process may be busy just now."""
        try:
            engine.version(wait=False)
        except EngineBusyError:
            stopping = engine.pool.closed
            return _answer({"status": "stopping" if stopping else "busy"}, 503 if stopping else 200)
        except PowkgError as error:
            problems.log(error)
            return _answer({"status": "failed", "reason": problems.reason(error)}, 503)
        return _answer({"status": "ok"}, 200)

    return views


def _answer(status: dict[str, Any], code: int) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(json.dumps(status) + "\n", code, headers=headers, content_type="application/json")
