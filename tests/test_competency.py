from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from powkg.competency import NAMED, questions_by_term, questions_by_topic, terms_table
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


def test_the_questions_as_a_table_a_topic() -> None:
    values = {"a": "id:harbin", "b": ""}
    asked = Question("who", Path("who.rq"), "Who?", "This | that.", values, None, "", topic="people")
    others = [replace(question(name, "ASK {}"), topic=topic) for name, topic in (("x", "people"), ("y", "captivity"))]
    head = ["", "| question | asks | parameters |", "|---|---|---|"]
    assert questions_by_topic([asked, *others]).splitlines() == [
        "### The captivity, the return and the dead",
        *head,
        "| `y` | **y** |  |",
        "",
        "### People, bodies and offices",
        *head,
        "| `who` | **Who?** This \\| that. | `a` = `id:harbin`, `b` |",
        "| `x` | **x** |  |",
    ]


def test_the_terms_as_a_table() -> None:
    asked = [question(f"q{number}", "SELECT ?a { ?a a pow:War }") for number in range(NAMED + 2)]
    few, many = (", ".join(f"`q{number}`" for number in range(last)) for last in (1, NAMED))
    asked.append(question("q0", "SELECT ?a { ?a pow:commander ?b }"))
    assert terms_table(asked, [POW + "commander", POW + "Battle", POW + "War"]).splitlines()[2:] == [
        "| `pow:Battle` | 0 |  |",
        f"| `pow:War` | {NAMED + 2} | {many} and 2 more |",
        f"| `pow:commander` | 1 | {few} |",
    ]
