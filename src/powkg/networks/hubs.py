"""Hubs kept from filling a neighbourhood with what hangs on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import networkx as nx

from powkg.entities.names import FAMILIES
from powkg.errors import UsageError
from powkg.networks.neighbourhood import DEFAULT_LIMIT, neighbourhood
from powkg.terms import Queryable

MOST_HANGING = 4
"""How many neighbours may hang on one node that is not the focus."""

_POOL = 3


def thinned(network: nx.MultiDiGraph[str], most: int = MOST_HANGING) -> nx.MultiDiGraph[str]:
    """The neighbourhood with at most so many nodes hanging on any one; those left out are counted in `omitted`.

    The nodes are gone through in their order, which is that of relevance. A node hangs on another where, of the focus
    and what is kept already, it is linked to that one alone, and it is not the focus. Raises UsageError for `most`
    under 1.
    """
    if most < 1:
        raise UsageError(f"most is {most}: give at least 1")
    focus = network.graph["focus"]
    kept: set[str] = {focus}
    hanging: Counter[str] = Counter()
    for node in network:
        beside = kept.intersection((*network.successors(node), *network.predecessors(node)))
        if node in kept or not beside:
            continue
        if len(beside) == 1 and focus not in beside:
            (hub,) = beside
            if hanging[hub] == most:
                continue
            hanging[hub] += 1
        kept.add(node)
    return _part(network, kept)


def first(network: nx.MultiDiGraph[str], count: int) -> nx.MultiDiGraph[str]:
    """The neighbourhood with its first so many nodes only; the others are counted in `omitted`."""
    return _part(network, list(network)[:count])


def _part(network: nx.MultiDiGraph[str], nodes: Collection[str]) -> nx.MultiDiGraph[str]:
    chosen = set(nodes)
    part = network.copy()
    part.remove_nodes_from([node for node in network if node not in chosen])
    part.graph["omitted"] = network.graph.get("omitted", 0) + len(network) - len(part)
    if "folded" in network.graph:
        keys = {key for *_, key in part.edges(keys=True)}
        part.graph["folded"] = tuple(node for node in network.graph["folded"] if node in keys)
        part.graph["omitted"] += len(network.graph["folded"]) - len(part.graph["folded"])
    return part


def clear_neighbourhood(  # noqa: PLR0913  # one parameter a choice
    store: Queryable,
    entity: str,
    hops: int = 1,
    limit: int = DEFAULT_LIMIT,
    kinds: Collection[str] = FAMILIES,
    *,
    claims: bool = True,
) -> nx.MultiDiGraph[str]:
    """The neighbourhood that a picture shows: as `neighbourhood` gives it, with `thinned` hubs and others in return."""
    pool = neighbourhood(store, entity, hops, limit * _POOL if hops > 1 else limit, kinds, claims=claims)
    return first(thinned(pool), limit + 1)
