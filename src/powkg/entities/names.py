"""What an entity or term is called in each language, and what kind of thing it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from powkg.entities.captions import Quantity, claim_caption
from powkg.entities.statements import Statements
from powkg.namespaces import CLAIM, DATE, POW, PROV, TERM
from powkg.terms import Literal

CLASSES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?node ?class ?ancestor WHERE { ?node a ?class . ?class rdfs:subClassOf* ?ancestor }
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
# What a claim's label is made of: the properties of a quantity, and those whose values say what is claimed.
_QUANTITY = ("figure", "ratio", "atLeast", "atMost", "qualifier", "unit", "asOf")
_SAID = ("ascribed", "topic", "foodstuff", "extent", "motive", "standing", "method")
_CAUSES_NAMED = 2
IN_CLAIM_LABELS = frozenset(POW + name for name in (*_QUANTITY, *_SAID))


@dataclass(frozen=True, slots=True)
class Kind:
    """The most specific class of an entity (None where it has no type) and its broad family.

    The family is one of person, cohort, group, place, event, statement and other; `qualified` marks a node that stands
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
        """The labels of an entity, class, property or word, by language; what a claim says and who claims it.

        Without any label, the name in the IRI stands in for the English one.
        """
        if iri not in self._labels:
            self._labels[iri] = self._claim_labels(iri) or self.written(iri) or {"en": _spelled_out(iri)}
        return self._labels[iri]

    def written(self, iri: str) -> dict[str, str]:
        """The labels that the store has, by language: of two in one language, the first in alphabetical order."""
        labels: dict[str, str] = {}
        for _, label in self._statements.rows(LABELS, iri):
            if isinstance(label, Literal):
                language = label.language or "en"
                labels[language] = min(label.value, labels.get(language, label.value))
        return labels

    def _claim_labels(self, iri: str) -> dict[str, str]:
        if not iri.startswith(CLAIM):
            return {}
        values: dict[str, list[str]] = defaultdict(list)
        for statement in self._statements.outgoing(iri):
            if statement.passages:
                values[statement.predicate].append(str(statement.value))
        causes = [cause for cause in values[POW + "cause"] if not cause.startswith(CLAIM)]
        said = [self.labels(cause) for cause in causes[:_CAUSES_NAMED]]
        said += [self.labels(value) for name in _SAID for value in values[POW + name]]
        claimants = [self.labels(claimant) for claimant in values[PROV + "wasAttributedTo"]]
        first = {name: min(values[POW + name], default="") for name in _QUANTITY}
        if not any(first.values()):
            return claim_caption(said, claimants)
        unit, qualifier = first["unit"], first["qualifier"]
        quantity = Quantity(
            first["figure"],
            first["ratio"],
            first["atLeast"],
            first["atMost"],
            self.labels(qualifier) if qualifier.removeprefix(TERM) not in ("", "plain") else {},
            self.labels(unit) if unit not in ("", TERM + "persons") else {},
            first["asOf"].removeprefix(DATE),
        )
        return claim_caption(said, claimants, quantity)


def _spelled_out(iri: str) -> str:
    """`surrenderedTo` and `yalta-conference` as words, for what has no label."""
    name = iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).replace("-", " ").strip()
