from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import Meeting, iri
from powkg.errors import UsageError
from powkg.networks import algorithms
from powkg.networks.measures import MEASURES, Row, measure
from powkg.networks.projections import project
from powkg.networks.whole import whole_network
from powkg.store import Store


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


def network(links: list[tuple[str, str]], alone: tuple[str, ...] = ()) -> nx.MultiDiGraph[str]:
    made = Meeting()
    for name in sorted({end for link in links for end in link}.union(alone)):
        made.node(name, "person")
    for source, target in links:
        made.link(source, "participant", target)
    return made.network


def row(rows: tuple[Row, ...], name: str) -> Row:
    return next(one for one in rows if one.iri == iri(name))


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


def test_a_broker_between_two_triangles_leads_each_ranking() -> None:
    links = [("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "x"), ("m", "a"), ("m", "x")]
    found = measure(network(links))
    assert found.ranked("betweenness").rows[0].iri == iri("m")
    assert found.ranked("constraint").rows[0].iri == iri("m")
    assert found.ranked("effective_size").rows[0].iri == iri("a")
    broker = row(found.rows, "m")
    assert broker.values["betweenness"] == pytest.approx(9 / 15)
    assert broker.values["degree"] == 2
    assert broker.values["effective_size"] == 2
    assert broker.values["constraint"] == pytest.approx(0.5)
    assert row(found.rows, "b").values["community"] == row(found.rows, "a").values["community"]
    assert row(found.rows, "b").values["community"] != row(found.rows, "y").values["community"]


def test_links_between_the_same_two_are_one_that_weighs_its_passages() -> None:
    made = Meeting().node("a", "person").node("b", "person")
    made.link("a", "commander", "b", "p01s1", "p01s2").link("b", "victim", "a", "p01s2", "p02s1")
    made.link("a", "victim", "a")
    values = row(measure(made.network).rows, "a").values
    assert values["degree"] == 1
    assert values["strength"] == 3


def test_a_node_without_links_has_no_value_where_none_is_defined() -> None:
    values = row(measure(network([("a", "b"), ("b", "c")], ("alone",))).rows, "alone").values
    assert values["degree"] == values["strength"] == values["betweenness"] == 0
    assert values["community"] is values["constraint"] is values["effective_size"] is None
    assert values["component"] == 2


@pytest.mark.parametrize("names", [(), ("a",), ("a", "b")])
def test_networks_too_small_for_a_measure_have_none(names: tuple[str, ...]) -> None:
    found = measure(network([], names))
    assert len(found.rows) == len(names)
    for one in found.rows:
        assert one.values["betweenness"] is None
        assert one.values["degree_centrality"] == (0 if len(names) > 1 else None)


def test_no_value_is_ever_nan(real_store: Store) -> None:
    whole = whole_network(real_store)
    for name in ("whole", "people-events", "people", "sources-entities"):
        for one in measure(project(whole, name, real_store)).rows:
            assert list(one.values) == list(MEASURES)
            assert all(value is None or value == value for value in one.values.values()), one  # noqa: PLR0124


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(5, 11)), min_size=1, unique=True))
def test_two_sides_are_measured_as_networkx_measures_them(links: list[tuple[int, int]]) -> None:
    made = Meeting()
    # Two events and two persons at least, or there is no path that could run through any of them.
    for event, person in [(0, 5), (0, 6), (1, 6), *links]:
        made.node(f"e{event:02}", "event").node(f"p{person:02}", "person")
        made.link(f"e{event:02}", "participant", f"p{person:02}")
    bipartite = project(made.network, "people-events")
    events = [node for node, data in bipartite.nodes(data=True) if data["bipartite"]]
    simple = nx.Graph(bipartite)
    degrees = nx.bipartite.degree_centrality(simple, events)
    between = nx.bipartite.betweenness_centrality(simple, events)
    for one in measure(bipartite).rows:
        assert one.values["degree_centrality"] == pytest.approx(degrees[one.iri])
        assert one.values["betweenness"] == pytest.approx(between[one.iri])
        assert one.values["constraint"] is one.values["effective_size"] is None


def test_notes_say_why_two_sides_have_no_brokers() -> None:
    made = Meeting().node("raid", "event").node("ann", "person").node("bob", "person").node("war", "event")
    made.link("raid", "victim", "ann")
    found = measure(project(made.network, "people-events"))
    assert found.notes[0] == "2 nodes in 1 connected part, the largest with 2"
    assert found.notes[1] == "left out since nothing links them here: 2 nodes"
    assert found.notes_on["constraint"].startswith("constraint and effective size are undefined")
    assert found.notes[-1] == found.notes_on["constraint"]


def test_large_networks_are_estimated_and_say_so() -> None:
    links = [(f"n{number:02}", f"n{number * number % 7:02}") for number in range(7, 50)] + [
        ("n00", f"n{number:02}") for number in range(1, 7)
    ]
    seen: list[tuple[str, int, int]] = []
    exact = measure(network(links), exact_up_to=50)
    found = measure(network(links), lambda *step: seen.append(step), exact_up_to=49, pivots=20)
    assert "betweenness" not in exact.notes_on
    assert found.notes_on["betweenness"].startswith("betweenness is an estimate: from the shortest paths of 20 of 50")
    assert ("betweenness", 20, 20) in seen
    assert seen[-1] == ("communities", 1, 1)
    assert [one.values["degree"] for one in found.rows] == [one.values["degree"] for one in exact.rows]
    assert [one.values["betweenness"] for one in found.rows] != [one.values["betweenness"] for one in exact.rows]


def test_a_ranking_puts_what_is_undefined_last_and_ties_in_the_order_of_iris() -> None:
    ranked = measure(network([("b", "a"), ("d", "c")], ("alone",))).ranked("constraint")
    assert [one.iri for one in ranked.rows] == [iri(name) for name in ("a", "b", "c", "d", "alone")]


def test_an_unknown_measure_is_refused_with_all_names() -> None:
    with pytest.raises(UsageError, match=r"sort is 'closeness': give one of degree, degree_centrality, .*component"):
        measure(network([("a", "b")])).ranked("closeness")


def test_the_author_leads_the_real_network_with_claims_only(real_store: Store) -> None:
    whole = whole_network(real_store)
    with_claims = measure(whole).ranked("betweenness").rows
    assert with_claims[0].iri == iri("jason-dawsey")
    assert with_claims[0].values["betweenness"] == pytest.approx(0.51, abs=0.05)
    assert len(with_claims) == len(whole)


def test_another_process_gives_the_same_values() -> None:
    """Strings have other hashes in every process, and sets of them another order."""
    program = """
from meeting import Meeting
from powkg.networks.measures import measure
made = Meeting()
for number in range(41):
    made.node(f"n{number}", "person")
for number in range(41):
    made.link(f"n{number}", "participant", f"n{(number * number + 3) % 41}")
print([tuple(row.values.values()) for row in measure(made.network).rows])
"""
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1
