"""A sheet as wide as the text of an A4 page, drawn on in millimetres, y downwards from its upper edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.text import Text

from powkg.figures.canvas import defaults, font, fonts
from powkg.figures.writing import About, DataFigure
from powkg.pictures.palette import INK, QUIET_INK

WIDTH = 190.0
"""The width of a figure in millimetres: A4 with margins of 10."""

MARGIN = 4.0
BODY, SMALL, HEADING = 7.5, 6.5, 12.0
"""Sizes of type in points."""

_POINT = 25.4 / 72
_LEADING = 1.3
_FADES = 24
_ROOM = 1.5  # between the texts of two ticks
_WITHOUT_BOLD = ("ja", "zh", "ko")

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, slots=True)
class Look:
    """The fill and outline of a shape; an outline is a line in a colour ("" for none), dashed where `dashed`."""

    fill: str = "none"
    edge: str = ""
    dashed: bool = False
    opacity: float = 1.0
    width: float = 0.7


@dataclass(slots=True)
class Page:
    """What has been drawn so far. `y` is where the next part begins; parts move it on.

    Matplotlib's artists take what they are not told from its settings, so they are made when the figure is.

    No font here has bold Chinese characters; a page in a `language` that is written with them has no bold type at all.
    """

    language: str = "en"
    y: float = MARGIN
    drawn: list[Callable[[], Artist]] = field(default_factory=list)
    named: Counter[str] = field(default_factory=Counter)

    def text(  # noqa: PLR0913  # where, what and how
        self,
        x: float,
        y: float,
        text: str,
        size: float = BODY,
        *,
        colour: str = INK,
        bold: bool = False,
        anchor: Literal["left", "center", "right"] = "left",
        name: str = "",
    ) -> None:
        """A line of text with its baseline at y. `name` becomes its identifier in an SVG, with -2 where it is taken."""
        identifier = f"{name}-{self.named[name] + 1}" if self.named[name] else name
        self.named[name] += bool(name)
        heavy = bold and not self.language.startswith(_WITHOUT_BOLD)
        self.drawn.append(
            lambda: Text(
                x,
                y,
                text,
                color=colour,
                fontproperties=font(text, size, bold=heavy),
                ha=anchor,
                va="baseline",
                parse_math=False,
                gid=identifier or None,
            )
        )

    def paragraph(self, at: Point, text: str, limit: float, size: float = SMALL, colour: str = QUIET_INK) -> float:
        """Text in lines of at most `limit` with its upper left corner at a point; returns where it ends."""
        x, y = at
        for line in wrap(text, size, limit):
            self.text(x, y + ascent(size), line, size, colour=colour)
            y += leading(size)
        return y

    def polygon(self, corners: Sequence[Point], look: Look, *, layer: int = 2) -> None:
        self.drawn.append(lambda: Polygon(corners, closed=True, zorder=layer, **_style(look)))

    def rectangle(self, box: Box, look: Look, *, layer: int = 2) -> None:
        left, top, right, bottom = box
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], look, layer=layer)

    def circle(self, middle: Point, radius: float, look: Look, *, layer: int = 3) -> None:
        self.drawn.append(lambda: Circle(middle, radius, zorder=layer, **_style(look)))

    def shape(self, path: Path, colour: str) -> None:
        """An area of several outlines, with an outline of its own colour that closes hairlines."""
        self.drawn.append(lambda: PathPatch(path, facecolor=colour, edgecolor=colour, linewidth=0.2, zorder=1))

    def line(self, points: Sequence[Point], colour: str, width: float = 0.6, *, dashed: bool = False) -> None:
        xs, ys = zip(*points, strict=True)
        dashes: Any = (0, (2.5, 1.8)) if dashed else "-"
        self.drawn.append(lambda: Line2D(xs, ys, color=colour, linewidth=width, linestyle=dashes, zorder=1.5))

    def tint(self, box: Box, colour: str, *, dashed: bool = False) -> None:
        """A light rectangle with an outline."""
        self.rectangle(box, Look(colour, opacity=0.3))
        self.rectangle(box, Look("none", colour, dashed, width=0.6))

    def fade(self, start: float, end: float, middle: float, thick: float, colour: str) -> None:
        """A bar that fades from start to end (leftwards where end is less), and an arrow in that direction."""
        tip = 1.3 if end > start else -1.3
        end -= tip
        step = (end - start) / _FADES
        top, bottom = middle - thick / 2, middle + thick / 2
        for number in range(_FADES):
            opacity = 0.75 * (1 - number / _FADES) ** 1.3
            left, right = sorted((start + number * step, start + (number + 1) * step))
            self.rectangle((left, top, right, bottom), Look(colour, opacity=round(opacity, 3)))
        self.arrow((end, middle), tip, thick / 2, colour)

    def arrow(self, at: Point, length: float, half: float, colour: str) -> None:
        """A triangle that points right, or left for a negative length."""
        x, y = at
        self.polygon([(x, y - half), (x + length, y), (x, y + half)], Look(colour), layer=3)

    def diamond(self, middle: Point, radius: float, look: Look) -> None:
        x, y = middle
        self.polygon([(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)], look, layer=3)

    def heading(self, title: str, subtitle: str) -> None:
        """The title of the figure and what it shows, at the top."""
        for line in wrap(title, HEADING, WIDTH - 2 * MARGIN, bold=True):
            self.text(MARGIN, self.y + ascent(HEADING), line, HEADING, bold=True)
            self.y += leading(HEADING)
        self.y = self.paragraph((MARGIN, self.y + 0.6), subtitle, WIDTH - 2 * MARGIN, BODY) + 2.0

    def notes(self, texts: Sequence[str]) -> None:
        """Small paragraphs over the whole width."""
        for text in texts:
            self.y = self.paragraph((MARGIN, self.y), text, WIDTH - 2 * MARGIN) + 0.7

    def figure(self, about: About) -> DataFigure:
        """The sheet, as high as what stands on it."""
        height = self.y + MARGIN
        with defaults():
            figure = DataFigure(figsize=(WIDTH / 25.4, height / 25.4), dpi=100, facecolor="white")
            figure.about = about
            axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(0, WIDTH), ylim=(height, 0))
            axes.set_axis_off()
            for make in self.drawn:
                axes.add_artist(make()).set_clip_on(False)
        return figure


def leading(size: float) -> float:
    """The distance of two lines of this size in points, in millimetres."""
    return size * _LEADING * _POINT


def ascent(size: float) -> float:
    """How far the baseline lies beneath the top of its line, in millimetres."""
    return size * 0.98 * _POINT


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in millimetres."""
    return fonts().width(text, size, bold=bold) * _POINT


