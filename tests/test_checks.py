"""Each kind of defect that the checks in Python find, made on purpose in a copy of the real data."""

from __future__ import annotations

from pathlib import Path

import pytest

from damage import ARTICLE, ENCYCLOPEDIAS, ONTOLOGY, PASSAGES, TERMS, Damage, assert_found, load
from powkg.checks import describe, run
from powkg.checks.catalogue import CHECKS
from powkg.dataset import Dataset
from powkg.errors import Problem, Severity, UsageError
from powkg.terms import Blank
from test_checks_ontology import OF_THE_PROFILE

VASILEVSKY = "pow:commander id:aleksandr-vasilevsky"
OPERATION = "id:manchurian-strategic-offensive-operation"
FREED = "claim:p10s1-freed"
DEAD = "https://w3id.org/powkg/claim/wikimili-japanese-prisoners-of-war/dead"

DAMAGES = [
    # ---- terms ----
    Damage(
        "undeclared-term",
        OPERATION,
        VASILEVSKY,
        "pow:comander id:aleksandr-vasilevsky",
        "pow:comander",
        message="did you mean pow:commander?",
    ),
    Damage(
        "undeclared-term",
        "id:kwantung-army",
        "id:kwantung-army a pow:MilitaryUnit",
        "id:kwantung-army a pow:MilitaryUnits",
        "pow:MilitaryUnits",
        message="pow:MilitaryUnits is not declared",
    ),
    Damage(
        "undeclared-term",
        OPERATION,
        VASILEVSKY,
        "schema:director id:aleksandr-vasilevsky",
        "schema:director",
        message="schema:director is not declared",
    ),
    Damage(
        "undeclared-term",
        "pow:Offices",
        "pow:Office rdfs:subClassOf crm:E55_Type",
        "pow:Offices rdfs:subClassOf crm:E55_Type",
        "pow:Offices",
        file="ontology/alignments.ttl",
        message="did you mean pow:Office?",
    ),
    Damage(
        "value-of-wrong-kind",
        OPERATION,
        VASILEVSKY,
        'pow:commander "Aleksandr Vasilevsky"@en',
        'pow:commander "Aleksandr',
        message="takes a thing",
    ),
    Damage(
        "value-of-wrong-kind",
        FREED,
        "pow:figure 625000",
        "pow:figure id:japanese-freed-in-1947",
        "pow:figure id:",
        message="takes a text or number",
    ),
    Damage("wrong-datatype", FREED, "pow:figure 625000", 'pow:figure "625,000"', 'pow:figure "625,000"'),
    Damage(
        "subject-outside-domain",
        "id:kwantung-army",
        "id:kwantung-army a pow:MilitaryUnit ;",
        "id:kwantung-army a pow:MilitaryUnit ; pow:carriedOutBy id:red-army ;",
        "pow:MilitaryUnit ; pow:carriedOutBy",
        message="pow:carriedOutBy is for pow:Event, and this is pow:MilitaryUnit",
    ),
    Damage(
        "value-outside-range",
        OPERATION,
        "pow:commander id:aleksandr-vasilevsky ; pow:where id:manchuria",
        "pow:commander id:aleksandr-vasilevsky ; pow:where id:red-army",
        "pow:where id:red-army",
        message="pow:where leads to pow:Place, and id:red-army is pow:ArmedForces",
    ),
    Damage(
        "value-outside-range",
        OPERATION,
        "pow:commander id:aleksandr-vasilevsky",
        "pow:commander id:harbin",
        "pow:commander id:harbin",
        message="pow:commander leads to pow:Person, and id:harbin is pow:Settlement",
    ),
    Damage(
        "disjoint-types",
        "id:manchukuo",
        "id:manchukuo a pow:Polity",
        "id:manchukuo a pow:Polity , pow:Region",
        "id:manchukuo a pow:Polity , pow:Region",
        message="nothing is both pow:Polity and pow:Region",
    ),
    Damage(
        "second-value",
        "claim:p10s6-dead",
        "pow:figure 46000 ;\n        pow:unit",
        "pow:figure 47000 ;\n        pow:unit",
        "pow:figure 47000",
        message="pow:figure has one value, here are 46000 and 47000",
    ),
    Damage("second-value", FREED, "pow:figure 625000", "pow:figure 625000 , 620000", "pow:figure 625000 , 620000"),
    Damage(
        "undeclared-list-term",
        FREED,
        "pow:figure 625000 ;",
        "pow:figure 625000 ; pow:method term:official-declarations ;",
        "term:official-declarations",
        message="did you mean term:official-declaration?",
    ),
    Damage(
        "term-from-wrong-list",
        "claim:p09s10-unit-731",
        "pow:motive term:revenge",
        "pow:motive term:estimate",
        "pow:motive term:estimate",
        message="takes its values from term:motives; term:estimate is in term:methods",
    ),
    # ---- documentation ----
    Damage(
        "term-without-label",
        "pow:Conflict",
        'rdfs:label "conflict"@en , "紛争"@ja',
        'rdfs:label "conflict"@en',
        "pow:Conflict a owl:Class",
        file=ONTOLOGY,
        message="in ja",
    ),
    Damage(
        "term-without-label",
        "term:revenge",
        '"revenge"@en , ',
        "",
        "term:revenge a skos:Concept",
        file=TERMS,
        message="no skos:prefLabel in en",
    ),
    Damage(
        "term-without-definition",
        "pow:Conflict",
        'skos:definition "A struggle between parties, fought with arms or not."@en ;',
        "",
        "pow:Conflict a owl:Class",
        file=ONTOLOGY,
    ),
    Damage(
        "term-without-example",
        "pow:Conflict",
        "skos:example id:cold-war ;",
        "",
        "pow:Conflict a owl:Class",
        file=ONTOLOGY,
    ),
    Damage(
        "unfit-example",
        "pow:Conflict",
        "skos:example id:cold-war ;",
        "skos:example id:cold-wars ;",
        "skos:example id:cold-wars",
        file=ONTOLOGY,
        message="nothing is said of the example id:cold-wars",
    ),
    Damage(
        "unfit-example",
        "pow:Conflict",
        "skos:example id:cold-war ;",
        "skos:example id:tarawa ;",
        "skos:example id:tarawa ;",
        file=ONTOLOGY,
        message="the example id:tarawa is not an instance of it",
    ),
    Damage(
        "unfit-example",
        "pow:ideasOf",
        'taught."@en ;\n    skos:example id:political-teaching-in-the-camps',
        'taught."@en ;\n    skos:example id:battle-of-saipan',
        "skos:example id:battle-of-saipan",
        file=ONTOLOGY,
        message="the example id:battle-of-saipan is not a subject with it",
    ),
    Damage(
        "name-in-another-script",
        "id:kwantung-army",
        '"関東軍"@ja',
        '"Kantogun"@ja',
        '"Kantogun"@ja',
        file=ENCYCLOPEDIAS,
    ),
    # ---- evidence ----
    Damage(
        "dangling-entity",
        OPERATION,
        VASILEVSKY,
        "pow:commander id:alexandr-vasilevsky",
        "id:alexandr-vasilevsky",
        message="did you mean id:aleksandr-vasilevsky?",
    ),
    Damage(
        "dangling-entity",
        "claim:p07s2-half",
        "pow:ratioTo claim:p07s2-abroad",
        "pow:ratioTo claim:p07s2-overseas",
        "pow:ratio 0.5 ; pow:ratioTo claim:p07s2-overseas",
        message="nothing is said of claim:p07s2-overseas",
    ),
    Damage(
        "entity-without-type",
        "id:maizuru",
        "id:maizuru a pow:Settlement ; pow:within",
        "id:maizuru pow:within",
        "id:maizuru pow:within",
    ),
    Damage(
        "entity-without-type",
        "id:hirohitos",
        'id:hirohito rdfs:label "Hirohito"@en',
        'id:hirohitos rdfs:label "Hirohito"@en',
        "id:hirohitos",
        file="graph/authority/editorial.trig",
        message="did you mean id:hirohito?",
    ),
    Damage(
        "entity-without-english-label",
        "id:western-allies",
        'id:western-allies rdfs:label "',
        'id:western-allies skos:altLabel "',
        "id:western-allies a pow:Polity",
        file="graph/authority/editorial.trig",
        reported=ARTICLE,
    ),
    Damage(
        "entity-without-evidence",
        "id:hirohitos",
        'id:hirohito rdfs:label "Hirohito"@en',
        'id:hirohitos a pow:Person . id:hirohito rdfs:label "Hirohito"@en',
        "id:hirohitos",
        file="graph/authority/editorial.trig",
    ),
    Damage(
        "entity-without-evidence",
        "id:mongol-empire",
        "    id:manchukuo rdfs:label",
        "    id:mongol-empire a pow:Polity ; pow:territory id:karakorum .\n    id:manchukuo rdfs:label",
        "id:mongol-empire",
        file=ENCYCLOPEDIAS,
        message="no passage and no reference source speaks of it",
    ),
    Damage(
        "undeclared-graph",
        "dawsey:p06s22",
        "dawsey:p06s2 {\n    dawsey:p06s2 pow:describes",
        "dawsey:p06s22 {\n    dawsey:p06s22 pow:describes",
        "dawsey:p06s22 pow:describes",
        message="the graph is no declared passage; did you mean dawsey:p06s2?",
    ),
    Damage(
        "undeclared-graph",
        "source:common-kwantung-army",
        "    id:manchukuo rdfs:label",
        "}\nsource:common-kwantung-army {\n    id:manchukuo rdfs:label",
        "id:manchukuo rdfs:label",
        file=ENCYCLOPEDIAS,
        message="the graph is no declared source; did you mean source:commons-kwantung-army?",
    ),
    Damage(
        "reference-fact-in-passage",
        "id:kwantung-army",
        'skos:altLabel "Japanese Kwantung Army"@en',
        'rdfs:label "Japanese Kwantung Army"@en',
        'rdfs:label "Japanese Kwantung Army"@en',
    ),
    Damage(
        "article-fact-in-reference",
        "id:manchukuo",
        "    id:manchukuo rdfs:label",
        "    id:manchukuo a pow:Polity ; rdfs:label",
        "id:manchukuo a pow:Polity ; rdfs:label",
        file=ENCYCLOPEDIAS,
        message="the sentence that names it",
    ),
    Damage(
        "article-fact-in-reference",
        FREED,
        "    id:manchukuo rdfs:label",
        "    <https://w3id.org/powkg/claim/dawsey/p10s1-freed> pow:figure 625000 .\n    id:manchukuo rdfs:label",
        "/p10s1-freed> pow:figure",
        file=ENCYCLOPEDIAS,
        message="belongs to the graph of a sentence",
    ),
    Damage(
        "article-fact-in-reference",
        f"<{DEAD}>",
        "    id:manchukuo rdfs:label",
        f"    <{DEAD}> pow:unit term:persons .\n    id:manchukuo rdfs:label",
        f"<{DEAD}> pow:unit term:persons .",
        file=ENCYCLOPEDIAS,
        message="pow:unit belongs to the graph of source:wikimili-japanese-prisoners-of-war",
    ),
    Damage(
        "article-fact-in-reference",
        "id:mongol-empire",
        "    # ---- people ---",
        "    id:mongol-empire a pow:Polity .\n    # ---- people ---",
        "id:mongol-empire a",
        file="graph/authority/editorial.trig",
        message="the source that speaks of it gives it its class",
    ),
    Damage(
        "editorial-note-elsewhere",
        "id:manchukuo",
        "    id:manchukuo rdfs:label",
        '    id:manchukuo skos:editorialNote "A client state."@en ; rdfs:label',
        "id:manchukuo skos:editorialNote",
        file=ENCYCLOPEDIAS,
        message="source:commons-kwantung-army does not say this",
    ),
    # ---- passages ----
    Damage(
        "passage-unaccounted-for",
        "dawsey:p24s1",
        "        pow:withoutStatements term:page-furniture ;\n        oa:hasSelector dawsey:p24s1",
        "        oa:hasSelector dawsey:p24s1",
        "dawsey:p24s1 a pow:Passage",
        file=PASSAGES,
    ),
    Damage(
        "passage-with-and-without-statements",
        "dawsey:p10s6",
        "oa:hasSelector dawsey:p10s6",
        "pow:withoutStatements term:rhetoric ; oa:hasSelector dawsey:p10s6",
        "pow:withoutStatements term:rhetoric ; oa:hasSelector dawsey:p10s6",
        file=PASSAGES,
    ),
    Damage(
        "missing-passage",
        "source:dawsey",
        "pow:paragraphs 32",
        "pow:paragraphs 33",
        "source:dawsey a pow:Source",
        file=PASSAGES,
        message="sentence 1 of paragraph 33 is no passage of it",
    ),
    Damage(
        "misnamed-passage",
        "dawsey:p10s6",
        "pow:paragraph 10 ; pow:sentence 6",
        "pow:paragraph 10 ; pow:sentence 66",
        "pow:sentence 66",
        file=PASSAGES,
        message="by its name its pow:sentence is 6, not 66",
    ),
    Damage(
        "overlapping-passages",
        "dawsey:p04s2",
        "oa:start 531",
        "oa:start 529",
        "dawsey:p04s2 a pow:Passage",
        file=PASSAGES,
        message="it begins at 529, and dawsey:p04s1 ends at 530",
    ),
    # ---- claims ----
    Damage(
        "bounds-off-the-table",
        FREED,
        "pow:atLeast 625000",
        "pow:atLeast 600000",
        "pow:atLeast 600000",
        message="pow:atLeast is 600000 and must be 625000: by 'plain' of 625,000",
    ),
    Damage(
        "bounds-off-the-table",
        "claim:p10s7-dead",
        "pow:atMost 105000 ; ",
        "",
        "claim:p10s7-dead a pow:QuantityClaim",
        message="pow:atMost is none and must be 105000",
    ),
    Damage(
        "bounds-off-the-table",
        "claim:p16s1-scores",
        "pow:atLeast 40 ;",
        "pow:atLeast 20 ;",
        "pow:atLeast 20 ;",
        message="by 'scores-of'",
    ),
    Damage(
        "bounds-off-the-table",
        "claim:p16s1-scores",
        "pow:atLeast 40 ;",
        "pow:figure 40 ; pow:atLeast 40 ;",
        "pow:figure 40",
        message="'scores-of' goes without a figure",
    ),
    Damage(
        "bounds-off-the-table",
        "claim:p07s1-surrendered",
        "pow:atMost 1700000 ; ",
        "",
        "claim:p07s1-surrendered a pow:QuantityClaim",
        message="'between' goes with both printed bounds",
    ),
    Damage(
        "bounds-off-the-table",
        "claim:p07s2-half",
        "pow:ratio 0.5 ; pow:ratioTo claim:p07s2-abroad",
        "pow:ratio 0.5 ; pow:atMost 1750000 ; pow:ratioTo claim:p07s2-abroad",
        "pow:atMost 1750000",
        message="a ratio has no bounds of its own",
    ),
    # ---- dates ----
    Damage(
        "date-name",
        "id:repatriation-of-japanese-pows",
        "pow:began date:1946-36",
        "pow:began date:late-1946",
        "pow:began date:late-1946",
        message="'late-1946' is not a date",
    ),
    Damage(
        "date-name",
        "id:repatriation-of-japanese-pows",
        "pow:began date:1946-36",
        "pow:began <https://w3id.org/powkg/date/1946-10_..>",
        "date/1946-10_..",
        message="open end",
    ),
    Damage(
        "backward-span",
        "id:kuril-landing-operation",
        "pow:ended date:1945-09-01",
        "pow:ended date:1944-09-01",
        "pow:ended date:1944-09-01",
        file=ENCYCLOPEDIAS,
        message="pow:began date:1945-08-18 is after pow:ended date:1944-09-01",
    ),
    Damage(
        "backward-span",
        "id:hirohito",
        "pow:birthDate date:1901-04-29 ; pow:deathDate date:1989-01-07",
        "pow:birthDate date:1989-04-29 ; pow:deathDate date:1989-01-07",
        "pow:birthDate date:1989-04-29",
        file="graph/authority/compiled.trig",
        message="pow:birthDate date:1989-04-29 is after pow:deathDate date:1989-01-07",
    ),
    Damage(
        "dates-apart",
        "id:release-of-names-1991",
        "id:release-of-names-1991 a pow:Publication ; pow:when date:1991",
        "id:release-of-names-1991 a pow:Publication ; pow:when date:1996",
        "pow:when date:1996",
        message="date:1990..1993 and date:1996",
    ),
]


