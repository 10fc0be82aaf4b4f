"""An answer on its way from a worker: the query sent, its pieces as they come, and why there is none."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from powkg.errors import (
    ClientGoneError,
    EngineBusyError,
    EngineCrashError,
    PowkgError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryTooComplexError,
    StoreError,
)
from powkg.workers.frames import CHUNK, HALF_CLOSED, Kind, has_left
from powkg.workers.pool import Pool
from powkg.workers.reports import revive
from powkg.workers.worker_process import Death, WorkerProcess


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

    def __init__(
        self, pool: Pool, request: bytes, limits: Limits, *, heavy: bool = False, beginning: bool = False
    ) -> None:
        """`heavy` says that the query is known to take long, `beginning` that only the first piece was asked for."""
        self._beginning = beginning
        self._pool = pool
        self._limits = limits
        self._reason = "left"
        self._asked = time.monotonic()
        self.whole: bytes | None = None
        self._worker: WorkerProcess | None = borrow(pool, heavy=heavy)
        try:
            try:
                self._begin(self._worker, request)
            except _EvictedError:
                self.close()  # others wait, and this one is heavy: it waits for a place among those, and begins anew
                self._worker = borrow(pool, heavy=True)
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
        client, waited = self._limits.client, time.monotonic() - self._asked
        if client is not None and has_left(client, surely=waited < HALF_CLOSED):
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
        last = len(self._first) < CHUNK
        if kind is Kind.DATA and (last or self._beginning):  # only the end is to come
            kind, _ = self._receive(worker)
        if kind is Kind.END and last:
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
            return EngineBusyError(STOPPING)
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


def borrow(pool: Pool, *, wait: bool = True, heavy: bool = False) -> WorkerProcess:
    """A worker of the pool. One that is ended while it opens the store, since all are, says nothing of the store."""
    try:
        return pool.borrow(wait=wait, heavy=heavy)
    except StoreError:
        if pool.closed:
            raise EngineBusyError(STOPPING) from None
        raise


STOPPING = "the server is being stopped; try again in a few seconds"

_CRASHES = {
    Death.SORTING: "the query sorts values of several types, which the engine fails at: try ORDER BY STR(?x)",
    Death.KILLED: "the process that ran the query was ended from outside; try again",
    Death.OTHER: "the query ended the process that ran it, by a fault of the engine",
}


class _EvictedError(PowkgError):
    """The worker was taken from the query before its answer began."""
