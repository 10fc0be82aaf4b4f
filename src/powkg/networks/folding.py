"""Nodes turned into links: an event that joins two entities drawn as one link between them, named after the event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations
from typing import Any

import networkx as nx

from powkg.entities.captions import best
from powkg.entities.names import FAMILIES
from powkg.errors import UsageError

MOST_JOINED = 3
"""A node that joins more others stays a node: with three it gives as many links as it had, with more it gives more."""

_BETWEEN = " · "


def fold(
    network: nx.MultiDiGraph[str], kinds: Collection[str] = ("event",), most: int = MOST_JOINED
) -> nx.MultiDiGraph[str]:
    """The network without the nodes of these families that link two to `most` others: each is links between these.

    Of two such nodes next to each other only one is folded, that with fewer neighbours, else the first IRI. The focus
    never is, nor a node that a claim speaks of, since the link would rest on the claim.

    What is folded into a link stands on it, so that nothing is lost. The link's key and `property` are the folded
    node's IRI, its `labels` the first property, the node's name and the second property, in the order of reading, its
    `passages` all of them, its `notes` those of the node and of both links, and `folded` has `node`, the node's
    attributes, and `links`, the attributes of its links with `source` and `target`, as they were. Where one entity's
    link leads to the node and the other's from it, the new link keeps that direction; else its source is the first
    IRI. The graph's `folded` names what was folded.

    Raises UsageError for an unknown family, or for `most` under 2.
    """
    if unknown := sorted(set(kinds) - set(FAMILIES)):
        raise UsageError(f"unknown kind {unknown[0]!r}: give some of {', '.join(FAMILIES)}")
    if most < 2:
        raise UsageError(f"most is {most}: give at least 2")
    chosen = _foldable(network, frozenset(kinds), most)
    folded: nx.MultiDiGraph[str] = network.copy()
    for node in chosen:
        for one, other in combinations(_neighbours(network, node), 2):
            _join(folded, network, node, (one, other))
    folded.remove_nodes_from(chosen)
    folded.graph["folded"] = (*network.graph.get("folded", ()), *chosen)
    return folded


def _foldable(network: nx.MultiDiGraph[str], kinds: frozenset[str], most: int) -> list[str]:
    """The nodes to fold, in the network's order; no two of them are neighbours."""
    neighbours = {node: _neighbours(network, node) for node in network if network.nodes[node]["family"] in kinds}
    fit = [node for node, others in neighbours.items() if 2 <= len(others) <= most]
    chosen: set[str] = set()
    for node in sorted(fit, key=lambda node: (len(neighbours[node]), node)):
        claimed = any(link.get("claimed", False) for other in neighbours[node] for link in _links(network, node, other))
        if node != network.graph.get("focus") and not claimed and chosen.isdisjoint(neighbours[node]):
            chosen.add(node)
    return [node for node in network if node in chosen]


def _neighbours(network: nx.MultiDiGraph[str], node: str) -> list[str]:
    return sorted({*network.successors(node), *network.predecessors(node)} - {node})


def _join(folded: nx.MultiDiGraph[str], network: nx.MultiDiGraph[str], node: str, ends: tuple[str, str]) -> None:
    """Add the link between two neighbours that stands for the node."""
    one, other = ends
    if network.has_edge(node, one) and not network.has_edge(one, node) and network.has_edge(other, node):
        one, other = other, one
    sides = [_links(network, node, end) for end in (one, other)]
    links = [link for side in sides for link in side]
    notes = (*network.nodes[node]["notes"], *(note for link in links for note in link["notes"]))
    folded.add_edge(
        one,
        other,
        key=node,
        property=node,
        labels=_labels(sides[0], network.nodes[node]["labels"], sides[1]),
        passages=tuple(sorted({passage for link in links for passage in link["passages"]})),
        claimed=False,
        notes=tuple(dict.fromkeys(notes)),
        folded={"node": dict(network.nodes[node]), "links": tuple(links)},
    )


def _links(network: nx.MultiDiGraph[str], node: str, end: str) -> list[Mapping[str, Any]]:
    """All links between a node and a neighbour, in a fixed order."""
    found = [
        {**data, "source": source, "target": target}
        for source, target in ((node, end), (end, node))
        for data in (network.get_edge_data(source, target) or {}).values()
    ]
    return sorted(found, key=lambda link: (str(link["property"]), link["source"]))


def _labels(first: list[Mapping[str, Any]], name: Mapping[str, str], second: list[Mapping[str, Any]]) -> dict[str, str]:
    """The label "commander · Crossing of the Ford · where", in every language that the node has a name in."""
    words = ([link["labels"] for link in first], [name], [link["labels"] for link in second])
    return {
        language: _BETWEEN.join(", ".join(best(labels, language) for labels in part) for part in words)
        for language in sorted(name)
    }
