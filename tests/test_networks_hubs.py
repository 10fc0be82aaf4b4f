"""Hubs that may not fill a neighbourhood."""

from __future__ import annotations

import networkx as nx
import pytest

from ford import ford_store
from powkg.errors import UsageError
from powkg.namespaces import CLAIM, ID
from powkg.networks.hubs import MOST_HANGING, clear_neighbourhood, first, thinned
from powkg.networks.neighbourhood import neighbourhood
from powkg.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"))


def neighbours(*links: tuple[str, str]) -> nx.MultiDiGraph[str]:
    """A neighbourhood of `f`, its nodes in the order in which the links name them."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(links, focus="f", omitted=1)
    return graph


def test_so_many_hang_on_a_node_and_the_first_of_them_stay() -> None:
    network = neighbours(("f", "hub"), ("hub", "a"), ("b", "hub"), ("hub", "c"))
    kept = thinned(network, 2)
    assert list(kept) == ["f", "hub", "a", "b"]
    assert kept.graph["omitted"] == 2
    assert list(network) == ["f", "hub", "a", "b", "c"]


def test_what_is_linked_to_the_focus_or_twice_does_not_hang() -> None:
    network = neighbours(("f", "hub"), ("hub", "a"), ("f", "other"), ("hub", "b"), ("b", "other"), ("hub", "f"))
    assert list(thinned(network, 1)) == ["f", "hub", "a", "other", "b"]


def test_what_was_reached_only_through_a_node_left_out_goes_with_it() -> None:
    network = neighbours(("f", "hub"), ("hub", "a"), ("hub", "b"), ("b", "c"))
    assert list(thinned(network, 1)) == ["f", "hub", "a"]


def test_focus_may_have_any_number() -> None:
    network = neighbours(*(("f", name) for name in "abcdefgh"))
    assert len(thinned(network, 1)) == len(network)


def test_first_nodes_keep_their_order_and_links() -> None:
    network = neighbours(("f", "z"), ("z", "y"), ("y", "f"), ("f", "x"))
    part = first(network, 3)
    assert list(part) == ["f", "z", "y"]
    assert set(part.edges()) == {("f", "z"), ("z", "y"), ("y", "f")}
    assert part.graph["omitted"] == 2


def test_what_was_folded_into_a_link_that_is_left_out_is_left_out() -> None:
    network = neighbours(("f", "a"))
    network.add_edge("a", "b", key="event")
    network.graph["folded"] = ("event",)
    part = first(network, 2)
    assert part.graph["folded"] == ()
    assert part.graph["omitted"] == 3
    assert first(network, 3).graph == network.graph


def test_neighbourhood_through_a_hub_is_cleared_and_filled_with_others(store: Store) -> None:
    plain = neighbourhood(store, "fall-of-the-bridge", hops=2, limit=8)
    clear = clear_neighbourhood(store, "fall-of-the-bridge", hops=2, limit=8)
    marches = [[node for node in graph if node.startswith(ID + "march-")] for graph in (plain, clear)]
    assert len(marches[1]) <= MOST_HANGING
    assert len(clear) - 1 <= 8
    assert len(clear) + clear.graph["omitted"] == len(plain) + plain.graph["omitted"]


def test_one_hop_is_as_it_was(store: Store) -> None:
    plain, clear = (make(store, "the-realm") for make in (neighbourhood, clear_neighbourhood))
    assert list(plain) == list(clear)
    assert plain.graph == clear.graph


def test_half_of_what_is_drawn_seldom_hangs_on_one_node(real_store: Store) -> None:
    kwantung = ID + "kwantung-army"
    japan = [ID + "empire-of-japan"]
    hanging = []
    for make in (neighbourhood, clear_neighbourhood):
        graph: nx.Graph[str] = nx.Graph(make(real_store, kwantung, hops=2))
        graph.remove_nodes_from(japan)
        hanging.append(len(graph) - len(nx.node_connected_component(graph, kwantung)))
    assert hanging[0] > MOST_HANGING >= hanging[1]


def test_fewer_than_one_is_refused() -> None:
    with pytest.raises(UsageError, match="most is 0: give at least 1"):
        thinned(neighbours(("f", "a")), 0)


def test_claims_can_be_left_out_of_a_clear_neighbourhood(store: Store) -> None:
    with_claims, without = (clear_neighbourhood(store, "the-realm", hops=2, claims=claims) for claims in (True, False))
    claims = {node for node in with_claims if node.startswith(CLAIM)}
    assert claims
    assert not claims & set(without)
