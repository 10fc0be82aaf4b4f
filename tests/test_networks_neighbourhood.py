"""What a neighbourhood holds, and how it is ranked."""

from __future__ import annotations

import networkx as nx
import pytest

from ford import FACTS, ford_store
from powkg.entities.facts import Note
from powkg.errors import UsageError
from powkg.namespaces import CLAIM, ID, POW, PROV, SOURCE
from powkg.networks.neighbourhood import neighbourhood
from powkg.store import Store

CROSSING, BRANDT, COLUMN = ID + "crossing-of-the-ford", ID + "otto-brandt", ID + "northern-column"
REALM, CAPTIVES = ID + "the-realm", ID + "captives-of-the-ford"
LIST, ESTIMATE, CAUSE = (CLAIM + "ford/p02s1-" + name for name in ("captives", "estimate", "cause"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"))


def edges(graph: nx.MultiDiGraph[str]) -> set[tuple[str, str, str]]:
    return {(source, name, target) for source, target, name in graph.edges(keys=True)}


def test_neighbourhood_holds_what_passages_state_and_nothing_else(store: Store) -> None:
    graph = neighbourhood(store, "crossing-of-the-ford")
    assert set(graph) == {CROSSING, BRANDT, COLUMN, ID + "stone-ford", REALM, CAUSE}
    assert edges(graph) == {
        (CROSSING, POW + "commander", BRANDT),
        (CROSSING, POW + "carriedOutBy", COLUMN),
        (CROSSING, POW + "where", ID + "stone-ford"),
        (CROSSING, POW + "participant", REALM),
        (BRANDT, POW + "leading", COLUMN),
        (CAUSE, POW + "cause", CROSSING),
        (CAUSE, PROV + "wasAttributedTo", BRANDT),
    }
    assert graph.graph["focus"] == CROSSING
    assert graph.graph["omitted"] == 0


def test_edges_know_their_passages_and_labels(store: Store) -> None:
    graph = neighbourhood(store, "crossing-of-the-ford")
    assert graph.edges[CROSSING, COLUMN, POW + "carriedOutBy"]["passages"] == ("p01s1", "p01s2")
    commander = graph.edges[CROSSING, BRANDT, POW + "commander"]
    assert commander["labels"] == {"en": "commander", "ja": "指揮官", "ru": "командующий"}


def test_participation_becomes_the_edge_that_says_the_same(store: Store) -> None:
    commander = neighbourhood(store, "otto-brandt").edges[CROSSING, BRANDT, POW + "commander"]
    assert commander["passages"] == ("p01s1", "p01s2")
    (note,) = commander["notes"]
    assert note.property == POW + "as"
    assert note.value() == {"en": "Colonel", "ja": "大佐", "ru": "полковник"}


def test_tenure_becomes_an_edge_to_the_office_with_its_date(store: Store) -> None:
    office = neighbourhood(store, "otto-brandt").edges[BRANDT, ID + "colonel", POW + "office"]
    assert [(note.property, note.value()["en"]) for note in office["notes"]] == [(POW + "heldAt", "spring 1949")]


def test_nodes_know_labels_kind_and_family(store: Store) -> None:
    graph = neighbourhood(store, "crossing-of-the-ford")
    assert graph.nodes[CROSSING]["labels"]["ja"] == "浅瀬渡河作戦"
    assert graph.nodes[CROSSING]["kind"]["en"] == "military operation"
    families = {node: data["family"] for node, data in graph.nodes(data=True)}
    assert families[CROSSING] == "event"
    assert families[BRANDT] == "person"
    assert families[COLUMN] == families[REALM] == "group"
    assert families[ID + "stone-ford"] == "place"
    assert families[CAUSE] == "statement"
    assert neighbourhood(store, "captives-of-the-ford").nodes[CAPTIVES]["family"] == "cohort"
    assert neighbourhood(store, "colonel").nodes[ID + "colonel"]["family"] == "other"


def test_claims_are_nodes_with_the_labels_of_the_store(store: Store) -> None:
    graph = neighbourhood(store, "captives-of-the-ford")
    assert graph.nodes[LIST]["labels"] == {
        "en": "Captives of the Ford: 46,000 · list of names · The Realm",
        "ja": "Captives of the Ford: 46,000 · 名簿 · 王国",
        "ru": "Captives of the Ford: 46\N{NO-BREAK SPACE}000 · поимённый список · Держава",
    }
    assert graph.nodes[ESTIMATE]["labels"]["en"] == (
        "Captives of the Ford: about 100,000 · spring 1949 · estimate · possible · Otto Brandt"
    )
    assert (ESTIMATE, POW + "cohort", CAPTIVES) in edges(graph)
    assert graph.nodes[ESTIMATE]["notes"] == graph.nodes[LIST]["notes"] == ()
    assert neighbourhood(store, "fall-of-the-bridge").nodes[CAUSE]["labels"]["en"] == (
        "Crossing of the Ford → Fall of the Bridge · offered · Otto Brandt"
    )


def test_dates_come_from_the_passages_or_else_from_one_source(store: Store) -> None:
    notes: tuple[Note, ...] = neighbourhood(store, "fall-of-the-bridge").nodes[ID + "fall-of-the-bridge"]["notes"]
    assert [(note.value()["en"], note.passages) for note in notes] == [("9 August 1945", ("p02s1",))]
    graph = neighbourhood(store, "crossing-of-the-ford")
    spans = [note for note in graph.nodes[CROSSING]["notes"] if not note.passages]
    assert [(note.value()["en"], note.sources) for note in spans] == [
        ("2 August 1945", (SOURCE + "two-dates",)),
        ("5 August 1945", (SOURCE + "two-dates",)),
    ]
    assert graph.graph["words"][SOURCE + "two-dates"]["en"] == "A chronicle with two dates"


def test_hub_gives_way_to_what_belongs_to_the_focus_alone(store: Store) -> None:
    graph = neighbourhood(store, "crossing-of-the-ford", limit=4)
    assert REALM not in graph
    assert len(graph) == 5
    assert graph.graph["omitted"] == 1
    relevance = {
        node: data["relevance"] for node, data in neighbourhood(store, "crossing-of-the-ford").nodes(data=True)
    }
    assert min(relevance, key=relevance.__getitem__) == REALM


def test_limit_keeps_the_most_relevant_and_counts_the_rest(store: Store) -> None:
    whole = neighbourhood(store, "the-realm", limit=100)
    part = neighbourhood(store, "the-realm", limit=6)
    ranked = sorted(set(whole) - {REALM}, key=lambda node: (-whole.nodes[node]["relevance"], node))
    assert set(part) == {REALM, *ranked[:6]}
    assert part.graph["omitted"] == len(whole) - 7


def test_second_hop_stays_connected_and_counts_distance(store: Store) -> None:
    graph = neighbourhood(store, "stone-ford", hops=2)
    assert graph.nodes[BRANDT]["hop"] == 2
    assert nx.is_weakly_connected(graph)
    assert set(neighbourhood(store, "stone-ford")) == {ID + "stone-ford", CROSSING}


def test_the_same_question_gets_the_same_answer(store: Store) -> None:
    first, second = (neighbourhood(store, "the-realm", hops=2, limit=9) for _ in range(2))
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))


