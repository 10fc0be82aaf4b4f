from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from powkg.build import in_memory
from powkg.dataset import read
from powkg.errors import PowkgError, QuerySyntaxError, StoreError, UsageError
from powkg.inputs import find_inputs
from powkg.namespaces import (
    DATES_GRAPH,
    ID,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    ONTOLOGY,
    PASSAGE,
    PREFIXES,
    RDF,
    SHAPES_GRAPH,
    SOURCE,
    XSD,
)
from powkg.store import Store, fill
from powkg.terms import IRI, Blank, Literal, Term

DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
WAR, STALIN = IRI(ID + "cold-war"), IRI(ID + "joseph-stalin")
UNREACHABLE = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"


@pytest.fixture
def store(make_data: Callable[..., Path]) -> Store:
    return in_memory(read(find_inputs(make_data())))


def rows(store: Store, query: str, **values: Term) -> list[tuple[Term | None, ...]]:
    return list(store.query(DECLARED + query, values))


def written(store: Store, query: str, media_type: str) -> bytes:
    out = io.BytesIO()
    store.query(DECLARED + query).write(out, media_type)
    return out.getvalue()


def number(store: Store, query: str) -> int:
    ((value,),) = rows(store, query)
    return int(str(value))


class Sink(io.BytesIO):
    """Takes so many pieces, then raises."""

    def __init__(self, pieces: int, error: Exception) -> None:
        super().__init__()
        self.pieces = pieces
        self.error = error

    def write(self, data: object) -> int:
        if self.pieces == 0:
            raise self.error
        self.pieces -= 1
        return super().write(data)  # type: ignore[arg-type]


def test_a_select_gives_rows_in_the_order_of_its_columns(store: Store) -> None:
    answer = store.query(
        DECLARED
        + "SELECT ?who ?name ?none WHERE { ?who a pow:Person ; rdfs:label ?name OPTIONAL { ?who pow:x ?none } }"
    )
    assert answer.kind == "select"
    assert answer.variables == ("who", "name", "none")
    assert list(answer) == [(STALIN, Literal("Joseph Stalin", "en"), None)]
    assert (answer.boolean, list(answer.triples)) == (False, [])


def test_terms_come_as_they_were_stated(store: Store) -> None:
    assert rows(store, 'SELECT (1945 AS ?a) ("x" AS ?b) ("日"@ja AS ?c) ("2"^^pow:d AS ?d) (BNODE("b") AS ?e) {}')[0][
        :4
    ] == (
        Literal("1945", None, XSD + "integer"),
        Literal("x"),
        Literal("日", "ja"),
        Literal("2", None, PREFIXES["pow"] + "d"),
    )
    ((blank,),) = rows(store, "SELECT (BNODE() AS ?e) {}")
    assert isinstance(blank, Blank)


def test_an_ask_gives_a_boolean(store: Store) -> None:
    yes, no = (store.query(f"{DECLARED}ASK {{ id:cold-war a {name} }}") for name in ("pow:War", "pow:Person"))
    assert (yes.kind, yes.boolean, no.boolean) == ("ask", True, False)
    assert (yes.variables, list(yes), list(yes.triples)) == ((), [], [])


def test_a_construct_or_describe_gives_triples(store: Store) -> None:
    answer = store.query(DECLARED + "CONSTRUCT { ?s pow:of ?c } WHERE { ?s a ?c . FILTER(?s = id:cold-war) }")
    assert answer.kind == "graph"
    assert list(answer.triples) == [(WAR, IRI(PREFIXES["pow"] + "of"), IRI(PREFIXES["pow"] + "War"))]
    described = list(store.query(DECLARED + "DESCRIBE id:joseph-stalin").triples)
    assert {triple[0] for triple in described} == {STALIN}
    assert len(described) == 3


