"""Neighbourhoods of entities, read from the store as networkx graphs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection

import networkx as nx

from powkg.entities.facts import Facts
from powkg.entities.names import FAMILIES
from powkg.errors import UsageError
from powkg.networks.attributes import add_entities
from powkg.networks.finding import find_entity
from powkg.terms import Queryable

DEFAULT_LIMIT = 16
MOST_HOPS = 3


def neighbourhood(
    store: Queryable,
    entity: str,
    hops: int = 1,
    limit: int = DEFAULT_LIMIT,
    kinds: Collection[str] = FAMILIES,
) -> nx.MultiDiGraph[str]:
    """The entity and its most relevant neighbours up to `hops` links away, at most `limit` of them.

    Nodes and edges carry what `powkg.networks.attributes` says; nodes have `hop` and `relevance` as well, and the graph
    has `focus` (an IRI) and `omitted` (how many neighbours were left out). All links between the nodes are in it, those
    among the neighbours too. `kinds` are the families (`entities.names.FAMILIES`) that neighbours may be of: what is of
    another is passed over, and nothing is reached through it.

    Relevance falls from the focus outwards: each node hands on its own in shares, one a passage that states a link, as
    a random walk would. What arrives is divided by log2(1 + the number of neighbours), the weight of Adamic & Adar
    (2003), so that an entity which is linked to everything says little about this one. The best are taken one by one,
    each next to one taken before; ties go to the first IRI.
    """
    if not 1 <= hops <= MOST_HOPS:
        raise UsageError(f"hops is {hops}: give 1 to {MOST_HOPS}")
    if limit < 1:
        raise UsageError(f"limit is {limit}: give at least 1")
    if unknown := sorted(set(kinds) - set(FAMILIES)):
        raise UsageError(f"unknown kind {unknown[0]!r}: give some of {', '.join(FAMILIES)}")
    focus = find_entity(store, entity)
    facts = Facts(store)
    relevance, hop = _relevance(facts, focus, hops, limit, frozenset(kinds))
    kept = _most_relevant(facts, focus, relevance, limit)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=focus, omitted=len(relevance) - len(kept))
    add_entities(graph, facts, kept)
    for node in kept:
        graph.nodes[node].update(hop=hop[node], relevance=relevance[node])
    return graph


def _relevance(
    facts: Facts, focus: str, hops: int, limit: int, kinds: frozenset[str]
) -> tuple[dict[str, float], dict[str, int]]:
    """The relevance and distance of what can be reached. Of each ring only the best `limit` nodes lead further."""
    relevance = {focus: 1.0}
    distance = {focus: 0}
    ring = [focus]
    for hop in range(1, hops + 1):
        gained: dict[str, float] = defaultdict(float)
        for node in ring:
            shares = _shares(facts, node)
            total = sum(shares.values())
            for other in sorted(shares.keys() - relevance.keys()):
                if facts.kind(other).family in kinds:
                    gained[other] += relevance[node] * shares[other] / total
        for other, value in gained.items():
            relevance[other] = value / math.log2(1 + len(_shares(facts, other)))
            distance[other] = hop
        ring = sorted(gained, key=lambda other: (-relevance[other], other))[:limit]
    return relevance, distance


def _shares(facts: Facts, node: str) -> dict[str, int]:
    """How many passages state a link between the node and each of its neighbours, over all properties."""
    shares: dict[str, int] = defaultdict(int)
    for link in facts.links(node):
        shares[link.other(node)] += len(link.passages)
    return shares


def _most_relevant(facts: Facts, focus: str, relevance: dict[str, float], limit: int) -> list[str]:
    kept = [focus]
    reachable: set[str] = set()
    while len(kept) <= limit:
        reachable |= _shares(facts, kept[-1]).keys() & relevance.keys()
        candidates = reachable - set(kept)
        if not candidates:
            break
        kept.append(min(candidates, key=lambda node: (-relevance[node], node)))
    return kept
