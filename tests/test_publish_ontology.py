"""The documentation of the ontology: complete, true to the files, with counts that an independent count gives too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from powkg import namespaces, queries
from powkg.competency import questions_by_term
from powkg.dataset import Dataset
from powkg.namespaces import ALIGNMENTS_GRAPH, DATE, INFERRED_GRAPH, ONTOLOGY, POW, TERM, TERMS_GRAPH
from powkg.publish.documentation import ClassEntry, Documentation, PropertyEntry, Value, anchor, literal
from powkg.publish.ontology import describe
from powkg.store import Store, fill
from powkg.terms import IRI, Blank, Literal, Term

TYPE = IRI(namespaces.RDF + "type")
LABEL = IRI(namespaces.RDFS + "label")
CLASS = IRI(namespaces.OWL + "Class")
SUBCLASS = IRI(namespaces.RDFS + "subClassOf")
PROPERTY = IRI(namespaces.OWL + "ObjectProperty")
PASSAGE = namespaces.PASSAGE + "x/p01s1"
DERIVED = {POW + name for name in ("edtf", "earliest", "latest")}


@pytest.fixture(scope="module")
def questions(real: Path) -> tuple[queries.Question, ...]:
    return queries.load(real / "queries" / "questions")


@pytest.fixture(scope="module")
def docs(real_store: Store, questions: tuple[queries.Question, ...]) -> Documentation:
    return describe(real_store, questions)


@pytest.fixture(scope="module")
def classes(docs: Documentation) -> Mapping[str, ClassEntry]:
    return {entry.ref.iri: entry for entry in docs.classes}


@pytest.fixture(scope="module")
def properties(docs: Documentation) -> Mapping[str, PropertyEntry]:
    return {entry.ref.iri: entry for entry in docs.properties}


@pytest.fixture(scope="module")
def ontology(real: Path) -> Graph:
    """The file, read by another library than the store's."""
    return Graph().parse(real / "ontology" / "powkg.ttl")


def declared(ontology: Graph, *kinds: URIRef) -> set[str]:
    return {str(term) for kind in kinds for term in ontology.subjects(RDF.type, kind)}


def test_every_class_and_property_has_its_entry(
    classes: Mapping[str, ClassEntry], properties: Mapping[str, PropertyEntry], docs: Documentation, ontology: Graph
) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    in_file = declared(ontology, OWL.Class), declared(ontology, *kinds)
    assert set(classes) == {iri for iri in in_file[0] if iri.startswith(POW)}
    assert set(properties) == {iri for iri in in_file[1] if iri.startswith(POW)}
    assert len(docs.classes) == len(classes)
    assert len(docs.properties) == len(properties)
    assert {standard.ref.iri for standard in docs.standards} == in_file[0].union(in_file[1]) - set(classes) - set(
        properties
    )


def test_every_entry_has_the_definition_and_the_labels_of_the_file(docs: Documentation, ontology: Graph) -> None:
    for entry in (*docs.classes, *docs.properties):
        term = URIRef(entry.ref.iri)
        assert entry.definition == str(ontology.value(term, SKOS.definition))
        assert set(entry.labels) == {"en", "ja", "ru"}
        labels = [label for label in ontology.objects(term, RDFS.label) if isinstance(label, RdfLiteral)]
        assert {label.language: str(label) for label in labels} == entry.labels
        assert entry.ref.label == entry.labels["en"]


def test_the_tree_has_each_class_beneath_its_parents(docs: Documentation, ontology: Graph) -> None:
    path: list[str] = []
    for entry in docs.classes:
        del path[entry.depth :]
        parents = {ref.iri for ref in entry.parents}
        assert parents == {str(parent) for parent in ontology.objects(URIRef(entry.ref.iri), RDFS.subClassOf)}
        assert set(path[-1:]) <= parents
        assert bool(path) == bool(parents)
        path.append(entry.ref.iri)


