"""The dates that an English sentence prints, and whether a date of the graph is one of them.

| printed | days meant |
|---|---|
| August 8, 1945; 8 August 1945 | the day |
| August 1945; the August of 1945 | the month |
| spring 1949; the spring of 1949 | the season, as `dates` has it (`1949-21`) |
| early, mid, late 1946; end of 1946 | its first, its two middle, its last quarter (`1946-33` to `1946-36`) |
| early, mid, late 1990s | its years 0 to 3, 3 to 6, 6 to 9 (`1990..1993`) |
| 1945; the 1990s | the year, the decade |
| 1945-56; late 1945-46 | two dates: the year 1945 and the year 1956 (or the part of each) |
| winter 1945-46 | the one season (`1945-24`) |
| August 8; August | that day or month of any year: the year is said elsewhere |
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from powkg.dates import SEASONS, DateBounds, bounds
from powkg.grounding.prose import Prose

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if number} | {"sept": 9}
_MONTH = rf"(?P<month>(?:{'|'.join(_MONTHS)})\b|(?:{'|'.join(_SHORT)})\b\.?)"
_TO = r"\s*(?:-|\u2013|\u2014|to|and)\s*"
_DAYS = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_TO}(?P<until>\d{{1,2}})(?:st|nd|rd|th)?)?(?![\d,]\d)"
_YEAR = r"(?P<year>[12]\d{3})(?P<decade>(?<=0)['’]?s)?(?![\d,.]\d)"
_LAST_YEAR = r"\s*[-\u2013\u2014/]\s*(?P<last>\d{2}(?:\d{2})?)(?![\d,.]\d|-\d|['’]?s)"
_PART = r"(?P<part>early|mid|middle|late|end|spring|summer|autumn|fall|winter)"
_JOIN = r"(?:[\s-]+(?:of|in|the)\b)*[\s,-]+"
_PATTERNS = tuple(
    re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])", re.IGNORECASE)
    for pattern in (
        rf"{_MONTH}\s+{_DAYS},?\s+{_YEAR}",
        rf"{_DAYS}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}",
        rf"{_MONTH}{_JOIN}{_YEAR}",
        rf"{_MONTH}\s+{_DAYS}",
        rf"{_DAYS}\s+(?:of\s+)?{_MONTH}",
        rf"{_PART}{_JOIN}{_YEAR}{_LAST_YEAR}",
        rf"{_PART}{_JOIN}{_YEAR}",
        rf"{_YEAR}{_LAST_YEAR}",
        _YEAR,
        _MONTH,
    )
)
_QUARTERS = {
    "early": ("33", "33"),
    "mid": ("34", "35"),
    "middle": ("34", "35"),
    "late": ("36", "36"),
    "end": ("36", "36"),
}
_IN_DECADE = {"early": "0..{}3", "mid": "3..{}6", "middle": "3..{}6", "late": "6..{}9", "end": "6..{}9"}
_END = re.compile(r"\.\.|_")
_MARK = re.compile("[~?%]")


@dataclass(frozen=True, slots=True)
class Mention:
    """A date as printed: its tokens from `first` up to `last`, and the days that it means.

    Without a year `days` is None and `month`, with `day` where it is printed, must do. `single` tells a bare year,
    decade or month from a date of several parts.
    """

    text: str
    first: int
    last: int
    days: DateBounds | None
    month: int | None
    day: int | None
    single: bool

    def fits(self, name: str) -> bool:
        """Whether the date of this name, or an end of a set or an interval, lies within the days that are meant."""
        return any(self._fits(end) for end in _END.split(_MARK.sub("", name)))

    def touches(self, name: str) -> bool:
        """Whether the date of this name fits, or shares a day with a mention that has a year."""
        if self.days is None:
            return self.fits(name)
        found = _days(name)
        return found is not None and found.earliest <= self.days.latest and self.days.earliest <= found.latest

    def _fits(self, end: str) -> bool:
        if self.days is not None:
            found = _days(end)
            return found is not None and self.days.earliest <= found.earliest and found.latest <= self.days.latest
        parts = [int(part) if part.isdigit() else 0 for part in end.split("-")]
        return parts[1:2] == [self.month] and (self.day is None or parts[2:3] == [self.day])


def mentions(prose: Prose) -> list[Mention]:
    """All dates that a sentence prints, in order; of two readings of the same words the longer one."""
    found: list[Mention] = []
    taken: set[int] = set()
    for pattern in _PATTERNS:
        for match in pattern.finditer(prose.text):
            first, last = prose.covered(*match.span())
            groups = match.groupdict()
            verb = (groups.get("month") or "M")[0].islower()  # "may", "march"
            other = groups.get("last") is not None and _last_year(groups) is None  # 1945-12, a month or a page
            if not verb and not other and taken.isdisjoint(range(first, last)):
                found.extend(_read(match[0], groups, first, last))
                taken.update(range(first, last))
    return sorted(found, key=lambda mention: mention.first)


def _read(text: str, groups: dict[str, str | None], first: int, last: int) -> Iterator[Mention]:
    """The mention; two where the days of a month, or years, run from one to another."""
    name = (groups.get("month") or "").lower().rstrip(".")
    month = (_MONTHS | _SHORT).get(name)
    days = [int(day) for day in (groups.get("day"), groups.get("until")) if day]
    year, part = groups.get("year"), (groups.get("part") or "").lower()
    single = not (part or days or (year and month))
    last_year = _last_year(groups)
    if year and last_year and not (part == "winter" and int(last_year) == int(year) + 1):
        yield Mention(text, first, last - 1, _meant(year, part, None, None, None), None, None, single)
        yield Mention(text, last - 1, last, _meant(last_year, part, None, None, None), None, None, single)
        return
    for day in (*days,) or (None,):
        yield Mention(text, first, last, _meant(year, part, groups.get("decade"), month, day), month, day, single)


def _last_year(groups: dict[str, str | None]) -> str | None:
    """The year that "1945-56" ends with; None where the second number is none, or no later year."""
    year, end = groups.get("year"), groups.get("last")
    if not year or not end or groups.get("decade"):
        return None
    whole = year[: -len(end)] + end
    return whole if whole > year else None


def _meant(year: str | None, part: str, decade: str | None, month: int | None, day: int | None) -> DateBounds | None:
    """The days of a date with a year; None without one, or for a day that its month has not."""
    if year is None:
        return None
    seasons = {name: number for number, name in SEASONS.items()} | {"fall": 23}
    if month:
        name = f"{year}-{month:02}" + (f"-{day:02}" if day else "")
    elif part in seasons:
        name = f"{year}-{seasons[part]}"
    elif decade:
        name = f"{year[:3]}X" if not part else year[:3] + _IN_DECADE[part].format(year[:3])
    elif part:
        quarters = [bounds(f"{year}-{number}") for number in _QUARTERS[part]]
        return DateBounds(quarters[0].earliest, quarters[1].latest)
    else:
        name = year
    return _days(name)


def _days(name: str) -> DateBounds | None:
    """The days of a date; None for a name that is none, such as 30 February."""
    try:
        return bounds(name)
    except ValueError:
        return None
