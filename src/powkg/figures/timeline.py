"""The timeline: events, and lives where asked for, as bars on axes of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from powkg.dates import bounds
from powkg.entities.captions import best
from powkg.entities.datelabels import span_label
from powkg.errors import UsageError
from powkg.figures.calendars import TimeAxis, panels, whole_years
from powkg.figures.happenings import Bar, Happening, Part, happenings, undated
from powkg.figures.notes import References, Sign, data_note, key, languages_of, version_of
from powkg.figures.page import BODY, MARGIN, SMALL, WIDTH, Look, Page, leading, stride, wrap
from powkg.figures.words import GROUPS, group_of, words
from powkg.figures.writing import About, DataFigure
from powkg.networks.whole import whole_network
from powkg.pictures.palette import INK, LINE, QUIET_INK
from powkg.terms import Queryable

_NAMES_WIDTH = 56.5
_LEFT, _RIGHT = 62.5, 123.5
_TEXT_LEFT = 127.0
_GRID = "#dddddd"
_THICK = 2.3
_FADE = 11.0
_SHORTEST = 1.1  # a bar that would be narrower becomes a diamond
_GAP = 1.1


def timeline(  # noqa: PLR0913  # one parameter a choice of the reader
    store: Queryable,
    *,
    languages: Sequence[str] = ("en",),
    first: str | None = None,
    last: str | None = None,
    lives: bool = False,
    version: str = "",
) -> DataFigure:
    """The events of the store that have a date, one row each, by their first day.

    `first` and `last` are names of dates (`powkg.dates`: 1945, 1945-08, …): only what has a day between them is shown
    then, on one axis that ends there. Without them, the time is parted into panels, each with its own scale. `lives`
    adds the persons whose birth or death is dated. The first of `languages` is that of titles and dates as well.
    `version` is that of the store's data; without it, a `Store` says it itself.

    Raises UsageError where a date or language cannot be read, or nothing is left to draw.
    """
    spoken = languages_of(languages)
    network = whole_network(store)
    window = _window(first, last)
    events = _within(happenings(network), window)
    people = _within(happenings(network, ("person",)), window) if lives else []
    if not events and not people:
        raise UsageError("no event has a date there: give other dates for the beginning and the end")
    references = References(store, spoken[0])
    page = Page(spoken[0])
    every = [*events, *people]
    years = str(min(one.first for one in every).year), str(max(one.last for one in every).year)
    span = span_label(first or years[0], last or years[1], spoken[0])
    page.heading(words("timeline", spoken[0]), words("timeline-of", spoken[0], span=span))
    _legend(page, every, spoken[0])
    sheet = _Sheet(page, spoken, references)
    for axis, rows in _panels(events, window):
        sheet.panel(axis, rows, "–".join(dict.fromkeys((str(axis.first.year), str(axis.last.year)))))
    if people:
        sheet.panel(_axis(people, window), people, words("lives", spoken[0]))
    missing = undated(network)
    notes = [
        *([words("undated", spoken[0], number=missing)] if missing and window == (None, None) else []),
        *references.notes("evidence", "evidence-only"),
    ]
    version = version_of(store, version)
    page.notes([*notes, *data_note(version, spoken[0])])
    lines = [_sentence(one, spoken[0], references.cite(one.passages, one.sources)) for one in every]
    return page.figure(About(words("timeline", spoken[0]), "\n".join([*lines, *notes]), spoken[0], version))


def _sentence(one: Happening, language: str, cited: str) -> str:
    """The row in words, for those who do not see it."""
    kind = best(one.kind, language)
    return f"{best(one.labels, language)}{f' ({kind})' if kind else ''}: {one.when(language)}, {cited}"


def _window(first: str | None, last: str | None) -> tuple[date | None, date | None]:
    try:
        window = (bounds(first).earliest if first else None, bounds(last).latest if last else None)
    except ValueError as error:
        raise UsageError(f"{error}; write for instance 1945, 1945-08 or 1945-08-09") from error
    if window[0] and window[1] and window[0] > window[1]:
        raise UsageError(f"the timeline would begin with {first} and end with {last}: give the earlier date first")
    return window


def _within(found: Sequence[Happening], window: tuple[date | None, date | None]) -> list[Happening]:
    first, last = window
    return [one for one in found if (first is None or one.last >= first) and (last is None or one.first <= last)]


def _panels(
    events: Sequence[Happening], window: tuple[date | None, date | None]
) -> list[tuple[TimeAxis, list[Happening]]]:
    """The axes with the events that begin on each; one axis where a beginning or end is asked for."""
    if not events:
        return []
    if window != (None, None):
        return [(_axis(events, window), list(events))]
    found = []
    parted = panels([one.first for one in events])
    for number, (first, last) in enumerate(parted):
        rows = [one for one in events if first <= one.first.year <= last]
        following = parted[number + 1][0] - 1 if number + 1 < len(parted) else date.max.year
        ends = min(max(one.last.year for one in rows), max(following, last))
        found.append((TimeAxis(*whole_years(first, ends), _LEFT, _RIGHT), rows))
    return found


def _axis(rows: Sequence[Happening], window: tuple[date | None, date | None]) -> TimeAxis:
    first, last = whole_years(min(one.first for one in rows).year, max(one.last for one in rows).year)
    return TimeAxis(window[0] or first, window[1] or last, _LEFT, _RIGHT)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with what its rows are written with."""

    page: Page
    languages: Sequence[str]
    references: References

    def panel(self, axis: TimeAxis, rows: Sequence[Happening], title: str) -> None:
        """A title, the ticks of the axis, and a row for each happening."""
        page = self.page
        page.y += 1.5
        page.text(MARGIN, page.y + 3.0, title, BODY + 1, bold=True)
        ticks = axis.ticks(self.languages[0])
        for x, text in ticks[:: stride(ticks)]:
            page.text(x, page.y + 3.0, text, SMALL, colour=QUIET_INK, anchor="center")
        page.y += 4.2
        top = page.y
        for one in rows:
            self._row(axis, one)
        for x, _ in ticks:
            page.line([(x, top), (x, page.y)], _GRID, 0.5)
        page.line([(MARGIN, top), (WIDTH - MARGIN, top)], LINE, 0.6)
        page.y += 1.2

    def _row(self, axis: TimeAxis, one: Happening) -> None:
        top = y = self.page.y + _GAP / 2
        names = dict.fromkeys(best(one.labels, language) for language in self.languages)
        for number, name in enumerate(names):
            size, colour = (BODY, INK) if number == 0 else (SMALL, QUIET_INK)
            for line in wrap(name, size, _NAMES_WIDTH):
                identifier = one.iri.rpartition("/")[2] if y == top else ""
                self.page.text(MARGIN, y + 0.78 * leading(size), line, size, colour=colour, name=identifier)
                y += leading(size)
        text = f"{one.when(self.languages[0])}\N{EN SPACE}{self.references.cite(one.passages, one.sources)}"
        end = self.page.paragraph((_TEXT_LEFT, top + 0.15), text, WIDTH - MARGIN - _TEXT_LEFT)
        thick = _THICK / len(one.bars)
        middle = top + leading(BODY) / 2
        for number, bar in enumerate(one.bars):
            offset = (number - (len(one.bars) - 1) / 2) * (thick + 0.5)
            _Stroke(self.page, axis, middle + offset, thick, GROUPS[group_of(one.class_iri)][0]).bar(bar)
        self.page.y = max(y, end) + _GAP / 2


