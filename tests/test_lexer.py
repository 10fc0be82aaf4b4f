"""The tokens of SPARQL: each kind, what brackets hold, and the same reading of every text that the engine takes."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from powkg.errors import PowkgError
from powkg.lexer import AmbiguityError, Inside, Kind, tokens
from powkg.settings import default_data_folder
from powkg.store import Store, fill

QUERIES = sorted(
    file.read_text(encoding="utf-8")
    for file in (default_data_folder() / "queries").rglob("*.rq")
    if file.stat().st_size < 2000
)
PAIRS = {"(": ")", "[": "]", "{": "}", "{|": "|}", "<<": ">>", "<<(": ")>>"}


def read(text: str) -> list[tuple[Kind, str]]:
    return [(token.kind, token.text) for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("'a'", Kind.STRING),
        ('"a\\"b"', Kind.STRING),
        ("'''a'b''c\n'''", Kind.STRING),
        ('"""a"b""c\n\\""""', Kind.STRING),
        ("''", Kind.STRING),
        ("<http://example.org/#'>", Kind.IRI),
        ("<>", Kind.IRI),
        ("ex:a", Kind.NAME),
        (":", Kind.NAME),
        ("a.b-c:d.e:f%20\\'g", Kind.NAME),
        ("_:b1.2", Kind.NAME),
        ("語:名₠", Kind.NAME),
        ("?x", Kind.VARIABLE),
        ("$x1₠", Kind.VARIABLE),
        ("@en-GB", Kind.LANGUAGE),
        ("12", Kind.NUMBER),
        ("1.5", Kind.NUMBER),
        (".5e-3", Kind.NUMBER),
        ("1.e5", Kind.NUMBER),
        ("SELECT", Kind.WORD),
        ("a", Kind.WORD),
        ("<<(", Kind.OPEN),
        ("{|", Kind.OPEN),
        ("<=", Kind.OPERATOR),
        ("^^", Kind.OPERATOR),
    ],
)
def test_a_token_is_known_by_its_characters(text: str, kind: Kind) -> None:
    assert read(text) == [(kind, text)]
    assert read(f" #'<(\n{text}\t#\"\r") == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ex:a.", ["ex:a", "."]),
        ("true.:b", ["true.:b"]),
        ("true.b", ["true", ".", "b"]),
        ("1.?x", ["1", ".", "?x"]),
        ("1e:a", ["1", "e:a"]),
        ("''''", ["''", "''"]),
        ("'a\n'", []),
        ("SERVICEex:a{}", ["SERVICEex:a", "{", "}"]),
        ("?a-1", ["?a", "-", "1"]),
        (":a?/:b*", [":a", "?", "/", ":b", "*"]),
        ("'x'@en--ltr", ["'x'", "@en--ltr"]),
        ("'1'^^<urn:x>", ["'1'", "^^", "<urn:x>"]),
        ("a \\ b", ["a"]),
    ],
)
def test_tokens_end_where_the_engine_ends_them(text: str, parts: list[str]) -> None:
    assert [token.text for token in tokens(text)] == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ASK{FILTER(?a<'&&?b>'||true)}", ["<", "'&&?b>'"]),
        ("ASK{FILTER(?a<?b&&?c>?d)}", ["<", ">"]),
        ("ASK{FILTER(1<<http://e/>)}", ["<", "<http://e/>"]),
        ("ASK{FILTER(STRLEN(?a)<=3)}", ["<="]),
        ("ASK{FILTER(EXISTS{?a<urn:b>?c}<'>')}", ["<urn:b>", "<", "'>'"]),
        ("SELECT(?a<?b AS ?c){?x<urn:a>?y}", ["<", "<urn:a>"]),
        (
            "SELECT(COUNT(DISTINCT<http://www.w3.org/2001/XMLSchema#integer>(?x))AS ?n){}",
            ["<http://www.w3.org/2001/XMLSchema#integer>"],
        ),
        ("ASK{?s<urn:p#a>?o.?s ?p<urn:o'>}", ["<urn:p#a>", "<urn:o'>"]),
        ("ASK{VALUES(?x ?y){(<urn:a#b><urn:c#d>)(UNDEF<urn:e&f>)}}", ["<urn:a#b>", "<urn:c#d>", "<urn:e&f>"]),
        ("ASK{(?a<urn:b#c>) ?p ?o}", ["<urn:b#c>"]),
        ("ASK{?s ?p (1<http://a#b>)}", ["<http://a#b>"]),
        ("ASK{?s ?p (1<urn:b>)}", ["<urn:b>"]),
        ("ASK{?s(<urn:a>|<urn:b>)?o}", ["<urn:a>", "<urn:b>"]),
        ("ASK{BIND(<<(?a<urn:b>?c)>> AS ?t)}", ["<<(", "<urn:b>", ">>"]),
        ("ASK{FILTER(?x IN(<urn:a#b>,<urn:c#d>))}", ["<urn:a#b>", "<urn:c#d>"]),
        ("SELECT * {} ORDER BY ?a (?b <?c)", ["<"]),
    ],
)
def test_less_than_and_iris_are_told_apart(store: Store, text: str, parts: list[str]) -> None:
    store.query(text)
    assert [token.text for token in tokens(text) if "<" in token.text or ">" in token.text] == parts


@pytest.mark.parametrize("text", ["SELECT*{{SELECT*{}ORDER BY ?a(?b<'&&?c>'||true)}}", "ASK{?s ?p(1<urn:a#b>)\n}"])
def test_what_can_be_read_in_two_ways_is_told(store: Store, text: str) -> None:
    store.query(text)
    with pytest.raises(AmbiguityError, match="put a space after it") as caught:
        read(text)
    assert text[caught.value.start] == "<"


def test_a_bracket_says_what_it_holds() -> None:
    text = "SELECT (1 AS ?a) { ?s ?p (1) ; ?q [ :r ( 2 ) ] VALUES ?v { 3 } FILTER(?x || EXISTS { ?s ?p ?o }) }"
    held = [(token.text, token.depth, token.inside) for token in tokens(text) if token.kind is Kind.OPEN]
    assert held == [
        ("(", 1, Inside.EXPRESSION),
        ("{", 1, Inside.PATTERN),
        ("(", 2, Inside.UNSURE),
        ("[", 2, Inside.PATTERN),
        ("(", 3, Inside.UNSURE),
        ("{", 2, Inside.DATA),
        ("(", 2, Inside.EXPRESSION),
        ("{", 3, Inside.PATTERN),
    ]
    assert [token.inside for token in tokens("INSERT DATA { 1 }; DELETE { 2 } WHERE { 3 }")] == [
        None, None, *[Inside.DATA] * 3, None, None, *[Inside.PATTERN] * 3, None, *[Inside.PATTERN] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "part", ["'''\n\\", "<'", "<", "<a ", "'\\", "1.", "...", "a.b.", "a-", "a:.", "ex:a..", '"""\\"', "\\", "@", "?"]
)
def test_the_longest_texts_are_read_in_linear_time(part: str) -> None:
    """Each of these made a scanner of this kind quadratic; this many characters would then take hours."""
    length = 200_000
    for beginning in ("", "VALUES ?x {"):
        assert len(read(beginning + part * (length // len(part)))) <= length + 3


@pytest.fixture(scope="module")
def store() -> Store:
    return fill([], "empty")


VALUES = (
    "?x", "$y", "1", "1.5", "1e3", "'a'", '"#"', "'''a'b'''", '""">"""', "true", "<urn:a#b>", "<http://e/'x'>", ":p",
    "ex:q\\'r", "'1'^^<urn:t>", "'x'@en", "STRLEN('(')", "COALESCE(?x,<urn:y&z>,2)", "<urn:f>(?x)", "ex:f(1,?y)",
    "EXISTS{?s<urn:p#q>'}'}", "IF(?x<1,?x>2,'>')", "!?x", "-?x", "(?x)",
)  # fmt: skip
OPERATORS = ("<", ">", "<=", ">=", "=", "!=", "&&", "||", "+", "-", "*", "/")
GAPS = st.sampled_from(("", "", "", " ", "\n", "\t", "#'<(\n", '#"{\r'))


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """Values with operators between them, with and without gaps; not each is one that the grammar has."""
    text = draw(st.sampled_from(VALUES))
    for _ in range(draw(st.integers(0, 4))):
        text += draw(GAPS) + draw(st.sampled_from(OPERATORS)) + draw(GAPS) + draw(st.sampled_from(VALUES))
    return f"({text})" if draw(st.booleans()) else text


def is_taken(store: Store, text: str) -> bool:
    try:
        store.query(text)
    except PowkgError:
        return False
    return True


def assert_read_whole(text: str) -> None:
    """All of the text is in tokens and gaps, and its brackets close each other."""
    at, closing = 0, []
    for token in tokens(text):
        assert not text[at : token.start].strip(" \t\r\n") or "#" in text[at : token.start]
        at = token.start + len(token.text)
        if token.kind is Kind.OPEN:
            closing.append(PAIRS[token.text])
        elif token.kind is Kind.CLOSE:
            expected = closing.pop()
            if expected == ")>>" and token.text == ")":
                closing.append(">>")
            else:
                assert token.text == expected
    assert closing == []
    assert read(text[at:]) == []
    assert not text[at:].strip(" \t\r\n") or "#" in text[at:]


PROLOGUE = "BASE <http://e/> PREFIX : <http://e/> PREFIX ex: <http://e/> "


@settings(max_examples=400)
@given(data=st.data(), before=expressions(), after=expressions())
def test_what_the_engine_takes_is_read_whole(store: Store, data: st.DataObject, before: str, after: str) -> None:
    form = data.draw(
        st.sampled_from(
            (
                "ASK{{FILTER({0})?s ?p 1 FILTER({1})}}",
                "SELECT({0} AS ?v){{?s<urn:p'>?o.BIND({1} AS ?w)}}",
                "ASK{{?s ?p ?o FILTER(?x IN({0},{1}))}}",
                "SELECT*{{{{SELECT*{{}}ORDER BY({0})({1})}}}}",
                "ASK{{?s(<urn:p>|:q)?o;:r('>' 1)FILTER({0})OPTIONAL{{FILTER({1})}}}}",
            )
        )
    )
    text = PROLOGUE + form.format(before, after)
    position = data.draw(st.integers(len(PROLOGUE), len(text) - 1))
    sign = data.draw(st.sampled_from(("", "'", '"', "<", ">", "#", "\n", "(", ")", "\\", "<'&&?b>'", ".")))
    for candidate in (text, text[:position] + sign + text[position + 1 :]):
        if is_taken(store, candidate):
            try:
                assert_read_whole(candidate)
            except AmbiguityError:
                assert "ORDER BY" in candidate or "(<urn:p>|:q)" in candidate


@settings(max_examples=300)
@given(data=st.data(), query=st.sampled_from(QUERIES))
def test_the_project_s_queries_are_read_whole_and_spoiled_ones_as_the_engine_reads_them(
    store: Store, data: st.DataObject, query: str
) -> None:
    assert_read_whole(query)
    position = data.draw(st.integers(0, len(query) - 1))
    spoiled = query[:position] + data.draw(st.text(max_size=3)) + query[position + data.draw(st.integers(0, 2)) :]
    if is_taken(store, spoiled):
        assert_read_whole(spoiled)


@given(st.text(alphabet="<>'\"#(){}[]?:a.1 \n\\&|=,;@", max_size=40))
def test_tokens_are_parts_of_the_text_in_order(text: str) -> None:
    at = 0
    with suppress(AmbiguityError):
        for token in tokens(text):
            assert token.start >= at
            assert token.text == text[token.start : token.start + len(token.text)] != ""
            at = token.start + len(token.text)
