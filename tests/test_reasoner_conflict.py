"""Minimal conflicts, with oracles that are plain functions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.reasoner.conflict import PARTS, Conflict, Oracle, OutOfTimeError, first_in_conflict, minimal_conflict


class Asked:
    """An oracle by which a set that holds all numbers of one of `conflicts` cannot be true; it counts the questions."""

    def __init__(self, *conflicts: set[int], answers: int = 1_000_000) -> None:
        self.conflicts = conflicts
        self.questions = 0
        self.answers = answers

    def __call__(self, series: Sequence[Sequence[int]]) -> int | None:
        if self.questions == self.answers:
            raise OutOfTimeError
        self.questions += 1
        return next((number for number, one in enumerate(series) if self.clashes(one)), None)

    def clashes(self, numbers: Sequence[int]) -> bool:
        return any(conflict <= set(numbers) for conflict in self.conflicts)


@given(st.lists(st.sets(st.integers(0, 199), min_size=1, max_size=6), min_size=1, max_size=4))
def test_the_conflict_found_is_minimal(conflicts: list[set[int]]) -> None:
    oracle = Asked(*conflicts)
    found = minimal_conflict(range(200), oracle)
    assert found is not None
    assert found.minimal
    assert oracle.clashes(found.members)
    assert not any(oracle.clashes(fewer) for fewer in combinations(found.members, len(found.members) - 1))
    assert list(found.members) == sorted(found.members)


@pytest.mark.parametrize("size", [1, 2, PARTS - 1, PARTS, PARTS + 1, PARTS * PARTS + 1])
def test_a_conflict_of_all_and_of_the_first_and_the_last(size: int) -> None:
    numbers = range(size)
    for conflict in ({*numbers[:100]}, {0}, {size - 1}, {0, size - 1}):
        assert minimal_conflict(numbers, Asked(conflict)) == Conflict(tuple(sorted(conflict)), minimal=True)


def test_the_earliest_candidates_are_preferred() -> None:
    assert minimal_conflict(range(100), Asked({3, 90}, {40, 41, 42})) == Conflict((40, 41, 42), minimal=True)
    assert minimal_conflict([90, 3, *range(40, 50)], Asked({3, 90}, {40, 41, 42})) == Conflict((90, 3), minimal=True)


def test_nothing_where_all_can_be_true() -> None:
    assert minimal_conflict(range(100), Asked({100})) is None
    assert minimal_conflict((), Asked({1})) is None


def test_nothing_is_needed_beside_a_background_that_cannot_be_true() -> None:
    assert minimal_conflict(range(100), Asked(set())) == Conflict((), minimal=True)


def test_few_questions_are_asked() -> None:
    oracle = Asked({17, 4_000, 8_765})
    assert minimal_conflict(range(9_000), oracle) == Conflict((17, 4_000, 8_765), minimal=True)
    # For each member three to find it, since 48 * 48 * 48 > 9,000, and two whether its parts have another.
    assert PARTS == 48
    assert oracle.questions <= 3 * (3 + 2)


@pytest.mark.parametrize("answers", range(10))
def test_without_time_a_larger_conflict_is_given_and_said_not_to_be_minimal(answers: int) -> None:
    oracle = Asked({17, 4_000, 8_765}, answers=answers)
    found = minimal_conflict(range(9_000), oracle)
    assert found is not None
    assert oracle.clashes(found.members)
    assert found.minimal == (set(found.members) == {17, 4_000, 8_765})
    smaller = minimal_conflict(range(9_000), Asked({17, 4_000, 8_765}, answers=answers + 1))
    assert smaller is not None
    assert len(smaller.members) <= len(found.members)


GROUPS = [[number, number + 1] for number in range(5_000)]


def test_the_group_that_cannot_be_true_is_found() -> None:
    oracle = Asked({4_321, 4_322}, {4_999, 5_000})
    assert first_in_conflict(GROUPS, oracle) == [4_321, 4_322]
    assert oracle.questions <= 3
    assert first_in_conflict([[1, 2]], Asked({2})) == [1, 2]


def test_no_group_where_only_several_together_cannot_be_true() -> None:
    assert first_in_conflict(GROUPS, Asked({6_000})) is None
    assert first_in_conflict([], Asked({1})) is None
    assert first_in_conflict([[1, 2], [3, 4]], Asked({1, 4})) is None
    members = first_in_conflict(GROUPS, Asked({1, 90}))
    assert members is not None
    assert {1, 90} <= set(members)


def test_groups_that_clash_with_each_other_hide_none_that_clashes_by_itself() -> None:
    oracle = Asked({1, 90}, {4_321, 4_322})
    assert first_in_conflict(GROUPS, oracle) == [4_321, 4_322]
    assert oracle.questions <= 5


def test_several_groups_where_there_is_no_time() -> None:
    assert first_in_conflict(GROUPS, Asked({1, 2}, answers=0)) is None
    members = first_in_conflict(GROUPS, Asked({1, 2}, answers=1))
    assert members is not None
    assert {1, 2} < set(members) < set(range(200))


def test_an_oracle_may_be_any_function() -> None:
    def odd(series: Sequence[Sequence[str]]) -> int | None:
        return next((number for number, one in enumerate(series) if "b" in one), None)

    oracle: Oracle[str] = odd
    assert minimal_conflict(["a", "b", "c"], oracle) == Conflict(("b",), minimal=True)
