"""The checks in SPARQL, each with its defect made on purpose, and the checks of the queries themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from damage import ARTICLE, ENCYCLOPEDIAS, ONTOLOGY, Damage, assert_found, load
from powkg.checks import run
from powkg.checks.material import Material
from powkg.checks.queries import FOLDER, can_run, read_check, read_checks
from powkg.dataset import Dataset
from powkg.errors import Severity
from powkg.namespaces import CLAIM
from powkg.store import Answer, Store
from powkg.terms import Term
from test_checks_ontology import OF_THE_ONTOLOGY

DAMAGES = [
    Damage(
        "cause-of-itself",
        "claim:p06s3-cause",
        "pow:effect id:surrender-of-kwantung-army",
        "pow:effect id:manchurian-strategic-offensive-operation",
        "claim:p06s3-cause a pow:CauseClaim",
        message="id:manchurian-strategic-offensive-operation brings about itself",
    ),
    Damage(
        "cause-after-effect",
        "claim:p06s3-cause",
        "id:surrender-of-kwantung-army a pow:Surrender ;",
        "id:surrender-of-kwantung-army a pow:Surrender ; pow:when date:1945-07 ;",
        "claim:p06s3-cause a pow:CauseClaim",
        message="the cause id:manchurian-strategic-offensive-operation begins after the effect",
    ),
    Damage(
        "cause-after-effect",
        "claim:p06s3-cause",
        "manchurian-strategic-offensive-operation a pow:MilitaryOperation ;",
        "manchurian-strategic-offensive-operation pow:afterEndOf id:surrender-of-kwantung-army ; "
        "a pow:MilitaryOperation ;",
        "claim:p06s3-cause a pow:CauseClaim",
        message="has ended, by pow:afterEndOf",
    ),
    Damage(
        "promise-without-promiser",
        "id:yalta-promise",
        "a pow:Promise ; prov:wasAttributedTo id:joseph-stalin ;",
        "a pow:Promise ;",
        "id:yalta-promise a pow:Promise",
    ),
    Damage(
        "participation-without-plain-role",
        "id:vasilevsky-in-manchurian-operation",
        "pow:commander id:aleksandr-vasilevsky",
        "pow:participant id:aleksandr-vasilevsky",
        "id:vasilevsky-in-manchurian-operation a",
        message="has no pow:commander id:aleksandr-vasilevsky in the same graph",
    ),
    Damage(
        "participation-in-office-of-another",
        "id:abe-at-the-interment",
        "pow:as id:abe-prime-minister",
        "pow:as id:shiozaki-minister-of-welfare",
        "id:abe-at-the-interment a",
        message="held by id:yasuhisa-shiozaki",
    ),
    Damage(
        "tenure-without-office",
        "id:hirohito-emperor",
        "pow:holder id:hirohito ; pow:office id:emperor-of-japan",
        "pow:holder id:hirohito",
        "id:hirohito-emperor a",
    ),
    Damage(
        "tenure-outside-life",
        "id:tokuda-chairman",
        "pow:heldAt date:1946",
        "pow:heldAt date:1976",
        "id:tokuda-chairman a",
        message="held the office in date:1976",
    ),
    Damage(
        "mention-without-statement",
        "dawsey:p04s3",
        "dawsey:p04s3 pow:describes",
        "dawsey:p04s3 pow:describes id:hope-for-soviet-mediation ,",
        "dawsey:p04s3 pow:describes",
        message="it takes up or describes id:hope-for-soviet-mediation",
    ),
    Damage(
        "event-part-of-itself",
        "id:nomonhan-incident",
        "pow:partOf id:border-confrontation-with-japan",
        "pow:partOf id:nomonhan-incident",
        "id:nomonhan-incident a",
    ),
    Damage(
        "event-after-itself",
        "id:confusion-in-japan-1949",
        "pow:after id:soviet-announcement-1949",
        "pow:after id:confusion-in-japan-1949",
        "id:confusion-in-japan-1949 a",
    ),
    Damage(
        "cohort-part-of-itself",
        "id:recoverable-japanese-war-dead",
        "pow:partOfCohort id:unrecovered-japanese-war-dead",
        "pow:partOfCohort id:recoverable-japanese-war-dead",
        "id:recoverable-japanese-war-dead a",
    ),
    Damage(
        "place-within-itself",
        "id:maizuru",
        "id:maizuru a pow:Settlement ; pow:within id:japan",
        "id:maizuru a pow:Settlement ; pow:within id:maizuru",
        "id:maizuru a",
    ),
    Damage(
        "geometry-of-a-group",
        "id:manchukuo",
        'id:manchukuo rdfs:label "',
        'id:manchukuo geo:hasGeometry geometry:harbin ; rdfs:label "',
        "id:manchukuo geo:hasGeometry",
        file=ENCYCLOPEDIAS,
        message="it is no place and has the point geometry:harbin",
    ),
    Damage(
        "claim-in-another-passage",
        "claim:p10s5-freed",
        "claim:p10s1-freed",
        "claim:p10s5-freed",
        "claim:p10s5-freed",
        message="bears the name of dawsey:p10s5",
    ),
    Damage(
        "ratio-of-itself",
        "claim:p07s2-half",
        "pow:ratioTo claim:p07s2-abroad",
        "pow:ratioTo claim:p07s2-half",
        "claim:p07s2-half a",
    ),
    Damage(
        "article-and-reference-part",
        "id:soviet-declaration-of-war-on-japan",
        "pow:when date:1945-08-08",
        "pow:when date:1945-08-07",
        "id:soviet-declaration-of-war-on-japan a",
        message="pow:when is date:1945-08-07 here and date:1945-08-08 in source:",
    ),
    Damage(
        "backward-span-of-two-sources",
        "id:repatriation-of-japanese-pows",
        "id:manchukuo rdfs:label",
        "id:repatriation-of-japanese-pows pow:ended date:1945-12 .\n    id:manchukuo rdfs:label",
        "id:repatriation-of-japanese-pows a pow:Repatriation",
        file=ENCYCLOPEDIAS,
        reported="graph/dawsey.trig",
        message="pow:began is date:1946-36 here, after pow:ended date:1945-12 in source:commons-kwantung-army",
    ),
]
INFOS = {
    "article-and-reference-part",
    "references-part",
    "backward-span-of-two-sources",
    "editorial-note",
    "figures-of-two-sources-part",
    "titles-of-two-sources-part",
}
STANDING = {"references-part", "editorial-note", "figures-of-two-sources-part", "titles-of-two-sources-part"}
"""The checks that find something in the real data, which is as it should be."""

OF_WIKIMILI = f"<{CLAIM}wikimili-japanese-prisoners-of-war/"
PREFIX = "PREFIX pow: <https://w3id.org/powkg/ontology#>\n"
HEADER = "#+ title: T\n#+ description: D\n#+ severity: error\n#+ message: M\n#+ remedy: R\n"
QUESTION = "queries/questions/commander.rq"


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.check)
def test_a_defect_is_found_at_its_place(copy_of_data: Path, damage: Damage) -> None:
    severity = Severity.INFO if damage.check in INFOS else Severity.ERROR
    assert assert_found(copy_of_data, damage).severity is severity


def test_every_check_has_a_test_and_can_be_run(real_dataset: Dataset) -> None:
    material = Material(real_dataset)
    queries = read_checks(material.root)
    assert {query.name for query in queries} == {damage.check for damage in DAMAGES} | STANDING | OF_THE_ONTOLOGY
    assert all(can_run(material, query) for query in queries)
    assert {query.name for query in queries if query.severity is Severity.INFO} == INFOS


def test_a_longer_circle_is_reported_of_each_event_in_it(copy_of_data: Path) -> None:
    Damage(
        "event-part-of-itself",
        "",
        "id:border-confrontation-with-japan a pow:Conflict ;",
        "id:border-confrontation-with-japan a pow:Conflict ; pow:partOf id:nomonhan-incident ;",
        "",
    ).do(copy_of_data)
    problems = run(load(copy_of_data), only={"event-part-of-itself"})
    assert [problem.subject for problem in problems] == ["id:border-confrontation-with-japan", "id:nomonhan-incident"]


def test_references_that_differ_are_named(real_dataset: Dataset) -> None:
    found = {problem.subject: problem for problem in run(real_dataset, only={"references-part"})}
    ishihara = found["id:yoshiro-ishihara"]
    assert ishihara.severity is Severity.INFO
    assert ishihara.message.startswith("pow:deathDate is date:1977-11-1")
    assert {"id:kuril-landing-operation", "id:manchurian-strategic-offensive-operation"} <= set(found)


def test_figures_that_differ_are_explained(real_dataset: Dataset) -> None:
    found = run(real_dataset, only={"figures-of-two-sources-part"})
    assert {problem.severity for problem in found} == {Severity.INFO}
    assert {"claim:p10s2-remaining", "claim:p10s6-dead"} <= {problem.subject for problem in found}
    names = next(p for p in found if p.subject == "claim:p10s6-dead" and "wikimili" in p.message)
    assert "both can hold; they differ 1.3-fold" in names.message
    assert not any("say the same" in problem.message for problem in found)


def test_a_figure_that_no_longer_meets_that_of_a_reference_source_is_reported(copy_of_data: Path) -> None:
    printed = "pow:figure 2337 ;\n        pow:atLeast 2337 ; pow:atMost 2337"
    before = run(load(copy_of_data), only={"figures-of-two-sources-part"})
    Damage("", "", printed, printed.replace("2337", "2373"), "").do(copy_of_data)
    new = set(run(load(copy_of_data), only={"figures-of-two-sources-part"})) - set(before)
    assert {problem.subject for problem in new} == {"claim:p14s5-interred"}
    assert {problem.file for problem in new} == {"graph/dawsey.trig"}
    assert "at most 2,337, the second at least 2,373" in "".join(problem.message for problem in new)


def test_notes_of_the_editors_are_listed(real_dataset: Dataset) -> None:
    found = run(real_dataset, only={"editorial-note"})
    assert {problem.severity for problem in found} == {Severity.INFO}
    assert {problem.file for problem in found} == {"graph/authority/editorial-notes.trig"}
    assert {"claim:p12s1-gomikawa", "dawsey:p26s2", "id:yalta-promise"} <= {problem.subject for problem in found}
    (promise,) = (problem for problem in found if problem.subject == "id:yalta-promise")
    assert "92 days" in promise.message


def test_titles_that_differ_are_named(copy_of_data: Path) -> None:
    only = {"titles-of-two-sources-part"}
    before = {problem.subject for problem in run(load(copy_of_data), only=only)}
    assert before == {"id:ap-japanese-war-dead-2020", "id:glantz-soviet-1945-strategic-offensive"}
    Damage(
        "titles-of-two-sources-part",
        "",
        'dcterms:title "Personnel Accounting Cooperation with Japan"@en',
        'dcterms:title "Accounting Cooperation with Japan"@en',
        "",
    ).do(copy_of_data)
    (found,) = (p for p in run(load(copy_of_data), only=only) if p.subject == "id:dpaa-fact-sheet-japan")
    assert found.severity is Severity.INFO
    assert found.message.endswith("in source:dpaa-cooperation-with-japan")


@pytest.mark.parametrize(
    ("old", "new", "file", "message"),
    [
        (f"{OF_WIKIMILI}interned>", f"<{CLAIM}commons-kwantung-army/interned>", ENCYCLOPEDIAS, "not in its graph"),
        (
            "    claim:p10s6-dead a",
            f"    {OF_WIKIMILI}dead> pow:unit term:persons .\n    claim:p10s6-dead a",
            ARTICLE,
            "stated in a passage of another source",
        ),
    ],
    ids=["named after another source", "in a passage"],
)
def test_a_claim_of_a_reference_source_stands_in_its_graph_alone(
    copy_of_data: Path, old: str, new: str, file: str, message: str
) -> None:
    check = "claim-in-another-passage"
    Damage(check, "", old, new, "", file=file).do(copy_of_data)
    (problem,) = run(load(copy_of_data), only={check})
    home = "commons-kwantung-army" if file == ENCYCLOPEDIAS else "wikimili-japanese-prisoners-of-war"
    assert problem.message == f"the claim bears the name of source:{home} and is {message}"
    assert problem.file == file


# ---- the queries themselves ----


def test_each_query_is_run_once(real_dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()

    def query(store: Store, text: str, values: Mapping[str, Term] | None = None) -> Answer:
        asked[text] += 1
        return original(store, text, values)

    original = Store.query
    monkeypatch.setattr(Store, "query", query)
    run(real_dataset)
    files = [*Path(real_dataset.inputs.root, "queries").rglob("*.rq")]
    assert len(files) > 40
    assert {asked[path.read_text(encoding="utf-8")] for path in files} == {1}


def test_a_wrong_header_hides_no_other_question(copy_of_data: Path) -> None:
    (copy_of_data / "queries/questions/a.rq").write_text("#+ titel: T\nASK {}", encoding="utf-8")
    path = copy_of_data / QUESTION
    path.write_text(path.read_text(encoding="utf-8").replace("Aleksandr Vasilevsky", "Vasilevsky"), encoding="utf-8")
    problems = run(load(copy_of_data), only={"query-header", "unexpected-answer", "query-fails"})
    assert [(problem.check, problem.file) for problem in problems] == [
        ("query-header", "queries/questions/a.rq"),
        ("unexpected-answer", QUESTION),
    ]


@pytest.mark.parametrize("folder", ["checks", "questions"])
def test_a_query_that_is_no_text_is_one_problem(copy_of_data: Path, folder: str) -> None:
    (copy_of_data / "queries" / folder / "odd.rq").write_bytes(b"#+ title: T\nSELECT ?subject { \xff }")
    (problem,) = run(load(copy_of_data), only={"query-header", "query-fails", "undeclared-term-in-query"})
    assert (problem.check, problem.file, problem.line) == ("query-header", f"queries/{folder}/odd.rq", 1)
    assert "cannot be read" in problem.message


def test_a_check_may_begin_with_a_byte_order_mark(copy_of_data: Path) -> None:
    text = "\ufeff" + HEADER + "SELECT ?subject { ?subject a <https://w3id.org/powkg/ontology#Country> } LIMIT 1"
    (copy_of_data / FOLDER / "odd.rq").write_text(text, encoding="utf-8")
    problems = run(load(copy_of_data), only={"odd", "query-header", "query-fails", "undeclared-term-in-query"})
    assert [problem.check for problem in problems] == ["odd"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT ?subject WHERE { ?subject ?p ?o }", "no header"),
        ("#+ title: [\nSELECT ?subject WHERE { ?subject ?p ?o }", "not YAML"),
        (HEADER.replace("#+ remedy: R\n", ""), "lacks remedy"),
        (HEADER.replace("message: M", "message: [M]"), "lacks message"),
        (HEADER.replace("severity: error", "severity: fatal"), "'fatal' and must be error, warning or info"),
        (HEADER + "#+ parameters: x\n", "has parameters beside"),
    ],
)
def test_a_check_with_a_wrong_header(copy_of_data: Path, text: str, reason: str) -> None:
    path = copy_of_data / FOLDER / "odd.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        read_check(path)
    (problem,) = run(load(copy_of_data), only={"query-header"})
    assert (problem.check, problem.file, problem.line) == ("query-header", "queries/checks/odd.rq", 1)
    assert reason in problem.message


@pytest.mark.parametrize(
    ("query", "reason", "line"),
    [
        ("SELECT ?subject WHERE { ?subject ?p }", "SPARQL syntax error", 6),
        ("SELECT ?event WHERE { ?event ?p ?o } LIMIT 1", "first column is ?subject", 1),
        ("ASK { ?subject ?p ?o }", "first column is ?subject", 1),
    ],
)
def test_a_check_that_cannot_be_run(copy_of_data: Path, query: str, reason: str, line: int) -> None:
    (copy_of_data / FOLDER / "odd.rq").write_text(HEADER + query, encoding="utf-8")
    (problem,) = run(load(copy_of_data), only={"query-fails"})
    assert (problem.check, problem.file, problem.line) == ("query-fails", "queries/checks/odd.rq", line)
    assert reason in problem.message
    assert run(load(copy_of_data), only={"odd"}) == []


def test_a_message_names_what_the_columns_hold(copy_of_data: Path) -> None:
    query = PREFIX + "SELECT ?subject ?graph ?figure ?none WHERE { GRAPH ?graph { ?subject pow:figure ?figure } }"
    header = HEADER.replace("message: M", "message: ?figure in ?graph, ?none, ?other")
    (copy_of_data / FOLDER / "odd.rq").write_text(header + query, encoding="utf-8")
    messages = {problem.subject: problem.message for problem in run(load(copy_of_data), only={"odd"})}
    assert messages["claim:p10s1-freed"] == "625000 in dawsey:p10s1, ?none, ?other"


@pytest.mark.parametrize(
    "damage",
    [
        Damage("query-header", None, "#+ title:", "#+ titel:", "#+ titel:", QUESTION, message="'titel' is none of"),
        Damage("query-header", None, "[people]", "[peple]", "[peple]", QUESTION, message="'peple' is no topic"),
        Damage("query-fails", None, "SELECT DISTINCT", "SELECT DISTINCT (", "SELECT DISTINCT (", QUESTION),
        Damage(
            "undeclared-term-in-query",
            "pow:comander",
            "pow:commander ?person",
            "pow:comander ?person",
            "pow:comander",
            QUESTION,
            message="pow:comander is not declared; did you mean pow:commander?",
        ),
        Damage(
            "undeclared-term-in-query",
            "id:tokuda-kyuchi",
            "id:tokuda-kyuichi",
            "id:tokuda-kyuchi",
            "id:tokuda-kyuchi",
            "queries/questions/person.rq",
            message="id:tokuda-kyuchi is not described; did you mean id:tokuda-kyuichi?",
        ),
    ],
    ids=lambda damage: damage.new,
)
def test_a_spoilt_question_is_found_at_its_place(copy_of_data: Path, damage: Damage) -> None:
    assert_found(copy_of_data, damage)


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        ('[["Joseph Stalin", "Marshal", "dawsey:p06s2"]]', "row 1 is 'Aleksandr Vasilevsky | "),
        ("[]", "the answer has 1 rows, expected are 0"),
    ],
)
def test_an_answer_other_than_expected(copy_of_data: Path, expect: str, message: str) -> None:
    path = copy_of_data / QUESTION
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(("#+ exp", "#+   - "))
    ]
    path.write_text("\n".join([f"#+ expect: {expect}", *lines]), encoding="utf-8")
    (problem,) = run(load(copy_of_data), only={"unexpected-answer"})
    assert (problem.file, problem.line) == (QUESTION, 1)
    assert message in problem.message


@pytest.mark.parametrize(
    ("table", "line", "message"),
    [
        ("country\nid:austria\n", 1, "the columns are country, capital, expected are country"),
        ("country,capital\nid:austria,x\n", 2, "row 1 is 'id:austria | ', expected is 'id:austria | x'"),
        ("country,capital\n", 2, "the answer has 1 rows, expected are 0"),
        ("country,capital\nid:austria,\nid:japan,\n", 3, "the answer has 1 rows, expected are 2"),
    ],
)
def test_a_table_of_another_answer(copy_of_data: Path, table: str, line: int, message: str) -> None:
    folder = copy_of_data / "queries" / "questions"
    for path in folder.glob("*.rq"):
        path.unlink()
    text = f"{PREFIX}SELECT ?country ?capital WHERE {{ ?country a pow:Country }} ORDER BY ?country LIMIT 1"
    (folder / "odd.rq").write_text(
        f"#+ title: T\n#+ tags: [people]\n#+ description: D\n#+ expect: odd.csv\n{text}", encoding="utf-8"
    )
    (folder / "odd.csv").write_text("country,capital\nid:austria,\n", encoding="utf-8")
    assert run(load(copy_of_data), only={"unexpected-answer", "query-header"}) == []
    (folder / "odd.csv").write_text(table, encoding="utf-8")
    (problem,) = run(load(copy_of_data), only={"unexpected-answer", "query-header"})
    assert (problem.file, problem.line) == ("queries/questions/odd.csv", line)
    assert problem.message.startswith(message)


def test_a_term_that_no_question_uses(copy_of_data: Path) -> None:
    damage = Damage(
        "term-without-question",
        "pow:successor",
        "pow:holder a owl:ObjectProperty",
        "pow:successor a owl:ObjectProperty .\npow:holder a owl:ObjectProperty",
        "pow:successor",
        ONTOLOGY,
    )
    assert assert_found(copy_of_data, damage).severity is Severity.WARNING
    for path in (copy_of_data / "queries" / "questions").glob("*.rq"):
        path.unlink()
    assert run(load(copy_of_data), only={damage.check}) == []


def test_questions_of_every_kind_are_compared(copy_of_data: Path) -> None:
    folder = copy_of_data / "queries" / "questions"
    for path in folder.glob("*.rq"):
        path.unlink()
    header = "#+ title: T\n#+ tags: [people]\n#+ description: D\n#+ expect: {}\n"
    body = "{ <https://w3id.org/powkg/id/japan> a <https://w3id.org/powkg/ontology#Country> }"
    ask = "PREFIX pow: <https://w3id.org/powkg/ontology#>\nASK { ?x a pow:Country }"
    construct = f"CONSTRUCT {body} WHERE {body}"
    (folder / "ask.rq").write_text(header.format("[['true']]") + ask, encoding="utf-8")
    (folder / "graph.rq").write_text(header.format("[[id:japan, rdf:type, pow:Country]]") + construct, encoding="utf-8")
    assert run(load(copy_of_data), only={"unexpected-answer", "query-fails", "query-header"}) == []
    (folder / "ask.rq").write_text(header.format("[['false']]") + ask, encoding="utf-8")
    (problem,) = run(load(copy_of_data), only={"unexpected-answer"})
    assert problem.file == "queries/questions/ask.rq"


def test_a_parameter_without_a_value_leaves_its_variable_free(copy_of_data: Path) -> None:
    header = "#+ title: T\n#+ tags: [people]\n#+ description: D\n#+ parameters:\n#+   person:\n"
    text = header + "SELECT ?person WHERE { ?person ?p ?o } LIMIT 1"
    (copy_of_data / "queries/questions/odd.rq").write_text(text, encoding="utf-8")
    assert run(load(copy_of_data), only={"query-fails", "query-header"}) == []
