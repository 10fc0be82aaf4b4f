"""What the reasoner reads of the data."""

from __future__ import annotations

from powkg.dataset import Dataset, Quad
from powkg.namespaces import (
    DATES_GRAPH,
    EDTF,
    GEO,
    ID,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    ONTOLOGY,
    OWL,
    PASSAGE,
    POW,
    RDF,
    RDFS,
    SHAPES_GRAPH,
    SKOS,
    TERM,
    TERMS_GRAPH,
    XSD,
)
from powkg.reasoner.projection import Axiom, Projection, project
from powkg.terms import IRI, Blank, Literal, Term

GRAPH = PASSAGE + "dawsey/p01s1"
OTHER = PASSAGE + "dawsey/p01s2"


def quad(subject: str | Blank, predicate: str, value: str | Term, graph: str = GRAPH) -> Quad:
    node = subject if isinstance(subject, Blank) else IRI(subject)
    return Quad(node, IRI(predicate), IRI(value) if isinstance(value, str) else value, graph)


WAR = quad(ID + "cold-war", RDF + "type", POW + "War")


def facts(*quads: Quad) -> list[Quad]:
    return [one for axiom in project(quads).facts for one in axiom.quads]


def test_facts_and_the_ontology_are_told_apart() -> None:
    declared = quad(POW + "War", RDF + "type", OWL + "Class", ONTOLOGY)
    below = quad(POW + "War", RDFS + "subClassOf", POW + "Conflict", ONTOLOGY)
    word = quad(TERM + "plain", RDF + "type", SKOS + "Concept", TERMS_GRAPH)
    found = project([WAR, declared, below, word])
    assert found.facts == (Axiom.of((WAR,)),)
    assert found.ontology == (Axiom.of((below,)), Axiom.of((word,)))
    assert dict(found.declarations) == {POW + "War": f"<{POW}War> <{RDF}type> <{OWL}Class> .\n"}


def test_a_document_has_the_declarations_that_its_axioms_need() -> None:
    names = ("War", "Person", "Place")
    found = project([WAR, *(quad(POW + name, RDF + "type", OWL + "Class", ONTOLOGY) for name in names)])
    assert found.document(found.facts) == (
        f"<{POW}War> <{RDF}type> <{OWL}Class> .\n<{ID}cold-war> <{RDF}type> <{POW}War> .\n"
    )
    assert found.document(()) == ""


def test_what_two_sentences_say_is_one_axiom_of_the_first() -> None:
    assert facts(WAR, WAR._replace(graph=OTHER)) == [WAR]


def test_annotations_and_other_graphs_are_left_out() -> None:
    annotation = quad(POW + "valuesFrom", RDF + "type", OWL + "AnnotationProperty", ONTOLOGY)
    left_out = [
        quad(ID + "cold-war", RDFS + "label", Literal("Cold War", "en")),
        quad(ID + "cold-war", SKOS + "exactMatch", "http://www.wikidata.org/entity/Q8683"),
        quad(ID + "cold-war", POW + "valuesFrom", ID + "cold-war"),
        quad(ONTOLOGY, RDF + "type", OWL + "Ontology", ONTOLOGY),
        quad(ONTOLOGY, OWL + "imports", ID + "x", ONTOLOGY),
        *(WAR._replace(graph=graph) for graph in (SHAPES_GRAPH, DATES_GRAPH, LABELS_GRAPH, INFERRED_GRAPH)),
    ]
    found = project([*left_out, annotation])
    assert (found.facts, found.ontology) == ((), ())


def test_literals_of_datatypes_that_owl_has_are_kept() -> None:
    kept = [
        Literal("625000", None, XSD + "integer"),
        Literal("0.5", None, XSD + "decimal"),
        Literal("true", None, XSD + "boolean"),
        Literal("plain"),
        Literal("関東軍", "ja"),
    ]
    left_out = [
        Literal("1945-08-09", None, XSD + "date"),
        Literal("1949-21", None, EDTF + "EDTF"),
        Literal("POINT(126 45)", None, GEO + "wktLiteral"),
    ]
    found = facts(*(quad(ID + "a", POW + "figure", value) for value in (*kept, *left_out)))
    assert [one.value for one in found] == kept


def test_a_range_that_hermit_does_not_know_is_left_out() -> None:
    declared = quad(POW + "earliest", RDF + "type", OWL + "DatatypeProperty", ONTOLOGY)
    ranges = [quad(POW + "earliest", RDFS + "range", XSD + name, ONTOLOGY) for name in ("date", "integer")]
    assert [axiom.quads[0] for axiom in project([declared, *ranges]).ontology] == [ranges[1]]


def test_what_blank_nodes_tie_together_is_one_axiom() -> None:
    one, two, three, other = (Blank(name) for name in ("one", "two", "three", "other"))
    members = [
        quad(one, RDF + "type", OWL + "AllDisjointClasses", ONTOLOGY),
        quad(two, RDF + "first", POW + "War", ONTOLOGY),
        quad(three, RDF + "first", POW + "Place", ONTOLOGY),
        quad(three, RDF + "rest", RDF + "nil", ONTOLOGY),
        quad(one, OWL + "members", two, ONTOLOGY),
        quad(two, RDF + "rest", three, ONTOLOGY),
    ]
    single = quad(POW + "War", RDFS + "subClassOf", other, ONTOLOGY)
    found = project([*members, single]).ontology
    assert [axiom.quads for axiom in found] == [tuple(members), (single,)]
    assert {POW + "War", POW + "Place"} < found[0].names


def test_texts_are_escaped() -> None:
    text = 'a "b" \\ c\nd\re'
    (axiom,) = project([quad(ID + "a", POW + "figure", Literal(text, "en"))]).facts
    assert axiom.text == f'<{ID}a> <{POW}figure> "a \\"b\\" \\\\ c\\nd\\re"@en .\n'


def test_a_class_of_rdf_schema_is_one_of_owl() -> None:
    found = project([quad(POW + "War", RDF + "type", RDFS + "Class", ONTOLOGY)])
    assert found == Projection({POW + "War": f"<{POW}War> <{RDF}type> <{OWL}Class> .\n"}, (), ())


def test_of_the_real_data_most_statements_are_read(real_dataset: Dataset) -> None:
    found = project(real_dataset.statements())
    assert len(found.facts) > 3_000
    assert len(found.ontology) > 500
    assert len(found.declarations) > 200
    assert not any(str(quad.graph) == SHAPES_GRAPH for axiom in found.ontology for quad in axiom.quads)
    assert sum(len(axiom.quads) > 1 for axiom in found.ontology) > 5  # the lists of classes that never mix
