"""Networks as pictures: laid out by Graphviz, written as SVG with its fonts inside, or made of that as PNG and PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import networkx as nx
import resvg_py

from powkg.entities.captions import LANGUAGES
from powkg.errors import UsageError
from powkg.namespaces import BASE
from powkg.networks.hubs import first
from powkg.networks.neighbourhood import neighbourhood
from powkg.networks.origin import with_origin
from powkg.pictures import pdf
from powkg.pictures.composition import SMALLEST, Composition, compose
from powkg.pictures.fonts import Fonts, load_fonts
from powkg.pictures.layout import lay_out
from powkg.pictures.page import Page, besides
from powkg.pictures.paper import SMALLEST_READABLE, Fit, fit
from powkg.pictures.sheet import About
from powkg.terms import Queryable

FORMATS = ("svg", "png", "pdf")

MOST_ENTITIES = 80
"""More than these no picture shows: nobody could read it."""

_PNG_SCALE = 2
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


class Picture:
    """A network (see `networks.attributes`) drawn, to be written in any of the formats.

    `focus` is the IRI of the node that stands out; it is the network's own `focus`, if it has one, unless another is
    given. `title` stands in the heading in place of its labels; with neither, the network's `projection` and `when` do.
    The first of the languages is that of headings and legend, and stands on top in every label; where a label is
    missing in it, the English one stands in. Without `evidence` no passage is named but in the SVG's description. The
    graph may be undirected, and its edges may have a `weight` in place of labels.

    Raises UsageError for a network without nodes or with more than `MOST_ENTITIES`, a focus that is not in it, a
    language tag that is none, or no language at all.
    """

    def __init__(
        self,
        network: nx.Graph[str],
        focus: str | None = None,
        languages: Sequence[str] = LANGUAGES,
        *,
        title: str = "",
        evidence: bool = True,
    ) -> None:
        focus = focus or network.graph.get("focus")
        _check(network, focus, languages)
        self.network = network
        self._fonts = loaded_fonts()
        self._composed = compose(network, focus, languages, self._fonts, title=title, evidence_shown=evidence)
        layout = lay_out(self._composed.nodes, self._composed.ties, besides(self._composed, self._fonts))
        self._page = Page(self._composed, layout, self._fonts)
        self._about = _about(self._composed, network, focus)

    @property
    def fit(self) -> Fit:
        """How it goes on a sheet of A4."""
        return fit(self._page.width, self._page.height)

    @property
    def smallest_text(self) -> float:
        """The size in points of its smallest text on a sheet of A4."""
        return SMALLEST * self.fit.scale

    def content(self, picture_format: str) -> bytes:
        """The bytes of a file in one of the `FORMATS`: the same network and choices give the same ones."""
        if picture_format not in FORMATS:
            raise UsageError(f"unknown picture format {picture_format!r}: give one of {', '.join(FORMATS)}")
        if picture_format == "svg":
            return self._page.svg(self._about, _embedded(self._composed, self._fonts)).encode("utf-8")
        # What makes the others takes the font files themselves, and reads no fonts that are embedded in a style sheet.
        bare = self._page.svg(self._about, "")
        if picture_format == "pdf":
            return pdf.from_svg(bare, self._about, self.fit.scale, self._fonts)
        return resvg_py.svg_to_bytes(
            svg_string=bare, zoom=_PNG_SCALE, skip_system_fonts=True, font_files=self._fonts.files()
        )


def draw(  # noqa: PLR0913  # one parameter a choice of the reader
    network: nx.Graph[str],
    focus: str | None = None,
    languages: Sequence[str] = LANGUAGES,
    picture_format: str = "svg",
    *,
    title: str = "",
    evidence: bool = True,
) -> bytes:
    """A network as the bytes of an SVG, PNG or PDF file; see `Picture`, which raises what this does."""
    return Picture(network, focus, languages, title=title, evidence=evidence).content(picture_format)


def readable(
    network: nx.MultiDiGraph[str], languages: Sequence[str] = LANGUAGES, *, title: str = "", evidence: bool = True
) -> Picture:
    """The picture of a neighbourhood with as many of its neighbours, the first ones first, as A4 has room for.

    No text is then smaller than `SMALLEST_READABLE` points on paper, unless the focus alone has too much of it.
    """
    counts = range(len(network), 0, -1)
    tried = (Picture(first(network, count), None, languages, title=title, evidence=evidence) for count in counts)
    return next(drawn for drawn in tried if drawn.smallest_text >= SMALLEST_READABLE or len(drawn.network) == 1)


def picture(store: Queryable, entity: str, version: str = "", languages: Sequence[str] = LANGUAGES) -> bytes:
    """The SVG of an entity's nearest neighbours, for a page; `version` is that of the store's data.

    Raises UsageError for an unknown entity.
    """
    return readable(with_origin(neighbourhood(store, entity), store, version), languages).content("svg")


@cache
def loaded_fonts() -> Fonts:
    """The fonts, read once: their tables of widths take a good part of the time of a picture."""
    return load_fonts()


def _check(network: nx.Graph[str], focus: str | None, languages: Sequence[str]) -> None:
    if not network:
        raise UsageError("the network has no entities: there is nothing to draw")
    if len(network) > MOST_ENTITIES:
        raise UsageError(
            f"the network has {len(network)} entities, and a picture shows at most {MOST_ENTITIES}: cut a part out of"
            " it, as with a neighbourhood or a path, or export it for a program that zooms"
        )
    if focus is not None and focus not in network:
        raise UsageError(f"focus is {focus!r}, which is not in the network: give the IRI of one of its nodes")
    if not languages:
        raise UsageError("a picture needs a language: give one such as en")
    for language in languages:
        if not _LANGUAGE_TAG.fullmatch(language):
            raise UsageError(f"{language!r} is not a language: give a tag such as en, ja or ru")


def _about(composed: Composition, network: nx.Graph[str], focus: str | None) -> About:
    return About(
        composed.name,
        composed.language,
        "\n".join(tie.tooltip for tie in composed.ties),
        focus or BASE,
        network.graph.get("version", ""),
        tuple(network.graph.get("texts", {})),
    )


def _embedded(composed: Composition, fonts: Fonts) -> str:
    lines = list(composed.texts())
    regular = "".join(line.text for line in lines if not line.bold)
    return fonts.style_sheet(regular, "".join(line.text for line in lines if line.bold))
