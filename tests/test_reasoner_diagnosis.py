"""From statements to the conflicts in them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from powkg.dataset import Quad
from powkg.errors import ReasonerError, ReasonerTimeoutError
from powkg.namespaces import ALIGNMENTS_GRAPH, ONTOLOGY, OWL, PASSAGE, RDF, RDFS
from powkg.reasoner.diagnosis import Diagnosis, diagnose
from powkg.reasoner.hermit import Hermit, Verdict
from powkg.terms import IRI, Blank, Term

N = "https://example.org/"
GRAPH = PASSAGE + "dawsey/p01s1"


def statements(text: str, graph: str) -> list[Quad]:
    """A statement a line: three names of the example, with a prefix of OWL's, or blank."""
    triples = (map(_term, line.split()) for line in text.strip().splitlines())
    return [Quad(subject, predicate, value, graph) for subject, predicate, value in triples]


def _term(name: str) -> Term:
    prefix, colon, local = name.partition(":")
    if prefix == "_":
        return Blank(local)
    return IRI({"owl": OWL, "rdf": RDF, "rdfs": RDFS}[prefix] + local if colon else N + name)


TERMS = statements(
    """
    Person rdf:type owl:Class
    Group rdf:type owl:Class
    Place rdf:type owl:Class
    Town rdf:type owl:Class
    holder rdf:type owl:ObjectProperty
    holder rdf:type owl:FunctionalProperty
    in rdf:type owl:ObjectProperty
    Person owl:disjointWith Group
    Person owl:disjointWith Place
    Town rdfs:subClassOf Place
    """,
    ONTOLOGY,
)
FACTS = statements(
    """
    a rdf:type Person
    b rdf:type Group
    tenure holder a
    other holder b
    """,
    GRAPH,
)


def fail_after(monkeypatch: pytest.MonkeyPatch, answers: int, error: ReasonerError) -> None:
    """Let the reasoner answer so often and then fail."""
    original = Hermit.judge
    left = iter(range(answers))

    def judge(hermit: Hermit, ontologies: Sequence[str], seconds: float, *, classify: bool = False) -> list[Verdict]:
        if next(left, None) is None:
            raise error
        return original(hermit, ontologies, seconds, classify=classify)

    monkeypatch.setattr(Hermit, "judge", judge)


def graph_conflict(facts: list[Quad], terms: list[Quad] = TERMS) -> tuple[set[Quad], bool]:
    found = diagnose([*terms, *facts], Hermit.installed())
    assert (found.ontology, dict(found.classes)) == (None, {})
    assert found.graph is not None
    return {quad for axiom in found.graph.members for quad in axiom.quads}, found.graph.minimal


@pytest.mark.java
def test_statements_that_can_be_true() -> None:
    assert diagnose([*TERMS, *FACTS], Hermit.installed()) == Diagnosis(None, {}, None)
    assert diagnose([], Hermit.installed()) == Diagnosis(None, {}, None)


@pytest.mark.java
def test_a_conflict_about_one_thing() -> None:
    wrong = statements("a rdf:type Town", GRAPH)
    conflict = statements("a rdf:type Person\nTown rdfs:subClassOf Place\nPerson owl:disjointWith Place", "")
    assert {quad[:3] for quad in graph_conflict([*FACTS, *wrong])[0]} == {quad[:3] for quad in (*wrong, *conflict)}


@pytest.mark.java
def test_a_conflict_that_takes_several_things() -> None:
    """A person and a group are one, since an office is held by both and has one holder."""
    wrong = statements("tenure holder b", GRAPH)
    needed = statements(
        """
        tenure holder a
        a rdf:type Person
        b rdf:type Group
        holder rdf:type owl:FunctionalProperty
        Person owl:disjointWith Group
        """,
        "",
    )
    found, minimal = graph_conflict([*FACTS, *wrong])
    assert {quad[:3] for quad in found} == {quad[:3] for quad in (*wrong, *needed)}
    assert minimal


@pytest.mark.java
def test_a_conflict_with_axioms_of_another_form() -> None:
    """Everything that a town lies in is a place, by a description without a name."""
    rule = statements(
        """
        Town rdfs:subClassOf _:x
        _:x rdf:type owl:Restriction
        _:x owl:onProperty in
        _:x owl:allValuesFrom Place
        """,
        ONTOLOGY,
    )
    wrong = statements("t rdf:type Town\nt in a", GRAPH)
    found, minimal = graph_conflict([*FACTS, *wrong], [*TERMS, *rule])
    assert {*wrong, *rule} < found
    assert minimal


