"""What the graph makes of the ontology: how often each term is used, where, and by which questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from powkg.competency import questions_by_term
from powkg.namespaces import PASSAGE
from powkg.queries import Question
from powkg.terms import IRI, Literal, Queryable, Term

TYPES = """\
PREFIX graph: <https://w3id.org/powkg/graph/>

SELECT DISTINCT ?member ?class WHERE {
  GRAPH ?graph { ?member a ?class }
  FILTER(?graph != graph:inferred)
}
"""

STATED = """\
PREFIX graph: <https://w3id.org/powkg/graph/>

SELECT ?property (COUNT(*) AS ?number) WHERE {
  GRAPH ?graph { ?subject ?property ?value }
  FILTER(?graph != graph:inferred)
}
GROUP BY ?property
"""

INFERRED = """\
PREFIX graph: <https://w3id.org/powkg/graph/>

SELECT ?property (COUNT(*) AS ?number) WHERE { GRAPH graph:inferred { ?subject ?property ?value } } GROUP BY ?property
"""

INFERRED_TYPES = """\
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>

SELECT DISTINCT ?member ?class WHERE {
  GRAPH <https://w3id.org/powkg/ontology> { ?class a owl:Class }
  GRAPH graph:inferred { ?member a ?class }
}
"""

WORDS = """\
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?word (COUNT(*) AS ?number) WHERE {
  GRAPH <https://w3id.org/powkg/term> { ?word skos:inScheme ?list }
  GRAPH ?graph { ?subject ?property ?word }
  FILTER(?graph != graph:inferred && ?graph != <https://w3id.org/powkg/term>)
}
GROUP BY ?word
"""

EXAMPLES = """\
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?property ?subject ?value ?graph WHERE {
  GRAPH <https://w3id.org/powkg/ontology> { ?property skos:example ?subject }
  GRAPH ?graph { ?subject ?property ?value }
  FILTER(?graph != graph:inferred)
}
"""

STATEMENTS = """\
PREFIX graph: <https://w3id.org/powkg/graph/>

SELECT ?property ?subject ?value ?graph WHERE {
  GRAPH ?graph { ?subject ?property ?value }
}
ORDER BY (?graph = graph:inferred) STR(?graph) STR(?subject) STR(?value)
LIMIT 1
"""

NAMES = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?thing ?name WHERE { ?thing rdfs:label|skos:prefLabel ?name . FILTER(LANG(?name) = "en") }
"""

Found = tuple[Term, Term, Term]
"""The subject, the value and the graph of a statement."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How the graph uses the terms, by IRI.

    `members` are those that are stated to be of a class itself, `inferred_members` those of whom it follows.
    `statements` and `words` count statements, one that stands in several graphs as often; `inferred` counts those that
    follow. `names` are English. `questions` are the named questions that use a term, the narrowest first.
    """

    members: Mapping[str, frozenset[str]]
    inferred_members: Mapping[str, frozenset[str]]
    statements: Mapping[str, int]
    inferred: Mapping[str, int]
    words: Mapping[str, int]
    names: Mapping[str, str]
    questions: Mapping[str, list[Question]]


def usage(store: Queryable, questions: Iterable[Question]) -> Usage:
    """How the graph of a store, and the named questions about it, use the terms."""
    return Usage(
        _members(store, TYPES),
        _members(store, INFERRED_TYPES),
        _counts(store, STATED),
        _counts(store, INFERRED),
        _counts(store, WORDS),
        {str(thing): str(name) for thing, name in store.query(NAMES)},
        _asked(questions),
    )


def examples(store: Queryable, properties: Iterable[str]) -> dict[str, Found]:
    """A statement with each property that has one: of the thing that the ontology gives as its example, if it can be.

    Statements of passages come before those of other sources, and what is only inferred comes last.
    """
    found: dict[str, list[Found]] = defaultdict(list)
    for predicate, subject, value, graph in store.query(EXAMPLES):
        if subject and value and graph:
            found[str(predicate)].append((subject, value, graph))
    chosen = {}
    for iri in properties:
        if iri not in found:
            rows = store.query(STATEMENTS, {"property": IRI(iri)})
            found[iri] = [(subject, value, graph) for _, subject, value, graph in rows if subject and value and graph]
        if found[iri]:
            chosen[iri] = min(found[iri], key=_preference)
    return chosen


def _preference(statement: Found) -> tuple[bool, str, str, str]:
    subject, value, graph = statement
    tag = value.language or "" if isinstance(value, Literal) else ""
    return not str(graph).startswith(PASSAGE), str(graph), f"{subject} {value}", tag


def _members(store: Queryable, text: str) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = defaultdict(set)
    for member, kind in store.query(text):
        if isinstance(member, IRI):
            members[str(kind)].add(member.value)
    return {kind: frozenset(found) for kind, found in members.items()}


def _counts(store: Queryable, text: str) -> dict[str, int]:
    return {str(term): int(str(number)) for term, number in store.query(text)}


def _asked(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """The questions that use each term, first those that use the fewest terms: they say most of it."""
    named = {question.name: question for question in questions}
    using = questions_by_term(named.values())
    breadth = Counter(name for names in using.values() for name in names)
    return {
        iri: [named[name] for name in sorted(names, key=lambda name: breadth[name])] for iri, names in using.items()
    }
