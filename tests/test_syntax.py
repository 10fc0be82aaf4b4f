from __future__ import annotations

import pytest

from powkg.errors import QuerySyntaxError
from powkg.store import fill
from powkg.syntax import explain


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("", 1, 1, "a query begins here with SELECT, ASK, CONSTRUCT or DESCRIBE"),
        ("SELEC * {}", 1, 1, "a query begins here"),
        ("PREFIX a: <b:c>\n# who\n  INSERT DATA {}", 3, 3, "a query begins here"),
        ("SELECT ?s WHERE { ?s ?p ?o", 1, 27, 'expected "," or "." or ";"'),
        ("SELECT ?s WHERE { ?s ?p ?o", 1, 27, "found the end of the query"),
        ("SELECT * {\n ?s ?p 'open }", 2, 15, "found the end of the query"),
        ("SELECT * { ?s ?p ?o } LIMIT\nten", 2, 1, "something is wrong at or before ten"),
        ("SELECT ?s\n{ ?s foo:bar ?o }", 2, 6, "the prefix foo: is not declared"),
        ("SELECT ?s { BIND(\n  id:harbin AS ?s) }", 2, 3, "put PREFIX id: <https://w3id.org/powkg/id/> before"),
        (
            "PREFIX a: <x:y> SELECT ?s { ?s a:b 'c:d', \"e:f\" ; <g:h> _:i ; :j ?k }",
            1,
            63,
            "the prefix : is not declared",
        ),
        ("SELECT * { ?s ?p <rel> }", 1, 23, "IRI parsing failed"),
        ("SELECT ?s (COUNT(?x) AS ?y) { ?s ?p ?x } GROUP BY ?x", 1, 53, "a variable that is unbound"),
        ("SELECT ?x { ?x ?y } LIMIT 1", 1, 21, "something is wrong at or before"),
    ],
)
def test_the_place_and_the_reason_are_those_to_look_at(text: str, line: int, column: int, reason: str) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        fill([], "1").query(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert reason in caught.value.reason
    assert "\\u{" not in caught.value.reason


def test_a_message_of_another_form_is_passed_on() -> None:
    error = explain("no such thing", "SELECT")
    assert (error.reason, error.line, error.column) == ("no such thing", None, None)
