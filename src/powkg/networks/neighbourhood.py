"""Neighbourhoods of entities, read from the store as networkx graphs."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

import networkx as nx

from powkg.entities.facts import Facts
from powkg.entities.names import FAMILIES
from powkg.errors import UsageError
from powkg.networks.attributes import add_entities, is_claim
from powkg.networks.finding import find_entity
from powkg.terms import Queryable

DEFAULT_LIMIT = 16
MOST_HOPS = 3
MOST_STATEMENTS = 128
"""With more of them in one direction, an entity is a hub. The graph's own entities have a hundred at most."""


def neighbourhood(  # noqa: PLR0913  # one parameter a choice
    store: Queryable,
    entity: str,
    hops: int = 1,
    limit: int = DEFAULT_LIMIT,
    kinds: Collection[str] = FAMILIES,
    *,
    claims: bool = True,
) -> nx.MultiDiGraph[str]:
    """The entity and its most relevant neighbours up to `hops` links away, at most `limit` of them.

    Nodes and edges carry what `powkg.networks.attributes` says; nodes have `hop` and `relevance` as well, and the graph
    has `focus` (an IRI) and `omitted` (how many neighbours were left out). All links between the nodes are in it, those
    among the neighbours too. `kinds` are the families (`entities.names.FAMILIES`) that neighbours may be of: what is of
    another is passed over, and nothing is reached through it; nor is it through a claim where `claims` is
    false, and an entity that is one is refused then.

    Relevance falls from the focus outwards: each node hands on its own in shares, one a passage that states a link, as
    a random walk would. What arrives is divided by log2(1 + the number of neighbours), the weight of Adamic & Adar
    (2003), so that an entity which is linked to everything says little about this one. The best are taken one by one,
    each next to one taken before; ties go to the first IRI.

    An entity with more than MOST_STATEMENTS statements in one direction is a hub. Nothing is reached through it unless
    it is the focus; of that, so many are read in each direction, the first in the store's own order. In place of a
    hub's neighbours its statements are counted, one in each graph.
    """
    if not 1 <= hops <= MOST_HOPS:
        raise UsageError(f"hops is {hops}: give 1 to {MOST_HOPS}")
    if limit < 1:
        raise UsageError(f"limit is {limit}: give at least 1")
    if unknown := sorted(set(kinds) - set(FAMILIES)):
        raise UsageError(f"unknown kind {unknown[0]!r}: give some of {', '.join(FAMILIES)}")
    focus = find_entity(store, entity)
    if is_claim(focus) and not claims:
        raise UsageError(f"{entity} is a claim: leave --without-claims away (in Python, claims=False)")
    facts = Facts(store)
    search = _Search(facts, focus, limit)
    for _ in range(hops):
        search.widen(frozenset(kinds), claims=claims)
    kept = search.most_relevant()
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=focus, omitted=len(search.hop) - len(kept))
    add_entities(graph, facts, kept)
    for node in kept:
        graph.nodes[node].update(hop=search.hop[node], relevance=search.bound(node)[0])
    return graph


