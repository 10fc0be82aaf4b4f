"""Which axioms can have to do with one another."""

from __future__ import annotations

from powkg.dataset import Quad
from powkg.namespaces import ONTOLOGY, OWL, RDF, RDFS, XSD
from powkg.reasoner.modules import clashing, is_assertion, module, neighbourhoods
from powkg.reasoner.projection import Axiom, Projection
from powkg.terms import IRI, Blank, Literal, Term

N = "https://example.org/"


def axiom(*triples: tuple[str, str, str]) -> Axiom:
    """Names without a colon are the example's, those with `_:` blank, in quotes texts."""
    return Axiom.of(tuple(Quad(_term(s), _term(p), _term(v), ONTOLOGY) for s, p, v in triples))


def _term(name: str) -> Term:
    if name.startswith('"'):
        return Literal(name.strip('"'))
    if name.startswith("_:"):
        return Blank(name)
    prefixes = {"owl": OWL, "rdf": RDF, "rdfs": RDFS, "xsd": XSD}
    prefix, colon, local = name.partition(":")
    return IRI(prefixes[prefix] + local if colon else N + name)


BELOW = axiom(("Town", "rdfs:subClassOf", "Place"))
ABOVE = axiom(("Place", "rdfs:subClassOf", "Thing"))
OTHER = axiom(("Ship", "rdfs:subClassOf", "Place"))
DOMAIN = axiom(("in", "rdfs:domain", "Town"))
APART = axiom(("Place", "owl:disjointWith", "Agent"))
NEVER_MIX = axiom(
    ("_:1", "rdf:type", "owl:AllDisjointClasses"),
    ("_:1", "owl:members", "_:2"),
    ("_:2", "rdf:first", "Place"),
    ("_:2", "rdf:rest", "_:3"),
    ("_:3", "rdf:first", "Event"),
    ("_:3", "rdf:rest", "rdf:nil"),
)
SOME = axiom(("Town", "rdfs:subClassOf", "_:4"), ("_:4", "owl:onProperty", "in"), ("_:4", "owl:someValuesFrom", "Land"))
INVERSE = axiom(("in", "owl:inverseOf", "holds"))
ALL = [BELOW, ABOVE, OTHER, DOMAIN, APART, NEVER_MIX, SOME, INVERSE]


def names(*local: str) -> set[str]:
    return {N + name for name in local}


def test_what_is_said_of_a_name_and_of_what_follows_from_it_matters() -> None:
    assert module([BELOW, ABOVE, OTHER, DOMAIN], names("Town")) == [BELOW, ABOVE]
    assert module([OTHER, DOMAIN, ABOVE, BELOW], names("in")) == [DOMAIN, ABOVE, BELOW]
    assert module(ALL, names("nothing")) == []


def test_disjointness_matters_where_two_of_its_names_are_known() -> None:
    assert module([BELOW, APART, NEVER_MIX], names("Town")) == [BELOW]
    assert module([BELOW, APART, NEVER_MIX], names("Town", "Agent")) == [BELOW, APART]
    assert module([BELOW, APART, NEVER_MIX], names("Town", "Event")) == [BELOW, NEVER_MIX]


def test_an_axiom_of_any_other_form_matters_where_one_of_its_names_is_known() -> None:
    assert module([SOME, INVERSE], names("Land")) == [SOME, INVERSE]
    assert module([INVERSE], names("holds")) == [INVERSE]
    assert module([SOME], names("Ship")) == []


def test_the_neighbourhood_of_each_thing() -> None:
    lies = axiom(("harbin", "in", "manchuria"))
    kind = axiom(("harbin", "rdf:type", "Town"))
    size = axiom(("manchuria", "size", '"large"'))
    assert neighbourhoods([lies, kind, size]) == [[lies, kind], [lies, size]]
    assert neighbourhoods([]) == []


def test_an_assertion_is_about_a_thing() -> None:
    declared = Projection({N + "Town": "", N + "in": ""}, (), ())
    assert is_assertion(axiom(("harbin", "rdf:type", "Town")), declared)
    assert not is_assertion(axiom(("in", "rdf:type", "owl:FunctionalProperty")), declared)
    assert not is_assertion(BELOW, declared)
    assert not is_assertion(NEVER_MIX, declared)
    assert not is_assertion(axiom(("_:5", "rdf:type", "Town")), declared)


def test_what_leads_to_nothing_that_rules_something_out_cannot_clash() -> None:
    assert clashing([BELOW, ABOVE, OTHER, DOMAIN]) == []
    assert clashing([BELOW, ABOVE, OTHER, DOMAIN, APART]) == [BELOW, OTHER, DOMAIN, APART]
    assert clashing(ALL) == [BELOW, OTHER, DOMAIN, APART, NEVER_MIX, SOME, INVERSE]


def test_a_kind_of_property_and_a_datatype_rule_something_out() -> None:
    functional = axiom(("size", "rdf:type", "owl:FunctionalProperty"))
    number = axiom(("length", "rdfs:range", "xsd:integer"))
    below = axiom(("breadth", "rdfs:subPropertyOf", "length"))
    assert clashing([below, functional, number]) == [below, functional, number]
