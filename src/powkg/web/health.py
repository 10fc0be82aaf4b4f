"""/health: whether this server can answer, and from which data; /health/live and /health/ready for what watches it."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from typing import Any

from flask import Blueprint, Response, json

from powkg.counts import everything, statements
from powkg.engine import Engine
from powkg.errors import EngineBusyError, PowkgError, QueryTimeoutError
from powkg.web import problems


def blueprint(engine: Engine, *, own: bool = False, union: bool = False) -> Blueprint:
    """The view over an engine. The statements of each version of the store are counted once.

    `own` where the data are one's own, whose default graph is no other view of the rest; `union` where the engine takes
    all graphs together as the default graph of a query.
    """
    views = Blueprint("health", __name__)

    @lru_cache(1)
    def counted(_version: str) -> dict[str, int]:
        try:
            return {"quads": everything(engine, union=union) if own else statements(engine)}
        except QueryTimeoutError:
            return {}

    @views.get("/health")
    def health() -> Response:
        try:
            version = engine.version(wait=False)
            status: dict[str, Any] = {"status": "ok", "dataset": version}
            with suppress(EngineBusyError):  # who counts waits with the others, and this is about the server
                status |= counted(version)
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