def test_domains_and_ranges_are_told_from_both_ends(docs: Documentation, ontology: Graph) -> None:
    for predicate, of_class, of_property in (
        (RDFS.domain, "leaving", "domain"),
        (RDFS.range, "entering", "range"),
    ):
        pairs = {(str(s), str(o)) for s, o in ontology.subject_objects(predicate) if str(s).startswith(POW)}
        from_classes = {(ref.iri, entry.ref.iri) for entry in docs.classes for ref in getattr(entry, of_class)}
        from_properties = {(entry.ref.iri, ref.iri) for entry in docs.properties for ref in getattr(entry, of_property)}
        assert from_properties == pairs
        assert from_classes == {pair for pair in pairs if pair[1] in {entry.ref.iri for entry in docs.classes}}


def test_what_is_apart_is_so_from_both_sides(classes: Mapping[str, ClassEntry]) -> None:
    apart = {(iri, other.iri) for iri, entry in classes.items() for other in entry.disjoint}
    assert (POW + "Place", POW + "Agent") in apart
    assert (POW + "Person", POW + "Group") in apart
    assert (POW + "Group", POW + "Person") in apart
    assert not [pair for pair in apart if pair[0] == pair[1]]
    assert {pair for pair in apart if {pair[0], pair[1]} <= set(classes)} == {
        (b, a) for a, b in apart if {a, b} <= set(classes)
    }


def test_instances_are_those_of_an_independent_count(
    classes: Mapping[str, ClassEntry], real_dataset: Dataset, ontology: Graph
) -> None:
    members: dict[str, set[str]] = defaultdict(set)
    for quad in real_dataset.statements():
        if quad.predicate == TYPE:
            members[str(quad.value)].add(str(quad.subject))
        dates = [str(term) for term in (quad.subject, quad.value) if str(term).startswith(DATE)]
        members[POW + "DateSpan"].update(dates)  # the build gives each its class
    for iri, entry in classes.items():
        below = {str(kind) for kind in ontology.transitive_subjects(RDFS.subClassOf, URIRef(iri))}
        assert entry.uses == len(members[iri]), iri
        assert entry.all_uses == len(set().union(*(members[kind] for kind in below))), iri


def test_statements_are_those_of_an_independent_count(docs: Documentation, real_dataset: Dataset) -> None:
    counted = Counter(str(quad.predicate) for quad in real_dataset.statements())
    for entry in docs.properties:
        if entry.ref.iri not in DERIVED:
            assert entry.uses == counted[entry.ref.iri], entry.ref.iri
    words = Counter(
        str(quad.value)
        for quad in real_dataset.statements()
        if quad.graph != TERMS_GRAPH and isinstance(quad.value, IRI)
    )
    shown = {word.ref.iri: word.uses for entry in docs.lists for word in entry.words}
    assert shown == {iri: words[iri] for iri in shown}
    assert sum(shown.values()) > 100


def test_each_example_is_a_statement_of_the_graph_that_it_names(docs: Documentation, real_store: Store) -> None:
    for entry in docs.properties:
        assert (entry.example is not None) == (entry.uses + entry.inferred > 0), entry.ref.iri
        if entry.example:
            values = {"subject": entry.example.subject.iri, "property": entry.ref.iri, "graph": entry.example.graph.iri}
            rows = real_store.query(
                "SELECT ?subject ?property ?graph ?value { GRAPH ?graph { ?subject ?property ?value } }",
                {name: IRI(iri) for name, iri in values.items()},
            )
            found = [value for *_, value in rows if value]
            thing = entry.example.value.thing
            assert thing.iri in map(str, found) if thing else entry.example.value in map(literal, found)


def test_the_examples_of_the_ontology_come_first(classes: Mapping[str, ClassEntry], ontology: Graph) -> None:
    for iri, entry in classes.items():
        given = {str(example) for example in ontology.objects(URIRef(iri), SKOS.example) if isinstance(example, URIRef)}
        assert given == {ref.iri for ref in entry.examples[: len(given)]}
        assert entry.examples or entry.words


