"""/update: the SPARQL 1.1 Protocol's update operation."""

from __future__ import annotations

from flask import Blueprint, Response, request

from powkg import guard, rewriting
from powkg.updates import Writer
from powkg.web import access, observation, protocol
from powkg.web.turns import Turns


def blueprint(writer: Writer | None, token: str | None, turns: Turns) -> Blueprint:
    """The endpoint over what writes; without that, or without a token, it refuses every update."""
    views = Blueprint("update", __name__)

    @views.post("/update")
    def endpoint() -> Response:
        """Answered when the update is durable, whole, and seen by every query that starts from then on."""
        allowed = access.require(request, writer, token)
        sent = protocol.read_update(request)
        observation.name_text(sent.text)
        text = rewriting.without_silent_loads(sent.text)
        text = rewriting.with_dataset(text, sent.default_graphs, sent.named_graphs, longest=guard.MAX_LENGTH)
        with turns.together():
            allowed.update(text, base=request.base_url)
        return Response(status=204)

    access.allow(views, "POST, OPTIONS", "Authorization, Content-Type")
    return views
