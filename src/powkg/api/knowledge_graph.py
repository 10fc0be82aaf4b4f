"""What can be asked of the graph in Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path

import networkx as nx
import rdflib

from powkg import guard, queries
from powkg.api.entity import Entity
from powkg.api.network import Network
from powkg.api.rdf import as_dataset, as_graph
from powkg.api.rows import Rows
from powkg.entities.facts import Facts
from powkg.entities.names import FAMILIES
from powkg.errors import UsageError
from powkg.networks.finding import find_entity
from powkg.networks.neighbourhood import DEFAULT_LIMIT, neighbourhood
from powkg.networks.whole import whole_network
from powkg.notation import parse
from powkg.store import Answer, Store
from powkg.terms import Term

_KINDS = {"select": "query", "ask": "ask", "graph": "construct"}
"""Which method answers which kind of query."""


class KnowledgeGraph:
    """The graph as it was when it was opened. Entities are given as `harbin`, `id:harbin` or a whole IRI.

    Values for variables are given as `powkg.notation` writes them (`id:harbin`, `1945`, `"text"@en`), or as terms; a
    SELECT needs each such variable among its columns. What is wrong with a query or a name raises a PowkgError that
    says so: QuerySyntaxError with line and column, UsageError with the nearest names. A query runs in this process and
    has no time limit.
    """

    def __init__(self, store: Store, data: Path) -> None:
        self._store = store
        self._data = data

    @property
    def version(self) -> str:
        """The SHA-256 digest of the files that the graph was built from."""
        return self._store.version

    def query(self, sparql: str, **values: str | Term) -> Rows:
        """The rows of a SELECT that declares its own prefixes."""
        answer = self._answer(sparql, _terms(values), "select")
        return Rows(answer.variables, tuple(answer))

    def ask(self, sparql: str, **values: str | Term) -> bool:
        """The answer of an ASK."""
        return self._answer(sparql, _terms(values), "ask").boolean

    def construct(self, sparql: str, **values: str | Term) -> rdflib.Graph:
        """The triples of a CONSTRUCT or DESCRIBE."""
        return as_graph(self._answer(sparql, _terms(values), "graph").triples)

    def questions(self) -> dict[str, str]:
        """The titles of the questions that come with the graph, by their names."""
        return {question.name: question.title for question in queries.load(self._questions)}

    def question(self, name: str, **values: str) -> Rows:
        """The rows of one of these questions; `values` are for its parameters."""
        question = queries.find(self._questions, name)
        answer = self._answer(question.text, question.substitutions(values), "select")
        return Rows(answer.variables, tuple(answer))

    def dataset(self) -> rdflib.Dataset:
        """The same graph as rdflib sees it, read-only: all named graphs, and the default graph that joins them."""
        return as_dataset(self._store)

    def entity(self, name: str) -> Entity:
        """An entity with its names, notes and links, and the passages that state them."""
        return Entity.read(Facts(self._store), find_entity(self._store, name))

    def neighbourhood(
        self, entity: str, hops: int = 1, kinds: Collection[str] = FAMILIES, limit: int = DEFAULT_LIMIT
    ) -> Network:
        """An entity and the most relevant of what passages link it to (see `powkg.networks.neighbourhood`)."""
        return Network(neighbourhood(self._store, entity, hops, limit, kinds))

    def network(self) -> Network:
        """All entities and links that passages state."""
        return Network(self._whole)

    @cached_property
    def _whole(self) -> nx.MultiDiGraph[str]:
        return whole_network(self._store)

    @property
    def _questions(self) -> Path:
        return self._data / "queries" / "questions"

    def _answer(self, sparql: str, values: Mapping[str, Term], kind: str) -> Answer:
        guard.refuse(sparql)  # what would overflow the engine's stack would end Python with it
        answer = self._store.query(sparql, values)
        if answer.kind != kind:
            raise UsageError(f"the query is none for {_KINDS[kind]}(): give it to {_KINDS[answer.kind]}()")
        return answer

    def __repr__(self) -> str:
        return f"<powkg.KnowledgeGraph {self.version[:12]}>"


def _terms(values: Mapping[str, str | Term]) -> dict[str, Term]:
    return {name: parse(value) if isinstance(value, str) else value for name, value in values.items()}
