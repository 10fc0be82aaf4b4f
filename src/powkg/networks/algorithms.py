"""Measures of undirected weighted graphs, over numbers instead of names: what `measures` computes with.

A graph is an `Adjacency`: for each node 0 … n − 1 its neighbours with the weight of the link, both ways and without
loops. Nothing here depends on the hashes of strings, so that the same graph gives the same values in every process.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence

import networkx as nx

Adjacency = Sequence[dict[int, float]]

Progress = Callable[[int, int], None]
"""Is told how many steps are done, and of how many."""

SEED = 20
BATCH = 16
"""Sources between two calls of a progress."""

DAMPING = 0.85
_STEPS = 200
"""Of the power iteration, at most: what is left of the start is then less than 0.85 to this power."""


def dependencies(graph: Adjacency, sources: Iterable[int]) -> list[float]:
    """For each node, the sum over the sources of its share in their shortest paths to all others, counted in links.

    With all nodes as sources, half of it is the node's betweenness. Sums of batches of sources add up to those of all.
    The algorithm is that of Brandes, "A faster algorithm for betweenness centrality" (2001): time O(n + m) a source.
    """
    total = [0.0] * len(graph)
    neighbours = [list(links) for links in graph]
    for source in sources:
        order, paths, distance = _shortest_paths(neighbours, source)
        share = [0.0] * len(graph)
        for node in reversed(order):
            handed_on = (1 + share[node]) / paths[node]
            for before in neighbours[node]:
                if distance[before] == distance[node] - 1:
                    share[before] += paths[before] * handed_on
            if node != source:
                total[node] += share[node]
    return total


def _shortest_paths(neighbours: Sequence[Sequence[int]], source: int) -> tuple[list[int], list[int], list[int]]:
    """What is reached from the source, nearest first; the number of shortest paths to each node; its distance."""
    distance, paths = [-2] * len(neighbours), [0] * len(neighbours)
    distance[source], paths[source] = 0, 1
    order = [source]
    for node in order:
        further = distance[node] + 1
        for other in neighbours[node]:
            if distance[other] == -2:
                distance[other] = further
                order.append(other)
            if distance[other] == further:
                paths[other] += paths[node]
    return order, paths, distance


def betweenness(graph: Adjacency, pivots: int | None, progress: Progress | None) -> list[float]:
    """How many of the shortest paths between other nodes run through each node, each pair counted once.

    With `pivots`, an estimate from the paths of that many sources, drawn without bias and with a fixed seed, times n
    by their number: Brandes & Pich, "Centrality estimation in large networks" (2007).
    """
    number = len(graph)
    sources = list(range(number)) if pivots is None else sorted(random.Random(SEED).sample(range(number), pivots))  # noqa: S311
    total = [0.0] * number
    for done, batch in _batches(sources):
        for node, share in enumerate(dependencies(graph, batch)):
            total[node] += share
        if progress is not None:
            progress(done, len(sources))
    scale = number / (2 * len(sources)) if sources else 0.0
    return [share * scale for share in total]


def _batches(sources: Sequence[int]) -> Iterator[tuple[int, Sequence[int]]]:
    """The sources in batches, each with how many are done after it."""
    for start in range(0, len(sources), BATCH):
        batch = sources[start : start + BATCH]
        yield start + len(batch), batch


def pagerank(graph: Adjacency) -> list[float]:
    """How often a random walker is at each node: Brin & Page (1998), with damping 0.85; the values add up to 1.

    The walker follows links either way, in proportion to their weights, and from a node without any jumps anywhere.
    """
    number = len(graph)
    if not number:
        return []
    strengths = [sum(links.values()) for links in graph]
    rank = [1 / number] * number
    for _ in range(_STEPS):
        stuck = sum(rank[node] for node, strength in enumerate(strengths) if not strength)
        following = [(1 - DAMPING + DAMPING * stuck) / number] * number
        for node, links in enumerate(graph):
            for other, weight in links.items():
                following[other] += DAMPING * rank[node] * weight / strengths[node]
        change = sum(abs(new - old) for new, old in zip(following, rank, strict=True))
        rank = following
        if change < 1e-10:
            break
    return rank


def constraint(graph: Adjacency) -> list[float | None]:
    """Burt's constraint: how far a node's links go to nodes that are linked to each other; None without links.

    The sum over neighbours j of (p_ij + Σ_q p_iq p_qj)², p_ij being the share of j in the weight of all links of i, and
    q the other neighbours of i: Burt, *Structural Holes* (1992), chapter 2.
    """
    strengths = [sum(links.values()) for links in graph]
    values: list[float | None] = []
    for node, links in enumerate(graph):
        invested = {other: weight / strengths[node] for other, weight in links.items()}
        through = dict.fromkeys(links, 0.0)
        for middle, share in invested.items():
            for other, weight in graph[middle].items():
                if other in through:
                    through[other] += share * weight / strengths[middle]
        values.append(sum((invested[other] + through[other]) ** 2 for other in links) if links else None)
    return values


def effective_size(graph: Adjacency) -> list[float | None]:
    """The number of a node's neighbours less the mean number of links among them that each has; None without links.

    Burt's effective size without weights, in the form of Borgatti, "Structural holes: unpacking Burt's redundancy
    measures" (1997): n − 2t / n, with t links among n neighbours.
    """
    values: list[float | None] = []
    for links in graph:
        ties = sum(len(links.keys() & graph[other].keys()) for other in links)  # each tie twice
        values.append(len(links) - ties / len(links) if links else None)
    return values


def communities(graph: Adjacency) -> list[set[int]]:
    """Sets of nodes with more links among them than chance would give: Louvain, Blondel et al. (2008), fixed seed.

    The largest come first, and of two as large that with the first node.
    """
    found = nx.community.louvain_communities(_undirected(graph), weight="weight", seed=SEED)
    return _largest_first(found)


def components(graph: Adjacency) -> list[set[int]]:
    """The sets of nodes that paths join, the largest first, and of two as large that with the first node."""
    return _largest_first(nx.connected_components(_undirected(graph)))


def _undirected(graph: Adjacency) -> nx.Graph[int]:
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(len(graph)))
    made.add_weighted_edges_from(
        (node, other, weight) for node, links in enumerate(graph) for other, weight in links.items() if node < other
    )
    return made


def _largest_first(sets: Iterable[set[int]]) -> list[set[int]]:
    return sorted(sets, key=lambda found: (-len(found), min(found)))
