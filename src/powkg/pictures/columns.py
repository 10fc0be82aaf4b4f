"""Which column of a picture each entity stands in, so that the whole comes out large on a sheet of A4. Pure.

A picture is read from left to right: columns of entities, and between them the gaps that hold the texts of their links.
Two entities that are linked stand in different columns. From a first placing, entities are moved one by one to where
the picture gets better, until none can be: a local search, the same each time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from powkg.pictures.composition import SMALLEST, Node, Tie
from powkg.pictures.paper import SMALLEST_READABLE, fit

ROW_GAP = 10.8
"""The pixels between two things under each other."""

COLUMN_GAP = 21.6
"""The pixels between a column and the texts beside it."""

_ROUNDS = 8
# Up to the first of these scales nothing counts as much as size, and beyond the second it does not count at all: what
# is left is the direction of reading.
_READABLE = SMALLEST_READABLE / SMALLEST
_LARGE_ENOUGH = 0.75
_COST_OF_REVERSAL = 0.006
_COST_OF_PASSING = 0.012
_COST_OF_SPREAD = 0.2  # of a million square pixels, about a full sheet


@dataclass(frozen=True, slots=True)
class Columns:
    """A placing: the column of each entity by IRI, the gap of each tie's text by place, from 0.

    `penalty` is for arrows that run backwards or pass a column and for room that is taken up, in the unit of scales;
    `scale` is what was estimated.
    """

    of: Mapping[str, int]
    gaps: Sequence[int]
    penalty: float
    scale: float

    def cost(self, scale: float) -> float:
        """What the placing costs if the picture comes out at this scale: less is better."""
        return self.penalty - min(scale, _LARGE_ENOUGH) - 3 * min(scale, _READABLE)


def arrange(nodes: Sequence[Node], ties: Sequence[Tie], count: int, besides: tuple[float, float]) -> list[Columns]:
    """The best placings found in so many columns, at least two; none where linked entities need more.

    One search starts from the layers in which every arrow runs to the right, where there are not too many of them, and
    two from entities placed one by one where each costs least, those with most links first or last. `besides` is the
    width and height in pixels of what stands around the network: heading, legend, footer.
    """
    searches = [_Search(nodes, ties, count, besides) for _ in range(3)]
    layered, onwards, backwards = searches
    placed = (layered.place_in_layers(), onwards.place_one_by_one(1), backwards.place_one_by_one(-1))
    return [search.result() for search, found in zip(searches, placed, strict=True) if found]


class _Search:
    def __init__(self, nodes: Sequence[Node], ties: Sequence[Tie], count: int, besides: tuple[float, float]) -> None:
        self._ties = ties
        self._count = count
        self._besides = besides
        self._size = {node.iri: (node.width, node.height) for node in nodes}
        self._linked: dict[str, set[str]] = defaultdict(set)
        for tie in ties:
            self._linked[tie.source].add(tie.target)
            self._linked[tie.target].add(tie.source)
        self._order = sorted(nodes, key=lambda node: (not node.focus, -len(self._linked[node.iri]), node.iri))
        self._column: dict[str, int] = {}

    def place_in_layers(self) -> bool:
        """Give every entity the column after the last of those that lead to it; False where that takes too many.

        Ties that would close a circle, those of the focus last, are passed over.
        """
        order: nx.DiGraph[str] = nx.DiGraph()
        order.add_nodes_from(node.iri for node in self._order)
        for tie in sorted(self._ties, key=lambda tie: not tie.focus):
            if not nx.has_path(order, tie.target, tie.source):
                order.add_edge(tie.source, tie.target)
        for column, layer in enumerate(nx.topological_generations(order)):
            self._column.update(dict.fromkeys(layer, column))
        return max(self._column.values()) < self._count

    def place_one_by_one(self, direction: int) -> bool:
        """Give every entity the column where it costs least, the focus the middle one; False where one finds none.

        The focus comes first, the others by how many links they have, the most first or, for a direction of -1, last.
        """
        for node in sorted(self._order[::direction], key=lambda node: not node.focus):
            columns = self._free(node.iri)
            if not columns:
                return False
            if node.focus:
                self._column[node.iri] = (self._count - 1) // 2
            else:
                self._column[node.iri] = min(columns, key=lambda column: self._with(node.iri, column))
        return True

    def result(self) -> Columns:
        cost = self._cost()
        for _ in range(_ROUNDS):
            before = cost
            for node in self._order:
                columns = self._free(node.iri)
                best = min(columns, key=lambda column: self._with(node.iri, column))
                if (found := self._with(node.iri, best)) < cost - 1e-9:
                    self._column[node.iri] = best
                    cost = found
            if cost == before:
                break
        return self._measure(self._ties)

    def _cost(self) -> float:
        known = (tie for tie in self._ties if tie.source in self._column and tie.target in self._column)
        placing = self._measure(known)
        return placing.cost(placing.scale)

    def _free(self, iri: str) -> list[int]:
        taken = {self._column[other] for other in self._linked[iri] if other in self._column}
        return [column for column in range(self._count) if column not in taken]

    def _with(self, iri: str, column: int) -> float:
        """The cost of the placing with this entity there."""
        before = self._column.get(iri)
        self._column[iri] = column
        cost = self._cost()
        if before is None:
            del self._column[iri]
        else:
            self._column[iri] = before
        return cost

    def _measure(self, ties: Iterable[Tie]) -> Columns:
        """The placing as it stands; the text of each tie goes into the emptiest gap on its way."""
        wide, high = [0.0] * self._count, [0.0] * self._count
        gap_wide, gap_high = [0.0] * (self._count - 1), [0.0] * (self._count - 1)
        for iri, column in self._column.items():
            width, height = self._size[iri]
            wide[column] = max(wide[column], width)
            high[column] += height + ROW_GAP
        gaps = []
        reversals = passings = 0
        for tie in ties:
            first, last = sorted((self._column[tie.source], self._column[tie.target]))
            reversals += tie.directed and self._column[tie.source] > self._column[tie.target]
            passings += last - first - 1
            gap = min(range(first, last), key=lambda place: (gap_high[place], place))
            gaps.append(gap)
            gap_wide[gap] = max(gap_wide[gap], tie.block.width)
            gap_high[gap] += tie.block.height + ROW_GAP
            for column in range(first + 1, last):
                high[column] += ROW_GAP
        width = sum(wide) + sum(gap_wide) + 2 * COLUMN_GAP * (self._count - 1) + self._besides[0]
        height = max(*high, *gap_high) + self._besides[1]
        penalty = _COST_OF_REVERSAL * reversals + _COST_OF_PASSING * passings + _COST_OF_SPREAD * width * height / 1e6
        return Columns(dict(self._column), gaps, penalty, fit(width, height).scale)
