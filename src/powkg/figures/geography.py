"""Land and map projections: degrees in, millimetres on a page out. Pure but for the reading of the land.

The land is that of Natural Earth at 1:50 million, as the npm package world-atlas has it in TopoJSON (docs/figures.md
tells its version and digest). Projections are those of Snyder, "Map Projections: A Working Manual" (1987), for a sphere
of radius 1, with x to the east and y to the north:

- `eckert_iv`, pages 253 to 258: the world, equal-area;
- `Albers`, pages 98 to 103: a region, equal-area, with two standard parallels.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Points as rows of two numbers."""

Projection = Callable[[Points], Points]
"""Longitudes and latitudes in degrees to x and y."""

CENTRE = 150.0
"""The meridian in the middle of the world map: it is cut at 30° W, in the Atlantic."""

_SOUTHERNMOST = -60.0  # Antarctica holds a pole and none of the places
_STEPS = 12  # of Newton's method; at 80° the eighth changes nothing any more


def eckert_iv(degrees: Points) -> Points:
    """Eckert's fourth projection about the meridian `CENTRE`; longitudes lie within 180° of it."""
    longitude, latitude = np.radians(degrees - (CENTRE, 0.0)).T
    wanted = (2 + math.pi / 2) * np.sin(latitude)
    theta = latitude / 2
    for _ in range(_STEPS):
        sine, cosine = np.sin(theta), np.cos(theta)
        theta = theta - (theta + sine * cosine + 2 * sine - wanted) / (2 * cosine * (1 + cosine))
    x = 2 / math.sqrt(math.pi * (4 + math.pi)) * longitude * (1 + np.cos(theta))
    y = 2 * math.sqrt(math.pi / (4 + math.pi)) * np.sin(theta)
    return np.column_stack((x, y))


