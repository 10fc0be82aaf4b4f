"""Axes of time: where a day stands, which ticks have room, and how a long time is parted into panels. Pure."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST_GAP = 25
"""After so many years without a beginning, a new panel begins."""

_CROWD = 6
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "ja": tuple(f"{number}月" for number in range(1, 13)),
    "ru": ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
}
_NARROWEST = 5.0  # millimetres between two ticks; years need more


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """The days from `first` to `last`, both shown whole, between two positions in millimetres."""

    first: date
    last: date
    left: float
    right: float

    def start(self, day: date) -> float:
        """Where the day begins."""
        return self.left + (day - self.first).days * self._a_day

    def end(self, day: date) -> float:
        """Where the day is over."""
        return self.start(day) + self._a_day

    def ticks(self, language: str) -> list[tuple[float, str]]:
        """Positions and texts, as many as have room: days, months or years."""
        if self._a_day >= _NARROWEST:
            return [(self.start(day), str(day.day)) for day in self._all_days()]
        if 30.4 * self._a_day >= _NARROWEST:
            return [
                (self.start(day), _month(day, language, first=number == 0)) for number, day in enumerate(self._months())
            ]
        step = next((step for step in _STEPS if 365.25 * step * self._a_day >= 2 * _NARROWEST), _STEPS[-1])
        years = range(-(-self.first.year // step) * step, self.last.year + 1, step)
        return [(self.start(date(year, 1, 1)), str(year)) for year in years if date(year, 1, 1) >= self.first]

    @property
    def _a_day(self) -> float:
        return (self.right - self.left) / ((self.last - self.first).days + 1)

    def _all_days(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1))

    def _months(self) -> list[date]:
        return [day for day in self._all_days() if day.day == 1]


def panels(beginnings: Sequence[date]) -> list[tuple[int, int]]:
    """The first and last year of the panels that events with these first days are shown in, each on its own scale.

    A year in which more than a quarter of all begins, and more than six, has a panel to itself; a new one begins after
    every gap of more than `LONGEST_GAP` years.
    """
    counted = Counter(day.year for day in beginnings)
    crowded = {year for year, number in counted.items() if number > max(_CROWD, len(beginnings) / 4)}
    found: list[tuple[int, int]] = []
    for year in sorted(counted):
        first, last = found[-1] if found else (year, year - LONGEST_GAP - 1)
        if year - last > LONGEST_GAP or year in crowded or last in crowded:
            found.append((year, year))
        else:
            found[-1] = (first, year)
    return found


def whole_years(first: int, last: int) -> tuple[date, date]:
    """The first day of a year and the last of another."""
    return date(first, 1, 1), date(last, 12, calendar.monthrange(last, 12)[1])


def _month(day: date, language: str, *, first: bool) -> str:
    name = _MONTHS.get(language, _MONTHS["en"])[day.month - 1]
    return f"{name} {day.year}" if day.month == 1 and not first else name
