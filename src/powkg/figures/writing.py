"""A figure as a file: SVG with outlined text, PDF with embedded fonts, PNG at 300 dots an inch. The same bytes always.

Each file says what it shows, of which data in which version, and under which licence: an SVG in RDF (DCMI terms) and in
`title` and `desc` for those who do not see it, a PDF in its document information, a PNG in text chunks.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from matplotlib.figure import Figure

from powkg.errors import UsageError
from powkg.figures.canvas import defaults
from powkg.namespaces import BASE, DCTERMS, OWL, RDF
from powkg.pictures.palette import LICENCE, LICENCE_ADDRESS

FORMATS = ("svg", "pdf", "png")
DOTS_PER_INCH = 300

_AUTHORS = "powkg contributors"
_OPENING = re.compile(r"<svg [^>]*>")
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class About:
    """What a figure says of itself: its title, all that it shows in words, and the language of both.

    `version` is that of the project's data, in full; "" for a figure of somebody else's, of which no source or licence
    is said.
    """

    title: str
    description: str
    language: str
    version: str = ""


class DataFigure(Figure):
    """A matplotlib figure that knows what it shows. Notebooks show it as SVG."""

    about: About

    def _repr_svg_(self) -> str:
        return write(self, "svg").decode("utf-8")


def write(figure: DataFigure, form: str) -> bytes:
    """The figure in one of `FORMATS`. Raises UsageError for another."""
    if form not in FORMATS:
        raise UsageError(f"format is {form!r}: give one of {', '.join(FORMATS)}")
    about = figure.about
    content = io.BytesIO()
    with defaults():
        if form == "svg":
            figure.savefig(content, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
            return _described(content.getvalue().decode("utf-8"), about).encode("utf-8")
        if form == "pdf":
            figure.savefig(content, format="pdf", metadata=_information(about))
        else:
            figure.savefig(content, format="png", dpi=DOTS_PER_INCH, metadata=_chunks(about))
    return content.getvalue()


def _source(about: About) -> str:
    return f"powkg {about.version}, {BASE}"


def _information(about: About) -> dict[str, str | None]:
    """The document information of a PDF."""
    said = {"Title": about.title, "Creator": "powkg", "CreationDate": None}
    if not about.version:
        return said
    return {**said, "Author": _AUTHORS, "Subject": f"{_source(about)}. {LICENCE}, {LICENCE_ADDRESS}"}


def _chunks(about: About) -> dict[str, str]:
    """The text chunks of a PNG."""
    said = {"Title": about.title, "Description": about.description, "Software": "powkg"}
    if not about.version:
        return said
    return {**said, "Author": _AUTHORS, "Source": _source(about), "Copyright": f"{LICENCE}, {LICENCE_ADDRESS}"}


def _described(svg: str, about: About) -> str:
    """The SVG with what it says of itself behind its opening tag."""
    language = quoteattr(about.language)
    source = (
        f'<dcterms:source><rdf:Description rdf:about="{BASE}"><owl:versionInfo>{_escaped(about.version)}'
        "</owl:versionInfo></rdf:Description></dcterms:source>"
        f'<dcterms:license rdf:resource="{LICENCE_ADDRESS}"/>'
    )
    head = "".join(
        (
            f'<title id="figure-title">{_escaped(about.title)}</title>',
            f'<desc id="figure-content">{_escaped(about.description)}</desc>',
            f'<metadata><rdf:RDF xmlns:rdf="{RDF}" xmlns:dcterms="{DCTERMS}" xmlns:owl="{OWL}">',
            '<rdf:Description rdf:about="">',
            f"<dcterms:title xml:lang={language}>{_escaped(about.title)}</dcterms:title>",
            f"<dcterms:creator>powkg</dcterms:creator>{source if about.version else ''}",
            "</rdf:Description></rdf:RDF></metadata>",
        )
    )
    tag = f' xml:lang={language} role="img" aria-labelledby="figure-title" aria-describedby="figure-content">'
    return _OPENING.sub(lambda match: match[0][:-1] + tag + head, svg, count=1)


def _escaped(text: str) -> str:
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
