from __future__ import annotations

from pathlib import Path

from powkg.competency import questions_by_term
from powkg.namespaces import DCTERMS, POW, RDF
from powkg.queries import Question

PREFIXES = "PREFIX pow: <https://w3id.org/powkg/ontology#>\nPREFIX dcterms: <http://purl.org/dc/terms/>\n"


def question(name: str, text: str, expect: list[list[str]] | None = None) -> Question:
    return Question(name, Path(f"{name}.rq"), name, "", {}, expect, PREFIXES + text)


def test_a_question_uses_what_its_query_names() -> None:
    asked = [
        question("who", "SELECT ?who { ?war pow:commander ?who ; <http://purl.org/dc/terms/title> ?t }"),
        question("what", "SELECT ?e { ?e a pow:War . ?e dcterms:title/pow:commander* ?x . FILTER(?e = pow:War) }"),
    ]
    assert questions_by_term(asked) == {
        DCTERMS + "title": ["who", "what"],
        RDF + "type": ["what"],
        POW + "War": ["what"],
        POW + "commander": ["who", "what"],
    }


def test_a_question_uses_what_its_answer_shows_by_name() -> None:
    rows = [["pow:Battle", "battle"], ["<http://www.w3.org/ns/oa#start>", "after: pow:War"], ["", "pow:"]]
    assert set(questions_by_term([question("kinds", "SELECT ?kind ?label {}", rows)])) == {
        POW + "Battle",
        "http://www.w3.org/ns/oa#start",
    }


def test_comments_texts_and_namespaces_are_not_used() -> None:
    text = "# pow:War\nSELECT ?a { ?a ?b 'pow:War', \"a\" }"
    assert questions_by_term([question("none", text)]) == {}
