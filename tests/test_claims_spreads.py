"""Questions, their claims, and how far these lie apart."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from census import HIERARCHY, claim, claims, dated, printed
from powkg.claims.quantities import PERSONS, QuantityClaim
from powkg.claims.relations import Kind, Reason, relate, same_time
from powkg.claims.spreads import spreads
from powkg.namespaces import DATE, ID, TERM

NAMES = printed("names", 46000, names=True)
ESTIMATE = claim("estimate", 95000, 105000, figure=100000)
MORE = claim("more", 92001)
UNKNOWN = claim("unknown")


def test_a_spread_gives_the_ends_and_who_stands_there_and_picks_none() -> None:
    (spread,) = spreads([ESTIMATE, UNKNOWN, MORE, NAMES], HIERARCHY)
    assert (spread.cohort, spread.unit, spread.moments) == (ID + "dead", PERSONS, ())
    assert spread.claims == (NAMES, MORE, ESTIMATE, UNKNOWN)
    assert (spread.least, spread.most, spread.is_open) == (46000, 105000, True)
    assert (spread.lowest, spread.highest) == ((NAMES,), (ESTIMATE,))
    assert spread.fold == Fraction(100000, 46000)
    assert [(side.least, side.most, side.claims) for side in spread.sides] == [
        (46000, 46000, (NAMES,)),
        (92001, None, (MORE, ESTIMATE)),
    ]
    assert not spread.is_disputed
    assert len(spread.relations) == 6


def test_two_claims_that_cannot_both_hold_make_it_disputed() -> None:
    (spread,) = spreads([ESTIMATE, printed("other", 40000)], HIERARCHY)
    assert spread.is_disputed
    assert spread.fold == Fraction(5, 2)
    assert not spread.is_open


def test_a_list_of_names_leaves_a_spread_open_above() -> None:
    (spread,) = spreads([NAMES], HIERARCHY)
    assert (spread.most, spread.is_open) == (46000, True)


def test_claims_without_ranges_have_no_spread() -> None:
    (spread,) = spreads([UNKNOWN, claim("other")], HIERARCHY)
    assert (spread.least, spread.most, spread.fold, spread.sides, spread.lowest, spread.highest) == (
        *(None, None, None),
        *((), (), ()),
    )
    assert {relation.reason for relation in spread.relations} == {Reason.NO_RANGE}


def test_each_time_is_a_question_and_an_undated_claim_stands_in_each() -> None:
    spring, march, earlier = (
        printed(name, 5, moments=dated(date)) for name, date in [("s", "1949-21"), ("m", "1949-03"), ("e", "1947")]
    )
    undated = printed("u", 9)
    found = spreads([spring, march, earlier, undated], HIERARCHY)
    assert [set(spread.claims) for spread in found] == [{earlier, undated}, {spring, march, undated}]
    assert [spread.moments for spread in found] == [(DATE + "1947",), (DATE + "1949-03", DATE + "1949-21")]


def test_a_time_that_meets_two_that_do_not_meet_is_in_two_questions() -> None:
    year, spring, autumn = (
        printed(name, 5, moments=dated(date)) for name, date in [("y", "1949"), ("s", "1949-21"), ("a", "1949-23")]
    )
    assert [set(spread.claims) for spread in spreads([year, spring, autumn], HIERARCHY)] == [
        {year, spring},
        {year, autumn},
    ]


def test_cohorts_and_units_are_asked_for_apart() -> None:
    found = spreads(
        [
            printed("a", 1),
            printed("b", 1, cohort="people"),
            printed("c", 1, unit=TERM + "remains"),
            printed("d", 1, unit=TERM + "rations"),
        ],
        HIERARCHY,
    )
    assert [
        (spread.cohort.removeprefix(ID), spread.unit.removeprefix(TERM), len(spread.claims)) for spread in found
    ] == [
        ("dead", "persons", 2),
        ("dead", "rations", 1),
        ("people", "persons", 1),
    ]


@given(st.lists(claims(), max_size=7, unique_by=lambda one: one.iri))
def test_every_claim_is_asked_for_and_every_pair_of_one_time_once(made: list[QuantityClaim]) -> None:
    found = spreads(made, HIERARCHY)
    assert {one for spread in found for one in spread.claims} == set(made)
    pairs = [frozenset(pair) for spread in found for pair in combinations(spread.claims, 2)]
    for one, other in combinations(made, 2):
        together = one.cohort == other.cohort and one.counted == other.counted and same_time(one, other) is None
        assert (frozenset((one, other)) in pairs) == together
    groups = [frozenset(spread.claims) for spread in found]
    assert [group for group in groups if any(group < other for other in groups)] == []
    assert len(groups) == len(set(groups))


@given(st.lists(claims(), min_size=2, max_size=6, unique_by=lambda one: one.iri))
def test_disputed_is_what_holds_a_disjoint_pair(made: list[QuantityClaim]) -> None:
    for spread in spreads(made, HIERARCHY):
        kinds = {relate(one, other, HIERARCHY).kind for one, other in combinations(spread.claims, 2)}
        assert spread.is_disputed == (Kind.DISJOINT in kinds)
        sides = [one for side in spread.sides for one in side.claims]
        assert sides == [one for one in spread.claims if one.has_range]
        assert len({side.least for side in spread.sides}) == len(spread.sides)
