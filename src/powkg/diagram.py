"""The core of the model as a picture for the middle of a page: its kinds as boxes, the properties that join them.

`model(labels)` gives one `<svg>` element without styles or fonts of its own: a page's style sheet colours it, so it
follows the page's theme, and each box leads to the section of its class. The layout is that of the other pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from powkg.drawing import loaded_fonts
from powkg.namespaces import OA, POW, PROV, RDFS, curie
from powkg.pictures import palette, svg
from powkg.pictures.composition import Node, Tie
from powkg.pictures.fonts import Fonts
from powkg.pictures.layout import Layout, lay_out

STATES = "GRAPH"
"""What joins a passage to the things that it speaks of: it is the name of the graph that holds the statements."""

SUBCLASS = RDFS + "subClassOf"

KINDS: Mapping[str, str] = {
    POW + "Source": "statement",
    POW + "Passage": "statement",
    POW + "Claim": "statement",
    POW + "QuantityClaim": "statement",
    POW + "Event": "event",
    POW + "Qualified": "other",
    POW + "Participation": "other",
    POW + "Cohort": "cohort",
    POW + "Agent": "person",
    POW + "Place": "place",
    POW + "DateSpan": "other",
}
"""The classes that are drawn, each with the family of `pictures.palette` that it is drawn as."""

LINKS: tuple[tuple[str, str, str], ...] = (
    (POW + "Passage", OA + "hasSource", POW + "Source"),
    (POW + "Passage", STATES, POW + "Claim"),
    (POW + "Passage", STATES, POW + "Event"),
    (POW + "QuantityClaim", SUBCLASS, POW + "Claim"),
    (POW + "QuantityClaim", POW + "cohort", POW + "Cohort"),
    (POW + "QuantityClaim", POW + "asOf", POW + "DateSpan"),
    (POW + "Claim", PROV + "wasAttributedTo", POW + "Agent"),
    (POW + "Claim", POW + "madeIn", POW + "Event"),
    (POW + "Cohort", SUBCLASS, POW + "Agent"),
    (POW + "Event", POW + "participant", POW + "Agent"),
    (POW + "Event", POW + "when", POW + "DateSpan"),
    (POW + "Event", POW + "where", POW + "Place"),
    (POW + "Cohort", POW + "territory", POW + "Place"),
    (POW + "Participation", SUBCLASS, POW + "Qualified"),
    (POW + "Participation", POW + "inEvent", POW + "Event"),
    (POW + "Participation", POW + "agent", POW + "Agent"),
)
"""What is drawn between them: a class, the property that leads from it, the class that it leads to."""

_WORDS = {STATES: "states (its graph)", SUBCLASS: "is a kind of"}
_TITLE = "The core of the model"
_MARGIN = 6.0


@dataclass(frozen=True, slots=True)
class Diagram:
    """The picture: an `<svg>` element, its width in pixels, and each of its links as a sentence."""

    svg: str
    width: int
    sentences: tuple[str, ...]


def model(labels: Mapping[str, str]) -> Diagram:
    """The picture with the English labels of classes and properties, by IRI; its prefixed name for one without."""
    fonts = loaded_fonts()
    nodes = [_box(iri, family, _word(iri, labels), fonts) for iri, family in KINDS.items()]
    ties = [_tie(link, labels, fonts) for link in LINKS]
    layout = lay_out(nodes, ties)
    width, height = layout.width + 2 * _MARGIN, layout.height + 2 * _MARGIN
    drawn = svg.group((*_ties(ties, layout), *_boxes(nodes, layout)), (_MARGIN, _MARGIN))
    sentences = tuple(tie.tooltip for tie in ties)
    size = f'width="{svg.number(width)}" height="{svg.number(height)}"'
    head = f'<svg class="diagram" {size} viewBox="0 0 {svg.number(width)} {svg.number(height)}"'
    names = 'role="group" aria-labelledby="diagram-name" aria-describedby="diagram-links"><title id="diagram-name">'
    described = f'{_TITLE}</title><desc id="diagram-links">{escape(". ".join(sentences))}.</desc>'
    return Diagram(f"{head} {names}{described}{drawn}</svg>", round(width), sentences)


def _word(iri: str, labels: Mapping[str, str]) -> str:
    return _WORDS.get(iri) or labels.get(iri) or curie(iri)


def _box(iri: str, family: str, label: str, fonts: Fonts) -> Node:
    lines = [svg.Line(label, 14, "en", bold=True), svg.Line(curie(iri), 10, "en", palette.QUIET_INK)]
    block = svg.block(lines, fonts)
    style = palette.STYLES[family]
    return Node(iri, style, block, *svg.room(style.shape, block), label, focus=False)


def _tie(link: tuple[str, str, str], labels: Mapping[str, str], fonts: Fonts) -> Tie:
    source, predicate, target = link
    block = svg.block([svg.Line(_word(predicate, labels), 11, "en")], fonts)
    sentence = " – ".join(_word(iri, labels) for iri in link)
    return Tie(source, target, block, sentence, focus=predicate not in _WORDS)


def _ties(ties: list[Tie], layout: Layout) -> Iterator[str]:
    for tie, curves, (x, y) in zip(ties, layout.curves, layout.texts, strict=True):
        lines = "".join(svg.curve(points, tip, palette.LINE_OF_FOCUS, 1.2) for points, tip in curves)
        kind = "link" if tie.focus else "link quiet"
        yield f'<g class="{kind}" aria-hidden="true">{lines}{tie.block.text(x, y - tie.block.height / 2)}</g>'


def _boxes(nodes: list[Node], layout: Layout) -> Iterator[str]:
    for node in nodes:
        middle = layout.nodes[node.iri]
        outline = svg.outline(node.style, svg.Box.around(middle, node.width, node.height), 1.6)
        x, y = svg.inside(node.style.shape, middle)
        place = quoteattr("#" + node.iri.removeprefix(POW))
        yield f'<a class="box" href={place}>{outline}{node.block.text(x, y - node.block.height / 2)}</a>'
