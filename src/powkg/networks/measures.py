"""Measures of the nodes of a network: who is linked to most, who stands between others, who belongs together.

A network comes in, a `Measured` goes out. All measures are of the undirected graph of neighbours: the arrow of a
property says how the ontology words a relation (an operation has a commander), not who counts for more. Links between
the same two nodes are one, whose weight is the number of passages that state any of them, or the edge's `weight`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import networkx as nx

from powkg.entities.captions import LANGUAGES
from powkg.errors import UsageError
from powkg.networks import algorithms
from powkg.networks.notes import counted, left_out

EXACT_UP_TO = 2000
"""The most nodes of which betweenness is computed from all; beyond, it is estimated from pivots."""

PIVOTS = 256
"""The nodes from which betweenness is estimated."""

Value = int | float | None

Progress = Callable[[str, int, int], None]
"""Is told what is being computed, how many steps of it are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a measure is called, by language, and what it says, in a line. `best` is the end that a ranking begins with.

    `whole` says that its values are whole numbers.
    """

    labels: Mapping[str, str]
    meaning: str
    best: str = "most"
    whole: bool = False


def _measure(labels: str, meaning: str, best: str = "most", *, whole: bool = False) -> Measure:
    """A measure with its labels in English, Japanese and Russian, parted by bars."""
    return Measure(MappingProxyType(dict(zip(LANGUAGES, labels.split(" | "), strict=True))), meaning, best, whole)


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "degree": _measure("degree | 次数 | степень", "how many nodes it is linked to", whole=True),
        "degree_centrality": _measure(
            "degree centrality | 次数中心性 | центральность по степени", "degree as a share of what it could be"
        ),
        "strength": _measure("strength | 強度 | сила", "the weight of its links: the passages that state them"),
        "betweenness": _measure(
            "betweenness | 媒介中心性 | центральность по посредничеству",
            "the share of the shortest paths between others that run through it",
        ),
        "pagerank": _measure("PageRank | ページランク | PageRank", "how often a random walk along links is there"),
        "community": _measure(
            "community | コミュニティ | сообщество",
            "the number of its community, 1 being the largest",
            "least",
            whole=True,
        ),
        "constraint": _measure(
            "constraint | 拘束度 | ограниченность",
            "how far its neighbours are linked to each other: low for brokers",
            "least",
        ),
        "effective_size": _measure(
            "effective size | 有効サイズ | эффективный размер", "its neighbours, less what links among them repeat"
        ),
        "component": _measure(
            "connected part | 連結成分 | компонента связности",
            "the number of its connected part, 1 being the largest",
            "least",
            whole=True,
        ),
    }
)
"""All measures, by name, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """A node: its IRI, its labels and those of its kind, by language, and its value for each measure.

    A value that is undefined for the node is None.
    """

    iri: str
    labels: Mapping[str, str]
    kind: Mapping[str, str]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows, and notes in English on what the values rest on. `notes_on` has those that concern one measure."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    notes_on: Mapping[str, str]

    def ranked(self, measure: str) -> Measured:
        """The rows by one measure, the best first and those without a value last; ties go to the first IRI.

        Raises UsageError where there is no such measure.
        """
        if measure not in MEASURES:
            raise UsageError(f"sort is {measure!r}: give one of {', '.join(MEASURES)}")
        sign = -1 if MEASURES[measure].best == "most" else 1

        def order(row: Row) -> tuple[bool, float, str]:
            value = row.values[measure]
            return (value is None, sign * (value or 0), row.iri)

        return replace(self, rows=tuple(sorted(self.rows, key=order)))


def measure(
    network: nx.MultiDiGraph[str],
    progress: Progress | None = None,
    exact_up_to: int | None = None,
    pivots: int = PIVOTS,
) -> Measured:
    """All measures of all nodes, in the order of their IRIs.

    In a bipartite network (a graph with `bipartite`, see `powkg.networks.projections`) degree and betweenness are
    divided by what is possible there: Borgatti & Everett, "Network analysis of 2-mode data" (1997). Constraint and
    effective size are undefined there, since no two neighbours of a node can be linked. A node without links has no
    community, constraint or effective size; a measure that no node of so small a network could have is undefined.

    With more than `exact_up_to` nodes (`EXACT_UP_TO`), betweenness is estimated from `pivots` nodes; a note says so.
    """
    nodes = sorted(network)
    graph = _adjacency(network, nodes)
    sides = [network.nodes[node]["bipartite"] for node in nodes] if network.graph.get("bipartite") else None
    most = EXACT_UP_TO if exact_up_to is None else exact_up_to
    sampled = min(pivots, len(nodes)) if len(nodes) > most else None
    found = _values(graph, sides, sampled, progress)
    rows = tuple(
        Row(
            node,
            network.nodes[node]["labels"],
            network.nodes[node]["kind"],
            MappingProxyType({name: found[name][index] for name in MEASURES}),
        )
        for index, node in enumerate(nodes)
    )
    notes_on = _notes_on(len(nodes), sides is not None, sampled)
    return Measured(rows, (*_notes(network.graph, found), *notes_on.values()), MappingProxyType(notes_on))


