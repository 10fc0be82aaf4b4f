"""RDF terms as the cells of an HTML table."""

from __future__ import annotations

from dataclasses import dataclass

from powkg.namespaces import BASE, XSD, curie
from powkg.terms import IRI, Blank, Literal, Term

_NUMBERS = frozenset(
    XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A term to be shown: its text, its language, where it leads (an address outside the graph), its full name."""

    text: str
    language: str | None = None
    link: str | None = None
    full: str | None = None
    number: bool = False
    code: bool = False


EMPTY = Cell("")


def cell(term: Term | None) -> Cell:
    """The cell of a term; an empty one for an unbound variable."""
    match term:
        case None:
            return EMPTY
        case IRI(value):
            outside = value.startswith(("http://", "https://")) and not value.startswith(BASE)
            return Cell(_short(value), link=value if outside else None, full=value, code=True)
        case Blank():
            return Cell(str(term), code=True)
        case Literal(value, language, datatype):
            return Cell(value, language=language, number=datatype in _NUMBERS)


def _short(iri: str) -> str:
    return curie(iri).strip("<>")
