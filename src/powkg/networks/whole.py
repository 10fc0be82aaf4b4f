"""The network of everything that passages state."""

from __future__ import annotations

import networkx as nx

from powkg.entities.facts import Facts
from powkg.networks.attributes import add_entities
from powkg.terms import Queryable

ENTITIES = """
PREFIX passage: <https://w3id.org/powkg/passage/>
PREFIX id: <https://w3id.org/powkg/id/>
PREFIX claim: <https://w3id.org/powkg/claim/>
SELECT DISTINCT ?entity WHERE {
  GRAPH ?passage { ?entity a ?class }
  FILTER(STRSTARTS(STR(?passage), STR(passage:)))
  FILTER(STRSTARTS(STR(?entity), STR(id:)) || STRSTARTS(STR(?entity), STR(claim:)))
}
"""


def whole_network(store: Queryable) -> nx.MultiDiGraph[str]:
    """All entities that passages speak of, and all links between them.

    Participations and tenures are folded, as in a neighbourhood: no node stands for one.
    """
    entities = sorted(str(entity) for (entity,) in store.query(ENTITIES))
    facts = Facts(store)
    facts.read_everything(entities)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    add_entities(graph, facts, [entity for entity in entities if not facts.kind(entity).qualified])
    return graph
