"""/: what this is, what it holds, the figures that contradict each other, and the questions to start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, render_template

from powkg.counts import statements
from powkg.engine import Engine
from powkg.entities.captions import Quantity
from powkg.terms import IRI, Term
from powkg.web.examples import Example, topics

PICTURE = IRI("https://w3id.org/powkg/id/repatriation-of-japanese-pows")

DEATHS = """\
PREFIX id: <https://w3id.org/powkg/id/>
PREFIX pow: <https://w3id.org/powkg/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX term: <https://w3id.org/powkg/term/>

SELECT DISTINCT ?figure ?least ?most ?qualifier ?claimant ?method ?place WHERE {
  GRAPH ?passage {
    ?claim pow:cohort id:japanese-dead-in-soviet-captivity ; prov:wasAttributedTo ?who .
  }
  ?passage rdfs:label ?place . FILTER(LANG(?place) = "en")
  ?who rdfs:label ?claimant . FILTER(LANG(?claimant) = "en")
  OPTIONAL { ?claim pow:figure ?figure }
  OPTIONAL { ?claim pow:atLeast ?least }
  OPTIONAL { ?claim pow:atMost ?most }
  FILTER(BOUND(?figure) || BOUND(?least))
  OPTIONAL {
    ?claim pow:qualifier ?word . ?word skos:prefLabel ?qualifier .
    FILTER(?word != term:plain && LANG(?qualifier) = "en")
  }
  OPTIONAL { ?claim pow:method/skos:prefLabel ?method . FILTER(LANG(?method) = "en") }
}
ORDER BY COALESCE(?figure, ?least) ?place
"""

COUNTS = """\
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX pow: <https://w3id.org/powkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?class (COUNT(DISTINCT ?member) AS ?count) WHERE {
  VALUES ?class {
    pow:Person pow:Group pow:Place pow:Event pow:Work pow:Claim pow:QuantityClaim pow:Passage pow:Source
  }
  ?stated rdfs:subClassOf* ?class .
  GRAPH ?graph { ?member a ?stated }
  FILTER(?graph != graph:inferred)
}
GROUP BY ?class
"""

NAME = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?entity ?name WHERE { ?entity rdfs:label ?name . FILTER(LANG(?name) = "en") }
"""

SOURCES = """\
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX pow: <https://w3id.org/powkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?title ?author ?address (COUNT(?passage) AS ?passages) WHERE {
  ?passage oa:hasSource ?source .
  ?source rdfs:label ?title ; dcterms:creator/rdfs:label ?author ; dcterms:source ?address .
  FILTER(LANG(?title) = "en" && LANG(?author) = "en")
}
GROUP BY ?source ?title ?author ?address
ORDER BY ?title
"""

WORDS = {
    "Person": "persons",
    "Group": "groups and states",
    "Place": "places",
    "Event": "events",
    "Work": "works",
    "Claim": "claims",
    "QuantityClaim": "figures",
    "Passage": "passages",
    "Source": "sources",
}
"""The classes that are counted, in the order and words of the page."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its number in words and digits, whose it is, how it was reached ("" if not said), where it stands."""

    number: str
    claimant: str
    method: str
    place: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text that the graph was made from: its title, author, address and the number of its passages."""

    title: str
    author: str
    address: str
    passages: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of something."""

    words: str
    number: str


def blueprint(engine: Engine, examples: Sequence[Example]) -> Blueprint:
    """The page over an engine. What it says of the data is asked once for each version of them."""
    views = Blueprint("landing", __name__)
    by_heading = topics(examples)

    @lru_cache(1)
    def facts(_version: str) -> dict[str, Any]:
        return {
            "figures": _figures(engine),
            "counts": _counts(engine),
            "sources": [Source(*map(_text, row)) for row in engine.query(SOURCES)],
            "picture": _picture(engine),
        }

    @views.get("/")
    def page() -> str:
        known = facts(engine.last_version())
        return render_template("landing.html", topics=by_heading, figures_query=DEATHS, **known)

    return views


def _figures(engine: Engine) -> list[Figure]:
    figures = []
    for row in engine.query(DEATHS):
        figure, least, most, qualifier, claimant, method, place = map(_text, row)
        words = {"en": qualifier} if qualifier else {}
        quantity = Quantity(figure=figure, at_least=least, at_most=most, qualifier=words)
        figures.append(Figure(quantity.caption("en"), claimant, method, place))
    return figures


def _counts(engine: Engine) -> list[Count]:
    found = {_text(kind).rpartition("#")[2]: _text(number) for kind, number in engine.query(COUNTS)}
    numbers = [(WORDS[name], int(found[name])) for name in WORDS if name in found]
    return [Count(words, f"{number:,}") for words, number in [*numbers, ("statements", statements(engine))]]


def _picture(engine: Engine) -> tuple[str, str] | None:
    """The last part of the entity's IRI, and its English name; None where the store does not know it."""
    for entity, name in engine.query(NAME, {"entity": PICTURE}):
        return _text(entity).rpartition("/")[2], _text(name)
    return None


def _text(term: Term | None) -> str:
    return "" if term is None else term.value
