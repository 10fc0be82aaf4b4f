"""The statements about one entity or term, read from the store, each with the passages and sources that hold it.

What is inferred is no statement: it is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from powkg.namespaces import PASSAGE, passage_label
from powkg.terms import IRI, Queryable, Term

OUTGOING = """
PREFIX graph: <https://w3id.org/powkg/graph/>
SELECT ?node ?property ?object ?graph WHERE {
  GRAPH ?graph { ?node ?property ?object } FILTER(?graph != graph:inferred)
}
"""

INCOMING = """
PREFIX graph: <https://w3id.org/powkg/graph/>
SELECT ?node ?property ?subject ?graph WHERE {
  GRAPH ?graph { ?subject ?property ?node } FILTER(?graph != graph:inferred)
}
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple, with the names of the passages that state it (p10s6), and the IRIs of the other graphs that hold it."""

    subject: str
    predicate: str
    value: Term
    passages: tuple[str, ...]
    sources: tuple[str, ...]


class Statements:
    """Reads statements; what it has read once it keeps, so an instance serves one answer."""

    def __init__(self, store: Queryable) -> None:
        self._store = store
        self._outgoing: dict[str, tuple[Statement, ...]] = {}

    def outgoing(self, node: str) -> tuple[Statement, ...]:
        """The statements whose subject is the node, in a fixed order."""
        if node not in self._outgoing:
            rows = self.rows(OUTGOING, node)
            self._outgoing[node] = _grouped((node, str(name), value, str(graph)) for _, name, value, graph in rows)
        return self._outgoing[node]

    def incoming(self, node: str) -> tuple[Statement, ...]:
        """The statements whose object is the node, in a fixed order."""
        rows = self.rows(INCOMING, node)
        return _grouped((str(subject), str(name), IRI(node), str(graph)) for _, name, subject, graph in rows)

    def rows(self, query: str, node: str) -> list[tuple[Term, ...]]:
        """The rows of a query about ?node, which must be its first column; a row with an unbound column is left out."""
        answer = self._store.query(query, {"node": IRI(node)})
        return [tuple(value for value in row if value is not None) for row in answer if None not in row]


def _grouped(rows: Iterable[tuple[str, str, Term, str]]) -> tuple[Statement, ...]:
    graphs: dict[tuple[str, str, Term], set[str]] = defaultdict(set)
    for subject, name, value, graph in rows:
        graphs[subject, name, value].add(graph)
    statements = []
    for key in sorted(graphs, key=lambda key: (key[0], key[1], str(key[2]), repr(key[2]))):
        passages = sorted(passage_label(graph) for graph in graphs[key] if graph.startswith(PASSAGE))
        sources = sorted(graph for graph in graphs[key] if not graph.startswith(PASSAGE))
        statements.append(Statement(*key, tuple(passages), tuple(sources)))
    return tuple(statements)
