"""Statements into a new store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from powkg.errors import StoreError
from powkg.namespaces import SHAPES_GRAPH
from powkg.store.answers import ENGINE_ERRORS
from powkg.store.nodes import to_node
from powkg.store.reading import Store
from powkg.terms import Term

Statement = tuple[Term, Term, Term, str]
"""Subject, predicate, value, and the IRI of the graph."""


def fill(statements: Iterable[Statement], version: str, folder: Path | None = None) -> Store:
    """A new store with the statements in their named graphs and, but for the shapes, once more in the default graph.

    It lives in memory, or in `folder`, which must be empty; it is written out when the call returns, and complete.
    Raises StoreError where the engine takes a term or a file for unusable.
    """
    try:
        engine = ox.Store() if folder is None else ox.Store(str(folder))
        engine.bulk_extend(_quads(statements))
        engine.flush()
    except ENGINE_ERRORS as error:
        raise StoreError(f"the store cannot be filled: {error}") from error
    return Store(engine, version)


def _quads(statements: Iterable[Statement]) -> Iterator[ox.Quad]:
    nodes: dict[Term, Any] = {}
    default = ox.DefaultGraph()
    for *terms, graph in statements:
        for term in terms:
            if term not in nodes:
                nodes[term] = to_node(term)
        subject, predicate, value = (nodes[term] for term in terms)
        yield ox.Quad(subject, predicate, value, ox.NamedNode(graph))
        if graph != SHAPES_GRAPH:
            yield ox.Quad(subject, predicate, value, default)
