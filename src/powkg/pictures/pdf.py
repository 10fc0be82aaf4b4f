"""SVG pictures of this project as PDF: the same lines and shapes, and text that can be selected and searched.

Read is what the modules of this project write: rectangles, polygons, cubic paths, texts and moved groups. The fonts
are embedded as subsets. Lengths come in pixels, y downwards, and go out in points, a scale apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from xml.etree import ElementTree as ET

from fpdf import FPDF, FPDF_VERSION
from fpdf.drawing import PaintedPath

from powkg.pictures.fonts import Font, Fonts
from powkg.pictures.palette import LICENCE, LICENCE_ADDRESS
from powkg.pictures.sheet import AUTHOR, About
from powkg.pictures.svg import Point

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TIMELESS = datetime(2000, 1, 1, tzinfo=UTC)
"""The date in every file, so that the same picture is the same file."""


def from_svg(text: str, about: About, scale: float, fonts: Fonts) -> bytes:
    """The picture on a page of its own size, `scale` points to the pixel."""
    root = ET.fromstring(text)  # noqa: S314  # written by this project
    size = (float(root.attrib["width"]) * scale, float(root.attrib["height"]) * scale)
    writer = _Writer(FPDF(unit="pt", format=size), scale, fonts)
    writer.describe(about)
    writer.draw(root, (0, 0))
    return writer.content()


class _Writer:
    """One page that is being filled."""

    def __init__(self, pdf: FPDF, scale: float, fonts: Fonts) -> None:
        self._pdf = pdf
        self._scale = scale
        self._fonts = fonts
        self._loaded: set[Font] = set()
        pdf.set_margin(0)
        pdf.set_auto_page_break(auto=False)
        pdf.add_page()

    def describe(self, about: About) -> None:
        self._pdf.set_title(about.name)
        self._pdf.set_author(AUTHOR)
        self._pdf.set_subject(about.subject)
        self._pdf.set_keywords(f"{LICENCE}, {LICENCE_ADDRESS}")
        self._pdf.set_creator(AUTHOR)
        self._pdf.set_producer(f"fpdf2 {FPDF_VERSION}")
        self._pdf.set_lang(about.language)
        self._pdf.set_creation_date(_TIMELESS)
        self._pdf.set_xmp_metadata(f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{about.rdf()}</x:xmpmeta>')

    def content(self) -> bytes:
        return bytes(self._pdf.output())

    def draw(self, element: ET.Element, corner: Point) -> None:
        """Draw what stands in an element whose origin is at the corner."""
        for part in element:
            name = part.tag.removeprefix(_SVG)
            if name == "g":
                x, y = _numbers(part.get("transform", "0 0"))
                self.draw(part, (corner[0] + x, corner[1] + y))
            elif name == "text":
                self._text(part, corner)
            elif name in ("rect", "path", "polygon", "polyline"):
                self._shape(name, part, corner)

    def _shape(self, name: str, part: ET.Element, corner: Point) -> None:
        with self._pdf.new_path() as path:
            fill, stroke = part.get("fill", "none"), part.get("stroke", "none")
            path.style.fill_color = None if fill == "none" else fill
            path.style.stroke_color = None if stroke == "none" else stroke
            path.style.stroke_width = float(part.get("stroke-width", "1")) * self._scale
            path.style.auto_close = False
            if dashes := _numbers(part.get("stroke-dasharray")):
                path.style.stroke_dash_pattern = [length * self._scale for length in dashes]
            if name == "rect":
                x, y, width, height, radius = (float(part.get(key, "0")) for key in ("x", "y", "width", "height", "rx"))
                left, top = self._placed((x, y), corner)
                sides = (width * self._scale, height * self._scale)
                path.rectangle(left, top, *sides, radius * self._scale, radius * self._scale)
            else:
                numbers = _numbers(part.get("d") or part.get("points"))
                points = zip(numbers[::2], numbers[1::2], strict=True)
                self._line(name, path, [self._placed(point, corner) for point in points])

    def _line(self, name: str, path: PaintedPath, points: list[Point]) -> None:
        first, *rest = points
        path.move_to(*first)
        if name == "path":
            for one, two, end in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
                path.curve_to(*one, *two, *end)
        else:
            for point in rest:
                path.line_to(*point)
        if name == "polygon":
            path.close()

    def _text(self, part: ET.Element, corner: Point) -> None:
        text, size = part.text or "", float(part.attrib["font-size"])
        bold = part.get("font-weight") == "700"
        x, y = self._placed((float(part.attrib["x"]), float(part.attrib["y"])), corner)
        if part.get("text-anchor") == "middle":
            x -= self._fonts.width(text, size, bold=bold) * self._scale / 2
        self._pdf.set_text_color(part.get("fill", "#000000"))
        for font, run in self._runs(text, bold=bold):
            self._pdf.set_font(font.path.stem, size=size * self._scale)
            self._pdf.text(x, y, run)
            x += self._fonts.width(run, size, bold=bold) * self._scale

    def _runs(self, text: str, *, bold: bool) -> Iterator[tuple[Font, str]]:
        """The text in pieces of one font each; a character that no font has goes to the first one."""
        fonts = self._fonts.bold if bold else self._fonts.regular
        for font, characters in groupby(text, lambda character: self._fonts.holding(character, bold=bold) or fonts[0]):
            if font not in self._loaded:
                self._pdf.add_font(font.path.stem, fname=font.path)
                self._loaded.add(font)
            yield font, "".join(characters)

    def _placed(self, point: Point, corner: Point) -> Point:
        return (point[0] + corner[0]) * self._scale, (point[1] + corner[1]) * self._scale


def _numbers(text: str | None) -> list[float]:
    return [float(number) for number in _NUMBER.findall(text or "")]
