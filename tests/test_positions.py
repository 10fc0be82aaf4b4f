from __future__ import annotations

from dataclasses import dataclass

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from powkg.dataset import Dataset
from powkg.namespaces import RDF
from powkg.positions import Positions, ScanError, Statement, scan

E = "http://example.org/"
HEAD = f"@prefix : <{E}> .\n@prefix p.q: <{E}q/> .\n"


def found(text: str, graph: str = "") -> list[tuple[str, str, str, int, int]]:
    return [
        (
            statement.graph.removeprefix(E),
            statement.subject.removeprefix(E),
            statement.predicate.removeprefix(E),
            statement.subject_line,
            statement.line,
        )
        for statement in scan(HEAD + text, graph)
    ]


def test_graphs_subjects_and_predicates_have_their_lines() -> None:
    text = ":g {\n  :a :b :c ;\n     :d :e , :f ;\n     a :C .\n\n  :x :y 1 }\nGRAPH :h { :a\n:b :c }"
    assert found(text) == [
        ("g", "a", "b", 4, 4),
        ("g", "a", "d", 4, 5),
        ("g", "a", RDF + "type", 4, 6),
        ("g", "x", "y", 8, 8),
        ("h", "a", "b", 9, 10),
    ]


def test_a_turtle_file_stands_in_the_graph_that_is_given() -> None:
    assert found(":a :b :c .", E + "ontology") == [("ontology", "a", "b", 3, 3)]


@pytest.mark.parametrize(
    "value",
    [
        '"a . :x :y { } [ ( \\" # no comment"',
        "'it''s'".replace("''", "\\'"),
        '"""one\n"two" ""three . :x :y\n"""',
        "'''one\n'two' ''three { '''",
        '""',
        "''",
        '"""\\""""',
        '"text"@en-Latn-x',
        '"1945-08-09"^^<http://www.w3.org/2001/XMLSchema#date>',
        '"1990"^^:edtf',
        "1.5e3",
        ".5",
        "-1",
        "true",
        "<http://example.org/#a>",
        ":1990..1993",
        r":p06s1\#position\.",
        ":a%20b",
        "p.q:r.s",
        ":日本",
        "_:b.1",
        "[ :x :y ; :z [ :w ( 1 2 [ ] ) ] ]",
        "( :x ( :y ) )",
        "# comment . :x :y\n 1",
    ],
)
def test_no_value_hides_the_statement_after_it(value: str) -> None:
    text = f":g {{ :a :b {value} ; :c {value} , {value} . :d :e {value} .\n:f :h 1 }}"
    expected_lines = 3 + text.split(":f", maxsplit=1)[0].count("\n")
    statements = found(text)
    assert [statement[:3] for statement in statements] == [
        ("g", "a", "b"),
        ("g", "a", "c"),
        ("g", "d", "e"),
        ("g", "f", "h"),
    ]
    assert statements[-1][3:] == (expected_lines, expected_lines)


def test_blank_nodes_are_stepped_over() -> None:
    text = "[] :a :b .\n[ :c :d ] .\n_:b :e :f .\n( 1 ) :g :h .\n:s :p :o ."
    assert found(text) == [("", "s", "p", 7, 7)]


def test_prefixes_and_bases_may_change_between_statements() -> None:
    text = f"PREFIX : <{E}one/>\n:a :b :c .\n@base <{E}two/> .\n<a> <b#c> <d> .\nBASE <{E}three/>\n<a> <../b> 1 ."
    assert found(text) == [
        ("", "one/a", "one/b", 4, 4),
        ("", "two/a", "two/b#c", 6, 6),
        ("", "three/a", "b", 8, 8),
    ]


def test_escapes_in_iris_and_names_are_read() -> None:
    assert found(r"<http://example.org/\u0061\U00000062> :c\~d\#e 1 .") == [("", "ab", "c~d#e", 3, 3)]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (':a :b "open .\n:c :d 1 .', 3, "a string that begins here is not closed"),
        (':a :b 1 .\n:a :b """open .\n\n', 4, "a string that begins here is not closed"),
        (":a :b 1 .\n\n|", 5, "'|' is not expected here"),
    ],
)
def test_what_is_no_token_is_named_with_its_line(text: str, line: int, reason: str) -> None:
    with pytest.raises(ScanError, match=r".") as caught:
        found(text)
    assert (caught.value.line, str(caught.value)) == (line, reason)


