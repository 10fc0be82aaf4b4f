"""Dates named by their EDTF, and the days that they may mean.

A date's name is the last part of its IRI: its Extended Date/Time Format without the brackets of a set, `/` written `_`.

| name | EDTF | earliest and latest day |
|---|---|---|
| `1945` | `1945` | 1 January to 31 December |
| `1945-08` | `1945-08` | the month |
| `1945-08-09` | `1945-08-09` | the day |
| `195X`, `19XX` | `195X` | first day of the first year to last day of the last |
| `1949-21` … `1949-23` | `1949-21` | from 1 March, 1 June, 1 September: three months |
| `1945-24` | `1945-24` | 1 December to the end of the next February |
| `1946-33` … `1946-36` | `1946-36` | the quarter |
| `1946-40`, `1946-41` | `1946-40` | the half-year |
| `1990..1993` | `[1990..1993]` | the set's first to its last; the source means one moment of it |
| `1945_1956` | `1945/1956` | the start's earliest to the end's latest; it lasted |
| `1945~` | `1945~` | one unit (year, month, day; a decade for `195X~`) more at either end |
| `1945?` | `1945?` | as without the mark: nothing says how far off it may be |

Seasons are those of the northern hemisphere, a winter the one that begins in the named year. The marks `~` and `?` are
not for seasons, quarters, half-years and sets. An interval without a start or an end has no earliest or latest day and
is refused (EDTF's open end means "to be continued" and its empty end "unknown"): say `pow:began` or `pow:ended`.

The `edtf` library decides what is EDTF and gives the days. Set right here: it takes 29 February for a day of any year,
ends a winter with December, and moves the bounds of an approximate day by a year, a month and a day at once.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NoReturn

from edtf import EDTFObject, parse_edtf
from edtf.parser import EDTFParseException

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_PARTS_OF_YEAR = frozenset({33, 34, 35, 36, 40, 41})
"""The quarters and half-years of EDTF."""

_SIMPLE = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?])?"
)
_FORMS = "1945, 1945-08, 1945-08-09, 1949-21, 1946-36, 195X, 1990..1993, 1945_1956, each with ~ or ? where allowed"


@dataclass(frozen=True, slots=True)
class DateBounds:
    """The first and the last day that a date may mean, both included."""

    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class SimpleDate:
    """One date without `..` or `_`: as written, its parts, and its days.

    `year` may end in X or XX, `month` be a season or a part of the year, `mark` is "~", "?" or "".
    """

    text: str
    year: str
    month: int | None
    day: int | None
    mark: str
    bounds: DateBounds

    @property
    def is_part_of_year(self) -> bool:
        return self.month is not None and self.month > 12


def bounds(name: str) -> DateBounds:
    """The days that a date of this name may mean. Raises ValueError, with the reason, where it is no date."""
    simples = _read(name)
    return DateBounds(simples[0].bounds.earliest, simples[-1].bounds.latest)


def to_edtf(name: str) -> str:
    """The EDTF that a name stands for (`[1990..1993]`). Raises ValueError, with the reason, where it is no date."""
    _read(name)
    return _edtf(name)


def simple_dates(name: str) -> tuple[SimpleDate, ...]:
    """The one date, or the two ends of a set (`..`) or an interval (`_`). Raises ValueError where it is no date."""
    return _read(name)


def _edtf(name: str) -> str:
    return f"[{name}]" if ".." in name else name.replace("_", "/")


@cache  # The library's parser takes milliseconds for a date, and each is read several times.
def _read(name: str) -> tuple[SimpleDate, ...]:
    """The one date of a simple name, or the two ends of a set or an interval, checked against each other."""
    if "_" in name and ".." in name:
        _refuse(name, "an interval or set with an open end has no last day: say pow:began or pow:ended with one date")
    separator = "_" if "_" in name else ".." if ".." in name else None
    parts = name.split(separator) if separator else [name]
    if len(parts) > 2:
        _refuse(name, f"{separator!r} joins two dates, here are {len(parts)}")
    if not name:
        _refuse(name, "it is empty")
    if not all(parts):
        _refuse(name, "one end is missing: say pow:began or pow:ended with one date")
    simples = tuple(_simple(part, name) for part in parts)
    if separator == ".." and any(simple.mark or simple.is_part_of_year for simple in simples):
        _refuse(name, "a set holds years, months or days without marks")
    if separator and not _in_order(*simples):
        _refuse(name, "its second date must begin and end after its first")
    if separator or simples[0].mark:  # a plain date has been parsed already
        _parse(_edtf(name), name)
    return simples


def _in_order(first: SimpleDate, second: SimpleDate) -> bool:
    return first.bounds.earliest < second.bounds.earliest and first.bounds.latest < second.bounds.latest


def _simple(text: str, name: str) -> SimpleDate:
    match = _SIMPLE.fullmatch(text)
    if match is None:
        _refuse(name, f"{'it' if text == name else repr(text)} is not written like one of {_FORMS}")
    month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
    if "X" in match["year"] and month is not None:
        _refuse(name, "a decade or century has no month")
    if month is not None and month > 12 and month not in _PARTS_OF_YEAR.union(SEASONS):
        _refuse(
            name,
            f"{month:02} is neither a month (01 to 12), a season (21 to 24), a quarter (33 to 36) nor a half (40, 41)",
        )
    if month is not None and month > 12 and day is not None:
        _refuse(name, f"{month} is a season or a part of the year, which has no day: write {match['year']}-{month}")
    if match["mark"] and month is not None and month > 12:
        _refuse(name, "a season or part of the year takes no mark")
    if day is not None and month is not None:
        _check_day(int(match["year"]), month, day, name)
    plain = text.rstrip("~?")
    days = _plain_days(match["year"], month, day) or _days(_parse(plain, name), name)
    if month == 24:
        days = _winter(days.earliest, name)
    if match["mark"] == "~":
        days = _widened(days, match["year"], month, day, name)
    return SimpleDate(text, match["year"], month, day, match["mark"] or "", days)


def _plain_days(year: str, month: int | None, day: int | None) -> DateBounds | None:
    """The days of a plain ISO 8601 date, else None. The library's parser would take half of a build's time for them."""
    if not year.isdigit() or int(year) == 0 or month not in {None, *range(1, 13)}:
        return None
    if day is not None:
        only = date(int(year), month or 1, day)
        return DateBounds(only, only)
    last_month = month or 12
    last_day = calendar.monthrange(int(year), last_month)[1]
    return DateBounds(date(int(year), month or 1, 1), date(int(year), last_month, last_day))


def _check_day(year: int, month: int, day: int, name: str) -> None:
    try:
        date(year, month, day)
    except ValueError as error:
        _refuse(name, str(error))


def _parse(edtf: str, name: str) -> EDTFObject:
    try:
        parsed: EDTFObject = parse_edtf(edtf)
    except EDTFParseException:
        _refuse(name, f"{edtf!r} is not EDTF")
    return parsed


def _days(parsed: EDTFObject, name: str) -> DateBounds:
    first, last = parsed.lower_strict(), parsed.upper_strict()
    try:
        return DateBounds(date(*first[:3]), date(*last[:3]))
    except ValueError as error:
        _refuse(name, str(error))


def _winter(first: date, name: str) -> DateBounds:
    try:
        return DateBounds(first, date(first.year + 1, 3, 1) - timedelta(days=1))
    except ValueError as error:
        _refuse(name, str(error))


def _widened(days: DateBounds, year: str, month: int | None, day: int | None, name: str) -> DateBounds:
    """The days of an approximate date: one unit of its own precision more at either end."""
    one_day = timedelta(days=1)
    try:
        before, after = days.earliest - one_day, days.latest + one_day
        if day is not None:
            return DateBounds(before, after)
        if month is not None:
            return DateBounds(before.replace(day=1), after.replace(day=calendar.monthrange(after.year, after.month)[1]))
        years = 10 ** year.count("X")
        return DateBounds(date(days.earliest.year - years, 1, 1), date(days.latest.year + years, 12, 31))
    except (ValueError, OverflowError) as error:
        _refuse(name, str(error))


def _refuse(name: str, reason: str) -> NoReturn:
    raise ValueError(f"{name!r} is not a date: {reason}")
