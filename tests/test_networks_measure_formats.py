from __future__ import annotations

import csv
import io
import json
import math

import pytest
from rdflib import XSD, Graph, Literal, URIRef
from rdflib.namespace import QB, RDF, RDFS

from meeting import Meeting, iri
from powkg.namespaces import BASE, EDTF, MEASURE, MEASUREMENT
from powkg.networks.measure_formats import Subject, to_csv, to_json, to_turtle
from powkg.networks.measures import MEASURES, Measured, measure
from powkg.networks.projections import project

LANGUAGES = ("en", "ja", "ru")
SUBJECT = Subject("whole", "1945_1956", claims=False, software="0.1.0", data="0123456789abcdef")

# From the W3C Recommendation, section 11.1: each asks whether the constraint is broken.
INTEGRITY = {
    "IC-1": """ASK { { ?obs a qb:Observation FILTER NOT EXISTS { ?obs qb:dataSet ?d . ?d a qb:DataSet } }
        UNION { ?obs a qb:Observation ; qb:dataSet ?d1, ?d2 FILTER(?d1 != ?d2) } }""",
    "IC-2": """ASK { { ?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?dsd . ?dsd a qb:DataStructureDefinition } }
        UNION { ?d a qb:DataSet ; qb:structure ?s1, ?s2 FILTER(?s1 != ?s2) } }""",
    "IC-3": """ASK { ?dsd a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?dsd qb:component/qb:measure ?m . ?m a qb:MeasureProperty } }""",
    "IC-4": "ASK { ?dim a qb:DimensionProperty FILTER NOT EXISTS { ?dim rdfs:range [] } }",
    "IC-11": """ASK { ?obs qb:dataSet/qb:structure/qb:component/qb:dimension ?dim
        FILTER NOT EXISTS { ?obs ?dim [] } }""",
    "IC-12": """ASK { ?one qb:dataSet ?d . ?other qb:dataSet ?d . ?one measure:node ?n . ?other measure:node ?n
        FILTER(?one != ?other) }""",
    "IC-14": """ASK { ?obs qb:dataSet/qb:structure/qb:component/qb:measure ?m FILTER NOT EXISTS { ?obs ?m [] } }""",
}


def broken(graph: Graph) -> list[str]:
    """The integrity constraints that the graph does not keep."""
    prefixes = {"qb": str(QB), "rdfs": str(RDFS), "measure": MEASURE}
    return [name for name, query in INTEGRITY.items() if graph.query(query, initNs=prefixes).askAnswer]


@pytest.fixture
def measured() -> Measured:
    made = Meeting().node("a", "person").node("b", "person").node("c", "person").node("alone", "place")
    made.network.nodes[iri("a")]["labels"] = {"en": 'A "quoted", first', "ja": "甲", "ru": "А"}
    made.link("a", "victim", "b", "p01s1", "p02s1").link("b", "victim", "c")
    return measure(made.network)


def test_csv_has_a_line_a_node_and_nothing_for_what_is_undefined(measured: Measured) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(measured, LANGUAGES))))
    assert list(rows[0]) == ["iri", "label_en", "label_ja", "label_ru", "kind", *MEASURES]
    assert [row["iri"] for row in rows] == [iri(name) for name in ("a", "alone", "b", "c")]
    assert (rows[0]["label_en"], rows[0]["label_ja"]) == ('A "quoted", first', "甲")
    assert rows[1]["constraint"] == rows[1]["community"] == ""
    assert rows[1]["degree"] == "0"
    assert rows[2]["betweenness"] == "0.333333"
    assert rows[2]["strength"] == "3"


def test_csv_names_the_kind_in_the_first_language(measured: Measured) -> None:
    kinds = [row["kind"] for row in csv.DictReader(io.StringIO(to_csv(measured, ("ja",))))]
    assert kinds[0] == "personの類"
    assert next(csv.DictReader(io.StringIO(to_csv(measured, ("ru",)))))["kind"] == "person"


def test_json_says_what_was_measured_and_what_the_measures_mean(measured: Measured) -> None:
    read = json.loads(to_json(measured, SUBJECT, ("ja",)))
    assert read["network"] == {
        "network": "whole",
        "when": "1945_1956",
        "claims": False,
        "software": "powkg 0.1.0",
        "data": "0123456789abcdef",
    }
    assert read["notes"] == list(measured.notes)
    assert list(read["measures"]) == list(MEASURES)
    assert read["nodes"][0]["labels"] == {"ja": "甲"}
    assert read["nodes"][1]["labels"] == {"en": "alone"}
    assert read["nodes"][1]["effective_size"] is None
    assert read["nodes"][2]["degree"] == 2


