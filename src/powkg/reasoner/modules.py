"""Which axioms can have to do with one another: cuts that keep a search for a conflict short. Pure; axioms in and out.

A cut may leave out what a conflict needs (OWL is larger than the forms known here), so whoever cuts asks HermiT whether
the conflict is still there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from powkg.namespaces import OWL, RDF, RDFS, XSD
from powkg.reasoner.projection import Axiom, Projection
from powkg.terms import IRI

_HIERARCHY = frozenset(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range"))
"""Statements that say of what has one name that something has another."""

_OF_THE_SUBJECT = _HIERARCHY | {RDF + "type"}

_DISJOINT = frozenset(OWL + name for name in ("disjointWith", "propertyDisjointWith", "AllDisjointClasses"))
"""Statements that need two of their names to say anything."""

_MACHINERY = (OWL, RDF, RDFS)


def is_assertion(axiom: Axiom, projection: Projection) -> bool:
    """Whether an axiom is about a thing, and not about a class, a property or what blank nodes stand for."""
    subject = axiom.quads[0].subject
    return len(axiom.quads) == 1 and isinstance(subject, IRI) and subject.value not in projection.declarations


def neighbourhoods(assertions: Iterable[Axiom]) -> list[list[Axiom]]:
    """For each thing, what is asserted of it, or of others with it as the value."""
    found: defaultdict[str, list[Axiom]] = defaultdict(list)
    for axiom in assertions:
        (quad, *_) = axiom.quads
        things = {quad.subject} if str(quad.predicate) == RDF + "type" else {quad.subject, quad.value}
        for thing in sorted(str(one) for one in things if isinstance(one, IRI)):
            found[thing].append(axiom)
    return list(found.values())


def clashing(terminology: Sequence[Axiom]) -> list[Axiom]:
    """The axioms from which a contradiction can follow: those that rule something out, and those that lead to them.

    That a thing is of a class of which nothing is ruled out, as most of the standards' classes are, harms nobody.
    """
    wanted: set[str] = set()
    chosen: set[Axiom] = set()
    while grown := [axiom for axiom in terminology if axiom not in chosen and _leads_to(axiom, wanted)]:
        chosen.update(grown)
        wanted.update(name for axiom in grown for name in axiom.names)
    return [axiom for axiom in terminology if axiom in chosen]


def _leads_to(axiom: Axiom, wanted: Collection[str]) -> bool:
    quad = axiom.quads[0]
    if len(axiom.quads) > 1 or str(quad.predicate) not in _HIERARCHY:
        return True
    return str(quad.value) in wanted or str(quad.value).startswith(XSD)


def module(terminology: Sequence[Axiom], names: Collection[str]) -> list[Axiom]:
    """The axioms that say something of what has these names, or of what follows from it, in the order given.

    The idea is that of locality (Cuenca Grau, Horrocks, Kazakov and Sattler, "Modular Reuse of Ontologies", JAIR 31,
    2008), for the forms of axioms that RDF Schema and disjointness have; an axiom of another form is in where any of
    its names is.
    """
    known = set(names)
    chosen: set[Axiom] = set()
    while grown := [axiom for axiom in terminology if axiom not in chosen and _says_something(axiom, known)]:
        chosen.update(grown)
        known.update(name for axiom in grown if not axiom.names & _DISJOINT for name in axiom.names)
    return [axiom for axiom in terminology if axiom in chosen]


def _says_something(axiom: Axiom, known: Collection[str]) -> bool:
    quad = axiom.quads[0]
    if len(axiom.quads) == 1 and str(quad.predicate) in _OF_THE_SUBJECT:
        return str(quad.subject) in known
    shared = sum(name in known for name in axiom.names if not name.startswith(_MACHINERY))
    return shared >= (2 if axiom.names & _DISJOINT else 1)
