"""What an entity or term is called in each language, and what kind of thing it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from powkg.entities.statements import Statements
from powkg.namespaces import POW
from powkg.terms import Literal

CLASSES = """
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?node ?class ?ancestor WHERE {
  GRAPH ?graph { ?node a ?class } FILTER(?graph != graph:inferred)
  ?class rdfs:subClassOf* ?ancestor
}
"""

LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?node ?label WHERE { ?node rdfs:label|skos:prefLabel ?label }
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
        self._labels: dict[str, dict[str, str]] = {}

    def kind(self, entity: str) -> Kind:
        """What kind of thing an entity is."""
        if entity not in self._kinds:
            ancestors: dict[str, set[str]] = defaultdict(set)
            for _, class_iri, ancestor in self._statements.rows(CLASSES, entity):
                ancestors[str(class_iri)].add(str(ancestor))
            every = {ancestor for found in ancestors.values() for ancestor in found}
            # The most specific class has the most ancestors of the project's own; ties go to the first IRI.
            deepest = min(
                ancestors, key=lambda iri: (-sum(up.startswith(POW) for up in ancestors[iri]), iri), default=None
            )
            family = next((name for name, iri in _FAMILIES if iri in every), "other")
            self._kinds[entity] = Kind(deepest, family, POW + "Qualified" in every)
        return self._kinds[entity]

    def labels(self, iri: str) -> dict[str, str]:
        """The labels of an entity, class, property or word, by language.

        Without any label, the name in the IRI stands in for the English one.
        """
        if iri not in self._labels:
            self._labels[iri] = self.written(iri) or {"en": spelled_out(iri)}
        return self._labels[iri]

    def written(self, iri: str) -> dict[str, str]:
        """The labels that the store has, by language: of two in one language, the first in alphabetical order."""
        labels: dict[str, str] = {}
        for _, label in self._statements.rows(LABELS, iri):
            if isinstance(label, Literal):
                language = label.language or "en"
                labels[language] = min(label.value, labels.get(language, label.value))
        return labels


def spelled_out(iri: str) -> str:
    """`surrenderedTo` and `yalta-conference` as words, for what has no label."""
    name = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return words.replace("-", " ").strip() or iri
