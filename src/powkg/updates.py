"""Where a store of one's own is changed: updates and whole graphs in, acknowledged versions out.

No update runs in the process that a person waits for, and that process never loads the engine: one writer process owns
the store. What several threads ask for at a time is applied in one go, each in a transaction of its own, and
acknowledged when it is on the disk and every query that starts from then on sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of RDF as it was sent: its media type and its bytes."""

    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a graph: whether it is new, and the version of the store that has it so."""

    created: bool
    version: str


class Writer:
    """Changes to the store in a folder, made by one process. Safe to use from many threads.

    Each method returns when the change is acknowledged: it is durable, whole, and seen by every query that starts from
    then on. Each raises, with nothing changed: QuerySyntaxError and UsageError for what was sent, QueryRefusedError for
    what is not done here, QueryTimeoutError for a change that took longer than allowed, EngineBusyError where too many
    wait, EngineCrashError where the change ended the process (too much memory), StoreError where the store cannot be
    written (the disk is full).
    """

    def update(self, text: str, *, base: str | None = None) -> str:
        """Run a SPARQL 1.1 update, all of its operations or none; the version of the store after it.

        `base` is the absolute IRI that the text's relative ones are resolved against where it has no BASE.
        """
        raise NotImplementedError

    def put(self, graph: str | None, parts: Sequence[Part], *, base: str | None = None) -> Change:
        """Make a graph (None is the default one) of the parts, in place of what it held.

        The parts hold triples and no named graphs. UsageError where one does not, with line and column.
        """
        raise NotImplementedError

    def post(self, graph: str | None, parts: Sequence[Part], *, base: str | None = None) -> Change:
        """Add the parts to a graph; it is made where there is none."""
        raise NotImplementedError

    def delete(self, graph: str | None) -> Change:
        """Remove a graph; the default one is emptied. Raises GraphNotFoundError where there is none."""
        raise NotImplementedError

    def close(self) -> None:
        """End the writer process; what was not acknowledged is not done."""
        raise NotImplementedError
