"""A store that is changed: updates and whole graphs. One process at a time has it open.

A change that the engine refuses for what it says has changed nothing. After any other error (OSError: the disk is full)
what is in the store is undefined: it is to be thrown away, and made again from the last snapshot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from powkg.errors import GraphConflictError, GraphNotFoundError, UsageError
from powkg.store.answers import evaluation_error
from powkg.store.loading import GRAPH_FORMATS
from powkg.syntax import explain

BULK = 20_000
"""From how many triples on a graph goes to the disk beside the log of transactions: many are faster so."""

_OF_GRAPHS = re.compile("The graph .* (already exists|does not exist)")
"""What the engine says of a graph that an update creates or drops."""

Part = tuple[str, bytes]
"""A media type, and RDF in it."""


class WritableStore:
    """The engine's files in a folder, opened to be changed."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError where they cannot be opened."""
        self._engine = ox.Store(str(folder))

    def update(self, text: str, base: str | None) -> None:
        """Run a SPARQL 1.1 update, all of it or nothing. Raises QuerySyntaxError, UsageError, PowkgError or OSError."""
        try:
            self._engine.update(text, base_iri=base)
        except SyntaxError as error:
            raise explain(str(error), text, update=True) from None
        except ValueError as error:
            raise UsageError(f"the update cannot be run: {error}") from error
        except RuntimeError as error:  # it is undone
            if _OF_GRAPHS.search(str(error)):
                raise GraphConflictError(f"nothing was changed: {error}") from None
            raise evaluation_error(error) from error

    def put(self, graph: str | None, parts: Sequence[Part], base: str | None) -> bool:
        """Make a graph of the parts, None the default one; whether it is new. Raises UsageError, OSError."""
        name = _name(graph)
        quads = list(_quads(name, parts, base))
        created = not self._has(name)
        self._engine.remove_graph(name)
        self._add(name, quads)
        return created

    def post(self, graph: str | None, parts: Sequence[Part], base: str | None) -> bool:
        """Add the parts to a graph; whether it is new. Raises UsageError, OSError."""
        name = _name(graph)
        quads = list(_quads(name, parts, base))
        created = not self._has(name)
        self._add(name, quads)
        return created

    def delete(self, graph: str | None) -> None:
        """Remove a graph; empty the default one. Raises GraphNotFoundError, OSError."""
        name = _name(graph)
        if graph is not None and not self._has(name):
            raise GraphNotFoundError(graph)
        self._engine.remove_graph(name)

    def snapshot(self, folder: Path) -> None:
        """Write the store as it is now into a new folder, for readers. Raises OSError."""
        self._engine.backup(str(folder))

    def _has(self, name: ox.NamedNode | ox.DefaultGraph) -> bool:
        return isinstance(name, ox.DefaultGraph) or self._engine.contains_named_graph(name)

    def _add(self, name: ox.NamedNode | ox.DefaultGraph, quads: list[ox.Quad]) -> None:
        if isinstance(name, ox.NamedNode):
            self._engine.add_graph(name)
        if len(quads) < BULK:
            self._engine.extend(quads)
        else:
            self._engine.bulk_extend(quads)


def _name(graph: str | None) -> ox.NamedNode | ox.DefaultGraph:
    if graph is None:
        return ox.DefaultGraph()
    try:
        return ox.NamedNode(graph)
    except ValueError as error:
        raise UsageError(f"{graph!r} is not an IRI: {error}") from None


def _quads(name: ox.NamedNode | ox.DefaultGraph, parts: Sequence[Part], base: str | None) -> Iterator[ox.Quad]:
    """The triples of the parts, in the graph. No blank node of one is one of another, or of the store."""
    for number, (media_type, content) in enumerate(parts, 1):
        place = f"part {number} of the graph" if len(parts) > 1 else "the graph"
        form = ox.RdfFormat.from_media_type(media_type)
        if form not in GRAPH_FORMATS:
            raise UsageError(f"{place} is {media_type}, which is no format for a graph")
        try:
            for quad in ox.parse(content, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, name)
        except SyntaxError as error:
            raise UsageError(f"{place} is not {form.name}: {error.msg}") from None
        except ValueError as error:
            raise UsageError(f"{place} cannot be read: {error}") from None