@pytest.mark.java
def test_a_conflict_with_axioms_that_seem_to_have_nothing_to_do_with_it() -> None:
    """What is no town is a person; a group is neither."""
    rule = statements(
        """
        _:x rdfs:subClassOf Person
        _:x owl:complementOf Town
        _:x rdf:type owl:Class
        Group owl:disjointWith Place
        """,
        ONTOLOGY,
    )
    wrong = statements("q rdf:type Group", GRAPH)
    axioms = statements("Town rdfs:subClassOf Place\nPerson owl:disjointWith Group", ONTOLOGY)
    found = diagnose([*TERMS, *rule, *wrong], Hermit.installed())
    assert found.graph is not None
    for conflict, needed in (
        (found.classes[N + "Group"], {*rule, *axioms}),
        (found.graph, {*rule, *axioms, *wrong}),
    ):
        assert {quad for axiom in conflict.members for quad in axiom.quads} == needed
        assert conflict.minimal


@pytest.mark.java
def test_a_conflict_that_only_the_alignments_show() -> None:
    above = statements(
        "Person rdfs:subClassOf Actor\nPlace rdfs:subClassOf Space\nActor owl:disjointWith Space", ALIGNMENTS_GRAPH
    )
    terms = [quad for quad in TERMS if quad.value != IRI(N + "Place") or "disjoint" not in str(quad.predicate)]
    wrong = statements("a rdf:type Town", GRAPH)
    found, minimal = graph_conflict([*FACTS, *wrong], [*terms, *above])
    assert {*above, *wrong} < found
    assert minimal
    assert not {*above} & graph_conflict([*FACTS, *wrong], [*TERMS, *above])[0]  # not needed beside the ontology's own


@pytest.mark.java
def test_an_ontology_that_contradicts_itself_is_told_apart() -> None:
    wrong = statements("w rdf:type Person\nw rdf:type Group", ONTOLOGY)
    found = diagnose([*TERMS, *wrong, *FACTS], Hermit.installed())
    assert found.ontology is not None
    assert {quad for axiom in found.ontology.members for quad in axiom.quads} == {
        *wrong,
        *statements("Person owl:disjointWith Group", ONTOLOGY),
    }
    assert found.graph is None


@pytest.mark.java
def test_an_ontology_without_things_that_contradicts_itself() -> None:
    wrong = statements("owl:Thing rdfs:subClassOf owl:Nothing", ONTOLOGY)
    found = diagnose([*TERMS, *wrong], Hermit.installed())
    assert found.ontology is not None
    assert [axiom.quads for axiom in found.ontology.members] == [tuple(wrong)]


@pytest.mark.java
def test_the_highest_of_the_classes_that_nothing_can_be_an_instance_of() -> None:
    below = statements("Village rdfs:subClassOf Town\nVillage rdf:type owl:Class", ONTOLOGY)
    wrong = statements("Town rdfs:subClassOf Person", ONTOLOGY)
    found = diagnose([*TERMS, *below, *wrong], Hermit.installed())
    assert set(found.classes) == {N + "Town"}
    conflict = found.classes[N + "Town"]
    assert {*wrong} < {quad for axiom in conflict.members for quad in axiom.quads}
    assert (len(conflict.members), conflict.minimal, found.graph) == (3, True, None)
    circle = statements("Town rdfs:subClassOf Village", ONTOLOGY)
    found = diagnose([*TERMS, *below, *wrong, *circle], Hermit.installed())
    assert set(found.classes) == {N + "Town", N + "Village"}


@pytest.mark.java
@pytest.mark.parametrize("answers", [1, 2, 3])
@pytest.mark.parametrize("error", [ReasonerTimeoutError("too long"), ReasonerError("failed")], ids=["time", "failure"])
def test_a_search_that_is_cut_short_gives_what_it_has(
    monkeypatch: pytest.MonkeyPatch, answers: int, error: ReasonerError
) -> None:
    wrong = statements("a rdf:type Town", GRAPH)
    fail_after(monkeypatch, answers, error)
    found, minimal = graph_conflict([*FACTS, *wrong])
    assert not minimal
    assert {*wrong} < found
    assert statements("Town rdfs:subClassOf Place", ONTOLOGY)[0] in found


@pytest.mark.java
def test_no_time_at_all_is_left_for_the_conflict() -> None:
    wrong = statements("a rdf:type Town", GRAPH)
    with pytest.raises(ReasonerTimeoutError):
        diagnose([*TERMS, *FACTS, *wrong], Hermit.installed(), seconds=0.01)


@pytest.mark.java
def test_without_a_verdict_the_reason_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    fail_after(monkeypatch, 0, ReasonerError("failed"))
    with pytest.raises(ReasonerError, match="failed"):
        diagnose(TERMS, Hermit.installed())
