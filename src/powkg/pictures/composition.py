"""The texts of a picture, measured and in the chosen languages: what stands in its nodes, on its arrows and beneath.

No text is smaller than `SMALLEST` pixels, so that on paper none is smaller than that times the picture's scale.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from powkg.entities.captions import best
from powkg.namespaces import BASE, curie
from powkg.pictures import evidence, palette, svg
from powkg.pictures.fonts import Fonts
from powkg.pictures.notes import Notes
from powkg.pictures.titles import titles_of

SMALLEST = 9.0

VERSION_SHOWN = 12
"""How many characters of the data's version a picture shows; its metadata have all."""

_NODE_WIDTH = 140.0
_LINK_WIDTH = 104.0
_HEADING_WIDTH = 740.0
_SECOND = 0.78  # the size of a label in another than the first language
_NOTES_OF_FOCUS = 6
_NOTES_OF_NEIGHBOUR = 2


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as it is drawn: its style, text and size in pixels, and its tooltip."""

    iri: str
    style: palette.Style
    block: svg.Block
    width: float
    height: float
    tooltip: str
    focus: bool


@dataclass(frozen=True, slots=True)
class Tie:
    """All links from one entity to another, drawn as one arrow: their text, and the same in sentences.

    A tie of a network without directions is a line without an arrow's head.
    """

    source: str
    target: str
    block: svg.Block
    tooltip: str
    focus: bool
    directed: bool = True


@dataclass(frozen=True, slots=True)
class Composition:
    """A picture before it is laid out. `name` is its title in the first language; `foot` has a paragraph a string."""

    name: str
    language: str
    heading: svg.Block
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    legend: tuple[tuple[palette.Style, svg.Block], ...]
    foot: tuple[str, ...]

    def footer(self, fonts: Fonts, width: float) -> svg.Block:
        """The foot, set to this width."""
        lines = (line for text in self.foot for line in fonts.wrap(text, SMALLEST, width))
        return svg.block([svg.Line(line, SMALLEST, self.language, palette.QUIET_INK) for line in lines], fonts)

    def texts(self) -> Iterable[svg.Line]:
        """Every line of text; each paragraph of the foot as one."""
        blocks = [self.heading, *(word for _, word in self.legend)]
        blocks += [node.block for node in self.nodes]
        blocks += [tie.block for tie in self.ties]
        yield from (line for block in blocks for line in block.lines)
        yield from (svg.Line(text, SMALLEST, self.language) for text in self.foot)


def compose(  # noqa: PLR0913  # one parameter a choice of the reader
    network: nx.Graph[str],
    focus: str | None,
    languages: Sequence[str],
    fonts: Fonts,
    *,
    title: str = "",
    evidence_shown: bool = True,
) -> Composition:
    """The texts of a network in the common form (see `networks.attributes`); the first language stands on top.

    `title` stands in the heading in place of the focus's labels. Without `evidence_shown` no passage is named. The
    order of nodes and links in the network counts for nothing.
    """
    writer = _Writer(network, focus, languages, fonts, evidence_shown=evidence_shown)
    nodes = tuple(writer.node(iri) for iri in sorted(network))
    ties = tuple(writer.ties())
    name = title or (writer.name(focus) if focus else best(titles_of(network, languages), languages[0]))
    legend = tuple(writer.legend(nodes))
    return Composition(name, languages[0], writer.heading(title), nodes, ties, legend, tuple(writer.foot()))


class _Writer:
    """Sets the texts of one picture, and numbers the reference works that they name."""

    def __init__(
        self,
        network: nx.Graph[str],
        focus: str | None,
        languages: Sequence[str],
        fonts: Fonts,
        *,
        evidence_shown: bool,
    ) -> None:
        self._network = network
        self._focus = focus
        self._languages = languages
        self._main = languages[0]
        self._fonts = fonts
        self._evidence_shown = evidence_shown
        self._notes = Notes(network.graph.get("words", {}), self._main, evidence_shown=evidence_shown)

    def name(self, iri: str) -> str:
        return best(self._network.nodes[iri].get("labels", {}), self._main) or curie(iri)

    def _names(self, iri: str) -> Mapping[str, str]:
        """The labels that are shown of an entity, by language; its prefixed name where it has none."""
        data = self._network.nodes[iri]
        labels: Mapping[str, str] = data.get("labels") or {"en": curie(iri)}
        if data.get("family") != "statement":
            return labels
        # A statement's label is a sentence, no name: in three languages it would fill the sheet.
        return {self._main if self._main in labels else "en": best(labels, self._main)}

    def heading(self, title: str) -> svg.Block:
        labels = self._names(self._focus) if self._focus else titles_of(self._network, self._languages)
        lines = self._labels({self._main: title} if title else labels, 20, _HEADING_WIDTH, bold=True)
        lines += [svg.Line(text, 10, self._main, palette.QUIET_INK) for text in self._extent()]
        return svg.block(lines, self._fonts)

    def _extent(self) -> Iterable[str]:
        """How much of what there is the picture shows, in at most one line."""
        shown, omitted = len(self._network) - 1, self._network.graph.get("omitted", 0)
        folded = len(self._network.graph.get("folded", ()))
        if self._focus is None:
            entities, links = self._network.number_of_nodes(), self._network.number_of_edges()
            yield best(palette.COUNTED, self._main).format(entities=entities, links=links)
        elif folded:
            every = shown + folded + omitted
            yield best(palette.FOLDED, self._main).format(shown=shown, all=every, folded=folded)
        elif omitted:
            yield best(palette.SHOWN, self._main).format(shown=shown, all=shown + omitted)
        elif not shown:
            yield best(palette.ALONE, self._main)

    def node(self, iri: str) -> Node:
        data = self._network.nodes[iri]
        focus = iri == self._focus
        style = palette.STYLES[data.get("family", "other")]
        kind = best(data.get("kind", {}), self._main)
        lines = [svg.Line(kind, SMALLEST, self._main, palette.EVIDENCE_INK)] if kind else []
        lines += self._labels(self._names(iri), *((15, _NODE_WIDTH * 1.3) if focus else (12, _NODE_WIDTH)), bold=focus)
        notes = self._notes.lines(data.get("notes", ()))
        for note in notes[: _NOTES_OF_FOCUS if focus else _NOTES_OF_NEIGHBOUR]:
            lines += self._small(note, _NODE_WIDTH)
        text = svg.block(lines, self._fonts)
        named = f"{self.name(iri)} ({kind})" if kind else self.name(iri)
        return Node(iri, style, text, *svg.room(style.shape, text), "\n".join((named, curie(iri), *notes)), focus)

    def ties(self) -> Iterable[Tie]:
        """One tie for each pair of entities and direction, and one for each node that is folded between them.

        A link of an entity with itself is not drawn.
        """
        links: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for source, target, data in self._network.edges(data=True):
            if source != target:
                ends = (source, target) if self._network.is_directed() else sorted((source, target))
                links[*ends, data["property"] if "folded" in data else ""].append(data)
        for (source, target, _), parallel in sorted(links.items(), key=lambda item: item[0]):
            lines: list[svg.Line] = []
            sentences = []
            for link in sorted(parallel, key=lambda data: str(data.get("property", ""))):
                lines += self._folded(link) if "folded" in link else self._link(link)
                parts = (self.name(source), *_some(self._word(link)), self.name(target))
                passages = ", ".join(link.get("passages", ()))
                sentences.append(f"{' – '.join(parts)} ({passages})" if passages else " – ".join(parts))
            text = svg.block(lines, self._fonts)
            near = self._focus in (source, target)
            directed = self._network.is_directed() and any(link.get("directed", True) for link in parallel)
            yield Tie(source, target, text, "\n".join(sentences), near, directed)

    def _link(self, link: Mapping[str, Any]) -> Iterable[svg.Line]:
        """The label of a link, or its weight where it has none, with notes and passages beneath."""
        labels = link.get("labels") or {self._main: self._word(link)}
        yield from self._labels(labels, 10, _LINK_WIDTH)
        if link.get("labels") and "weight" in link:
            yield from self._small(f"× {link['weight']:.3g}", _LINK_WIDTH)
        for note in link.get("notes", ()):
            # The passages of the link, beneath, are those of its notes as well.
            yield from self._small(self._notes.said(note), _LINK_WIDTH)
        yield from self._evidence(link.get("passages", ()), _LINK_WIDTH)

    def _folded(self, link: Mapping[str, Any]) -> Iterable[svg.Line]:
        """The name of what was folded into a link, what joined it to either end, its notes, and the passages."""
        node, ends = link["folded"]["node"], link["folded"]["links"]
        yield from self._labels(node["labels"], 11, _NODE_WIDTH)
        words = " – ".join(dict.fromkeys(best(end["labels"], self._main) for end in ends))
        yield from self._small(words, _NODE_WIDTH)
        for note in self._notes.lines(node["notes"])[:_NOTES_OF_NEIGHBOUR]:
            yield from self._small(note, _NODE_WIDTH)
        yield from self._evidence(link["passages"], _NODE_WIDTH)

    def _evidence(self, passages: Sequence[str], limit: float) -> Iterable[svg.Line]:
        if self._evidence_shown and passages:
            for part in self._fonts.wrap(evidence.few(passages), SMALLEST, limit):
                yield svg.Line(part, SMALLEST, "en", palette.EVIDENCE_INK)

    def _word(self, link: Mapping[str, Any]) -> str:
        weight = link.get("weight")
        return best(link.get("labels") or {}, self._main) or ("" if weight is None else f"{weight:.3g}")

    def legend(self, nodes: Iterable[Node]) -> Iterable[tuple[palette.Style, svg.Block]]:
        """The style and name of each family that is in the picture."""
        used = {id(node.style) for node in nodes}
        for style in palette.STYLES.values():
            if id(style) in used:
                yield style, svg.block([svg.Line(best(style.words, self._main), 10, self._main)], self._fonts)

    def foot(self) -> Iterable[str]:
        """The passages in the order of the text, the reference works that the nodes have named, data and licence."""
        passages = self._passages()
        if passages and self._evidence_shown:
            titles = [best(labels, self._main) for labels in self._network.graph.get("texts", {}).values()]
            yield best(palette.EVIDENCE, self._main)
            yield evidence.listed(passages, titles, self._main)
        if works := self._notes.works():
            yield f"{best(palette.REFERENCES, self._main)} {works}"
        version = self._network.graph.get("version", "")
        data = f"powkg {version[:VERSION_SHOWN]}".strip()
        yield f"{data} · {palette.LICENCE} · {self._focus or BASE}"

    def _passages(self) -> set[str]:
        """All passages that state a link or a note of the network."""
        links = [data for _, _, data in self._network.edges(data=True)]
        notes = [note for _, data in self._network.nodes(data=True) for note in data.get("notes", ())]
        notes += [note for link in links for note in link.get("notes", ())]
        named = {passage for note in notes for passage in note.passages}
        return named | {passage for link in links for passage in link.get("passages", ())}

    def _labels(self, labels: Mapping[str, str], size: float, limit: float, *, bold: bool = False) -> list[svg.Line]:
        """The label in the first language at full size, in the others smaller beneath it; no text twice."""
        lines: list[svg.Line] = []
        seen: set[str] = set()
        for language in self._languages:
            label = labels.get(language, "") if seen else best(labels, language)
            if not label or label in seen:
                continue
            first = not seen
            seen.add(label)
            of_line = size if first else max(size * _SECOND, SMALLEST)
            ink = palette.INK if first else palette.QUIET_INK
            written_in = language if language in labels else "en"
            parts = self._fonts.wrap(label, of_line, limit, bold=bold and first)
            lines += [svg.Line(part, of_line, written_in, ink, bold and first) for part in parts]
        return lines

    def _small(self, text: str, limit: float) -> list[svg.Line]:
        parts = self._fonts.wrap(text, SMALLEST, limit)
        return [svg.Line(part, SMALLEST, self._main, palette.QUIET_INK) for part in parts]


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
