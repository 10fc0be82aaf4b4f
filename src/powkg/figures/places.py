"""Places with coordinates, how many passages speak of each, and what happened there: a store in, values out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from powkg.entities.captions import Labels
from powkg.entities.names import Names
from powkg.entities.statements import Statements
from powkg.namespaces import PASSAGE, TERM, passage_label
from powkg.networks.whole import whole_network
from powkg.terms import Queryable

POINTS = """
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX pow: <https://w3id.org/powkg/ontology#>
SELECT DISTINCT ?place ?point ?kind ?source WHERE {
  GRAPH ?source { ?place geo:hasGeometry ?geometry . ?geometry geo:asWKT ?point }
  OPTIONAL { ?geometry pow:coordinateKind ?kind }
  FILTER(!STRSTARTS(STR(?source), "https://w3id.org/powkg/graph/"))
} ORDER BY ?place ?source ?point ?kind
"""

SPOKEN_OF = """
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
SELECT DISTINCT ?place ?passage WHERE {
  ?place geo:hasGeometry ?geometry .
  { GRAPH ?passage { ?place ?property ?value } } UNION { GRAPH ?passage { ?subject ?property ?place } }
}
"""

EVENTS = """
PREFIX geo: <http://www.opengis.net/ont/geosparql#>
PREFIX pow: <https://w3id.org/powkg/ontology#>
SELECT DISTINCT ?place ?event ?passage WHERE {
  ?place geo:hasGeometry ?geometry .
  GRAPH ?passage { ?event pow:where ?place }
}
"""

_ON_THE_SPOT = frozenset(TERM + name for name in ("city-point", "site", "battle-point"))
_WKT = re.compile(r"\s*POINT\s*\(\s*(-?[0-9.]+)\s+(-?[0-9.]+)\s*\)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Site:
    """A place with its point in degrees.

    `kind` is what the point stands for, by language, and `on_the_spot` whether it lies in the place itself rather than
    standing for a country, region or island. `source` is the IRI of the work that gives the point. `passages` are
    the names of those that speak of the place, `events` the labels of what happened there, with
    the passages that say so.
    """

    iri: str
    labels: Labels
    longitude: float
    latitude: float
    kind: Labels
    on_the_spot: bool
    source: str
    passages: tuple[str, ...]
    events: tuple[tuple[Labels, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places with coordinates by IRI, and the labels of the places in passages that have none."""

    sites: tuple[Site, ...]
    without: tuple[Labels, ...]

    @classmethod
    def read(cls, store: Queryable) -> Gazetteer:
        """Of two points of a place, that of the first source by IRI; text that is no point is passed over."""
        names = Names(Statements(store))
        passages, events = _passages(store), _events(store)
        sites: dict[str, Site] = {}
        for place, point, kind, source in store.query(POINTS):
            found = _WKT.fullmatch(str(point))
            iri = str(place)
            if found is None or iri in sites:
                continue
            sites[iri] = Site(
                iri,
                names.labels(iri),
                float(found[1]),
                float(found[2]),
                names.labels(str(kind)) if kind else {},
                str(kind) in _ON_THE_SPOT,
                str(source),
                passages.get(iri, ()),
                tuple((names.labels(event), cited) for event, cited in sorted(events.get(iri, {}).items())),
            )
        network = whole_network(store)
        nodes = {iri: network.nodes[iri] for iri in sorted(network)}
        without = tuple(node["labels"] for iri, node in nodes.items() if node["family"] == "place" and iri not in sites)
        return cls(tuple(sites.values()), without)


def _passages(store: Queryable) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for place, graph in store.query(SPOKEN_OF):
        if str(graph).startswith(PASSAGE):
            found[str(place)].add(passage_label(str(graph)))
    return {place: tuple(sorted(names)) for place, names in found.items()}


def _events(store: Queryable) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for place, event, graph in store.query(EVENTS):
        if str(graph).startswith(PASSAGE):
            found[str(place)][str(event)].add(passage_label(str(graph)))
    return {place: {event: tuple(sorted(cited)) for event, cited in events.items()} for place, events in found.items()}
