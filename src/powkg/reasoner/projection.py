"""What a description-logic reasoner reads of the data: quads in, axioms as N-Triples out.

Left out is what OWL gives no meaning to, or HermiT no reading: labels and other annotations, all of SKOS's properties,
the headers of the ontologies, literals of datatypes that OWL 2 does not have (xsd:date, EDTF, WKT), the shapes, and the
graphs that the build derives. OWL 2, Structural Specification (W3C 2012), section 4, lists the datatypes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from powkg.dataset import Quad
from powkg.namespaces import (
    ALIGNMENTS_GRAPH,
    DATES_GRAPH,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    ONTOLOGY,
    OWL,
    RDF,
    RDFS,
    SHAPES_GRAPH,
    SKOS,
    TERMS_GRAPH,
    XSD,
)
from powkg.notation import quoted
from powkg.terms import IRI, Blank, Literal, Term

_AXIOM_GRAPHS = frozenset({ONTOLOGY, ALIGNMENTS_GRAPH, TERMS_GRAPH})
"""The graphs whose statements are the ontology's; those of the others are facts."""

DATATYPES = frozenset(
    XSD + name
    for name in ("string", "boolean", "decimal", "integer", "nonNegativeInteger", "positiveInteger", "int", "long")
)
"""The datatypes of the literals that are kept."""

_UNREAD_GRAPHS = frozenset({SHAPES_GRAPH, DATES_GRAPH, LABELS_GRAPH, INFERRED_GRAPH})
_ANNOTATION = OWL + "AnnotationProperty"
_ANNOTATIONS = frozenset(
    {*(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")), OWL + "versionInfo"}
)
_DATATYPE_PROPERTY = OWL + "DatatypeProperty"
_DECLARATIONS = frozenset(
    {*(OWL + name for name in ("Class", "ObjectProperty", "NamedIndividual")), _ANNOTATION, _DATATYPE_PROPERTY}
)
_TYPE = IRI(RDF + "type")
_OLD_CLASS, _CLASS = IRI(RDFS + "Class"), IRI(OWL + "Class")


@dataclass(frozen=True, slots=True)
class Axiom:
    """What holds or falls as one: a statement, or the statements that blank nodes tie together.

    `text` is its N-Triples, `names` the IRIs in it.
    """

    quads: tuple[Quad, ...]
    text: str
    names: frozenset[str]

    @classmethod
    def of(cls, quads: tuple[Quad, ...]) -> Axiom:
        """The statements as one axiom."""
        names = frozenset(term.value for quad in quads for term in quad[:3] if isinstance(term, IRI))
        return cls(quads, "".join(map(_line, quads)), names)


@dataclass(frozen=True, slots=True)
class Projection:
    """The axioms of the ontology and of the facts, and for each class and property the N-Triples that declare it."""

    declarations: Mapping[str, str]
    ontology: tuple[Axiom, ...]
    facts: tuple[Axiom, ...]

    def document(self, axioms: Iterable[Axiom]) -> str:
        """An ontology of the axioms given, in N-Triples, with the declarations of the names in them."""
        listed = tuple(axioms)
        names = frozenset[str]().union(*(axiom.names for axiom in listed))
        declared = (text for name, text in self.declarations.items() if name in names)
        return "".join([*declared, *(axiom.text for axiom in listed)])


def project(quads: Iterable[Quad]) -> Projection:
    """The axioms of all statements but those that mean nothing to a reasoner, each once, in the order given."""
    stated = [quad for quad in quads if quad.graph not in _UNREAD_GRAPHS]
    kinds = defaultdict[Term, set[str]](set)
    for quad in stated:
        if quad.predicate == _TYPE:
            kinds[quad.subject].add(str(quad.value))
    declarations: dict[str, str] = {}
    once: dict[tuple[Term, Term, Term], Quad] = {}
    for quad in stated:
        if not _has_meaning(quad, kinds):
            continue
        if quad.value == _OLD_CLASS:
            quad = quad._replace(value=_CLASS)  # noqa: PLW2901  # what RDF Schema calls a class is one of OWL's here
        if quad.predicate == _TYPE and str(quad.value) in _DECLARATIONS and isinstance(quad.subject, IRI):
            declarations[quad.subject.value] = declarations.get(quad.subject.value, "") + _line(quad)
        else:
            once.setdefault(quad[:3], quad)
    axioms = [Axiom.of(unit) for unit in _units(once.values())]
    return Projection(
        declarations,
        tuple(axiom for axiom in axioms if axiom.quads[0].graph in _AXIOM_GRAPHS),
        tuple(axiom for axiom in axioms if axiom.quads[0].graph not in _AXIOM_GRAPHS),
    )


def _has_meaning(quad: Quad, kinds: defaultdict[Term, set[str]]) -> bool:
    predicate = str(quad.predicate)
    if predicate in _ANNOTATIONS or predicate.startswith(SKOS) or _ANNOTATION in kinds.get(quad.predicate, ()):
        return False
    if OWL + "Ontology" in kinds.get(quad.subject, ()):
        return False
    if isinstance(quad.value, Literal):
        return quad.value.language is not None or quad.value.datatype in DATATYPES
    of_literals = predicate == RDFS + "range" and _DATATYPE_PROPERTY in kinds.get(quad.subject, ())
    return not of_literals or isinstance(quad.value, Blank) or str(quad.value) in DATATYPES


def _units(quads: Iterable[Quad]) -> Iterator[tuple[Quad, ...]]:
    """Each statement between names alone; those that a blank node takes part in with all others that it leads to."""
    leader: dict[Term, Term] = {}

    def lead(node: Term) -> Term:
        while node in leader:
            node = leader[node]
        return node

    listed = list(quads)
    for quad in listed:
        match quad.subject, quad.value:
            case Blank(), Blank():
                one, other = lead(quad.subject), lead(quad.value)
                if one != other:
                    leader[one] = other
    units: dict[object, list[Quad]] = {}
    for quad in listed:
        blank = next((node for node in (quad.subject, quad.value) if isinstance(node, Blank)), None)
        units.setdefault(quad if blank is None else lead(blank), []).append(quad)
    return map(tuple, units.values())


def _line(quad: Quad) -> str:
    return f"{_written(quad.subject)} {_written(quad.predicate)} {_written(quad.value)} .\n"


def _written(term: Term) -> str:
    match term:
        case IRI(value):
            return f"<{value}>"
        case Blank(value):
            return f"_:{value}"
        case Literal(value, str(language)):
            return f"{quoted(value)}@{language}"
        case Literal(value, _, datatype):
            return f"{quoted(value)}^^<{datatype}>"
