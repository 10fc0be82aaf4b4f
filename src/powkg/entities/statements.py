"""The statements about entities and terms, read from the store, each with the passages and sources that hold it.

What is inferred is no statement: it is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from powkg.namespaces import PASSAGE, passage_label
from powkg.terms import IRI, Queryable, Row, Term

_PREFIX = "PREFIX graph: <https://w3id.org/powkg/graph/>"

OUTGOING = """
SELECT ?subject ?property ?object ?graph WHERE {
  VALUES ?subject { }
  GRAPH ?graph { ?subject ?property ?object } FILTER(?graph != graph:inferred)
}
"""

INCOMING = """
SELECT ?subject ?property ?object ?graph WHERE {
  VALUES ?object { }
  GRAPH ?graph { ?subject ?property ?object } FILTER(?graph != graph:inferred)
}
"""

LEAVING = """
SELECT ?node WHERE {
  VALUES ?node { }
  GRAPH ?graph { ?node ?property ?object } FILTER(?graph != graph:inferred)
}
"""

ARRIVING = """
SELECT ?node WHERE {
  VALUES ?node { }
  GRAPH ?graph { ?subject ?property ?node } FILTER(?graph != graph:inferred)
}
"""

AMONG = """
SELECT ?subject ?property ?object ?graph WHERE {
  VALUES ?subject { }
  VALUES ?object { }
  GRAPH ?graph { ?subject ?property ?object } FILTER(?graph != graph:inferred)
}
"""

EVERYTHING = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?subject ?property ?object ?graph WHERE {
  GRAPH ?graph { ?subject ?property ?object }
  FILTER(?graph != graph:inferred && ?property NOT IN (rdfs:label, skos:prefLabel, skos:altLabel))
}
"""

COUNT = """
PREFIX graph: <https://w3id.org/powkg/graph/>
SELECT ?node (COUNT(*) AS ?number) WHERE {
  { GRAPH ?graph { ?node ?property ?other } } UNION { GRAPH ?graph { ?other ?property ?node } }
  FILTER(?graph != graph:inferred)
} GROUP BY ?node
"""

KNOWN = """
PREFIX graph: <https://w3id.org/powkg/graph/>
SELECT ?node ?property WHERE {
  { GRAPH ?graph { ?node ?property ?object } } UNION { GRAPH ?graph { ?subject ?property ?node } }
  FILTER(?graph != graph:inferred)
} LIMIT 1
"""

_BATCH = 300
"""How many nodes one query asks about."""

_CROWD = 16
"""The same where each node has parts of the query for itself, which take the engine longer to plan."""

