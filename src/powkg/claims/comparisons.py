"""The relations of quantity claims as statements of the graph of what is inferred. A store in, quads out.

    comparisons_graph(store) -> list[Quad]

Every two claims about one cohort, or about a cohort and a part of it, have a node of class pow:Comparison; claims that
cannot both hold contradict each other (pow:contradicts, both ways); two or more claims that answer one question have a
node of class pow:Spread. Claims about cohorts that are no parts of each other have nothing. The classes of the nodes
follow from the domains of their properties, so they are left to the rule of superclasses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from urllib.parse import quote

from powkg.claims.quantities import PERSONS, QuantityClaim
from powkg.claims.reading import read_claims, read_hierarchy
from powkg.claims.relations import Kind, Reason, Relation, relate
from powkg.claims.spreads import Spread, spreads
from powkg.claims.wording import Wording, rounded
from powkg.dataset import Quad
from powkg.entities.captions import LANGUAGES, number_caption
from powkg.entities.names import Names
from powkg.entities.statements import Statements
from powkg.namespaces import CLAIM, COMPARISON, ID, INFERRED_GRAPH, POW, RDFS, SPREAD, TERM, XSD
from powkg.terms import IRI, Literal, Queryable, Term

_RULE = IRI(TERM + "comparison")
_SPREAD_OF: Mapping[str, str] = {
    "en": "{cohort}: {range} by {number} claims",
    "ja": "{cohort}：{range}（主張{number}件）",
    "ru": "{cohort}: {range} (утверждений: {number})",
}

Triple = tuple[str, str, Term]


def comparisons_graph(store: Queryable) -> list[Quad]:
    """What follows from the quantity claims of the store by the rule `comparison`, which is marked for each property.

    The store holds the files, the dates and whatever labels there are.
    """
    claims, hierarchy = read_claims(store), read_hierarchy(store)
    wording = Wording(claims, Names(Statements(store)).labels)
    relations = [relate(one, other, hierarchy) for one, other in combinations(claims.values(), 2)]
    asked = [spread for spread in spreads(claims.values(), hierarchy) if len(spread.claims) > 1]
    triples = [
        *(triple for relation in relations if _is_kept(relation) for triple in _relation(relation, wording)),
        *(triple for spread in asked for triple in _spread(spread, wording)),
    ]
    marks = [(_RULE.value, POW + "infers", IRI(name)) for name in sorted({predicate for _, predicate, _ in triples})]
    return [Quad(IRI(subject), IRI(name), value, INFERRED_GRAPH) for subject, name, value in (*marks, *triples)]


def comparison_iri(one: QuantityClaim, other: QuantityClaim) -> str:
    """The name of the comparison of two claims, the same in whichever order they come."""
    first, second = sorted((one.iri, other.iri))
    return f"{COMPARISON}{_slug(first, CLAIM)}--{_slug(second, CLAIM)}"


def spread_iri(spread: Spread) -> str:
    """The name of a spread: of its cohort, its unit where that is no person, and its dates and events."""
    unit = [] if spread.unit == PERSONS else [_slug(spread.unit, TERM)]
    moments = [quote(moment.rpartition("/")[2], safe="~.") for moment in spread.moments]
    return SPREAD + "--".join([_slug(spread.cohort, ID), *unit, *moments])


def _is_kept(relation: Relation) -> bool:
    """Whether the two claims are about one cohort, or about a cohort and a part of it."""
    if relation.first.cohort == relation.second.cohort:
        return True
    return relation.reason not in {Reason.DIFFERENT_COHORTS, Reason.DIFFERENT_UNITS}


def _relation(relation: Relation, wording: Wording) -> Iterator[Triple]:
    node = comparison_iri(relation.first, relation.second)
    for claim in (relation.first, relation.second):
        yield node, POW + "compares", IRI(claim.iri)
    yield node, POW + "relation", IRI(TERM + relation.kind)
    if relation.reason is not None:
        yield node, POW + "obstacle", IRI(TERM + relation.reason)
    for name, ordered in (("lower", relation.lower), ("higher", relation.higher)):
        if ordered is not None:
            yield node, POW + name, IRI(ordered.iri)
    if relation.fold is not None:
        yield node, POW + "fold", Literal(str(rounded(relation.fold)), None, XSD + "decimal")
    for language in LANGUAGES:
        yield node, RDFS + "label", Literal(_label(relation, wording, language), language)
    yield node, RDFS + "comment", Literal(wording.explain(relation), "en")
    if relation.kind is Kind.DISJOINT:
        yield relation.first.iri, POW + "contradicts", IRI(relation.second.iri)
        yield relation.second.iri, POW + "contradicts", IRI(relation.first.iri)


def _label(relation: Relation, wording: Wording, language: str) -> str:
    """Of whom, the two numbers from the lower to the higher, and the relation."""
    claims = (relation.lower or relation.first, relation.higher or relation.second)
    numbers = [wording.number(claim, language) for claim in claims]
    people = [wording.name(claim.cohort, language) for claim in claims]
    kind = wording.name(TERM + relation.kind, language)
    if people[0] == people[1]:
        return f"{people[0]}: {numbers[0]} · {numbers[1]} · {kind}"
    return f"{people[0]}: {numbers[0]} · {people[1]}: {numbers[1]} · {kind}"


def _spread(spread: Spread, wording: Wording) -> Iterator[Triple]:
    node = spread_iri(spread)
    yield node, POW + "spreadOf", IRI(spread.cohort)
    for claim in spread.claims:
        yield node, POW + "spreadOver", IRI(claim.iri)
    for name, number in (("leastClaimed", spread.least), ("mostClaimed", spread.most)):
        if number is not None:
            yield node, POW + name, Literal(str(number), None, XSD + "integer")
    yield node, POW + "disputed", Literal(str(spread.is_disputed).lower(), None, XSD + "boolean")
    for language in LANGUAGES:
        people = ", ".join(wording.name(iri, language) for iri in (spread.cohort, *spread.moments))
        text = _SPREAD_OF[language].format(cohort=people, range=_range(spread, language), number=len(spread.claims))
        yield node, RDFS + "label", Literal(text, language)


def _range(spread: Spread, language: str) -> str:
    """The least and the greatest number of a spread: "46,000–347,000", or "?" where no claim has a range."""
    numbers = (number_caption(str(number), language) for number in (spread.least, spread.most) if number is not None)
    return "–".join(dict.fromkeys(numbers)) or "?"


def _slug(iri: str, base: str) -> str:
    """The name of a thing with its slashes as dots, so that prefixed names can be made of it."""
    return iri.removeprefix(base).replace("/", ".")
