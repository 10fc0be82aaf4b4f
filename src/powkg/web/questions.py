"""/question/NAME: the short address of a named question; it leads to the form that runs it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from powkg.errors import UsageError
from powkg.queries import near
from powkg.web.examples import Example


def blueprint(examples: Sequence[Example]) -> Blueprint:
    """The view over the questions. Parameters of the address are those of the question, as it names them."""
    views = Blueprint("questions", __name__)
    known = {example.name: example for example in examples}

    @views.get("/question/<name>")
    def question(name: str) -> BaseResponse:
        if name not in known:
            raise NotFound(f"there is no question {name!r}{near(name, list(known))}")
        given = request.args.to_dict()
        unknown = sorted(set(given) - set(known[name].parameters))
        if unknown:
            takes = ", ".join(known[name].parameters) or "it has none"
            raise UsageError(f"{name} has no parameter {', '.join(unknown)}; its parameters: {takes}")
        return redirect(known[name].address(given), 303)

    return views
