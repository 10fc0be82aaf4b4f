"""An entity as passages state it, for Python and Jupyter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from powkg.api import markup
from powkg.entities.captions import best
from powkg.entities.facts import Facts, Link, Note
from powkg.namespaces import curie


@dataclass(frozen=True, slots=True, repr=False)
class Entity:
    """What it is called and what it is, by language, with its notes and links and the passages that state each.

    `family` is one of `entities.names.FAMILIES`, `kind` what its most specific class is called; both are of the
    passages' own words. `words` are the labels of all that its notes and links name.
    """

    iri: str
    labels: Mapping[str, str]
    kind: Mapping[str, str]
    family: str
    notes: tuple[Note, ...]
    links: tuple[Link, ...]
    words: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, facts: Facts, iri: str) -> Entity:
        """The entity of this IRI, which the store must know."""
        kind = facts.kind(iri)
        notes, links = facts.notes(iri), facts.links(iri)
        named = {note.property for note in notes} | {source for note in notes for source in note.sources}
        named |= {name for link in links for name in (link.property, link.other(iri))}
        return cls(
            iri,
            facts.labels(iri),
            facts.labels(kind.class_iri) if kind.class_iri else {},
            kind.family,
            notes,
            links,
            {name: facts.labels(name) for name in sorted(named)},
        )

    @property
    def name(self) -> str:
        """Its prefixed name, such as id:harbin."""
        return curie(self.iri)

    @property
    def passages(self) -> tuple[str, ...]:
        """The names of all passages that state its notes and links, in order."""
        of_notes = {passage for note in self.notes for passage in note.passages}
        return tuple(sorted(of_notes | {passage for link in self.links for passage in link.passages}))

    def label(self, language: str = "en") -> str:
        """What it is called; where it has no name in the language, the English one stands in."""
        return best(self.labels, language)

    def __str__(self) -> str:
        return self.label()

    def __repr__(self) -> str:
        return f"<{self.name}: {self.label()}>"

    def _repr_html_(self) -> str:
        names = " · ".join(
            f'<span lang="{escape(language)}">{escape(label)}</span>' for language, label in sorted(self.labels.items())
        )
        head = f"<p><strong>{names}</strong><br>{escape(best(self.kind, 'en'))} · {escape(self.name)}</p>"
        rows = list(self._rows())
        return head + markup.table("", ("property", "value", "passages"), rows[: markup.MOST_ROWS], len(rows))

    def _rows(self) -> Iterator[tuple[str, str, str]]:
        for note in self.notes:
            named = note.passages or tuple(self._word(source) for source in note.sources)
            yield markup.named(note.property, self._word(note.property)), escape(best(note.value(), "en")), _list(named)
        for link in self.links:
            other = link.other(self.iri)
            way = self._word(link.property) + ("" if link.source == self.iri else " ← of")
            yield markup.named(link.property, way), markup.named(other, self._word(other)), _list(link.passages)

    def _word(self, iri: str) -> str:
        return best(self.words[iri], "en")


def _list(names: tuple[str, ...]) -> str:
    return escape(", ".join(names))
