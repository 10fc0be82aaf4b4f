from __future__ import annotations

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.networks import algorithms


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph[int]:
    """Graphs of up to twelve nodes with weights, in one part or several."""
    number = draw(st.integers(1, 12))
    pairs = [(one, other) for one in range(number) for other in range(one)]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    made: nx.Graph[int] = nx.Graph()
    made.add_nodes_from(range(number))
    made.add_weighted_edges_from((one, other, draw(st.integers(1, 5))) for one, other in chosen)
    return made


def adjacency(graph: nx.Graph[int]) -> list[dict[int, float]]:
    return [{other: data.get("weight", 1) for other, data in graph.adj[node].items()} for node in sorted(graph)]


def in_igraph(graph: nx.Graph[int]) -> tuple[igraph.Graph, list[float]]:
    made = igraph.Graph(len(graph), list(graph.edges()))
    return made, [data["weight"] for *_, data in graph.edges(data=True)]


def sample(name: str) -> nx.Graph[int]:
    """Graphs whose betweenness networkx knows: sparse, dense, in several parts."""
    made: nx.Graph[int]
    match name:
        case "karate":
            made = nx.karate_club_graph()
        case "path":
            made = nx.path_graph(20)
        case "star":
            made = nx.star_graph(20)
        case "grid":
            made = nx.convert_node_labels_to_integers(nx.grid_2d_graph(5, 6))
        case "random":
            made = nx.gnm_random_graph(60, 80, seed=7)
        case _:
            made = nx.disjoint_union(nx.cycle_graph(9), nx.empty_graph(4))
    for *_, data in made.edges(data=True):
        data["weight"] = 1
    return made


@given(graphs(), st.integers(1, 5))
def test_dependencies_of_batches_add_up_to_betweenness(graph: nx.Graph[int], size: int) -> None:
    nodes = sorted(graph)
    total = [0.0] * len(nodes)
    for start in range(0, len(nodes), size):
        batch = algorithms.dependencies(adjacency(graph), nodes[start : start + size])
        total = [one + other for one, other in zip(total, batch, strict=True)]
    exact = nx.betweenness_centrality(graph, normalized=False)
    assert [value / 2 for value in total] == pytest.approx([exact[node] for node in nodes])


@pytest.mark.parametrize("name", ["karate", "path", "star", "grid", "random", "parts"])
def test_betweenness_is_that_of_networkx(name: str) -> None:
    graph = sample(name)
    exact = nx.betweenness_centrality(graph, normalized=False)
    found = algorithms.betweenness(adjacency(graph), None, None)
    assert found == pytest.approx([exact[node] for node in sorted(graph)])


def test_all_nodes_as_pivots_give_the_exact_betweenness() -> None:
    graph = adjacency(sample("random"))
    assert algorithms.betweenness(graph, 60, None) == pytest.approx(algorithms.betweenness(graph, None, None))


def test_pivots_give_an_estimate_near_the_exact_betweenness() -> None:
    graph = adjacency(nx.barabasi_albert_graph(600, 2, seed=3))
    exact, estimate = algorithms.betweenness(graph, None, None), algorithms.betweenness(graph, 100, None)
    assert sum(estimate) == pytest.approx(sum(exact), rel=0.05)
    top = sorted(range(600), key=lambda node: -exact[node])[:10]
    assert len(set(top) & set(sorted(range(600), key=lambda node: -estimate[node])[:10])) >= 8
    assert estimate != exact


def test_progress_ends_when_all_is_done() -> None:
    seen: list[tuple[int, int]] = []
    algorithms.betweenness(adjacency(sample("random")), None, lambda done, of: seen.append((done, of)))
    assert seen[-1] == (60, 60)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len(seen) == 4


@given(graphs())
def test_pagerank_is_that_of_igraph(graph: nx.Graph[int]) -> None:
    other, weights = in_igraph(graph)
    expected = other.pagerank(weights=weights, damping=0.85) if weights else [1 / len(graph)] * len(graph)
    assert algorithms.pagerank(adjacency(graph)) == pytest.approx(expected, abs=1e-8)


@given(graphs())
def test_constraint_is_that_of_networkx_and_igraph(graph: nx.Graph[int]) -> None:
    found = algorithms.constraint(adjacency(graph))
    linked = [node for node in graph if graph.adj[node]]
    assert [node for node in graph if found[node] is None] == [node for node in graph if node not in linked]
    expected = nx.constraint(graph, linked, weight="weight")
    assert [found[node] for node in linked] == pytest.approx([expected[node] for node in linked])
    if linked:
        other, weights = in_igraph(graph)
        assert [found[node] for node in linked] == pytest.approx(other.constraint(linked, weights=weights))


@given(graphs())
def test_effective_size_is_that_of_networkx(graph: nx.Graph[int]) -> None:
    found = algorithms.effective_size(adjacency(graph))
    linked = [node for node in graph if graph.adj[node]]
    expected = nx.effective_size(graph, linked)
    assert [found[node] for node in linked] == pytest.approx([expected[node] for node in linked])
    assert all(found[node] is None for node in graph if node not in linked)


@given(graphs())
def test_communities_lie_within_connected_parts(graph: nx.Graph[int]) -> None:
    communities, parts = algorithms.communities(adjacency(graph)), algorithms.components(adjacency(graph))
    assert sorted(node for found in communities for node in found) == sorted(graph)
    assert all(any(found <= part for part in parts) for found in communities)
    assert [len(part) for part in parts] == sorted((len(part) for part in parts), reverse=True)


def test_louvain_finds_two_cliques_joined_by_a_link() -> None:
    graph = nx.barbell_graph(6, 0)
    assert algorithms.communities(adjacency(graph)) == [set(range(6)), set(range(6, 12))]
