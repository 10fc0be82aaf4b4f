"""The triples of one graph, whole and in memory: what an ontology of a few thousand is read through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from powkg.namespaces import RDF, RDFS
from powkg.terms import IRI, Literal, Row, Term

ENGLISH = "en"


class Triples:
    """Triples, asked for by subject and property or by property and value. Properties are given as plain IRIs."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """`rows` are subject, property and value, none of them unbound."""
        self._values: dict[tuple[str, Term], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[str, Term], list[Term]] = defaultdict(list)
        for row in rows:
            subject, predicate, value = (term for term in row if term is not None)
            self._values[str(predicate), subject].append(value)
            self._subjects[str(predicate), value].append(subject)

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """The values that a subject has for a property."""
        return list(self._values.get((predicate, subject), ()))

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Those values that are IRIs, sorted."""
        return sorted(value.value for value in self.values(IRI(subject), predicate) if isinstance(value, IRI))

    def texts(self, subject: str, predicate: str) -> dict[str, str]:
        """Those values that are texts, by language; one without a language counts as English."""
        found = (value for value in self.values(IRI(subject), predicate) if isinstance(value, Literal))
        return {value.language or ENGLISH: value.value for value in found}

    def text(self, subject: str, predicate: str) -> str:
        """The English text among the values; "" where there is none."""
        return self.texts(subject, predicate).get(ENGLISH, "")

    def subjects(self, predicate: str, value: Term) -> list[Term]:
        """The subjects that have a value for a property, IRIs and blank nodes."""
        return list(self._subjects.get((predicate, value), ()))

    def named(self, predicate: str, value: str) -> list[str]:
        """Those subjects that are IRIs, sorted; the value is an IRI."""
        return sorted(node.value for node in self.subjects(predicate, IRI(value)) if isinstance(node, IRI))

    def of_type(self, *kinds: str) -> list[str]:
        """The IRIs of everything that has one of these types, sorted."""
        return sorted({iri for kind in kinds for iri in self.named(RDF + "type", kind)})

    def is_a(self, subject: str, kind: str) -> bool:
        """Whether the subject has the type."""
        return kind in self.iris(subject, RDF + "type")

    def labels(self, subject: str) -> dict[str, str]:
        """The rdfs:label of the subject in each language."""
        return self.texts(subject, RDFS + "label")

    def items(self, head: Term) -> Iterator[Term]:
        """The members of an RDF list, in order; it ends where a node has no rest, or comes again."""
        seen: set[Term] = set()
        while head not in seen and (first := self.values(head, RDF + "first")):
            seen.add(head)
            yield first[0]
            head = next(iter(self.values(head, RDF + "rest")), IRI(RDF + "nil"))
