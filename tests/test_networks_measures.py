from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting import Meeting, iri
from powkg.errors import UsageError
from powkg.networks.measures import MEASURES, Row, measure
from powkg.networks.projections import project
from powkg.networks.whole import whole_network
from powkg.store import Store


def network(links: list[tuple[str, str]], alone: tuple[str, ...] = ()) -> nx.MultiDiGraph[str]:
    made = Meeting()
    for name in sorted({end for link in links for end in link}.union(alone)):
        made.node(name, "person")
    for source, target in links:
        made.link(source, "participant", target)
    return made.network


def row(rows: tuple[Row, ...], name: str) -> Row:
    return next(one for one in rows if one.iri == iri(name))


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


def test_links_of_people_weigh_what_their_shared_events_say_of_them() -> None:
    made = Meeting().node("congress", "event").node("talks", "event")
    for person in ("a", "b", "c", "d", "e"):
        made.node(person, "person").link("congress", "participant", person, "p01s1", "p01s2")
    made.link("talks", "participant", "a").link("talks", "participant", "b")
    rows = measure(project(made.network, "people")).rows
    assert row(rows, "c").values["strength"] == pytest.approx(4 * 1 / 4)
    assert row(rows, "a").values["strength"] == pytest.approx(4 * 1 / 4 + 1)


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
