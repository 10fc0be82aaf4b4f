"""How many statements a store holds: the one number that the build, the start page and the server's health give."""

from __future__ import annotations

from powkg.terms import Queryable

_STATEMENTS = "SELECT (COUNT(*) AS ?number) WHERE { GRAPH ?graph { ?subject ?property ?value } }"


def statements(store: Queryable) -> int:
    """The statements of the named graphs; one that stands in several counts as often."""
    ((number,),) = store.query(_STATEMENTS)
    return int(str(number))
