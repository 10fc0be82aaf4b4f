"""The graph as rdflib sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import rdflib
from oxrdflib import OxigraphStore
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier

from powkg import guard
from powkg.errors import UsageError
from powkg.namespaces import PREFIXES
from powkg.store import Store
from powkg.store.answers import ENGINE_ERRORS, evaluation_error
from powkg.syntax import explain
from powkg.terms import IRI, Blank, Literal, Term


class _ReadOnly(OxigraphStore):
    """rdflib's store over the opened one. It refuses what would change it, and queries that the project refuses."""

    def add(self, *_: object, **__: object) -> None:
        raise UsageError("the graph is read-only here: copy what is to be changed into a graph of your own")

    addN = remove = update = remove_graph = add  # noqa: N815  # rdflib's names

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803  # rdflib's name, as the next
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        if not isinstance(query, str):
            raise UsageError("a query that is parsed already cannot be run: give its text")
        guard.refuse(query)
        try:
            return super().query(query, initNs, initBindings, queryGraph, **kwargs)
        except SyntaxError as error:
            raise explain(str(error), query) from None
        except ENGINE_ERRORS as error:
            raise evaluation_error(error) from error

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Nothing: rdflib calls it for each graph that is looked at."""


def as_dataset(store: Store) -> rdflib.Dataset:
    """All named graphs, and the default graph that holds each statement of them once; queries run in the engine."""
    dataset = rdflib.Dataset(_ReadOnly(store=store.engine))
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    return dataset


def as_graph(triples: Iterable[tuple[Term, Term, Term]]) -> rdflib.Graph:
    """The triples of an answer, in a graph in memory."""
    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for subject, predicate, value in triples:
        graph.add((_node(subject), _node(predicate), _node(value)))
    return graph


def _node(term: Term) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    match term:
        case IRI(value):
            return rdflib.URIRef(value)
        case Blank(value):
            return rdflib.BNode(value)
        case Literal(value, language, datatype):
            return rdflib.Literal(value, lang=language, datatype=None if language else rdflib.URIRef(datatype))
