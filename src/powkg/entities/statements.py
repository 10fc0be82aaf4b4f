"""The statements about entities and terms, read from the store, each with the passages and sources that hold it.

What is inferred is no statement: it is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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

AMONG = """
SELECT ?subject ?property ?object ?graph WHERE {
  VALUES ?subject { }
  VALUES ?object { }
  GRAPH ?graph { ?subject ?property ?object } FILTER(?graph != graph:inferred)
}
"""

EVERYTHING = """
SELECT ?subject ?property ?object ?graph WHERE {
  GRAPH ?graph { ?subject ?property ?object } FILTER(?graph != graph:inferred)
}
"""

AROUND = """
PREFIX graph: <https://w3id.org/powkg/graph/>
SELECT ?node (COUNT(DISTINCT ?other) AS ?number) WHERE {
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

_BOUNDED_BATCH = 16
"""The same where each node has a part of the query for itself, which takes the engine longer to plan."""

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
    """Reads statements; what it has read once it keeps, so an instance serves one answer.

    With `most`, at most so many rows are read of a node in each direction, the first in the order in which the store
    keeps them: that bounds the work for a hub. `is_cut` says of which nodes there are more.
    """

    def __init__(self, store: Queryable, most: int | None = None) -> None:
        self._store = store
        self._most = most
        self._outgoing: dict[str, tuple[Statement, ...]] = {}
        self._incoming: dict[str, tuple[Statement, ...]] = {}
        self._cut: set[str] = set()
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
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._read(OUTGOING, asked):
            rows[str(row[0])].append(row)
        self._outgoing |= {node: self._kept(node, rows[node]) for node in asked}

    def read_incoming(self, nodes: Iterable[str]) -> None:
        """Read what is not yet known of the statements with these nodes as object, in few queries."""
        asked = [node for node in dict.fromkeys(nodes) if node not in self._incoming]
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._read(INCOMING, asked):
            rows[str(row[2])].append(row)
        self._incoming |= {node: self._kept(node, rows[node]) for node in asked}

    def read_everything(self) -> None:
        """Read all statements of the store in one query, whatever `most` says."""
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._store.query(_PREFIX + EVERYTHING):
            rows[str(row[0])].append(row)
        incoming: dict[str, list[Statement]] = defaultdict(list)
        for node in sorted(rows):
            self._outgoing[node] = _grouped(rows.pop(node))
            for statement in self._outgoing[node]:
                if isinstance(statement.value, IRI):
                    incoming[statement.value.value].append(statement)
        self._incoming |= {node: tuple(found) for node, found in incoming.items()}
        self._cut.clear()
        self._has_everything = True

    def is_cut(self, node: str) -> bool:
        """Whether more is said of the node than was read."""
        return node in self._cut

    def around(self, node: str) -> int:
        """With how many others the node stands in a statement; counted by the store, and not read."""
        return next((int(str(number)) for _, number in self.rows(AROUND, node)), 0)

    def known(self, node: str) -> bool:
        """Whether the store says anything of the node, in any graph."""
        return bool(self.rows(KNOWN, node))

    def read_among(self, nodes: Iterable[str]) -> None:
        """Read what joins those of the nodes that were cut, since it may be in what was not read of either."""
        cut = [node for node in nodes if node in self._cut]
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._store.query(_PREFIX + _about(AMONG, cut)) if len(cut) > 1 else ():
            rows[str(row[0])].append(row)
        for node, found in rows.items():
            whole = {_order(statement): statement for statement in (*self.outgoing(node), *_grouped(found))}
            self._outgoing[node] = tuple(whole[key] for key in sorted(whole))

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

    def _read(self, query: str, nodes: list[str]) -> Iterator[Row]:
        if self._has_everything:
            return
        if self._most is None:
            yield from self.rows_of(_PREFIX + query, nodes)
            return
        asked = [node for node in nodes if _IRI.fullmatch(node)]
        for start in range(0, len(asked), _BOUNDED_BATCH):
            parts = [_about(query, [node]) for node in asked[start : start + _BOUNDED_BATCH]]
            bounded = " UNION ".join(f"{{ {part} LIMIT {self._most + 1} }}" for part in parts)
            yield from self._store.query(f"{_PREFIX} SELECT ?subject ?property ?object ?graph WHERE {{ {bounded} }}")

    def _kept(self, node: str, rows: list[Row]) -> tuple[Statement, ...]:
        if self._most is not None and len(rows) > self._most:
            self._cut.add(node)
            rows = rows[: self._most]
        return _grouped(rows)


def _about(query: str, nodes: Iterable[str]) -> str:
    return query.replace("{ }", f"{{ {' '.join(f'<{node}>' for node in nodes)} }}")


def _complete(rows: Iterable[Row]) -> Iterator[tuple[Term, ...]]:
    return (tuple(value for value in row if value is not None) for row in rows if None not in row)


def _grouped(rows: Iterable[Row]) -> tuple[Statement, ...]:
    graphs: dict[tuple[Term | None, Term | None, Term], set[str]] = defaultdict(set)
    for subject, name, value, graph in rows:
        if value is not None:
            graphs[subject, name, value].add(str(graph))
    statements = []
    for (subject, name, value), found in graphs.items():
        passages = sorted(passage_label(graph) for graph in found if graph.startswith(PASSAGE))
        sources = sorted(graph for graph in found if not graph.startswith(PASSAGE))
        statements.append(Statement(str(subject), str(name), value, tuple(passages), tuple(sources)))
    return tuple(sorted(statements, key=_order))


def _order(statement: Statement) -> tuple[str, str, str, str]:
    value = statement.value
    kind = "" if isinstance(value, IRI) else repr(value)
    return (statement.subject, statement.predicate, str(value), kind)
