"""What is lacking in a network, and what was left out of it, in English sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import networkx as nx

from powkg.namespaces import curie


def lacking(network: nx.MultiDiGraph[str], entity: str | None) -> list[str]:
    """What is not there that was asked for: any node, any link, and the entity, an IRI, where one was asked for."""
    notes = []
    if not len(network):
        notes.append("nothing is left")
    elif not network.number_of_edges():
        notes.append(f"no link is left, only {counted(len(network), 'node')}")
    if entity is not None and entity not in network:
        notes.append(f"{curie(entity)} is not in what is left")
    return notes


def left_out(described: Mapping[str, Any]) -> list[str]:
    """What a projection and a slice left out, by the attributes of a graph (`networks.projections`, `networks.slices`).

    Empty where the network is neither.
    """
    notes = []
    if unlinked := described.get("unlinked"):
        notes.append(f"left out since nothing links them here: {counted(unlinked, 'node')}")
    if "when" in described:
        notes.append(
            f"the slice of {described['when']} left out {counted(described['dated_omitted'], 'dated node')} and "
            f"{described['undated_omitted']:,} undated, {described['undated_unplaced']:,} of them without any dated "
            f"neighbour; {counted(described['open_ended'], 'dated node')} kept only since an end is unknown"
        )
    return notes


def counted(number: float, noun: str) -> str:
    """The number, its thousands parted by commas, with its noun: "1 node", "1,200 nodes"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
