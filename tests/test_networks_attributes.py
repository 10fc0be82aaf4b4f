"""What nodes and edges carry."""

from __future__ import annotations

from datetime import date

import networkx as nx
import pytest

from ford import ford_store
from powkg.entities.facts import Note
from powkg.namespaces import CLAIM, ID, POW
from powkg.networks.attributes import days
from powkg.networks.whole import whole_network

BRANDT = ID + "otto-brandt"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> nx.MultiDiGraph[str]:
    return whole_network(ford_store(tmp_path_factory.mktemp("ford")))


def test_nodes_say_what_they_are(network: nx.MultiDiGraph[str]) -> None:
    node = network.nodes[BRANDT]
    assert node["iri"] == BRANDT
    assert node["class_iri"] == POW + "Person"
    assert node["kind"]["ru"] == "человек"
    assert node["family"] == "person"


def test_links_of_claims_are_marked(network: nx.MultiDiGraph[str]) -> None:
    claimed = {(source, target) for source, target, data in network.edges(data=True) if data["claimed"]}
    assert claimed
    assert all(source.startswith(CLAIM) or target.startswith(CLAIM) for source, target in claimed)
    assert not network.edges[ID + "crossing-of-the-ford", BRANDT, POW + "commander"]["claimed"]


def test_words_of_notes_are_labelled(network: nx.MultiDiGraph[str]) -> None:
    used = {note.property for _, data in network.nodes(data=True) for note in data["notes"]}
    assert used <= set(network.graph["words"])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, (None, None)),
        ({"when": "1945-08"}, (date(1945, 8, 1), date(1945, 8, 31))),
        ({"began": "1945-08-09"}, (date(1945, 8, 9), None)),
        ({"ended": "195X"}, (None, date(1959, 12, 31))),
        ({"birthDate": "1895-09-30", "deathDate": "1977-12-05"}, (date(1895, 9, 30), date(1977, 12, 5))),
        ({"when": "1945", "began": "1944-06"}, (date(1944, 6, 1), date(1945, 12, 31))),
        ({"heldAt": "1945"}, (None, None)),
    ],
)
def test_days_are_the_outermost_of_beginning_and_end(
    given: dict[str, str], expected: tuple[date | None, date | None]
) -> None:
    assert days([Note(POW + name, (), date=value) for name, value in given.items()]) == expected


def test_a_note_that_is_no_date_gives_no_days() -> None:
    assert days([Note(POW + "when", (("en", "soon"),))]) == (None, None)
