"""The ontology as the checks need it: what is declared, and what follows from the declarations. Quads in, sets out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from powkg.dataset import Quad
from powkg.namespaces import ONTOLOGY, OWL, POW, RDF, RDFS, SKOS, TERMS_GRAPH

OBJECT = OWL + "ObjectProperty"
DATATYPE = OWL + "DatatypeProperty"
ANNOTATION = OWL + "AnnotationProperty"
_CLASS_KINDS = frozenset({OWL + "Class", RDFS + "Class"})
BUILT_IN = frozenset(
    {
        RDF + "type",
        *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
        *(OWL + name for name in ("sameAs", "Ontology", "versionIRI", "versionInfo", "priorVersion", "deprecated")),
    }
)
"""The terms that every OWL ontology has without declaring them."""

_Values = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True)
class Ontology:
    """What powkg.ttl and terms.ttl state, as predicate → subject → values, all as strings."""

    values: _Values

    @classmethod
    def of(cls, statements: Iterable[Quad]) -> Ontology:
        """From the statements of all files; those of other graphs are passed over."""
        values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in statements:
            if quad.graph in (ONTOLOGY, TERMS_GRAPH):
                values[str(quad.predicate)][str(quad.subject)].append(str(quad.value))
        return cls(values)

    def _of(self, predicate: str) -> Mapping[str, list[str]]:
        return self.values.get(predicate, {})

    @cached_property
    def classes(self) -> frozenset[str]:
        """The IRIs of the declared classes."""
        return frozenset(s for s, kinds in self._of(RDF + "type").items() if _CLASS_KINDS.intersection(kinds))

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The declared properties, each with OBJECT, DATATYPE or ANNOTATION."""
        kinds = {OBJECT, DATATYPE, ANNOTATION}
        return {s: kind for s, found in self._of(RDF + "type").items() for kind in found if kind in kinds}

    @cached_property
    def declared(self) -> frozenset[str]:
        """Every class and property that may be used."""
        return self.classes | frozenset(self.kinds) | BUILT_IN

    @cached_property
    def own_terms(self) -> frozenset[str]:
        """The declared terms of the project's own namespace."""
        return frozenset(term for term in self.declared if term.startswith(POW))

    @cached_property
    def functional(self) -> frozenset[str]:
        """The properties that a subject has once at most."""
        return frozenset(s for s, kinds in self._of(RDF + "type").items() if OWL + "FunctionalProperty" in kinds)

    @cached_property
    def lists(self) -> Mapping[str, frozenset[str]]:
        """The properties that take their values from a small list, each with its lists."""
        return {p: frozenset(found) for p, found in self._of(POW + "valuesFrom").items()}

    @cached_property
    def lists_of(self) -> Mapping[str, frozenset[str]]:
        """The words of the small lists, each with the lists that it is in."""
        return {s: frozenset(found) for s, found in self._of(SKOS + "inScheme").items()}

    @cached_property
    def _ancestors(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    def _above(self, predicate: str, term: str) -> frozenset[str]:
        """The term and all that a chain of `predicate` leads to."""
        key = (predicate, term)
        if key not in self._ancestors:
            found, waiting = {term}, [term]
            while waiting:
                for parent in self._of(predicate).get(waiting.pop(), ()):
                    if parent not in found:
                        found.add(parent)
                        waiting.append(parent)
            self._ancestors[key] = frozenset(found)
        return self._ancestors[key]

    def classes_of(self, types: Iterable[str]) -> frozenset[str]:
        """All classes that instances of these types belong to."""
        return frozenset[str]().union(*(self._above(RDFS + "subClassOf", one) for one in types))

    def narrowest(self, classes: Collection[str]) -> list[str]:
        """Those of the classes that none of the others is below, sorted; all of them where they form a circle."""
        above = {one: self.classes_of([one]) - {one} for one in classes}
        return sorted(one for one in classes if not any(one in above[other] for other in classes)) or sorted(classes)

    def properties_of(self, predicate: str) -> frozenset[str]:
        """The property and all that it is a subproperty of."""
        return self._above(RDFS + "subPropertyOf", predicate)

    def domains(self, predicate: str) -> frozenset[str]:
        """The classes that every subject of the property belongs to."""
        return self._ends(RDFS + "domain", predicate)

    def ranges(self, predicate: str) -> frozenset[str]:
        """The classes or datatypes that every value of the property belongs to."""
        return self._ends(RDFS + "range", predicate)

    def _ends(self, end: str, predicate: str) -> frozenset[str]:
        return frozenset(c for above in self.properties_of(predicate) for c in self._of(end).get(above, ()))

    @cached_property
    def disjoint(self) -> frozenset[tuple[str, str]]:
        """The pairs of classes without a common instance, each in both orders."""
        pairs = {(s, v) for s, found in self._of(OWL + "disjointWith").items() for v in found}
        for heads in self._of(OWL + "members").values():
            for head in heads:
                pairs.update(combinations(self._list(head), 2))
        return frozenset(pairs | {(b, a) for a, b in pairs})

    def _list(self, head: str) -> Iterator[str]:
        while head in self._of(RDF + "first"):
            yield self._of(RDF + "first")[head][0]
            head = self._of(RDF + "rest")[head][0]

    def texts(self, predicate: str, subject: str) -> list[str]:
        """The values of a predicate that the ontology states of a subject."""
        return self._of(predicate).get(subject, [])