class _Search:
    """The relevance and distance of what can be reached, worked out only where it may count.

    What a node has gained is known when it is found. Its relevance is that or less, by how many neighbours it has: they
    are read only when the node's turn would have come if it had but one, and those of a hub are counted only when it
    would have come by the least that a hub has. So the best are found as if all were known.
    """

    def __init__(self, facts: Facts, focus: str, limit: int) -> None:
        self._facts = facts
        self._focus = focus
        self._limit = limit
        self._gained = {focus: 1.0}
        self._relevance = {focus: 1.0}
        self._shares: dict[str, dict[str, int]] = {}
        self._ring = [focus]
        self.hop = {focus: 0}
        facts.read_some(focus, MOST_STATEMENTS)

    def widen(self, kinds: frozenset[str], *, claims: bool) -> None:
        """Go a hop further: find what is linked to the best of what was found last, and was not found before."""
        gained: dict[str, float] = defaultdict(float)
        for node in self._best(self._ring):
            shares = self._shares_of(node)
            if not shares:
                continue
            total = self._facts.count(node) if self._facts.is_hub(node) else sum(shares.values())
            for other in sorted(shares.keys() - self.hop.keys()):
                if self._facts.kind(other).family in kinds and (claims or not is_claim(other)):
                    gained[other] += self._relevance[node] * shares[other] / total
        hop = self.hop[self._ring[0]] + 1 if self._ring else 0
        self.hop |= dict.fromkeys(gained, hop)
        self._gained |= gained
        self._ring = list(gained)

    def bound(self, node: str) -> tuple[float, bool]:
        """The most that the node's relevance can be, and whether it is that."""
        if node in self._relevance:
            return self._relevance[node], True
        least = MOST_STATEMENTS + 1 if self._facts.is_hub(node) else 1
        return self._gained[node] / math.log2(1 + least), False

    def work_out(self, nodes: Collection[str]) -> None:
        """Come closer to the relevance of the nodes: of a hub, it takes two steps."""
        hubs = {node for node in nodes if self._facts.is_hub(node)}
        self._facts.read(nodes, MOST_STATEMENTS)
        for node in nodes:
            if node in hubs or not self._facts.is_hub(node):
                neighbours = self._facts.count(node) if node in hubs else len(self._shares_of(node))
                self._relevance[node] = self._gained[node] / math.log2(1 + max(1, neighbours))

    def most_relevant(self) -> list[str]:
        """The focus, and at most `limit` nodes, each next to one before it."""
        queue = _Queue(self, self._limit)
        kept = [self._focus]
        queue.add(self._found_beside(self._focus))
        while len(kept) <= self._limit and (node := queue.take()) is not None:
            kept.append(node)
            queue.add(self._found_beside(node))
        return kept

    def _found_beside(self, node: str) -> set[str]:
        return (self._gained.keys() & self._shares_of(node).keys()) - {self._focus}

    def _best(self, nodes: Iterable[str]) -> Iterator[str]:
        queue = _Queue(self, self._limit)
        queue.add(nodes)
        for _ in range(self._limit):
            if (node := queue.take()) is not None:
                yield node

    def _shares_of(self, node: str) -> dict[str, int]:
        """How many passages state a link between the node and each of its neighbours, over all properties."""
        if node not in self._shares:
            shares: dict[str, int] = defaultdict(int)
            for link in self._facts.links(node) if node == self._focus or not self._facts.is_hub(node) else ():
                shares[link.other(node)] += len(link.passages)
            self._shares[node] = dict(shares)
        return self._shares[node]


class _Queue:
    """Nodes, the most relevant first, and of equals the first IRI; each is taken once."""

    def __init__(self, search: _Search, ahead: int) -> None:
        self._search = search
        self._ahead = ahead
        self._heap: list[tuple[float, str]] = []
        self._known: set[str] = set()

    def add(self, nodes: Iterable[str]) -> None:
        """Add those of the nodes that were not added before."""
        for node in nodes:
            if node not in self._known:
                self._known.add(node)
                self._push(node)

    def take(self) -> str | None:
        """The next node; None where there is none."""
        while self._heap:
            _, node = heapq.heappop(self._heap)
            if self._search.bound(node)[1]:
                return node
            self._work_out(node)
        return None

    def _push(self, node: str) -> None:
        heapq.heappush(self._heap, (-self._search.bound(node)[0], node))

    def _work_out(self, first: str) -> None:
        """Work out the relevance of the node, and of those whose turn comes next: many are read as fast as one."""
        nodes = [first]
        while self._heap and len(nodes) < self._ahead and not self._search.bound(self._heap[0][1])[1]:
            nodes.append(heapq.heappop(self._heap)[1])
        self._search.work_out(nodes)
        for node in nodes:
            self._push(node)
