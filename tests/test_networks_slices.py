from __future__ import annotations

from datetime import date

import networkx as nx
import pytest

from meeting import Meeting, iri, names
from powkg.entities.facts import Note
from powkg.errors import UsageError
from powkg.namespaces import POW
from powkg.networks.projections import project
from powkg.networks.slices import at
from powkg.networks.whole import whole_network
from powkg.store import Store


@pytest.fixture
def years() -> nx.MultiDiGraph[str]:
    made = Meeting()
    made.node("battle", "event", date(1945, 8, 9), date(1945, 8, 20)).node("war", "event", date(1939, 9, 1), None)
    made.node("feud", "event", None, date(1940, 5, 1)).node("treaty", "event", date(1951, 9, 8), date(1951, 9, 8))
    made.node("town", "place").node("village", "place").node("nowhere", "place")
    made.node("old", "person", date(1870, 1, 1), date(1944, 12, 31)).node("young", "person", date(1946, 1, 1), None)
    made.node("alive", "person", date(1900, 1, 1), date(1980, 1, 1)).node("alone", "person", date(1900, 1, 1), None)
    made.node("unknown", "person").node("claim-one", "statement").node("claimant", "person")
    for person in ("old", "young", "alive", "unknown"):
        made.link("battle", "participant", person)
    made.link("battle", "where", "town").link("treaty", "where", "village").link("alone", "memberOf", "nowhere")
    made.link("claim-one", "about", "battle").link("claim-one", "wasAttributedTo", "claimant")
    return made.network


def test_dated_nodes_are_kept_where_their_days_meet_the_date(years: nx.MultiDiGraph[str]) -> None:
    assert {"battle", "war"} <= names(at(years, "1945-08"))
    assert not {"treaty", "feud"} & names(at(years, "1945-08"))
    assert {"treaty", "war"} <= names(at(years, "1951_1952"))
    assert "battle" not in names(at(years, "1951_1952"))


@pytest.mark.parametrize(("when", "kept"), [("1945-08-09", True), ("1945-08-20", True), ("1945-08-21", False)])
def test_the_first_and_the_last_day_count(years: nx.MultiDiGraph[str], when: str, kept: bool) -> None:
    assert ("battle" in names(at(years, when))) == kept


def test_an_end_that_is_not_known_is_open(years: nx.MultiDiGraph[str]) -> None:
    assert "war" in names(at(years, "2020"))
    assert "feud" in names(at(years, "1900"))
    assert at(years, "2020").graph["open_ended"] == 1
    assert at(years, "1940").graph["open_ended"] == 1  # the war; the feud ended in that year, whenever it began


def test_undated_nodes_are_kept_beside_a_dated_one_that_is_kept(years: nx.MultiDiGraph[str]) -> None:
    assert {"town", "claim-one", "unknown"} <= names(at(years, "1945"))
    assert not {"village", "nowhere"} & names(at(years, "1945"))


def test_an_undated_node_draws_no_other_in(years: nx.MultiDiGraph[str]) -> None:
    assert "claimant" not in names(at(years, "1945"))


def test_persons_are_kept_only_while_they_live(years: nx.MultiDiGraph[str]) -> None:
    kept = names(at(years, "1945"))
    assert {"alive", "unknown"} <= kept
    assert not {"old", "young"} & kept


def test_that_a_person_lived_draws_nobody_in(years: nx.MultiDiGraph[str]) -> None:
    assert not {"alone", "nowhere"} & names(at(years, "1945"))


def test_the_graph_counts_what_was_left_out(years: nx.MultiDiGraph[str]) -> None:
    made = at(years, "1945")
    # The feud, the treaty, and two persons whose lives do not meet it.
    assert made.graph["dated_omitted"] == 4
    # The village, nowhere, the claimant and who is alone; all but the village have no dated neighbour.
    assert made.graph["undated_omitted"] == 4
    assert made.graph["undated_unplaced"] == 3
    assert made.graph["when"] == "1945"
    assert len(made) + 8 == len(years)


@pytest.mark.parametrize(("name", "kept"), [("dated", False), ("period", False), ("notAfter", True), ("due", True)])
def test_works_and_cohorts_have_dates_of_their_own_and_bounds_are_none(
    years: nx.MultiDiGraph[str], name: str, kept: bool
) -> None:
    note = Note(POW + name, (("en", "1983"),), ("p01s1",), (), "1983")
    years.add_node(iri("book"), **{**years.nodes[iri("town")], "notes": (note,)})
    years.add_edge(iri("book"), iri("battle"), POW + "about")
    assert ("book" in names(at(years, "1945"))) == kept


@pytest.mark.parametrize(("when", "kept"), [("1945-07", False), ("1945-08", True), ("2016", True)])
def test_a_day_that_an_event_is_not_before_is_its_first(when: str, kept: bool) -> None:
    note = Note(POW + "notBefore", (("en", "9 August 1945"),), ("p01s1",), (), "1945-08-09")
    made = Meeting().node("surrender", "event", None, None, note).network
    assert ("surrender" in names(at(made, when))) == kept


def test_a_day_that_an_event_is_not_after_is_not_its_last() -> None:
    begun, done = (
        Note(POW + name, (("en", day),), ("p01s1",), (), day)
        for name, day in (("notBefore", "1945"), ("notAfter", "1946"))
    )
    made = Meeting().node("weariness", "event", None, None, begun, done).network
    assert names(at(made, "1950")) == {"weariness"}


def test_a_beginning_that_is_known_goes_before_one_that_is_only_bounded() -> None:
    note = Note(POW + "notBefore", (("en", "1945"),), ("p01s1",), (), "1945")
    made = Meeting().node("siege", "event", date(1946, 1, 1), None, note).network
    assert names(at(made, "1945")) == set()


def test_the_network_is_left_as_it_is(years: nx.MultiDiGraph[str]) -> None:
    before = years.copy()
    at(years, "1945").nodes[iri("battle")]["labels"] = {}
    assert nx.utils.graphs_equal(years, before)
    assert "when" not in years.graph


@pytest.mark.parametrize("when", ["yesterday", "", "1945/1956", "1945-13"])
def test_what_is_no_date_is_refused(years: nx.MultiDiGraph[str], when: str) -> None:
    with pytest.raises(UsageError, match=rf"^when: '{when}' is not a date: (?!.*'{when}')"):
        at(years, when)


def test_a_projection_without_dates_is_not_cut(years: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(UsageError, match="people has no dated nodes: cut the slice first, then project it"):
        at(project(years, "people"), "1945")
    assert names(at(project(years, "people-events"), "1945")) == {"battle", "alive", "unknown"}
    assert names(project(at(years, "1945"), "people")) == {"alive", "unknown"}


def test_a_whole_without_dates_has_nothing_of_any_year() -> None:
    made = Meeting().node("town", "place").network
    assert len(at(project(made, "whole"), "1945")) == 0


def test_the_real_network_of_1945_has_those_of_yalta_and_not_those_of_2016(real_store: Store) -> None:
    kept = names(at(whole_network(real_store), "1945"))
    assert {"yalta-conference", "franklin-d-roosevelt", "aleksandr-vasilevsky"} <= kept
    assert "surrender-of-japanese-to-the-soviets" in kept
    assert not {"shinzo-abe", "karl-marx", "leon-trotsky", "jason-dawsey"} & kept
    assert "franklin-d-roosevelt" not in names(at(whole_network(real_store), "1945-08"))