def test_turtle_keeps_the_integrity_constraints_of_the_data_cube(measured: Measured) -> None:
    graph = Graph().parse(data=to_turtle(measured, SUBJECT, LANGUAGES), format="turtle")
    assert broken(graph) == []
    graph.remove((None, URIRef(MEASURE + "degree"), None))
    assert broken(graph) == ["IC-14"]


def test_turtle_has_an_observation_for_each_value_and_none_for_what_is_undefined(measured: Measured) -> None:
    graph = Graph().parse(data=to_turtle(measured, SUBJECT, LANGUAGES), format="turtle")
    for row in measured.rows:
        for name, value in row.values.items():
            found = [
                graph.value(observation, URIRef(MEASURE + name))
                for observation in graph.subjects(URIRef(MEASURE + "node"), URIRef(row.iri))
                if (observation, URIRef(MEASURE + name), None) in graph
            ]
            written = [one.toPython() for one in found if isinstance(one, Literal)]
            assert written == ([] if value is None else [pytest.approx(value, rel=1e-5)]), (row.iri, name)
            assert all(isinstance(one, int | float) and math.isfinite(one) for one in written)
    assert graph.value(URIRef(iri("a")), RDFS.label, any=True) is not None


def test_turtle_says_of_each_data_set_what_it_is_of(measured: Measured) -> None:
    graph = Graph().parse(data=to_turtle(measured, SUBJECT, LANGUAGES), format="turtle")
    address = URIRef(MEASUREMENT + "0123456789ab/whole/1945_1956/without-claims/betweenness")
    assert (address, RDF.type, QB.DataSet) in graph
    expected = {
        "network": Literal("whole"),
        "when": Literal("1945/1956", datatype=URIRef(EDTF + "EDTF")),
        "claims": Literal(False),
        "software": Literal("powkg 0.1.0"),
        "data": Literal("0123456789abcdef"),
    }
    assert {name: graph.value(address, URIRef(MEASURE + name)) for name in expected} == expected
    assert Literal(measured.notes[0], "en") in set(graph.objects(address, RDFS.comment))
    observation = URIRef(f"{address}/id/b")
    assert graph.value(observation, QB.dataSet) == address
    value = graph.value(observation, URIRef(MEASURE + "betweenness"))
    assert isinstance(value, Literal)
    assert value.datatype == XSD.double


def test_no_node_of_the_turtle_is_blank_and_properties_have_labels_in_three_languages(measured: Measured) -> None:
    graph = Graph().parse(data=to_turtle(measured, SUBJECT, LANGUAGES), format="turtle")
    assert all(isinstance(node, URIRef) for node in graph.subjects())
    for kind in (QB.MeasureProperty, QB.AttributeProperty, QB.DimensionProperty):
        for one in graph.subjects(RDF.type, kind):
            languages = {label.language for label in graph.objects(one, RDFS.label) if isinstance(label, Literal)}
            assert languages == set(LANGUAGES), one


def test_a_note_on_sampling_stands_at_betweenness_only() -> None:
    made = Meeting()
    for number in range(9):
        made.node(f"n{number}", "person").node(f"n{number + 1}", "person")
        made.link(f"n{number}", "victim", f"n{number + 1}")
    sampled = measure(made.network, exact_up_to=5, pivots=4)
    graph = Graph().parse(data=to_turtle(sampled, SUBJECT, LANGUAGES), format="turtle")
    note = Literal(sampled.notes_on["betweenness"], "en")
    assert [str(one).rpartition("/")[2] for one in graph.subjects(RDFS.comment, note)] == ["betweenness"]
    assert str(note) in json.loads(to_json(sampled, SUBJECT, LANGUAGES))["notes"]


def test_a_measure_that_no_node_has_has_no_data_set() -> None:
    made = Meeting().node("raid", "event").node("ann", "person").link("raid", "victim", "ann")
    measured = measure(project(made.network, "people-events"))
    subject = Subject("people-events", None, claims=True, software="0.1.0")
    graph = Graph().parse(data=to_turtle(measured, subject, LANGUAGES), format="turtle")
    sets = {str(one).removeprefix(MEASUREMENT) for one in graph.subjects(RDF.type, QB.DataSet)}
    assert "people-events/degree" in sets
    assert "people-events/constraint" not in sets


def test_the_address_of_a_node_elsewhere_becomes_part_of_its_observations() -> None:
    made = Meeting().node("a", "person")
    made.network.add_node("http://example.org/x?y=1#z", **made.network.nodes[iri("a")])
    graph = Graph().parse(data=to_turtle(measure(made.network), SUBJECT, LANGUAGES), format="turtle")
    nodes = {graph.value(one, URIRef(MEASURE + "node")) for one in graph.subjects(RDF.type, QB.Observation)}
    assert nodes == {URIRef(iri("a")), URIRef("http://example.org/x?y=1#z")}
    assert all(str(one).startswith(BASE) and "?" not in str(one) for one in graph.subjects(RDF.type, QB.Observation))
