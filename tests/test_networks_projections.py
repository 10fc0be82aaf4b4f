from __future__ import annotations

import networkx as nx
import pytest

from meeting import Meeting, iri, names, pairs
from powkg.errors import UsageError
from powkg.namespaces import PASSAGE, POW, SOURCE
from powkg.networks.projections import PROJECTIONS, project
from powkg.networks.whole import whole_network
from powkg.store import Store


@pytest.fixture
def conference() -> nx.MultiDiGraph[str]:
    made = Meeting()
    for person in ("ann", "bob", "cat", "dan"):
        made.node(person, "person")
    for event in ("talks", "war", "raid", "parade"):
        made.node(event, "event")
    made.node("army", "group").node("crowd", "cohort").node("town", "place").node("marshal", "other")
    made.node("promise", "statement").node("photo", "statement").node("book", "statement")
    made.node("claim-cause", "statement")
    made.link("talks", "participant", "ann", "p01s1").link("talks", "participant", "bob", "p01s2")
    made.link("talks", "participant", "cat", "p02s1").link("raid", "commander", "ann", "p03s1")
    made.link("raid", "victim", "bob", "p03s1").link("raid", "carriedOutBy", "army").link("raid", "where", "town")
    made.link("dan", "heldAfter", "war").link("dan", "office", "marshal", "p04s1")
    made.link("marshal", "officeOf", "army", "p04s2").link("crowd", "during", "war")
    made.link("promise", "wasAttributedTo", "ann", "p05s1").link("promise", "promisedTo", "bob", "p05s2")
    made.link("promise", "promised", "war", "p05s3")
    made.link("photo", "depicts", "cat", "p06s1").link("photo", "depicts", "parade", "p06s1")
    made.link("book", "creator", "dan").link("book", "about", "war")
    made.link("claim-cause", "wasAttributedTo", "dan").link("claim-cause", "promised", "war")
    return made.network


def test_persons_meet_events_by_any_role_and_either_way(conference: nx.MultiDiGraph[str]) -> None:
    made = project(conference, "people-events")
    assert {("talks", "ann"), ("raid", "bob")} <= pairs(made)
    assert made.edges[iri("raid"), iri("ann"), POW + "commander"]["passages"] == ("p03s1",)
    assert all(made.nodes[one]["bipartite"] != made.nodes[other]["bipartite"] for one, other in made.edges())
    assert made.graph["bipartite"]
    assert made.graph["projection"] == "people-events"


def test_parties_to_a_promise_and_people_in_a_picture_are_linked_to_its_event(
    conference: nx.MultiDiGraph[str],
) -> None:
    made = project(conference, "people-events")
    received = made.edges[iri("bob"), iri("war"), "promise-received"]
    assert received["via"] == (iri("promise"),)
    assert received["passages"] == ("p05s2", "p05s3")
    assert made.edges[iri("ann"), iri("war"), "promise"]["passages"] == ("p05s1", "p05s3")
    assert made.edges[iri("cat"), iri("parade"), "picture"]["via"] == (iri("photo"),)


@pytest.mark.parametrize(
    ("name", "source", "target", "labels"),
    [
        ("people-events", "ann", "war", {"en": "promised", "ja": "約束した側", "ru": "кто обещал"}),
        ("people-events", "bob", "war", {"en": "was promised", "ja": "約束の相手", "ru": "кому обещано"}),
        (
            "people-events",
            "cat",
            "parade",
            {"en": "pictured together with", "ja": "同じ画像に写る", "ru": "изображены вместе"},
        ),
        ("people-groups", "dan", "army", {"en": "office-holder of", "ja": "在職先", "ru": "должность в"}),
    ],
)
def test_a_link_over_a_path_says_what_its_ends_are_to_each_other_and_is_no_propertys(
    conference: nx.MultiDiGraph[str], name: str, source: str, target: str, labels: dict[str, str]
) -> None:
    (link,) = project(conference, name)[iri(source)][iri(target)].values()
    assert link["labels"] == labels
    assert link["property"] == ""
    assert not link["claimed"]
    assert link["notes"] == ()


def test_nobody_who_was_given_a_promise_is_said_to_have_promised(real_store: Store) -> None:
    made = project(whole_network(real_store), "people-events")
    war = iri("soviet-declaration-of-war-on-japan")
    for person in ("franklin-d-roosevelt", "winston-churchill"):
        assert [link["labels"]["en"] for link in made[iri(person)][war].values()] == ["was promised"]
    assert [link["labels"]["en"] for link in made[iri("joseph-stalin")][war].values()] == ["promised"]


def test_an_order_in_time_a_book_and_a_claim_link_nobody_to_an_event(conference: nx.MultiDiGraph[str]) -> None:
    made = project(conference, "people-events")
    assert "dan" not in names(made)
    assert made.graph["unlinked"] == 1


def test_two_pictures_of_one_event_make_one_link_with_the_passages_of_both(
    conference: nx.MultiDiGraph[str],
) -> None:
    conference.add_node(iri("film"), **conference.nodes[iri("photo")])
    for target in ("cat", "parade"):
        link = conference.edges[iri("photo"), iri(target), POW + "depicts"]
        conference.add_edge(iri("film"), iri(target), POW + "depicts", **{**link, "passages": ("p07s1",)})
    made = project(conference, "people-events")
    assert made.number_of_edges(iri("cat"), iri("parade")) == 1
    link = made.edges[iri("cat"), iri("parade"), "picture"]
    assert link["via"] == (iri("film"), iri("photo"))
    assert link["passages"] == ("p06s1", "p07s1")


