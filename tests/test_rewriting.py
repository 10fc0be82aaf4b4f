"""Updates are changed where they have to be, and nowhere else."""

from __future__ import annotations

import tracemalloc

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.errors import QueryRefusedError, QuerySyntaxError, UsageError
from powkg.rewriting import with_dataset, without_silent_loads

ONE, TWO = "urn:g:1", "urn:g:2"
CLAUSES = f"USING <{ONE}> USING NAMED <{TWO}> "


def over(text: str) -> str:
    return with_dataset(text, [ONE], [TWO])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT { ?s ?p 1 } WHERE { ?s ?p 2 }", f"INSERT {{ ?s ?p 1 }} {CLAUSES}WHERE {{ ?s ?p 2 }}"),
        ("delete{?s ?p 1}where{?s ?p 2}", f"delete{{?s ?p 1}}{CLAUSES}where{{?s ?p 2}}"),
        (
            "DELETE { ?s ?p 1 } # WHERE\nINSERT { ?s ?p 2 }\nWHERE { }",
            f"DELETE {{ ?s ?p 1 }} # WHERE\nINSERT {{ ?s ?p 2 }}\n{CLAUSES}WHERE {{ }}",
        ),
        ("DELETE WHERE { ?s ?p '}' }", f"DELETE {{ ?s ?p '}}' }} {CLAUSES}WHERE {{ ?s ?p '}}' }}"),
        ("DELETEWHERE{?s ?p 1}", f"DELETE{{?s ?p 1}} {CLAUSES}WHERE{{?s ?p 1}}"),
        ("INSERT DATA { <urn:where> <urn:b> 'WHERE {' }", "INSERT DATA { <urn:where> <urn:b> 'WHERE {' }"),
        ("DELETE DATA { <urn:a> <urn:b> 1 }", "DELETE DATA { <urn:a> <urn:b> 1 }"),
        ("CLEAR SILENT GRAPH <urn:x#y;z>", "CLEAR SILENT GRAPH <urn:x#y;z>"),
        ("COPY <urn:a> TO DEFAULT; DROP ALL ;", "COPY <urn:a> TO DEFAULT; DROP ALL ;"),
        (
            "PREFIX where: <urn:w:> CLEAR SILENT GRAPH where:WITH",
            "PREFIX where: <urn:w:> CLEAR SILENT GRAPH where:WITH",
        ),
        (
            "BASE <urn:x> PREFIX :<urn:y#> INSERT { } WHERE { };",
            f"BASE <urn:x> PREFIX :<urn:y#> INSERT {{ }} {CLAUSES}WHERE {{ }};",
        ),
        ("", ""),
        ("# nothing\n", "# nothing\n"),
    ],
)
def test_the_clauses_stand_before_each_where(text: str, expected: str) -> None:
    assert over(text) == expected
    ox.Store().update(expected)


def test_prefixes_may_stand_before_each_operation() -> None:
    assert over("INSERT { } WHERE { } ; PREFIX a: <urn:z> INSERT { } WHERE { }").count(CLAUSES + "WHERE") == 2


def test_without_graphs_a_text_stays_as_it_is_whatever_it_is() -> None:
    assert with_dataset("WITH <urn:g> no SPARQL {", [], []) == "WITH <urn:g> no SPARQL {"


