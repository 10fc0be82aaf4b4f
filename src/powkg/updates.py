"""Where a store of one's own is changed: updates and whole graphs in, acknowledged versions out.

No update runs in the process that a person waits for, and that process never loads the engine: one writer process owns
the store. What several threads ask for at a time is applied in one go, each in a transaction of its own, and written
out as one new snapshot. A change is acknowledged when that is on the disk and every query that starts from then on sees
it. One that takes too long, or too much memory, ends the writer; another begins from the last snapshot, so that nothing
of it remains, and applies what the others asked for again.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from powkg import guard
from powkg.errors import EngineBusyError, EngineCrashError, PowkgError, QueryMemoryError, QueryTimeoutError, StoreError
from powkg.workers.frames import Kind, encode, encode_json
from powkg.workers.writer_process import ENDED, WriterProcess

MOST_BYTES = 256 * 1024 * 1024
"""How long all changes that wait may be together, in bytes."""

AT_ONCE = 64
"""The most changes that are written out as one snapshot."""

GATHERING = 0.005
"""How long to wait for as many changes as were made at once before, in seconds."""


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


@dataclass(slots=True, eq=False)
class _Request:
    """A change on its way: the frames that ask for it (none for no change), and, once done, what came of it."""

    frames: bytes
    created: bool = False
    version: str = ""
    error: PowkgError | None = None
    tried: bool = False
    done: threading.Event = field(default_factory=threading.Event)

    def succeed(self, version: str) -> None:
        self.version = version
        self.done.set()

    def fail(self, error: PowkgError) -> None:
        self.error = error
        self.done.set()


class Writer:
    """Changes to the store in a folder, made by one process. Safe to use from many threads.

    Each method returns when the change is acknowledged: it is durable, whole, and seen by every query that starts from
    then on. Each raises, with nothing changed: QuerySyntaxError and UsageError for what was sent, QueryRefusedError for
    what is not done here, QueryTimeoutError for a change that took longer than allowed, EngineBusyError where too many
    wait, EngineCrashError where the change ended the process (too much memory), StoreError where the store cannot be
    written (the disk is full), PowkgError where an update cannot be run.
    """

    def __init__(
        self,
        store: Path,
        published: Callable[[str], None],
        timeout: float,
        *,
        memory: int,
        module: str = "powkg.workers.writer",
    ) -> None:
        """`published` is told each new version before it is acknowledged, and sees to it that readers have it.

        The process is started now, and the first version is that which it finds.
        `timeout` is in seconds for each change once it is begun, and for the wait until then; `memory` is the most that
        the process may take, in MiB. `module` is the Python module that it runs.
        """
        self._process = WriterProcess(store, timeout, memory, module)
        self._published = published
        self._timeout = timeout
        self._changed = threading.Condition()
        self._queue = deque([_Request(b"")])  # for nobody: the process is there when the first change comes
        self._told = ""
        self._closed = self._retired = False
        self._crowd = 0
        self._thread = threading.Thread(target=self._run, name="powkg-writer", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The number of the process that changes the store; None while there is none."""
        return self._process.pid

    def ready(self) -> str:
        """The version of the store, once the process can change it. Raises StoreError where it cannot."""
        return self._submit(_Request(b"")).version

    def update(self, text: str, *, base: str | None = None) -> str:
        """Run a SPARQL 1.1 update, all of its operations or none; the version of the store after it.

        `base` is the absolute IRI that the text's relative ones are resolved against where it has no BASE.
        """
        guard.refuse(text)
        return self._change("update", None, base=base, text=text).version

    def put(self, graph: str | None, parts: Sequence[Part], *, base: str | None = None) -> Change:
        """Make a graph (None is the default one) of the parts, in place of what it held.

        The parts hold triples and no named graphs. UsageError where one does not, with line and column.
        """
        return self._change("put", graph, base=base, parts=parts)

    def post(self, graph: str | None, parts: Sequence[Part], *, base: str | None = None) -> Change:
        """Add the parts to a graph; it is made where there is none."""
        return self._change("post", graph, base=base, parts=parts)

    def delete(self, graph: str | None) -> Change:
        """Remove a graph; the default one is emptied. Raises GraphNotFoundError where there is none."""
        return self._change("delete", graph, base=None)

    def retire(self) -> None:
        """Begin no other change, make those that wait, and then let go of the store, for the next who writes to it."""
        with self._changed:
            self._retired = True
            self._changed.notify_all()
        self._thread.join()
        self._process.close()

    def close(self) -> None:
        """End the writer process; what was not acknowledged is not done."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._process.stop()
        self._thread.join()
        self._process.close()

    def _change(
        self, operation: str, graph: str | None, *, base: str | None, text: str = "", parts: Sequence[Part] = ()
    ) -> Change:
        content = {
            "operation": operation,
            "graph": graph,
            "base": base,
            "text": text,
            "media_types": [part.media_type for part in parts],
        }
        frames = encode_json(Kind.REQUEST, content) + b"".join(encode(Kind.DATA, part.content) for part in parts)
        request = self._submit(_Request(frames))
        return Change(request.created, request.version)

    def _submit(self, request: _Request) -> _Request:
        """Wait until a request is done. Raises what came of it, or EngineBusyError where it was not begun."""
        with self._changed:
            if self._closed or self._retired:
                raise EngineBusyError("the server is being stopped; nothing was changed: try again in a few seconds")
            size = sum(len(other.frames) for other in self._queue)
            if size > MOST_BYTES:
                raise EngineBusyError("too many changes are waiting; try again in a few seconds")
            self._queue.append(request)
            self._changed.notify_all()
        if not request.done.wait(self._timeout):
            with self._changed:
                if request in self._queue:
                    self._queue.remove(request)
                    raise EngineBusyError("the changes before this one take long, and it was not begun; try again")
            request.done.wait()
        if request.error is not None:
            raise request.error
        return request

    def _run(self) -> None:
        """Make the changes that are asked for, until the writer is closed or retires."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue or self._closed or self._retired)
                if self._crowd > 1:  # who was just answered may ask again at once: one commit for all of them
                    self._changed.wait_for(lambda: len(self._queue) >= self._crowd or self._closed, GATHERING)
                batch = [self._queue.popleft() for _ in range(min(AT_ONCE, len(self._queue)))]
                if self._closed:
                    batch += self._queue
                    self._queue.clear()
            self._crowd = len(batch)
            if not batch and (self._closed or self._retired):
                return
            while batch:
                batch = self._make(batch)

    def _make(self, batch: list[_Request]) -> list[_Request]:
        """Apply and keep; those that are to be tried again, because another one of them ended the process."""
        try:
            version = self._process.open()
        except PowkgError as error:
            return _fail(batch, error)
        self._publish(version)
        made: list[_Request] = []
        refused: dict[_Request, PowkgError] = {}  # told once the changes before them are kept
        for number, request in enumerate(batch):
            try:
                request.created = bool(request.frames) and self._process.apply(request.frames)
                made.append(request)
            except ENDED as error:
                return _after(error, request, [*made, *refused, *batch[number + 1 :]])
            except PowkgError as error:
                if _any_change(made):
                    refused[request] = error
                else:
                    request.fail(error)
        return self._keep(made, refused, version)

    def _keep(self, made: list[_Request], refused: dict[_Request, PowkgError], version: str) -> list[_Request]:
        """Commit what was made and tell everybody; those that are to be tried again, where the process ended at it."""
        if _any_change(made):
            try:
                version = self._process.commit()
            except EngineCrashError as error:
                return _again([*made, *refused], error)
            except PowkgError as error:
                return _fail([*made, *refused], error)
            self._publish(version)
        for request in made:
            request.succeed(version)
        for request, reason in refused.items():
            request.fail(reason)
        return []

    def _publish(self, version: str) -> None:
        """Tell readers of a version that is new to them: made here, or before the process had the store."""
        if version != self._told:
            self._told = version
            self._published(version)


def _any_change(requests: Sequence[_Request]) -> bool:
    return any(request.frames for request in requests)


def _after(error: PowkgError, culprit: _Request, others: list[_Request]) -> list[_Request]:
    """Those that are to be tried again after one ended the process by an error, so that nothing of any was kept."""
    if isinstance(error, StoreError):
        return _fail([culprit, *others], error)
    if isinstance(error, (QueryTimeoutError, QueryMemoryError)):
        culprit.fail(error)
        return others
    return [*_again([culprit], error), *others]


def _again(requests: Sequence[_Request], error: PowkgError) -> list[_Request]:
    """Those that may be tried once more: the process may have been ended from outside. The others have failed."""
    _fail([request for request in requests if request.tried], error)
    again = [request for request in requests if not request.tried]
    for request in again:
        request.tried = True
    return again


def _fail(requests: Sequence[_Request], error: PowkgError) -> list[_Request]:
    for request in requests:
        request.fail(error)
    return []
