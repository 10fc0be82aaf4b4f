"""Contradictions sown in copies of the real data, each with the mechanism that finds it, and what HermiT says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from damage import ARTICLE, ONTOLOGY, PASSAGES, TERMS, Damage, load
from powkg.checks import describe, problems, run
from powkg.dataset import Dataset, Quad
from powkg.errors import Severity
from powkg.namespaces import RDF, curie, expand
from powkg.reasoner.diagnosis import Diagnosis, diagnose
from powkg.reasoner.hermit import Hermit
from powkg.reasoner.projection import Axiom, Projection, project
from powkg.terms import IRI

OPERATION = "id:manchurian-strategic-offensive-operation"
SIGNED = 'id:soviet-union a pow:Polity ; skos:altLabel "USSR"@en ; pow:notSignatoryOf id:geneva-convention-1929'
COMPILED = "graph/authority/compiled.trig"
OF_THE_REASONER = ("inconsistent-ontology", "unsatisfiable-class", "inconsistent-graph")


@dataclass(frozen=True)
class Contradiction:
    """`old` becomes `new` in a file, and `check` finds it; `sown` is the statement that HermiT names where it does."""

    what: str
    check: str
    old: str
    new: str
    file: str = ARTICLE
    sown: str = ""

    def sow(self, root: Path) -> Dataset:
        Damage(self.check, None, self.old, self.new, "", self.file).do(root)
        return load(root)


SEEN = [
    Contradiction(
        "a place that commanded",
        "inconsistent-graph",
        "pow:commander id:aleksandr-vasilevsky",
        "pow:commander id:harbin , id:aleksandr-vasilevsky",
        sown=f"{OPERATION} pow:commander id:harbin",
    ),
    Contradiction(
        "a class below two that never mix",
        "unsatisfiable-class",
        "pow:Camp a owl:Class ;",
        "pow:Camp a owl:Class ; rdfs:subClassOf pow:Polity ;",
        ONTOLOGY,
        "pow:Camp rdfs:subClassOf pow:Polity",
    ),
    Contradiction(
        "a word of a small list that is an event",
        "inconsistent-ontology",
        "term:revenge a skos:Concept",
        "term:revenge a skos:Concept , pow:Event",
        TERMS,
        "term:revenge a pow:Event",
    ),
    Contradiction(
        "a claim that is a person",
        "inconsistent-graph",
        "claim:p10s7-dead a pow:QuantityClaim",
        "claim:p10s7-dead a pow:Person , pow:QuantityClaim",
        sown="claim:p10s7-dead a pow:Person",
    ),
    Contradiction(
        "a state that has and has not signed a treaty",
        "inconsistent-graph",
        SIGNED,
        f"{SIGNED} ; pow:signatoryOf id:geneva-convention-1929",
        sown="id:soviet-union pow:signatoryOf id:geneva-convention-1929",
    ),
    Contradiction(
        "a state that is a cohort",
        "inconsistent-graph",
        'id:soviet-union a pow:Polity ; skos:altLabel "USSR"@en',
        'id:soviet-union a pow:Polity , pow:Cohort ; skos:altLabel "USSR"@en',
        sown="id:soviet-union a pow:Cohort",
    ),
    Contradiction(
        "a passage that is a place",
        "inconsistent-graph",
        "dawsey:p06s2 a pow:Passage ;",
        "dawsey:p06s2 a pow:Passage , pow:Place ;",
        PASSAGES,
        "dawsey:p06s2 a pow:Place",
    ),
    Contradiction(
        "an office held by an army",
        "inconsistent-graph",
        "pow:holder id:hideki-tojo",
        "pow:holder id:kwantung-army",
        sown="id:tojo-prime-minister pow:holder id:kwantung-army",
    ),
    Contradiction(
        "an event after its own end",
        "inconsistent-graph",
        "pow:partOf id:border-confrontation-with-japan",
        "pow:afterEndOf id:nomonhan-incident ; pow:partOf id:border-confrontation-with-japan",
        sown="id:nomonhan-incident pow:afterEndOf id:nomonhan-incident",
    ),
    Contradiction(
        "a figure that is a text",
        "inconsistent-graph",
        "pow:figure 625000",
        'pow:figure "625000"',
        sown='claim:p10s1-freed pow:figure "625000"',
    ),
    Contradiction(
        "a claim with two figures",
        "inconsistent-graph",
        "pow:figure 625000",
        "pow:figure 625000 , 620000",
        sown='claim:p10s1-freed pow:figure "620000"',
    ),
    Contradiction(
        "a promise kept and not kept by one event",
        "inconsistent-graph",
        "pow:fulfils id:yalta-promise",
        "pow:fulfils id:yalta-promise ; pow:fellShortOf id:yalta-promise",
        sown="id:soviet-declaration-of-war-on-japan pow:fellShortOf id:yalta-promise",
    ),
]
UNSEEN = [
    Contradiction(
        "a cause that begins after its effect",
        "cause-after-effect",
        "id:surrender-of-kwantung-army a pow:Surrender ;",
        "id:surrender-of-kwantung-army a pow:Surrender ; pow:when date:1945-07 ;",
    ),
    Contradiction(
        "a person born after death",
        "backward-span",
        "pow:birthDate date:1901-04-29",
        "pow:birthDate date:1991-04-29",
        COMPILED,
    ),
    Contradiction("an office held after death", "tenure-outside-life", "pow:heldAt date:1946", "pow:heldAt date:1976"),
    Contradiction(
        "two dates without a common day",
        "dates-apart",
        "a pow:Publication ; pow:when date:1991",
        "a pow:Publication ; pow:when date:1996",
    ),
    Contradiction(
        "a cohort that is part of itself",
        "cohort-part-of-itself",
        "pow:partOfCohort id:unrecovered-japanese-war-dead",
        "pow:partOfCohort id:recoverable-japanese-war-dead",
    ),
    Contradiction(
        "two events after each other",
        "event-after-itself",
        "id:soviet-announcement-1949 a pow:Announcement ;",
        "id:soviet-announcement-1949 a pow:Announcement ; pow:after id:confusion-in-japan-1949 ;",
    ),
    Contradiction(
        "a place within itself",
        "place-within-itself",
        "id:maizuru a pow:Settlement ; pow:within id:japan",
        "id:maizuru a pow:Settlement ; pow:within id:maizuru",
    ),
    Contradiction(
        "a number that is at least more than at most",
        "bounds-reversed",
        "pow:atLeast 95000 ; pow:atMost 105000",
        "pow:atLeast 95000 ; pow:atMost 90000",
    ),
    Contradiction(
        "a place on no map",
        "coordinates-out-of-range",
        "POINT(126.633333 45.75)",
        "POINT(226.633333 45.75)",
        "graph/authority/data-files.trig",
    ),
]


@pytest.fixture(scope="session")
def hermit() -> Hermit:
    return Hermit.installed()


def written(axiom: Axiom) -> str:
    """A statement as `Contradiction.sown` has it."""
    subject, predicate, value, _ = axiom.quads[0]
    name = curie(str(predicate)) if str(predicate) != RDF + "type" else "a"
    shown = curie(value.value) if isinstance(value, IRI) else f'"{value}"'
    return f"{curie(str(subject))} {name} {shown}"


def conflict_of(diagnosis: Diagnosis, contradiction: Contradiction) -> tuple[Axiom, ...]:
    """The conflict that the check of a contradiction reports, which must be said to be minimal."""
    found = {
        "inconsistent-ontology": diagnosis.ontology,
        "unsatisfiable-class": diagnosis.classes.get(expand(contradiction.sown.split()[0]) or ""),
        "inconsistent-graph": diagnosis.graph,
    }[contradiction.check]
    assert found is not None
    assert found.minimal
    return found.members


def with_one_less(axioms: tuple[Axiom, ...]) -> Iterator[tuple[Axiom, ...]]:
    for number in range(len(axioms)):
        yield (*axioms[:number], *axioms[number + 1 :])


@pytest.mark.java
@pytest.mark.parametrize("sown", SEEN, ids=lambda sown: sown.what)
def test_hermit_finds_a_minimal_conflict_with_the_statement_that_was_sown(
    copy_of_data: Path, hermit: Hermit, sown: Contradiction
) -> None:
    statements = list(sown.sow(copy_of_data).statements())
    projection = project(statements)
    members = conflict_of(diagnose(statements, hermit), sown)
    assert sown.sown in map(written, members)
    given = []
    if sown.check == "unsatisfiable-class":
        name = expand(sown.sown.split()[0]) or ""
        given = [Axiom.of((Quad(IRI("urn:x"), IRI(RDF + "type"), IRI(name), ""),))]
    fewer = [projection.document([*given, *some]) for some in with_one_less(members)]
    verdicts = hermit.judge([*fewer, projection.document([*given, *members])], 60)
    assert [verdict.consistent for verdict in verdicts] == [True] * len(members) + [False]


@pytest.mark.java
def test_hermit_sees_nothing_of_what_is_left_to_other_checks(copy_of_data: Path, hermit: Hermit) -> None:
    documents = []
    for sown in UNSEEN:
        file = copy_of_data / sown.file
        sound = file.read_bytes()
        documents.append(everything(project(sown.sow(copy_of_data).statements())))
        file.write_bytes(sound)
    assert [verdict.consistent for verdict in hermit.judge(documents, 60)] == [True] * len(UNSEEN)


@pytest.mark.parametrize("sown", UNSEEN, ids=lambda sown: sown.what)
def test_what_hermit_does_not_see_another_check_finds(copy_of_data: Path, sown: Contradiction) -> None:
    assert {problem.check for problem in run(sown.sow(copy_of_data), only={sown.check})} == {sown.check}


def everything(projection: Projection) -> str:
    return projection.document((*projection.ontology, *projection.facts))


@pytest.mark.java
def test_the_real_data_can_be_true(real_dataset: Dataset, hermit: Hermit) -> None:
    assert diagnose(real_dataset.statements(), hermit) == Diagnosis(None, {}, None)


@pytest.mark.java
def test_a_conflict_is_reported_with_its_statements_and_their_places(copy_of_data: Path) -> None:
    sown = SEEN[0]
    (problem,) = run(sown.sow(copy_of_data), only=OF_THE_REASONER)
    lines = (copy_of_data / ARTICLE).read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "pow:commander id:harbin" in text)
    assert (problem.check, problem.file, problem.line, problem.subject) == (sown.check, ARTICLE, line, OPERATION)
    assert f"{sown.sown} ({ARTICLE}:{line}); " in problem.message
    assert "id:harbin a pow:Settlement (" in problem.message, "what a thing is comes before what is said of it"
    assert "owl:AllDisjointClasses of pow:Agent , pow:Place (ontology/powkg.ttl)" in problem.message
    assert problem.severity is Severity.ERROR
    assert "correct one of these statements" in problem.remedy


@pytest.mark.java
def test_a_class_is_reported_and_the_classes_below_it_are_not(copy_of_data: Path) -> None:
    sown = Contradiction(
        "", "", "pow:Mistreatment a owl:Class ;", "pow:Mistreatment a owl:Class ; rdfs:subClassOf pow:Place ;", ONTOLOGY
    )
    problems = run(sown.sow(copy_of_data), only={"unsatisfiable-class"})
    assert [problem.subject for problem in problems] == ["pow:Mistreatment"]
    assert "pow:Mistreatment rdfs:subClassOf pow:Place (ontology/powkg.ttl:" in problems[0].message


@pytest.mark.java
def test_an_ontology_that_is_no_owl_dl_is_reported(copy_of_data: Path) -> None:
    sown = Contradiction(
        "",
        "",
        "pow:after a owl:ObjectProperty ,",
        "pow:after a owl:ObjectProperty , owl:IrreflexiveProperty ,",
        ONTOLOGY,
    )
    (problem,) = run(sown.sow(copy_of_data), only={*OF_THE_REASONER, "refused-axioms", "reasoner-not-run"})
    assert (problem.check, problem.file, problem.severity) == ("refused-axioms", ONTOLOGY, Severity.ERROR)
    assert "ontology#after" in problem.message


def test_without_java_one_warning_says_what_to_install_and_all_else_is_checked(
    copy_of_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    SEEN[4].sow(copy_of_data)
    UNSEEN[2].sow(copy_of_data)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    found = [problem for problem in problems(copy_of_data) if problem.severity is not Severity.INFO]
    (warning,) = [problem for problem in found if problem.severity is Severity.WARNING]
    assert (warning.check, warning.file) == ("reasoner-not-run", None)
    assert "apt install default-jre-headless" in warning.message
    assert "docs/reasoning.md" in warning.remedy
    assert "tenure-outside-life" in {problem.check for problem in found}
    assert not {problem.check for problem in found} & {*OF_THE_REASONER, "refused-axioms"}


def test_the_page_lists_every_contradiction_with_what_finds_it(real_dataset: Dataset) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "reasoning.md").read_text(encoding="utf-8")
    languages = {description.name: description.language for description in describe(real_dataset)}
    rows = [
        f"| {one.what} | {'HermiT' if one.check in OF_THE_REASONER else languages[one.check]} | `{one.check}` |"
        for one in (*SEEN, *UNSEEN)
    ]
    assert len(SEEN) >= 10
    assert [row for row in page.splitlines() if row in rows] == rows
