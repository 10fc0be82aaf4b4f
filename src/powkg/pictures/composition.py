"""The texts of a picture, measured and in the chosen languages: what stands in its nodes, on its arrows and beneath."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

from powkg.entities.captions import best
from powkg.entities.facts import Note
from powkg.namespaces import POW, curie
from powkg.pictures import palette, svg
from powkg.pictures.fonts import Fonts

_NODE_WIDTH = 165.0
_LINK_WIDTH = 130.0
_HEADING_WIDTH = 900.0
_SMALL = 8.5
_NOTES_OF_FOCUS = 6
_NOTES_OF_NEIGHBOUR = 2
_PASSAGES_SHOWN = 4
_SPANS = ((POW + "began", POW + "ended"), (POW + "birthDate", POW + "deathDate"))


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
    """All links from one entity to another, drawn as one arrow: their text, and the same in sentences."""

    source: str
    target: str
    block: svg.Block
    tooltip: str
    focus: bool


@dataclass(frozen=True, slots=True)
class Composition:
    """A picture before it is laid out. `name` is the focus's in the first language."""

    name: str
    heading: svg.Block
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    legend: tuple[tuple[palette.Style, svg.Block], ...]
    footer: svg.Block

    def texts(self) -> Iterable[svg.Line]:
        """Every line of text."""
        blocks = [self.heading, self.footer, *(word for _, word in self.legend)]
        blocks += [node.block for node in self.nodes]
        blocks += [tie.block for tie in self.ties]
        return (line for block in blocks for line in block.lines)


def compose(graph: nx.MultiDiGraph[str], focus: str, languages: Sequence[str], fonts: Fonts) -> Composition:
    """The texts of a neighbourhood (see `networks.neighbourhood`); the first of the languages stands on top."""
    writer = _Writer(graph, focus, languages, fonts)
    nodes = tuple(writer.node(iri) for iri in graph)
    ties = tuple(writer.ties())
    return Composition(writer.name(focus), writer.heading(), nodes, ties, tuple(writer.legend(nodes)), writer.footer())


