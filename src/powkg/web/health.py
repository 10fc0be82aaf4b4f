"""/health: whether this server can answer, and from which data."""

from __future__ import annotations

from importlib import metadata

from flask import Blueprint, Response, json

from powkg.engine import Engine
from powkg.errors import EngineBusyError, PowkgError
from powkg.web import problems

QUADS = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?graph { ?subject ?property ?value } }"


def blueprint(engine: Engine) -> Blueprint:
    """The view over an engine. A store is read-only: its quads are counted once."""
    views = Blueprint("health", __name__)
    counted: dict[str, int] = {}

    @views.get("/health")
    def health() -> Response:
        try:
            version = engine.version(wait=False)
            if version not in counted:
                ((count,),) = engine.query(QUADS)
                counted[version] = int(count.value) if count else 0
            status = {"status": "ok", "dataset": version, "quads": counted[version]}
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
