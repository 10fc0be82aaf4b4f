"""Links and notes of entities."""

from __future__ import annotations

import pytest

from ford import FACTS, ford_store
from powkg.entities.facts import Facts
from powkg.namespaces import CLAIM, ID, POW

MORE = """
ford:p04s1 {
    id:raid a pow:MilitaryOperation ; pow:armOfService term:air-forces ; pow:after id:raid ; pow:when date:1945-08 .
    ford:p04s1 pow:describes id:raid .
    id:pilot-in-raid a pow:Participation ; pow:agent id:pilot ; pow:inEvent id:raid ; pow:role term:no-such-role .
    id:pilot a pow:Person ; pow:familyName "Pilot"@en ; pow:demonym "pilotic"@en .
    claim:p04s1-raid a pow:Assessment ; pow:about id:raid ; pow:ascribed term:swift ; pow:certainty term:possible ;
        pow:phase term:outset ; pow:genre term:report ; prov:wasAttributedTo id:pilot .
    id:pilot-at-home a pow:Participation ; pow:agent id:pilot ; pow:inEvent id:home ; pow:as id:colonel .
    id:two-posts a pow:Tenure ; pow:holder id:pilot ; pow:office id:colonel ; pow:heldAfter id:pilot-in-raid .
}
source:chronicle { id:raid pow:ended date:1945-09 . id:pilot pow:birthDate date:1900 ; pow:memberOf id:the-realm . }
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return Facts(ford_store(tmp_path_factory.mktemp("ford"), FACTS + MORE))


def test_known_is_what_any_graph_speaks_of(facts: Facts) -> None:
    assert facts.known(ID + "raid")
    assert facts.known(ID + "home")
    assert not facts.known(ID + "nobody")


def test_role_without_a_property_is_participation_in_general(facts: Facts) -> None:
    (link,) = (link for link in facts.links(ID + "raid") if link.property == POW + "participant")
    assert (link.source, link.property, link.target) == (ID + "raid", POW + "participant", ID + "pilot")
    assert link.passages == ("p04s1",)
    assert link.other(ID + "raid") == ID + "pilot"
    assert link.other(ID + "pilot") == ID + "raid"


def test_links_come_from_passages_only(facts: Facts) -> None:
    assert {link.other(ID + "pilot") for link in facts.links(ID + "pilot")} == {
        CLAIM + "ford/p04s1-raid",
        ID + "raid",
        ID + "home",
        ID + "colonel",
    }


def test_capacity_may_be_an_office_itself(facts: Facts) -> None:
    (link,) = facts.links(ID + "home")
    assert [note.value()["en"] for note in link.notes] == ["Colonel"]


def test_notes_are_dates_first_and_then_words(facts: Facts) -> None:
    notes = facts.notes(ID + "raid")
    assert [(note.property, note.value()["en"]) for note in notes] == [
        (POW + "when", "August 1945"),
        (POW + "armOfService", "air forces"),
    ]


def test_life_dates_of_a_source_name_the_source(facts: Facts) -> None:
    (note,) = facts.notes(ID + "pilot")
    assert note.passages == ()
    assert [source.rpartition("/")[2] for source in note.sources] == ["chronicle"]


def test_notes_of_a_claim_do_not_repeat_its_label(facts: Facts) -> None:
    claim = CLAIM + "ford/p04s1-raid"
    assert facts.labels(claim)["en"] == "raid: swift as lightning · outset · possible · pilot"
    assert [note.property for note in facts.notes(claim)] == [POW + "genre"]
