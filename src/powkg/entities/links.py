"""Links and notes: what they hold, which statements are one, and their order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from powkg.entities.labels import IN_CLAIM_LABELS
from powkg.entities.statements import Statement
from powkg.namespaces import CLAIM, DCTERMS, ID, OWL, POW, RDF, RDFS, SKOS, SKOSXL
from powkg.terms import IRI

DECORATION = (
    RDF, RDFS, OWL, SKOS, DCTERMS + "title", POW + "demonym", POW + "familyName", POW + "givenName",
    SKOSXL + "literalForm",
)  # fmt: skip
"""What says how something is called or classed, and links it to nothing."""

SPANS = tuple(POW + name for name in ("when", "began", "ended", "birthDate", "deathDate"))
"""The dates of an event or a life."""


@dataclass(frozen=True, slots=True)
class Note:
    """A value of an entity or link: the property's IRI, the value's text by language, and the passages' names.

    `sources` holds the IRI of the authority source of a date that no passage gives; `passages` is empty then. `date`
    is the name of a date (see `powkg.dates`), and empty for other values.
    """

    property: str
    values: tuple[tuple[str, str], ...]
    passages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    date: str = ""

    def value(self) -> dict[str, str]:
        """The text by language."""
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class Link:
    """One property from one entity to another, both IRIs, with the names of the passages that state it, in order."""

    source: str
    property: str
    target: str
    passages: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    def other(self, entity: str) -> str:
        """The end that is not this entity."""
        return self.target if entity == self.source else self.source


def joins_entities(statement: Statement) -> bool:
    """Whether both ends are entities or claims, and the property says more than a name or a class."""
    value = statement.value
    return (
        isinstance(value, IRI)
        and value.value.startswith((ID, CLAIM))
        and statement.subject.startswith((ID, CLAIM))
        and not statement.predicate.startswith(DECORATION)
    )


def is_link(statement: Statement) -> bool:
    """Whether a passage joins an entity with another."""
    return bool(statement.passages) and statement.subject != str(statement.value) and joins_entities(statement)


def plain_link(statement: Statement) -> Link:
    """The link that a statement is by itself."""
    return Link(statement.subject, statement.predicate, str(statement.value), statement.passages)


def in_label(statement: Statement) -> bool:
    """Whether a claim's label says this already, or says it by keeping silent: that it is stated without reserve."""
    return statement.subject.startswith(CLAIM) and statement.predicate in IN_CLAIM_LABELS


def merged(links: list[Link]) -> Link:
    """One link for several with the same ends and property: all their passages and notes, each once."""
    if len(links) == 1 and not links[0].notes:
        return links[0]
    passages = tuple(sorted({passage for link in links for passage in link.passages}))
    notes = tuple(sorted({note for link in links for note in link.notes}, key=note_order))
    return replace(links[0], passages=passages, notes=notes)


def note_order(note: Note) -> tuple[bool, str, tuple[tuple[str, str], ...]]:
    """Dates first, then by property and value."""
    return (note.property not in SPANS, note.property, note.values)