OF_THE_REASONER = {
    "inconsistent-ontology",
    "unsatisfiable-class",
    "inconsistent-graph",
    "refused-axioms",
    "reasoner-not-run",
}
"""The checks that tests/test_contradictions.py is about."""


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.check}:{damage.new[:40]}")
def test_a_defect_is_found_at_its_place(copy_of_data: Path, damage: Damage) -> None:
    assert assert_found(copy_of_data, damage).severity is Severity.ERROR


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        (
            Damage("wrong-datatype", FREED, "pow:figure 625000", "pow:figure 625.000", "pow:figure 625.000"),
            "bounds-off-the-table",
        ),
        (
            Damage(
                "wrong-datatype",
                "source:dawsey",
                "pow:paragraphs 32",
                'pow:paragraphs "\u00b2"',
                'pow:paragraphs "\u00b2"',
                file=PASSAGES,
            ),
            "missing-passage",
        ),
    ],
    ids=["a figure with a decimal point", "a superscript"],
)
def test_a_number_that_is_none_is_left_to_the_check_of_datatypes(
    copy_of_data: Path, damage: Damage, check: str
) -> None:
    assert_found(copy_of_data, damage)
    assert run(load(copy_of_data), only={check}) == []


def test_every_check_in_python_has_a_test() -> None:
    of_questions = {"unexpected-answer", "term-without-question"}
    of_queries = {check.name for check in CHECKS if "quer" in check.name or check.name in of_questions}
    assert {damage.check for damage in DAMAGES} == {
        check.name for check in CHECKS
    } - of_queries - OF_THE_REASONER - OF_THE_PROFILE
    assert of_queries == {"query-header", "query-fails", "undeclared-term-in-query", *of_questions}


