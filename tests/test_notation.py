from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.errors import UsageError
from powkg.namespaces import POW, XSD
from powkg.notation import is_absolute_iri, parse, quoted
from powkg.terms import IRI, Literal, Term


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("id:harbin", IRI("https://w3id.org/powkg/id/harbin")),
        ("date:1990..1993", IRI("https://w3id.org/powkg/date/1990..1993")),
        (r"dawsey:p06s1\#position", IRI("https://w3id.org/powkg/passage/dawsey/p06s1#position")),
        ("<http://example.org/a>", IRI("http://example.org/a")),
        ("http://example.org/a?b#c", IRI("http://example.org/a?b#c")),
        ("  pow:War ", IRI(POW + "War")),
        ("1945", Literal("1945", None, XSD + "integer")),
        ("-0.5", Literal("-0.5", None, XSD + "decimal")),
        ("1e3", Literal("1e3", None, XSD + "double")),
        ("true", Literal("true", None, XSD + "boolean")),
        ('"Harbin"', Literal("Harbin")),
        ("'Harbin'", Literal("Harbin")),
        ('"ハルビン"@ja', Literal("ハルビン", "ja")),
        ('"Harbin"@EN-gb', Literal("Harbin", "en-gb")),
        ('"1945-08-09"^^xsd:date', Literal("1945-08-09", None, XSD + "date")),
        ('"1945"^^<http://www.w3.org/2001/XMLSchema#gYear>', Literal("1945", None, XSD + "gYear")),
        (r'"a \"b\" \u30b7 \\ \n"', Literal('a "b" シ \\ \n')),
        ('""', Literal("")),
    ],
)
def test_terms_as_people_write_them(text: str, term: Term) -> None:
    assert parse(text) == term


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not an RDF term"),
        ("Harbin", 'write a name with its prefix (id:Harbin), an <IRI>, a number, or a text in quotes ("Harbin"@en)'),
        ("foo:harbin", "the prefix 'foo' is none of the project's"),
        ("<harbin>", "is not an absolute IRI"),
        ("<http://example.org/a b>", "is not an absolute IRI"),
        ("http://example.org/%zz", "is not an absolute IRI"),
        ('id:a" . ?s ?p "', "is not an absolute IRI"),
        ("id:a> . <http://example.org/b", "is not an absolute IRI"),
        ('"open', "is not a literal"),
        ('"a" "b"', "is not a literal"),
        ('"a"@', "is not a literal"),
        (r'"\x"', "an escape that Turtle does not know"),
        (r'"\ud800"', "an escape that Turtle does not know"),
        (r'"\U00110000"', "an escape that Turtle does not know"),
        ('"a"^^foo:date', "unknown datatype"),
        ('"a"^^date', "unknown datatype"),
    ],
)
def test_what_is_no_term_is_refused_with_a_hint(text: str, reason: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert reason in str(caught.value)


@given(st.text())
def test_any_text_is_a_term_or_a_usage_error(text: str) -> None:
    try:
        term = parse(text)
    except UsageError:
        return
    assert isinstance(term, (IRI, Literal))
    assert not isinstance(term, IRI) or is_absolute_iri(term.value)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_text_is_read_back(text: str) -> None:
    assert parse(quoted(text)) == Literal(text)
