from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from powkg.errors import GraphNotFoundError, PowkgError, QuerySyntaxError, UsageError
from powkg.store.writing import BULK, Part, WritableStore

EX = "http://example.org/"
G = EX + "g"
RDFXML = """\
<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">
  <r:Description r:about="a"><ex:p r:resource="b"/></r:Description>
</r:RDF>
"""


@pytest.fixture
def store(tmp_path: Path) -> WritableStore:
    return WritableStore(tmp_path / "live")


@pytest.fixture
def read(store: WritableStore, tmp_path: Path) -> Callable[[], set[str]]:
    """Reads what a snapshot of the store holds now: a line a quad, and one for each named graph."""
    made: list[Path] = []

    def read() -> set[str]:
        folder = tmp_path / str(len(made))
        made.append(folder)
        store.snapshot(folder)
        engine = ox.Store.read_only(str(folder))
        return {*str(engine).splitlines(), *map(str, engine.named_graphs())}

    return read


def part(text: str, media_type: str = "text/turtle") -> Part:
    return media_type, text.encode()


def test_an_update_is_in_the_next_snapshot(store: WritableStore, read: Callable[[], set[str]]) -> None:
    store.update("INSERT DATA { <a> <p> <b> }", EX)
    assert read() == {f"<{EX}a> <{EX}p> <{EX}b> ."}
    store.update("", None)
    assert len(read()) == 1


@pytest.mark.parametrize(
    "second",
    [
        f"CREATE GRAPH <{G}>",
        f"DROP GRAPH <{EX}none>",
        f"CLEAR GRAPH <{EX}none>",
    ],
)
def test_an_update_that_fails_halfway_has_changed_nothing(
    store: WritableStore, read: Callable[[], set[str]], second: str
) -> None:
    store.update(f"CREATE GRAPH <{G}>", None)
    with pytest.raises(UsageError, match=r"nothing was changed: The graph .* (already exists|does not exist)"):
        store.update(f"INSERT DATA {{ <{EX}a> <{EX}p> 1 }} ; {second}", None)
    assert read() == {f"<{G}>"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", "line 1, column 1: an update begins here with INSERT, DELETE"),
        ("INSERT DATA {\n <http://a> <http://b> }", "line 2"),
        ("INSERT DATA { ex:a ex:b 1 }", "the prefix ex: is not declared"),
        ("INSERT DATA { <a> <b> <c> }", "line 1"),
    ],
)
def test_what_is_no_update_is_told_with_its_place(store: WritableStore, text: str, message: str) -> None:
    with pytest.raises(QuerySyntaxError, match=message):
        store.update(text, None)


def test_a_base_that_is_none_is_told(store: WritableStore) -> None:
    with pytest.raises(PowkgError):
        store.update("INSERT DATA { <a> <b> <c> }", "no iri")


def test_a_graph_is_put_in_place_of_what_was_there(store: WritableStore, read: Callable[[], set[str]]) -> None:
    assert store.put(G, [part("<a> <p> 1 .")], EX) is True
    assert store.put(G, [part("<b> <p> 2 . <c> <p> 3 .")], EX) is False
    assert len(read()) == 3
    assert store.put(G, [], None) is False
    assert read() == {f"<{G}>"}
    assert store.put(None, [part("<a> <p> 1 .")], EX) is False
    assert store.put(None, [part("<b> <p> <c> .")], EX) is False
    assert read() == {f"<{EX}b> <{EX}p> <{EX}c> .", f"<{G}>"}


def test_what_is_posted_is_added(store: WritableStore, read: Callable[[], set[str]]) -> None:
    assert store.post(G, [], None) is True
    assert store.post(G, [part("<a> <p> <b> .")], EX) is False
    assert store.post(G, [part("<a> <p> <b> . <a> <p> <c> .")], EX) is False
    assert read() == {f"<{G}>", *(f"<{EX}a> <{EX}p> <{EX}{name}> <{G}> ." for name in "bc")}
    assert store.post(None, [part("<a> <p> <b> .")], EX) is False
    assert len(read()) == 4


def test_a_graph_is_deleted_and_the_default_one_emptied(store: WritableStore, read: Callable[[], set[str]]) -> None:
    store.put(G, [part("<a> <p> 1 .")], EX)
    store.put(None, [part("<a> <p> 1 .")], EX)
    store.delete(G)
    store.delete(None)
    store.delete(None)
    assert read() == set()
    with pytest.raises(GraphNotFoundError, match=f"there is no graph <{G}>") as caught:
        store.delete(G)
    assert caught.value.graph == G


@pytest.mark.parametrize(
    ("media_type", "text"),
    [
        ("text/turtle", "<a> <p> <b> ."),
        ("application/x-turtle", "<a> <p> <b> ."),
        ("application/trig", "<a> <p> <b> ."),
        ("application/n-triples", f"<{EX}a> <{EX}p> <{EX}b> ."),
        ("text/plain", f"<{EX}a> <{EX}p> <{EX}b> ."),
        ("application/n-quads", f"<{EX}a> <{EX}p> <{EX}b> ."),
        ("application/ld+json", f'{{"@id": "a", "{EX}p": {{"@id": "b"}}}}'),
        (
            "application/rdf+xml",
            RDFXML,
        ),
    ],
)
def test_every_format_is_taken(store: WritableStore, read: Callable[[], set[str]], media_type: str, text: str) -> None:
    store.put(G, [part(text, media_type)], EX)
    assert read() == {f"<{G}>", f"<{EX}a> <{EX}p> <{EX}b> <{G}> ."}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([part("<a> <p>")], "the graph is not Turtle: .*line 1"),
        ([part("<a> <p> 1 ."), part("\n<a> <p>")], "part 2 of the graph is not Turtle: .*line 2"),
        ([part(f"<{EX}h> {{ <a> <p> 1 }}", "application/trig")], "Named graphs are not allowed"),
        ([part(f"<{EX}a> <{EX}p> 1 .", "text/csv")], "the graph is text/csv, which is no format for a graph"),
        ([part("", "text/n3")], "the graph is text/n3, which is no format"),
        ([("text/turtle", b"\xff")], "the graph is not Turtle"),
    ],
)
@pytest.mark.parametrize("method", ["put", "post"])
def test_parts_that_cannot_be_read_change_nothing(
    store: WritableStore, read: Callable[[], set[str]], method: str, parts: list[Part], message: str
) -> None:
    store.put(G, [part("<a> <p> <b> .")], EX)
    with pytest.raises(UsageError, match=message):
        getattr(store, method)(G, parts, EX)
    assert read() == {f"<{G}>", f"<{EX}a> <{EX}p> <{EX}b> <{G}> ."}


def test_a_name_that_is_no_iri_is_told(store: WritableStore) -> None:
    with pytest.raises(UsageError, match="'a b' is not an IRI"):
        store.put("a b", [], None)


def test_blank_nodes_of_parts_and_of_the_store_are_apart(store: WritableStore, read: Callable[[], set[str]]) -> None:
    for _ in range(2):
        store.post(G, [part("_:b <p> <o> ."), part("_:b <p> <o> .")], EX)
    assert len(read()) == 5


def test_a_large_graph_is_put_whole(store: WritableStore, read: Callable[[], set[str]]) -> None:
    text = "".join(f"<{EX}{number}> <{EX}p> <{EX}o> .\n" for number in range(BULK))
    store.put(G, [part(text, "application/n-triples")], None)
    assert len(read()) == BULK + 1
    store.put(G, [part("<a> <p> <b> .")], EX)
    assert len(read()) == 2
