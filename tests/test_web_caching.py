"""What is kept of answers: how much, for how long, and that nobody ever gets an old one for a new one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from pages import BROWSER, TOKEN, client_of, serving
from powkg import archive
from powkg.engine import Engine, Stream
from powkg.errors import QueryTimeoutError
from powkg.settings import Settings
from powkg.updates import Writer
from powkg.web import answering
from powkg.web.answering import Answers, UnchangedError, varies
from powkg.web.caching import ENTRY, SHARE, Cache, Entry
from test_engine import ENDLESS_ROWS

FORMATS = {"select": "text/csv"}
NAMES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?name { ?thing rdfs:label ?name } ORDER BY ?thing ?name"""


def entry(size: int) -> Entry:
    return Entry("select", "text/csv", b"x" * (size - ENTRY))


# the cache alone


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    cache = Cache(SHARE * 1000)
    for number in range(SHARE):
        cache.put("v", number, entry(1000))
    assert cache.size == cache.most
    assert cache.get("v", 0) is not None
    cache.put("v", "one more", entry(1000))
    assert cache.get("v", 1) is None
    assert cache.get("v", 0) is not None
    assert (cache.hits, cache.misses) == (2, 1)


def test_no_entry_takes_more_than_its_share() -> None:
    cache = Cache(SHARE * 1000)
    cache.put("v", "large", entry(1001))
    assert (cache.get("v", "large"), cache.size) == (None, 0)
    cache.put("v", "fits", entry(1000))
    assert cache.get("v", "fits") is not None


def test_a_cache_of_nothing_keeps_nothing() -> None:
    cache = Cache(0)
    cache.put("v", "key", Entry("ask", "text/csv", b""))
    assert (cache.get("v", "key"), len(cache)) == (None, 0)


def test_another_version_drops_what_was_made_of_the_first_but_not_what_is_of_none() -> None:
    cache = Cache(SHARE * 1000)
    for version in ("old", "new", ""):
        cache.put(version, "key", entry(600))
    cache.keep_only("new")
    assert [cache.get(version, "key") is not None for version in ("old", "new", "")] == [False, True, True]
    assert cache.size == 1200


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(ENTRY, 1500), st.sampled_from("vw")), max_size=60))
def test_the_bound_holds_and_the_size_is_that_of_what_is_there(puts: list[tuple[int, int, str]]) -> None:
    cache = Cache(SHARE * 1000)
    last: dict[tuple[str, int], Entry] = {}
    for key, size, version in puts:
        put = entry(size)
        cache.put(version, key, put)
        if size <= cache.largest:
            last[version, key] = put
        assert cache.size <= cache.most
    found = {key: kept for key in last if (kept := cache.get(*key))}
    assert cache.size == sum(len(kept.content) + ENTRY for kept in found.values())
    assert all(kept is last[key] for key, kept in found.items())


# which queries


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (NOW() AS ?x) {}",
        "SELECT (rand ( ) AS ?x) {}",
        "SELECT (StrUUID() AS ?x) {}",
        "SELECT (UUID # a remark (\n () AS ?x) {}",
        'SELECT (BNODE("a") AS ?x) {}',
        "SELECT * { FILTER(1<NOW()) }",
        "SELECT (1+RAND() AS ?x) {}",
        "SELECT (N\\u004FW() AS ?x) {}",
        "SELECT (\\U0000004EOW() AS ?x) {}",
    ],
)
def test_queries_whose_answer_changes_by_itself_are_known(text: str) -> None:
    assert varies(text)


@pytest.mark.parametrize("text", [NAMES, "ASK { ?snow ?known ?brand }", "SELECT (YEAR(?now) AS ?uuid) {}", "ASK {}"])
def test_other_queries_are_taken_for_others(text: str) -> None:
    assert not varies(text)


