"""The graph as rdflib sees it."""

from __future__ import annotations

from collections.abc import Iterable

import rdflib
from oxrdflib import OxigraphStore

from powkg.errors import UsageError
from powkg.namespaces import PREFIXES
from powkg.store import Store
from powkg.terms import IRI, Blank, Literal, Term


class _ReadOnly(OxigraphStore):
    """rdflib's store over the opened one. It refuses what would change it, in words of its own."""

    def add(self, *_: object, **__: object) -> None:
        raise UsageError("the graph is read-only here: copy what is to be changed into a graph of your own")

    addN = remove = update = remove_graph = add  # noqa: N815  # rdflib's names

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
