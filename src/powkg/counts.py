"""How many statements a store holds: the numbers that the build, the start page and the server's health give."""

from __future__ import annotations

from powkg.namespaces import INFERRED_GRAPH
from powkg.terms import Queryable

_ALL = "SELECT (COUNT(*) AS ?number) WHERE { GRAPH ?graph { ?subject ?property ?value } }"
_INFERRED = f"SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH <{INFERRED_GRAPH}> {{ ?subject ?property ?value }} }}"


def statements(store: Queryable) -> int:
    """The statements of the named graphs but that of what is inferred; one that stands in several counts as often."""
    return _number(store, _ALL) - inferred(store)


def inferred(store: Queryable) -> int:
    """The triples that are inferred and nowhere stated, with those that describe their graph."""
    return _number(store, _INFERRED)


def _number(store: Queryable, query: str) -> int:
    ((number,),) = store.query(query)
    return int(str(number))