def test_the_default_graph_holds_each_triple_once_and_named_graphs_each_statement(store: Store) -> None:
    pattern = "id:cold-war a pow:War"
    assert number(store, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") == 1
    graphs = rows(store, f"SELECT ?g {{ GRAPH ?g {{ {pattern} }} }} ORDER BY ?g")
    assert graphs == [(IRI(PASSAGE + "dawsey/p01s1"),), (IRI(PASSAGE + "dawsey/p02s1"),)]
    everything = rows(store, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    passages = [PASSAGE + "dawsey/p01s1", PASSAGE + "dawsey/p02s1"]
    derived = [DATES_GRAPH, INFERRED_GRAPH, LABELS_GRAPH]
    assert [str(graph) for (graph,) in everything] == sorted([*derived, ONTOLOGY, *passages, SOURCE + "editorial"])


def test_the_shapes_stay_out_of_the_default_graph() -> None:
    shape = IRI(ID + "shape")
    store = fill([(shape, shape, shape, SHAPES_GRAPH), (WAR, WAR, WAR, ONTOLOGY)], "1")
    assert rows(store, "SELECT ?s { ?s ?p ?o }") == [(WAR,)]
    assert rows(store, "SELECT ?s { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s") == [(WAR,), (shape,)]


def test_dates_can_be_sorted_by_their_days(store: Store) -> None:
    found = rows(
        store,
        "SELECT ?label ?first { ?d pow:earliest ?first ; rdfs:label ?label . "
        'FILTER(?first < "1991-01-01"^^xsd:date && LANG(?label) = "en") } ORDER BY ?first',
    )
    assert [str(label) for label, _ in found] == ["18 December 1878", "1990 to 1993"]
    assert found[1][1] == Literal("1990-01-01", None, XSD + "date")


def test_values_take_the_place_of_variables(store: Store) -> None:
    assert rows(store, "SELECT ?who ?c { ?who a ?c }", who=STALIN) == [(STALIN, IRI(PREFIXES["pow"] + "Person"))]
    name = Literal("Cold War", "en")
    assert rows(store, "SELECT ?it ?name { ?it rdfs:label ?n FILTER(?n = ?name) }", name=name) == [(WAR, name)]
    assert store.query(DECLARED + "ASK { ?who a pow:Person }", {"who": STALIN}).boolean
    assert not store.query(DECLARED + "ASK { ?who a pow:Person }", {"who": WAR}).boolean
    built = store.query(DECLARED + "CONSTRUCT { id:x rdfs:seeAlso ?o } WHERE { ?who a ?o }", {"who": WAR})
    assert [value for _, _, value in built.triples] == [IRI(PREFIXES["pow"] + "War")]


def test_a_value_is_no_query_text(store: Store) -> None:
    wicked = Literal('" } UNION { ?it ?p ?name } #')
    assert rows(store, "SELECT ?it ?name { ?it rdfs:label ?name }", name=wicked) == []


@pytest.mark.parametrize(
    ("query", "values", "reason"),
    [
        ("SELECT ?who { ?who a ?class }", {"class": WAR}, r"a value is given to \?class.*SELECT it as well"),
        ("SELECT ?who { ?who a ?class }", {"who": IRI("a b")}, "cannot be used"),
        ("SELECT ?who { ?who a ?class }", {"a b": WAR}, "cannot be used"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(store: Store, query: str, values: dict[str, Term], reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        store.query(query, values)


def test_the_dataset_can_be_narrowed_to_graphs(store: Store) -> None:
    first, second = PASSAGE + "dawsey/p01s1", PASSAGE + "dawsey/p02s1"
    everyone = "SELECT DISTINCT ?s { ?s a ?c } ORDER BY ?s"
    assert list(store.query(everyone, default_graphs=[second])) == [(WAR,)]
    assert list(store.query(everyone, default_graphs=[first, second])) == [(WAR,), (STALIN,)]
    assert list(store.query(everyone, named_graphs=[first])) == []
    in_graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s a ?c } }"
    assert list(store.query(in_graphs, named_graphs=[first])) == [(IRI(first),)]
    assert list(store.query(in_graphs, default_graphs=[second])) == []
    with pytest.raises(UsageError, match="cannot be used"):
        store.query(everyone, default_graphs=["no iri"])


def test_relative_names_are_resolved_against_the_base_unless_the_query_has_one(store: Store) -> None:
    text = "SELECT ?class { <joseph-stalin> a ?class }"
    (row,) = store.query(text, base="https://w3id.org/powkg/id/")
    assert row == (IRI(PREFIXES["pow"] + "Person"),)
    assert list(store.query(text, base="http://example.org/sparql")) == []
    assert list(store.query(f"BASE <{PREFIXES['id']}> {text}", base="http://example.org/sparql")) == [row]
    with pytest.raises(QuerySyntaxError, match="IRI parsing failed"):
        store.query(text)


def test_a_syntax_error_has_a_line_and_a_column(store: Store) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        store.query("SELECT ?s\nWHERE { ?s ?p ?o")
    assert (caught.value.line, caught.value.column) == (2, 17)


def test_an_error_while_evaluating_is_told_wherever_the_answer_is_read(store: Store) -> None:
    message = "the query could not be evaluated"
    with pytest.raises(PowkgError, match=message):
        list(store.query(f"SELECT * {{ ?s ?p ?o {UNREACHABLE} }}"))
    with pytest.raises(PowkgError, match=message):
        list(store.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o {UNREACHABLE} }}").triples)
    for query in (
        f"SELECT * {{ ?s ?p ?o {UNREACHABLE} }}",
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o {UNREACHABLE} }}",
    ):
        media_type = "text/csv" if query.startswith("SELECT") else "text/turtle"
        with pytest.raises(PowkgError, match=message):
            store.query(query).write(io.BytesIO(), media_type)
    with pytest.raises(PowkgError, match=message):
        store.query(f"ASK {{ {UNREACHABLE} }}")


def test_a_triple_as_a_value_is_refused(store: Store) -> None:
    with pytest.raises(PowkgError, match=r"RDF 1\.2"):
        list(store.query("SELECT ?t { BIND(<<( <http://e/a> <http://e/b> 1 )>> AS ?t) }"))


def test_a_select_is_written_in_the_standard_formats(store: Store) -> None:
    query = "SELECT ?who ?name { ?who a pow:Person ; rdfs:label ?name }"
    assert written(store, query, "text/csv") == f"who,name\r\n{STALIN},Joseph Stalin\r\n".encode()
    assert (
        written(store, query, "text/tab-separated-values") == f'?who\t?name\n<{STALIN}>\t"Joseph Stalin"@en\n'.encode()
    )
    results = json.loads(written(store, query, "application/sparql-results+json"))
    assert results["head"]["vars"] == ["who", "name"]
    assert results["results"]["bindings"][0]["name"] == {"type": "literal", "value": "Joseph Stalin", "xml:lang": "en"}
    assert b'<literal xml:lang="en">Joseph Stalin</literal>' in written(store, query, "application/sparql-results+xml")
    assert written(store, query, "application/json") == written(store, query, "application/sparql-results+json")
    assert json.loads(written(store, "ASK {}", "application/sparql-results+json"))["boolean"] is True


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib's JSON-LD parser
def test_a_graph_is_written_in_the_standard_formats(store: Store, media_type: str, name: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    expected = rdflib.Graph()
    expected.parse(data=written(store, query, "application/n-triples"), format="nt")
    found = rdflib.Graph()
    found.parse(data=written(store, query, media_type), format=name)
    assert len(expected) == number(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isomorphic(found, expected)


def test_turtle_uses_the_prefixes_of_the_project(store: Store) -> None:
    text = written(store, "CONSTRUCT WHERE { ?s pow:ended ?o }", "text/turtle").decode()
    assert "id:cold-war pow:ended date:1990..1993 ." in text


@pytest.mark.parametrize(
    ("query", "media_type"), [("SELECT * {}", "text/turtle"), ("ASK {}", "image/png"), ("DESCRIBE <a:b>", "text/csv")]
)
def test_a_format_that_does_not_suit_the_answer_is_refused(store: Store, query: str, media_type: str) -> None:
    with pytest.raises(UsageError, match=media_type):
        store.query(query).write(io.BytesIO(), media_type)


@pytest.mark.parametrize("error", [BrokenPipeError(32, "closed"), ValueError("full"), RuntimeError("stop")])
@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }", "text/csv"),
        (
            "CONSTRUCT { ?a ?b ?x } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l BIND(STRUUID() AS ?x) }",
            "text/turtle",
        ),
    ],
)
def test_an_answer_is_written_piece_by_piece_and_can_be_ended(
    real_store: Store, query: str, media_type: str, error: Exception
) -> None:
    sink = Sink(2, error)
    with pytest.raises(type(error)) as caught:
        real_store.query(query).write(sink, media_type)
    assert caught.value is error
    assert 0 < len(sink.getvalue()) < 1_000_000


def test_what_the_engine_cannot_hold_is_a_store_error() -> None:
    with pytest.raises(StoreError, match="cannot be filled"):
        fill([(IRI("no iri"), WAR, WAR, ONTOLOGY)], "1")


def test_an_empty_store_answers() -> None:
    store = fill([], "1")
    assert store.version == "1"
    assert rows(store, "SELECT * { ?s ?p ?o }") == []


def test_the_real_store_types_what_it_names(real_store: Store) -> None:
    assert number(real_store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s <{RDF}type> ?c . ?s rdfs:label ?l }}") > 100
    assert real_store.query(DECLARED + "ASK { GRAPH ?passage { ?s ?p ?o } ?passage a pow:Passage }").boolean
