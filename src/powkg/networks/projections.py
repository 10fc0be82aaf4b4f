"""Projections: named parts and foldings of a network that answer one kind of question, such as who met at which event.

A projection is a network of the common form (`powkg.networks.attributes`), with more:

| attribute | of | |
|---|---|---|
| `projection` | graph | its name |
| `unlinked` | graph | how many nodes of the kinds it is about were left out, since nothing links them here |
| `bipartite` | graph | True where links run between two sides only |
| `bipartite` | node | 0 or 1, the side, in a bipartite projection |
| `via` | edge | the IRIs of what stands between two nodes that nothing links directly; empty for a direct link |
| `weight` | edge | in `people`, where it is not the number of passages |
| `directed` | edge | False in `people`, whose links read the same both ways |

**What counts as a link between two sides.** A direct link, whatever its property and direction, but not an order in
time (`pow:after` and the like): who held an office after a war took no part in it. And a path over one node that is no
claim, where one act, office or picture joins both ends (`_PATHS`). Such a link is no property's: its `property` is
empty, and its key and its labels say which path it is:

| key | label | from | to |
|---|---|---|---|
| `promise` | promised | who gave a promise | what was promised |
| `promise-received` | was promised | who was given a promise | what was promised |
| `picture` | pictured together with | who or what is in a picture | what else is in it |
| `office` | office-holder of | who holds or held an office | the group whose office it is |

Not counted are membership (what a group does, not all its members do), authorship (who writes of an event is not in
it), and events that others are part of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType
from typing import Any

import networkx as nx

from powkg.entities.facts import Facts
from powkg.errors import UsageError
from powkg.namespaces import PASSAGE, POW, PROV, passage_label
from powkg.networks.attributes import add_entities, is_claim
from powkg.terms import Queryable

WHOLE, PEOPLE, SOURCES = "whole", "people", "sources-entities"

SPEAKING = """
PREFIX pow: <https://w3id.org/powkg/ontology#>
SELECT DISTINCT ?source ?entity WHERE {
  { ?source a pow:Passage } UNION { ?source a pow:ReferenceSource }
  GRAPH ?source { { ?entity ?property ?value } UNION { ?subject ?property ?entity } FILTER(isIRI(?entity)) }
}
"""

_SHARED_EVENTS = {"en": "shared events", "ja": "共通の出来事", "ru": "общие события"}
_SPEAKS_OF = {"en": "speaks of", "ja": "言及対象", "ru": "упоминает"}

_ORDER_IN_TIME = frozenset(POW + name for name in ("after", "afterEndOf", "heldAfter"))

# From the first side to the second: the property that links the first to what stands between, then that of the second;
# and the key of the link that the path makes.
_PATHS = {
    (PROV + "wasAttributedTo", POW + "promised"): "promise",
    (POW + "promisedTo", POW + "promised"): "promise-received",
    (POW + "depicts", POW + "depicts"): "picture",
    (POW + "office", POW + "officeOf"): "office",
}

_PATH_LABELS = {
    "promise": {"en": "promised", "ja": "約束した側", "ru": "кто обещал"},
    "promise-received": {"en": "was promised", "ja": "約束の相手", "ru": "кому обещано"},
    "picture": {"en": "pictured together with", "ja": "同じ画像に写る", "ru": "изображены вместе"},
    "office": {"en": "office-holder of", "ja": "在職先", "ru": "должность в"},
}


@dataclass(frozen=True, slots=True)
class Projection:
    """What a projection means, in one line, and the families of its two sides where it has such."""

    meaning: str
    first: frozenset[str] = frozenset()
    second: frozenset[str] = frozenset()


def _between(meaning: str, first: str, second: str) -> Projection:
    return Projection(meaning, frozenset(first.split()), frozenset(second.split()))


PROJECTIONS: Mapping[str, Projection] = MappingProxyType(
    {
        WHOLE: Projection("everything that passages speak of, with all its links"),
        "people-events": _between("persons and the events that they are linked to", "person", "event"),
        PEOPLE: _between("persons, linked by the events that they share", "person", "event"),
        "groups-events": _between("organisations, states and forces, and their events", "group", "event"),
        "actors-events": _between(
            "persons, groups and people counted (cohorts), and their events", "person group cohort", "event"
        ),
        "people-groups": _between(
            "persons and the groups that they lead, belong to or hold office in", "person", "group"
        ),
        "events-places": _between("events and the places that they are linked to", "event", "place"),
        SOURCES: Projection("passages and reference works, and the entities that they speak of"),
    }
)
"""All projections, by name, in the order in which help and pages list them."""


def project(network: nx.MultiDiGraph[str], name: str, store: Queryable | None = None) -> nx.MultiDiGraph[str]:
    """The projection of this name. `store` is where the network was read from, which `sources-entities` needs.

    Dashes of any length do: `people–events` is `people-events`. Raises UsageError for an unknown name.
    """
    wanted = name.strip().lower().replace("–", "-").replace("—", "-")
    if wanted not in PROJECTIONS:
        raise UsageError(f"project is {name!r}: give one of {', '.join(PROJECTIONS)}")
    if wanted == SOURCES:
        if store is None:
            raise UsageError(f"project is {name!r}, which is read from a store: give the store of the network as well")
        made = _sources_entities(network, store)
    elif wanted == WHOLE:
        made = network.copy()
    else:
        made = _two_sides(network, PROJECTIONS[wanted])
        if wanted == PEOPLE:
            made = _people(made)
    made.graph["projection"] = wanted
    return made


def _two_sides(network: nx.MultiDiGraph[str], projection: Projection) -> nx.MultiDiGraph[str]:
    """The nodes of two groups of families, with the links between the groups; a node without any is left out."""
    sides = {
        node: 0 if data["family"] in projection.first else 1
        for node, data in network.nodes(data=True)
        if data["family"] in projection.first | projection.second
    }
    links = [
        *((source, target, data["property"], {**data, "via": ()}) for source, target, data in _direct(network, sides)),
        *_over_one(network, sides),
    ]
    linked = {node for source, target, *_ in links for node in (source, target)}
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network.graph)
    made.graph.update(bipartite=True, unlinked=len(sides) - len(linked))
    made.add_nodes_from((node, {**network.nodes[node], "bipartite": sides[node]}) for node in sides if node in linked)
    for source, target, key, data in links:
        made.add_edge(source, target, key=key, **data)
    return made


def _direct(network: nx.MultiDiGraph[str], sides: Mapping[str, int]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for source, target, data in network.edges(data=True):
        across = source in sides and target in sides and sides[source] != sides[target]
        if across and data["property"] not in _ORDER_IN_TIME:
            yield source, target, data


def _over_one(
    network: nx.MultiDiGraph[str], sides: Mapping[str, int]
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """A link, with its key, for each two nodes and path of `_PATHS` that joins them, with all that say so."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for middle in network:
        if middle in sides or is_claim(middle):
            continue
        arms = [(other, data) for _, _, other, data in _links_of(network, middle) if other in sides]
        for first, near in arms:
            for second, far in arms:
                key = _PATHS.get((near["property"], far["property"]))
                if key is None or sides[first] or not sides[second]:
                    continue
                link = found.setdefault((first, second, key), _made_up(_PATH_LABELS[key]))
                link["via"] = tuple(sorted({*link["via"], middle}))
                link["passages"] = tuple(sorted({*link["passages"], *near["passages"], *far["passages"]}))
    return ((first, second, key, link) for (first, second, key), link in found.items())