def _adjacency(network: nx.MultiDiGraph[str], nodes: Sequence[str]) -> algorithms.Adjacency:
    """For each node its neighbours, by number, with the passages or the weight of all links between the two."""
    numbers = {node: number for number, node in enumerate(nodes)}
    passages: dict[tuple[int, int], set[str]] = defaultdict(set)
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, data in network.edges(data=True):
        if source != target:
            pair = (min(numbers[source], numbers[target]), max(numbers[source], numbers[target]))
            passages[pair].update(data["passages"])
            weights[pair] += data.get("weight", 0.0)
    graph: list[dict[int, float]] = [{} for _ in nodes]
    for one, other in sorted(passages):
        graph[one][other] = graph[other][one] = weights[one, other] or float(len(passages[one, other]) or 1)
    return graph


def _values(
    graph: algorithms.Adjacency, sides: Sequence[int] | None, sampled: int | None, progress: Progress | None
) -> dict[str, Sequence[Value]]:
    tell = progress or (lambda _what, _done, _of: None)
    degrees = [len(links) for links in graph]
    between = algorithms.betweenness(graph, sampled, lambda done, of: tell("betweenness", done, of))
    tell("communities", 0, 1)
    communities = _numbered(algorithms.communities(graph))
    tell("communities", 1, 1)
    undefined: list[Value] = [None] * len(graph)
    return {
        "degree": degrees,
        "degree_centrality": _shares(degrees, _most_neighbours(len(graph), sides)),
        "strength": [sum(links.values()) for links in graph],
        "betweenness": _shares(between, _most_pairs(len(graph), sides)),
        "pagerank": algorithms.pagerank(graph),
        "community": [communities[node] if degrees[node] else None for node in range(len(graph))],
        "constraint": undefined if sides else algorithms.constraint(graph),
        "effective_size": undefined if sides else algorithms.effective_size(graph),
        "component": list(_numbered(algorithms.components(graph)).values()),
    }


def _shares(values: Sequence[float], most: Sequence[float]) -> list[Value]:
    return [value / possible if possible else None for value, possible in zip(values, most, strict=True)]


def _most_neighbours(number: int, sides: Sequence[int] | None) -> list[float]:
    """How many neighbours each node could have: all others, or in a bipartite network all of the other side."""
    if sides is None:
        return [number - 1] * number
    return [len(sides) - sides.count(side) for side in sides]


def _most_pairs(number: int, sides: Sequence[int] | None) -> list[float]:
    """How many pairs of others each node could stand between: the largest betweenness that a node can have."""
    if sides is None:
        return [(number - 1) * (number - 2) / 2] * number
    sizes = [sides.count(0), sides.count(1)]
    most = [_most_pairs_of_side(sizes[side], sizes[1 - side]) for side in (0, 1)]
    return [most[side] for side in sides]


def _most_pairs_of_side(own: int, other: int) -> float:
    """The largest betweenness of a node in a bipartite network, by the sizes of its own side and of the other.

    Borgatti & Everett (1997), p. 256. It is reached where all paths run through the node and are as many as can be.
    """
    if not own or not other:
        return 0.0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


def _numbered(sets: Sequence[set[int]]) -> dict[int, int]:
    """The number of the set that each node is in, from 1, by node."""
    return dict(sorted((node, number) for number, found in enumerate(sets, 1) for node in found))


def _notes_on(nodes: int, bipartite: bool, sampled: int | None) -> dict[str, str]:  # noqa: FBT001
    notes = {}
    if sampled is not None:
        notes["betweenness"] = (
            f"betweenness is an estimate: from the shortest paths of {sampled:,} of {nodes:,} nodes, drawn at random "
            f"with the seed {algorithms.SEED} (Brandes & Pich 2007)"
        )
    if bipartite and nodes:
        notes["constraint"] = (
            "constraint and effective size are undefined, since links run between two sides only and no two neighbours "
            "of a node can be linked"
        )
    return notes


def _notes(described: Mapping[str, Any], found: Mapping[str, Sequence[Value]]) -> list[str]:
    """What the network consists of, and what was left out of it."""
    components = [value for value in found["component"] if value is not None]
    if not components:
        return ["nothing is left: there is no node to measure", *left_out(described)]
    parts = counted(max(components), "connected part")
    size = f"{counted(len(components), 'node')} in {parts}, the largest with {components.count(1):,}"
    return [size, *left_out(described)]
