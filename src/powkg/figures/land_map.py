"""The map: the places that have coordinates, on the land of the world and of East Asia."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from matplotlib.path import Path

from powkg.entities.captions import best
from powkg.errors import UsageError
from powkg.figures.geography import Albers, Points, View, eckert_iv, within_reach
from powkg.figures.labelling import Box, Marker, arrange
from powkg.figures.notes import References, Sign, data_note, key, languages_of, version_of
from powkg.figures.page import BODY, MARGIN, SMALL, WIDTH, Look, Page, Point, ascent, leading, text_width
from powkg.figures.places import Gazetteer, Site
from powkg.figures.words import words
from powkg.figures.writing import About, DataFigure
from powkg.pictures.palette import INK, LINE, QUIET_INK, STYLES
from powkg.terms import Queryable

_WORLD = np.array([(-8.0, 42.0), (305.0, 40.0), (150.0, 76.0), (150.0, -20.0)])
"""What the world map shows at least, in degrees."""

_ALBERS = Albers(south=28.0, north=50.0, longitude=138.0, latitude=38.0)
_DETAIL = np.array([(119.5, 38.0), (157.5, 38.0), (138.0, 54.0), (138.0, 22.5)])
_DETAIL_WIDTH = 98.0
_PADDING = 6.0  # degrees around a place at the edge of the world map

_SEA, _LAND, _GRATICULE = "#f4f8fb", "#e3dfd3", "#cfd6da"
_EVERY = 10  # degrees between the lines of the detail's graticule
_COLOUR = STYLES["place"].outline
_UNIT = 0.75  # millimetres: the radius of the circle for one passage
_FINEST = 0.18
_PADDED = 0.4


def land_map(store: Queryable, *, languages: Sequence[str] = ("en",), version: str = "") -> DataFigure:
    """Every place of the store that has coordinates, named once, with what happened there beside the map.

    The first of `languages` is that of titles too. `version` is that of the store's data; without it, a `Store` says
    it itself. Raises UsageError where a language cannot be read or no place has
    coordinates.
    """
    spoken = languages_of(languages)
    gazetteer = Gazetteer.read(store)
    if not gazetteer.sites:
        raise UsageError("no place of the store has coordinates (geo:hasGeometry with a POINT): nothing to draw")
    references = References(store, spoken[0])
    page = Page(spoken[0])
    page.heading(words("map", spoken[0]), words("map-of", spoken[0]))
    key(page, _key(gazetteer.sites, spoken[0]))
    page.y += 1.0
    degrees = np.array([(site.longitude, site.latitude) for site in gazetteer.sites])
    world = View.on(eckert_iv, _shown(degrees), MARGIN, page.y, WIDTH - 2 * MARGIN)
    detail = View.on(_ALBERS, _DETAIL, MARGIN, page.y + world.height + 6.0, _DETAIL_WIDTH)
    within = [site for site, at in zip(gazetteer.sites, detail.place(degrees), strict=True) if detail.holds(at, 1.0)]
    has_detail = len(within) > 1
    named = [site for site in gazetteer.sites if not (has_detail and site in within)]
    frame = _frame(world, detail) if has_detail else []
    # Those with a name come first, as `_label` wants them.
    markers = _draw(page, world, [*named, *(within if has_detail else [])])
    _label(page, world, _names(named, spoken), markers, frame)
    page.text(MARGIN, world.top + world.height + 3.0, words("world", spoken[0]), SMALL, colour=QUIET_INK)
    page.y = world.top + world.height + 4.5
    if has_detail:
        page.line(frame, QUIET_INK, 0.6)
        _label(page, detail, _names(within, spoken), _draw(page, detail, within), [])
        page.text(MARGIN, detail.top + detail.height + 3.0, words("detail", spoken[0]), SMALL, colour=QUIET_INK)
    left = MARGIN + _DETAIL_WIDTH + 4.0 if has_detail else MARGIN
    end = _events(page, gazetteer.sites, left, page.y + 1.5, spoken[0])
    page.y = max(end, detail.top + detail.height + 4.5 if has_detail else end) + 1.0
    cited = ", ".join(best(labels, spoken[0]) for labels in gazetteer.without)
    number = len(gazetteer.without)
    references.cite((), sorted({site.source for site in gazetteer.sites}))
    notes = [
        *([words("without-coordinates", spoken[0], number=number, names=cited)] if number else []),
        *references.notes("coordinates-from", "evidence-only"),
    ]
    version = version_of(store, version)
    page.notes([*notes, " ".join([words("land", spoken[0]), *data_note(version, spoken[0])])])
    lines = [_sentence(site, spoken[0]) for site in gazetteer.sites]
    return page.figure(About(words("map", spoken[0]), "\n".join([*lines, *notes]), spoken[0], version))


def _shown(degrees: Points) -> Points:
    """What the world map shows: as much as always, and all places with room around them."""
    places = within_reach(degrees)
    around = [places + offset for offset in ((-_PADDING, 0), (_PADDING, 0), (0, -_PADDING), (0, _PADDING))]
    points = np.concatenate([_WORLD, *around])
    return np.column_stack((np.clip(points[:, 0], -30.0, 330.0), np.clip(points[:, 1], -80.0, 84.0)))


def _draw(page: Page, view: View, sites: Sequence[Site]) -> list[Marker]:
    """Sea, land, and a circle for each site, which are returned in the same order."""
    right, bottom = view.left + view.width, view.top + view.height
    page.rectangle((view.left, view.top, right, bottom), Look(_SEA), layer=0)
    outlines = [Path(np.vstack((outline, outline[:1])), closed=True) for outline in view.land(_FINEST)]
    if outlines:
        page.shape(Path.make_compound_path(*outlines), _LAND)
    for line in view.graticule(_EVERY if view.projection is _ALBERS else 3 * _EVERY):
        page.line([(float(x), float(y)) for x, y in line], _GRATICULE, 0.3)
    page.rectangle((view.left, view.top, right, bottom), Look("none", LINE), layer=4)
    places = view.place(within_reach(np.array([(site.longitude, site.latitude) for site in sites])))
    markers = [Marker(float(x), float(y), _radius(site)) for site, (x, y) in zip(sites, places, strict=True)]
    for marker, site in sorted(zip(markers, sites, strict=True), key=lambda pair: -pair[0].radius):
        page.circle((marker.x, marker.y), marker.radius, _look(site))
    return markers


def _label(
    page: Page, view: View, names: Mapping[str, Sequence[str]], markers: Sequence[Marker], crossed: Sequence[Point]
) -> None:
    """The names of the first markers, by their identifiers; none on another, a marker or the points `crossed`."""
    sizes = [_size(lines) for lines in names.values()]
    frame = Box(view.left + 1, view.top + 1, view.left + view.width - 1, view.top + view.height - 1)
    kept_free = [Box(x - 1, y - 1, x + 1, y + 1) for x, y in crossed]
    for (identifier, lines), spot in zip(names.items(), arrange(markers, sizes, frame, kept_free), strict=True):
        if spot is None:
            raise UsageError(f"the names do not fit on the map, {lines[0]!r} has no room: give fewer languages")
        if spot.leader:
            page.line(spot.leader, QUIET_INK, 0.4)
        y = spot.box.top
        for number, line in enumerate(lines):
            size, colour, name = (SMALL, QUIET_INK, "") if number else (BODY, INK, identifier)
            page.text(spot.box.left + _PADDED, y + 0.8 * leading(size), line, size, colour=colour, name=name)
            y += leading(size)


def _size(lines: Sequence[str]) -> tuple[float, float]:
    """The room of a name: its first line, and smaller ones beneath it."""
    sizes = [BODY, *[SMALL] * (len(lines) - 1)]
    width = max(text_width(line, size) for line, size in zip(lines, sizes, strict=True))
    return width + 2 * _PADDED, sum(map(leading, sizes))


def _frame(world: View, detail: View) -> list[Point]:
    """The frame of the detail on the map of the world."""
    corners = [
        (detail.west + x / detail.scale, detail.north - y / detail.scale)
        for x, y in _around(detail.width, detail.height)
    ]
    return [(float(x), float(y)) for x, y in world.place(_ALBERS.degrees(np.array(corners)))]


def _around(width: float, height: float, steps: int = 12) -> list[tuple[float, float]]:
    """Points along the sides of a rectangle, back to the first."""
    corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)]
    return [
        (start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps)
        for start, end in pairwise(corners)
        for step in range(steps + 1)
    ]


def _look(site: Site) -> Look:
    if not site.passages:
        return Look("white", QUIET_INK, width=0.7)
    if site.on_the_spot:
        return Look(_COLOUR, "white", width=0.4)
    return Look("#cdebe2", _COLOUR, opacity=0.85, width=0.9)


def _radius(site: Site) -> float:
    return _UNIT * math.sqrt(max(len(site.passages), 1))


def _names(sites: Sequence[Site], languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What is written beside each site, by its identifier: its name and passages, then its other names."""
    return {site.iri.rpartition("/")[2]: _lines(site, languages) for site in sites}


