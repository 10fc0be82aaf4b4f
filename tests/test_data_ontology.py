"""The ontology as another OWL tool sees it: owlready2, which reads N-Triples, in a world of its own."""

from __future__ import annotations

from pathlib import Path

import owlready2
import pytest
import rdflib

from powkg.dataset import Dataset
from powkg.namespaces import ALIGNMENTS_GRAPH, CRM, ONTOLOGY, OWL, POW, RDF, RDFS, SKOS, XSD
from powkg.terms import IRI, Literal

STANDARDS = {
    "Event": "E5_Event",
    "Agent": "E39_Actor",
    "Person": "E21_Person",
    "Group": "E74_Group",
    "Place": "E53_Place",
    "Statement": "E89_Propositional_Object",
    "DateSpan": "E52_Time-Span",
    "span": "P4_has_time-span",
    "where": "P7_took_place_at",
    "participant": "P11_had_participant",
    "about": "P129_is_about",
}


@pytest.fixture(scope="module")
def world(real: Path, tmp_path_factory: pytest.TempPathFactory) -> owlready2.World:
    """The ontology, loaded into a fresh world."""
    file = tmp_path_factory.mktemp("ontology") / "powkg.nt"
    rdflib.Graph().parse(real / "ontology" / "powkg.ttl").serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    return world


def test_every_class_and_property_is_there_for_it(world: owlready2.World, real_dataset: Dataset) -> None:
    def declared(*kinds: str) -> set[str]:
        return {
            str(quad.subject)
            for quad in real_dataset.statements()
            if quad.graph == ONTOLOGY and str(quad.predicate) == RDF + "type" and str(quad.value) in kinds
        }

    assert {kind.iri for kind in world.classes()} == declared(OWL + "Class")
    assert {kind.iri for kind in world.object_properties()} == declared(OWL + "ObjectProperty")
    assert {kind.iri for kind in world.data_properties()} == declared(OWL + "DatatypeProperty")
    assert len([kind for kind in world.classes() if kind.iri.startswith(POW)]) > 50


def test_its_reading_of_domains_ranges_and_kinds(world: owlready2.World) -> None:
    commander = world[POW + "commander"]
    assert commander.domain == [world[POW + "MilitaryOperation"]]
    assert commander.range == [world[POW + "Person"]]
    assert world[POW + "participant"] in commander.is_a
    assert owlready2.FunctionalProperty in world[POW + "certainty"].is_a
    assert owlready2.TransitiveProperty in world[POW + "partOfCohort"].is_a
    assert any(
        {world[POW + "Place"], world[POW + "Agent"]} <= set(disjoint.entities) for disjoint in world.disjoint_classes()
    )


def test_the_ranges_hold_no_datatype_outside_owl_2_dl(real_dataset: Dataset) -> None:
    ranges = {
        str(quad.value)
        for quad in real_dataset.statements()
        if quad.graph == ONTOLOGY and str(quad.predicate) == RDFS + "range"
    }
    assert {name for name in ranges if name.startswith(XSD)} == {
        XSD + name for name in ("boolean", "decimal", "integer", "string")
    }


@pytest.mark.parametrize(("term", "standard"), STANDARDS.items())
def test_the_alignments_say_what_it_is_in_cidoc_crm(real_dataset: Dataset, term: str, standard: str) -> None:
    said = {
        (str(quad.subject), str(quad.value))
        for quad in real_dataset.statements()
        if quad.graph == ALIGNMENTS_GRAPH
        and str(quad.predicate) in {RDFS + "subClassOf", RDFS + "subPropertyOf", SKOS + "exactMatch"}
    }
    assert (POW + term, CRM + standard) in said


def test_aligned_terms_exist_and_stand_for_terms_of_others(real_dataset: Dataset) -> None:
    quads = [quad for quad in real_dataset.statements() if quad.graph == ALIGNMENTS_GRAPH]
    ours = {quad.subject for quad in quads if str(quad.subject).startswith(POW)}
    declared = {quad.subject for quad in real_dataset.statements() if quad.graph == ONTOLOGY}

    assert len(ours) > 60
    assert ours <= declared
    assert [quad for quad in quads if str(quad.value).startswith(POW)] == []


def test_the_header_says_what_a_reader_needs(real_dataset: Dataset) -> None:
    header = {
        str(quad.predicate).rsplit("/", 1)[-1].rsplit("#", 1)[-1]: quad.value
        for quad in real_dataset.statements()
        if quad.graph == ONTOLOGY and quad.subject == IRI(ONTOLOGY)
    }
    wanted = {"versionIRI", "title", "description", "license", "creator", "created", "preferredNamespacePrefix"}
    assert wanted <= set(header)
    assert header["preferredNamespacePrefix"] == Literal("pow")
