"""Shortest and next shortest paths."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ford import ford_store
from powkg.errors import PowkgError, UsageError
from powkg.namespaces import CLAIM, ID, POW
from powkg.networks.paths import Path, PathLink, paths
from powkg.networks.whole import whole_network
from powkg.store import Store

CROSSING, BRANDT, COLUMN = ID + "crossing-of-the-ford", ID + "otto-brandt", ID + "northern-column"
CAUSE = CLAIM + "ford/p02s1-cause"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nx.MultiDiGraph[str]:
    return whole_network(ford_store(tmp_path_factory.mktemp("ford")))


@pytest.fixture(scope="module")
def real_network(real_store: Store) -> nx.MultiDiGraph[str]:
    return whole_network(real_store)


def made(*links: tuple[str, str, int, bool]) -> nx.MultiDiGraph[str]:
    """A network of links between one-letter entities: from, to, number of passages, claimed."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, (source, target, passages, claimed) in enumerate(links):
        names = tuple(f"p{number:02}s{sentence}" for sentence in range(passages))
        network.add_edge(ID + source, ID + target, f"{POW}link{number}", passages=names, claimed=claimed)
    return network


def letters(path: Path) -> str:
    return "".join(entity.removeprefix(ID) for entity in path.entities)


def test_a_step_lists_all_links_with_their_ways_and_passages(network: nx.MultiDiGraph[str]) -> None:
    (path,) = paths(network, "stone-ford", "otto-brandt")
    assert path.entities == (ID + "stone-ford", CROSSING, BRANDT)
    assert path.steps[0].links == (PathLink(POW + "where", forwards=False, passages=("p01s1",), claimed=False),)
    assert path.steps[1].links == (
        PathLink(POW + "commander", forwards=True, passages=("p01s1", "p01s2"), claimed=False),
    )
    assert not path.claimed


def test_parallel_links_both_ways_are_one_step_the_unclaimed_and_most_stated_first() -> None:
    network = made(("a", "b", 1, True), ("b", "a", 1, False), ("a", "b", 2, False), ("a", "b", 3, True))
    (path,) = paths(network, "a", "b", 9)
    (step,) = path.steps
    assert [(link.property[-1], link.forwards, link.claimed) for link in step.links] == [
        ("2", True, False),
        ("1", False, False),
        ("3", True, True),
        ("0", True, True),
    ]
    assert not step.claimed
    assert step.passages == ("p00s0", "p01s0", "p02s0", "p02s1", "p03s0", "p03s1", "p03s2")
    (unclaimed,) = paths(network, "a", "b", claims=False)
    assert [link.property[-1] for link in unclaimed.steps[0].links] == ["2", "1"]


def test_a_path_over_a_claim_says_so_and_can_be_left_out(network: nx.MultiDiGraph[str]) -> None:
    (path,) = paths(network, "fall-of-the-bridge", "otto-brandt")
    assert path.entities == (ID + "fall-of-the-bridge", CAUSE, BRANDT)
    assert path.claimed
    (longer,) = paths(network, "fall-of-the-bridge", "otto-brandt", claims=False)
    assert longer.entities == (ID + "fall-of-the-bridge", ID + "the-realm", CROSSING, BRANDT)
    assert not longer.claimed


@pytest.mark.parametrize(
    ("links", "order"),
    [
        ([("a", "b", 1, False), ("b", "z", 1, False), ("a", "z", 1, True)], ["az", "abz"]),
        ([("a", "b", 9, True), ("b", "z", 1, False), ("a", "c", 1, False), ("c", "z", 1, False)], ["acz", "abz"]),
        ([("a", "b", 1, False), ("b", "z", 1, False), ("a", "c", 1, False), ("z", "c", 2, False)], ["acz", "abz"]),
        (
            [
                ("a", "b", 1, False),
                ("b", "z", 1, False),
                ("a", "c", 1, False),
                ("c", "z", 1, False),
                ("b", "y", 1, False),
            ],
            ["acz", "abz"],
        ),
        ([("a", "c", 1, False), ("c", "z", 1, False), ("a", "b", 1, False), ("b", "z", 1, False)], ["abz", "acz"]),
    ],
    ids=["fewest links", "fewest claimed steps", "most passages", "no hubs", "first IRI"],
)
def test_the_order_of_paths(links: list[tuple[str, str, int, bool]], order: list[str]) -> None:
    assert [letters(path) for path in paths(made(*links), "a", "z", 5)] == order


