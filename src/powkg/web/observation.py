"""What became of each request, told to those who count and log it when the last byte is out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from flask import Flask, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_KEY = "powkg.note"

_OUTCOMES = {304: "unchanged", 499: "left", 503: "busy", 504: "timeout", 507: "memory"}


@dataclass(slots=True)
class Note:
    """What is known of a request. `seconds` and `sent` (bytes of the body, as sent) are final when it has ended.

    `route` is the concern that answered ("sparql", "ontology", …; "none" where no address fits). `text` is the query or
    update, where there was one. `broken` says that the answer broke off, `left` that the client did not take all of it.
    """

    method: str
    path: str
    client: str
    route: str = "none"
    text: str | None = None
    status: int = 500
    sent: int = 0
    seconds: float = 0.0
    broken: bool = False
    left: bool = False

    @property
    def outcome(self) -> str:
        """In one of ten words what became of the request."""
        if self.broken:
            return "broken"
        if self.left:
            return "left"
        if self.status in _OUTCOMES:
            return _OUTCOMES[self.status]
        return "ok" if self.status < 400 else "refused" if self.status < 500 else "failed"

    @property
    def digest(self) -> str | None:
        """A short name for the text: the first 16 digits of its SHA-256. Nobody can read the text from it."""
        return None if self.text is None else sha256(self.text.encode()).hexdigest()[:16]


Observer = Callable[[Note], None]


def name_text(text: str) -> None:
    """Note the query or update that the request at hand brings."""
    note = request.environ.get(_KEY)
    if note is not None:
        note.text = text


def register(app: Flask, observers: Iterable[Observer]) -> None:
    """Have each request of the app told to the observers."""

    @app.before_request
    def name_route() -> None:
        note = request.environ.get(_KEY)
        if note is not None:
            note.route = request.blueprint or request.endpoint or "none"

    app.wsgi_app = _Observed(app.wsgi_app, tuple(observers))  # type: ignore[method-assign]


class _Observed:
    """A WSGI application around another."""

    def __init__(self, app: WSGIApplication, observers: tuple[Observer, ...]) -> None:
        self._app = app
        self._observers = observers

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        note = Note(environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""), environ.get("REMOTE_ADDR", ""))
        environ[_KEY] = note
        start = time.perf_counter()

        def started(status: str, *rest: object) -> Callable[[bytes], object]:
            note.status = int(status[:3])
            return start_response(status, *rest)  # type: ignore[arg-type]

        def end() -> None:
            note.seconds = time.perf_counter() - start
            for observer in self._observers:
                observer(note)

        try:
            return _Body(self._app(environ, started), note, end)
        except BaseException:
            note.broken = True
            end()
            raise


class _Body:
    """The body on its way out. The server closes it in any case, whether it could send all of it or not."""

    def __init__(self, body: Iterable[bytes], note: Note, end: Callable[[], None]) -> None:
        self._body = body
        self._note = note
        self._end = end
        self._whole = False
        self._closed = False

    def __iter__(self) -> Iterator[bytes]:
        try:
            for piece in self._body:
                yield piece
                self._note.sent += len(piece)
        except ConnectionResetError:  # the client has gone, and `close` says so
            raise
        except Exception:
            self._note.broken = True
            raise
        self._whole = True

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        try:
            if hasattr(self._body, "close"):
                self._body.close()
        finally:
            self._note.left = not self._whole and not self._note.broken
            self._end()