def test_the_alignments_are_those_of_the_file(docs: Documentation, real: Path) -> None:
    file = Graph().parse(real / "ontology" / "alignments.ttl")
    relations = {URIRef(found.relation) for found in docs.alignments}
    stated = {
        (str(s), str(p), str(o))
        for s, p, o in file
        if str(s).startswith(POW) and isinstance(o, URIRef) and p != RDF.type
    }
    assert {(found.term.iri, found.relation, found.other) for found in docs.alignments} == stated
    assert {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch} <= relations
    every = [found for entry in (*docs.classes, *docs.properties) for found in entry.alignments]
    assert sorted(every, key=repr) == sorted(docs.alignments, key=repr)


def test_the_small_lists_hold_every_word(
    docs: Documentation, real: Path, properties: Mapping[str, PropertyEntry]
) -> None:
    file = Graph().parse(real / "ontology" / "terms.ttl")
    stated = {(str(word), str(scheme)) for word, scheme in file.subject_objects(SKOS.inScheme)}
    assert {(word.ref.iri, entry.ref.iri) for entry in docs.lists for word in entry.words} == stated
    certainty = properties[POW + "certainty"]
    assert certainty.words_from
    assert certainty.words_from.iri == TERM + "certainties"
    assert TERM + "possible" in {ref.iri for ref in certainty.values}


def test_every_shape_with_a_message_is_told(docs: Documentation, real: Path) -> None:
    file = Graph().parse(real / "ontology" / "shapes.ttl")
    named = {s for s, _ in file.subject_objects(URIRef(namespaces.SH + "message")) if isinstance(s, URIRef)}
    assert {constraint.name for constraint in docs.constraints} == {str(shape).partition("#")[2] for shape in named}
    assert all(
        constraint.advice and constraint.severity in {"error", "warning", "info"} for constraint in docs.constraints
    )


def test_the_questions_of_a_term_are_those_that_use_it(
    docs: Documentation, questions: tuple[queries.Question, ...]
) -> None:
    using = questions_by_term(questions)
    for entry in (*docs.classes, *docs.properties):
        assert {question.name for question in entry.questions} == set(using.get(entry.ref.iri, ()))
    assert sum(bool(entry.questions) for entry in docs.properties) > len(docs.properties) / 2


# ---- small ontologies


def statement(subject: str, predicate: IRI, value: Term | str, graph: str) -> tuple[Term, Term, Term, str]:
    return IRI(subject), predicate, IRI(value) if isinstance(value, str) else value, graph


def test_what_is_inferred_is_no_use() -> None:
    role, part = POW + "role", POW + "part"
    store = fill(
        [
            statement(POW + "Event", TYPE, CLASS, ONTOLOGY),
            statement(role, TYPE, PROPERTY, ONTOLOGY),
            statement(part, TYPE, PROPERTY, ONTOLOGY),
            statement("http://a.example/war", TYPE, POW + "Event", PASSAGE),
            statement("http://a.example/war", IRI(part), "http://a.example/us", PASSAGE),
            statement("http://a.example/war", IRI(role), "http://a.example/us", INFERRED_GRAPH),
            statement("http://a.example/war", IRI(part), "http://a.example/them", INFERRED_GRAPH),
            statement("http://a.example/peace", TYPE, POW + "Event", INFERRED_GRAPH),
        ],
        "",
    )
    docs = describe(store, ())
    (event,) = docs.classes
    used = {
        entry.ref.iri: (entry.uses, entry.inferred, entry.example and entry.example.graph.iri)
        for entry in docs.properties
    }
    assert (event.uses, event.all_uses, event.inferred) == (1, 1, 1)
    assert [ref.iri for ref in event.examples] == ["http://a.example/war"]
    assert used == {role: (0, 1, INFERRED_GRAPH), part: (1, 1, PASSAGE)}


