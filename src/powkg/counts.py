"""How many statements a store holds: the numbers that the build, the start page and the server's health give."""

from __future__ import annotations

from powkg.namespaces import INFERRED_GRAPH
from powkg.terms import Queryable

_ALL = "SELECT (COUNT(*) AS ?number) WHERE { GRAPH ?graph { ?subject ?property ?value } }"
_EVERYTHING = """\
SELECT (COUNT(*) AS ?number) WHERE {
  { ?subject ?property ?value } UNION { GRAPH ?graph { ?subject ?property ?value } }
}
"""
_TOGETHER = "SELECT (COUNT(*) AS ?number) WHERE { ?subject ?property ?value }"
_INFERRED = f"SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH <{INFERRED_GRAPH}> {{ ?subject ?property ?value }} }}"


def statements(store: Queryable) -> int:
    """The statements of the named graphs but that of what is inferred; one that stands in several counts as often."""
    return _number(store, _ALL) - inferred(store)


def everything(store: Queryable, *, union: bool = False) -> int:
    """The statements of all graphs, the default one too; one that stands in several counts as often.

    `union` where the store takes all graphs together as the default graph of a query, a statement once for each.
    """
    return _number(store, _TOGETHER if union else _EVERYTHING)


def inferred(store: Queryable) -> int:
    """The triples that are inferred and nowhere stated, with those that describe their graph."""
    return _number(store, _INFERRED)


def _number(store: Queryable, query: str) -> int:
    ((number,),) = store.query(query)
    return int(str(number))
