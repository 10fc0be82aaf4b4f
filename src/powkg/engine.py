"""Where queries run that people send: in worker processes over the store.

No query runs in the process that a person waits for, and that process never loads the query engine. A thread borrows
a worker, sends it the query, streams the answer's pieces as they come and gives the worker back. A query past its time
is ended by killing its worker; so is one whose client has gone. A worker that dies takes its own query with it and is
replaced.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from powkg import guard
from powkg.errors import (
    ClientGoneError,
    EngineBusyError,
    EngineCrashError,
    PowkgError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryTooComplexError,
)
from powkg.terms import Row, Term
from powkg.workers.frames import CHUNK, Kind, encode_json, has_left
from powkg.workers.pool import Pool
from powkg.workers.reports import revive
from powkg.workers.sparql_json import MEDIA_TYPE, Rows, decode_boolean, encode_term
from powkg.workers.worker_process import Death, WorkerProcess
from powkg.workers.zygote import Zygote


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


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may take: seconds, and MiB of memory; None for no limit. And the `client` who waits for it.

    That is the connection which the answer goes to. When the client closes it, the query is ended.
    """

    timeout: float | None
    memory: int | None
    client: socket.socket | None = None


class Stream:
    """An answer on its way: its `kind` ("select", "ask", "graph"), its `format` (a media type), its bytes as they come.

    `version` is that of the data which it is made from.

    It exists when the first piece has come, so an error before that was raised instead. `whole` is the answer where it
    came in one piece, else None. Iterate once. Close in any case: that ends a query whose answer was not read up.
    """

    def __init__(self, pool: Pool, request: bytes, limits: Limits) -> None:
        self._pool = pool
        self._limits = limits
        self._reason = "left"
        self.whole: bytes | None = None
        self._worker: WorkerProcess | None = pool.borrow()
        try:
            try:
                self._begin(self._worker, request)
            except _EvictedError:
                self.close()  # others wait, and this one is heavy: it waits for a place among those, and begins anew
                self._worker = pool.borrow(heavy=True)
                self._begin(self._worker, request)
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        """The pieces. Raises QueryTimeoutError, EngineCrashError or what went wrong where the answer breaks off."""
        yield self._first
        while self._worker is not None:
            kind, piece = self._receive(self._worker)
            if kind is Kind.DATA:
                yield piece

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the query if it still runs."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._pool.replace(worker, self._reason)

    def _begin(self, worker: WorkerProcess, request: bytes) -> None:
        if self._limits.client is not None and has_left(self._limits.client):
            self._give_back(worker)
            raise ClientGoneError
        timeout = self._limits.timeout
        self._deadline = None if timeout is None else time.monotonic() + timeout
        self.version = worker.ready()
        self._send(worker, request)
        _, payload = self._receive(worker)
        head = json.loads(payload)
        self.kind: str = head["kind"]
        self.format: str = head["format"]
        kind, self._first = self._receive(worker)
        worker.begun = True
        if kind is Kind.DATA and len(self._first) < CHUNK:  # the last piece: only the end is to come
            kind, _ = self._receive(worker)
        if kind is Kind.END:
            self.whole = self._first

    def _send(self, worker: WorkerProcess, request: bytes) -> None:
        try:
            worker.channel.send(request, self._deadline)
        except TimeoutError:
            raise self._too_slow() from None
        except OSError:
            raise self._died(worker) from None

    def _receive(self, worker: WorkerProcess) -> tuple[Kind, bytes]:
        """The next frame. After the last one of an answer, an error's too, the worker is given back."""
        try:
            kind, payload = worker.channel.receive(self._deadline, self._limits.client)
        except TimeoutError:
            raise self._too_slow() from None
        except EOFError:
            raise self._died(worker) from None
        if kind in (Kind.END, Kind.ERROR):
            self._give_back(worker)
        if kind is Kind.ERROR:
            raise revive(json.loads(payload))
        return kind, payload

    def _give_back(self, worker: WorkerProcess) -> None:
        self._worker = None
        self._pool.give_back(worker)

    def _too_slow(self) -> QueryTimeoutError:
        self._reason = "deadline"
        return QueryTimeoutError(f"the query was ended after {self._limits.timeout:g} s, the time that it was given")

    def _died(self, worker: WorkerProcess) -> PowkgError:
        """Why the worker has ended, and with it the query."""
        if self._pool.closed:
            return EngineBusyError("the server is being stopped; try again in a few seconds")
        if worker.evicted and not (worker.begun or worker.heavy):
            return _EvictedError()
        if worker.evicted:
            return EngineBusyError("the query was ended, since others wait; try again in a few seconds")
        death = worker.kill() or Death.OTHER
        self._reason = {Death.MEMORY: "memory", Death.STACK: "complex"}.get(death, "crash")
        if death is Death.MEMORY:
            return QueryMemoryError(f"the query was ended because it needs {self._too_much()} memory")
        if death is Death.STACK:
            return QueryTooComplexError("the query is too complex: the engine overflowed its stack")
        return EngineCrashError(_CRASHES[death])

    def _too_much(self) -> str:
        return "too much" if self._limits.memory is None else f"more than {self._limits.memory:,} MiB of"


_CRASHES = {
    Death.SORTING: "the query sorts values of several types, which the engine fails at: try ORDER BY STR(?x)",
    Death.KILLED: "the process that ran the query was ended from outside; try again",
    Death.OTHER: "the query ended the process that ran it, by a fault of the engine",
}


class _EvictedError(PowkgError):
    """The worker was taken from the query before its answer began."""


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
        worker = self.pool.borrow(wait=wait)
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
    ) -> Stream:
        """Run a query; return its answer when its first piece has come.

        `formats` gives the media type for each kind of answer; NotAcceptableError where it gives none for this one.
        `default_graphs` and `named_graphs` are IRIs: the dataset of the SPARQL protocol, in place of the query's own.
        `base` is the absolute IRI that the text's relative IRIs are resolved against. `union` is for this query what it
        is for the engine, and so is `timeout` (seconds). `client` is the connection that the answer goes to: the query
        is ended when that is closed.
        Raises QuerySyntaxError, QueryRefusedError, QueryTooComplexError, QueryTimeoutError, QueryMemoryError,
        EngineCrashError, EngineBusyError, StoreError, ClientGoneError.
        """
        guard.refuse(text)
        request = encode_json(
            Kind.REQUEST,
            {
                "text": text,
                "formats": dict(formats),
                "substitutions": {name: encode_term(term) for name, term in (substitutions or {}).items()},
                "default_graphs": list(default_graphs),
                "named_graphs": list(named_graphs),
                "base": base,
                "union": self._union if union is None else union,
            },
        )
        return Stream(self.pool, request, Limits(timeout or self._timeout, self._memory, client))

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