# What SPARQL 1.1 takes between angle brackets (production 139), after a scheme.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")


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
        self._incoming: dict[str, tuple[Statement, ...]] = {}
        self._has_everything = False

    def outgoing(self, node: str) -> tuple[Statement, ...]:
        """The statements whose subject is the node, in a fixed order."""
        if node not in self._outgoing:
            self.read_outgoing((node,))
        return self._outgoing[node]

    def incoming(self, node: str) -> tuple[Statement, ...]:
        """The statements whose object is the node, in a fixed order."""
        if node not in self._incoming:
            self.read_incoming((node,))
        return self._incoming[node]

    def read_outgoing(self, nodes: Iterable[str]) -> None:
        """Read what is not yet known of the statements with these nodes as subject, in few queries."""
        asked = [node for node in dict.fromkeys(nodes) if node not in self._outgoing]
        self._outgoing |= dict.fromkeys(asked, ()) if self._has_everything else self._read(OUTGOING, asked, 0)

    def read_incoming(self, nodes: Iterable[str]) -> None:
        """Read what is not yet known of the statements with these nodes as object, in few queries."""
        asked = [node for node in dict.fromkeys(nodes) if node not in self._incoming]
        self._incoming |= self._read(INCOMING, asked, 2)

    def read_some(self, node: str, most: int) -> None:
        """Of a node of which nothing was read, read so many rows in each direction at most: the store's first ones."""
        self._outgoing |= self._read(f"{OUTGOING} LIMIT {most}", [node], 0)
        self._incoming |= self._read(f"{INCOMING} LIMIT {most}", [node], 2)

    def read_everything(self) -> Collection[str]:
        """Read all statements of the store but labels in one query; all their subjects."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._store.query(_PREFIX + EVERYTHING):
            rows[str(row[0])].append(row)
        subjects = sorted(rows)
        self._outgoing |= {node: _grouped(rows.pop(node)) for node in subjects}
        self._has_everything = True
        return subjects

    def crowded(self, nodes: Iterable[str], most: int) -> set[str]:
        """Those of the nodes that have more statements than `most` in one direction, one counted in each graph."""
        asked = [node for node in nodes if _IRI.fullmatch(node)]
        found: set[str] = set()
        for start in range(0, len(asked), _CROWD):
            parts = [_about(query, [node]) for node in asked[start : start + _CROWD] for query in (LEAVING, ARRIVING)]
            ends = " UNION ".join(f"{{ {part} OFFSET {most} LIMIT 1 }}" for part in parts)
            found |= {str(node) for (node,) in self._store.query(f"{_PREFIX} SELECT ?node WHERE {{ {ends} }}")}
        return found

    def count(self, node: str) -> int:
        """How many statements there are from and to the node, one in each graph; counted by the store, and not read."""
        return next((int(str(number)) for _, number in self.rows(COUNT, node)), 0)

    def known(self, node: str) -> bool:
        """Whether the store says anything of the node, in any graph."""
        return bool(self.rows(KNOWN, node))

    def among(self, nodes: Collection[str]) -> tuple[Statement, ...]:
        """The statements that join two of the nodes, in a fixed order, whatever was read of them."""
        asked = [node for node in nodes if _IRI.fullmatch(node)]
        return _grouped(self._store.query(_PREFIX + _about(AMONG, asked))) if len(asked) > 1 else ()

    def rows(self, query: str, node: str) -> list[tuple[Term, ...]]:
        """The rows of a query about ?node, which must be its first column; a row with an unbound column is left out."""
        return list(_complete(self._store.query(query, {"node": IRI(node)})))

    def rows_of(self, query: str, nodes: Iterable[str]) -> Iterator[tuple[Term, ...]]:
        """The rows of a query about nodes, for which it has an empty VALUES; a row with an unbound column is left out.

        What is no IRI is left out too, so that nothing else can get into the text of a query.
        """
        asked = [node for node in dict.fromkeys(nodes) if _IRI.fullmatch(node)]
        for start in range(0, len(asked), _BATCH):
            yield from _complete(self._store.query(_about(query, asked[start : start + _BATCH])))

    def _read(self, query: str, nodes: Sequence[str], place: int) -> dict[str, tuple[Statement, ...]]:
        """The statements by node, which stands in this place of the rows."""
        rows: dict[str, list[Row]] = {node: [] for node in nodes}
        for row in self.rows_of(_PREFIX + query, nodes):
            rows[str(row[place])].append(row)
        return {node: _grouped(found) for node, found in rows.items()}


def _about(query: str, nodes: Iterable[str]) -> str:
    return query.replace("{ }", f"{{ {' '.join(f'<{node}>' for node in nodes)} }}")


def _complete(rows: Iterable[Row]) -> Iterator[tuple[Term, ...]]:
    return (tuple(value for value in row if value is not None) for row in rows if None not in row)


def _grouped(rows: Iterable[Row]) -> tuple[Statement, ...]:
    graphs: dict[tuple[str, str, Term], set[str]] = {}
    for subject, name, value, graph in rows:
        if value is not None:
            graphs.setdefault((str(subject), str(name), value), set()).add(str(graph))
    statements = [Statement(*key, *_told_apart(found)) for key, found in graphs.items()]
    return tuple(sorted(statements, key=_order) if len(statements) > 1 else statements)


def _told_apart(graphs: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the passages among the graphs, and the others."""
    passages = [passage_label(graph) for graph in graphs if graph.startswith(PASSAGE)]
    others = [graph for graph in graphs if not graph.startswith(PASSAGE)]
    return tuple(sorted(passages)), tuple(sorted(others))


def _order(statement: Statement) -> tuple[str, str, str, str]:
    value = statement.value
    kind = "" if isinstance(value, IRI) else repr(value)
    return (statement.subject, statement.predicate, str(value), kind)
