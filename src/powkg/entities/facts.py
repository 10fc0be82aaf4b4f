"""What the passages state of one entity: its links to other entities, and its notes.

A link joins two entities. A note is a value that is no entity of its own: a date, a word of a small list, a number.
Relations that have a node of their own (a participation, a tenure) are folded: each is a link from or to its agent,
with what remains as notes. Dates of events and lives may come from an authority source where no passage gives one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from powkg.entities.captions import LANGUAGES, date_caption, number_caption
from powkg.entities.links import (
    DECORATION,
    SPANS,
    Link,
    Note,
    in_label,
    is_link,
    joins_entities,
    merged,
    note_order,
    plain_link,
)
from powkg.entities.names import Kind, Names
from powkg.entities.statements import Statement, Statements
from powkg.namespaces import CLAIM, DATE, ID, POW, RDF, TERM
from powkg.terms import IRI, Literal, Queryable

__all__ = ["Facts", "Link", "Note"]

_PRINCIPAL = (POW + "agent", POW + "holder")


class Facts:
    """Reads links and notes; what it has read once it keeps, so an instance serves one answer.

    `read` and `read_everything` read ahead, in few queries, what the other methods need.
    """

    def __init__(self, store: Queryable) -> None:
        self._statements = Statements(store)
        self._names = Names(self._statements)
        self._links: dict[str, tuple[Link, ...]] = {}
        self._dates: dict[str, dict[str, str]] = {}
        self._hubs: set[str] = set()
        self._relations: list[str] | None = None

    def known(self, iri: str) -> bool:
        """Whether the store says anything of the IRI, in any graph."""
        return self._statements.known(iri)

    def kind(self, entity: str) -> Kind:
        """What kind of thing an entity is."""
        return self._names.kind(entity)

    def labels(self, iri: str) -> dict[str, str]:
        """The labels of an entity or term, by language."""
        return self._names.labels(iri)

    def read(self, entities: Iterable[str], most: int) -> None:
        """Read ahead for the links of these entities, but for hubs: nothing is read of them.

        A hub has more statements than `most` in a direction; `is_hub` knows it from then on.
        """
        asked = [entity for entity in entities if entity not in self._hubs]
        self._hubs |= self._statements.crowded(asked, most)
        self._read_links([entity for entity in asked if entity not in self._hubs])

    def read_some(self, entity: str, most: int) -> None:
        """Read ahead for the links of an entity; at most so many statements in each direction, where it is a hub."""
        self._hubs |= self._statements.crowded([entity], most)
        if self.is_hub(entity):
            self._statements.read_some(entity, most)
        self._read_links([entity])

    def is_hub(self, entity: str) -> bool:
        """Whether the entity is known to have more statements than were to be read."""
        return entity in self._hubs

    def count(self, entity: str) -> int:
        """How many statements there are from and to the entity; counted by the store, and not read."""
        return self._statements.count(entity)

    def read_everything(self) -> list[str]:
        """Read all that the store states, in few queries; the entities of which passages speak, relations left out."""
        subjects = [subject for subject in self._statements.read_everything() if subject.startswith((ID, CLAIM))]
        types = {
            subject: [one for one in self._statements.outgoing(subject) if one.predicate == RDF + "type"]
            for subject in subjects
        }
        self._names.take_kinds(
            {
                subject: [str(one.value) for one in found if isinstance(one.value, IRI)]
                for subject, found in types.items()
            }
        )
        self._relations = [subject for subject in subjects if self.kind(subject).qualified]
        spoken_of = [subject for subject, found in types.items() if any(one.passages for one in found)]
        return [subject for subject in spoken_of if not self.kind(subject).qualified]

    def read_kinds(self, entities: Iterable[str]) -> None:
        """Read ahead what kinds of things these are."""
        self._names.read_kinds(entities)

    def read_labels(self, iris: Iterable[str]) -> None:
        """Read ahead the labels of entities or terms."""
        self._names.read_labels(iris)

    def links(self, entity: str) -> tuple[Link, ...]:
        """All links from and to an entity, in a fixed order. A link that a role's node repeats is given once."""
        if entity not in self._links:
            found: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
            for link in self._unmerged(entity):
                found[link.source, link.property, link.target].append(link)
            self._links[entity] = tuple(merged(found[key]) for key in sorted(found))
        return self._links[entity]

    def links_among(self, entities: Sequence[str]) -> Iterator[Link]:
        """All links from one of the entities to another, in the order of the entities, and then in a fixed one.

        A link to a hub is read from its other end; between two hubs, participations and tenures are not looked for.
        """
        place = {entity: number for number, entity in enumerate(entities)}
        found: dict[tuple[str, str, str], list[Link]] = defaultdict(list)
        for link in self._all_links(entities) if self._relations is not None else self._near_links(entities):
            if link.source in place and link.target in place:
                found[link.source, link.property, link.target].append(link)
        yield from (merged(found[key]) for key in sorted(found, key=lambda key: (place[key[0]], key)))

    def _near_links(self, entities: Iterable[str]) -> Iterator[Link]:
        hubs = [entity for entity in entities if self.is_hub(entity)]
        yield from (plain_link(statement) for statement in self._statements.among(hubs) if is_link(statement))
        for entity in entities:
            if not self.is_hub(entity):
                yield from self.links(entity)

    def _all_links(self, entities: Iterable[str]) -> Iterator[Link]:
        """The links from these entities, and those of all relations."""
        for entity in entities:
            yield from (plain_link(statement) for statement in self._statements.outgoing(entity) if is_link(statement))
        for relation in self._relations or ():
            yield from self._folded(relation)

    def notes(self, entity: str) -> tuple[Note, ...]:
        """The notes of an entity, in a fixed order: dates first."""
        notes, elsewhere = [], []
        for statement in self._statements.outgoing(entity):
            note = self._note(statement)
            if note is not None and statement.passages:
                notes.append(note)
            elif note is not None and statement.predicate in SPANS:
                elsewhere.append(note)
        if elsewhere and not any(note.property in SPANS for note in notes):
            # A span is never put together from two sources: the one with the most dates gives all of it.
            given = Counter(source for note in elsewhere for source in note.sources)
            chosen = min(given, key=lambda source: (-given[source], source))
            notes += [replace(note, sources=(chosen,)) for note in elsewhere if chosen in note.sources]
        return tuple(sorted(notes, key=note_order))

    def _read_links(self, entities: Collection[str]) -> None:
        self._statements.read_outgoing(entities)
        self._statements.read_incoming(entities)
        self._read_others(entities)

    def _read_others(self, entities: Iterable[str]) -> None:
        others = {other for entity in entities for other, _ in self._joined(entity)}
        self._names.read_kinds(sorted(others.union(entities)))
        relations = sorted(other for other in others if self.kind(other).qualified)
        self._statements.read_outgoing(relations)
        parties = {str(one.value) for relation in relations for one in self._statements.outgoing(relation)}
        self._names.read_kinds(sorted(party for party in parties if party.startswith((ID, CLAIM))))

    def _joined(self, entity: str) -> Iterator[tuple[str, Statement]]:
        """The statements of passages that join the entity with another, each with that other."""
        for statement in (*self._statements.outgoing(entity), *self._statements.incoming(entity)):
            other = str(statement.value) if statement.subject == entity else statement.subject
            if is_link(statement):
                yield other, statement

    def _unmerged(self, entity: str) -> Iterable[Link]:
        folds = not self.kind(entity).qualified
        for other, statement in self._joined(entity):
            if folds and self.kind(other).qualified:
                yield from (link for link in self._folded(other) if entity in (link.source, link.target))
            else:
                yield plain_link(statement)

    def _folded(self, relation: str) -> Iterable[Link]:
        """The links that a participation or tenure stands for: each of its parties with its agent or holder."""
        stated = [statement for statement in self._statements.outgoing(relation) if statement.passages]
        agents = [str(statement.value) for statement in stated if statement.predicate in _PRINCIPAL]
        if not agents:
            return
        agent = min(agents)
        roles = [str(statement.value) for statement in stated if statement.predicate == POW + "role"]
        other = [self._note(statement) for statement in stated if statement.predicate != POW + "role"]
        notes = tuple(note for note in other if note is not None)
        for statement in stated:
            party = str(statement.value)
            if statement.predicate in _PRINCIPAL or not joins_entities(statement):
                continue
            if statement.predicate == POW + "inEvent":
                yield Link(party, self._role_property(roles), agent, statement.passages, notes)
            elif not self.kind(party).qualified:
                yield Link(agent, statement.predicate, party, statement.passages, notes)

    def _role_property(self, roles: Iterable[str]) -> str:
        """The property that says the same as a role: `pow:commander` for `term:commander`, else `pow:participant`."""
        for role in sorted(roles):
            first, *rest = role.removeprefix(TERM).split("-")
            candidate = POW + first + "".join(part.capitalize() for part in rest)
            if self._names.written(candidate):
                return candidate
        return POW + "participant"

    def _note(self, statement: Statement) -> Note | None:
        value = statement.value
        date = ""
        if statement.predicate.startswith(DECORATION) or in_label(statement):
            return None
        if isinstance(value, Literal):
            texts = {language: number_caption(value.value, language) for language in LANGUAGES}
        elif str(value).startswith(DATE):
            date = str(value).removeprefix(DATE)
            if date not in self._dates:
                self._dates[date] = {language: date_caption(date, language) for language in LANGUAGES}
            texts = self._dates[date]
        elif str(value).startswith(TERM):
            texts = self.labels(str(value))
        elif statement.predicate == POW + "as":
            texts = self._office(str(value))
        else:
            return None
        passages = statement.passages
        sources = () if passages else statement.sources
        return Note(statement.predicate, tuple(sorted(texts.items())), passages, sources, date)

    def _office(self, tenure: str) -> dict[str, str]:
        stated = (statement for statement in self._statements.outgoing(tenure) if statement.passages)
        offices = [str(statement.value) for statement in stated if statement.predicate == POW + "office"]
        return self.labels(min(offices, default=tenure))
