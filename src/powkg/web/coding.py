"""Content coding: answers compressed as the client asks (RFC 9110, 8.4 and 12.5.3), streams piece by piece.

Nothing here is secret, so that an answer's length can give nothing away (BREACH).
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

import brotli
import zstandard
from flask import Flask, Response, request
from werkzeug.datastructures import Accept

from powkg.web import problems
from powkg.web.caching import Cache, Entry

LEAST = 1000
"""The shortest body that is coded, in bytes: a shorter one fits into one packet as it is."""

_TEXTS = frozenset(
    {
        "application/json",
        "application/n-quads",
        "application/n-triples",
        "application/sparql-query",
        "application/trig",
        "application/xml",
    }
)
_TAG_OF_CODED = re.compile(r'--(zstd|br|gzip)(?=")')


class Coder(Protocol):
    """Codes a stream: `code` returns all that can be told of a piece, `finish` the end."""

    def code(self, piece: bytes) -> bytes: ...

    def finish(self) -> bytes: ...


class Zstd:
    """Zstandard (RFC 8878)."""

    def __init__(self) -> None:
        self._coder = zstandard.ZstdCompressor(level=3).compressobj()

    def code(self, piece: bytes) -> bytes:
        return self._coder.compress(piece) + self._coder.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)

    def finish(self) -> bytes:
        return self._coder.flush(zstandard.COMPRESSOBJ_FLUSH_FINISH)


class Brotli:
    """Brotli (RFC 7932)."""

    def __init__(self) -> None:
        self._coder = brotli.Compressor(mode=brotli.MODE_TEXT, quality=5)

    def code(self, piece: bytes) -> bytes:
        return bytes(self._coder.process(piece) + self._coder.flush())

    def finish(self) -> bytes:
        return bytes(self._coder.finish())


class Gzip:
    """Gzip (RFC 1952)."""

    def __init__(self) -> None:
        self._coder = zlib.compressobj(6, wbits=16 + zlib.MAX_WBITS)

    def code(self, piece: bytes) -> bytes:
        return self._coder.compress(piece) + self._coder.flush(zlib.Z_SYNC_FLUSH)

    def finish(self) -> bytes:
        return self._coder.flush()


CODINGS: dict[str, Callable[[], Coder]] = {"zstd": Zstd, "br": Brotli, "gzip": Gzip}
"""The codings of streams in order of preference, where the client has none."""

WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda content: zstandard.compress(content, level=7),
    "br": lambda content: bytes(brotli.compress(content, mode=brotli.MODE_TEXT, quality=5)),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}
"""The codings of what is there as a whole. None is slower than gzip; each is read with a window that browsers have."""

IDENTITY = "identity"
KNOWN = ", ".join((*CODINGS, IDENTITY))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The coding that a client likes best, and whether it takes an answer without one."""

    coding: str
    identity: bool


def choose(accepted: Accept) -> Wanted:
    """What the Accept-Encoding header asks for. A star stands for gzip alone, which everything can decode."""
    named = {name.lower(): quality for name, quality in accepted}
    star = named.get("*", 0)
    qualities = {coding: named.get(coding, 0) for coding in CODINGS}
    qualities["gzip"] = named.get("gzip", named.get("x-gzip", star))
    best = max(qualities, key=lambda coding: qualities[coding])
    identity = named.get(IDENTITY, None if "*" not in named else star)
    if qualities[best] <= 0 or qualities[best] < (named.get(IDENTITY) or 0):
        best = IDENTITY
    return Wanted(best, identity is None or identity > 0)


class Coded:
    """The pieces (bytes) of a stream, coded. Each is sent on as soon as it is there."""

    def __init__(self, pieces: Iterable[Any], coder: Coder) -> None:
        self._pieces = pieces
        self._coder = coder

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            if coded := self._coder.code(piece):
                yield coded
        yield self._coder.finish()  # not where the stream broke off: the end must be missing

    def close(self) -> None:
        if hasattr(self._pieces, "close"):
            self._pieces.close()


def register(app: Flask, cache: Cache) -> None:
    """Code every answer of the app for which it is worth while; what was coded once is kept in the cache.

    A strong entity tag gets the coding's name at its end, and loses it again where a client sends it back: what is
    stored in two codings is two representations (RFC 9110, 8.8.3.3) of one thing.
    """

    @app.before_request
    def read_tags() -> None:
        for name in ("HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH"):
            if name in request.environ:
                request.environ["powkg." + name] = request.environ[name]
                request.environ[name] = _TAG_OF_CODED.sub("", request.environ[name])

    @app.after_request
    def code(response: Response) -> Response:
        if response.status_code == 304:
            response.vary.add("Accept-Encoding")
            _name_the_stored(response)
        elif _can_be_coded(response):
            response.vary.add("Accept-Encoding")
            wanted = choose(request.accept_encodings)
            if not wanted.identity and wanted.coding == IDENTITY and response.status_code < 400:
                response.close()
                return problems.problem(406, f"no coding of this answer is accepted; it can be had in {KNOWN}")
            if wanted.coding != IDENTITY and (not wanted.identity or _is_long(response)):
                _code(response, wanted.coding, cache)
        return response


def _can_be_coded(response: Response) -> bool:
    if response.status_code in (204, 206) or "Content-Encoding" in response.headers:
        return False
    kind = response.mimetype or ""
    return kind.startswith("text/") or kind.endswith(("+json", "+xml")) or kind in _TEXTS


def _is_long(response: Response) -> bool:
    """Whether a body is worth the work; a stream is, and so is what HEAD leaves out without telling its length."""
    if response.content_length is not None:
        return response.content_length >= LEAST
    return response.is_streamed or request.method == "HEAD"


def _code(response: Response, coding: str, cache: Cache) -> None:
    response.headers["Content-Encoding"] = coding
    response.headers.pop("Accept-Ranges", None)  # parts are of what is not coded
    tag, weak = response.get_etag()
    if tag is not None and not weak:
        response.set_etag(f"{tag}--{coding}")
    if request.method == "HEAD" and response.content_length is None:
        return
    response.direct_passthrough = False  # a file: it is read here
    if response.is_streamed and response.content_length is None:
        response.response = Coded(response.response, CODINGS[coding]())
    else:
        response.set_data(_whole(response.get_data(), coding, cache))


def _whole(content: bytes, coding: str, cache: Cache) -> bytes:
    key = (coding, sha256(content).digest())
    kept = cache.get("", key)
    if kept is None:
        kept = Entry("coded", coding, WHOLE[coding](content))
        cache.put("", key, kept)
    return kept.content


def _name_the_stored(response: Response) -> None:
    """Give a 304 the tag of the coding that the client has stored, which it finds its stored answer by."""
    tag, weak = response.get_etag()
    if tag is not None and not weak:
        sent = request.environ.get("powkg.HTTP_IF_NONE_MATCH", "")
        stored = next((coding for coding in CODINGS if f'"{tag}--{coding}"' in sent), None)
        if stored is not None:
            response.set_etag(f"{tag}--{stored}")
