"""The web application: `create_app(settings)`. One blueprint a concern, each made for one engine."""

from __future__ import annotations

from flask import Flask, Response

from powkg import guard, queries
from powkg.engine import Engine
from powkg.settings import Settings
from powkg.updates import Writer
from powkg.web import (
    access,
    coding,
    conditional,
    graph_store,
    health,
    landing,
    metrics,
    observation,
    ontology,
    own,
    pictures,
    problems,
    proxy,
    sparql,
    update,
)
from powkg.web import questions as question_pages
from powkg.web.answering import Answers
from powkg.web.caching import Cache
from powkg.web.description import Description
from powkg.web.examples import examples
from powkg.web.logs import Log
from powkg.web.turns import Turns

MAX_BODY = 4 * guard.MAX_LENGTH
"""The longest request body, in bytes: a query or update of the greatest length, whatever its characters."""

MIB = 1024 * 1024

CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(
    settings: Settings, engine: Engine | None = None, writer: Writer | None = None, *, threads: int = 100
) -> Flask:
    """The application over the store of `settings`, through `engine` (made from the settings where none is given).

    `threads` is how many requests are answered at once; changes never take all of them. With a `writer` who knows the
    token of the settings may change the store. The engine is at `app.extensions["powkg.engine"]`, the writer at
    "powkg.writer"; whoever made the app closes both. Over data of one's own there are no pages that know what the data
    are about.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_BODY
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    engine = engine or Engine(
        settings.store, settings.query_timeout, memory=settings.query_memory, union=settings.union
    )
    app.extensions["powkg.engine"], app.extensions["powkg.writer"] = engine, writer
    cache = Cache(settings.cache * MIB)
    answers = Answers(engine, cache, union=settings.union)
    counted = metrics.Metrics(engine, cache)
    observation.register(app, (counted.observe, Log(settings).observe))
    proxy.register(app, settings.proxies)
    named = () if settings.own else queries.load(settings.data / "queries" / "questions")
    questions = examples(named)
    app.jinja_env.globals["own"] = settings.own
    if settings.own:
        app.register_blueprint(own.blueprint(engine))
    else:
        app.register_blueprint(landing.blueprint(engine, questions))
        app.register_blueprint(ontology.blueprint(engine, named))
        app.register_blueprint(question_pages.blueprint(questions))
        app.register_blueprint(pictures.blueprint(engine))
    writable = writer is not None and settings.token is not None
    description = Description(engine, writable=writable, union=settings.union)
    turns = Turns(threads, settings.update_timeout)
    app.register_blueprint(
        sparql.blueprint(answers, questions, settings.query_timeout, settings.longest_query, description)
    )
    app.register_blueprint(update.blueprint(writer, settings.token, turns))
    app.register_blueprint(graph_store.blueprint(engine, settings.query_timeout, writer, settings.token, turns))
    app.register_blueprint(health.blueprint(engine, own=settings.own, union=settings.union))
    app.register_blueprint(metrics.blueprint(counted))
    problems.register(app)
    app.after_request(_guard_headers)  # what is registered last sees an answer first
    coding.register(app, cache)
    conditional.register(app)
    return app


def _guard_headers(response: Response) -> Response:
    """What every answer says: that any page may read it (all of it is public), and what a browser must not do."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = access.EXPOSED
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return response
