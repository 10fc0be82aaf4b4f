"""Where queries run that people send: in worker processes over the store.

No query runs in the process that a person waits for, and that process never loads the query engine. A thread borrows
a worker, sends it the query, streams the answer's pieces as they come and gives the worker back. A query past its time
is ended by killing its worker; so is one whose client has gone. A worker that dies takes its own query with it and is
replaced.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from powkg import guard
from powkg.terms import Row, Term
from powkg.workers.frames import Kind, encode_json
from powkg.workers.pool import Pool
from powkg.workers.sparql_json import MEDIA_TYPE, Rows, decode_boolean, encode_term
from powkg.workers.stream import Limits, Stream, borrow
from powkg.workers.zygote import Zygote

__all__ = ["Answer", "Engine", "Stream", "default_size"]


def default_size() -> int:
    """How many workers: one a processor, 2 to 4, for heavy queries, and two more for each of those for all others."""
    return 3 * min(4, max(2, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: `kind` is "select" (iterate for the rows) or "ask" (see `boolean`)."""

    kind: str
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)


class Engine:
    """Queries over the store in a folder, run by worker processes. Safe to use from many threads."""

    def __init__(  # noqa: PLR0913  # one parameter a setting
        self,
        store: Path,
        timeout: float | None,
        size: int | None = None,
        waiting: int = 64,
        *,
        memory: int | None = None,
        union: bool = False,
        module: str = "powkg.workers.worker",
    ) -> None:
        """`timeout` is in seconds for each query, None for no limit; `size` workers; at most `waiting` callers wait.

        `memory` is the most that a worker may take, in MiB, None for no limit. With `union` a query's default graph is
        all graphs together, unless the protocol gives it another; that is in place of the query's own FROM too.
        `module` is the Python module that a worker runs.
        """
        self._timeout = timeout
        self._memory = memory
        self._union = union
        arguments = [str(store)] if memory is None else [str(store), str(memory)]
        self.pool = Pool(Zygote(module, arguments), size or default_size(), waiting)

    def version(self, *, wait: bool = True) -> str:
        """The version of the data in the store, asked of a worker; unless told not to, it waits for one to be free.

        Raises StoreError where the store cannot be opened, EngineBusyError.
        """
        worker = borrow(self.pool, wait=wait)
        try:
            return worker.ready()
        finally:
            self.pool.give_back(worker)

    def last_version(self) -> str:
        """The version that queries were last answered from; asked of a worker only where none was yet."""
        return self.pool.version or self.version()

    def open(  # noqa: PLR0913  # one parameter a part of the request
        self,
        text: str,
        formats: Mapping[str, str | None],
        *,
        substitutions: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
        union: bool | None = None,
        timeout: float | None = None,
        client: socket.socket | None = None,
        beginning: bool = False,
    ) -> Stream:
        """Run a query; return its answer when its first piece has come.

        `formats` gives the media type for each kind of answer; NotAcceptableError where it gives none for this one.
        `default_graphs` and `named_graphs` are IRIs: the dataset of the SPARQL protocol, in place of the query's own.
        `base` is the absolute IRI that the text's relative IRIs are resolved against. `union` is for this query what it
        is for the engine, and so is `timeout` (seconds). `client` is the connection that the answer goes to: the query
        is ended when that is closed. With `beginning` only the first piece of the answer comes: what it begins with, or
        all of it as `whole` where there is no more.
        Raises QuerySyntaxError, QueryRefusedError, QueryTooComplexError, QueryTimeoutError, QueryMemoryError,
        EngineCrashError, EngineBusyError, StoreError, ClientGoneError.
        """
        guarded = not guard.SHORT < len(text) <= guard.MAX_LENGTH  # a long one would keep every other thread waiting
        if guarded:
            guard.refuse(text)
        request = encode_json(
            Kind.REQUEST,
            {
                "text": text,
                "guarded": guarded,
                "beginning": beginning,
                "formats": dict(formats),
                "substitutions": {name: encode_term(term) for name, term in (substitutions or {}).items()},
                "default_graphs": list(default_graphs),
                "named_graphs": list(named_graphs),
                "base": base,
                "union": self._union if union is None else union,
            },
        )
        limits = Limits(timeout or self._timeout, self._memory, client)
        return Stream(self.pool, request, limits, heavy=len(text) > guard.LONG, beginning=beginning)

    def query(self, text: str, substitutions: Mapping[str, Term] | None = None) -> Answer:
        """Run a SELECT or ASK query and return the whole answer."""
        with self.open(text, {"select": MEDIA_TYPE, "ask": MEDIA_TYPE}, substitutions=substitutions) as stream:
            if stream.kind == "ask":
                return Answer("ask", boolean=decode_boolean(stream))
            rows = Rows(stream)
            return Answer("select", rows.variables, tuple(rows))

    def close(self) -> None:
        """End every worker."""
        self.pool.close()
