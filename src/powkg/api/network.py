"""A network that can be cut, measured, drawn and saved: networkx's own graph, with what Jupyter shows of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from powkg import drawing, files
from powkg.api.given import languages_of, words
from powkg.api.picture import Picture
from powkg.api.rows import Rows
from powkg.entities.captions import LANGUAGES, best
from powkg.namespaces import XSD
from powkg.networks import exports, folding, slices
from powkg.networks.measures import MEASURES, Progress, Value, measure
from powkg.terms import IRI, Literal, Term

if TYPE_CHECKING:
    _Graph = nx.MultiDiGraph[str]
else:
    _Graph = nx.MultiDiGraph


class Network(_Graph):
    """A network of entities (`powkg.networks.attributes` says what its nodes and edges carry).

    Every function of networkx takes it. A neighbourhood has `focus` and `omitted` in its `graph` attributes.
    """

    def label(self, node: str, language: str = "en") -> str:
        """What a node is called."""
        return best(self.nodes[node]["labels"], language)

    def at(self, when: str | int) -> Network:
        """What it holds of a date such as 1945, 1945-08 or 1945_1956 (see `powkg.networks.slices`)."""
        return Network(slices.at(self, str(when)))

    def fold(self, kinds: str | Collection[str] = "event") -> Network:
        """The same with nodes of these families turned into links (see `powkg.networks.folding`)."""
        return Network(folding.fold(self, words(kinds)))

    def measures(self, progress: Progress | None = None) -> Rows:
        """A row for each node: its IRI, label, kind and measures, the most linked first (`powkg.networks.measures`).

        The rows' `notes` say what the values rest on, an estimate among them. `progress` is told what is computed, how
        many steps of it are done, and of how many.
        """
        measured = measure(self, progress).ranked("degree")
        rows = [
            (
                IRI(row.iri),
                Literal(best(row.labels, "en")),
                Literal(best(row.kind, "en")),
                *(_number(row.values[name]) for name in MEASURES),
            )
            for row in measured.rows
        ]
        return Rows(("entity", "label", "kind", *MEASURES), rows, measured.notes)

    def links(self, language: str = "en") -> Rows:
        """A row for each link, with the labels of both ends and of the property, and the passages that state it."""
        (chosen,) = languages_of(language)
        rows = [[Literal(cell) for cell in row] for row in exports.link_rows(self, chosen)]
        return Rows(exports.CSV_COLUMNS, rows)

    def picture(self, languages: str | Sequence[str] = LANGUAGES, title: str = "", *, evidence: bool = True) -> Picture:
        """Its picture, the first of the languages on top.

        Of a neighbourhood it shows as much as can be read on A4. Raises UsageError where the network has no nodes, or
        more than `drawing.MOST_ENTITIES`.
        """
        chosen = languages_of(languages)
        if "focus" in self.graph:
            drawn = drawing.readable(self, chosen, title=title, evidence=evidence)
        else:
            drawn = drawing.Picture(self, None, chosen, title=title, evidence=evidence)
        return Picture(drawn.content, title or self._title(chosen[0]))

    def save(self, path: str | Path) -> Path:
        """Write it to a file, whose ending decides what it is: GraphML, GEXF, Cytoscape JSON or CSV, or a picture.

        Raises UsageError for another ending, and PowkgError where the file cannot be written.
        """
        file = Path(path)
        form = files.form_of(file, (*exports.FORMATS, *drawing.FORMATS))
        content = exports.export(self, form) if form in exports.FORMATS else self.picture().to_bytes(form)
        return files.write(file, content)

    def _title(self, language: str) -> str:
        focus = self.graph.get("focus")
        return self.label(focus, language) if focus else repr(self).strip("<>")

    def __repr__(self) -> str:
        links = self.number_of_edges()
        said = f"network of {len(self)} entities and {links} {'link' if links == 1 else 'links'}"
        return f"<{said} around {self.label(self.graph['focus'])}>" if self.graph.get("focus") in self else f"<{said}>"

    def _repr_svg_(self) -> str | None:
        """The picture, where it is small enough to have one."""
        return self.picture()._repr_svg_() if 0 < len(self) <= drawing.MOST_ENTITIES else None

    def _repr_html_(self) -> str | None:
        """The links as a table, where there is no picture."""
        return None if 0 < len(self) <= drawing.MOST_ENTITIES else self.links()._repr_html_()


def _number(value: Value) -> Term | None:
    if value is None:
        return None
    return Literal(str(value), None, XSD + ("integer" if isinstance(value, int) else "double"))
