"""The documentation of the ontology, read from the store that it describes: `describe(store, questions)`.

Nothing is said here of any class or property: definitions, hierarchy, alignments and examples are those of the files
of ontology/, counts and example statements those of the graph. Only what is stated counts as a use; what the build
infers is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from powkg.namespaces import (
    ALIGNMENTS_GRAPH,
    DCTERMS,
    ONTOLOGY,
    OWL,
    POW,
    RDF,
    RDFS,
    SHAPES_GRAPH,
    SKOS,
    TERMS_GRAPH,
    curie,
)
from powkg.publish.constraints import constraints
from powkg.publish.documentation import (
    Alignment,
    Asking,
    ClassEntry,
    Documentation,
    Example,
    Group,
    PropertyEntry,
    Ref,
    Standard,
    Value,
    Word,
    WordList,
    literal,
)
from powkg.publish.triples import Triples
from powkg.publish.usage import Found, Usage, examples, usage
from powkg.queries import Question
from powkg.terms import IRI, Literal, Queryable, Term

TRIPLES = """\
SELECT ?graph ?subject ?property ?value WHERE { GRAPH ?graph { ?subject ?property ?value } }
"""

_KINDS = {"ObjectProperty": "object", "DatatypeProperty": "datatype", "AnnotationProperty": "annotation"}
_TRAITS = {
    "FunctionalProperty": "functional: at most one value",
    "InverseFunctionalProperty": "inverse functional: at most one subject",
    "TransitiveProperty": "transitive",
    "SymmetricProperty": "symmetric",
    "AsymmetricProperty": "asymmetric",
    "ReflexiveProperty": "reflexive",
    "IrreflexiveProperty": "irreflexive",
}
_RELATIONS = {
    OWL + "equivalentClass": "the same class as",
    OWL + "equivalentProperty": "the same property as",
    SKOS + "exactMatch": "means the same as",
    RDFS + "subClassOf": "is a kind of",
    RDFS + "subPropertyOf": "implies",
    SKOS + "broadMatch": "is narrower than",
    SKOS + "closeMatch": "is close to",
}
_EXAMPLES = 3


def describe(store: Queryable, questions: Iterable[Question]) -> Documentation:
    """The documentation of the ontology in a store, with the questions of these that use each term."""
    graphs = {
        name: Triples(row[1:] for row in store.query(TRIPLES, {"graph": IRI(name)}))
        for name in (ONTOLOGY, ALIGNMENTS_GRAPH, TERMS_GRAPH, SHAPES_GRAPH)
    }
    writer = _Writer(graphs[ONTOLOGY], graphs[ALIGNMENTS_GRAPH], graphs[TERMS_GRAPH], usage(store, questions))
    found = examples(store, writer.properties)
    ontology = graphs[ONTOLOGY]
    return Documentation(
        titles=ontology.texts(ONTOLOGY, DCTERMS + "title"),
        description=ontology.text(ONTOLOGY, DCTERMS + "description"),
        version=ontology.text(ONTOLOGY, OWL + "versionInfo"),
        version_iri=next(iter(ontology.iris(ONTOLOGY, OWL + "versionIRI")), ""),
        licence=next(iter(ontology.iris(ONTOLOGY, DCTERMS + "license")), ""),
        created=ontology.text(ONTOLOGY, DCTERMS + "created"),
        classes=tuple(writer.tree()),
        groups=tuple(writer.groups(found)),
        lists=tuple(writer.lists()),
        standards=tuple(writer.standards()),
        alignments=tuple(found for iri in writer.terms for found in writer.alignments(iri)),
        constraints=tuple(constraints(graphs[SHAPES_GRAPH])),
    )


class _Writer:
    """Writes the entries of one ontology."""

    def __init__(self, ontology: Triples, alignments: Triples, terms: Triples, used: Usage) -> None:
        self._ontology = ontology
        self._alignments = alignments
        self._terms = terms
        self._used = used
        declared = ontology.of_type(OWL + "Class")
        self._classes = [iri for iri in declared if iri.startswith(POW)]
        declared_properties = ontology.of_type(*(OWL + kind for kind in _KINDS))
        self.properties = [iri for iri in declared_properties if iri.startswith(POW)]
        self._standards = [iri for iri in (*declared, *declared_properties) if not iri.startswith(POW)]
        self.terms = [*self._classes, *self.properties]
        apart = [
            [str(member) for head in ontology.values(node, OWL + "members") for member in ontology.items(head)]
            for node in ontology.subjects(RDF + "type", IRI(OWL + "AllDisjointClasses"))
        ]
        self._apart = sorted(apart, key=len, reverse=True)

    def ref(self, iri: str) -> Ref:
        return Ref(iri, self._ontology.labels(iri).get("en") or self._used.names.get(iri) or curie(iri).strip("<>"))

    def refs(self, iris: Iterable[str]) -> tuple[Ref, ...]:
        """The things, by label."""
        return tuple(sorted(map(self.ref, iris), key=lambda ref: (ref.label.casefold(), ref.iri)))

    # ---- classes

    def roots(self) -> list[str]:
        """The classes at the top: those that never mix in the order of their axiom, then others by label."""
        tops = [ref.iri for ref in self.refs(iri for iri in self._classes if not self._parents(iri))]
        order = {iri: place for place, iri in enumerate(self._apart[0] if self._apart else ())}
        return sorted(tops, key=lambda iri: order.get(iri, len(order)))

    def tree(self) -> Iterator[ClassEntry]:
        """Every class once, each followed by its subclasses."""
        written: set[str] = set()
        waiting = [(iri, 0) for iri in reversed(self.roots())]
        while waiting:
            iri, depth = waiting.pop()
            if iri not in written:
                written.add(iri)
                yield self._class(iri, depth)
                waiting += [(child.iri, depth + 1) for child in reversed(self.refs(self._children(iri)))]
        yield from (self._class(iri, 0) for iri in self._classes if iri not in written)  # those below themselves

    def _class(self, iri: str, depth: int) -> ClassEntry:
        own = self._used.members.get(iri, frozenset())
        every = self._members_below(iri, self._used.members)
        words, given = self._given_examples(iri)
        members = own or every or self._used.inferred_members.get(iri, frozenset())
        shown = dict.fromkeys([*given, *(ref.iri for ref in self.refs(members))])
        return ClassEntry(
            ref=self.ref(iri),
            labels=self._ontology.labels(iri),
            definition=self._ontology.text(iri, SKOS + "definition"),
            parents=self.refs(self._parents(iri)),
            children=self.refs(self._children(iri)),
            disjoint=self.refs(self._disjoint(iri)),
            alignments=tuple(self.alignments(iri)),
            uses=len(own),
            inferred=len(self._members_below(iri, self._used.inferred_members) - every),
            words=words,
            questions=self._questions(iri),
            depth=depth,
            all_uses=len(every),
            leaving=self.refs(self._ontology.named(RDFS + "domain", iri)),
            entering=self.refs(self._ontology.named(RDFS + "range", iri)),
            examples=tuple(map(self.ref, list(shown)[:_EXAMPLES])),
        )

    def _parents(self, iri: str) -> list[str]:
        return self._ontology.iris(iri, RDFS + "subClassOf")

    def _children(self, iri: str) -> list[str]:
        return self._ontology.named(RDFS + "subClassOf", iri)

    def _members_below(self, iri: str, members: Mapping[str, frozenset[str]]) -> frozenset[str]:
        return frozenset().union(*(members.get(kind, ()) for kind in (iri, *self._below(iri))))

    def _below(self, iri: str) -> set[str]:
        found: set[str] = set()
        waiting = [iri]
        while waiting:
            new = set(self._children(waiting.pop())) - found
            found |= new
            waiting += new
        return found

    def _root(self, iri: str) -> str:
        seen = {iri}
        while (parents := self._parents(iri)) and parents[0] not in seen:
            iri = parents[0]
            seen.add(iri)
        return iri

    def _disjoint(self, iri: str) -> set[str]:
        """What the class itself is said to be apart from; what its superclasses are apart from is not repeated."""
        together = {other for group in self._apart if iri in group for other in group}
        pairs = {*self._ontology.iris(iri, OWL + "disjointWith"), *self._ontology.named(OWL + "disjointWith", iri)}
        return (together | pairs) - {iri}

    # ---- properties

    def groups(self, found: dict[str, Found]) -> Iterator[Group]:
        """The properties by the kind that their domain is of, in the order of the kinds; those without one last."""
        homes: dict[str, list[str]] = {}
        for ref in self.refs(self.properties):
            domains = self._ontology.iris(ref.iri, RDFS + "domain")
            homes.setdefault(self._root(domains[0]) if domains else "", []).append(ref.iri)
        order = {iri: place for place, iri in enumerate(self.roots())}
        for home in sorted(homes, key=lambda iri: (iri == "", order.get(iri, len(order)))):
            entries = tuple(self._property(iri, found.get(iri)) for iri in homes[home])
            yield Group(self.ref(home) if home else None, entries)

    def _property(self, iri: str, found: Found | None) -> PropertyEntry:
        types = [kind.removeprefix(OWL) for kind in self._ontology.iris(iri, RDF + "type")]
        words, _ = self._given_examples(iri)
        source = next(iter(self._ontology.iris(iri, POW + "valuesFrom")), None)
        apart = {
            *self._ontology.iris(iri, OWL + "propertyDisjointWith"),
            *self._ontology.named(OWL + "propertyDisjointWith", iri),
        }
        return PropertyEntry(
            ref=self.ref(iri),
            labels=self._ontology.labels(iri),
            definition=self._ontology.text(iri, SKOS + "definition"),
            parents=self.refs(self._ontology.iris(iri, RDFS + "subPropertyOf")),
            children=self.refs(self._ontology.named(RDFS + "subPropertyOf", iri)),
            disjoint=self.refs(apart),
            alignments=tuple(self.alignments(iri)),
            uses=self._used.statements.get(iri, 0),
            inferred=self._used.inferred.get(iri, 0),
            words=words,
            questions=self._questions(iri),
            kind=next(word for kind, word in _KINDS.items() if kind in types),
            traits=tuple(_TRAITS[kind] for kind in types if kind in _TRAITS),
            domain=self.refs(self._ontology.iris(iri, RDFS + "domain")),
            range=self.refs(self._ontology.iris(iri, RDFS + "range")),
            words_from=self._list_ref(source) if source else None,
            values=self.refs(self._terms.named(SKOS + "inScheme", source)) if source else (),
            example=self._example(found) if found else None,
        )

    def _example(self, found: Found) -> Example:
        subject, value, graph = found
        return Example(self.ref(str(subject)), self._value(value), self.ref(str(graph)))

    def _value(self, term: Term) -> Value:
        if not isinstance(term, IRI):
            return literal(term)
        thing = self.ref(term.value)
        return Value(thing.label, thing)

    # ---- what both have

    def alignments(self, iri: str) -> Iterator[Alignment]:
        """How the term stands to those of standards, from the closest relation to the loosest."""
        for relation, words in _RELATIONS.items():
            for other in self._alignments.iris(iri, relation):
                yield Alignment(self.ref(iri), relation, words, other)

    def _given_examples(self, iri: str) -> tuple[str, list[str]]:
        """The examples that the ontology gives: in words, and by name."""
        values = self._ontology.values(IRI(iri), SKOS + "example")
        return " ".join(_texts(values)), self._ontology.iris(iri, SKOS + "example")

    def _questions(self, iri: str) -> tuple[Asking, ...]:
        return tuple(Asking(question.name, question.title) for question in self._used.questions.get(iri, ()))

    # ---- lists, standards

    def lists(self) -> Iterator[WordList]:
        """The small lists by label, and their words by label."""
        for ref in sorted(map(self._list_ref, self._terms.of_type(SKOS + "ConceptScheme")), key=_by_label):
            users = self._ontology.named(POW + "valuesFrom", ref.iri)
            words = tuple(map(self._word, self.refs(self._terms.named(SKOS + "inScheme", ref.iri))))
            yield WordList(ref, self._terms.texts(ref.iri, SKOS + "prefLabel"), self.refs(users), words)

    def _list_ref(self, iri: str) -> Ref:
        return Ref(iri, self._terms.text(iri, SKOS + "prefLabel") or curie(iri))

    def _word(self, ref: Ref) -> Word:
        labels = self._terms.texts(ref.iri, SKOS + "prefLabel")
        return Word(ref, labels, self._terms.text(ref.iri, SKOS + "definition"), self._used.words.get(ref.iri, 0))

    def standards(self) -> Iterator[Standard]:
        """The declared terms of other vocabularies, by prefixed name."""
        for iri in sorted(self._standards, key=curie):
            is_class = self._ontology.is_a(iri, OWL + "Class")
            kinds = (word for kind, word in _KINDS.items() if self._ontology.is_a(iri, OWL + kind))
            uses = len(self._used.members.get(iri, ())) if is_class else self._used.statements.get(iri, 0)
            yield Standard(self.ref(iri), self._ontology.labels(iri), "class" if is_class else next(kinds), uses)


def _texts(values: Iterable[Term]) -> list[str]:
    return [value.value for value in values if isinstance(value, Literal)]


def _by_label(ref: Ref) -> tuple[str, str]:
    return ref.label.casefold(), ref.iri
