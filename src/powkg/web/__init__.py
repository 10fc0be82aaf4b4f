"""The web application: `create_app(settings)`. One blueprint a concern, each made for one engine."""

from __future__ import annotations

from flask import Flask, Response

from powkg import guard, queries
from powkg.engine import Engine
from powkg.settings import Settings
from powkg.web import health, landing, ontology, pictures, problems, sparql
from powkg.web import questions as question_pages
from powkg.web.examples import examples

MAX_BODY = 4 * guard.MAX_LENGTH
"""The longest request body, in bytes: a query of the greatest length, whatever its characters."""

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(settings: Settings, engine: Engine | None = None) -> Flask:
    """The application over the store of `settings`, through `engine` (made from the settings where none is given).

    The engine is at `app.extensions["powkg.engine"]`; whoever made the app closes it.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    engine = engine or Engine(settings.store, settings.query_timeout, memory=settings.query_memory)
    app.extensions["powkg.engine"] = engine
    named = queries.load(settings.data / "queries" / "questions")
    questions = examples(named)
    app.register_blueprint(landing.blueprint(engine, questions))
    app.register_blueprint(ontology.blueprint(engine, named))
    app.register_blueprint(question_pages.blueprint(questions))
    app.register_blueprint(sparql.blueprint(engine, questions, settings.query_timeout))
    app.register_blueprint(pictures.blueprint(engine))
    app.register_blueprint(health.blueprint(engine))
    problems.register(app)
    app.after_request(_guard_headers)
    return app


def _guard_headers(response: Response) -> Response:
    """What every answer says: that any page may read it (all of it is public), and what a browser must not do."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers["Access-Control-Allow-Origin"] = "*"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
