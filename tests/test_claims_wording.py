"""Claims and relations in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from census import FACTS, HIERARCHY, claim, claims, printed
from ford import ford_store
from powkg.claims.quantities import QuantityClaim
from powkg.claims.relations import relate
from powkg.claims.views import Figures
from powkg.claims.wording import NO_RANGE, Wording, range_in_words, rounded
from powkg.namespaces import CLAIM, ID, TERM

FORD = CLAIM + "ford/"
CHRONICLE = CLAIM + "chronicle/names"
PLAIN = Wording({}, lambda iri: {"en": iri.rpartition("/")[2]})


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return Figures.read(ford_store(tmp_path_factory.mktemp("census"), FACTS))


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (46000, 46000, "46,000"),
        (95000, 105000, "95,000 to 105,000"),
        (40, None, "40 or more"),
        (None, 9, "up to 9"),
        (0, 0, "0"),
    ],
)
def test_ranges(least: int | None, most: int | None, words: str) -> None:
    assert range_in_words(least, most) == words


@pytest.mark.parametrize(
    ("fold", "decimal"),
    [
        (Fraction(100000, 46000), "2.17"),
        (Fraction(2), "2.00"),
        (Fraction(1001, 1000), "1.00"),
        (Fraction(1125, 1000), "1.13"),
    ],
)
def test_folds_have_two_decimals(fold: Fraction, decimal: str) -> None:
    assert rounded(fold) == Decimal(decimal)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("names", "46,000 (list of names, The Realm)"),
        ("estimate", "about 100,000 (estimate, possible, Otto Brandt following The Realm)"),
        ("twice", "more than 2 × 46,000 (worked out: 92,001 or more, Otto Brandt)"),
        ("earlier", "400,000–500,000 (Otto Brandt)"),
        ("march", "scores (Otto Brandt)"),
        ("half", "0.5 × 0.5 × (Otto Brandt)"),
    ],
)
def test_a_claim_says_its_number_its_method_its_reserve_and_its_claimant(
    figures: Figures, name: str, words: str
) -> None:
    assert figures.wording.claim(figures.claims[FORD + name]) == words


def test_a_share_of_itself_is_said_once() -> None:
    odd = replace(claim("odd"), ratio=Decimal("0.5"), ratio_to=claim("odd").iri)
    assert Wording({odd.iri: odd}, lambda _: {}).number(odd) == "0.5 ×"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            "names",
            "estimate",
            (
                "Dead of the Ford: 46,000 (list of names, The Realm) is a lower bound, since a list of names may lack "
                "people, and about 100,000 (estimate, possible, Otto Brandt following The Realm) is not below it: "
                "both can hold; they differ 2.17-fold."
            ),
        ),
        (
            "twice",
            "estimate",
            (
                "Dead of the Ford: more than 2 × 46,000 (worked out: 92,001 or more, Otto Brandt) is a lower bound and "
                "about 100,000 (estimate, possible, Otto Brandt following The Realm) is not below it: "
                "both can hold; they differ 1.03-fold."
            ),
        ),
        (
            "declared",
            "records",
            (
                "Captives of the Ford, as of spring 1949 and April 1949: only 95,000 (official declaration, The Realm) "
                "and close to 300,000 (conditional, Otto Brandt) cannot both hold: the first allows at most 95,000, "
                "the second at least 285,000; they differ 3.16-fold."
            ),
        ),
        (
            "declared",
            "all",
            (
                "Only 95,000 (official declaration, The Realm) for Captives of the Ford and 80,000 (Otto Brandt) for "
                "People of the Ford, which they are part of, cannot both hold: a part is never larger than its whole; "
                "they differ 1.19-fold."
            ),
        ),
        (
            "declared",
            "earlier",
            (
                "Captives of the Ford: only 95,000 (official declaration, The Realm) and 400,000–500,000 (Otto Brandt) "
                "are not compared: the one is about spring 1949, the other 1947, and numbers change."
            ),
        ),
        (
            "march",
            "fair",
            (
                "Guards: 9 (Otto Brandt) and scores (Otto Brandt) are not compared: no source dates Spring Fair, "
                "so the times may differ."
            ),
        ),
        (
            "names",
            "march",
            (
                "Scores (Otto Brandt) counts Guards and 46,000 (list of names, The Realm) counts Dead of the Ford: "
                "neither is declared to be part of the other, so the two are not compared."
            ),
        ),
        (
            "names",
            "share",
            (
                "46,000 (list of names, The Realm) counts Dead of the Ford and about 0.1 × only 95,000 (worked out: "
                "9,025 to 9,975, Otto Brandt) counts Freed captives: neither is declared to be part of the other, "
                "so the two are not compared."
            ),
        ),
        (
            "share",
            "mixed",
            (
                "Freed captives: scores of 7 (Otto Brandt) and about 0.1 × only 95,000 (worked out: 9,025 to 9,975, "
                "Otto Brandt) cannot be compared: scores of 7 has no range, "
                "since its qualifier does not go with a share."
            ),
        ),
    ],
)
def test_a_relation_is_explained(figures: Figures, one: str, other: str, words: str) -> None:
    relation = figures.relation(figures.claims[FORD + one], figures.claims[FORD + other])
    assert figures.wording.explain(relation) == words


def test_what_is_equal_or_overlaps_is_said_to() -> None:
    def explain(one: QuantityClaim, other: QuantityClaim) -> str:
        return PLAIN.explain(relate(one, other, HIERARCHY))

    assert explain(printed("a", 5), printed("b", 5)) == "dead: 5 and 5 say the same."
    assert explain(claim("a", 5, 9), claim("b", 7)) == "dead: 5–9 and 7 or more overlap: both allow 7 to 9."
    units = explain(printed("a", 5), printed("b", 5, unit=TERM + "rations"))
    assert units == "dead: 5 and 5 rations cannot be compared: the one counts persons, the other rations."
    part = explain(printed("a", 5), printed("b", 5, cohort="people"))
    assert part.endswith("counts people: the ones are part of the others, and a part may be smaller than its whole.")


def test_names_are_joined_and_places_named(figures: Figures) -> None:
    wording = figures.wording
    assert wording.names([]) == ""
    assert wording.names([ID + "dead", ID + "freed", ID + "guards"]) == "Dead of the Ford, Freed captives and Guards"
    assert wording.places(figures.claims[FORD + "names"]) == "p01s1, p03s1"
    assert wording.places(figures.claims[CHRONICLE]) == "source:chronicle"
    assert wording.name(ID + "captives", "ja") == "浅瀬の捕虜"
    assert wording.number(figures.claims[FORD + "estimate"], "ru") == "около 100\N{NO-BREAK SPACE}000"


def test_every_reason_for_having_no_range_is_put_in_words(figures: Figures) -> None:
    without = {one.no_range for one in figures.claims.values() if not one.has_range}
    assert without <= set(NO_RANGE)
    assert {"circle", "qualifier", "reversed", "unknown-base"} <= without


@given(claims(st.just("a")), claims(st.just("b")))
def test_every_relation_has_one_sentence(one: QuantityClaim, other: QuantityClaim) -> None:
    explained = PLAIN.explain(relate(one, other, HIERARCHY))
    assert explained.endswith(".")
    assert "  " not in explained
    assert "None" not in explained