def wrap(text: str, size: float, limit: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most `limit` millimetres, broken where its language allows, else at any space."""
    lines: list[str] = []
    for line in fonts().wrap(text, size, limit / _POINT, bold=bold):
        if text_width(line, size, bold=bold) <= limit:
            lines.append(line)
            continue
        filled = [""]
        for word in line.split():
            joined = f"{filled[-1]} {word}".strip()
            if filled[-1] and text_width(joined, size, bold=bold) > limit:
                filled.append(word)
            else:
                filled[-1] = joined
        lines += filled
    return lines


def stride(ticks: Sequence[tuple[float, str]]) -> int:
    """1 where the small texts centred at these positions have room, 2 where those of every second have, and so on."""
    for every in range(1, len(ticks)):
        shown = [(x, text_width(text, SMALL) / 2) for x, text in ticks[::every]]
        if all(x + half + _ROOM <= other - wide for (x, half), (other, wide) in pairwise(shown)):
            return every
    return max(len(ticks), 1)


def _style(look: Look) -> dict[str, Any]:
    return {
        "facecolor": look.fill,
        "edgecolor": look.edge or "none",
        "linewidth": look.width if look.edge else 0,
        "linestyle": (0, (2.2, 1.6)) if look.dashed else "-",
        "alpha": look.opacity,
    }
