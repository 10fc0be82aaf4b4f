"""What the nodes and edges of a network carry, read from the facts of each entity.

Nodes are IRIs of entities, with

| attribute | |
|---|---|
| `iri` | the IRI itself |
| `labels` | what it is called, by language |
| `class_iri`, `kind` | its most specific class ("" where it has none), and what that is called, by language |
| `family` | person, cohort, group, place, event, statement or other |
| `notes` | its values that are no entities, as `entities.facts.Note` |
| `earliest`, `latest` | the days between which it certainly lies, as dates; None where no source gives that end |

and edges, whose keys are the properties' IRIs,

| attribute | |
|---|---|
| `property`, `labels` | the property's IRI, and what it is called, by language |
| `passages` | the names of the passages that state it, such as p10s6, in order |
| `claimed` | whether it rests on a claim only, since it is a claim's own link to its claimant, subject or object |
| `notes` | what else a participation or a tenure says of it |

The graph's `words` are the labels of the notes' properties and sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import networkx as nx

from powkg.dates import bounds
from powkg.entities.facts import Facts, Note
from powkg.namespaces import CLAIM, POW

_BEGINNINGS = tuple(POW + name for name in ("when", "began", "birthDate"))
_ENDINGS = tuple(POW + name for name in ("when", "ended", "deathDate"))


def add_entities(graph: nx.MultiDiGraph[str], facts: Facts, entities: Sequence[str]) -> None:
    """Add these entities and all links among them, in this order."""
    words = graph.graph.setdefault("words", {})
    facts.read_kinds(entities)
    facts.read_labels([*entities, *(iri for entity in entities if (iri := facts.kind(entity).class_iri))])
    for entity in entities:
        kind = facts.kind(entity)
        notes = facts.notes(entity)
        earliest, latest = days(notes)
        graph.add_node(
            entity,
            iri=entity,
            labels=facts.labels(entity),
            class_iri=kind.class_iri or "",
            kind=facts.labels(kind.class_iri) if kind.class_iri else {},
            family=kind.family,
            notes=notes,
            earliest=earliest,
            latest=latest,
        )
        for note in notes:
            words.update((iri, facts.labels(iri)) for iri in (note.property, *note.sources))
    for link in facts.links_among(entities):
        graph.add_edge(
            link.source,
            link.target,
            key=link.property,
            property=link.property,
            labels=facts.labels(link.property),
            passages=link.passages,
            claimed=is_claim(link.source) or is_claim(link.target),
            notes=link.notes,
        )
        for note in link.notes:
            words[note.property] = facts.labels(note.property)


def is_claim(entity: str) -> bool:
    """Whether the entity is a claim: what it is linked to is so on somebody's authority."""
    return entity.startswith(CLAIM)


def days(notes: Iterable[Note]) -> tuple[date | None, date | None]:
    """The first day that a beginning may mean and the last that an end may; None where the notes give none."""
    begins = [bounds(note.date).earliest for note in notes if note.date and note.property in _BEGINNINGS]
    ends = [bounds(note.date).latest for note in notes if note.date and note.property in _ENDINGS]
    return min(begins, default=None), max(ends, default=None)