@dataclass(frozen=True, slots=True)
class Albers:
    """Albers' conic projection: its two standard parallels, and the point that is (0, 0), in degrees."""

    south: float
    north: float
    longitude: float
    latitude: float

    def __call__(self, degrees: Points) -> Points:
        cone, constant, middle = self._constants
        longitude, latitude = np.radians(degrees).T
        radius = np.sqrt(constant - 2 * cone * np.sin(latitude)) / cone
        angle = cone * (longitude - math.radians(self.longitude))
        return np.column_stack((radius * np.sin(angle), middle - radius * np.cos(angle)))

    def degrees(self, plane: Points) -> Points:
        """The longitudes and latitudes of x and y."""
        cone, constant, middle = self._constants
        x, y = plane.T
        squared = x**2 + (middle - y) ** 2
        angle = np.arctan2(x, middle - y)
        latitude = np.arcsin((constant - squared * cone**2) / (2 * cone))
        return np.column_stack((self.longitude + np.degrees(angle) / cone, np.degrees(latitude)))

    @property
    def _constants(self) -> tuple[float, float, float]:
        """Snyder's n, C and rho of the origin."""
        first, second, origin = map(math.radians, (self.south, self.north, self.latitude))
        cone = (math.sin(first) + math.sin(second)) / 2
        constant = math.cos(first) ** 2 + 2 * cone * math.sin(first)
        return cone, constant, math.sqrt(constant - 2 * cone * math.sin(origin)) / cone


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of a projected plane shown in a rectangle of a page, in millimetres, y downwards there."""

    projection: Projection
    left: float
    top: float
    width: float
    height: float
    west: float
    north: float
    scale: float

    @classmethod
    def on(cls, projection: Projection, shown: Points, left: float, top: float, width: float) -> View:
        """The view as wide as given that holds these points, which are degrees, from edge to edge."""
        xs, ys = projection(shown).T
        scale = width / float(xs.max() - xs.min())
        height = scale * float(ys.max() - ys.min())
        return cls(projection, left, top, width, height, float(xs.min()), float(ys.max()), scale)

    def place(self, degrees: Points) -> Points:
        """Where points are on the page."""
        x, y = self.projection(degrees).T
        return np.column_stack((self.left + (x - self.west) * self.scale, self.top + (self.north - y) * self.scale))

    def holds(self, point: Points, margin: float = 0.0) -> bool:
        """Whether a point of the page, as one row, is in the view, by a margin."""
        x, y = map(float, point)
        across = self.left + margin <= x <= self.left + self.width - margin
        return across and self.top + margin <= y <= self.top + self.height - margin

    def graticule(self, every: int) -> Iterator[Points]:
        """Meridians and parallels, so many degrees apart, in the pieces of them that are in the view."""
        along, up = np.linspace(CENTRE - 180, CENTRE + 180, 1801), np.linspace(-80, 80, 801)
        meridians = [np.column_stack((np.full_like(up, x), up)) for x in _range(CENTRE - 180, CENTRE + 180, every)]
        parallels = [np.column_stack((along, np.full_like(along, y))) for y in _range(-80, 80, every)]
        low = np.array((self.left, self.top))
        high = low + np.array((self.width, self.height))
        for line in (*meridians, *parallels):
            points = self.place(line)
            inside = np.all((points >= low) & (points <= high), axis=1)
            ends = np.flatnonzero(np.diff(np.concatenate(([False], inside, [False])).astype(int)))
            for start, end in zip(ends[::2], ends[1::2], strict=True):
                if end - start > 1:
                    yield points[start:end]

    def land(self, finest: float) -> Iterator[Points]:
        """The outlines of all land in the view, cut at its edges; details below `finest` millimetres are left out."""
        for ring in coasts():
            for shifted in _copies(ring):
                outline = self.place(shifted)
                for axis, edge, sign in (
                    (0, self.left, 1),
                    (0, self.left + self.width, -1),
                    (1, self.top, 1),
                    (1, self.top + self.height, -1),
                ):
                    outline = clip(outline, axis, edge, sign)
                outline = thinned(outline, finest)
                if len(outline) > 2:
                    yield outline


@cache
def coasts() -> tuple[Points, ...]:
    """Every outline of land and of inland seas, as degrees; one that crosses 180° goes on beyond it."""
    packed = resources.files("powkg.figures").joinpath("land", "land-50m.json.gz").read_bytes()
    topology = json.loads(gzip.decompress(packed))
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for numbers in (ring for polygon in polygons for ring in polygon):
            # A negative number stands for an arc backwards (TopoJSON 1.0, section 2.1.4).
            parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
            ring = np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
            ring[:, 0] = np.unwrap(ring[:, 0], period=360)
            if ring[:, 1].max() > _SOUTHERNMOST:
                rings.append(ring)
    return tuple(rings)


def clip(ring: Points, axis: int, edge: float, sign: int) -> Points:
    """The part of an outline above an edge for sign 1, below it for -1, after Sutherland & Hodgman (1974)."""
    if not len(ring):
        return ring
    inside = sign * (ring[:, axis] - edge) >= 0
    if inside.all():
        return ring
    if not inside.any():
        return ring[:0]
    before = np.roll(ring, 1, axis=0)
    crossing = inside != np.roll(inside, 1)
    with np.errstate(divide="ignore", invalid="ignore"):  # where nothing crosses, the two may be level
        share = (edge - before[:, axis]) / (ring[:, axis] - before[:, axis])
    cuts = before + np.where(crossing, share, 0.0)[:, np.newaxis] * (ring - before)
    # A cut comes before the point that it leads to.
    both: Points = np.stack((cuts, ring), axis=1)
    kept: Points = both[np.stack((crossing, inside), axis=1)]
    return kept


def thinned(outline: Points, finest: float) -> Points:
    """An outline without the points nearer than `finest` to the one kept before; empty where it is smaller itself."""
    if len(outline) < 3 or float(np.ptp(outline, axis=0).max()) < finest:
        return outline[:0]
    x, y = outline[0].tolist()
    kept = [(x, y)]
    for across, down in outline[1:].tolist():
        if abs(across - x) >= finest or abs(down - y) >= finest:
            x, y = across, down
            kept.append((x, y))
    return np.array(kept)


def within_reach(degrees: Points) -> Points:
    """The same points with longitudes within 180° of `CENTRE`."""
    return np.column_stack(((degrees[:, 0] - CENTRE + 180) % 360 + CENTRE - 180, degrees[:, 1]))


def _range(first: float, last: float, every: int) -> range:
    """The multiples of `every` from one number to another."""
    return range(math.ceil(first / every) * every, math.floor(last / every) * every + 1, every)


def _copies(ring: Points) -> Iterator[Points]:
    """The outline as often as it lies within 180° of `CENTRE`, cut there."""
    for turns in (-360.0, 0.0, 360.0):
        shifted = clip(ring + np.array((turns, 0.0)), 0, CENTRE - 180, 1)
        shifted = clip(shifted, 0, CENTRE + 180, -1)
        if len(shifted):
            yield shifted
