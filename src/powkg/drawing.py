"""Neighbourhoods as pictures: laid out by Graphviz, written as SVG with its fonts inside, or rendered as PNG."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import networkx as nx
import pygraphviz
import resvg_py

from powkg.entities.captions import LANGUAGES
from powkg.errors import UsageError
from powkg.networks.neighbourhood import neighbourhood
from powkg.pictures import palette, svg
from powkg.pictures.composition import Composition, Node, Tie, compose
from powkg.pictures.fonts import FAMILIES, Fonts, load_fonts
from powkg.terms import Queryable

FORMATS = ("svg", "png")

_PNG_SCALE = 2
_MARGIN = 20.0
_LEGEND_HEIGHT = 26.0
_POINTS_PER_INCH = 72
_TALLEST = 640.0
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
# Graphviz is not made for several threads, and a server draws in several.
_graphviz = threading.Lock()

Curve = tuple[tuple[svg.Point, ...], svg.Point | None]
"""A spline and the tip of its arrow, if it has one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where Graphviz puts things, in pixels, y downwards: middles of nodes by IRI; curves and text's middle by tie."""

    width: float
    height: float
    nodes: Mapping[str, svg.Point]
    curves: Sequence[Sequence[Curve]]
    texts: Sequence[svg.Point]


def picture(store: Queryable, entity: str, languages: Sequence[str] = LANGUAGES) -> bytes:
    """The SVG of an entity's nearest neighbours, for a page. Raises UsageError for an unknown entity."""
    graph = neighbourhood(store, entity)
    return draw(graph, graph.graph["focus"], languages, "svg")


def draw(graph: nx.MultiDiGraph[str], focus: str, languages: Sequence[str], picture_format: str) -> bytes:
    """A neighbourhood (see `networks.neighbourhood`) as the bytes of an SVG or PNG file.

    The first of the languages is that of headings and legend, and stands on top in every label; where a label is
    missing in it, the English one stands in. The same graph and languages give the same bytes.
    Raises UsageError for an unknown format, a language tag that is none, or no language at all.
    """
    if picture_format not in FORMATS:
        raise UsageError(f"unknown picture format {picture_format!r}: give one of {', '.join(FORMATS)}")
    if not languages:
        raise UsageError("a picture needs a language: give one such as en")
    for language in languages:
        if not _LANGUAGE_TAG.fullmatch(language):
            raise UsageError(f"{language!r} is not a language: give a tag such as en, ja or ru")
    fonts = loaded_fonts()
    composed = compose(graph, focus, languages, fonts)
    layout = lay_out(composed.nodes, composed.ties)
    if picture_format == "svg":
        return _page(composed, layout, focus, languages[0], _embedded(composed, fonts)).encode("utf-8")
    # The renderer takes the font files themselves; it does not read fonts that are embedded in a style sheet.
    return resvg_py.svg_to_bytes(
        svg_string=_page(composed, layout, focus, languages[0], ""),
        zoom=_PNG_SCALE,
        skip_system_fonts=True,
        font_files=fonts.files(),
    )


@cache
def loaded_fonts() -> Fonts:
    """The fonts, read once: their tables of widths take a good part of the time of a picture."""
    return load_fonts()


def lay_out(nodes: Sequence[Node], ties: Sequence[Tie]) -> Layout:
    """Layers from left to right, so that a link reads as its property does: operation – commander – person.

    A tie's text is a node of its own between its ends. So no line crosses it, and no font decides about its room: that
    makes the layout the same on every computer.
    """
    plan = pygraphviz.AGraph(directed=True, strict=False, rankdir="LR", nodesep="0.15", ranksep="0.3")
    names = {node.iri: f"n{place}" for place, node in enumerate(nodes)}
    for node in nodes:
        _add_box(plan, names[node.iri], node.width, node.height)
    backwards = _backwards(nodes, ties)
    halves = []
    for place, tie in enumerate(ties):
        _add_box(plan, f"t{place}", tie.block.width + 8, tie.block.height + 2)
        ends = [(names[tie.source], f"t{place}", "none"), (f"t{place}", names[tie.target], "forward")]
        if tie in backwards:
            ends = [(names[tie.target], f"t{place}", "back"), (f"t{place}", names[tie.source], "none")]
        for tail, head, direction in ends:
            plan.add_edge(tail, head, dir=direction, arrowsize="0.7")
        halves.append([(tail, head) for tail, head, _ in ends])
    with _graphviz:
        plan.layout(prog="dot")
    _, _, width, height = (float(part) for part in plan.graph_attr["bb"].split(","))
    return Layout(
        width,
        height,
        {node.iri: _point(plan.get_node(names[node.iri]).attr["pos"], height) for node in nodes},
        [[_curve(plan.get_edge(*ends).attr["pos"], height) for ends in pair] for pair in halves],
        [_point(plan.get_node(f"t{place}").attr["pos"], height) for place in range(len(ties))],
    )


