"""A whole SVG file: its head, and its metadata in Dublin Core. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from powkg.namespaces import BASE, DCTERMS, OWL, RDF
from powkg.pictures.palette import LICENCE_ADDRESS
from powkg.pictures.svg import Box, escaped, number, printable, rectangle

AUTHOR = "powkg"


@dataclass(frozen=True, slots=True)
class About:
    """What a picture says of itself.

    `name` is its title in `language`, and `description` has each link as a line. `subject` is the IRI of what it shows,
    or of the dataset. `version` is that of the data, "" where it is not known; `texts` are the IRIs of the sources
    whose passages are drawn.
    """

    name: str
    language: str
    description: str
    subject: str = BASE
    version: str = ""
    texts: tuple[str, ...] = ()

    def rdf(self) -> str:
        """The same as RDF/XML, about the document that it stands in."""
        version = f"<owl:versionInfo>{escaped(self.version)}</owl:versionInfo>" if self.version else ""
        return "".join(
            (
                f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:dcterms="{DCTERMS}" xmlns:owl="{OWL}">',
                '<rdf:Description rdf:about="">',
                f"<dcterms:title xml:lang={quoteattr(self.language)}>{escaped(self.name)}</dcterms:title>",
                f"<dcterms:creator>{AUTHOR}</dcterms:creator>",
                f"<dcterms:subject rdf:resource={quoteattr(printable(self.subject))}/>",
                f'<dcterms:source><rdf:Description rdf:about="{BASE}">{version}</rdf:Description></dcterms:source>',
                *(f"<dcterms:references rdf:resource={quoteattr(printable(text))}/>" for text in self.texts),
                f'<dcterms:license rdf:resource="{LICENCE_ADDRESS}"/></rdf:Description></rdf:RDF>',
            )
        )


def document(about: About, size: tuple[float, float], style: str, parts: Iterable[str]) -> str:
    """The file of this width and height in pixels, with a style sheet, white under its parts."""
    width, height = (number(side) for side in size)
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"',
            f' viewBox="0 0 {width} {height}" xml:lang={quoteattr(about.language)} role="img"',
            ' aria-labelledby="name" aria-describedby="links">',
            f'<title id="name">{escaped(about.name)}</title><desc id="links">{escaped(about.description)}</desc>',
            f"<metadata>{about.rdf()}</metadata><style>{style}</style>",
            rectangle(Box(0, 0, *size), 'fill="#ffffff"'),
            *parts,
            "</svg>\n",
        )
    )