def test_shared_events_weigh_less_the_more_take_part(conference: nx.MultiDiGraph[str]) -> None:
    made = project(conference, "people")
    weights = {pair: made.edges[iri(pair[0]), iri(pair[1]), "shared-events"]["weight"] for pair in pairs(made)}
    # Three at the talks, two at the raid, and two who are bound by the promise of a war.
    assert weights == {("ann", "bob"): 1 / 2 + 1 + 1, ("ann", "cat"): 1 / 2, ("bob", "cat"): 1 / 2}
    link = made.edges[iri("ann"), iri("cat"), "shared-events"]
    assert link["via"] == (iri("talks"),)
    assert link["passages"] == ("p01s1", "p02s1")
    assert not link["directed"]
    assert "bipartite" not in made.nodes[iri("ann")]
    assert not made.graph["bipartite"]


def test_weights_of_a_person_add_up_to_the_number_of_events_shared(conference: nx.MultiDiGraph[str]) -> None:
    made = project(conference, "people").to_undirected()
    assert made.degree(iri("bob"), weight="weight") == pytest.approx(3)


def test_whoever_shares_no_event_stays_among_the_people() -> None:
    made = Meeting().node("ann", "person").node("raid", "event").link("raid", "victim", "ann").network
    assert names(project(made, "people")) == {"ann"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("groups-events", {("raid", "army")}),
        ("people-groups", {("dan", "army")}),
        ("events-places", {("raid", "town")}),
    ],
)
def test_other_sides_are_linked_likewise(
    conference: nx.MultiDiGraph[str], name: str, expected: set[tuple[str, str]]
) -> None:
    assert pairs(project(conference, name)) == expected


def test_actors_are_persons_groups_and_cohorts(conference: nx.MultiDiGraph[str]) -> None:
    made = project(conference, "actors-events")
    assert {("raid", "army"), ("crowd", "war"), ("raid", "ann")} <= pairs(made)


def test_who_holds_an_office_is_linked_to_its_group(conference: nx.MultiDiGraph[str]) -> None:
    link = project(conference, "people-groups").edges[iri("dan"), iri("army"), "office"]
    assert link["via"] == (iri("marshal"),)
    assert link["passages"] == ("p04s1", "p04s2")


@pytest.mark.parametrize("name", sorted(set(PROJECTIONS) - {"sources-entities"}))
def test_a_projection_leaves_the_network_as_it_is(conference: nx.MultiDiGraph[str], name: str) -> None:
    before = conference.copy()
    made = project(conference, name)
    for node in made:
        made.nodes[node]["labels"] = {}
    made.graph["words"] = {}
    assert nx.utils.graphs_equal(conference, before)


@pytest.mark.parametrize("name", ["people–events", "People-Events ", "people—events"])
def test_a_name_may_have_a_longer_dash(conference: nx.MultiDiGraph[str], name: str) -> None:
    assert project(conference, name).graph["projection"] == "people-events"


def test_an_unknown_name_is_refused_with_all_names(conference: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(UsageError, match=r"'people-evnts': give one of whole, people-events, .*sources-entities"):
        project(conference, "people-evnts")


def test_sources_need_a_store(conference: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(UsageError, match="give the store"):
        project(conference, "sources-entities")


def test_the_whole_is_a_copy(conference: nx.MultiDiGraph[str]) -> None:
    made = project(conference, "whole")
    assert made is not conference
    assert list(made.edges) == list(conference.edges)


def test_sources_speak_of_entities(real_store: Store) -> None:
    network = whole_network(real_store)
    made = project(network, "sources-entities", real_store)
    assert made.has_edge(PASSAGE + "dawsey/p06s2", iri("aleksandr-vasilevsky"))
    assert made.has_edge(SOURCE + "dates-of-aleksandr-vasilevsky", iri("aleksandr-vasilevsky"))
    passage = made.edges[PASSAGE + "dawsey/p06s2", iri("aleksandr-vasilevsky"), "speaks-of"]
    assert passage["passages"] == ("p06s2",)
    sources = {node for node, data in made.nodes(data=True) if data["bipartite"] == 0}
    assert {made.nodes[node]["kind"]["en"] for node in sources} == {"passage", "reference source"}
    assert SOURCE + "editorial" not in made
    assert set(made) - sources <= set(network)
    assert all(source in sources and target not in sources for source, target in made.edges())


def test_every_projection_of_the_real_network_keeps_what_nodes_and_edges_carry(real_store: Store) -> None:
    network = whole_network(real_store)
    of_nodes = set(next(iter(network.nodes(data=True)))[1])
    of_edges = set(next(iter(network.edges(data=True)))[2])
    for name in PROJECTIONS:
        made = project(network, name, real_store)
        assert len(made) > 10
        assert all(of_nodes <= set(data) for _, data in made.nodes(data=True)), name
        assert all(of_edges <= set(data) for *_, data in made.edges(data=True)), name
        assert all(made.degree(node) for node in made) or name == "people"
