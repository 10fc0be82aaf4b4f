"""The network of everything that passages state."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import networkx as nx

from powkg.entities.facts import Facts
from powkg.networks.attributes import add_entities
from powkg.terms import Queryable


def whole_network(store: Queryable) -> nx.MultiDiGraph[str]:
    """All entities that passages speak of, and all links between them.

    Participations and tenures are folded, as in a neighbourhood: no node stands for one.
    """
    facts = Facts(store)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    with _collector_paused():
        add_entities(graph, facts, facts.read_everything())
    return graph


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Nothing that is read becomes garbage, and looking through it again and again is a third of the time."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()
