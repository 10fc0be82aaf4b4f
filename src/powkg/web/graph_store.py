"""/graphs: the SPARQL 1.1 Graph Store HTTP Protocol. Anybody may read; who writes needs the token.

A graph is named by `?graph=IRI`, by `?default`, or by an address below /graphs, which is then its IRI.
https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, request
from werkzeug.datastructures import ETags
from werkzeug.exceptions import BadRequest, NotAcceptable, NotFound, PreconditionFailed
from werkzeug.http import parse_etags

from powkg import notation, results
from powkg.engine import Engine
from powkg.terms import IRI
from powkg.updates import Writer
from powkg.web import access, payload, protocol
from powkg.web.sparql import formats_for
from powkg.web.streaming import client, respond
from powkg.web.turns import Turns

MAX_BODY = 64 * 1024 * 1024
"""The longest body, in bytes."""

METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")

_GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
_NAMES = "SELECT ?graph WHERE { GRAPH ?graph { } }"


def blueprint(engine: Engine, timeout: float, writer: Writer | None, token: str | None, turns: Turns) -> Blueprint:
    """The graphs of an engine, and what writes them; without that, or without a token, they are only read."""
    views = Blueprint("graphs", __name__)
    store = _GraphStore(engine, timeout, turns)

    @views.route("/graphs", methods=METHODS)
    @views.route("/graphs/<path:below>", methods=METHODS)
    def graphs(below: str | None = None) -> Response:
        if request.method in {"GET", "HEAD"}:
            return store.read(_named(below))
        allowed = access.require(request, writer, token)
        request.max_content_length = MAX_BODY
        if request.method == "POST" and below is None and not _names_a_graph():
            return store.create(allowed)
        return store.change(allowed, _named(below))

    access.allow(
        views, ", ".join((*METHODS, "OPTIONS")), "Accept, Authorization, Content-Type, If-Match, If-None-Match"
    )
    return views


class _GraphStore:
    """Answers requests about graphs. A graph is an IRI, or None for the default graph, which is always there."""

    def __init__(self, engine: Engine, timeout: float, turns: Turns) -> None:
        self._engine = engine
        self._timeout = timeout
        self._turns = turns

    def read(self, graph: str | None) -> Response:
        """The graph, or 304 where the client has it. Raises 404 where there is none, 406 for formats of no graph."""
        version = self._engine.last_version()  # before the graph is read: a tag is never newer than what it is of
        if not self._exists(graph):
            raise NotFound(f"there is no graph <{graph}>")
        asked = protocol.asked_format(protocol.parameters(request))
        media_type = formats_for(asked, request.headers.get("Accept"))["graph"]
        if media_type is None:
            raise NotAcceptable(f"a graph can be had as {', '.join(form.media_type for form in results.GRAPH_FORMATS)}")
        tag = f"{version}:{media_type}"
        if request.if_none_match.contains_weak(tag):
            response = Response(status=304)
            response.vary.add("Accept")
        else:
            dataset = () if graph is None else (graph,)
            formats = {"graph": media_type}
            beginning = request.method == "HEAD"
            stream = self._engine.open(
                _GRAPH, formats, default_graphs=dataset, union=False, client=client(), beginning=beginning
            )
            response = respond(stream, self._timeout)
        response.set_etag(tag)
        return response

    def create(self, writer: Writer) -> Response:
        """Make a graph of what was sent, under an address that it gets here."""
        graph = f"{request.base_url}/{uuid.uuid4()}"
        with self._turns.together():
            writer.post(graph, payload.read(request), base=graph)
        return Response(status=201, headers={"Location": graph})

    def change(self, writer: Writer, graph: str | None) -> Response:
        """Replace the graph by what was sent (PUT), add to it (POST) or remove it (DELETE).

        Relative IRIs are resolved against the graph's own, in the default graph against the address of the request.
        """
        base = graph or request.base_url
        parts = [] if request.method == "DELETE" else payload.read(request)
        with self._turn(graph):
            match request.method:
                case "PUT":
                    change = writer.put(graph, parts, base=base)
                case "POST":
                    change = writer.post(graph, parts, base=base)
                case _:
                    writer.delete(graph)
                    return Response(status=204)
        return Response(status=201 if change.created else 204)

    @contextmanager
    def _turn(self, graph: str | None) -> Iterator[None]:
        """The turn of a change; alone where the request says on what state of the graph it may be made.

        Raises 412 where the graph is in another, and 400 where the request names no state.
        """
        expected, refused = _condition("If-Match"), _condition("If-None-Match")
        if not (expected or refused):
            with self._turns.together():
                yield
            return
        with self._turns.alone():
            version, there = self._engine.last_version(), self._exists(graph)
            if expected and not (there and _names_version(expected, version)):
                raise PreconditionFailed("the graph is not, or no longer, the one that If-Match names: get it again")
            if refused and there and _names_version(refused, version, include_weak=True):
                raise PreconditionFailed("there is such a graph, and If-None-Match allows for none")
            yield

    def _exists(self, graph: str | None) -> bool:
        return graph is None or any(True for _ in self._engine.query(_NAMES, {"graph": IRI(graph)}))


def _names_a_graph() -> bool:
    return any(name in {"graph", "default"} for name, _ in protocol.parameters(request))


def _named(below: str | None) -> str | None:
    """The IRI of the graph that a request is about; None for the default graph. Raises 400 where it names not one."""
    if below is not None:
        if not notation.is_absolute_iri(request.base_url):
            raise BadRequest(f"{request.base_url!r} is not an absolute IRI: a graph is named by one")
        return request.base_url
    given = protocol.parameters(request)
    graphs = protocol.graphs(given, "graph")
    if len(graphs) + bool(protocol.values(given, "default")) != 1:
        raise BadRequest("name one graph: by ?graph=IRI, or the default one by ?default")
    return graphs[0] if graphs else None


def _condition(name: str) -> ETags:
    """The entity tags of a header; none where the request lacks it. Raises 400 where it has it, and no tag in it."""
    tags = parse_etags(request.headers.get(name))
    if name in request.headers and not tags:
        raise BadRequest(f"{name} names no state of the graph: give the ETag of an answer, or *")
    return tags


def _names_version(tags: ETags, version: str, *, include_weak: bool = False) -> bool:
    """Whether entity tags name this version of the store in any format, or any version (`*`).

    Weak ones count where that is said (RFC 9110: for If-None-Match, and not for If-Match).
    """
    given = (tag or "" for tag in tags.as_set(include_weak))  # None is the empty tag
    return tags.star_tag or any(tag.partition(":")[0] == version for tag in given)
