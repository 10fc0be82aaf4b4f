"""SERVICE is refused wherever the engine would follow it, and so is what would overflow its stack."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from powkg import guard
from powkg.errors import PowkgError, QueryRefusedError, QueryTooComplexError, UsageError
from powkg.store import Store, fill
from powkg.terms import IRI, Literal

# The engine refuses this port by itself, so a SERVICE clause that is followed shows as an error, with no request sent.
ADDRESS = "<http://127.0.0.1:9/>"
PROLOGUE = f"""BASE {ADDRESS} PREFIX : {ADDRESS} PREFIX ex: {ADDRESS} PREFIX SERVICEex: <http://127.0.0.1:9/s>
SELECT * {{ VALUES ?x {{ 1 }} """

CLAUSES = (
    f"SERVICE {ADDRESS} {{}}",
    f"sErViCe{ADDRESS}{{}}",
    f"SERVICE SILENT {ADDRESS} {{}}",
    f"SERVICE # a comment {{\n {ADDRESS} # another '\n {{}}",
    "SERVICE ex:a {}",
    "SERVICEex:a{}",
    "SERVICE : {}",
    "SERVICE ex:a\\'b {}",
    "SERVICE ex:a%20b{}",
    "SERVICE <relative>{}",
    "LATERAL { SERVICE ex:a {} }",
    "{ SERVICE ex:a {} } UNION {}",
    "OPTIONAL { SERVICE ?x {} }",
    "BIND(1 AS ?w)SERVICE ex:a {}",
    "?s ?p true.SERVICEex:a{}",
    "?s ?p 1SERVICE ex:a{}",
    "?s ?p 'x'@en.SERVICEex:a{}",
)

# Texts around which a scanner may lose its place. `@` stands for a number, so that no variable is bound twice.
AROUND = (
    "FILTER(?x<'&&?b>'||true)",
    'FILTER(?x<"&&?b>"||true)',
    "FILTER(?x<'''&&?b>'''||true)",
    "FILTER(?x<?x||?x>'#'||true)",
    "FILTER('a'<'>'||true)",
    "FILTER(?x<'\\\\'||true)",
    "BIND('\\'' AS ?v@)",
    'BIND("#" AS ?v@)',
    "BIND('''a'b''' AS ?v@)",
    "BIND('' AS ?v@)",
    "BIND(?x<'>' AS ?v@)",
    "OPTIONAL{?s ex:b\\'c 1}",
    "OPTIONAL{?s ex:b\\# '#'}",
    "OPTIONAL{?s<http://a#'b>?o}",
    "OPTIONAL{?s ex:p'>'}",
    "OPTIONAL{?s ?p true}",
    "OPTIONAL{?s ?p 'x'@en}",
    "#c'\n",
    "#<\n",
    "#\r",
    "",
    " ",
)


@pytest.fixture(scope="module")
def store() -> Store:
    integer, boolean = "http://www.w3.org/2001/XMLSchema#integer", "http://www.w3.org/2001/XMLSchema#boolean"
    values = (Literal("1", None, integer), Literal("true", None, boolean), Literal("x", "en"))
    return fill([(IRI("urn:s"), IRI("urn:p"), value, "urn:g") for value in values], "small")


def is_followed(store: Store, text: str) -> bool:
    """Whether the engine tries to reach the address. A text that is not SPARQL is followed nowhere."""
    try:
        tuple(store.query(text))
    except UsageError:
        return False
    except PowkgError:
        return True
    return False


@pytest.mark.parametrize("clause", [clause for clause in CLAUSES if "?x" not in clause and "SILENT" not in clause])
def test_the_engine_would_follow_each_clause_of_these_tests(store: Store, clause: str) -> None:
    assert is_followed(store, f"{PROLOGUE} {clause} }}")


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_service_clause_is_refused(clause: str) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE is not answered: "):
        guard.refuse(f"{PROLOGUE} {clause} }}")


@settings(max_examples=400, deadline=None)
@given(before=st.lists(st.sampled_from(AROUND), max_size=4), clause=st.sampled_from(CLAUSES), data=st.data())
def test_no_text_around_a_service_clause_hides_it(
    store: Store, before: list[str], clause: str, data: st.DataObject
) -> None:
    after = data.draw(st.lists(st.sampled_from(AROUND), max_size=4))
    parts = [part.replace("@", str(at)) if "?v@" in part else part for at, part in enumerate([*before, clause, *after])]
    text = f"{PROLOGUE}{' '.join(parts)} }}"
    position = data.draw(st.integers(len(PROLOGUE), len(text) - 1))
    spoiled = text[:position] + data.draw(st.sampled_from(("", "'", '"', "<", ">", "#", "\n"))) + text[position + 1 :]
    for candidate in (text, spoiled):
        if is_followed(store, candidate):
            with pytest.raises(QueryRefusedError):
                guard.refuse(candidate)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service ?x { ?service a ?x }",
        "PREFIX service: <http://example.org/service/> SELECT * { ?s a service:x , service:y }",
        "SELECT * { ?s <http://example.org/service/a> ?o . ?s <http://www.w3.org/ns/sparql-service-description#x> ?p }",
        "SELECT * { ?s ?p 'SERVICE <http://example.org/> {}' }",
        'SELECT * { ?s ?p """a "quoted" SERVICE ex:a {}""" }',
        "SELECT * { # SERVICE <http://example.org/> {}\n ?s ?p 'x'@service }",
        "SELECT * { ?s ex:service ?o FILTER(?o < 3 && ?o > 1) }",
        "SELECT * { GRAPH ex:service { ?s ?p ?o } }",
        "SELECT * FROM service:a { GRAPH service:x { ?s ?p ?o } }",
    ],
)
def test_a_query_that_only_speaks_of_services_may_run(text: str) -> None:
    guard.refuse(text)


def test_a_query_has_a_greatest_length() -> None:
    guard.refuse("#" * guard.MAX_LENGTH)
    with pytest.raises(QueryRefusedError, match="1,000,000"):
        guard.refuse("#" * (guard.MAX_LENGTH + 1))


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1:9/>",
        "load silent <http://127.0.0.1:9/> into graph <urn:g>",
        "PREFIX ex: <http://127.0.0.1:9/> LOADex:a",
        "CLEAR ALL ; LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <urn:a> <urn:b> 1 };LOADSILENT<http://127.0.0.1:9/>",
    ],
)
def test_load_is_refused(text: str) -> None:
    with pytest.raises(QueryRefusedError, match="LOAD is not answered"):
        guard.refuse(text)


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX load: <http://example.org/> CLEAR GRAPH load:a ; COPY load:a TO load:b",
        "INSERT DATA { <urn:load> <urn:b> 'LOAD <http://example.org/>' } # LOAD <http://example.org/>",
        "INSERT { ?s <urn:a> load:LOAD } WHERE { ?s ?load ?o }",
    ],
)
def test_an_update_that_only_speaks_of_loads_may_run(text: str) -> None:
    guard.refuse(text)


def nested(opening: str, inner: str, closing: str, depth: int) -> str:
    return opening * depth + inner + closing * depth


NESTS = {
    "parentheses": ("ASK {{ FILTER{} }}", ("(", "1", ")")),
    "functions": ("ASK {{ FILTER({}) }}", ("STR(", "1", ")")),
    "lists": ("ASK {{ {} ?p ?o }}", ("(", "1", ")")),
    "blank nodes": ("ASK {{ ?s ?p {} }}", ("[ ?p ", "1", "]")),
    "groups": ("ASK {{ {} }}", ("{", "", "}")),
    "optional groups": ("ASK {{ {} }}", ("OPTIONAL {", "", "}")),
    "graphs": ("ASK {{ {} }}", ("GRAPH ?g {", "", "}")),
    "subqueries": ("SELECT * {{ {} }}", ("{ SELECT * {", "", "} }")),
    "paths": ("ASK {{ ?s {} ?o }}", ("(", "<urn:p>", ")*")),
    "filters": ("ASK {{ {} }}", ("FILTER EXISTS {", "", "}")),
    "triple terms": ("ASK {{ ?s ?p {} }}", ("<<( ?a ?b ", "1", ")>>")),
    "never closed": ("ASK {{ {}", ("{", "", "")),
}


@pytest.mark.parametrize("name", NESTS)
def test_brackets_within_brackets_are_bounded(name: str) -> None:
    form, (opening, inner, closing) = NESTS[name]
    brackets = opening.count("{") + opening.count("(") + opening.count("[")
    most = (guard.MAX_DEPTH - 2) // brackets
    guard.refuse(form.format(nested(opening, inner, closing, most)))
    for depth in (most + 3, 2000, 50_000):
        with pytest.raises(QueryTooComplexError, match=r"too complex: at line 1, column \d+ .* brackets"):
            guard.refuse(form.format(nested(opening, inner, closing, depth)))


@pytest.mark.parametrize("closers", ["')))'", '"""}}}"""', "<urn:)))>", "#)))\n", "ex:\\)\\)"])
def test_brackets_in_strings_iris_and_comments_are_none(closers: str) -> None:
    form = "ASK {{ ?s ?p {} }}"
    guard.refuse(form.format(f"{closers.replace(')', '(').replace('}', '{')} , " * 300 + "1"))
    with pytest.raises(QueryTooComplexError):
        guard.refuse(form.format(f"( {closers} " * guard.MAX_DEPTH))


CHAINS = {
    "sums": ("ASK {{ FILTER(1{}) }}", "+1"),
    "sums of signed numbers": ("ASK {{ FILTER(1{}) }}", " -1"),
    "comparisons": ("ASK {{ FILTER(?x{}) }}", "||?x<2"),
    "negations": ("ASK {{ FILTER({}?x) }}", "!"),
    "unions": ("ASK {{ {{}} {} }}", "UNION {} "),
    "optional groups": ("ASK {{ {} }}", "OPTIONAL {} "),
    "filters": ("ASK {{ {} }}", "FILTER(?x) "),
    "triples": ("ASK {{ {} }}", "?s ?p ?o . "),
    "predicates": ("ASK {{ ?s ?p ?o {} }}", "; ?p ?o "),
    "objects": ("ASK {{ ?s ?p ?o {} }}", ", ?o "),
    "list items": ("ASK {{ ?s ?p ({}) }}", "1 "),
    "path steps": ("ASK {{ ?s <urn:p>{} ?o }}", "/<urn:p>"),
    "path choices": ("ASK {{ ?s (<urn:p>{}) ?o }}", "|<urn:p>"),
    "columns": ("SELECT {} {{}}", "(1 AS ?x) "),
    "graphs described": ("DESCRIBE {}", "<urn:a> "),
}


@pytest.mark.parametrize("name", CHAINS)
def test_the_links_of_a_chain_are_bounded(name: str) -> None:
    form, link = CHAINS[name]
    guard.refuse(form.format(link * (guard.MAX_TERMS // 8)))
    for number in (guard.MAX_TERMS, 60_000):
        with pytest.raises(QueryTooComplexError, match="more than 10,000 terms"):
            guard.refuse(form.format(link * number))


@pytest.mark.parametrize(
    "text",
    [
        "ASK { VALUES ?x { " + "<urn:a> " * 50_000 + "} }",
        "ASK { VALUES (?x ?y) { " + "(1 'a') " * 25_000 + "} }",
        "ASK { FILTER(?x IN (" + "ex:a, " * 50_000 + "1)) }",
        "INSERT DATA { " + "<urn:a> <urn:b> 1 , 2 ; <urn:c> ( 3 ) . " * 10_000 + "}",
    ],
)
def test_long_data_are_no_chain(text: str) -> None:
    guard.refuse(text)


def test_what_can_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(QueryRefusedError, match=r"at line 2, column 7: the '<' here could open an IRI"):
        guard.refuse("SELECT * { { SELECT * {} ORDER BY ?a\n (?x  <'&&?b>'||true) } }")
