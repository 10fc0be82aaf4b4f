"""Where the parts of a picture stand: columns chosen here, order and lines by Graphviz."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pygraphviz

from powkg.pictures import svg
from powkg.pictures.columns import COLUMN_GAP, ROW_GAP, Columns, arrange
from powkg.pictures.composition import Node, Tie
from powkg.pictures.paper import fit

_POINTS_PER_INCH = 72
_FEWEST_COLUMNS, _MOST_COLUMNS = 3, 6
_SMALL = 40
_ROOM_FOR_TEXT = (8.0, 2.0)
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


def lay_out(nodes: Sequence[Node], ties: Sequence[Tie], besides: tuple[float, float] = (0, 0)) -> Layout:
    """Columns from left to right, so that a link reads as its property does: operation – commander – person.

    Layouts in different numbers of columns are made, and the one is taken that is largest on A4 once `besides`, the
    width and height in pixels of what stands around it, is added. The sides are chosen for the same end, so an arrow
    may run from right to left.

    A tie's text is a node of its own between its ends. So no line crosses it, and no font decides about its room: that
    makes the layout the same on every computer.
    """
    most = _MOST_COLUMNS
    while not (arranged := _arranged(nodes, ties, most, besides)):
        most += 1
    if len(nodes) > _SMALL:
        arranged = sorted(arranged, key=lambda columns: columns.cost(columns.scale))[:4]
    found = [(columns, _drawn(nodes, ties, columns)) for columns in arranged]

    def cost(made: tuple[Columns, Layout]) -> float:
        columns, layout = made
        width, height = layout.width + besides[0], layout.height + besides[1]
        return columns.cost(fit(width, height).scale)

    return min(found, key=cost)[1]


def _arranged(nodes: Sequence[Node], ties: Sequence[Tie], most: int, besides: tuple[float, float]) -> list[Columns]:
    counts = range(_FEWEST_COLUMNS, most + 1)
    return [columns for count in counts for columns in arrange(nodes, ties, count, besides)]


def _drawn(nodes: Sequence[Node], ties: Sequence[Tie], columns: Columns) -> Layout:
    """The layout that Graphviz makes of these columns."""
    gaps = {"nodesep": f"{ROW_GAP / _POINTS_PER_INCH}", "ranksep": f"{COLUMN_GAP / _POINTS_PER_INCH}"}
    plan = pygraphviz.AGraph(directed=True, strict=False, rankdir="LR", **gaps)
    names = {node.iri: f"n{place}" for place, node in enumerate(nodes)}
    ranks: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        _add_box(plan, names[node.iri], node.width, node.height)
        ranks[2 * columns.of[node.iri]].append(names[node.iri])
    halves = []
    for place, tie in enumerate(ties):
        _add_box(plan, f"t{place}", tie.block.width + _ROOM_FOR_TEXT[0], tie.block.height + _ROOM_FOR_TEXT[1])
        ranks[2 * columns.gaps[place] + 1].append(f"t{place}")
        arrow, back = ("forward", "back") if tie.directed else ("none", "none")
        ends = [(names[tie.source], f"t{place}", "none"), (f"t{place}", names[tie.target], arrow)]
        if columns.of[tie.source] > columns.of[tie.target]:
            ends = [(names[tie.target], f"t{place}", back), (f"t{place}", names[tie.source], "none")]
        for tail, head, direction in ends:
            plan.add_edge(tail, head, dir=direction, arrowsize="0.7")
        halves.append([(tail, head) for tail, head, _ in ends])
    _keep_ranks(plan, ranks)
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


def _keep_ranks(plan: pygraphviz.AGraph, ranks: Mapping[int, Sequence[str]]) -> None:
    """Hold each column together, and all of them in their order, by an unseen chain of points."""
    chain = []
    for rank in sorted(ranks):
        plan.add_node(f"r{rank}", label="", shape="point", width="0.01", height="0.01", style="invis")
        plan.add_subgraph([f"r{rank}", *ranks[rank]], rank="same")
        chain.append(f"r{rank}")
    for before, after in pairwise(chain):
        plan.add_edge(before, after, style="invis", weight="0")


def _add_box(plan: pygraphviz.AGraph, name: str, width: float, height: float) -> None:
    inches = {"width": f"{width / _POINTS_PER_INCH:.4f}", "height": f"{height / _POINTS_PER_INCH:.4f}"}
    plan.add_node(name, label="", shape="box", fixedsize="true", **inches)


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
