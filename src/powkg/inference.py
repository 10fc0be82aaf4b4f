"""What follows from the ontology and its alignments, without being stated. Statements in, quads of one graph out.

    inferred_graph(statements) -> list[Quad]     the graph of what is inferred, which describes itself
    rules(statements) -> dict[Term, str]         by which rule the triples of a property follow

The axioms that are used are rdfs:subClassOf, rdfs:domain and rdfs:range (rule `superclass`), rdfs:subPropertyOf
(`superproperty`), owl:inverseOf (`inverse`) and owl:TransitiveProperty (`transitive`), from any file of ontology/.
`reasonable`, an OWL 2 RL reasoner, works out what follows from them; the rest of OWL is for the checks. The triples of
a property all follow by one rule: a transitive one by chains, one that is said to be the inverse of another by that,
and any other from the properties below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

import reasonable  # type: ignore[import-untyped]

from powkg.dataset import Quad, merged, triples
from powkg.derived import description, infers
from powkg.namespaces import BASE, INFERRED_GRAPH, ONTOLOGY, OWL, PROV, RDF, RDFS, SHAPES_GRAPH
from powkg.terms import IRI, Term

_LABELS = {"en": "What is inferred", "ja": "推論された関係", "ru": "Выведенное"}
_COMMENT = (
    "Worked out by the build and stated by no source: what follows from the statements by the ontology and by its "
    "alignments with CIDOC CRM, PROV-O, schema.org and GeoSPARQL, the time-spans of events, and how claims about "
    "numbers compare. Here, pow:infers joins each rule with the properties whose triples it gave."
)
_TYPE = IRI(RDF + "type")
_SUBCLASS, _SUBPROPERTY = IRI(RDFS + "subClassOf"), IRI(RDFS + "subPropertyOf")
_INVERSE, _TRANSITIVE = IRI(OWL + "inverseOf"), IRI(OWL + "TransitiveProperty")
_ENDS = (IRI(RDFS + "domain"), IRI(RDFS + "range"))
_AXIOMS = frozenset({_SUBCLASS, _SUBPROPERTY, _INVERSE, *_ENDS})

Triple = tuple[Term, Term, Term]


def rules(statements: Iterable[Quad]) -> dict[Term, str]:
    """The properties whose triples can be inferred, each with its rule: the local name in the list of rules."""
    found: dict[Term, str] = {_TYPE: "superclass"}
    # A property may be named by axioms of several kinds: the rule that all its triples follow by comes last.
    axioms = [quad for quad in statements if _is_axiom(quad)]
    found |= {quad.value: "superproperty" for quad in axioms if quad.predicate == _SUBPROPERTY}
    found |= {quad.subject: "inverse" for quad in axioms if quad.predicate == _INVERSE}
    return found | {quad.subject: "transitive" for quad in axioms if quad.value == _TRANSITIVE}


def inferred_graph(statements: Collection[Quad]) -> list[Quad]:
    """What follows from the statements and is not among them, sorted; the description of the graph comes first.

    Its subjects are things of the project, never terms of an ontology, and its classes those that an ontology names.
    """
    axioms = [quad for quad in statements if _is_axiom(quad)]
    known = rules(axioms)
    found = sorted(_new(statements, axioms, known), key=lambda triple: tuple(map(str, triple)))
    return [
        *description(INFERRED_GRAPH, _LABELS, _COMMENT),
        Quad(IRI(INFERRED_GRAPH), IRI(PROV + "wasDerivedFrom"), IRI(ONTOLOGY), INFERRED_GRAPH),
        *infers({predicate: known[predicate] for _, predicate, _ in found}),
        *(Quad(*triple, INFERRED_GRAPH) for triple in found),
    ]


def _new(statements: Collection[Quad], axioms: list[Quad], known: Mapping[Term, str]) -> Iterator[Triple]:
    """The triples that follow and are not stated, in no order."""
    # What no axiom speaks of leads to nothing: labels, figures and the like never enter the reasoner.
    spoken_of = {*known, *(quad.subject for quad in axioms)}
    premises = [quad for quad in statements if quad.predicate in spoken_of and _is_ours(quad.subject)]
    stated = {quad[:3] for quad in premises}
    reasoner = reasonable.PyReasoner()
    reasoner.from_graph(merged([*axioms, *premises]))
    for triple in triples(reasoner.reason()):
        subject, predicate, value = triple
        if predicate not in known or triple in stated or not _is_ours(subject):
            continue
        if predicate != _TYPE or not str(value).startswith((OWL, RDFS, RDF)):
            yield triple


def _is_axiom(quad: Quad) -> bool:
    """Whether it is a statement of ontology/ that something follows from: about named terms, in no shape."""
    if quad.graph == SHAPES_GRAPH or not isinstance(quad.subject, IRI) or not isinstance(quad.value, IRI):
        return False
    return quad.predicate in _AXIOMS or (quad.predicate == _TYPE and quad.value == _TRANSITIVE)


def _is_ours(term: Term) -> bool:
    """Whether it is a thing that the graph speaks of, and no term of its ontology."""
    return isinstance(term, IRI) and term.value.startswith(BASE) and not term.value.startswith(ONTOLOGY)
