"""A network that can be drawn and saved: networkx's own graph, with what Jupyter shows of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import networkx as nx

from powkg.api.picture import Picture
from powkg.drawing import draw
from powkg.entities.captions import LANGUAGES, best

if TYPE_CHECKING:
    _Graph = nx.MultiDiGraph[str]
else:
    _Graph = nx.MultiDiGraph


class Network(_Graph):
    """A network of entities (`powkg.networks.attributes` says what its nodes and edges carry).

    Every function of networkx takes it. A neighbourhood has `focus` and `omitted` in its `graph` attributes.
    """

    def picture(self, languages: Sequence[str] = LANGUAGES) -> Picture:
        """Its picture, the first of the languages on top."""
        focus = self.graph["focus"]
        title = best(self.nodes[focus]["labels"], languages[0]) if languages else focus
        return Picture(lambda form: draw(self, focus, languages, form), title)

    def _repr_svg_(self) -> str:
        return self.picture().to_bytes("svg").decode("utf-8")