@given(
    st.sampled_from(["now", "RAND", "Uuid", "strUUID", "bnode"]),
    st.lists(st.sampled_from([" ", "\t", "\n", "\r", "#x(\n", "#'\"\r", "# NOW\r\n"])),
)
def test_no_gap_hides_a_call(name: str, gap: list[str]) -> None:
    assert varies(f"SELECT (1 AS ?x) {{ BIND({name}{''.join(gap)}() AS ?y) }}")


# the cache before an engine


class Script:
    """An engine whose data change when the test says so, and whose answers can be held up under way."""

    def __init__(self) -> None:
        self.version = "1"
        self.asked = 0
        self.gate: threading.Event | None = None
        self.started = threading.Event()

    def last_version(self) -> str:
        return self.version

    def open(self, text: str, formats: dict[str, str], **_: object) -> Stream:
        self.asked += 1
        return cast("Stream", Flow(self, self.version, text))


class Flow:
    """An answer of that engine: the version that it was begun in, in one piece or (for texts with "long") in four."""

    kind = "select"
    format = "text/csv"

    def __init__(self, engine: Script, version: str, text: str) -> None:
        self.version = version
        self.content = [version.encode(), b" of ", text.encode(), b"!"]
        self.breaks = "breaks" in text
        self.whole = None if "long" in text else b"".join(self.content)
        self.closed = False
        engine.started.set()
        if engine.gate is not None:
            engine.gate.wait(30)

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.content:
            yield piece
            if self.breaks:
                raise QueryTimeoutError("too long")

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def answers(script: Script) -> Answers:
    return Answers(cast("Engine", script), Cache(SHARE * 1000))


def ask(answers: Answers, text: str, **parameters: object) -> bytes:
    answer = answers.open(text, FORMATS, **parameters)  # type: ignore[arg-type]
    try:
        return answer.whole if answer.whole is not None else b"".join(answer)
    finally:
        answer.close()


@pytest.mark.parametrize("text", ["short", "long"])
def test_the_same_is_asked_once(script: Script, answers: Answers, text: str) -> None:
    assert {ask(answers, text) for _ in range(3)} == {f"1 of {text}!".encode()}
    assert script.asked == 1


def test_all_that_an_answer_depends_on_tells_it_apart(script: Script, answers: Answers) -> None:
    graphs = ["urn:a", "urn:b"]
    asked: list[dict[str, object]] = [
        {},
        {"base": "urn:x"},
        {"default_graphs": graphs},
        {"default_graphs": graphs[::-1]},
        {"named_graphs": graphs},
        {"known": lambda _tag: False, "substitutions": {}, "base": "urn:y"},
    ]
    for parameters in asked * 2:
        ask(answers, "text", **parameters)
    assert script.asked == len(asked)
    tags = {answers.open("text", {"select": media_type}).tag for media_type in ("text/csv", "text/tab")}
    assert len(tags) == 2
    assert script.asked == len(asked) + 1