@dataclass(frozen=True, slots=True)
class _Stroke:
    """Draws bars of one colour and thickness about one height, cut where the axis ends."""

    page: Page
    axis: TimeAxis
    middle: float
    thick: float
    colour: str

    def bar(self, bar: Bar) -> None:
        """The open ends, then the days that are known; an arrowhead where they go on beyond the axis."""
        for part in bar.parts:
            if part.kind in {"before", "after"} and self.axis.first <= part.first <= self.axis.last:
                self._open(part)
        closed = [part for part in bar.parts if part.kind in {"sure", "maybe"}]
        first, last = (min(p.first for p in closed), max(p.last for p in closed)) if closed else (date.max, date.min)
        if first > self.axis.last or last < self.axis.first:
            return
        if self.axis.end(last) - self.axis.start(first) < _SHORTEST:
            sure = not bar.doubtful and all(part.kind == "sure" for part in closed)
            at = (self.axis.start(first) + self.axis.end(last)) / 2, self.middle
            self.page.diamond(
                at, self.thick / 2 + 0.25, Look(self.colour if sure else "white", self.colour, bar.doubtful)
            )
        else:
            for part in closed:
                self._closed(part, doubtful=bar.doubtful)
        if last > self.axis.last:
            self.page.arrow((self.axis.right, self.middle), 1.6, self.thick / 2, self.colour)
        if first < self.axis.first:
            self.page.arrow((self.axis.left, self.middle), -1.6, self.thick / 2, self.colour)

    def _open(self, part: Part) -> None:
        if part.kind == "after":
            start = self.axis.end(part.first)
            end = min(start + _FADE, self.axis.right + 2.0)
        else:
            start = self.axis.start(part.first)
            end = max(start - _FADE, self.axis.left - 2.0)
        self.page.fade(start, end, self.middle, self.thick, self.colour)

    def _closed(self, part: Part, *, doubtful: bool) -> None:
        if part.last < self.axis.first or part.first > self.axis.last:
            return
        left = max(self.axis.start(part.first), self.axis.left)
        right = min(self.axis.end(part.last), self.axis.right)
        box = left, self.middle - self.thick / 2, right, self.middle + self.thick / 2
        if part.kind == "sure" and not doubtful:
            self.page.rectangle(box, Look(self.colour, self.colour, width=0.5))
        else:
            self.page.tint(box, self.colour, dashed=doubtful)


