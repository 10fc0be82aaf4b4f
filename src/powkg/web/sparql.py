"""/sparql: the SPARQL 1.1 Protocol's query operation, the description of the service, and the form for people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from powkg import results
from powkg.errors import NotAcceptableError, UsageError
from powkg.web import access, conditional, observation, problems, protocol
from powkg.web.answering import Answer, Answers
from powkg.web.description import Description
from powkg.web.editor import Editor, address
from powkg.web.examples import Example
from powkg.web.streaming import client, content_type, respond

USAGE = "no query: send one as SPARQL 1.1 Protocol, in the parameter 'query' of a GET or POST request"

_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def blueprint(
    answers: Answers, examples: Sequence[Example], timeout: float, longest: float, description: Description
) -> Blueprint:
    """The endpoint; `timeout` (seconds) is also how long a client may leave a piece of an answer unread.

    `longest` is the most that a request may ask for as the time of its query; one that asks for more gets that much.
    """
    views = Blueprint("sparql", __name__)
    editor = Editor(answers, examples, timeout, longest)

    @views.route("/sparql", methods=["GET", "POST"])
    def endpoint() -> BaseResponse:
        """The form posts, so that a query may be long; what fits in an address gets one that can be kept."""
        operation = protocol.read_query(request)
        in_browser = problems.prefers_html(request)
        if operation is not None:
            observation.name_text(operation.query)
        else:
            name = protocol.asked_format(protocol.parameters(request))
            return editor.page(None) if in_browser and name is None else described(name)
        if in_browser and operation.format is None and operation.download is None:
            place = address(operation) if request.method == "POST" else None
            return redirect(place, 303) if place else editor.page(operation)
        formats = formats_for(operation.format, request.headers.get("Accept"))
        try:
            answer = answers.open(
                operation.query,
                formats,
                substitutions=operation.substitutions(),
                default_graphs=operation.default_graphs,
                named_graphs=operation.named_graphs,
                base=request.base_url,
                timeout=operation.time(longest),
                client=client(),
                known=conditional.matches,
                beginning=request.method == "HEAD",
            )
        except NotAcceptableError as error:
            return problems.problem(406, _choices(error.kind))
        response = respond(answer, timeout)
        conditional.name(response, answer.tag)
        if operation.download is not None:
            response.headers["Content-Disposition"] = _attachment(operation.download, answer)
        return response

    def described(name: str | None) -> Response:
        """The service description, where a format of graphs is asked for; else a query is what is missing."""
        accept = request.headers.get("Accept")
        media_type = formats_for(name, accept)["graph"]
        if media_type is None:
            tables = name is not None or results.negotiate(accept, "select") is not None
            return problems.problem(400 if tables else 406, USAGE)
        content = description.get(request.base_url, media_type)
        response = Response(content, content_type=content_type(media_type))
        response.vary.add("Accept")
        return response

    access.allow(views, "GET, HEAD, POST, OPTIONS", "Accept, Content-Type, If-None-Match")
    return views


def formats_for(name: str | None, accept: str | None) -> dict[str, str | None]:
    """The media type for each kind of answer, by the format's name (a short one or a media type) or by the header."""
    if name is None:
        return {kind: results.negotiate(accept, kind) for kind in results.FORMATS}
    formats: dict[str, str | None]
    if "/" in name:
        formats = {kind: results.negotiate(name, kind) for kind in results.FORMATS}
    else:
        formats = {kind: _by_name(name, kind) for kind in results.FORMATS}
    if not any(formats.values()):
        raise UsageError(f"no format {name!r}: give one of {', '.join(results.names())}")
    return formats


def _by_name(name: str, kind: results.Kind) -> str | None:
    try:
        return results.by_name(name, kind).media_type
    except UsageError:
        return None


def _choices(kind: str) -> str:
    known = [entry.media_type for name, entries in results.FORMATS.items() if name == kind for entry in entries]
    return f"the answer is there ({kind}), but in no format that was asked for; it can be had as {', '.join(known)}"


def _attachment(name: str, answer: Answer) -> str:
    """Content-Disposition for a file of that name, without its ending; of ours where it is not a plain one."""
    stem = name if _PLAIN_NAME.fullmatch(name) else "powkg-query"
    entries = results.GRAPH_FORMATS if answer.kind == "graph" else results.TABLE_FORMATS
    found = results.of_media_type(answer.format, entries)
    return f'attachment; filename="{stem}.{found.extension if found else "txt"}"'
