"""Whether the questions and checks guard the data: they notice nearly every fact that is dropped, changed or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mutants import KINDS, Mutant, Nursery, Trial, sample, survivors_by_kind
from powkg.dataset import Dataset, Quad, read
from powkg.inputs import find_inputs
from powkg.namespaces import ID, PASSAGE, POW, RDF, RDFS, SOURCE, XSD
from powkg.terms import IRI, Literal

LEAST = 0.9
"""The part of the mutants of each kind that must be noticed."""

FIRST, SECOND = PASSAGE + "dawsey/p01s1", PASSAGE + "dawsey/p02s1"
A_WAR = Quad(IRI(ID + "cold-war"), IRI(RDF + "type"), IRI(POW + "War"), FIRST)


@pytest.fixture(scope="module")
def nursery(real_dataset: Dataset) -> Nursery:
    return Nursery(real_dataset)


@pytest.fixture(scope="module")
def mutants(nursery: Nursery) -> list[Mutant]:
    return nursery.mutants()


@pytest.fixture(scope="module")
def trial(real_dataset: Dataset) -> Trial:
    return Trial(real_dataset)


def noticed(killers: Mapping[Mutant, str]) -> dict[str, float]:
    """The part of the mutants of each kind that something notices."""
    made, killed = (Counter(m.kind for m, killer in killers.items() if killer or not known) for known in (False, True))
    return {kind: killed[kind] / made[kind] for kind in KINDS}


def test_a_sample_of_the_mutants_is_noticed(trial: Trial, mutants: list[Mutant]) -> None:
    killers = {mutant: trial.killer(mutant) for mutant in sample(mutants, 4)}
    survivors = "\n".join(str(mutant) for mutant, killer in killers.items() if not killer)
    assert {kind for kind, part in noticed(killers).items() if part < LEAST} == set(), survivors


def test_what_is_noticed_is_so_with_everything_derived_anew(trial: Trial, mutants: list[Mutant]) -> None:
    some = [mutant for mutant in sample(mutants, 1)[::5] if trial.killer(mutant)]
    assert [mutant for mutant in some if not (trial.confirmed(mutant) or trial.slow_killer(mutant))] == []


@pytest.mark.long
def test_every_mutant(trial: Trial, mutants: list[Mutant], capsys: pytest.CaptureFixture[str]) -> None:
    killers = {mutant: trial.killer(mutant) for mutant in mutants}
    with capsys.disabled():
        print(f"\n{survivors_by_kind(killers)}\n", Counter(killers.values()).most_common())  # noqa: T201
        for mutant in (mutant for mutant, killer in killers.items() if not killer):
            print(mutant)  # noqa: T201
    assert {kind for kind, part in noticed(killers).items() if part < LEAST} == set()


@pytest.mark.long
def test_a_larger_sample_with_everything_derived_anew(trial: Trial, mutants: list[Mutant]) -> None:
    killed = [mutant for mutant in sample(mutants, 4) if trial.killer(mutant)]
    assert [mutant for mutant in killed if not (trial.confirmed(mutant) or trial.slow_killer(mutant))] == []


def test_a_mutant_is_another_set_of_facts(nursery: Nursery, mutants: list[Mutant]) -> None:
    assert all(mutant.becomes not in nursery.facts for mutant in mutants)
    assert {mutant.fact for mutant in mutants} == nursery.facts
    assert len(mutants) == len(set(mutants))
    again = nursery.of(mutants[0].fact)
    assert list(again) == [mutant for mutant in mutants if mutant.fact == mutants[0].fact]


def test_a_mutant_has_one_difference(mutants: list[Mutant]) -> None:
    for mutant in mutants:
        same = tuple(a == b for a, b in zip(mutant.fact, mutant.becomes, strict=True)) if mutant.becomes else None
        expected = {"drop": None, "change": (True, True, False, True), "move": (True, True, True, False)}
        assert same == expected[mutant.kind]


def test_a_fact_that_the_next_sentence_states_is_moved_to_another(make_data: Callable[..., Path]) -> None:
    nursery = Nursery(read(find_inputs(make_data())))
    assert [mutant.kind for mutant in nursery.of(A_WAR)] == ["drop", "change"]
    stalin = A_WAR._replace(subject=IRI(ID + "joseph-stalin"), value=IRI(POW + "Person"))
    assert [mutant.becomes for mutant in nursery.of(stalin) if mutant.kind == "move"] == [stalin._replace(graph=SECOND)]


@pytest.mark.parametrize(
    ("predicate", "value", "expected"),
    [
        (POW + "figure", Literal("95000", None, XSD + "integer"), {"95001"}),
        (POW + "ratio", Literal("0.5", None, XSD + "decimal"), {"0.6"}),
        (RDFS + "label", Literal("Aab", "en"), {"aAb", "Aba"}),
        (RDFS + "label", Literal("アア", "ja"), {"アアア"}),
        (POW + "certainty", IRI("https://w3id.org/powkg/term/stated"), {"probable", "possible", "conditional"}),
    ],
)
def test_a_value_becomes_another_of_its_kind(
    nursery: Nursery, predicate: str, value: IRI | Literal, expected: set[str]
) -> None:
    fact = Quad(IRI(ID + "x"), IRI(predicate), value, SOURCE + "editorial")
    values = {str(quad.value).removeprefix("https://w3id.org/powkg/term/") for quad in nursery._changed(fact)}
    assert expected <= values
    assert isinstance(value, IRI) or values == expected


def test_things_become_things_of_the_same_class(nursery: Nursery, mutants: list[Mutant]) -> None:
    types, classes_of = nursery.material.types, nursery.material.ontology.classes_of
    changed = [
        (m.fact, m.becomes) for m in mutants if m.kind == "change" and m.becomes and isinstance(m.fact.value, IRI)
    ]
    described = [(types[str(a.value)], types[str(b.value)]) for a, b in changed if str(a.value) in types]
    assert len(described) > 500
    assert all(classes_of(old) & classes_of(new) for old, new in described)


def test_the_store_is_as_before_after_a_trial(trial: Trial, mutants: list[Mutant]) -> None:
    before = set(trial.engine)
    for mutant in sample(mutants, 1)[::4]:
        trial._alter(mutant.fact, mutant.becomes)
        assert set(trial.engine) != before
        trial._alter(mutant.becomes, mutant.fact)
        assert set(trial.engine) == before
