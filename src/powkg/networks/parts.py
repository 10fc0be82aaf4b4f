"""Parts of a network: some of its nodes with all links among them."""

from __future__ import annotations

from collections.abc import Container

import networkx as nx

from powkg.networks.attributes import is_claim


def part(network: nx.MultiDiGraph[str], nodes: Container[str]) -> nx.MultiDiGraph[str]:
    """These nodes of the network and all links among them, in the network's own order.

    networkx's own subgraphs list the nodes in the order of a set of strings, another one in every process.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph(**network.graph)
    made.add_nodes_from((node, dict(data)) for node, data in network.nodes(data=True) if node in nodes)
    for source, target, key, data in network.edges(keys=True, data=True):
        if source in nodes and target in nodes:
            made.add_edge(source, target, key, **data)
    return made


def without_claims(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The network without claims, and so without all links that rest on a claim only. Nothing else is left out."""
    return part(network, {node for node in network if not is_claim(node)})
