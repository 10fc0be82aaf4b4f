from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from powkg.dates import DateBounds, bounds, simple_dates, to_edtf
from powkg.entities.captions import LANGUAGES
from powkg.entities.datelabels import date_label

TABLE = [
    ("1945", "1945", "1945-01-01", "1945-12-31"),
    ("1945-08", "1945-08", "1945-08-01", "1945-08-31"),
    ("1945-08-09", "1945-08-09", "1945-08-09", "1945-08-09"),
    ("1948-02", "1948-02", "1948-02-01", "1948-02-29"),
    ("1949-21", "1949-21", "1949-03-01", "1949-05-31"),
    ("1949-22", "1949-22", "1949-06-01", "1949-08-31"),
    ("1949-23", "1949-23", "1949-09-01", "1949-11-30"),
    ("1945-24", "1945-24", "1945-12-01", "1946-02-28"),
    ("1947-24", "1947-24", "1947-12-01", "1948-02-29"),
    ("1946-33", "1946-33", "1946-01-01", "1946-03-31"),
    ("1946-34", "1946-34", "1946-04-01", "1946-06-30"),
    ("1946-35", "1946-35", "1946-07-01", "1946-09-30"),
    ("1946-36", "1946-36", "1946-10-01", "1946-12-31"),
    ("1946-40", "1946-40", "1946-01-01", "1946-06-30"),
    ("1946-41", "1946-41", "1946-07-01", "1946-12-31"),
    ("195X", "195X", "1950-01-01", "1959-12-31"),
    ("19XX", "19XX", "1900-01-01", "1999-12-31"),
    ("1990..1993", "[1990..1993]", "1990-01-01", "1993-12-31"),
    ("1945-08-01..1945-08-10", "[1945-08-01..1945-08-10]", "1945-08-01", "1945-08-10"),
    ("1945_1956", "1945/1956", "1945-01-01", "1956-12-31"),
    ("1949-21_1949-24", "1949-21/1949-24", "1949-03-01", "1950-02-28"),
    ("1945~", "1945~", "1944-01-01", "1946-12-31"),
    ("1945-01~", "1945-01~", "1944-12-01", "1945-02-28"),
    ("1945-08-09~", "1945-08-09~", "1945-08-08", "1945-08-10"),
    ("195X~", "195X~", "1940-01-01", "1969-12-31"),
    ("1945?", "1945?", "1945-01-01", "1945-12-31"),
    ("1945~_1956?", "1945~/1956?", "1944-01-01", "1956-12-31"),
]


@pytest.mark.parametrize(("name", "edtf", "earliest", "latest"), TABLE)
def test_a_name_gives_edtf_and_days(name: str, edtf: str, earliest: str, latest: str) -> None:
    assert to_edtf(name) == edtf
    assert bounds(name) == DateBounds(date.fromisoformat(earliest), date.fromisoformat(latest))
    parse_edtf(to_edtf(name))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "it is empty"),
        ("1946-10_", "one end is missing"),
        ("_1946", "one end is missing"),
        ("1946-10_..", "no last day"),
        ("1990..", "one end is missing"),
        ("..1990", "one end is missing"),
        ("1945_1950_1956", "joins two dates, here are 3"),
        ("1956_1945", "must begin and end after its first"),
        ("1993..1990", "must begin and end after its first"),
        ("1945..1945", "must begin and end after its first"),
        ("1945_1945-08", "must begin and end after its first"),
        ("1945-13", "13 is neither"),
        ("1945-25", "25 is neither"),
        ("1946-38", "a quarter (33 to 36) nor a half (40, 41)"),
        ("1945-21-01", "21 is a season or a part of the year, which has no day: write 1945-21"),
        ("1946-36-01", "which has no day: write 1946-36"),
        ("1945-00", "not EDTF"),
        ("1945-02-29", "day is out of range"),
        ("1945-08-32", "day is out of range"),
        ("195X-08", "a decade or century has no month"),
        ("1949-21~", "takes no mark"),
        ("1990?..1993", "without marks"),
        ("1949-21..1949-23", "without marks"),
        ("0000", "year 0"),
        ("9999~", "out of range"),
        ("9999-24", "out of range"),
        ("[1990..1993]", "not written like"),
        ("1945/1956", "not written like"),
        ("45", "not written like"),
        ("1945-8", "not written like"),
        ("1945-08-09T12:00", "not written like"),
        ("1945%", "not written like"),
        ("1945-~08", "not written like"),
        ("spring 1949", "not written like"),
        ("194\u0665", "not written like"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(name: str, reason: str) -> None:
    for function in (bounds, to_edtf, simple_dates):
        with pytest.raises(ValueError, match="is not a date") as caught:
            function(name)
        assert reason in str(caught.value)
        assert repr(name) in str(caught.value)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_a_day_is_its_own_earliest_and_latest(day: date) -> None:
    assert bounds(day.isoformat()) == DateBounds(day, day)


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)))
def test_years_months_and_approximate_days_hold_their_day(day: date) -> None:
    name = day.isoformat()
    widths = []
    for wider in (name, f"{name}~", name[:7], f"{name[:7]}~", name[:4], f"{name[:4]}~"):
        found = bounds(wider)
        assert found.earliest <= day <= found.latest
        widths.append(found.latest - found.earliest)
    assert widths[0] == timedelta(0)
    assert widths[1] == timedelta(2)
    assert widths[2] < widths[3] < widths[4] < widths[5]


@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_sets_and_intervals_run_from_the_first_to_the_last_day(one: date, other: date) -> None:
    for name in (f"{one}..{other}", f"{one}_{other}"):
        if one < other:
            assert bounds(name) == DateBounds(one, other)
        else:
            with pytest.raises(ValueError, match="after its first"):
                bounds(name)


@given(st.text(alphabet="0123456789X-_.~?/[]", max_size=14))
def test_any_name_is_read_with_ordered_days_or_refused(name: str) -> None:
    try:
        found = bounds(name)
    except ValueError:
        return
    assert found.earliest <= found.latest
    assert all(date_label(name, language) for language in LANGUAGES)
    parse_edtf(to_edtf(name))


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from([4, 7, 10]))
def test_plain_dates_have_the_days_that_the_library_gives_them(day: date, length: int) -> None:
    name = day.isoformat()[:length]
    parsed = parse_edtf(name)
    assert bounds(name) == DateBounds(date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3]))
