"""How two claims stand to each other: the cases one by one, and what holds of any two."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from census import HIERARCHY, claim, claims, dated, printed
from powkg.claims.quantities import Moment, QuantityClaim
from powkg.claims.relations import Hierarchy, Kind, Reason, relate, same_time
from powkg.namespaces import ID, TERM

NAMES = printed("names", 46000, names=True)
ESTIMATE = claim("estimate", 95000, 105000, figure=100000)
SPRING = dated("1949-21")
DECLARED = printed("declared", 95000, cohort="captives", moments=SPRING)
RECORDS = claim("records", 285000, 315000, figure=300000, cohort="captives", moments=SPRING)


def test_a_list_of_names_is_compatible_with_a_higher_estimate_and_far_from_it() -> None:
    relation = relate(ESTIMATE, NAMES, HIERARCHY)
    assert (relation.kind, relation.reason) == (Kind.COMPATIBLE, None)
    assert (relation.lower, relation.higher) == (NAMES, ESTIMATE)
    assert relation.fold == Fraction(100000, 46000)
    assert round(float(relation.fold), 2) == 2.17


def test_a_declaration_and_the_records_of_one_spring_are_a_conflict() -> None:
    relation = relate(DECLARED, RECORDS, HIERARCHY)
    assert relation.kind is Kind.DISJOINT
    assert (relation.lower, relation.higher, relation.fold) == (DECLARED, RECORDS, Fraction(60, 19))


@pytest.mark.parametrize(
    ("one", "other", "kind", "lower", "fold"),
    [
        (printed("a", 5), printed("b", 5), Kind.EQUAL, None, Fraction(1)),
        (claim("a", 3, 7), claim("b", 3, 7), Kind.EQUAL, None, Fraction(1)),
        (printed("a", 5, names=True), printed("b", 5, names=True), Kind.EQUAL, None, Fraction(1)),
        (claim("a", 5), claim("b", 5), Kind.EQUAL, None, Fraction(1)),
        (printed("a", 5, names=True), printed("b", 5), Kind.COMPATIBLE, "a", Fraction(1)),
        (printed("a", 4, names=True), printed("b", 5, names=True), Kind.COMPATIBLE, "a", Fraction(5, 4)),
        (claim("a", 4), claim("b", 6, 9), Kind.COMPATIBLE, "a", Fraction(3, 2)),
        (claim("a", 38, 42, names=True), claim("b", 60, 347), Kind.COMPATIBLE, "a", Fraction(60, 42)),
        (claim("a", 38, 42, names=True), claim("b", 40, 50), Kind.COMPATIBLE, "a", None),
        (claim("a", 4), claim("b", 2, 9), Kind.OVERLAPPING, None, None),
        (claim("a", None, 9), claim("b", 2, 20), Kind.OVERLAPPING, None, None),
        (claim("a", 95, 105, figure=100), printed("b", 100), Kind.OVERLAPPING, None, Fraction(1)),
        (claim("a", 95, 105, figure=100), printed("b", 102), Kind.OVERLAPPING, "a", Fraction(51, 50)),
        (printed("a", 50, names=True), printed("b", 40), Kind.DISJOINT, "b", Fraction(5, 4)),
        (claim("a", 3, 4), claim("b", 8, 9), Kind.DISJOINT, "a", Fraction(2)),
        (claim("a", None, 4), claim("b", 8), Kind.DISJOINT, "a", Fraction(2)),
        (printed("a", 0), printed("b", 8), Kind.DISJOINT, "a", None),
    ],
)
def test_the_ranges_decide(
    one: QuantityClaim, other: QuantityClaim, kind: Kind, lower: str | None, fold: Fraction | None
) -> None:
    relation = relate(one, other, HIERARCHY)
    assert (relation.kind, relation.fold) == (kind, fold)
    by_name = {"a": (one, other), "b": (other, one), None: (None, None)}
    assert (relation.lower, relation.higher) == by_name[lower]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (printed("a", 5), printed("b", 9, unit=TERM + "rations"), Reason.DIFFERENT_UNITS),
        (printed("a", 5), printed("b", 9, cohort="guards"), Reason.DIFFERENT_COHORTS),
        (printed("a", 5), printed("b", 9, cohort="freed"), Reason.DIFFERENT_COHORTS),
        (printed("a", 5), printed("b", 9, cohort="people"), Reason.PART_AND_WHOLE),
        (printed("a", 9), printed("b", 5, cohort="people", names=True), Reason.PART_AND_WHOLE),
        (printed("a", 5, moments=dated("1947")), printed("b", 9, moments=dated("1949-21")), Reason.DIFFERENT_DATES),
        (
            printed("a", 5, moments=dated("1947")),
            printed("b", 9, moments=dated("1949"), cohort="people"),
            Reason.DIFFERENT_DATES,
        ),
        (
            printed("a", 5, moments=dated("1947")),
            printed("b", 9, moments=(Moment(ID + "march"),)),
            Reason.UNDATED_EVENT,
        ),
        (printed("a", 5), claim("b"), Reason.NO_RANGE),
        (claim("a"), claim("b", cohort="people"), Reason.NO_RANGE),
    ],
)
def test_what_cannot_be_compared_has_a_reason(one: QuantityClaim, other: QuantityClaim, reason: Reason) -> None:
    relation = relate(one, other, HIERARCHY)
    assert (relation.kind, relation.reason) == (Kind.INCOMPARABLE, reason)
    assert (relation.lower, relation.higher, relation.fold) == (None, None, None)


@pytest.mark.parametrize("unit", ["names", "bodies", "remains"])
def test_names_bodies_and_remains_count_persons(unit: str) -> None:
    assert relate(printed("a", 5, unit=TERM + unit), printed("b", 9), HIERARCHY).kind is Kind.DISJOINT


def test_a_part_that_exceeds_its_whole_is_a_conflict() -> None:
    part, whole = claim("part", 30, 40), claim("whole", 10, 20, cohort="people")
    relation = relate(part, whole, HIERARCHY)
    assert (relation.kind, relation.lower, relation.higher) == (Kind.DISJOINT, whole, part)
    assert relation.fold == Fraction(3, 2)
    assert relation.is_of_part_and_whole


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ((), dated("1949"), None),
        (dated("1949-21"), dated("1949"), None),
        (dated("1948", "1949"), dated("1949-21"), None),
        (dated("1948"), dated("1949-21"), Reason.DIFFERENT_DATES),
        ((Moment(ID + "march"),), (Moment(ID + "march"),), None),
        ((Moment(ID + "march"),), (Moment(ID + "fall"),), Reason.UNDATED_EVENT),
        ((Moment(ID + "march", dated("1949-03")[0].days),), dated("1949-21"), None),
        ((Moment(ID + "march", dated("1947")[0].days),), dated("1949-21"), Reason.DIFFERENT_DATES),
    ],
)
def test_the_time_is_what_the_number_is_about(
    one: tuple[Moment, ...], other: tuple[Moment, ...], reason: Reason | None
) -> None:
    assert same_time(printed("a", 5, moments=one), printed("b", 9, moments=other)) is reason


def test_parts_of_parts_are_parts_and_a_circle_ends() -> None:
    assert HIERARCHY.wholes(ID + "dead") == {ID + "captives", ID + "people"}
    assert HIERARCHY.parts(ID + "people") == {ID + "dead", ID + "captives", ID + "freed"}
    circle = Hierarchy([("a", "b"), ("b", "c"), ("c", "a")])
    assert circle.wholes("a") == {"b", "c"}


@given(claims(), claims())
def test_the_order_does_not_matter(one: QuantityClaim, other: QuantityClaim) -> None:
    if one.iri != other.iri:
        assert relate(one, other, HIERARCHY) == relate(other, one, HIERARCHY)


@given(claims())
def test_a_claim_with_a_range_equals_itself(one: QuantityClaim) -> None:
    relation = relate(one, one, HIERARCHY)
    if one.has_range:
        assert (relation.kind, relation.fold) == (Kind.EQUAL, Fraction(1))
    else:
        assert (relation.kind, relation.reason) == (Kind.INCOMPARABLE, Reason.NO_RANGE)


@given(claims(st.just("a")), claims(st.just("b")))
def test_a_relation_holds_together(one: QuantityClaim, other: QuantityClaim) -> None:
    relation = relate(one, other, HIERARCHY)
    assert (relation.kind is Kind.INCOMPARABLE) == (relation.reason is not None)
    assert (relation.lower is None) == (relation.higher is None)
    assert relation.fold is None or (relation.fold >= 1 and relation.kind is not Kind.INCOMPARABLE)
    if relation.kind in {Kind.COMPATIBLE, Kind.DISJOINT}:
        assert {relation.lower, relation.higher} == {one, other}


RANGES = st.tuples(st.none() | st.integers(0, 20), st.none() | st.integers(0, 20), st.booleans())
MORE_THAN_ANY = 50


def suits(one: QuantityClaim) -> set[int]:
    """The numbers that a claim allows, as far as they are told apart here."""
    return set(range(one.floor, MORE_THAN_ANY if one.ceiling is None else one.ceiling + 1))


@given(RANGES, RANGES)
def test_the_numbers_that_suit_two_claims_decide(
    first: tuple[int | None, int | None, bool], second: tuple[int | None, int | None, bool]
) -> None:
    for least, most, _ in (first, second):
        assume(least is not None or most is not None)
        assume(least is None or most is None or least <= most)
    one, other = (claim(name, r[0], r[1], names=r[2]) for name, r in (("a", first), ("b", second)))
    kind = relate(one, other, HIERARCHY).kind
    assert (kind is Kind.DISJOINT) == (not suits(one) & suits(other))
    assert (kind is Kind.EQUAL) == (suits(one) == suits(other))
    bounded = [a for a, b in ((one, other), (other, one)) if a.ceiling is None and suits(a) > suits(b)]
    assert (kind is Kind.COMPATIBLE) == bool(bounded)
