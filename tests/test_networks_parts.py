from __future__ import annotations

import networkx as nx
import pytest

from meeting import Meeting, iri, names, pairs
from powkg.networks.parts import part, without_claims


@pytest.fixture
def talks() -> nx.MultiDiGraph[str]:
    made = Meeting().node("war", "event").node("dan", "person").node("claim-cause", "statement").node("ann", "person")
    made.link("dan", "heldAfter", "war").link("claim-cause", "wasAttributedTo", "dan")
    made.link("claim-cause", "cause", "war").link("war", "participant", "ann")
    return made.network


def test_a_part_keeps_the_order_of_the_network(talks: nx.MultiDiGraph[str]) -> None:
    kept = {iri(name) for name in ("ann", "dan", "war")}
    made = part(talks, kept)
    assert list(made) == [node for node in talks if node in kept]
    assert list(made.edges(keys=True)) == [edge for edge in talks.edges(keys=True) if kept.issuperset(edge[:2])]
    assert made.nodes[iri("ann")] == talks.nodes[iri("ann")]


def test_a_part_is_a_copy(talks: nx.MultiDiGraph[str]) -> None:
    before = talks.copy()
    made = part(talks, set(talks))
    made.nodes[iri("ann")]["labels"] = {}
    made.graph["when"] = "1945"
    for *_, data in made.edges(data=True):
        data["passages"] = ()
    assert nx.utils.graphs_equal(talks, before)


def test_without_claims_nothing_else_is_lacking(talks: nx.MultiDiGraph[str]) -> None:
    made = without_claims(talks)
    assert names(talks) - names(made) == {"claim-cause"}
    assert pairs(made) == {("dan", "war"), ("war", "ann")}
