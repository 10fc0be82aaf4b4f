"""The chart of claimed figures shows each claim, its range and its claimant, and prefers none."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from matplotlib.patches import Circle

from figure_texts import names, outside, overlaps, texts
from ford import ford_store
from powkg.claims.views import Figures
from powkg.errors import UsageError
from powkg.figures.contested import contested
from powkg.figures.writing import DataFigure, write
from powkg.store import Store


@pytest.fixture(scope="module")
def ford(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"))


@pytest.fixture(scope="module")
def drawn(real_store: Store) -> DataFigure:
    return contested(real_store)


def test_every_claim_of_a_question_with_several_has_a_row(real_store: Store, drawn: DataFigure) -> None:
    questions = [one for one in Figures.read(real_store).questions() if len(one.claims) > 1]
    wanted = Counter(claim.iri.rpartition("/")[2] for one in questions for claim in one.claims)
    assert Counter(re.sub(r"-\d$", "", name) for name in names(drawn)) == wanted


def test_disputed_questions_are_marked_and_no_others(real_store: Store, drawn: DataFigure) -> None:
    disputed = sum(one.is_disputed for one in Figures.read(real_store).questions())
    assert texts(drawn).count("disputed") == disputed


@pytest.mark.parametrize(("languages", "logarithmic"), [(("en",), True), (("ru",), False), (("ja", "en"), False)])
def test_no_text_covers_another_or_leaves_the_page(
    real_store: Store, languages: tuple[str, ...], *, logarithmic: bool
) -> None:
    figure = contested(real_store, languages=languages, logarithmic=logarithmic)
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_a_row_says_the_number_its_claimant_how_and_where(ford: Store) -> None:
    written = texts(contested(ford))
    assert "46,000\N{EN SPACE}The Realm" in written
    assert "about 100,000 (95,000–105,000)\N{EN SPACE}Otto Brandt" in written
    assert any(text.startswith("list of names") and text.endswith("p02s1") for text in written)
    assert any("possible" in text for text in written)


def test_numbers_are_grouped_as_the_language_does(ford: Store) -> None:
    written = " ".join(texts(contested(ford, languages=("ru",))))
    assert "46\N{NO-BREAK SPACE}000" in written
    assert "46,000" not in written


def test_a_printed_figure_is_a_point_and_hollow_where_claimed_with_a_reserve(ford: Store) -> None:
    points = contested(ford).findobj(Circle)
    white = (1.0, 1.0, 1.0, 1.0)
    # Those of the key come first: a printed figure, and one claimed with a reserve.
    assert [point.get_facecolor() == white for point in points[-2:]] == [False, True]


def test_a_cohort_alone_is_drawn_with_all_its_claims(real_store: Store) -> None:
    figure = contested(real_store, cohort="japanese-dead-in-soviet-captivity")
    assert "p10s6-dead" in names(figure)
    assert len(names(figure)) == 7
    single = contested(real_store, cohort="dead-prisoners-to-be-identified")
    assert len(names(single)) == 1


def test_a_share_without_a_range_is_said_to_have_none(tmp_path: Path) -> None:
    facts = """
ford:p02s1 {
    id:captives a pow:Cohort . id:otto a pow:Person .
    claim:many a pow:QuantityClaim ; pow:cohort id:captives ; pow:qualifier term:most ; pow:unit term:persons ;
        prov:wasAttributedTo id:otto .
}"""
    assert "no range" in texts(contested(ford_store(tmp_path, facts), cohort="captives"))


@pytest.mark.parametrize(
    ("cohort", "message"), [("otto-brandt", "is no cohort with figures"), ("captives-of-the-frod", "did you mean")]
)
def test_an_unknown_cohort_is_wrong_use(ford: Store, cohort: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        contested(ford, cohort=cohort)


def test_a_store_without_several_claims_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no question has several claims"):
        contested(ford_store(tmp_path, "ford:p01s1 { id:march-01 a pow:Event . }"))


def test_the_description_names_every_claim(ford: Store) -> None:
    description = contested(ford).about.description
    assert description.count("\n- ") == 2
    assert "- about 100,000 (95,000–105,000)\N{EN SPACE}Otto Brandt: estimate · possible" in description


def test_a_claim_in_two_panels_has_two_identifiers(drawn: DataFigure) -> None:
    identifiers = re.findall(r'\bid="([^"]+)"', write(drawn, "svg").decode("utf-8"))
    assert len(identifiers) == len(set(identifiers))
    assert any(name.endswith("-2") for name in names(drawn))


def test_a_chart_is_the_same_file_twice(ford: Store) -> None:
    assert write(contested(ford), "svg") == write(contested(ford), "svg")
