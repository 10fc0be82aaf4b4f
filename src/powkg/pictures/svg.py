"""The parts of a picture as SVG text: lines of text, shapes of nodes, arrows. Pure; lengths in pixels, y downwards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from powkg.pictures.fonts import Fonts
from powkg.pictures.palette import INK, Style

LEADING = 1.28
"""The distance of two lines of text, as a multiple of the size of the font."""

Point = tuple[float, float]

_STEP = 6.0  # how far the back sheet of a stack stands out
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its size, the language that it is in, and its look."""

    text: str
    size: float
    language: str
    colour: str = INK
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text set under each other, with the size of the whole."""

    lines: tuple[Line, ...]
    width: float
    height: float

    def text(self, x: float, y: float, *, anchor: str = "middle") -> str:
        """The lines with their middle (or start, by `anchor`) at x and the top of the first at y."""
        written = []
        for line in self.lines:
            # The baseline of these fonts lies a third of their size below the middle of the line.
            baseline = y + line.size * (LEADING / 2 + 0.36)
            weight = ' font-weight="700"' if line.bold else ""
            look = f'text-anchor="{anchor}" font-size="{number(line.size)}"{weight} fill="{line.colour}"'
            place = f'x="{number(x)}" y="{number(baseline)}"'
            written.append(f"<text {place} {look} xml:lang={quoteattr(line.language)}>{escaped(line.text)}</text>")
            y += line.size * LEADING
        return "".join(written)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @classmethod
    def around(cls, middle: Point, width: float, height: float) -> Box:
        """The rectangle of this size around a point."""
        return cls(middle[0] - width / 2, middle[1] - height / 2, width, height)


def block(lines: Sequence[Line], fonts: Fonts) -> Block:
    """Lines and the room that they take."""
    width = max((fonts.width(line.text, line.size, bold=line.bold) for line in lines), default=0.0)
    return Block(tuple(lines), width, sum(line.size * LEADING for line in lines))


def number(value: float) -> str:
    """A number to the tenth of a pixel, in its shortest form."""
    return f"{round(value, 1) + 0.0:.1f}".removesuffix(".0")


def title(text: str) -> str:
    """The accessible name of the element that this stands first in; browsers show it as a tooltip."""
    return f"<title>{escaped(text)}</title>"


def group(parts: Iterable[str], corner: Point = (0, 0)) -> str:
    """Elements that belong together, moved so that their origin comes to the corner."""
    moved = f' transform="translate({number(corner[0])} {number(corner[1])})"' if any(corner) else ""
    return f"<g{moved}>{''.join(parts)}</g>"


def curve(points: Sequence[Point], tip: Point | None, colour: str, stroke: float) -> str:
    """A cubic spline (one start, then three points a piece), with an arrow from its end to the tip."""
    start, *rest = points
    path = f"M{_pair(start)}C{_pairs(rest)}"
    line = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{number(stroke)}"/>'
    return line + (_arrow(points[-1], tip, colour) if tip else "")


def room(shape: str, text: Block) -> tuple[float, float]:
    """Width and height of a shape that holds a block of text."""
    width, height = text.width + 20, text.height + 12
    if shape == "pill":
        width += height / 3
    elif shape == "hexagon":
        width += height / 2
    elif shape == "octagon":
        width += 6
    elif shape == "stack":
        width, height = width + _STEP, height + _STEP
    return width, height


def inside(shape: str, middle: Point) -> Point:
    """The middle of the text in a shape around this middle."""
    return (middle[0] - _STEP / 2, middle[1] + _STEP / 2) if shape == "stack" else middle


def outline(style: Style, box: Box, stroke: float) -> str:
    """The shape of a node."""
    look = f'fill="{style.fill}" stroke="{style.outline}" stroke-width="{number(stroke)}"'
    return _SHAPES[style.shape](box, look)


def _pill(box: Box, look: str) -> str:
    return rectangle(box, look, min(box.height / 2, 26))


def _hexagon(box: Box, look: str) -> str:
    side, middle = min(box.height / 3, 18), box.top + box.height / 2
    upper = [(box.left + side, box.top), (box.right - side, box.top), (box.right, middle)]
    return _polygon([*upper, (box.right - side, box.bottom), (box.left + side, box.bottom), (box.left, middle)], look)


def _octagon(box: Box, look: str) -> str:
    cut = min(box.height / 4, 9)
    rows = ((0, cut), (cut, 0))
    left = [(box.left + x, box.top + y) for x, y in rows]
    right = [(box.right - x, box.top + y) for x, y in rows[::-1]]
    below = [(x, box.bottom - (y - box.top)) for x, y in (*right[::-1], *left[::-1])]
    return _polygon([*left, *right, *below], look)


def _note(box: Box, look: str) -> str:
    fold = min(box.height / 3, 11)
    upper, lower = (box.right - fold, box.top), (box.right, box.top + fold)
    paper = _polygon([(box.left, box.top), upper, lower, (box.right, box.bottom), (box.left, box.bottom)], look)
    return f'{paper}<polyline points="{_pairs([upper, (box.right - fold, box.top + fold), lower])}" {look}/>'


def _stack(box: Box, look: str) -> str:
    step = min(_STEP, box.height / 4)
    width, height = box.width - step, box.height - step
    behind = rectangle(Box(box.left + step, box.top, width, height), look, 2)
    return behind + rectangle(Box(box.left, box.top + step, width, height), look, 2)


def _dashed(box: Box, look: str) -> str:
    return rectangle(box, f'{look} stroke-dasharray="5 3"')


def rectangle(box: Box, look: str, radius: float = 0) -> str:
    """A rectangle with these SVG attributes, its corners rounded to a radius."""
    rounded = f' rx="{number(radius)}"' if radius else ""
    size = f'width="{number(box.width)}" height="{number(box.height)}"'
    return f'<rect x="{number(box.left)}" y="{number(box.top)}" {size}{rounded} {look}/>'


_SHAPES: Mapping[str, Callable[[Box, str], str]] = {
    "pill": _pill,
    "rectangle": rectangle,
    "stack": _stack,
    "hexagon": _hexagon,
    "octagon": _octagon,
    "note": _note,
    "dashed": _dashed,
}


def _arrow(base: Point, tip: Point, colour: str) -> str:
    across, along = base[1] - tip[1], tip[0] - base[0]
    left = (base[0] + across * 0.4, base[1] + along * 0.4)
    right = (base[0] - across * 0.4, base[1] - along * 0.4)
    return _polygon([tip, left, right], f'fill="{colour}"')


def _polygon(points: Iterable[Point], look: str) -> str:
    return f'<polygon points="{_pairs(points)}" {look}/>'


def _pairs(points: Iterable[Point]) -> str:
    return " ".join(_pair(point) for point in points)


def _pair(point: Point) -> str:
    return f"{number(point[0])},{number(point[1])}"


def escaped(text: str) -> str:
    """The text as it stands between tags."""
    return escape(printable(text))


def printable(text: str) -> str:
    """The text without the characters that no XML document may hold."""
    return _FORBIDDEN.sub("", text)