pairs = st.tuples(st.sampled_from("abcdefz"), st.sampled_from("abcdefz"), st.integers(1, 3), st.booleans())


@given(st.lists(pairs, max_size=14), st.booleans())
def test_the_paths_are_the_best_of_all_in_order(links: list[tuple[str, str, int, bool]], claims: bool) -> None:
    """Held against all simple paths, as networkx lists them, put in the order that the module names."""
    network = made(("a", "b", 1, False), ("y", "z", 1, False), *links)
    usable: nx.Graph[str] = nx.Graph(
        [(s, t) for s, t, data in network.edges(data=True) if s != t and (claims or not data["claimed"])]
    )

    def cost(route: list[str]) -> tuple[int, int, int, int, list[str]]:
        claimed = stated = 0
        for one, other in pairwise(route):
            found = [
                data
                for source, target, data in network.edges(data=True)
                if {source, target} == {one, other} and (claims or not data["claimed"])
            ]
            claimed += all(data["claimed"] for data in found)
            stated += len({passage for data in found for passage in data["passages"]})
        return len(route), claimed, -stated, sum(usable.degree(node) for node in route[1:-1]), route

    every = sorted(nx.all_simple_paths(usable, ID + "a", ID + "z"), key=cost) if ID + "a" in usable else []
    try:
        found = [list(path.entities) for path in paths(network, "a", "z", 6, claims=claims)]
    except PowkgError:
        found = []
    assert found == every[:6]


def test_from_karl_marx_to_shinzo_abe_with_and_without_claims(real_network: nx.MultiDiGraph[str]) -> None:
    (chain,) = paths(real_network, "karl-marx", "shinzo-abe", claims=False)
    assert [entity.removeprefix(ID) for entity in chain.entities] == [
        "karl-marx",
        "political-teaching-in-the-camps",
        "return-of-the-radicalised-prisoners",
        "japan",
        "war-dead-interred-in-may-2016",
        "chidorigafuchi-interment-2016",
        "shinzo-abe",
    ]
    assert [step.passages for step in chain.steps] == [
        ("p12s1",), ("p12s1",), ("p12s1",), ("p14s5",), ("p14s5",), ("p14s6",)
    ]  # fmt: skip
    first, second = paths(real_network, "karl-marx", "shinzo-abe", 2)
    assert first == chain
    assert second.claimed
    assert len(second.steps) >= len(first.steps)


def test_no_path_says_whether_there_is_one_with_claims(network: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(PowkgError, match=r"no path joins id:otto-brandt and id:lonely-tower$"):
        paths(network, "otto-brandt", "lonely-tower")
    with pytest.raises(PowkgError, match="id:lonely-tower, with or without claims"):
        paths(network, "otto-brandt", "lonely-tower", claims=False)
    with pytest.raises(PowkgError, match="without claims; with them there is one of 1 link"):
        paths(network, "captives-of-the-ford", CLAIM + "ford/p02s1-estimate", claims=False)


@pytest.mark.parametrize(
    ("start", "end", "count", "message"),
    [
        ("otto-brandt", "id:otto-brandt", 1, "id:otto-brandt is both ends of the path"),
        ("oto-brandt", "stone-ford", 1, "no entity 'oto-brandt' in the network"),
        ("otto-brandt", "pow:commander", 1, "no entity 'pow:commander' in the network"),
        ("otto-brandt", "stone-ford", 0, "count is 0: give at least 1"),
    ],
)
def test_wrong_use_is_refused(network: nx.MultiDiGraph[str], start: str, end: str, count: int, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        paths(network, start, end, count)


def test_the_order_of_the_network_does_not_matter(real_network: nx.MultiDiGraph[str]) -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(real_network)))
    for source, target, key, data in reversed([*real_network.edges(keys=True, data=True)]):
        turned.add_edge(source, target, key, **data)
    assert paths(turned, "harbin", "shinzo-abe", 8) == paths(real_network, "harbin", "shinzo-abe", 8)
