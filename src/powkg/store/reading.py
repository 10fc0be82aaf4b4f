"""A store that is asked, and the store in a folder opened for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from powkg import snapshot
from powkg.disk import Hold
from powkg.errors import UsageError
from powkg.store.answers import ENGINE_ERRORS, Answer, evaluation_error
from powkg.store.nodes import to_node
from powkg.syntax import explain
from powkg.terms import Term

_OPENING_TRIES = 3


class Store:
    """A store to be asked. `version` tells what it holds apart: for a build, the digest of the files that it is from.

    `held` keeps its files from being removed as long as it is open. `engine` is for other views of the same store, such
    as rdflib's.
    """

    def __init__(self, engine: ox.Store, version: str, held: Hold | None = None) -> None:
        self.engine = engine
        self._held = held
        self.version = version

    def query(  # noqa: PLR0913  # one parameter a part of the request
        self,
        text: str,
        substitutions: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
        union: bool = False,
    ) -> Answer:
        """Run a SPARQL 1.1 query that declares its own prefixes.

        `substitutions` gives values to variables; a SELECT must have each of them among its columns. `default_graphs`
        and `named_graphs` are IRIs: where any is given, they are the whole dataset, in place of the store's own. `base`
        is the absolute IRI that relative ones are resolved against where the text has no BASE; without it they are
        refused. With `union`, all graphs of the store together are its default graph, also in place of the text's own
        FROM. Raises QuerySyntaxError, or UsageError for a value or an IRI that cannot be used.
        """
        try:
            values: dict[ox.Variable, Any] = {
                ox.Variable(name): to_node(term) for name, term in (substitutions or {}).items()
            }
            default, named = ([ox.NamedNode(iri) for iri in iris] for iris in (default_graphs, named_graphs))
        except ValueError as error:
            raise UsageError(f"a value given to the query cannot be used: {error}") from error
        own = not (default or named)
        try:
            result = self.engine.query(
                text,
                base_iri=base,
                use_default_graph_as_union=union and own,
                substitutions=values,
                default_graph=None if own else list(default),
                named_graphs=None if own else list(named),
            )
        except SyntaxError as error:
            raise explain(str(error), text) from None
        except ENGINE_ERRORS as error:
            raise evaluation_error(error) from error
        return Answer(result)


def open_store(directory: Path) -> Store:
    """The current build of the store in a folder, read-only; it stays the same however often the folder is built anew.

    Raises StoreError where there is none or it cannot be read.
    """
    for attempt in range(1, _OPENING_TRIES + 1):
        found = snapshot.current(directory)
        try:
            held = snapshot.hold(found)
            return Store(ox.Store.read_only(str(found.data)), found.version, held)
        except (OSError, RuntimeError) as error:
            # Builds since the pointer was read may have removed what it pointed to: read it again.
            if attempt == _OPENING_TRIES or snapshot.current(directory) == found:
                raise snapshot.unreadable(directory, error) from error
    raise AssertionError("the last try returns or raises")
