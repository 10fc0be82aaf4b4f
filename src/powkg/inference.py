"""What follows from the ontology and its alignments, without being stated. Statements in, quads of one graph out.

    inferred_graph(statements) -> list[Quad]     the graph of what is inferred, which describes itself
    rules(statements) -> dict[Term, str]         by which rule the triples of a property follow

The axioms that are used are rdfs:subClassOf, rdfs:domain and rdfs:range (rule `superclass`), rdfs:subPropertyOf
(`superproperty`), owl:inverseOf (`inverse`) and owl:TransitiveProperty (`transitive`), from any file of ontology/.
`reasonable`, an OWL 2 RL reasoner, works out what follows from them; the rest of OWL is for the checks. The triples of
a property all follow by one rule: a transitive one by chains, one that is said to be the inverse of another by that,
and any other from the properties below it.

One thing is taken back, that no axiom can say. pow:Event is wider than the events of CIDOC CRM, PROV-O and schema.org:
what is only promised, hoped for or asked about (it has a pow:realization) never came about, and a pow:Circumstance is a
state and no event. `_events_only` keeps the words that these standards have for events from both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import reasonable

from powkg.dataset import Quad, merged, triples
from powkg.derived import description, infers
from powkg.namespaces import BASE, CRM, INFERRED_GRAPH, ONTOLOGY, OWL, POW, PROV, RDF, RDFS, SCHEMA, SHAPES_GRAPH
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
_DOMAIN, _RANGE = IRI(RDFS + "domain"), IRI(RDFS + "range")
_OTHER_END = {_DOMAIN: _RANGE, _RANGE: _DOMAIN}
_AXIOMS = frozenset({_SUBCLASS, _SUBPROPERTY, _INVERSE, _DOMAIN, _RANGE})
_REALIZATION, _CIRCUMSTANCE = IRI(POW + "realization"), IRI(POW + "Circumstance")
# CIDOC CRM's E4_Period, and so its E5_Event, is at once an E2 and an E92; a state is an E2 alone.
_EVENTS = frozenset({IRI(CRM + "E92_Spacetime_Volume"), IRI(PROV + "Activity"), IRI(SCHEMA + "Event")})
_PHENOMENA = _EVENTS | {IRI(CRM + "E2_Temporal_Entity")}

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
    found = [*triples(reasoner.reason())]
    is_true = _events_only(found, axioms)
    for triple in found:
        subject, predicate, value = triple
        if predicate not in known or triple in stated or not _is_ours(subject) or not is_true(triple):
            continue
        if predicate != _TYPE or not str(value).startswith((OWL, RDFS, RDF)):
            yield triple


def _events_only(found: Collection[Triple], axioms: Collection[Quad]) -> Callable[[Triple], bool]:
    """Tells the triples that hold from those that make an event, in a standard's words, of what is none.

    These words are the classes of events and the properties of which one end is such a class. Those of `pow:` hold, and
    so does what can be said of anything: that a text refers to it, that it is of a type.
    """
    barred: defaultdict[Term, set[tuple[Term, Term]]] = defaultdict(set)
    events, phenomena = _words_for(_EVENTS, axioms), _words_for(_PHENOMENA, axioms)
    for subject, predicate, value in found:
        if predicate == _REALIZATION:
            barred[subject] |= phenomena
        elif predicate == _TYPE and value == _CIRCUMSTANCE:
            barred[subject] |= events

    def is_true(triple: Triple) -> bool:
        subject, predicate, value = triple
        if predicate == _TYPE:
            return subject not in barred or (_TYPE, value) not in barred[subject]
        as_subject = subject in barred and (_DOMAIN, predicate) in barred[subject]
        return not as_subject and not (value in barred and (_RANGE, predicate) in barred[value])

    return is_true


def _words_for(classes: Collection[Term], axioms: Collection[Quad]) -> set[tuple[Term, Term]]:
    """The words of the standards that make something one of these classes, each with what makes it so.

    That is rdf:type for a class; for a property rdfs:domain or rdfs:range, by the end that the thing stands at.
    """
    words: set[tuple[Term, Term]] = {(_TYPE, name) for name in classes}
    known = 0
    while known != len(words):
        known = len(words)
        for subject, predicate, value, _ in axioms:
            if predicate == _SUBCLASS and (_TYPE, value) in words:
                words.add((_TYPE, subject))
            elif predicate in (_DOMAIN, _RANGE) and (_TYPE, value) in words:
                words.add((predicate, subject))
            elif predicate == _SUBPROPERTY:
                words |= {(end, subject) for end in (_DOMAIN, _RANGE) if (end, value) in words}
            elif predicate == _INVERSE:
                words |= {(_OTHER_END[end], subject) for end in _OTHER_END if (end, value) in words}
                words |= {(_OTHER_END[end], value) for end in _OTHER_END if (end, subject) in words}
    return {word for word in words if not str(word[1]).startswith(POW)}


def _is_axiom(quad: Quad) -> bool:
    """Whether it is a statement of ontology/ that something follows from: about named terms, in no shape."""
    if quad.graph == SHAPES_GRAPH or not isinstance(quad.subject, IRI) or not isinstance(quad.value, IRI):
        return False
    return quad.predicate in _AXIOMS or (quad.predicate == _TYPE and quad.value == _TRANSITIVE)


def _is_ours(term: Term) -> bool:
    """Whether it is a thing that the graph speaks of, and no term of its ontology."""
    return isinstance(term, IRI) and term.value.startswith(BASE) and not term.value.startswith(ONTOLOGY)
