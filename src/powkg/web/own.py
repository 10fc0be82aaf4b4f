"""/ over data of one's own: how much there is, and where to ask."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from powkg.engine import Engine
from powkg.errors import QueryTimeoutError
from powkg.web.kept import Kept

MOST_CLASSES = 20
"""How many classes the page lists, the largest first."""

DEFAULT = "SELECT (COUNT(*) AS ?number) WHERE { ?subject ?property ?value }"
NAMED = """\
SELECT (SUM(?size) AS ?number) (COUNT(?graph) AS ?graphs) WHERE {
  { SELECT ?graph (COUNT(?subject) AS ?size) WHERE {
    GRAPH ?graph {} OPTIONAL { GRAPH ?graph { ?subject ?property ?value } }
  } GROUP BY ?graph }
}
"""
CLASSES = f"""\
SELECT ?class (COUNT(DISTINCT ?member) AS ?number) WHERE {{
  {{ ?member a ?class }} UNION {{ GRAPH ?graph {{ ?member a ?class }} }}
}}
GROUP BY ?class ORDER BY DESC(?number) STR(?class) LIMIT {MOST_CLASSES}
"""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a store holds; None where it is too much to be counted within the time of a query."""

    default: str | None
    named: str | None
    graphs: str | None
    classes: list[list[str]] | None


def blueprint(engine: Engine) -> Blueprint:
    """The page over an engine. What the store holds is asked once for each version of it."""
    views = Blueprint("landing", __name__)
    holdings = Kept(engine, lambda: _holdings(engine))

    @views.get("/")
    def page() -> str:
        return render_template("own.html", holdings=holdings.get()[1])

    return views


def _holdings(engine: Engine) -> Holdings:
    default, named, classes = (_rows(engine, query) for query in (DEFAULT, NAMED, CLASSES))
    number, graphs = named[0] if named else (None, None)
    return Holdings(default[0][0] if default else None, number, graphs, classes)


def _rows(engine: Engine, query: str) -> list[list[str]] | None:
    """The rows of an answer as text, numbers with commas; None where it takes too long."""
    try:
        rows = engine.query(query).rows
    except QueryTimeoutError:
        return None
    return [[f"{int(text):,}" if text.isdecimal() else text for text in map(str, row)] for row in rows]