def _lines(site: Site, languages: Sequence[str]) -> tuple[str, ...]:
    first, *others = dict.fromkeys(best(site.labels, language) for language in languages)
    return (f"{first} {len(site.passages)}", *others)


def _events(page: Page, sites: Sequence[Site], left: float, top: float, language: str) -> float:
    """What happened where, with the passages that say so; returns where the list ends."""
    page.text(left, top + ascent(BODY), words("events-at", language), BODY, bold=True)
    y = top + leading(BODY) + 0.6
    for site in sorted(sites, key=lambda site: best(site.labels, language)):
        if site.events:
            text = f"{best(site.labels, language)}: {_happened(site, language)}"
            y = page.paragraph((left, y), text, WIDTH - MARGIN - left, colour=INK) + 0.5
    return y


def _happened(site: Site, language: str) -> str:
    return "; ".join(f"{best(labels, language)} ({', '.join(cited)})" for labels, cited in site.events)


def _sentence(site: Site, language: str) -> str:
    """The place in words, for those who do not see it."""
    point = f"{site.latitude:g}, {site.longitude:g}"
    kind = best(site.kind, language)
    parts = [f"{best(site.labels, language)} ({point}{f', {kind}' if kind else ''})", ", ".join(site.passages)]
    return ": ".join(filter(None, parts))


def _key(sites: Sequence[Site], language: str) -> list[tuple[Sign, str]]:
    looks = {_look(site): site for site in sites}
    found: list[tuple[Sign, str]] = []
    for name, wanted in (("point", True), ("area", False)):
        site = next((site for site in looks.values() if site.passages and site.on_the_spot is wanted), None)
        if site:
            found.append((_sign(_look(site)), words(name, language)))
    site = next((site for site in looks.values() if not site.passages), None)
    return [*found, (_sign(_look(site)), words("unspoken", language))] if site else found


def _sign(look: Look) -> Sign:
    def draw(page: Page, x: float, y: float) -> None:
        page.circle((x + 5.5, y), 1.3, look)

    return draw