def test_a_passage_with_statements_on_itself_alone_is_unaccounted_for(copy_of_data: Path) -> None:
    with (copy_of_data / ARTICLE).open("a", encoding="utf-8") as file:
        file.write(
            "dawsey:p24s1 { dawsey:p24s1 pow:describes id:japan ; pow:leavesOut dawsey:p24s1\\#cold .\n"
            '    dawsey:p24s1\\#cold a pow:Omission ; pow:leftOutWord "Cold" ; pow:reason term:heading }\n'
        )
    (damage,) = (one for one in DAMAGES if one.check == "passage-unaccounted-for")
    assert run(load(copy_of_data), only={damage.check, "passage-with-and-without-statements"}) == []
    assert_found(copy_of_data, damage)


def test_a_missing_paragraph_and_one_too_many(copy_of_data: Path) -> None:
    sources = copy_of_data / PASSAGES
    text = sources.read_text(encoding="utf-8")
    assert "p17s1" in text
    sources.write_text(text.replace("p17s1", "p33s1"), encoding="utf-8")
    messages = [problem.message for problem in run(load(copy_of_data), only={"missing-passage"})]
    assert messages == [
        "sentence 1 of paragraph 17 is no passage of it",
        "paragraph 33 has passages, and the source has 32 paragraphs",
    ]


