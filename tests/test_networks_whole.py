"""The network of everything."""

from __future__ import annotations

import pytest

from ford import ford_store
from powkg.namespaces import CLAIM, ID, POW
from powkg.networks.neighbourhood import neighbourhood
from powkg.networks.whole import whole_network
from powkg.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"))


def test_it_holds_every_entity_of_the_passages_and_folds_relations(store: Store) -> None:
    network = whole_network(store)
    assert {ID + "otto-brandt", ID + "the-realm", CLAIM + "ford/p02s1-estimate", ID + "lonely-tower"} <= set(network)
    assert not {ID + "brandt-at-the-ford", ID + "brandt-colonel"} & set(network)
    assert all(node.startswith((ID, CLAIM)) for node in network)


def test_its_links_are_those_of_the_neighbourhoods(store: Store) -> None:
    network = whole_network(store)
    near = neighbourhood(store, "crossing-of-the-ford", limit=100)
    assert {*near.edges(keys=True)} == {*network.subgraph(near).edges(keys=True)}
    key = (ID + "crossing-of-the-ford", ID + "northern-column", POW + "carriedOutBy")
    assert network.edges[key] == near.edges[key]


def test_the_same_store_gives_the_same_order(store: Store) -> None:
    assert list(whole_network(store).edges(keys=True)) == list(whole_network(store).edges(keys=True))
