"""The names that a query mentions, and what is said of those that nothing declares or describes."""

from __future__ import annotations

import pytest

from powkg.mentions import Mention, mentions, near, unknown
from powkg.namespaces import CLAIM, ID, PASSAGE, POW, PREFIXES, TERM
from powkg.queries import load
from powkg.settings import default_data_folder
from powkg.store import Store

DECLARED = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
FIRST = 1 + len(PREFIXES)
"""The line after the declarations."""


@pytest.mark.parametrize(
    ("text", "iris"),
    [
        (
            "SELECT ?p { ?p a pow:Person ; pow:rank term:general, id:harbin. }",
            "pow:Person pow:rank term:general id:harbin",
        ),
        ("ASK{?a pow:partOf/pow:within*|^pow:where ?b}", "pow:partOf pow:within pow:where"),
        ("ASK { GRAPH dawsey:p01s1 { claim:p01s1-a ?b source:dawsey } }", "dawsey:p01s1 claim:p01s1-a source:dawsey"),
        (f"ASK {{ <{ID}harbin> a <{POW}Place> }}", "id:harbin pow:Place"),
        (f"PREFIX : <{POW}> prefix x: <{ID}> ASK {{ x:harbin a :Place }}", "id:harbin pow:Place"),
        (r"ASK { dawsey:p01s1\#position a ?b # pow:Nothing", r"dawsey:p01s1#position"),
        ('ASK { ?a rdfs:label \'pow:Nothing\', """pow:Nothing""" ; date:1945 ?x . _:b ?y ?pow }', ""),
        (
            "BASE <http://e/> SELECT * FROM <https://w3id.org/powkg/source/> { FILTER(STRSTARTS(STR(?a), STR(pow:))) }",
            "",
        ),
        (f"PREFIX other: <http://example.org/> PREFIX pow: <{ID}> ASK {{ other:Person ?p pow:harbin }}", "id:harbin"),
        ("#+ parameters:\n#+   who: id:nobody\nASK {}", ""),
    ],
)
def test_names_are_found_where_they_stand_for_something(text: str, iris: str) -> None:
    expected = [PREFIXES[prefix] + local for prefix, _, local in (name.partition(":") for name in iris.split())]
    assert [mention.iri for mention in mentions(DECLARED + text)] == expected


def test_a_prefix_that_is_not_declared_stands_for_nothing() -> None:
    assert list(mentions("ASK { ?a a pow:Person }")) == []


def test_names_in_comments_count_where_that_is_asked_for() -> None:
    text = "#+   who: id:nobody\n# see pow:Person. And http://pow:80, term:\nASK {}"
    assert list(mentions(text)) == []
    assert list(mentions(text, comments=True)) == [Mention(ID + "nobody", 1), Mention(POW + "Person", 2)]


def test_each_mention_has_its_line() -> None:
    text = DECLARED + 'ASK {\n  ?a a pow:A ; pow:b """\n\n""" ;\n\n pow:c ?d }'
    assert [mention.line - FIRST for mention in mentions(text)] == [1, 1, 5]


def test_an_unknown_name_is_told_with_the_nearest_of_its_kind() -> None:
    known = [POW + "Person", POW + "commander", ID + "commander", TERM + "person", PASSAGE + "dawsey/p01s1"]
    assert unknown(POW + "Prson", known) == "pow:Prson is not declared; did you mean pow:Person?"
    assert unknown(POW + "comander", known) == "pow:comander is not declared; did you mean pow:commander?"
    assert unknown(ID + "comander", known) == "id:comander is not described; did you mean id:commander?"
    assert unknown(CLAIM + "dawsey/p01s1", known) == "claim:p01s1 is not described"
    assert near(POW + "zeppelin", known) == ""


def test_every_name_in_the_questions_of_the_project_is_found_in_its_store(real_store: Store) -> None:
    questions = load(default_data_folder() / "queries" / "questions")
    iris = {mention.iri for question in questions for mention in mentions(question.text, comments=True)}
    described = {str(iri) for (iri,) in real_store.query("SELECT DISTINCT ?name { ?name a ?class }")}
    assert len(iris) > 50
    assert iris <= described