def test_the_default_graph_and_the_software_tell_answers_apart(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same data are served in another way, or by another version: whoever has the old answer gets the new one."""
    cache = Cache(SHARE * 1000)
    tags = {Answers(cast("Engine", script), cache, union=union).open("text", FORMATS).tag for union in (False, True)}
    monkeypatch.setattr(answering, "SOFTWARE", ["0.0.1"])
    tags.add(Answers(cast("Engine", script), cache).open("text", FORMATS).tag)
    assert len(tags) == script.asked == 3


@pytest.mark.parametrize("text", ["NOW()", "NOW() long"])
def test_what_varies_is_asked_anew_and_has_no_tag(script: Script, answers: Answers, text: str) -> None:
    assert answers.open(text, FORMATS).tag is None
    ask(answers, text)
    ask(answers, text)
    assert script.asked == 3


def test_an_answer_that_breaks_off_or_is_left_is_not_kept(script: Script, answers: Answers) -> None:
    for _ in range(2):
        with pytest.raises(QueryTimeoutError):
            ask(answers, "long, and breaks")
    answer = answers.open("long", FORMATS)
    next(iter(answer))
    answer.close()
    assert ask(answers, "long") == b"1 of long!"
    assert script.asked == 4


def test_an_answer_that_is_too_long_is_passed_on_and_not_kept(script: Script, answers: Answers) -> None:
    text = "long" + "x" * 1000
    assert ask(answers, text) == ask(answers, text) == f"1 of {text}!".encode()
    assert script.asked == 2


def test_who_has_the_answer_gets_none_and_nothing_is_run(script: Script, answers: Answers) -> None:
    tag = answers.open("text", FORMATS).tag
    with pytest.raises(UnchangedError) as caught:
        answers.open("text", FORMATS, known=lambda given: given == tag)
    assert caught.value.tag == tag
    script.version = "2"
    assert answers.open("text", FORMATS, known=lambda given: given == tag).whole == b"2 of text!"


@pytest.mark.parametrize("text", ["short", "long"])
def test_an_answer_begun_before_a_change_is_not_found_after_it(script: Script, answers: Answers, text: str) -> None:
    """The change comes while the query runs: its answer is of the old data, under whatever version it ends."""
    script.gate = threading.Event()
    found: list[bytes] = []
    asking = threading.Thread(target=lambda: found.append(ask(answers, text)))
    asking.start()
    assert script.started.wait(30)
    script.version = "2"
    script.gate.set()
    asking.join(30)
    assert found == [f"1 of {text}!".encode()]
    assert ask(answers, text) == f"2 of {text}!".encode()
    script.version = "1"
    script.version = "3"
    assert ask(answers, text) == f"3 of {text}!".encode()


def test_readers_never_go_back_while_the_data_change(script: Script, answers: Answers) -> None:
    """Who asks after version N was acknowledged gets N or a later one, however many ask the same at once."""
    wrong: list[tuple[int, int]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            acknowledged = int(script.version)
            got = int(ask(answers, "long text").split(b" ")[0])
            if got < acknowledged:
                wrong.append((acknowledged, got))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for version in range(2, 500):
        script.version = str(version)
        ask(answers, "long text")
    stop.set()
    for reader in readers:
        reader.join(30)
    assert wrong == []


# over HTTP


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


def get(client: FlaskClient, query: str, method: str = "GET", **headers: str) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open("/sparql?" + urlencode({"query": query}), method=method, headers=headers, buffered=True)


def test_a_query_is_answered_with_a_tag_and_304_after_it(client: FlaskClient) -> None:
    first = get(client, NAMES, Accept="text/csv")
    assert first.status_code == 200
    assert first.headers["ETag"].startswith('W/"')
    assert first.headers["Cache-Control"] == "public, no-cache"
    for method in ("GET", "HEAD"):
        again = get(client, NAMES, method, Accept="text/csv", If_None_Match=f'"x", {first.headers["ETag"]}')
        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert again.headers[name] == first.headers[name]
        assert "Content-Type" not in again.headers
    other = get(client, NAMES, Accept="text/tab-separated-values", If_None_Match=first.headers["ETag"])
    assert (other.status_code, other.headers["ETag"] == first.headers["ETag"]) == (200, False)


def test_a_server_started_with_another_default_graph_says_304_to_no_old_answer(real: Path, tmp_path: Path) -> None:
    folder, file = tmp_path / "store", tmp_path / "data.trig"
    file.write_text("<urn:a> <urn:b> 1 . <urn:g> { <urn:a> <urn:b> 2 }", encoding="utf-8")
    archive.load([file], folder)
    tag, count = '"none"', "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for union, number in ((False, "1"), (True, "2")):
        with closing(Engine(folder, 60, 1, union=union)) as engine:
            client = client_of(Settings(real, folder, own=True, union=union), engine, None)
            answer = get(client, count, Accept="text/csv", If_None_Match=tag)
            assert (answer.status_code, answer.text.split()[-1:]) == (200, [number])
            tag = answer.headers["ETag"]
            assert get(client, count, Accept="text/csv", If_None_Match=tag).status_code == 304


def test_head_says_what_get_does_from_the_cache(client: FlaskClient) -> None:
    query = NAMES + " LIMIT 300"
    whole = get(client, query, Accept="text/csv")
    head = get(client, query, "HEAD", Accept="text/csv")
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Vary", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


def test_a_star_is_no_answer_to_what_is_no_query(client: FlaskClient) -> None:
    assert get(client, "ASK {", If_None_Match="*").status_code == 400
    assert get(client, "ASK {}", If_None_Match="*").status_code == 304


def test_a_post_has_no_condition_and_shares_what_is_kept(client: FlaskClient) -> None:
    tag = get(client, NAMES, Accept="text/csv").headers["ETag"]
    before = metric(client, "hit")
    sent = client.post(
        "/sparql", data=urlencode({"query": NAMES}), content_type="application/x-www-form-urlencoded",
        headers={"Accept": "text/csv", "If-None-Match": tag},
    )  # fmt: skip
    assert sent.status_code == 200
    assert metric(client, "hit") == before + 1
    assert "ETag" not in sent.headers


def metric(client: FlaskClient, result: str) -> float:
    name = f'powkg_cache_requests_total{{result="{result}"}} '
    return next(float(line[len(name) :]) for line in client.get("/metrics").text.splitlines() if line.startswith(name))


def test_what_varies_is_stored_by_nobody(client: FlaskClient) -> None:
    answers = [get(client, "SELECT (STRUUID() AS ?x) {}", Accept="text/csv") for _ in range(2)]
    assert answers[0].data != answers[1].data
    for answer in answers:
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/nowhere", "/sparql?query=ASK+%7B", "/picture/nobody.svg"])
def test_an_error_is_stored_by_nobody(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code >= 400
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/", "/sparql", "/ontology", "/ontology.ttl", "/picture/japan.svg"])
def test_pages_and_pictures_are_asked_for_again_for_nothing(client: FlaskClient, address: str) -> None:
    first = client.get(address, headers={"Accept": BROWSER})
    assert first.status_code == 200
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get(address, headers={"Accept": BROWSER, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_stream_that_nobody_needs_is_ended(client: FlaskClient) -> None:
    engine: Engine = client.application.extensions["powkg.engine"]
    for _ in range(engine.pool.size + 1):
        assert get(client, ENDLESS_ROWS, "HEAD", Accept="text/csv").status_code == 200
        assert get(client, ENDLESS_ROWS, If_None_Match="*", Accept="text/csv").status_code == 304
    assert engine.pool.idle == engine.pool.size


# over HTTP, while the data change


def test_who_asks_after_a_write_gets_what_was_written(real: Path, tmp_path: Path) -> None:
    """Readers ask one query all the time, kept or not; none is answered from before the last acknowledged write."""
    folder = tmp_path / "store"
    archive.load([], folder)
    with (
        closing(Engine(folder, 60, 3)) as engine,
        closing(Writer(folder, engine.pool.advance, 60, memory=1024)) as writer,
    ):
        client = client_of(Settings(real, folder, token=TOKEN, own=True), engine, writer)
        acknowledged, wrong = [0], []
        stop = threading.Event()

        def read() -> None:
            reader, tag, last = client.application.test_client(), "", 0
            while not stop.is_set():
                least = acknowledged[0]
                query = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }"
                answer = get(reader, query, Accept="text/csv", If_None_Match=tag or '"none"')
                if answer.status_code == 200:
                    tag, last = answer.headers["ETag"], int(answer.text.split()[1])
                if last < least:
                    wrong.append((answer.status_code, least, last))

        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for number in range(1, 31):
            writer.update(f"INSERT DATA {{ <urn:s> <urn:p> {number} }}")
            acknowledged[0] = number
        stop.set()
        for reader in readers:
            reader.join(60)
        assert wrong == []
        assert metric(client, "hit") + metric(client, "miss") > 30