def test_a_statement_of_two_passages_counts_twice_and_a_thing_once() -> None:
    other = PASSAGE + "0"
    store = fill(
        [
            statement(POW + "Event", TYPE, CLASS, ONTOLOGY),
            statement(POW + "part", TYPE, PROPERTY, ONTOLOGY),
            *(statement("http://a.example/war", TYPE, POW + "Event", graph) for graph in (PASSAGE, other)),
            *(statement("http://a.example/war", IRI(POW + "part"), "http://a.example/us", g) for g in (PASSAGE, other)),
        ],
        "",
    )
    docs = describe(store, ())
    assert docs.classes[0].uses == 1
    assert docs.properties[0].uses == 2


def test_classes_below_themselves_are_told_all_the_same() -> None:
    hen, egg = POW + "Hen", POW + "Egg"
    store = fill(
        [
            *(statement(iri, TYPE, CLASS, ONTOLOGY) for iri in (hen, egg)),
            statement(hen, SUBCLASS, egg, ONTOLOGY),
            statement(egg, SUBCLASS, hen, ONTOLOGY),
            statement(POW + "lays", TYPE, PROPERTY, ONTOLOGY),
            statement(POW + "lays", IRI(namespaces.RDFS + "domain"), hen, ONTOLOGY),
            statement("http://a.example/a", TYPE, egg, PASSAGE),
        ],
        "",
    )
    docs = describe(store, ())
    assert [(entry.ref.label, entry.all_uses) for entry in docs.classes] == [("pow:Egg", 1), ("pow:Hen", 1)]
    assert [entry.ref.iri for entry in docs.properties] == [POW + "lays"]


def test_a_list_that_leads_back_to_itself_ends() -> None:
    first, rest = IRI(namespaces.RDF + "first"), IRI(namespaces.RDF + "rest")
    axiom, node = Blank("axiom"), Blank("node")
    store = fill(
        [
            *(statement(POW + name, TYPE, CLASS, ONTOLOGY) for name in ("A", "B")),
            (axiom, TYPE, IRI(namespaces.OWL + "AllDisjointClasses"), ONTOLOGY),
            (axiom, IRI(namespaces.OWL + "members"), node, ONTOLOGY),
            (node, first, IRI(POW + "A"), ONTOLOGY),
            (node, rest, node, ONTOLOGY),
        ],
        "",
    )
    assert [entry.disjoint for entry in describe(store, ()).classes] == [(), ()]


def test_a_store_without_an_ontology_has_empty_documentation() -> None:
    docs = describe(fill([], ""), ())
    assert (docs.classes, docs.properties, docs.version_iri, docs.titles) == ((), (), "", {})


def test_alignments_of_the_ontology_itself_are_none() -> None:
    store = fill(
        [
            statement(POW + "A", TYPE, CLASS, ONTOLOGY),
            statement(POW + "A", SUBCLASS, "http://b.example/B", ALIGNMENTS_GRAPH),
            statement(POW + "A", LABEL, Literal("a", "en"), ONTOLOGY),
        ],
        "",
    )
    (entry,) = describe(store, ()).classes
    assert [(found.words, found.other) for found in entry.alignments] == [("is a kind of", "http://b.example/B")]
    assert (entry.parents, entry.depth) == ((), 0)


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (POW + "War", "War"),
        (TERM + "estimate", "term-estimate"),
        (namespaces.PROV + "wasAttributedTo", "prov-wasAttributedTo"),
    ],
)
def test_anchors(iri: str, name: str) -> None:
    assert anchor(iri) == name


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Literal("Siberia", "en"), Value("“Siberia”", language="en")),
        (Literal("x"), Value("“x”")),
        (Literal("100000", None, namespaces.XSD + "integer"), Value("100,000")),
        (Literal("1949-03-01", None, namespaces.XSD + "date"), Value("1949-03-01")),
        (Blank("b"), Value("_:b")),
    ],
)
def test_literals_in_words(term: Term, value: Value) -> None:
    assert literal(term) == value
