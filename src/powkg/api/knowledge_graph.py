"""What can be asked of the graph in Python."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import networkx as nx
import rdflib

from powkg import guard, queries
from powkg.api.entity import Entity
from powkg.api.given import Given, languages_of, name_of, terms, words
from powkg.api.network import Network
from powkg.api.paths import Paths
from powkg.api.picture import Picture
from powkg.api.rdf import as_dataset, as_graph
from powkg.api.rows import Rows
from powkg.claims.views import Figures
from powkg.entities.facts import Facts
from powkg.entities.names import FAMILIES
from powkg.errors import UsageError
from powkg.figures.contested import contested
from powkg.figures.land_map import land_map
from powkg.figures.timeline import timeline
from powkg.figures.writing import DataFigure, write
from powkg.networks import projections
from powkg.networks.finding import find_entity
from powkg.networks.hubs import clear_neighbourhood
from powkg.networks.neighbourhood import DEFAULT_LIMIT
from powkg.networks.origin import with_origin
from powkg.networks.parts import without_claims
from powkg.networks.paths import paths
from powkg.networks.projections import WHOLE
from powkg.networks.slices import at
from powkg.networks.whole import whole_network
from powkg.store import Answer, Store
from powkg.terms import Term

_KINDS = {"select": "query", "ask": "ask", "graph": "construct"}
"""Which method answers which kind of query."""


class KnowledgeGraph:
    """The graph as it was when it was opened. Entities are given as `harbin`, `id:harbin` or a whole IRI.

    Values for variables are given as `powkg.notation` writes them (`id:harbin`, `1945`, `"text"@en`), as numbers, days,
    entities or terms; a SELECT needs each such variable among its columns. What is wrong with a query or a name raises
    a PowkgError that says so: QuerySyntaxError with line and column, UsageError with the nearest names. A query runs in
    this process and has no time limit.
    """

    def __init__(self, store: Store, data: Path) -> None:
        self._store = store
        self._data = data

    @property
    def version(self) -> str:
        """The SHA-256 digest of the files that the graph was built from."""
        return self._store.version

    def query(self, sparql: str, **values: Given) -> Rows:
        """The rows of a SELECT that declares its own prefixes.

        >>> rows = kg.query("SELECT ?class { ?place a ?class } ORDER BY ?class", place="id:harbin")
        Traceback (most recent call last):
        powkg.errors.UsageError: a value given to the query cannot be used: ...
        >>> kg.query("SELECT ?place ?class { ?place a ?class } ORDER BY ?class", place="id:harbin").columns
        ('place', 'class')
        """
        answer = self._answer(sparql, terms(values), "select")
        return Rows(answer.variables, tuple(answer))

    def ask(self, sparql: str, **values: Given) -> bool:
        """The answer of an ASK.

        >>> kg.ask("PREFIX pow: <https://w3id.org/powkg/ontology#> ASK { ?who a pow:Person }")
        True
        """
        return self._answer(sparql, terms(values), "ask").boolean

    def construct(self, sparql: str, **values: Given) -> rdflib.Graph:
        """The triples of a CONSTRUCT or DESCRIBE."""
        return as_graph(self._answer(sparql, terms(values), "graph").triples)

    def questions(self) -> dict[str, str]:
        """The titles of the questions that come with the graph, by their names."""
        return {question.name: question.title for question in queries.load(self._questions)}

    def question(self, name: str, **values: str) -> Rows:
        """The rows of one of these questions; `values` are for its parameters.

        >>> kg.question("person", person="id:hideki-tojo").columns[0]
        'person'
        """
        question = queries.find(self._questions, name)
        answer = self._answer(question.text, question.substitutions(values), "select")
        return Rows(answer.variables, tuple(answer))

    def dataset(self) -> rdflib.Dataset:
        """The same graph as rdflib sees it, read-only: all named graphs, and the default graph that joins them."""
        return as_dataset(self._store)

    def entity(self, name: str | Entity) -> Entity:
        """An entity with its names, notes and links, and the passages that state them.

        >>> kg.entity("junpei-gomikawa")
        <id:junpei-gomikawa: Junpei Gomikawa>
        """
        return Entity.read(Facts(self._store), find_entity(self._store, name_of(name)))

    def neighbourhood(
        self,
        entity: str | Entity,
        hops: int = 1,
        kinds: str | Collection[str] = FAMILIES,
        limit: int = DEFAULT_LIMIT,
        *,
        claims: bool = True,
    ) -> Network:
        """An entity and the most relevant of what passages link it to, as `powkg draw` shows it.

        At most four neighbours hang on any other one (see `powkg.networks.neighbourhood` and `powkg.networks.hubs`).

        >>> near = kg.neighbourhood("japan", limit=5)
        >>> len(near), near.graph["omitted"] > 0
        (6, True)
        """
        near = clear_neighbourhood(self._store, name_of(entity), hops, limit, words(kinds), claims=claims)
        return Network(with_origin(near, self._store, self.version))

    def path(self, start: str | Entity, end: str | Entity, count: int = 1, *, claims: bool = True) -> Paths:
        """The shortest paths between two entities, with their passages (see `powkg.networks.paths`).

        Links that rest on a claim only are marked; without `claims` they are not followed. Raises PowkgError where no
        path joins the two.

        >>> kg.path("karl-marx", "friedrich-engels")[0].claimed
        False
        """
        first, last = (find_entity(self._store, name_of(name)) for name in (start, end))
        return Paths(paths(self._whole, first, last, count, claims=claims), self._whole)

    def network(self, project: str = WHOLE, when: str | int | None = None, *, claims: bool = True) -> Network:
        """All that passages state; a projection of it, such as `people-events`; what it holds of a date; or both.

        `powkg.networks.projections` lists the projections, and `powkg.networks.slices` says what belongs to a date.

        >>> kg.network("people-events").graph["bipartite"]
        True
        """
        network = self._whole if claims else without_claims(self._whole)
        if when is not None:
            network = at(network, str(when))
        return Network(projections.project(network, project, self._store))

    def claims(self) -> Figures:
        """The figures that are claimed, held against each other (see docs/claims.md)."""
        return Figures.read(self._store)

    def timeline(
        self,
        first: str | None = None,
        last: str | None = None,
        languages: str | Sequence[str] = "en",
        *,
        lives: bool = False,
    ) -> Picture:
        """When events happened, with what is not known of it (see `powkg.figures.timeline`)."""
        return _picture(timeline(self._store, languages=languages_of(languages), first=first, last=last, lives=lives))

    def map(self, languages: str | Sequence[str] = "en") -> Picture:
        """Where places lie, and what happened there (see `powkg.figures.land_map`)."""
        return _picture(land_map(self._store, languages=languages_of(languages)))

    def contested(
        self, cohort: str | None = None, languages: str | Sequence[str] = "en", *, logarithmic: bool = False
    ) -> Picture:
        """The figures that are claimed, as ranges by claimant (see `powkg.figures.contested`)."""
        return _picture(
            contested(self._store, languages=languages_of(languages), cohort=cohort, logarithmic=logarithmic)
        )

    @cached_property
    def _whole(self) -> nx.MultiDiGraph[str]:
        return with_origin(whole_network(self._store), self._store, self.version)

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


def _picture(figure: DataFigure) -> Picture:
    return Picture(lambda form: write(figure, form), figure.about.title)
