"""What is known of when each event happened or each person lived: a network in, bars of days out. Pure.

A date that may mean several days does not say which of them it was. So a bar has parts:

| part | the days of it |
|---|---|
| `sure` | it certainly lasted through them; a single day where the date is that precise |
| `maybe` | a date as given (a year, a month, an EDTF set) may mean any of them |
| `before` | it went on, or happened, at some time before: nothing says since when |
| `after` | it went on, or happened, at some time after: nothing says until when |
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import networkx as nx

from powkg.dates import DateBounds, bounds, simple_dates
from powkg.entities.captions import Labels, date_caption
from powkg.entities.datelabels import span_label
from powkg.entities.facts import Note
from powkg.namespaces import POW

_WHEN = POW + "when"
_BEGINNINGS = (POW + "began", POW + "birthDate")
_ENDINGS = (POW + "ended", POW + "deathDate")
_NOT_BEFORE, _NOT_AFTER = POW + "notBefore", POW + "notAfter"
_DATED = (_WHEN, *_BEGINNINGS, *_ENDINGS, _NOT_BEFORE, _NOT_AFTER)


@dataclass(frozen=True, slots=True)
class Part:
    """Some days, both ends included; of `before` and `after`, the one day from which the bar is open."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Bar:
    """The parts of one bar, and whether its source marks a date as approximate (`~`) or uncertain (`?`)."""

    parts: tuple[Part, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """An event or life with dates. `bars` are several where passages give several dates for one moment.

    `notes` are the dates as given, with what states them.
    """

    iri: str
    labels: Labels
    class_iri: str
    kind: Labels
    bars: tuple[Bar, ...]
    notes: tuple[Note, ...]

    @property
    def first(self) -> date:
        """The first day that any date may mean."""
        return min(part.first for bar in self.bars for part in bar.parts)

    @property
    def last(self) -> date:
        """The last day that any date may mean."""
        return max(part.last for bar in self.bars for part in bar.parts)

    @property
    def passages(self) -> tuple[str, ...]:
        """The names of the passages that give its dates, in order."""
        return tuple(sorted({passage for note in self.notes for passage in note.passages}))

    @property
    def sources(self) -> tuple[str, ...]:
        """The IRIs of the reference works that give its dates where no passage does, in order."""
        return tuple(sorted({source for note in self.notes for source in note.sources}))

    def when(self, language: str) -> str:
        """Its dates in words: "1990 to 1993 / 1991", "from August 1945", "9 August 1945 or later"."""
        spans = [date_caption(name, language) for name in self._names(_WHEN)]
        begun: list[str | None] = [*self._names(*_BEGINNINGS)]
        ended: list[str | None] = [*self._names(*_ENDINGS)]
        if begun or ended:
            spans += [span_label(start, end, language) for start, end in product(begun or [None], ended or [None])]
        spans += [_bound("not-before", name, language) for name in self._names(_NOT_BEFORE)]
        spans += [_bound("not-after", name, language) for name in self._names(_NOT_AFTER)]
        return " / ".join(spans)

    def _names(self, *properties: str) -> list[str]:
        return list(dict.fromkeys(note.date for note in self.notes if note.property in properties))


_BOUNDS = {
    "not-before": {"en": "not before {}", "ja": "{}以降", "ru": "не ранее чем {}"},
    "not-after": {"en": "not after {}", "ja": "{}以前", "ru": "не позднее чем {}"},
}


def happenings(network: nx.MultiDiGraph[str], families: Collection[str] = ("event",)) -> list[Happening]:
    """What has a date, of these families, by first and last day. Nodes carry what `networks.attributes` says."""
    found = []
    for iri, node in network.nodes(data=True):
        dated = tuple(note for note in node["notes"] if note.date and note.property in _DATED)
        if node["family"] in families and dated:
            found.append(Happening(iri, node["labels"], node["class_iri"], node["kind"], _bars(dated), dated))
    return sorted(found, key=lambda one: (one.first, one.last, one.iri))


def undated(network: nx.MultiDiGraph[str], families: Collection[str] = ("event",)) -> int:
    """How many of these families have no date at all."""
    every = sum(node["family"] in families for _, node in network.nodes(data=True))
    return every - len(happenings(network, families))


def _bars(notes: Sequence[Note]) -> tuple[Bar, ...]:
    named: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        named[note.property].append(note.date)
    bars = [Bar(tuple(_moment(name)), _doubtful([name])) for name in dict.fromkeys(named[_WHEN])]
    begun = [name for key in _BEGINNINGS for name in named[key]]
    ended = [name for key in _ENDINGS for name in named[key]]
    if begun or ended:
        bars.append(Bar(tuple(_span(_days(begun), _days(ended))), _doubtful([*begun, *ended])))
    if not bars:
        not_before, not_after = _days(named[_NOT_BEFORE]), _days(named[_NOT_AFTER])
        bars.append(Bar(tuple(_bounded(not_before, not_after)), _doubtful([n for ns in named.values() for n in ns])))
    return tuple(bars)


def _moment(name: str) -> Iterable[Part]:
    """A date as a bar: an interval lasted from its start to its end, anything else is one moment somewhere in it."""
    if "_" in name:
        return _span(*(one.bounds for one in simple_dates(name)))
    days = bounds(name)
    return [Part("sure" if days.earliest == days.latest else "maybe", days.earliest, days.latest)]


def _span(begun: DateBounds | None, ended: DateBounds | None) -> Iterable[Part]:
    if begun and ended and begun.latest > ended.earliest:
        yield Part("maybe", begun.earliest, ended.latest)
        return
    if begun and begun.earliest < begun.latest:
        yield Part("maybe", begun.earliest, begun.latest)
    if begun and ended:
        yield Part("sure", begun.latest, ended.earliest)
    elif begun:
        yield from _end(begun.earliest, begun.latest, Part("after", begun.latest, begun.latest))
    elif ended:
        yield from _end(ended.earliest, ended.latest, Part("before", ended.earliest, ended.earliest))
    if ended and ended.earliest < ended.latest:
        yield Part("maybe", ended.earliest, ended.latest)


def _end(earliest: date, latest: date, opening: Part) -> Iterable[Part]:
    """The one end that is known, with the opening at its other side."""
    if earliest == latest:
        yield Part("sure", earliest, latest)
    yield opening


def _bounded(not_before: DateBounds | None, not_after: DateBounds | None) -> Iterable[Part]:
    if not_before and not_after:
        yield Part("maybe", min(not_before.earliest, not_after.latest), not_after.latest)
    elif not_before:
        yield Part("after", not_before.earliest, not_before.earliest)
    elif not_after:
        yield Part("before", not_after.latest, not_after.latest)


def _days(names: Sequence[str]) -> DateBounds | None:
    """All days that these dates of one moment may mean."""
    if not names:
        return None
    every = [bounds(name) for name in names]
    return DateBounds(min(one.earliest for one in every), max(one.latest for one in every))


def _doubtful(names: Iterable[str]) -> bool:
    return any(mark in name for name in names for mark in "~?")


def _bound(kind: str, name: str, language: str) -> str:
    words = _BOUNDS[kind]
    return words.get(language, words["en"]).format(date_caption(name, language))
