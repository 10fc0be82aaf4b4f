"""graph/dawsey.trig as a whole: every sentence accounted for, every fact in its place, every name that is known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from powkg.dataset import ONTOLOGY_GRAPHS, Dataset, Quad
from powkg.namespaces import CLAIM, ID, PASSAGE, POW, PROV, RDF, RDFS, SOURCE, TERM
from powkg.terms import IRI, Literal

DAWSEY = PASSAGE + "dawsey/"
TYPE = IRI(RDF + "type")

# How many sentences each paragraph has: counted in the article by hand, one for a heading, caption or entry.
SENTENCES = [1, 1, 1, 3, 4, 4, 4, 7, 11, 7, 8, 5, 1, 7, 1, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1]
WITHOUT = {"p17s1", "p24s1", "p27s1", "p29s1", "p32s1"}

# The names that the article prints, by the entity that each must belong to (a cross-section of every kind).
PRINTED = {
    "aleksandr-vasilevsky": "Aleksandr Vasilevsky",
    "arizona-state-university": "ASU",
    "associated-press": "Associated Press",
    "austria": "Austria",
    "bank-of-america": "Bank of America",
    "bolsheviks": "Bolsheviks",
    "chidorigafuchi-national-cemetery": "Chidorigafuchi National Cemetery",
    "cold-war": "Cold War",
    "columbia-university-press": "Columbia University Press",
    "combat-studies-institute": "Combat Studies Institute",
    "david-m-glantz": "David Glantz",
    "douglas-macarthur": "Douglas MacArthur",
    "dpaa": "DPAA",
    "fort-leavenworth": "Fort Leavenworth",
    "franklin-d-roosevelt": "Franklin D. Roosevelt",
    "friedrich-engels": "Friedrich Engels",
    "geneva-convention-1929": "Geneva Conventions of 1929",
    "germany": "Germany",
    "harbin": "Harbin",
    "hideki-tojo": "Hideki Tojo",
    "hirohito": "Emperor Hirohito",
    "hungary": "Hungary",
    "iwo-jima": "Iwo Jima",
    "japan-times": "Japan Times",
    "japanese-communist-party": "Japanese Communist Party",
    "jason-dawsey": "Jason Dawsey, PhD",
    "jenny-craig-institute": "Jenny Craig Institute for the Study of War and Democracy",
    "john-w-dower": "John Dower",
    "joseph-stalin": "Joseph Stalin",
    "journal-of-slavic-military-studies": "Journal of Slavic Military Studies",
    "junpei-gomikawa": "Junpei Gomikawa",
    "karl-marx": "Karl Marx",
    "kodansha": "Kodansha Co.",
    "kuril-islands": "Kurile Islands",
    "kwantung-army": "Kwantung Army",
    "kyodo-news": "Kyodo News",
    "leon-trotsky": "Trotsky",
    "maizuru": "Maizuru",
    "manchuria": "Manchuria",
    "mongolia": "Mongolia",
    "new-york": "New York",
    "nomonhan-incident": "Nomonhan Incident",
    "okinawa": "Okinawa",
    "pacific-ocean": "Pacific Ocean",
    "pacific-war": "Pacific War",
    "red-army": "Red Army",
    "russian-civil-war": "Russian Civil War",
    "russo-japanese-war": "Russo-Japanese War",
    "saipan": "Saipan",
    "sergei-i-kuznetsov": "S.I. Kuznetsov",
    "shinzo-abe": "Shinzo Abe",
    "showa-day-by-day-7": "Showa Day by Day",
    "siberia": "Siberia",
    "solomon-islands": "Solomon Islands",
    "soviet-union": "USSR",
    "tarawa": "Tarawa",
    "the-new-press": "The New Press",
    "tokuda-kyuichi": "Tokuda Kyuichi",
    "tokyo": "Tokyo",
    "unit-731": "Unit 731",
    "united-states": "United States",
    "us-army-cgsc": "US Army Command and General Staff College",
    "vanderbilt-university": "Vanderbilt University",
    "vladimir-lenin": "Lenin",
    "w-w-norton": "W.W. Norton & Company",
    "western-allies": "Western Allies",
    "winston-churchill": "Winston Churchill",
    "world-war-ii": "World War II",
    "yalta": "Yalta",
    "yasuhisa-shiozaki": "Yasuhisa Shiozaki",
    "yoshikuni-igarashi": "Yoshikuni Igarashi",
    "yoshiro-ishihara": "Yoshiro Ishihara",
}

# The figures that the article prints as numbers, by sentence.
FIGURES = {
    ("p04s1", 1_000_000),
    ("p04s3", 72_000),
    ("p04s3", 26_000),
    ("p06s2", 1_500_000),
    ("p07s2", 3_500_000),
    ("p09s10", 3_000),
    ("p10s1", 625_000),
    ("p10s2", 95_000),
    ("p10s4", 300_000),
    ("p10s6", 46_000),
    ("p10s7", 100_000),
    ("p14s2", 46_000),
    ("p14s5", 2_337),
    ("p14s5", 360_000),
    ("p18s1", 1_000_000),
}


def facts(dataset: Dataset) -> Iterator[Quad]:
    """The statements of graph/, without those of the ontology's files."""
    ontology = set(ONTOLOGY_GRAPHS.values())
    return (quad for quad in dataset.statements() if quad.graph not in ontology)


