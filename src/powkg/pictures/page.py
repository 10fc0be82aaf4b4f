"""A picture put together: heading, network, legend and foot under each other on white."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from powkg.pictures import palette, svg
from powkg.pictures.composition import Composition
from powkg.pictures.fonts import FAMILIES, Fonts
from powkg.pictures.layout import Layout
from powkg.pictures.sheet import About, document

_MARGIN = 20.0
_UNDER_HEADING = 14.0
_ABOVE_LEGEND = 18.0
_LEGEND_HEIGHT = 26.0
_FOOT_WIDTH = 740.0
_NARROWEST_FOOT = 420.0


def besides(composed: Composition, fonts: Fonts) -> tuple[float, float]:
    """The width and height in pixels that a picture takes besides its network; the height is an estimate."""
    foot = composed.footer(fonts, _FOOT_WIDTH).height
    height = composed.heading.height + _UNDER_HEADING + _ABOVE_LEGEND + _LEGEND_HEIGHT + foot + 2 * _MARGIN
    return 2 * _MARGIN, height


class Page:
    """A composition on its sheet. `width` and `height` are in pixels."""

    def __init__(self, composed: Composition, layout: Layout, fonts: Fonts) -> None:
        self._composed = composed
        self._layout = layout
        self._legend, legend_width = _legend(composed)
        inner = max(layout.width, composed.heading.width, legend_width)
        self._footer = composed.footer(fonts, max(inner, _NARROWEST_FOOT))
        self._inner = max(inner, self._footer.width)
        self._top = _MARGIN + composed.heading.height + _UNDER_HEADING
        self._below = self._top + layout.height + _ABOVE_LEGEND
        self.width = self._inner + 2 * _MARGIN
        self.height = self._below + _LEGEND_HEIGHT + self._footer.height + _MARGIN

    def svg(self, about: About, font_faces: str) -> str:
        """The SVG document, with these `@font-face` rules in its style sheet."""
        style = f"{font_faces}text{{font-family:{FAMILIES};font-kerning:none;font-synthesis:none}}"
        left = _MARGIN + (self._inner - self._layout.width) / 2
        parts = (
            self._composed.heading.text(_MARGIN, _MARGIN, anchor="start"),
            svg.group(_network(self._composed, self._layout), (left, self._top)),
            svg.group(self._legend, (_MARGIN, self._below)),
            self._footer.text(_MARGIN, self._below + _LEGEND_HEIGHT, anchor="start"),
        )
        return document(about, (self.width, self.height), style, parts)


def _network(composed: Composition, layout: Layout) -> Iterable[str]:
    for tie, curves, (x, y) in zip(composed.ties, layout.curves, layout.texts, strict=True):
        colour, stroke = (palette.LINE_OF_FOCUS, 1.4) if tie.focus else (palette.LINE, 1.0)
        drawn = [svg.curve(points, tip, colour, stroke) for points, tip in curves]
        yield svg.group([svg.title(tie.tooltip), *drawn, tie.block.text(x, y - tie.block.height / 2)])
    for node in composed.nodes:
        middle = layout.nodes[node.iri]
        outline = svg.outline(node.style, svg.Box.around(middle, node.width, node.height), 3.0 if node.focus else 1.4)
        x, y = svg.inside(node.style.shape, middle)
        yield svg.group([svg.title(node.tooltip), outline, node.block.text(x, y - node.block.height / 2)])


def _legend(composed: Composition) -> tuple[Sequence[str], float]:
    parts, x = [], 0.0
    for style, word in composed.legend:
        parts.append(svg.outline(style, svg.Box(x, 0, 26, 15), 1.2) + word.text(x + 32, 1.5, anchor="start"))
        x += 32 + word.width + 18
    return parts, x
