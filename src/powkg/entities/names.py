"""What an entity or term is called in each language, and what kind of thing it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from powkg.entities.statements import Statements
from powkg.namespaces import POW
from powkg.terms import IRI, Literal

CLASSES = """
PREFIX graph: <https://w3id.org/powkg/graph/>
SELECT DISTINCT ?node ?class WHERE {
  VALUES ?node { }
  GRAPH ?graph { ?node a ?class } FILTER(?graph != graph:inferred)
}
"""

ANCESTORS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?node ?ancestor WHERE { ?node rdfs:subClassOf* ?ancestor }
"""

LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node ?label WHERE {
  VALUES ?node { }
  ?node rdfs:label|skos:prefLabel ?label
}
"""

# The broad families of entities, which a picture tells apart by shape and colour; the first class that fits decides.
_FAMILIES = (
    ("person", POW + "Person"),
    ("cohort", POW + "Cohort"),
    ("group", POW + "Agent"),
    ("place", POW + "Place"),
    ("event", POW + "Event"),
    ("statement", POW + "Statement"),
)
FAMILIES = (*(name for name, _ in _FAMILIES), "other")


@dataclass(frozen=True, slots=True)
class Kind:
    """The most specific class of an entity (None where it has no type) and its broad family.

    The family is one of `FAMILIES`; `qualified` marks a node that stands
    for a relation, such as a participation.
    """

    class_iri: str | None
    family: str
    qualified: bool


class Names:
    """Reads labels and kinds; what it has read once it keeps, so an instance serves one answer."""

    def __init__(self, statements: Statements) -> None:
        self._statements = statements
        self._kinds: dict[str, Kind] = {}
        self._of_classes: dict[frozenset[str], Kind] = {}
        self._ancestors: dict[str, frozenset[str]] = {}
        self._written: dict[str, dict[str, str]] = {}

    def kind(self, entity: str) -> Kind:
        """What kind of thing an entity is."""
        if entity not in self._kinds:
            self.read_kinds((entity,))
        return self._kinds[entity]

    def labels(self, iri: str) -> dict[str, str]:
        """The labels of an entity, class, property or word, by language.

        Without any label, the name in the IRI stands in for the English one.
        """
        return self.written(iri) or {"en": spelled_out(iri)}

    def written(self, iri: str) -> dict[str, str]:
        """The labels that the store has, by language: of two in one language, the first in alphabetical order."""
        if iri not in self._written:
            self.read_labels((iri,))
        return self._written[iri]

    def read_kinds(self, entities: Iterable[str]) -> None:
        """Read the kinds that are not yet known, in few queries."""
        classes: dict[str, set[str]] = {entity: set() for entity in entities if entity not in self._kinds}
        for entity, class_iri in self._statements.rows_of(CLASSES, classes):
            if isinstance(class_iri, IRI):
                classes[str(entity)].add(class_iri.value)
        self.take_kinds(classes)

    def take_kinds(self, classes: Mapping[str, Iterable[str]]) -> None:
        """Know the kinds of these entities by their classes, which were read elsewhere."""
        self._kinds |= {entity: self._kind_of(frozenset(found)) for entity, found in classes.items()}

    def read_labels(self, iris: Iterable[str]) -> None:
        """Read the labels that are not yet known, in few queries."""
        unknown: dict[str, dict[str, str]] = {iri: {} for iri in iris if iri not in self._written}
        for iri, label in self._statements.rows_of(LABELS, unknown):
            if isinstance(label, Literal):
                labels, language = unknown[str(iri)], label.language or "en"
                labels[language] = min(label.value, labels.get(language, label.value))
        self._written |= unknown

    def _kind_of(self, classes: frozenset[str]) -> Kind:
        if classes not in self._of_classes:
            ancestors = {class_iri: self._ancestors_of(class_iri) for class_iri in classes}
            every = frozenset[str]().union(*ancestors.values())
            # The most specific class has the most ancestors of the project's own; ties go to the first IRI.
            deepest = min(
                ancestors, key=lambda iri: (-sum(up.startswith(POW) for up in ancestors[iri]), iri), default=None
            )
            family = next((name for name, iri in _FAMILIES if iri in every), "other")
            self._of_classes[classes] = Kind(deepest, family, POW + "Qualified" in every)
        return self._of_classes[classes]

    def _ancestors_of(self, class_iri: str) -> frozenset[str]:
        if class_iri not in self._ancestors:
            rows = self._statements.rows(ANCESTORS, class_iri)
            self._ancestors[class_iri] = frozenset(str(ancestor) for _, ancestor in rows)
        return self._ancestors[class_iri]


def spelled_out(iri: str) -> str:
    """`surrenderedTo` and `yalta-conference` as words, for what has no label."""
    name = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return words.replace("-", " ").strip() or iri
