from __future__ import annotations

import pytest

from powkg.tokens import TOKEN


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("SELECT ?who {?a$b}", ["SELECT", "?who", "{", "?a", "$b", "}"]),
        ("# a 'b\n<http://x#y>'<z>'", ["# a 'b", "<http://x#y>", "'<z>'"]),
        ("?a < ?b", ["?a", "?b"]),
        ("a:b.c. :d e: f:g\\,h, i:%20", ["a:b.c", ":d", "e:", "f:g\\,h", "i:%20"]),
        ("'''it's''' \"\"\"\n\"\"\" 'it\\'s'@en", ["'''it's'''", '"""\n"""', "'it\\'s'", "en"]),
        ("p:a/p:b*|^p:c+", ["p:a", "p:b", "*", "p:c"]),
    ],
)
def test_a_text_is_taken_apart(text: str, tokens: list[str]) -> None:
    assert [found[0] for found in TOKEN.finditer(text)] == tokens


def test_a_token_knows_what_it_is() -> None:
    name, iri, comment, variable, mark, word = TOKEN.finditer("a:b <c> #d\n?e { f")
    assert (name["prefix"], name["local"]) == ("a", "b")
    assert (iri["iri"], comment["comment"], variable["variable"], mark["mark"], word["word"]) == (
        "c",
        "#d",
        "e",
        "{",
        "f",
    )
