"""The parts of an SVG picture."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from powkg.pictures import palette, svg
from powkg.pictures.fonts import Fonts, load_fonts


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts()


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314  # what the module itself has written


def corners(points: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in points.split())]


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1.26, "1.3"), (-0.04, "0"), (-2.5, "-2.5"), (100.0, "100")])
def test_numbers_are_short(value: float, text: str) -> None:
    assert svg.number(value) == text


def test_block_is_as_wide_as_its_widest_line(fonts: Fonts) -> None:
    block = svg.block([svg.Line("Yalta", 10, "en"), svg.Line("ヤルタ会談", 10, "ja")], fonts)
    assert block.width == pytest.approx(50)
    assert block.height == pytest.approx(2 * 10 * svg.LEADING)
    assert svg.block([], fonts).width == 0


def test_text_is_escaped_and_says_its_language(fonts: Fonts) -> None:
    line = svg.Line('A & B < "C"\x0b', 10, 'x"y', bold=True)
    element = parsed(svg.block([line], fonts).text(5, 0).replace("xml:lang", "lang"))
    assert element.text == 'A & B < "C"'
    assert element.attrib["lang"] == 'x"y'
    assert element.attrib["font-weight"] == "700"


@pytest.mark.parametrize("style", palette.STYLES.values(), ids=palette.STYLES)
def test_shapes_fill_their_box_and_have_room_for_their_text(style: palette.Style, fonts: Fonts) -> None:
    text = svg.block([svg.Line("Kwantung Army", 12, "en"), svg.Line("関東軍", 10, "ja")], fonts)
    width, height = svg.room(style.shape, text)
    assert width > text.width
    assert height > text.height
    drawn = parsed(f"<g>{svg.outline(style, svg.Box.around((100, 100), width, height), 1)}</g>")
    xs, ys = [], []
    for part in drawn:
        if part.tag == "rect":
            left, top, wide, high = (float(part.attrib[name]) for name in ("x", "y", "width", "height"))
            xs += [left, left + wide]
            ys += [top, top + high]
        else:
            xs += [x for x, _ in corners(part.attrib["points"])]
            ys += [y for _, y in corners(part.attrib["points"])]
    assert (min(xs), max(xs)) == pytest.approx((100 - width / 2, 100 + width / 2), abs=0.2)
    assert (min(ys), max(ys)) == pytest.approx((100 - height / 2, 100 + height / 2), abs=0.2)
    assert drawn[0].attrib["stroke"] == style.outline


def test_arrow_points_at_its_tip() -> None:
    drawn = parsed(f"<g>{svg.curve([(0, 0), (3, 0), (6, 0), (9, 0)], (19, 0), '#000000', 1)}</g>")
    path, head = drawn
    assert path.attrib["d"] == "M0,0C3,0 6,0 9,0"
    assert corners(head.attrib["points"]) == [(19, 0), (9, 4), (9, -4)]
    assert "polygon" not in svg.curve([(0, 0), (3, 0), (6, 0), (9, 0)], None, "#000000", 1)
