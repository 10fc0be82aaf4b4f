"""Whether the ontology is OWL 2 DL, so that reasoners and editors take it as it is meant. Quads in, findings out.

The rules are those of "OWL 2 Structural Specification" (W3C 2012), sections 3 and 11, and of "Mapping to RDF Graphs",
for the axioms that an ontology of this kind is made of: names are declared, of one kind, and used as that kind; nothing
of the reserved vocabulary is defined anew; a property that is transitive, or has one such below it, is in none of the
axioms that need a simple property; datatypes are those of OWL 2; lists and blank nodes are well formed. powkg.ttl,
terms.ttl and alignments.ttl are read as one ontology.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.checks.ontology import ANNOTATION, DATATYPE, OBJECT
from powkg.dataset import Quad
from powkg.namespaces import ALIGNMENTS_GRAPH, ONTOLOGY, OWL, RDF, RDFS, TERMS_GRAPH, XSD, curie
from powkg.terms import IRI, Blank, Literal, Term

GRAPHS = (ONTOLOGY, ALIGNMENTS_GRAPH, TERMS_GRAPH)


def _all(namespace: str, names: str) -> frozenset[str]:
    return frozenset(namespace + name for name in names.split())


CLASS, DATATYPE_KIND = OWL + "Class", RDFS + "Datatype"
_PROPERTIES = frozenset({OBJECT, DATATYPE, ANNOTATION})
_WORDS = {OBJECT: "object property", DATATYPE: "datatype property", ANNOTATION: "annotation property"} | {
    CLASS: "class",
    DATATYPE_KIND: "datatype",
}
_APART = (_PROPERTIES, frozenset({CLASS, DATATYPE_KIND}))
"""Kinds of which a name has one at most; a class may bear the name of a property or of an individual."""

DATATYPES = (
    _all(OWL, "real rational")
    | _all(RDFS, "Literal")
    | _all(RDF, "PlainLiteral XMLLiteral langString")
    | _all(
        XSD,
        "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short byte "
        "unsignedLong unsignedInt unsignedShort unsignedByte double float string normalizedString token language Name "
        "NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp",
    )
)
"""The datatype map of OWL 2; the date types of XML Schema are not in it."""

_BUILT_IN: Mapping[str, frozenset[str]] = {
    CLASS: _all(OWL, "Thing Nothing"),
    DATATYPE_KIND: DATATYPES,
    OBJECT: _all(OWL, "topObjectProperty bottomObjectProperty"),
    DATATYPE: _all(OWL, "topDataProperty bottomDataProperty"),
    ANNOTATION: _all(RDFS, "label comment seeAlso isDefinedBy")
    | _all(OWL, "deprecated versionInfo versionIRI priorVersion backwardCompatibleWith incompatibleWith imports"),
}
_OF_ONE_KIND = _all(RDFS, "subPropertyOf") | _all(OWL, "equivalentProperty propertyDisjointWith")
_ENDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    RDFS + "subClassOf": (frozenset({CLASS}), frozenset({CLASS})),
    OWL + "equivalentClass": (frozenset({CLASS}), frozenset({CLASS})),
    OWL + "disjointWith": (frozenset({CLASS}), frozenset({CLASS})),
    OWL + "complementOf": (frozenset(), frozenset({CLASS})),
    OWL + "inverseOf": (frozenset({OBJECT}), frozenset({OBJECT})),
    OWL + "onProperty": (frozenset(), frozenset({OBJECT, DATATYPE})),
    OWL + "onClass": (frozenset(), frozenset({CLASS})),
    OWL + "someValuesFrom": (frozenset(), frozenset({CLASS, DATATYPE_KIND})),
    OWL + "allValuesFrom": (frozenset(), frozenset({CLASS, DATATYPE_KIND})),
}
"""What subject and value of a predicate are declared as; nothing is asked of the subject where that is empty."""

_OBJECT_ONLY = _all(
    OWL,
    "InverseFunctionalProperty TransitiveProperty SymmetricProperty AsymmetricProperty ReflexiveProperty "
    "IrreflexiveProperty",
)
_FUNCTIONAL = OWL + "FunctionalProperty"
_NEEDS_SIMPLE = (_OBJECT_ONLY | {_FUNCTIONAL}) - _all(OWL, "TransitiveProperty SymmetricProperty ReflexiveProperty")
_COUNTS = _all(
    OWL,
    "cardinality minCardinality maxCardinality qualifiedCardinality minQualifiedCardinality maxQualifiedCardinality "
    "hasSelf",
)
_SEQUENCES = _all(OWL, "members intersectionOf unionOf oneOf propertyChainAxiom hasKey disjointUnionOf")
_EXPRESSIONS = _all(OWL, "Class Restriction AllDisjointClasses AllDisjointProperties AllDifferent Axiom Annotation")
_EXPRESSIONS |= _all(RDFS, "Datatype") | _all(RDF, "List")
_TYPES = frozenset(_WORDS) | _EXPRESSIONS | _OBJECT_ONLY | {_FUNCTIONAL}
_TYPES |= _all(OWL, "Ontology NamedIndividual DeprecatedClass DeprecatedProperty Thing")
_PREDICATES = (
    _OF_ONE_KIND
    | frozenset(_ENDS)
    | _COUNTS
    | _SEQUENCES
    | _all(RDF, "type first rest")
    | _all(RDFS, "domain range")
    | _all(
        OWL,
        "onDataRange hasValue sameAs differentFrom annotatedSource annotatedProperty annotatedTarget onDatatype "
        "withRestrictions distinctMembers",
    )
)
_RESERVED = (OWL, RDF, RDFS, XSD)


def outside_owl_2_dl(material: Material) -> Iterator[Finding]:
    """What keeps the ontology from being OWL 2 DL."""
    profile = _Profile([quad for quad in material.statements if quad.graph in GRAPHS])
    for quad, message in profile.violations():
        yield Finding(profile.name_of(quad.subject), message, quad.graph, str(quad.predicate))


class _Profile:
    """The axioms, with what each name is declared as."""

    def __init__(self, axioms: Iterable[Quad]) -> None:
        self._axioms = list(axioms)
        self._values: defaultdict[tuple[str, str], list[Term]] = defaultdict(list)
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        for kind, names in _BUILT_IN.items():
            for name in names:
                self._kinds[name].add(kind)
        for quad in self._axioms:
            self._values[str(quad.subject), str(quad.predicate)].append(quad.value)
            if str(quad.predicate) == RDF + "type" and str(quad.value) in _WORDS:
                self._kinds[str(quad.subject)].add(str(quad.value))

    def violations(self) -> Iterator[tuple[Quad, str]]:
        """Each axiom that breaks a rule, and how."""
        for quad in self._axioms:
            for message in (*self._names(quad), *self._uses(quad), *self._simple(quad), *self._form(quad)):
                yield quad, message

    # ---- what is declared

    def _names(self, quad: Quad) -> Iterator[str]:
        """Declarations of reserved names, of two kinds at once, and with words that OWL does not have."""
        predicate, value = str(quad.predicate), str(quad.value)
        if isinstance(quad.subject, IRI) and quad.subject.value.startswith(_RESERVED):
            yield f"{curie(quad.subject.value)} is reserved: {curie(predicate)} cannot be stated of it"
        if predicate.startswith(_RESERVED) and not self._is(predicate, {ANNOTATION}) and predicate not in _PREDICATES:
            yield f"OWL 2 has no {curie(predicate)}"
        if predicate != RDF + "type":
            return
        if value.startswith(_RESERVED) and value not in _TYPES:
            yield f"OWL 2 has no {curie(value)}"
        for apart in _APART:
            others = sorted((self._kinds[str(quad.subject)] & apart) - {value})
            if value in apart and others and value > others[0]:
                yield f"it is declared as {_WORDS[value]} and as {_WORDS[others[0]]}, and can be one of them"

    def _uses(self, quad: Quad) -> Iterator[str]:
        """Names that stand where only another kind of name can."""
        predicate, value = str(quad.predicate), quad.value
        kinds = self._kinds[str(quad.subject)] & _PROPERTIES
        if predicate in _ENDS:
            of_subject, of_value = _ENDS[predicate]
            yield from self._expected(quad.subject, of_subject) if of_subject else ()
            yield from self._expected(value, of_value)
        elif predicate in _OF_ONE_KIND:
            yield from self._expected(quad.subject, _PROPERTIES)
            yield from self._expected(value, kinds or _PROPERTIES)
        elif predicate in (RDFS + "domain", RDFS + "range"):
            yield from self._expected(quad.subject, _PROPERTIES)
            of_data = kinds == {DATATYPE} and predicate == RDFS + "range"
            if kinds != {ANNOTATION}:
                yield from self._expected(value, {DATATYPE_KIND if of_data else CLASS})
        elif predicate in _SEQUENCES:
            yield from self._members(quad)
        elif predicate == RDF + "type":
            yield from self._types(quad)
        elif not predicate.startswith(_RESERVED):
            yield from self._assertion(quad)

    def _members(self, quad: Quad) -> Iterator[str]:
        types = {str(one) for one in self._values[str(quad.subject), RDF + "type"]}
        of_properties = OWL + "AllDisjointProperties" in types or str(quad.predicate) == OWL + "propertyChainAxiom"
        of_classes = str(quad.predicate) in (OWL + "intersectionOf", OWL + "unionOf") or (
            OWL + "AllDisjointClasses" in types
        )
        for member in self._list(quad.value):
            if of_properties:
                yield from self._expected(member, {OBJECT, DATATYPE})
            elif of_classes:
                yield from self._expected(member, {CLASS, DATATYPE_KIND})

    def _types(self, quad: Quad) -> Iterator[str]:
        value = str(quad.value)
        if value in _OBJECT_ONLY:
            yield from self._expected(quad.subject, {OBJECT})
        elif value == _FUNCTIONAL:
            yield from self._expected(quad.subject, {OBJECT, DATATYPE})
        elif not value.startswith(_RESERVED):
            yield from self._expected(quad.value, {CLASS})

    def _assertion(self, quad: Quad) -> Iterator[str]:
        predicate, is_text = str(quad.predicate), isinstance(quad.value, Literal)
        yield from self._expected(quad.predicate, _PROPERTIES)
        if is_text and self._is(predicate, {OBJECT}):
            yield f"{curie(predicate)} is an object property and leads to a text here"
        if not is_text and self._is(predicate, {DATATYPE}):
            yield f"{curie(predicate)} is a datatype property and leads to a thing here"

    def _expected(self, term: Term, kinds: Iterable[str]) -> Iterator[str]:
        """Why a term is none of the kinds; nothing where it is one, or is a blank node, which `_form` looks at."""
        if isinstance(term, Blank) or self._is(str(term), kinds):
            return
        words = " or ".join(sorted(_WORDS[kind] for kind in kinds))
        name = curie(term.value) if isinstance(term, IRI) else f'"{term}"'
        yield f"{name} is not declared as {'an' if words[0] in 'ao' else 'a'} {words}"

    def _is(self, name: str, kinds: Iterable[str]) -> bool:
        return not self._kinds[name].isdisjoint(kinds)

    # ---- simple properties

    @cached_property
    def _composite(self) -> frozenset[str]:
        """The properties that are not simple: transitive or made of a chain, or with one such below them."""
        found = {
            str(quad.subject)
            for quad in self._axioms
            if str(quad.value) == OWL + "TransitiveProperty" or str(quad.predicate) == OWL + "propertyChainAxiom"
        }
        above: defaultdict[str, set[str]] = defaultdict(set)
        for quad in self._axioms:
            first, second = str(quad.subject), str(quad.value)
            if str(quad.predicate) in (RDFS + "subPropertyOf", OWL + "equivalentProperty", OWL + "inverseOf"):
                above[first].add(second)
            if str(quad.predicate) in (OWL + "equivalentProperty", OWL + "inverseOf"):
                above[second].add(first)
        waiting = list(found)
        while waiting:
            new = above[waiting.pop()] - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    def _simple(self, quad: Quad) -> Iterator[str]:
        predicate, value = str(quad.predicate), str(quad.value)
        needing: list[Term] = []
        if predicate == RDF + "type" and value in _NEEDS_SIMPLE:
            needing = [quad.subject]
        elif predicate == OWL + "propertyDisjointWith":
            needing = [quad.subject, quad.value]
        elif predicate == OWL + "members":
            needing = list(self._list(quad.value))
        elif predicate in _COUNTS:
            needing = self._values[str(quad.subject), OWL + "onProperty"]
        for term in needing:
            if str(term) in self._composite:
                what = curie(value) if predicate == RDF + "type" else curie(predicate)
                yield f"{curie(str(term))} is transitive, or has a transitive one below it, which {what} does not allow"

    # ---- form

    def _form(self, quad: Quad) -> Iterator[str]:
        """Literals of unknown datatypes, lists without an end, and blank nodes that are no expression."""
        if isinstance(quad.value, Literal) and quad.value.datatype not in DATATYPES | {"", None}:
            yield f"the datatype {curie(str(quad.value.datatype))} is none of OWL 2"
        if str(quad.predicate) in _SEQUENCES and self._broken(quad.value):
            yield f"the list of {curie(str(quad.predicate))} is not well formed"
        subject = str(quad.subject)
        if isinstance(quad.subject, Blank) and str(quad.predicate) != RDF + "first":
            known = {str(one) for one in self._values[subject, RDF + "type"]} & _EXPRESSIONS
            if not known and not self._values[subject, RDF + "first"] and not self._values[subject, OWL + "inverseOf"]:
                yield "a blank node is neither a class, a list nor an axiom"

    def _list(self, head: Term) -> Iterator[Term]:
        """The members of a list, as far as it goes."""
        seen: set[str] = set()
        while str(head) not in seen and self._values[str(head), RDF + "first"]:
            seen.add(str(head))
            yield self._values[str(head), RDF + "first"][0]
            head = next(iter(self._values[str(head), RDF + "rest"]), head)

    def _broken(self, head: Term) -> bool:
        seen: set[str] = set()
        while str(head) != RDF + "nil":
            first, rest = self._values[str(head), RDF + "first"], self._values[str(head), RDF + "rest"]
            if str(head) in seen or len(first) != 1 or len(rest) != 1:
                return True
            seen.add(str(head))
            head = rest[0]
        return False

    # ---- places

    def name_of(self, subject: Term) -> str | None:
        """The subject, or for a blank node a named thing by which it can be found."""
        seen: set[str] = set()
        while isinstance(subject, Blank) and str(subject) not in seen:
            seen.add(str(subject))
            leading = (q.subject for q in self._axioms if q.value == subject)
            lists = (head for name in _SEQUENCES for head in self._values[str(subject), name])
            members = (member for head in (subject, *lists) for member in self._list(head))
            named = next((one for one in members if isinstance(one, IRI)), None)
            subject = next(leading, named or subject)
        return None if isinstance(subject, Blank) else str(subject)