def _add_box(plan: pygraphviz.AGraph, name: str, width: float, height: float) -> None:
    inches = {"width": f"{width / _POINTS_PER_INCH:.4f}", "height": f"{height / _POINTS_PER_INCH:.4f}"}
    plan.add_node(name, label="", shape="box", fixedsize="true", **inches)


def _backwards(nodes: Sequence[Node], ties: Sequence[Tie]) -> set[Tie]:
    """The ties that run from right to left: those that would close a circle, and some that would crowd one side.

    Where entities that are linked to the focus alone would make a tower on one side of it, the last of them go to the
    other side.
    """
    reversed_ties = _moved(nodes, ties)
    order: nx.DiGraph[str] = nx.DiGraph()
    order.add_nodes_from(node.iri for node in nodes)
    for tie in sorted(ties, key=lambda tie: not tie.focus):
        left, right = (tie.target, tie.source) if tie in reversed_ties else (tie.source, tie.target)
        if nx.has_path(order, right, left):
            reversed_ties ^= {tie}
            left, right = right, left
        order.add_edge(left, right)
    return reversed_ties


def _moved(nodes: Sequence[Node], ties: Sequence[Tie]) -> set[Tie]:
    """The ties of the focus that change sides for the sake of height."""
    size = {node.iri: node.height for node in nodes if not node.focus}
    linked = nx.Graph((tie.source, tie.target) for tie in ties)
    rows = {tie: max(size.get(tie.source, 0), size.get(tie.target, 0), tie.block.height) for tie in ties if tie.focus}
    before = [tie for tie in rows if tie.source in size]
    after = [tie for tie in rows if tie.target in size]
    fuller, emptier = sorted((before, after), key=lambda side: -sum(rows[tie] for tie in side))
    tall, short = (sum(rows[tie] for tie in side) for side in (fuller, emptier))
    moved = set()
    for tie in reversed(fuller):
        if tall <= _TALLEST or tall - rows[tie] < short + rows[tie]:
            break
        if linked.degree(tie.source if tie.source in size else tie.target) == 1:
            moved.add(tie)
            tall, short = tall - rows[tie], short + rows[tie]
    return moved


def _point(text: str, height: float) -> svg.Point:
    """Graphviz's "x,y", whose y runs upwards."""
    x, y = text.split(",")
    return float(x), height - float(y)


def _curve(text: str, height: float) -> Curve:
    """Graphviz's "e,x,y x,y x,y …" (or "s," for an arrow at the start) as a spline that ends at its arrow."""
    parts = text.split()
    tips = [part for part in parts if part.startswith(("e,", "s,"))]
    points = tuple(_point(part, height) for part in parts if part not in tips)
    if not tips:
        return points, None
    return points[::-1] if tips[0].startswith("s,") else points, _point(tips[0][2:], height)


def _embedded(composed: Composition, fonts: Fonts) -> str:
    lines = list(composed.texts())
    regular = "".join(line.text for line in lines if not line.bold)
    return fonts.style_sheet(regular, "".join(line.text for line in lines if line.bold))


def _page(composed: Composition, layout: Layout, focus: str, language: str, font_faces: str) -> str:
    """The whole SVG document: heading, network, legend and footer under each other on white."""
    legend, legend_width = _legend(composed)
    inner = max(layout.width, composed.heading.width, legend_width, composed.footer.width)
    top = _MARGIN + composed.heading.height + 14
    left = _MARGIN + (inner - layout.width) / 2
    below = top + layout.height + 18
    width, height = inner + 2 * _MARGIN, below + _LEGEND_HEIGHT + composed.footer.height + _MARGIN
    sheet = svg.Sheet(
        width,
        height,
        language,
        composed.name,
        "\n".join(tie.tooltip for tie in composed.ties),
        focus,
        f"{font_faces}text{{font-family:{FAMILIES};font-kerning:none;font-synthesis:none}}",
    )
    return sheet.text(
        (
            composed.heading.text(_MARGIN, _MARGIN, anchor="start"),
            svg.group(_network(composed, layout), (left, top)),
            svg.group(legend, (_MARGIN, below)),
            composed.footer.text(_MARGIN, below + _LEGEND_HEIGHT, anchor="start"),
        )
    )


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
