"""Chains of links between two entities, with the passages along the way, for Python and Jupyter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import overload

import networkx as nx

from powkg.api import markup
from powkg.api.network import Network
from powkg.entities.captions import best
from powkg.networks.parts import part
from powkg.networks.paths import Path, PathLink, Step


class Paths(Sequence[Path]):
    """The best paths between two entities, the shortest first, and the network that they run through."""

    def __init__(self, found: Sequence[Path], network: nx.MultiDiGraph[str]) -> None:
        self._found = tuple(found)
        self._network = network

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> Path: ...
    @overload
    def __getitem__(self, index: slice) -> Paths: ...
    def __getitem__(self, index: int | slice) -> Path | Paths:
        return Paths(self._found[index], self._network) if isinstance(index, slice) else self._found[index]

    def network(self) -> Network:
        """The entities of all these paths and the links between them, to be drawn."""
        return Network(part(self._network, {entity for path in self for entity in path.entities}))

    def __repr__(self) -> str:
        if not self:
            return "<no paths>"
        ends = self._name(self[0].steps[0].start), self._name(self[0].steps[-1].end)
        return f"<{len(self)} {'path' if len(self) == 1 else 'paths'} from {ends[0]} to {ends[1]}>"

    def __str__(self) -> str:
        return "\n\n".join("\n".join(self._lines(path)) for path in self)

    def _lines(self, path: Path) -> Iterator[str]:
        yield self._name(path.steps[0].start)
        for step in path.steps:
            mark = " [claimed]" if step.claimed else ""
            yield f"  {self._way(step.links[0], step)}  ({', '.join(step.passages)}){mark}"
            yield self._name(step.end)

    def _repr_html_(self) -> str:
        return "".join(self._table(path, number) for number, path in enumerate(self, 1))

    def _table(self, path: Path, number: int) -> str:
        rows = [
            (
                markup.named(step.start, self._name(step.start)),
                "<br>".join(escape(self._way(link, step)) for link in step.links),
                markup.named(step.end, self._name(step.end)),
                escape(", ".join(step.passages)),
                "a claim" if step.claimed else "",
            )
            for step in path.steps
        ]
        return markup.table(f"path {number}", ("from", "link", "to", "passages", "rests on"), rows, len(rows))

    def _name(self, entity: str) -> str:
        return best(self._network.nodes[entity]["labels"], "en")

    def _way(self, link: PathLink, step: Step) -> str:
        ends = (step.start, step.end) if link.forwards else (step.end, step.start)
        label = best(self._network.edges[*ends, link.property]["labels"], "en")
        return f"{label} →" if link.forwards else f"← {label}"
