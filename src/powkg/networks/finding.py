"""Entities found by their names."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable

from powkg.entities.facts import Facts
from powkg.errors import UsageError
from powkg.namespaces import CLAIM, ID, curie, expand
from powkg.notation import is_absolute_iri
from powkg.terms import Queryable

NAMES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?entity ?name WHERE { ?entity rdfs:label|skos:altLabel ?name }
"""


def entity_iri(name: str) -> str | None:
    """The IRI that such a name stands for, whether or not any store knows it; None where it can be no entity's."""
    given = name.strip()
    iri = given if given.startswith(("http://", "https://")) else expand(given) or ID + given
    return iri if iri.startswith((ID, CLAIM)) and is_absolute_iri(iri) else None


def find_entity(store: Queryable, name: str) -> str:
    """The IRI of an entity given as `junpei-gomikawa`, `id:junpei-gomikawa` or an IRI.

    Raises UsageError, with the nearest names, where the store says nothing of it.
    """
    iri = entity_iri(name)
    if iri is not None and Facts(store).known(iri):
        return iri
    near = _near_matches(store, name.strip())
    hint = f"did you mean {', '.join(near)}?" if near else "give a name such as harbin, id:harbin or a whole IRI"
    raise UsageError(f"no entity {name!r} in the store: {hint}")


def _near_matches(store: Queryable, given: str) -> list[str]:
    """Up to five prefixed names of entities whose name or label is most like what was given, the best first."""
    wanted = given.rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold()
    names: dict[str, set[str]] = defaultdict(set)
    for entity, name in store.query(NAMES):
        if str(entity).startswith(ID):
            names[str(name).casefold()].add(str(entity))
            names[str(entity).removeprefix(ID)].add(str(entity))
    holding = sorted(name for name in names if len(wanted) > 2 and wanted in name)
    close = difflib.get_close_matches(wanted, sorted(names), n=5)
    found: Iterable[str] = (curie(entity) for name in (*close, *holding) for entity in sorted(names[name]))
    return list(dict.fromkeys(found))[:5]
