"""What a neighbourhood holds, and how it is ranked."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

import networkx as nx
import pytest

from ford import FACTS, ford_store
from powkg.entities.facts import Note
from powkg.entities.statements import Statements
from powkg.errors import UsageError
from powkg.namespaces import CLAIM, ID, POW, PROV, SOURCE
from powkg.networks import neighbourhood as module
from powkg.networks.neighbourhood import neighbourhood
from powkg.networks.whole import whole_network
from powkg.store import Store
from powkg.terms import Row, Term

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


def test_without_claims_they_are_passed_over_and_lead_nowhere(store: Store) -> None:
    graph = neighbourhood(store, "fall-of-the-bridge", hops=2, limit=100, claims=False)
    assert not any(node.startswith(CLAIM) for node in graph)
    assert BRANDT not in neighbourhood(store, "fall-of-the-bridge", limit=100, claims=False)


def test_a_claim_has_no_neighbourhood_without_claims(store: Store) -> None:
    with pytest.raises(UsageError, match=r"is a claim: leave --without-claims away \(in Python, claims=False\)"):
        neighbourhood(store, LIST, claims=False)


def most_relevant(network: nx.MultiDiGraph[str], focus: str, hops: int, limit: int) -> dict[str, tuple[int, float]]:
    """The nodes of a neighbourhood with hop and relevance, worked out of the network of everything, all at once."""
    shares: Mapping[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for source, target, data in network.edges(data=True):
        for one, other in ((source, target), (target, source)):
            shares[one][other] += len(data["passages"])
    relevance, hop, ring = {focus: 1.0}, {focus: 0}, [focus]
    for number in range(1, hops + 1):
        gained: dict[str, float] = defaultdict(float)
        for node in ring:
            for other in shares[node].keys() - relevance.keys():
                gained[other] += relevance[node] * shares[node][other] / sum(shares[node].values())
        relevance |= {node: value / math.log2(1 + len(shares[node])) for node, value in gained.items()}
        hop |= dict.fromkeys(gained, number)
        ring = sorted(gained, key=lambda node: (-relevance[node], node))[:limit]
    kept = [focus]
    while len(kept) <= limit:
        beside = {other for node in kept for other in shares[node]} & relevance.keys() - set(kept)
        if not beside:
            break
        kept.append(min(beside, key=lambda node: (-relevance[node], node)))
    return {node: (hop[node], relevance[node]) for node in kept}


@pytest.mark.parametrize(("hops", "limit"), [(1, 8), (2, 16), (3, 5)])
def test_what_is_read_bit_by_bit_is_what_all_of_it_gives(real_store: Store, hops: int, limit: int) -> None:
    network = whole_network(real_store)
    for focus in sorted(network)[:: 3 * hops]:
        graph = neighbourhood(real_store, focus, hops, limit)
        assert {node: (data["hop"], data["relevance"]) for node, data in graph.nodes(data=True)} == {
            node: (hop, pytest.approx(value))
            for node, (hop, value) in most_relevant(network, focus, hops, limit).items()
        }
        assert edges(graph) == edges(network.subgraph(graph))
        for source, target, name, data in graph.edges(keys=True, data=True):
            assert data == network.edges[source, target, name]


def test_nothing_in_the_graph_is_a_hub_yet(real_store: Store) -> None:
    number, *_ = sorted(
        (int(str(count)) for end in ("?s ?p ?node", "?node ?p ?o") for (_, count) in real_store.query(
            f"SELECT ?node (COUNT(*) AS ?n) {{ GRAPH ?g {{ {end} }} "
            "FILTER(STRSTARTS(STR(?node), 'https://w3id.org/powkg/id/')) } GROUP BY ?node"
        )),
        reverse=True,
    )  # fmt: skip
    assert number <= module.MOST_STATEMENTS


class Counting:
    """A store that counts the rows which it gives."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.rows = 0

    def query(self, text: str, substitutions: Mapping[str, Term] | None = None) -> list[Row]:
        rows = list(self._store.query(text, substitutions))
        self.rows += len(rows)
        return rows


@pytest.fixture(scope="module")
def hub_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The realm with 400 marches, two of which a guard of its own took part in."""
    marches = "\n".join(
        f"ford:p05s{number} {{ id:raid-{number:03} a pow:Event ; pow:participant id:the-realm . }}"
        for number in range(1, 401)
    )
    guard = """ford:p06s1 {
        id:guard a pow:MilitaryUnit .
        id:raid-001 pow:participant id:guard .
        id:raid-002 pow:participant id:guard .
    }"""
    return ford_store(tmp_path_factory.mktemp("hub"), FACTS + marches + guard)


def test_nothing_is_reached_through_a_hub_but_it_is_shown(hub_store: Store) -> None:
    counting = Counting(hub_store)
    graph = neighbourhood(counting, "raid-001", hops=3, limit=50)
    assert {REALM, ID + "guard", ID + "raid-002"} <= set(graph)
    assert ID + "raid-003" not in graph
    assert (ID + "raid-002", POW + "participant", REALM) in edges(graph)
    assert counting.rows < 400


def test_a_hub_in_focus_shows_some_and_counts_all(hub_store: Store) -> None:
    counting = Counting(hub_store)
    graph = neighbourhood(counting, "the-realm", limit=20)
    assert len(graph) == 21
    assert counting.rows < 1200
    raid = next(node for node in graph if node.startswith(ID + "raid-"))
    size = Statements(hub_store).count(REALM)
    assert size > 400
    assert graph.nodes[raid]["relevance"] == pytest.approx(1 / size)


def test_links_between_two_hubs_are_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    facts = "\n".join(
        f"ford:p05s{number} {{ id:a-{number} a pow:Event ; pow:participant id:one . "
        f"id:b-{number} a pow:Event ; pow:participant id:two . }}"
        for number in range(1, 150)
    )
    facts += "ford:p06s1 { id:one a pow:Organization ; pow:memberOf id:two . id:two a pow:Organization . "
    facts += "id:joint a pow:Event ; pow:participant id:one , id:two . }"
    graph = neighbourhood(ford_store(tmp_path_factory.mktemp("hubs"), facts), "joint", hops=2)
    assert (ID + "one", POW + "memberOf", ID + "two") in edges(graph)
    assert set(graph) == {ID + "joint", ID + "one", ID + "two"}
