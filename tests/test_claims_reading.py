"""Claims read from a store: the invented census, and the project's own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from census import FACTS
from ford import ford_store
from powkg.claims.quantities import QuantityClaim
from powkg.claims.reading import read_claims, read_hierarchy
from powkg.dates import bounds
from powkg.namespaces import CLAIM, DATE, ID, PASSAGE, SOURCE, TERM
from powkg.store import Store

FORD = CLAIM + "ford/"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("census"), FACTS)


@pytest.fixture(scope="module")
def claims(store: Store) -> dict[str, QuantityClaim]:
    return read_claims(store)


def test_a_claim_has_what_is_stated_of_it(claims: dict[str, QuantityClaim]) -> None:
    estimate = claims[FORD + "estimate"]
    assert (estimate.cohort, estimate.figure, estimate.least, estimate.most) == (ID + "dead", 100000, 95000, 105000)
    assert (estimate.qualifier, estimate.certainty) == (TERM + "about", TERM + "possible")
    assert estimate.methods == (TERM + "estimate",)
    assert (estimate.claimants, estimate.follows) == ((ID + "otto-brandt",), (ID + "the-realm",))
    assert (estimate.moments, estimate.graphs) == ((), (PASSAGE + "ford/p01s1",))
    assert not estimate.is_worked_out


def test_a_claim_in_two_sentences_is_one_claim_and_a_remark_reports_nothing(claims: dict[str, QuantityClaim]) -> None:
    assert claims[FORD + "names"].graphs == (PASSAGE + "ford/p01s1", PASSAGE + "ford/p03s1")
    assert claims[CLAIM + "chronicle/names"].graphs == (SOURCE + "chronicle",)


def test_a_list_of_names_is_open_above_and_names_count_persons(claims: dict[str, QuantityClaim]) -> None:
    names = claims[CLAIM + "chronicle/names"]
    assert (names.floor, names.most, names.ceiling) == (38000, 42000, None)
    assert (names.unit, names.counted) == (TERM + "names", TERM + "persons")


def test_the_range_of_a_ratio_is_worked_out_through_chains(claims: dict[str, QuantityClaim]) -> None:
    twice, share, half = (claims[FORD + name] for name in ("twice", "share", "half-of-half"))
    assert (twice.ratio, twice.ratio_to) == (Decimal("2.0"), FORD + "names")
    assert (twice.least, twice.most, twice.is_worked_out) == (92001, None, True)
    assert (share.least, share.most) == (9025, 9975)
    assert (half.least, half.most) == (4512, 4988)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("unheard", "unknown-base"),
        ("half", "circle"),
        ("other-half", "circle"),
        ("mixed", "qualifier"),
        ("reversed", "reversed"),
    ],
)
def test_a_claim_without_a_range_says_why(claims: dict[str, QuantityClaim], name: str, why: str) -> None:
    assert claims[FORD + name].no_range == why
    assert not claims[FORD + name].has_range
    assert not claims[FORD + name].is_worked_out


def test_what_cannot_be_used_hides_nothing(claims: dict[str, QuantityClaim]) -> None:
    assert claims[FORD + "mixed"].figure == 7
    assert FORD + "about-nobody" not in claims


def test_an_event_has_the_days_that_one_source_gives_it(claims: dict[str, QuantityClaim]) -> None:
    (march,) = claims[FORD + "march"].moments
    assert march.iri == ID + "march"
    assert [(days.earliest, days.latest) for days in march.days] == [
        (bounds("1949-03").earliest, bounds("1949-04").latest)
    ]
    (fair,) = claims[FORD + "fair"].moments  # its beginning and its end are of two sources
    assert fair.days == ()
    (spring,) = claims[FORD + "declared"].moments
    assert (spring.iri, spring.days) == (DATE + "1949-21", (bounds("1949-21"),))


def test_parts_are_read(store: Store) -> None:
    assert read_hierarchy(store).wholes(ID + "dead") == {ID + "captives", ID + "people"}


def test_every_quantity_claim_of_the_project_is_read_and_has_a_range(real_store: Store) -> None:
    claims = read_claims(real_store)
    stated = list(
        real_store.query("PREFIX pow: <https://w3id.org/powkg/ontology#> SELECT ?c { ?c a pow:QuantityClaim }")
    )
    assert sorted(str(iri) for (iri,) in stated) == list(claims)
    assert {iri: claim.no_range for iri, claim in claims.items() if not claim.has_range} == {}
    assert all(claim.graphs and claim.claimants and claim.certainty for claim in claims.values())
    names = claims[CLAIM + "dawsey/p10s6-dead"]
    assert names.graphs == (PASSAGE + "dawsey/p10s6", PASSAGE + "dawsey/p14s2")
    assert claims[CLAIM + "dawsey/p07s2-half"].least == 1662500


def test_an_empty_store_has_no_claims(tmp_path: Path) -> None:
    empty = ford_store(tmp_path, 'source:editorial { id:ford rdfs:label "Ford"@en . }')
    assert read_claims(empty) == {}