@pytest.fixture(scope="module")
def passages(real_dataset: Dataset) -> dict[str, list[Quad]]:
    """The statements of each sentence of the article, by its short name."""
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in facts(real_dataset):
        if quad.graph.startswith(DAWSEY):
            found[quad.graph.removeprefix(DAWSEY)].append(quad)
    return found


def test_every_sentence_has_statements_or_says_why_not(real_dataset: Dataset, passages: dict[str, list[Quad]]) -> None:
    declared = {f"p{number:02}s{s + 1}" for number, count in enumerate(SENTENCES, 1) for s in range(count)}
    described = {
        str(quad.subject).removeprefix(DAWSEY)
        for quad in facts(real_dataset)
        if quad.graph == SOURCE + "dawsey" and quad.predicate == TYPE and quad.value == IRI(POW + "Passage")
    }
    reasons = {
        str(quad.subject).removeprefix(DAWSEY): quad.value
        for quad in facts(real_dataset)
        if quad.predicate == IRI(POW + "withoutStatements")
    }

    assert len(declared) == 86
    assert described == declared
    assert set(reasons) == WITHOUT
    assert all(str(reason).startswith(TERM) for reason in reasons.values())
    assert set(passages) == declared - WITHOUT


def test_every_fact_stands_in_the_graph_of_a_passage_or_a_source(real_dataset: Dataset) -> None:
    quads = list(facts(real_dataset))
    named = {str(q.subject) for q in quads if q.predicate == TYPE and str(q.value).removeprefix(POW) == "Passage"}
    named |= {str(q.subject) for q in quads if q.predicate == TYPE and str(q.value).endswith("Source")}

    assert len(quads) > 2_000
    assert {quad.graph for quad in quads} <= named


def test_entities_have_a_type_where_they_are_spoken_of_and_an_english_name(
    real_dataset: Dataset, passages: dict[str, list[Quad]]
) -> None:
    typed, named, spoken = set(), set(), set()
    for quad in facts(real_dataset):
        if quad.predicate == TYPE and quad.graph.startswith(PASSAGE):
            typed.add(str(quad.subject))
        if quad.predicate == IRI(RDFS + "label") and isinstance(quad.value, Literal) and quad.value.language == "en":
            named.add(str(quad.subject))
    for quads in passages.values():
        spoken |= {str(term) for quad in quads for term in (quad.subject, quad.value) if str(term).startswith(ID)}

    assert len(spoken) > 250
    assert spoken - typed == set()
    assert spoken - named == set()


@pytest.mark.parametrize(("entity", "name"), PRINTED.items())
def test_the_printed_name_finds_its_entity(real_dataset: Dataset, entity: str, name: str) -> None:
    names = {
        str(quad.value)
        for quad in facts(real_dataset)
        if str(quad.subject) == ID + entity and re.search("[lL]abel$|title$", str(quad.predicate))
    }
    assert name in names


def test_the_printed_figures_are_claims_in_their_sentences(passages: dict[str, list[Quad]]) -> None:
    found = {
        (name, int(str(quad.value)))
        for name, quads in passages.items()
        for quad in quads
        if quad.predicate == IRI(POW + "figure")
    }
    assert found == FIGURES


def test_every_claim_names_its_claimant_and_how_sure_he_is(passages: dict[str, list[Quad]]) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for quads in passages.values():
        for quad in quads:
            if str(quad.subject).startswith(CLAIM):
                said[str(quad.subject)].add(str(quad.predicate))

    assert len(said) > 90
    assert [claim for claim, predicates in said.items() if PROV + "wasAttributedTo" not in predicates] == []
    assert [claim for claim, predicates in said.items() if POW + "certainty" not in predicates] == []


def test_a_claim_is_named_after_the_sentence_that_makes_it(passages: dict[str, list[Quad]]) -> None:
    first: dict[str, str] = {}
    for name in sorted(passages):
        for quad in passages[name]:
            if str(quad.subject).startswith(CLAIM) and quad.predicate == TYPE:
                first.setdefault(str(quad.subject), name)

    assert {claim.rsplit("/", 1)[1].split("-", 1)[0]: name for claim, name in first.items()} == {
        name: name for name in first.values()
    }


def test_the_files_hold_no_blank_nodes(real: Path) -> None:
    for file in sorted((real / "graph").rglob("*.trig")):
        text = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>|#[^\n]*', "", file.read_text(encoding="utf-8"))
        assert not re.search(r"\[|(?<![\w-])_:", text), file
