"""Whether the statements use the ontology's terms as it declares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.checks.ontology import ANNOTATION, DATATYPE, OBJECT
from powkg.dataset import ONTOLOGY_GRAPHS, Quad
from powkg.mentions import near
from powkg.namespaces import POW, RDF, TERM, XSD, curie
from powkg.standards import names_beside, unknown_to_its_standard
from powkg.terms import IRI, Literal

_INTEGERS = frozenset(XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int", "long"))


def undeclared_terms(material: Material) -> Iterator[Finding]:
    """A name of the project's namespace that powkg.ttl does not declare, or any other undeclared property or class."""
    declared, own = material.ontology.declared, material.ontology.own_terms
    for quad in material.statements:
        used = {str(term) for term in quad[:3] if isinstance(term, IRI) and term.value.startswith(POW)}
        if material.is_term_or_fact(quad):
            used.add(str(quad.predicate))
            if str(quad.predicate) == RDF + "type":
                used.add(str(quad.value))
        for term in sorted(used - declared):
            message = f"{curie(term)} is not declared in ontology/powkg.ttl{near(term, own)}"
            yield _at(quad, message)


def terms_unknown_to_standard(material: Material) -> Iterator[Finding]:
    """A name in the namespace of a standard, in the ontology, that the standard does not have."""
    for quad in material.statements:
        if quad.graph in ONTOLOGY_GRAPHS.values():
            for term in dict.fromkeys(quad[:3]):
                if isinstance(term, IRI) and unknown_to_its_standard(term.value):
                    name = term.value
                    yield _at(quad, f"there is no {curie(name)}{near(name, names_beside(name))}")


def values_of_wrong_kind(material: Material) -> Iterator[Finding]:
    """A text where a property joins two things, or a thing where it takes a text or number."""
    kinds = material.ontology.kinds
    for quad in material.statements:
        kind = kinds.get(str(quad.predicate), ANNOTATION)
        is_text = isinstance(quad.value, Literal)
        if not material.is_term_or_fact(quad):
            continue
        if kind == OBJECT and is_text:
            yield _at(quad, f'{curie(str(quad.predicate))} takes a thing, not the text "{quad.value}"')
        elif kind == DATATYPE and not is_text:
            yield _at(quad, f"{curie(str(quad.predicate))} takes a text or number, not {curie(str(quad.value))}")


def wrong_datatypes(material: Material) -> Iterator[Finding]:
    """A literal of another datatype than the property's range."""
    for quad in material.facts:
        if not isinstance(quad.value, Literal) or material.ontology.kinds.get(str(quad.predicate)) != DATATYPE:
            continue
        for datatype in material.ontology.ranges(str(quad.predicate)):
            allowed = _INTEGERS if datatype == XSD + "integer" else {datatype}
            if quad.value.datatype not in allowed:
                found = curie(quad.value.datatype)
                yield _at(quad, f'{curie(str(quad.predicate))} takes {curie(datatype)}; "{quad.value}" is {found}')


def subjects_outside_domain(material: Material) -> Iterator[Finding]:
    """A property of a thing that is not of the class that the property belongs to."""
    for quad in material.facts:
        classes = _classes(material, str(quad.subject))
        missing = material.ontology.domains(str(quad.predicate)) - classes if classes else ()
        for domain in material.ontology.narrowest(missing):
            types = _types(material, quad.subject)
            yield _at(quad, f"{curie(str(quad.predicate))} is for {curie(domain)}, and this is {types}")


def values_outside_range(material: Material) -> Iterator[Finding]:
    """A value that is not of the class that the property leads to."""
    for quad in material.facts:
        if not isinstance(quad.value, IRI):
            continue
        classes = _classes(material, quad.value.value)
        missing = material.ontology.ranges(str(quad.predicate)) - classes if classes else ()
        for expected in material.ontology.narrowest(missing):
            value = f"{curie(quad.value.value)} is {_types(material, quad.value)}"
            yield _at(quad, f"{curie(str(quad.predicate))} leads to {curie(expected)}, and {value}")


def disjoint_types(material: Material) -> Iterator[Finding]:
    """A thing of two classes that have no instance in common."""
    disjoint = material.ontology.disjoint
    for subject, types in material.types.items():
        for first in sorted(types):
            for second in sorted(types):
                above = material.ontology.classes_of([first]), material.ontology.classes_of([second])
                if first < second and any((a, b) in disjoint for a in above[0] for b in above[1]):
                    message = f"nothing is both {curie(first)} and {curie(second)}"
                    yield Finding(subject, message, predicate=RDF + "type")


def second_values(material: Material) -> Iterator[Finding]:
    """Two values of a property that has one at most."""
    values: defaultdict[tuple[str, str], dict[str, Quad]] = defaultdict(dict)
    for quad in (*material.facts, *material.dates):
        if str(quad.predicate) in material.ontology.functional:
            values[str(quad.subject), str(quad.predicate)].setdefault(str(quad.value), quad)
    for (subject, predicate), found in values.items():
        if len(found) > 1:
            listed = " and ".join(sorted(curie(v) if isinstance(q.value, IRI) else v for v, q in found.items()))
            graphs = {material.locate(subject, quad.graph, predicate): quad.graph for quad in found.values()}
            last = graphs[max(graphs, key=lambda place: (place[0] or "", place[1] or 0))]
            yield Finding(subject, f"{curie(predicate)} has one value, here are {listed}", last, predicate)


def undeclared_list_terms(material: Material) -> Iterator[Finding]:
    """A word of a small list that ontology/terms.ttl does not have."""
    known = frozenset(term for term in material.types if term.startswith(TERM))
    for quad in material.statements:
        for term in (quad.subject, quad.value):
            if isinstance(term, IRI) and term.value.startswith(TERM) and term.value not in known:
                yield _at(quad, f"{curie(term.value)} is not in ontology/terms.ttl{near(term.value, known)}")


def terms_from_wrong_list(material: Material) -> Iterator[Finding]:
    """A word of another small list than the one that the property takes its values from."""
    lists, lists_of = material.ontology.lists, material.ontology.lists_of
    for quad in material.facts:
        expected, found = lists.get(str(quad.predicate)), lists_of.get(str(quad.value))
        if expected and found and not expected & found:
            names = " or ".join(curie(one) for one in sorted(expected))
            message = f"{curie(str(quad.predicate))} takes its values from {names}; {curie(str(quad.value))} is in "
            yield _at(quad, message + " and ".join(curie(one) for one in sorted(found)))


def _classes(material: Material, iri: str) -> frozenset[str]:
    return material.ontology.classes_of(material.types.get(iri, ()))


def _types(material: Material, thing: object) -> str:
    return " and ".join(curie(one) for one in sorted(material.types.get(str(thing), ())))


def _at(quad: Quad, message: str) -> Finding:
    return Finding(str(quad.subject), message, quad.graph, str(quad.predicate))