def test_only_default_or_only_named_graphs() -> None:
    assert with_dataset("INSERT {} WHERE {}", [ONE, TWO], []) == f"INSERT {{}} USING <{ONE}> USING <{TWO}> WHERE {{}}"
    assert with_dataset("INSERT {} WHERE {}", [], [ONE]) == f"INSERT {{}} USING NAMED <{ONE}> WHERE {{}}"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("WITH <urn:g> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", 1),
        ("PREFIX x: <urn:x:> WITHx:g INSERT { } WHERE { }", 20),
        ("INSERT { } USING <urn:g> WHERE { }", 12),
        ("INSERT { }using NAMED <urn:g> WHERE { }", 11),
        ("CLEAR ALL; DELETE { } INSERT { } USING <urn:g> WHERE { }", 34),
    ],
)
def test_a_dataset_of_its_own_is_refused(text: str, column: int) -> None:
    ox.Store().update(text)
    with pytest.raises(UsageError, match=f"WITH or USING at line 1, column {column},"):
        over(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("INSERT { ?s ?p 1 WHERE { }", (1, 8)),
        ("CLEAR ALL\nINSERT { } WHERE", (2, 8)),
        ("CLEAR ALL; INSERT { } WHERE", (1, 28)),
        ("INSERT { ) } WHERE { }", (1, 8)),
        ("SELECT * { ?s ?p ?o }", (1, 1)),
        ("INSERT { } { }", (1, 12)),
        ("INSERT DATA { } }", (1, 17)),
        ("PREFIX INSERT { } WHERE { }", (1, 8)),
        ("CLEAR GRAPH {", (1, 13)),
        ("INSERT { } WHERE { ?s <urn:p> (?a <x'y>) }", (1, 35)),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        over(text)
    assert (caught.value.line, caught.value.column) == place


@pytest.mark.parametrize("graph", ["relative", "urn:a> WHERE { } ; CLEAR ALL #", "http://a b", "urn:\n", ""])
def test_what_is_no_iri_is_refused(graph: str) -> None:
    for graphs in [([graph], list[str]()), (list[str](), [graph])]:
        with pytest.raises(UsageError, match="absolute IRI"):
            with_dataset("INSERT { } WHERE { }", *graphs)


@pytest.mark.parametrize("text", ["DELETE WHERE { ?s ?p 1 }", "INSERT { } WHERE { }"])
def test_what_the_graphs_make_too_long_is_refused_before_it_is_put_together(text: str) -> None:
    whole = len(over(f"{text};{text}"))
    assert len(with_dataset(f"{text};{text}", [ONE], [TWO], longest=whole)) == whole
    with pytest.raises(QueryRefusedError, match=f"more than {whole - 1} characters"):
        with_dataset(f"{text};{text}", [ONE], [TWO], longest=whole - 1)


def test_many_graphs_over_many_wheres_take_no_memory() -> None:
    graphs = [f"urn:g:{number}" for number in range(900)]
    tracemalloc.start()
    try:
        with pytest.raises(QueryRefusedError, match="more than 1,000,000 characters"):
            with_dataset("DELETE WHERE{};" * 60_000, graphs, [], longest=1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 64 * 1024 * 1024
    finally:
        tracemalloc.stop()


PIECES = st.sampled_from(
    [
        "?s <urn:p#where> ?o .",
        '?s ?p "} WHERE {" .',
        "?s ?p '\\'} # {' .",
        '?s ?p """a " } "" \n WHERE { \\"""" .',
        "?s ?p '''' } '' ;'''@en-GB .",
        "?s ex:a\\#b\\'c ex:x.y .",
        "# } WHERE { '\n",
        "FILTER(?o < 3 && 4 > ?o)",
        "FILTER(?o<3&&4>?o)",
        "FILTER(STR(?o)<'}')",
        "FILTER(?o <'{'||?o>'}')",
        "FILTER(?o<'#&&?s>}')",
        "VALUES (?a ?b) { (<http://x/#a> <http://x/#b>) (UNDEF <http://x/(c>) }",
        "?s ?p (1 <http://x/#y> [ <urn:a'b> <> ]) .",
        "OPTIONAL { ?s ?p ?where FILTER EXISTS { ?s ?p <urn:x> } }",
        "GRAPH ?g { ?s ?p 1.5e0 , -2 }",
        "BIND(<http://\\u0061#b> AS ?with)",
        "{ SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o } HAVING (COUNT(*) > 1) }",
    ]
)
GAPS = st.sampled_from([" ", "\n", "# WHERE {\n", "\t# '\n "])


@st.composite
def operations(draw: st.DrawFn) -> tuple[str, str]:
    """An operation with an update's WHERE, and the same with the clauses in it."""

    def gap() -> str:
        return draw(GAPS)

    where = "WHERE" + gap() + "{ " + " ".join(draw(st.lists(PIECES, max_size=4))) + " }"
    template = draw(st.sampled_from(["{ ?s ?p ?o }", "{ }", "{ ?s <urn:#> '}' }", '{ GRAPH ?g { ?s ?p "WHERE" } }']))
    form = draw(st.sampled_from(["INSERT", "DELETE", "both"]))
    head = f"DELETE {template}{gap()}INSERT{template}" if form == "both" else f"{form}{gap()}{template}"
    head += gap()
    return head + where, head + CLAUSES + where


@given(st.lists(operations(), min_size=1, max_size=4), GAPS)
def test_any_update_of_the_grammar_gets_the_clauses_and_nothing_else(parts: list[tuple[str, str]], gap: str) -> None:
    head = "PREFIX ex: <http://ex/>" + gap
    text = head + f"{gap};{gap}".join(before for before, _ in parts)
    expected = head + f"{gap};{gap}".join(after for _, after in parts)
    ox.Store().update(text, base_iri="http://b/")
    assert over(text) == expected
    ox.Store().update(expected, base_iri="http://b/")


@given(st.text(alphabet="WHEREINSTDAU {}<>'\"#\\;:?a.()\n", max_size=60))
def test_whatever_is_sent_is_read_or_refused_and_stays_what_it_is_to_the_engine(text: str) -> None:
    try:
        changed = over(text)
    except UsageError:
        return
    assert changed.replace(CLAUSES, "") == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LOAD SILENT <urn:a> INTO GRAPH <urn:b>", "INSERT DATA {}"),
        ("load silent<urn:a;b#c> ; CLEAR ALL", "INSERT DATA {} ; CLEAR ALL"),
        ("PREFIX x: <urn:x:>\nLOAD SILENT x:y\nINTO GRAPH x:z\n;", "PREFIX x: <urn:x:>\nINSERT DATA {}\n\n;"),
        ("LOADSILENT<urn:a> # LOAD SILENT <urn:b>", "INSERT DATA {} # LOAD SILENT <urn:b>"),
        ("CLEAR ALL; LOAD SILENT <urn:a>; DROP ALL", "CLEAR ALL; INSERT DATA {}; DROP ALL"),
        ("LOAD <urn:silent> INTO GRAPH <urn:b>", "LOAD <urn:silent> INTO GRAPH <urn:b>"),
        ("CLEAR SILENT GRAPH <urn:LOAD>", "CLEAR SILENT GRAPH <urn:LOAD>"),
        (
            "INSERT DATA { <urn:a> <urn:b> '; LOAD SILENT <urn:c>' }",
            "INSERT DATA { <urn:a> <urn:b> '; LOAD SILENT <urn:c>' }",
        ),
        (
            "WITH <urn:LOAD> DELETE {} USING NAMED <urn:g> WHERE {}",
            "WITH <urn:LOAD> DELETE {} USING NAMED <urn:g> WHERE {}",
        ),
        ("LOAD SILENT <urn:a> INTO GRAPH {", "LOAD SILENT <urn:a> INTO GRAPH {"),
        ("no update; LOAD SILENT <urn:a>", "no update; LOAD SILENT <urn:a>"),
    ],
)
def test_a_load_that_may_fail_does_nothing(text: str, expected: str) -> None:
    assert without_silent_loads(text) == expected
