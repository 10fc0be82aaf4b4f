"""What the tests of the web share: an application to ask, a page taken apart, and what holds of each page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from html.parser import HTMLParser
from pathlib import Path

from flask.testing import FlaskClient

from powkg import archive
from powkg.engine import Engine
from powkg.settings import Settings
from powkg.updates import Writer
from powkg.web import create_app

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""The Accept header of a browser."""

TOKEN = "the-token-of-the-tests"  # noqa: S105
"""What those who write have to know, where an application has a writer."""

VOID = {"meta", "link", "input", "img", "br", "hr"}


@contextmanager
def serving(
    data: Path,
    folder: Path,
    timeout: float = 60,
    size: int = 2,
    writer: Writer | None = None,
    *,
    longest: float = 60,
    memory: int | None = None,
) -> Iterator[FlaskClient]:
    """A client of an application over a built store, whose engine lets nobody wait for a worker."""
    settings = Settings(data, folder, query_timeout=timeout, longest_query=longest, token=TOKEN)
    with closing(Engine(folder, timeout, size, waiting=0, memory=memory)) as engine:
        yield client_of(settings, engine, writer)


@contextmanager
def serving_own(data: Path, folder: Path, size: int = 2) -> Iterator[FlaskClient]:
    """A client of an application over a new store of one's own in a folder, which can be written with TOKEN."""
    archive.load([], folder)
    with (
        closing(Engine(folder, 60, size)) as engine,
        closing(Writer(folder, engine.pool.advance, 60, memory=1024)) as writer,
    ):
        yield client_of(Settings(data, folder, token=TOKEN, own=True), engine, writer)


def client_of(settings: Settings, engine: Engine, writer: Writer | None) -> FlaskClient:
    """A client of an application over an engine."""
    app = create_app(settings, engine, writer)
    app.testing = True
    return app.test_client()


class Page(HTMLParser):
    """An HTML page as its elements (tag, attributes) in order, and its text. Fails where tags do not nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every element with this tag."""
        return [attributes for found, attributes in self.elements if found == tag]

    def cells(self) -> int:
        return len(self.all("td"))


def check(page: Page) -> None:
    """What holds of every page: it asks nothing of other hosts, runs nothing, and can be read by everybody."""
    tags = [tag for tag, _ in page.elements]
    assert not {"script", "style", "iframe", "object"} & set(tags)
    assert page.all("html")[0]["lang"] == "en"
    assert tags.count("h1") == tags.count("main") == tags.count("header") == tags.count("footer") == 1
    for _, attributes in page.elements:
        assert not [name for name in attributes if name == "style" or name.startswith("on")]
    for address in _loaded(page):
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
    identities = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(identities) == len(set(identities))
    for _, attributes in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert attributes.get(name, identities[0]) in identities
    labelled = {attributes["for"] for attributes in page.all("label")}
    for tag in ("input", "select", "textarea"):
        assert all(field["id"] in labelled for field in page.all(tag) if field.get("type") != "hidden")
    assert all(image.get("alt") for image in page.all("img"))
    assert all("scope" in heading for heading in page.all("th"))
    assert page.elements[[tag for tag, _ in page.elements].index("body") + 1] == (
        "a",
        {"class": "skip", "href": "#main"},
    )


def _loaded(page: Page) -> Iterator[str]:
    """The addresses that a browser asks for by itself, and those that forms go to."""
    for tag, name in (("img", "src"), ("link", "href"), ("form", "action")):
        yield from (attributes[name] for attributes in page.all(tag))
