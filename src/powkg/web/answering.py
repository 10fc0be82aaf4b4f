"""Answers of the engine, kept for those who ask the same of the same data again.

An answer is kept under the version of the data that its own worker had open, and looked for under the version that the
engine answers from now. So what was asked before a change and answered after it is found by nobody.
"""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib import metadata
from typing import Any, Self

from powkg.engine import Engine, Stream
from powkg.terms import Term
from powkg.web.caching import Cache, Entry
from powkg.workers.sparql_json import encode_term

COLLECTED = 4
"""How many long answers are collected at once while they are sent; each takes as much memory as an entry at most."""

SOFTWARE = [metadata.version(name) for name in ("powkg", "pyoxigraph")]
"""What answers: another version of it may give another answer to the same."""

_VARYING = re.compile(r"(?:now|rand|uuid|bnode)(?:[ \t\r\n]|#[^\r\n]*+)*+\(|\\u", re.IGNORECASE | re.ASCII)


_Collect = Callable[[Iterator[bytes]], Iterator[bytes]]


class UnchangedError(Exception):
    """Whoever asks has the answer already; `tag` says which it is."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


class Answer:
    """An answer on its way or a kept one, used like `powkg.engine.Stream`.

    `tag` tells it from every other answer that differs in more than order; None where asking again may give another.
    """

    def __init__(self, kind: str, media_type: str, tag: str | None, *, whole: bytes | None) -> None:
        self.kind = kind
        self.format = media_type
        self.tag = tag
        self.whole = whole

    def __iter__(self) -> Iterator[bytes]:
        if self.whole:
            yield self.whole

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing: the answer is here."""


class _Passing(Answer):
    """An answer that is passed on from its stream, through what collects it where that is given."""

    def __init__(self, stream: Stream, tag: str | None, collect: _Collect | None = None) -> None:
        super().__init__(stream.kind, stream.format, tag, whole=None)
        self._stream = stream
        self._collect = collect

    def __iter__(self) -> Iterator[bytes]:
        pieces = iter(self._stream)
        return pieces if self._collect is None else self._collect(pieces)

    def close(self) -> None:
        self._stream.close()


class Answers:
    """What an engine answers, through a cache. Safe to use from many threads."""

    def __init__(self, engine: Engine, cache: Cache, *, union: bool = False) -> None:
        """`union` where the engine takes all graphs together as the default graph of a query."""
        self._engine = engine
        self._cache = cache
        self._served = [*SOFTWARE, union]
        self._version = ""
        self._collecting = threading.BoundedSemaphore(COLLECTED)

    def open(  # noqa: PLR0913  # as the engine's own
        self,
        text: str,
        formats: Mapping[str, str | None],
        *,
        substitutions: Mapping[str, Term] | None = None,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
        timeout: float | None = None,
        client: socket.socket | None = None,
        known: Callable[[str], bool] | None = None,
        beginning: bool = False,
    ) -> Answer:
        """The answer to a query; the parameters are those of `Engine.open`, and it raises what that does.

        A kept answer is there whatever the `timeout`. `known` tells of a tag whether the client has what it stands for:
        then UnchangedError is raised, and nothing is run.
        """
        key = None
        if not varies(text):
            terms = {name: encode_term(term) for name, term in sorted((substitutions or {}).items())}
            key = _key([self._served, text, sorted(formats.items()), terms, [*default_graphs], [*named_graphs], base])
            version = self._current()
            if known is not None and known(_tag(version, key)):
                raise UnchangedError(_tag(version, key))
            kept = self._cache.get(version, key)
            if kept is not None:
                return Answer(kept.kind, kept.format, _tag(version, key), whole=kept.content)
        stream = self._engine.open(
            text,
            formats,
            substitutions=substitutions,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            base=base,
            timeout=timeout,
            client=client,
            beginning=beginning,
        )
        return self._answer(stream, key, beginning=beginning)

    def _answer(self, stream: Stream, key: str | None, *, beginning: bool) -> Answer:
        tag = None if key is None else _tag(stream.version, key)
        if stream.whole is not None:
            if key is not None:
                self._keep(stream, key, stream.whole)
            return Answer(stream.kind, stream.format, tag, whole=stream.whole)
        if key is None or beginning:
            return _Passing(stream, tag)
        return _Passing(stream, tag, lambda pieces: self._collected(stream, key, pieces))

    def _collected(self, stream: Stream, key: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces; when the last has gone, they are kept. Nothing is, where the answer breaks off or is too long."""
        if not self._collecting.acquire(blocking=False):
            yield from pieces
            return
        collected: list[bytes] | None = []
        try:
            size = 0
            for piece in pieces:
                size += len(piece)
                if collected is not None and size <= self._cache.largest:
                    collected.append(piece)
                else:
                    collected = None
                yield piece
            if collected is not None:
                self._keep(stream, key, b"".join(collected))
        finally:
            self._collecting.release()

    def _keep(self, stream: Stream, key: str, content: bytes) -> None:
        self._cache.put(stream.version, key, Entry(stream.kind, stream.format, content))

    def _current(self) -> str:
        """The version that queries are answered from; what is kept of others is dropped."""
        version = self._engine.last_version()
        if version != self._version:
            self._version = version
            self._cache.keep_only(version)
        return version


def varies(text: str) -> bool:
    """Whether asking again may give another answer: the time, chance and new names are in no data.

    The letters count wherever they stand, in a string too, and so does every escaped character, which may be a letter.
    """
    return _VARYING.search(text) is not None


def _key(asked: list[Any]) -> str:
    return sha256(json.dumps(asked).encode()).hexdigest()


def _tag(version: str, key: str) -> str:
    return sha256(f"{version} {key}".encode()).hexdigest()[:32]