def test_entity_without_links_stands_alone(store: Store) -> None:
    graph = neighbourhood(store, "lonely-tower")
    assert list(graph) == [ID + "lonely-tower"]
    assert graph.number_of_edges() == 0


def test_participation_can_be_looked_at_itself(store: Store) -> None:
    graph = neighbourhood(store, "brandt-at-the-ford")
    assert (ID + "brandt-at-the-ford", POW + "leading", COLUMN) in edges(graph)


@pytest.mark.parametrize(("hops", "limit"), [(0, 5), (4, 5), (1, 0)])
def test_hops_and_limit_out_of_range_are_wrong_use(store: Store, hops: int, limit: int) -> None:
    with pytest.raises(UsageError, match=r"(hops|limit) is \d"):
        neighbourhood(store, "otto-brandt", hops, limit)


def test_participation_without_an_agent_is_left_out(tmp_path_factory: pytest.TempPathFactory) -> None:
    facts = FACTS.replace("pow:agent id:otto-brandt ; pow:inEvent", "pow:inEvent")
    graph = neighbourhood(ford_store(tmp_path_factory.mktemp("ford"), facts), "crossing-of-the-ford")
    assert graph.edges[CROSSING, BRANDT, POW + "commander"]["notes"] == ()
    assert ID + "brandt-at-the-ford" not in graph


def test_article_itself_can_be_read(real_store: Store) -> None:
    graph = neighbourhood(real_store, "kwantung-army")
    surrender = ID + "surrender-of-kwantung-army"
    assert graph.edges[surrender, ID + "kwantung-army", POW + "surrenderer"]["passages"][0] == "p06s3"
    assert graph.nodes[ID + "kwantung-army"]["labels"]["ja"] == "関東軍"


def test_only_the_kinds_asked_for_are_neighbours_and_lead_further(store: Store) -> None:
    graph = neighbourhood(store, "otto-brandt", hops=2, kinds=("event", "place"))
    assert {graph.nodes[node]["family"] for node in set(graph) - {BRANDT}} == {"event", "place"}
    assert CROSSING in graph
    assert COLUMN not in graph


def test_an_unknown_kind_is_wrong_use(store: Store) -> None:
    with pytest.raises(UsageError, match="unknown kind 'river': give some of person, "):
        neighbourhood(store, "otto-brandt", kinds=("event", "river"))