def _made_up(labels: Mapping[str, str]) -> dict[str, Any]:
    """What a link carries that is no property's, before anything is known that states it."""
    return {"property": "", "labels": labels, "passages": (), "claimed": False, "notes": (), "via": ()}


def _links_of(network: nx.MultiDiGraph[str], node: str) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """The links of a node, each with the node at its other end."""
    for source, target, data in network.out_edges(node, data=True):
        yield source, target, target, data
    for source, target, data in network.in_edges(node, data=True):
        yield source, target, source, data


def _people(bipartite: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Persons, linked where they share events. The fewer take part in an event, the more it says of any two of them.

    The weight of a link is the sum over the shared events of 1 / (k − 1), for k persons at the event: M. E. J. Newman,
    "Scientific collaboration networks. II", Phys. Rev. E 64 (2001), 016132. Persons who share no event stay, unlinked.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(**bipartite.graph)
    made.graph.update(bipartite=False)
    for node, data in bipartite.nodes(data=True):
        if not data["bipartite"]:
            made.add_node(node, **{name: value for name, value in data.items() if name != "bipartite"})
    for event, data in bipartite.nodes(data=True):
        if not data["bipartite"]:
            continue
        passages: dict[str, set[str]] = {}
        for *_, person, link in _links_of(bipartite, event):
            passages.setdefault(person, set()).update(link["passages"])
        for pair in combinations(sorted(passages), 2):
            stated = passages[pair[0]] | passages[pair[1]]
            _share(made, pair, event, stated, 1 / (len(passages) - 1))
    return made


def _share(people: nx.MultiDiGraph[str], pair: tuple[str, str], event: str, passages: set[str], weight: float) -> None:
    """Add an event to what two persons share."""
    key = "shared-events"
    before = people.get_edge_data(*pair, key) or {**_made_up(_SHARED_EVENTS), "weight": 0.0}
    shared = {
        "passages": tuple(sorted(passages.union(before["passages"]))),
        "via": (*before["via"], event),
        "weight": before["weight"] + weight,
        "directed": False,
    }
    people.add_edge(*pair, key=key, **{**before, **shared})


def _sources_entities(network: nx.MultiDiGraph[str], store: Queryable) -> nx.MultiDiGraph[str]:
    """Which passages and reference works state something of which entities of the network.

    What the editors add of their own, and what the build derives, is no source.
    """
    facts = Facts(store)
    pairs = sorted({(str(source), str(entity)) for source, entity in store.query(SPEAKING) if str(entity) in network})
    entities = {entity for _, entity in pairs}
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network.graph)
    made.graph.update(bipartite=True, unlinked=len(network) - len(entities))
    for source in sorted({source for source, _ in pairs}):
        add_entities(made, facts, [source])
        made.nodes[source].update(notes=(), bipartite=0)
    for node, data in network.nodes(data=True):
        if node in entities:
            made.add_node(node, **{**data, "bipartite": 1})
    for source, entity in pairs:
        passages = (passage_label(source),) if source.startswith(PASSAGE) else ()
        made.add_edge(source, entity, key="speaks-of", **{**_made_up(_SPEAKS_OF), "passages": passages})
    return made
