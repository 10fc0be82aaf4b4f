"""Births and deaths as events, from the dates of persons."""

from __future__ import annotations

from powkg.dataset import Quad
from powkg.lives import births_and_deaths
from powkg.namespaces import BIRTH, DATE, DEATH, ID, INFERRED_GRAPH, LABELS_GRAPH, POW, PREFIXES, RDFS, SOURCE, TERM
from powkg.spans import time_spans
from powkg.store import Store
from powkg.terms import IRI, Literal

PERSON = ID + "poet"
DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def dated(source: str, name: str, date: str) -> Quad:
    return Quad(IRI(PERSON), IRI(POW + name), IRI(DATE + date), SOURCE + source)


def label(text: str, language: str) -> Quad:
    return Quad(IRI(PERSON), IRI(RDFS + "label"), Literal(text, language), SOURCE + "list")


def test_one_birth_follows_from_the_dates_of_all_sources() -> None:
    quads = births_and_deaths([dated("one", "birthDate", "1915-11-11"), dated("two", "birthDate", "1915")])
    assert {quad[:3] for quad in quads if quad.graph == INFERRED_GRAPH} == {
        (IRI(PERSON), IRI(POW + "birth"), IRI(BIRTH + "poet")),
        (IRI(TERM + "birth-and-death"), IRI(POW + "infers"), IRI(POW + "birth")),
    }


def test_each_source_gives_it_a_span() -> None:
    quads = time_spans([dated("one", "birthDate", "1915-11-11"), dated("two", "deathDate", "1977")])
    found = {(str(quad.subject), str(quad.value)) for quad in quads if quad.predicate == IRI(POW + "span")}
    base = "https://w3id.org/powkg/span/"
    assert found == {(BIRTH + "poet", base + "one/birth/poet"), (DEATH + "poet", base + "two/death/poet")}
    days = {quad.value for quad in quads if str(quad.subject) == base + "two/death/poet"}
    assert {"1977-01-01", "1977-12-31", "1977"} <= {str(day) for day in days}


def test_it_is_called_after_the_person_in_english_where_a_name_is_missing() -> None:
    told = [dated("one", "deathDate", "1977"), label("Poet", "en"), label("詩人", "ja"), label("Author", "en")]
    quads = births_and_deaths(told)
    assert {quad.value for quad in quads if quad.graph == LABELS_GRAPH} == {
        Literal("Death of Author", "en"),
        Literal("詩人の死去", "ja"),
        Literal("Смерть: Author", "ru"),
    }
    assert {str(quad.subject) for quad in quads if quad.graph == LABELS_GRAPH} == {DEATH + "poet"}


def test_who_has_no_date_has_no_birth() -> None:
    assert births_and_deaths([label("Poet", "en"), dated("one", "foundedOn", "1922")]) == []


def test_everybody_with_a_date_was_born_or_died_once(real_store: Store) -> None:
    for date, event, of in (
        ("birth", "E67_Birth", "P98_brought_into_life"),
        ("death", "E69_Death", "P100_was_death_of"),
    ):
        people = set(real_store.query(f"{DECLARED} SELECT DISTINCT ?p {{ ?p pow:{date}Date ?d }}"))
        events = list(real_store.query(f"{DECLARED} SELECT ?p {{ ?e a crm:{event} ; crm:{of} ?p ; a pow:Event }}"))
        assert len(people) > 5
        assert sorted(map(str, events)) == sorted(map(str, people))
    query = """SELECT ?first ?last { ?e crm:P98_brought_into_life id:yoshiro-ishihara ; crm:P4_has_time-span ?span .
      ?span crm:P82a_begin_of_the_begin ?first ; crm:P82b_end_of_the_end ?last }"""
    assert {tuple(map(str, row)) for row in real_store.query(DECLARED + query)} >= {("1915-11-11", "1915-11-11")}