class _Writer:
    """Sets the texts of one picture, and numbers the reference works that they name."""

    def __init__(self, graph: nx.MultiDiGraph[str], focus: str, languages: Sequence[str], fonts: Fonts) -> None:
        self._graph = graph
        self._focus = focus
        self._languages = languages
        self._main = languages[0]
        self._fonts = fonts
        self._words: Mapping[str, Mapping[str, str]] = graph.graph["words"]
        self._sources: dict[str, int] = {}

    def name(self, iri: str) -> str:
        return best(self._graph.nodes[iri]["labels"], self._main)

    def heading(self) -> svg.Block:
        lines = self._labels(self._graph.nodes[self._focus]["labels"], 20, _HEADING_WIDTH, bold=True)
        shown, omitted = len(self._graph) - 1, self._graph.graph["omitted"]
        if omitted:
            text = best(palette.SHOWN, self._main).format(shown=shown, all=shown + omitted)
            lines.append(svg.Line(text, 10, self._main, palette.QUIET_INK))
        elif not shown:
            lines.append(svg.Line(best(palette.ALONE, self._main), 10, self._main, palette.QUIET_INK))
        return svg.block(lines, self._fonts)

    def node(self, iri: str) -> Node:
        data = self._graph.nodes[iri]
        focus = iri == self._focus
        style = palette.STYLES[data["family"]]
        kind = best(data["kind"], self._main)
        lines = [svg.Line(kind, _SMALL, self._main, palette.EVIDENCE_INK)] if kind else []
        lines += self._labels(data["labels"], *((15, _NODE_WIDTH * 1.3) if focus else (12, _NODE_WIDTH)), bold=focus)
        notes = self._notes(data["notes"])
        for note in notes[: _NOTES_OF_FOCUS if focus else _NOTES_OF_NEIGHBOUR]:
            lines += self._small(note)
        text = svg.block(lines, self._fonts)
        named = f"{self.name(iri)} ({kind})" if kind else self.name(iri)
        return Node(iri, style, text, *svg.room(style.shape, text), "\n".join((named, curie(iri), *notes)), focus)

    def ties(self) -> Iterable[Tie]:
        links: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for source, target, data in self._graph.edges(data=True):
            links[source, target].append(data)
        for (source, target), parallel in links.items():
            lines: list[svg.Line] = []
            sentences = []
            for link in sorted(parallel, key=lambda data: str(data["property"])):
                lines += self._labels(link["labels"], 10, _LINK_WIDTH)
                for note in link["notes"]:
                    # The passages of the link, beneath, are those of its notes as well.
                    lines += self._small(self._said([note]), _LINK_WIDTH)
                lines.append(svg.Line(_evidence(link["passages"]), 8, "en", palette.EVIDENCE_INK))
                parts = (self.name(source), best(link["labels"], self._main), self.name(target))
                sentences.append(f"{' – '.join(parts)} ({', '.join(link['passages'])})")
            text = svg.block(lines, self._fonts)
            yield Tie(source, target, text, "\n".join(sentences), self._focus in (source, target))

    def legend(self, nodes: Iterable[Node]) -> Iterable[tuple[palette.Style, svg.Block]]:
        """The style and name of each family that is in the picture."""
        used = {id(node.style) for node in nodes}
        for style in palette.STYLES.values():
            if id(style) in used:
                yield style, svg.block([svg.Line(best(style.words, self._main), 10, self._main)], self._fonts)

    def footer(self) -> svg.Block:
        """What the passages' names mean, the reference works that the nodes have named, the licence."""
        texts = [best(palette.EVIDENCE, self._main)]
        if self._sources:
            works = "; ".join(f"[{place}] {best(self._words[iri], self._main)}" for iri, place in self._sources.items())
            texts += self._fonts.wrap(f"{best(palette.REFERENCES, self._main)} {works}", 9, _HEADING_WIDTH * 0.7)
        texts.append(f"powkg · {palette.LICENCE} · {self._focus}")
        return svg.block([svg.Line(text, 9, self._main, palette.QUIET_INK) for text in texts], self._fonts)

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
            of_line = size if first else size * 0.78
            ink = palette.INK if first else palette.QUIET_INK
            written_in = language if language in labels else "en"
            parts = self._fonts.wrap(label, of_line, limit, bold=bold and first)
            lines += [svg.Line(part, of_line, written_in, ink, bold and first) for part in parts]
        return lines

    def _small(self, text: str, limit: float = _NODE_WIDTH) -> list[svg.Line]:
        parts = self._fonts.wrap(text, _SMALL, limit)
        return [svg.Line(part, _SMALL, self._main, palette.QUIET_INK) for part in parts]

    def _notes(self, notes: Sequence[Note]) -> list[str]:
        """The notes as texts, one a property: "1945-08-18 – 1945-09-01 [1]", "genre: report (p20s1)"."""
        by_property: dict[str, list[Note]] = defaultdict(list)
        for note in notes:
            by_property[note.property].append(note)
        texts = []
        for first, last in _SPANS:
            ends = [note for name in (first, last) for note in by_property[name]]
            if [note.property for note in ends] == [first, last] and _support(ends[:1]) == _support(ends[1:]):
                values = " – ".join(best(note.value(), self._main) for note in ends)
                texts.append(f"{values} {self._supported(ends)}")
                del by_property[first], by_property[last]
        return texts + [self._note(group) for group in by_property.values() if group]

    def _note(self, notes: Sequence[Note]) -> str:
        return f"{self._said(notes)} {self._supported(notes)}".strip()

    def _said(self, notes: Sequence[Note]) -> str:
        values = ", ".join(best(note.value(), self._main) for note in notes)
        word = best(self._words[notes[0].property], self._main)
        return values if notes[0].property == POW + "when" else f"{word}: {values}"

    def _supported(self, notes: Sequence[Note]) -> str:
        passages, sources = _support(notes)
        if passages:
            return f"({_evidence(passages)})"
        return "".join(f"[{self._sources.setdefault(source, len(self._sources) + 1)}]" for source in sources)


def _support(notes: Sequence[Note]) -> tuple[list[str], list[str]]:
    passages = sorted({passage for note in notes for passage in note.passages})
    return passages, sorted({source for note in notes for source in note.sources})


def _evidence(passages: Sequence[str]) -> str:
    shown = ", ".join(passages[:_PASSAGES_SHOWN])
    more = len(passages) - _PASSAGES_SHOWN
    return f"{shown} +{more}" if more > 0 else shown
