"""Nodes folded into links: which, and that nothing is lost."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest

from powkg.entities.facts import Note
from powkg.errors import UsageError
from powkg.networks.folding import fold
from powkg.networks.hubs import first

DATE = Note("when", (("en", "1945"),), ("p09s1",))
RANK = Note("as", (("en", "Colonel"),), ("p01s2",))


def network(families: dict[str, str], *links: tuple[str, str, str]) -> nx.MultiDiGraph[str]:
    """Nodes of these families, and links (source, property, target), each of a passage of its own."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=next(iter(families)), omitted=0, words={})
    for name, family in families.items():
        labels = {"en": f"the {name}", "ja": f"{name}部"}
        graph.add_node(name, iri=name, labels=labels, family=family, notes=(DATE,) if family == "event" else ())
    for number, (source, name, target) in enumerate(links, 1):
        data: dict[str, Any] = {"property": name, "labels": {"en": name}, "passages": (f"p0{number}s1",)}
        notes = (RANK,) if name == "commander" else ()
        graph.add_edge(source, target, key=name, claimed="claim" in (source, target), notes=notes, **data)
    return graph


BATTLE = network(
    {"brandt": "person", "battle": "event", "ford": "place"},
    ("battle", "commander", "brandt"),
    ("battle", "where", "ford"),
    ("battle", "near", "ford"),
)


def test_event_becomes_a_link_with_its_name_and_both_properties() -> None:
    folded = fold(BATTLE)
    assert list(folded) == ["brandt", "ford"]
    ((source, target, key, data),) = folded.edges(keys=True, data=True)
    assert (source, target, key) == ("brandt", "ford", "battle")
    assert data["property"] == "battle"
    assert data["labels"]["en"] == "commander · the battle · near, where"
    assert data["labels"]["ja"] == "commander · battle部 · near, where"
    assert data["passages"] == ("p01s1", "p02s1", "p03s1")
    assert data["notes"] == (DATE, RANK)
    assert data["claimed"] is False
    assert folded.graph["folded"] == ("battle",)
    assert len(BATTLE) == 3


def test_what_is_folded_is_listed_on_the_link() -> None:
    ((_, _, data),) = fold(BATTLE).edges(data=True)
    assert data["folded"]["node"] == BATTLE.nodes["battle"]
    listed = {(link["source"], link["property"], link["target"]) for link in data["folded"]["links"]}
    assert listed == {(source, name, target) for source, target, name in BATTLE.edges(keys=True)}


def test_link_keeps_the_direction_of_those_that_it_joins() -> None:
    graph = network({"f": "other", "z": "group", "e": "event", "a": "group"}, ("z", "took part", "e"), ("e", "at", "a"))
    assert list(fold(graph).edges()) == [("z", "a")]


@pytest.mark.parametrize(("count", "links"), [(1, 1), (2, 1), (3, 3), (4, 4)])
def test_three_neighbours_are_joined_pairwise_and_more_are_not(count: int, links: int) -> None:
    names = [f"n{number}" for number in range(count)]
    graph = network(
        {"f": "other", **dict.fromkeys(names, "group"), "e": "event"}, *(("e", "participant", name) for name in names)
    )
    folded = fold(graph)
    assert folded.number_of_edges() == links
    assert ("e" in folded) == (count not in (2, 3))
    assert "e" not in fold(graph, most=max(count, 2)) or count == 1


def test_of_two_events_side_by_side_the_one_with_fewer_neighbours_is_folded() -> None:
    graph = network(
        {"f": "other", "a": "group", "e1": "event", "e2": "event", "b": "place", "c": "place"},
        ("e1", "participant", "a"),
        ("e1", "where", "b"),
        ("e2", "part of", "e1"),
        ("e2", "where", "c"),
    )
    assert fold(graph).graph["folded"] == ("e2",)
    assert set(fold(graph)) == {"f", "a", "e1", "b", "c"}


def test_focus_and_what_claims_speak_of_stay_nodes() -> None:
    about_focus = network({"e": "event", "a": "group", "b": "place"}, ("e", "by", "a"), ("e", "where", "b"))
    assert "e" in fold(about_focus)
    claimed = network({"a": "group", "e": "event", "claim": "statement"}, ("e", "by", "a"), ("claim", "about", "e"))
    assert "e" in fold(claimed)


def test_other_families_are_folded_when_asked_for() -> None:
    graph = network({"f": "other", "a": "person", "p": "place", "b": "person"}, ("a", "born", "p"), ("b", "born", "p"))
    assert "p" in fold(graph)
    folded = fold(graph, ("place",))
    assert list(folded.edges()) == [("a", "b")]


def test_folded_links_whose_ends_are_gone_are_not_counted() -> None:
    assert first(fold(BATTLE), 1).graph["folded"] == ()
    assert first(fold(BATTLE), 2).graph["folded"] == ("battle",)


def test_wrong_use_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown kind 'battle'"):
        fold(BATTLE, ("battle",))
    with pytest.raises(UsageError, match="most is 1"):
        fold(BATTLE, most=1)