def test_positions_give_the_first_place_of_the_first_file() -> None:
    positions = Positions(
        (
            ("a.trig", HEAD + ":g { :a :b 1 .\n:a :b 2 ; :c 3 }", ""),
            ("b.trig", HEAD + ":g { :a :d 4 . :x :y 5 }", ""),
            ("c.ttl", HEAD + ":a :b 6 .", E + "h"),
            ("d.trig", HEAD + ":g { :last :b 7 } |", ""),
        )
    )
    assert positions.locate(E + "g", E + "a") == ("a.trig", 3)
    assert positions.locate(E + "g", E + "a", E + "c") == ("a.trig", 4)
    assert positions.locate(E + "g", E + "a", E + "d") == ("b.trig", 3)
    assert positions.locate(E + "h", E + "a", E + "b") == ("c.ttl", 3)
    assert positions.locate(E + "g", E + "last") == ("d.trig", 3)
    assert positions.locate(E + "g", E + "nowhere") is None
    assert positions.locate(E + "nowhere", E + "a") is None


def test_every_statement_of_the_real_data_has_a_place(real_dataset: Dataset) -> None:
    named = [
        (str(graph), str(subject), str(predicate))
        for subject, predicate, _, graph in real_dataset.quads.quads((None, None, None, None))
        if isinstance(subject, rdflib.URIRef)
    ]
    in_brackets = [key for key in named if real_dataset.locate(*key) is None]
    assert named
    assert in_brackets == []


@dataclass
class Block:
    """Text of a graph block, and the statements that it holds, with lines counted from the block's first."""

    text: str
    statements: list[Statement]


NAMES = st.text(alphabet="abcXYZ09-_日", min_size=1, max_size=5).filter(lambda name: name[0] != "-")
LOCALS = st.lists(NAMES | st.sampled_from(["%20", r"\#", r"\~", "..", ":"]), min_size=1, max_size=3).map(
    lambda parts: "n" + "".join(parts) + "e"
)
GAPS = st.lists(st.sampled_from([" ", "\n", "\t", "# a . { :b \" '''\n", "\r\n"]), min_size=1, max_size=3).map("".join)
STRINGS = st.text(alphabet='ab.;{}[]()#<>:@ \n"', max_size=8)


def _quoted(text: str) -> str:
    escaped = text.replace('"', '\\"')
    return '"""' + escaped + '"""' if "\n" in text else f'"{escaped}"'


VALUES = st.one_of(
    LOCALS.map(lambda name: f":{name}"),
    STRINGS.map(_quoted),
    STRINGS.map(lambda text: _quoted(text) + "@en"),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=2).map(lambda number: f"{number:f}"),
    LOCALS.map(lambda name: f"[ :{name} ( 1 :{name} ) ]"),
)


def _iri(name: str) -> str:
    return E + name.replace("\\", "")


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = ""
    statements = []

    def line() -> int:
        return text.count("\n") + 1

    graph = draw(LOCALS)
    text += f":{graph}{draw(GAPS)}{{{draw(GAPS)}"
    for _ in range(draw(st.integers(1, 3))):
        subject, subject_line = draw(LOCALS), line()
        text += f":{subject}{draw(GAPS)}"
        for number in range(draw(st.integers(1, 3))):
            text += f";{draw(GAPS)}" if number else ""
            predicate = draw(LOCALS)
            statements.append(Statement(_iri(graph), _iri(subject), _iri(predicate), subject_line, line()))
            text += f":{predicate}{draw(GAPS)}{draw(VALUES)}{draw(GAPS)},{draw(GAPS)}{draw(VALUES)}{draw(GAPS)}"
        text += f".{draw(GAPS)}"
    return Block(text + "}\n", statements)


@given(st.lists(blocks(), max_size=3))
def test_any_text_is_scanned_as_it_was_written(written: list[Block]) -> None:
    text, expected = f"@prefix : <{E}> .\n", []
    for block in written:
        before = text.count("\n")
        expected += [
            Statement(s.graph, s.subject, s.predicate, s.subject_line + before, s.line + before)
            for s in block.statements
        ]
        text += block.text
    assert list(scan(text)) == expected


@given(st.lists(blocks(), max_size=3))
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_scanner_and_rdflib_read_the_same_statements(written: list[Block]) -> None:
    text = f"@prefix : <{E}> .\n" + "".join(block.text for block in written)
    parsed = rdflib.Dataset()
    parsed.parse(data=text, format="trig")
    by_rdflib = {
        (str(graph), str(subject), str(predicate))
        for subject, predicate, _, graph in parsed.quads((None, None, None, None))
        if isinstance(subject, rdflib.URIRef)
    }
    assert {(found.graph, found.subject, found.predicate) for found in scan(text)} == by_rdflib