def _legend(page: Page, rows: Sequence[Happening], language: str) -> None:
    """What bars mean, then what colours do."""
    bars = [bar for one in rows for bar in one.bars]
    kinds = {part.kind for bar in bars for part in bar.parts}
    signs: list[tuple[Sign, str]] = [(_day_sign, words("day", language)), (_sure_sign, words("sure", language))]
    if "maybe" in kinds:
        signs.append((_maybe_sign, words("maybe", language)))
    if kinds & {"after", "before"}:
        signs.append((_open_sign, words("open", language)))
    if any(bar.doubtful for bar in bars):
        signs.append((_doubtful_sign, words("doubtful", language)))
    key(page, [*signs, (_beyond_sign, words("beyond", language))])
    used = {group_of(one.class_iri) for one in rows}
    key(page, [(_swatch(GROUPS[name][0]), best(GROUPS[name][1], language)) for name in GROUPS if name in used])


def _day_sign(page: Page, x: float, y: float) -> None:
    page.diamond((x + 4, y), _THICK / 2 + 0.25, Look(QUIET_INK, QUIET_INK))


def _sure_sign(page: Page, x: float, y: float) -> None:
    page.rectangle((x, y - _THICK / 2, x + 7, y + _THICK / 2), Look(QUIET_INK))


def _maybe_sign(page: Page, x: float, y: float) -> None:
    page.tint((x, y - _THICK / 2, x + 4.5, y + _THICK / 2), QUIET_INK)
    page.diamond((x + 6.8, y), _THICK / 2 + 0.25, Look("white", QUIET_INK))


def _doubtful_sign(page: Page, x: float, y: float) -> None:
    page.tint((x, y - _THICK / 2, x + 7, y + _THICK / 2), QUIET_INK, dashed=True)


def _open_sign(page: Page, x: float, y: float) -> None:
    page.fade(x, x + 7.5, y, _THICK, QUIET_INK)


def _beyond_sign(page: Page, x: float, y: float) -> None:
    page.rectangle((x, y - _THICK / 2, x + 5.8, y + _THICK / 2), Look(QUIET_INK))
    page.arrow((x + 6.2, y), 1.6, _THICK / 2, QUIET_INK)


def _swatch(colour: str) -> Sign:
    def draw(page: Page, x: float, y: float) -> None:
        page.rectangle((x, y - _THICK / 2, x + 7, y + _THICK / 2), Look(colour))

    return draw
