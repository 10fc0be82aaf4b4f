"""The dates that sentences print, and the dates of the graph that fit them."""

from __future__ import annotations

import pytest

from powkg.grounding.datewords import mentions
from powkg.grounding.prose import Prose


@pytest.mark.parametrize(
    ("text", "fitting", "other"),
    [
        ("on August 8, 1945, he", "1945-08-08", "1945-08-09"),
        ("on 8 August 1945", "1945-08-08", "1945-08"),
        ("the 8th of Aug. 1945", "1945-08-08", "1945"),
        ("in May 2016", "2016-05", "2016"),
        ("in May of 2016", "2016-05-30", "2016-06"),
        ("in the spring of 1949", "1949-21", "1949"),
        ("in fall 1949", "1949-23", "1949-22"),
        ("winter 1945", "1945-24", "1945-01"),
        ("in late 1946", "1946-36", "1946"),
        ("at the end of 1946", "1946-12", "1946-35"),
        ("in mid-1946", "1946-34", "1946-36"),
        ("in the early 1990s", "1990..1993", "199X"),
        ("in the late 1940s", "1949", "1945"),
        ("in the 1950s", "195X", "1949"),
        ("in 1953", "1953", "1952"),
        ("in 1953", "1953-06", "195X"),
        ("from 1945", "1945_1956", "1946_1956"),
        ("on August 9", "1945-08-09", "1945-08-08"),
        ("in early August", "1945-08", "1945-09"),
        ("August’s end", "1945-08-31", "1945"),
        ("in about 1945", "1945~", "1946~"),
    ],
)
def test_mention_fits(text: str, fitting: str, other: str) -> None:
    (mention,) = mentions(Prose.of(text))
    assert mention.fits(fitting)
    assert not mention.fits(other)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("captivity (1945\u201356) was", ["1945", "1956"]),
        ("in 1945-56", ["1945", "1956"]),
        ("in late 1945/46", ["1945-36", "1946-36"]),
        ("the summers of 1899-1901", ["1899", "1901"]),
    ],
)
def test_years_from_one_to_another_are_two_mentions_of_a_token_each(text: str, dates: list[str]) -> None:
    prose = Prose.of(text)
    first, second = mentions(prose)
    assert [(one.fits(dates[0]), one.fits(dates[1])) for one in (first, second)] == [(True, False), (False, True)]
    assert (first.last, second.last) == (second.first, second.first + 1)


@pytest.mark.parametrize("text", ["the winter of 1945\u201346", "winter 1945/46", "in the winter of 1945-1946"])
def test_a_winter_of_two_years_is_one_mention(text: str) -> None:
    prose = Prose.of(text)
    (mention,) = mentions(prose)
    assert mention.fits("1945-24")
    assert not mention.fits("1946-24")
    assert mention.last == len(prose.tokens)


@pytest.mark.parametrize("text", ["1945-12", "1945-08-09", "1945-1944", "1945\u201350s"])
def test_a_number_after_a_year_need_not_be_a_year(text: str) -> None:
    assert mentions(Prose.of(text))[0].text.startswith("1945")
    assert not any(mention.fits("1912") or mention.fits("1950") for mention in mentions(Prose.of(text)))


def test_days_from_one_to_another_are_two_mentions() -> None:
    first, second = mentions(Prose.of("on August 9-20, 1945"))
    assert first.fits("1945-08-09_1945-08-20")
    assert (first.fits("1945-08-20"), second.fits("1945-08-20")) == (False, True)


@pytest.mark.parametrize("text", ["he may march", "2,337 men", "19450 men", "1,945 men", "32 days", "1945.5 tons"])
def test_no_date(text: str) -> None:
    assert mentions(Prose.of(text)) == []


def test_day_that_the_month_has_not_fits_nothing_with_a_year() -> None:
    (mention,) = mentions(Prose.of("February 30, 1945"))
    assert not mention.fits("1945-02")


def test_name_that_is_no_date_fits_nothing() -> None:
    (mention,) = mentions(Prose.of("in 1945"))
    assert not mention.fits("nineteen")
    assert not mention.touches("nineteen")


def test_coarser_and_overlapping_dates_touch() -> None:
    (mention,) = mentions(Prose.of("spring 1949"))
    assert mention.touches("1949")
    assert mention.touches("194X")
    assert not mention.touches("1950")


def test_only_a_date_of_several_parts_is_not_single() -> None:
    printed = "1945, the 1950s, August, late 1946, May 1947, June 3"
    assert [mention.single for mention in mentions(Prose.of(printed))] == [True, True, True, False, False, False]
