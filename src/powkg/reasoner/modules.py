"""Which axioms can have to do with one another: cuts that keep a search for a conflict short. Pure; axioms in and out.

A cut may leave out what a conflict needs (OWL is larger than the forms known here), so whoever cuts asks HermiT whether
the conflict is still there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from powkg.namespaces import OWL, RDF, RDFS
from powkg.reasoner.projection import Axiom, Projection
from powkg.terms import IRI

_UPWARDS = frozenset(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")) | {RDF + "type"}
"""Statements that say something about their subject only."""

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


def module(terminology: Sequence[Axiom], names: Collection[str]) -> list[Axiom]:
    """The axioms that can matter to statements with these names, in the order given.

    The idea is that of locality (Cuenca Grau, Horrocks, Kazakov and Sattler, "Modular Reuse of Ontologies", JAIR 31,
    2008), for the forms of axioms that RDF Schema and disjointness have; an axiom of another form is in where any of
    its names is.
    """
    known = set(names)
    chosen: set[Axiom] = set()
    while grown := [axiom for axiom in terminology if axiom not in chosen and _matters(axiom, known)]:
        chosen.update(grown)
        known.update(name for axiom in grown for name in axiom.names)
    return [axiom for axiom in terminology if axiom in chosen]


def _matters(axiom: Axiom, known: Collection[str]) -> bool:
    if len(axiom.quads) == 1 and str(axiom.quads[0].predicate) in _UPWARDS:
        return str(axiom.quads[0].subject) in known
    shared = sum(name in known for name in axiom.names if not name.startswith(_MACHINERY))
    return shared >= (2 if axiom.names & _DISJOINT else 1)
