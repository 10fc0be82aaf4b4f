"""Axes of time."""

from __future__ import annotations

from datetime import date

import pytest

from powkg.figures.calendars import TimeAxis, panels, whole_years


def test_a_day_is_as_wide_as_its_share() -> None:
    axis = TimeAxis(date(1945, 1, 1), date(1945, 1, 10), 50.0, 150.0)
    assert axis.start(date(1945, 1, 1)) == 50.0
    assert axis.end(date(1945, 1, 10)) == pytest.approx(150.0)
    assert axis.end(date(1945, 1, 2)) - axis.start(date(1945, 1, 2)) == pytest.approx(10.0)


def test_ticks_are_days_months_or_years_by_the_room() -> None:
    def ticks(first: date, last: date, language: str = "en") -> list[str]:
        return [text for _, text in TimeAxis(first, last, 0.0, 70.0).ticks(language)]

    assert ticks(date(1945, 8, 9), date(1945, 8, 12)) == ["9", "10", "11", "12"]
    assert ticks(date(1945, 1, 1), date(1945, 12, 31))[:2] == ["Jan", "Feb"]
    assert ticks(date(1945, 12, 1), date(1946, 2, 28), "ja") == ["12月", "1月 1946", "2月"]
    assert ticks(*whole_years(1904, 1944)) == ["1910", "1920", "1930", "1940"]
    assert ticks(*whole_years(1990, 2016))[0] == "1990"


def test_a_crowded_year_has_a_panel_of_its_own() -> None:
    days = [date(1939, 1, 1), *[date(1945, month, 1) for month in range(1, 10)], date(1946, 1, 1), date(1950, 1, 1)]
    assert panels(days) == [(1939, 1939), (1945, 1945), (1946, 1950)]


def test_a_long_gap_begins_a_panel_and_a_short_one_does_not() -> None:
    assert panels([date(1904, 1, 1), date(1929, 1, 1)]) == [(1904, 1929)]
    assert panels([date(1904, 1, 1), date(1930, 1, 1)]) == [(1904, 1904), (1930, 1930)]
    assert panels([]) == []