def test_a_claim_said_again_is_complete_where_all_its_graphs_together_are(real_dataset: Dataset) -> None:
    again = [
        quad for quad in real_dataset.statements() if str(quad.subject).endswith("p10s6-dead") and "p14s2" in quad.graph
    ]
    assert again
    assert not any(str(quad.predicate).endswith(("certainty", "wasAttributedTo")) for quad in again)
    assert run(real_dataset, only={"claim-without-certainty", "claim-without-claimant", "bounds-off-the-table"}) == []


@pytest.mark.java
def test_the_real_data_has_no_error(real_problems: list[Problem]) -> None:
    assert [str(problem) for problem in real_problems if problem.severity is Severity.ERROR] == []
    assert {problem.check for problem in real_problems} <= {
        "article-and-reference-part",
        "references-part",
        "backward-span-of-two-sources",
        "editorial-note",
        "figures-of-two-sources-part",
        "titles-of-two-sources-part",
    }


def test_a_check_that_there_is_not(real_dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="there is no check tenure-without-salary"):
        run(real_dataset, only={"tenure-without-salary"})


def test_every_check_has_a_name_of_its_own(real_dataset: Dataset) -> None:
    names = [description.name for description in describe(real_dataset)]
    assert len(names) == len(set(names))
    assert all(name == name.lower() and " " not in name for name in names)


def test_files_read_one_by_one_are_the_same_data(
    real: Path, real_dataset: Dataset, real_problems: list[Problem]
) -> None:
    joined = load(real)
    named = ({q for q in one.statements() if not isinstance(q.subject, Blank)} for one in (joined, real_dataset))
    assert len({frozenset(q[:2] for q in found) for found in named}) == 1
    assert [str(problem) for problem in run(joined)] == [str(problem) for problem in real_problems]


def test_the_guide_lists_every_check(real_dataset: Dataset) -> None:
    guide = (Path(__file__).resolve().parents[1] / "docs" / "checks.md").read_text(encoding="utf-8")
    for description in describe(real_dataset):
        mild = {Severity.WARNING: " (a warning)", Severity.INFO: " (an info)"}.get(description.severity, "")
        assert guide.count(f"\n| `{description.name}` | {description.finds}{mild} |\n") == 1, description.name
    assert guide.count("\n| `") == len(describe(real_dataset))
