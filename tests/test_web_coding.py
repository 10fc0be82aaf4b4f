"""Answers in the coding that the client asks for: whole, piece by piece, and told apart by their tags."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import brotli
import pytest
import zstandard
from flask import Flask, Response, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header
from werkzeug.test import TestResponse

from pages import BROWSER, serving
from powkg.web import coding
from powkg.web.caching import Cache
from powkg.web.coding import CODINGS, Coded, Wanted, choose
from test_engine import ENDLESS_ROWS

DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": lambda content: zstandard.ZstdDecompressor().decompressobj().decompress(content),
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": lambda content: content,
}
NAMES = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?name { ?thing rdfs:label ?name } ORDER BY ?thing ?name LIMIT """
SHORT, LONG = NAMES + "2", NAMES + "300"
STREAM = "SELECT ?a ?p ?b { { SELECT * { ?a ?p ?b } LIMIT 2000 } ?c a ?d } LIMIT 20000"
ALL = ("zstd", "br", "gzip")


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


def get(
    client: FlaskClient, address: str, accepted: str | None = None, method: str = "GET", **given: str
) -> TestResponse:
    headers = {"Accept": "text/csv", **({} if accepted is None else {"Accept-Encoding": accepted})}
    headers |= {name.replace("_", "-"): value for name, value in given.items()}
    return client.open(address, headers=headers, method=method, buffered=True)


def ask(
    client: FlaskClient, query: str, accepted: str | None = None, method: str = "GET", **given: str
) -> TestResponse:
    return get(client, "/sparql?" + urlencode({"query": query}), accepted, method, **given)


def plain(answer: TestResponse) -> bytes:
    return DECODERS[answer.headers.get("Content-Encoding", "identity")](answer.data)


# what is chosen


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", Wanted("identity", identity=True)),
        ("gzip", Wanted("gzip", identity=True)),
        ("x-gzip", Wanted("gzip", identity=True)),
        ("GZip", Wanted("gzip", identity=True)),
        ("gzip, deflate, br, zstd", Wanted("zstd", identity=True)),
        ("gzip, deflate, br", Wanted("br", identity=True)),
        ("br;q=0.1, gzip;q=0.9", Wanted("gzip", identity=True)),
        ("zstd;q=0, br;q=0.000, gzip;q=0.001", Wanted("gzip", identity=True)),
        ("gzip;q=0.5, identity", Wanted("identity", identity=True)),
        ("gzip, identity", Wanted("gzip", identity=True)),
        ("deflate, compress", Wanted("identity", identity=True)),
        ("*", Wanted("gzip", identity=True)),
        ("gzip;q=0, *", Wanted("identity", identity=True)),
        ("*;q=0", Wanted("identity", identity=False)),
        ("*;q=0, br", Wanted("br", identity=False)),
        ("*;q=0, identity", Wanted("identity", identity=True)),
        ("identity;q=0", Wanted("identity", identity=False)),
        ("identity;q=0, *;q=0.5", Wanted("gzip", identity=False)),
    ],
)
def test_the_header_chooses(header: str, expected: Wanted) -> None:
    assert choose(parse_accept_header(header, Accept)) == expected


def test_without_the_header_nothing_is_coded() -> None:
    assert choose(Accept()) == Wanted("identity", identity=True)


@given(st.dictionaries(st.sampled_from([*ALL, "identity", "deflate"]), st.integers(0, 10), max_size=5))
def test_nothing_is_chosen_that_is_refused_or_liked_less_than_another(given: dict[str, int]) -> None:
    header = ", ".join(f"{name};q={quality / 10}" for name, quality in given.items())
    wanted = choose(parse_accept_header(header, Accept))
    assert wanted.identity == (given.get("identity", 1) > 0)
    if wanted.coding != "identity":
        assert given[wanted.coding] == max(given.get(name, 0) for name in (*ALL, "identity")) > 0


# answers


@pytest.mark.parametrize("accepted", ALL)
@pytest.mark.parametrize("query", [LONG, STREAM])
def test_an_answer_is_the_same_in_every_coding_and_smaller(client: FlaskClient, accepted: str, query: str) -> None:
    simple = ask(client, query)
    coded = ask(client, query, accepted)
    assert "Content-Encoding" not in simple.headers
    assert coded.headers["Content-Encoding"] == accepted
    assert plain(coded) == simple.data
    assert len(coded.data) < len(simple.data) / 3
    assert coded.content_type == simple.content_type
    assert coded.content_length in (None, len(coded.data))


@pytest.mark.parametrize("query", [SHORT, LONG, STREAM])
def test_every_answer_says_that_it_depends_on_the_header(client: FlaskClient, query: str) -> None:
    for accepted in (None, "gzip", "deflate"):
        assert ask(client, query, accepted).vary == {"Accept", "Accept-Encoding"}


def test_a_short_answer_is_coded_only_where_it_must(client: FlaskClient) -> None:
    assert "Content-Encoding" not in ask(client, SHORT, "gzip").headers
    forced = ask(client, SHORT, "gzip, identity;q=0")
    assert forced.headers["Content-Encoding"] == "gzip"
    assert plain(forced) == ask(client, SHORT).data


def test_where_nothing_is_accepted_the_codings_are_told(client: FlaskClient) -> None:
    refused = ask(client, LONG, "identity;q=0, compress")
    assert refused.status_code == 406
    assert all(name in refused.text for name in (*ALL, "identity"))
    assert refused.headers["X-Content-Type-Options"] == "nosniff"
    assert ask(client, "ASK {", "identity;q=0").status_code == 400


@pytest.mark.parametrize("query", [SHORT, LONG, STREAM])
@pytest.mark.parametrize("accepted", [None, "br"])
def test_head_has_the_headers_of_get(client: FlaskClient, query: str, accepted: str | None) -> None:
    head, whole = ask(client, query, accepted, method="HEAD"), ask(client, query, accepted)
    assert head.data == b""
    for name in ("Content-Type", "Content-Encoding", "Vary", "ETag", "Cache-Control"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_a_tag_holds_in_every_coding(client: FlaskClient) -> None:
    tag = ask(client, LONG, "gzip").headers["ETag"]
    for accepted in (*ALL, "identity"):
        again = ask(client, LONG, accepted, If_None_Match=tag)
        assert (again.status_code, again.vary) == (304, {"Accept", "Accept-Encoding"})
        assert "Content-Encoding" not in again.headers


def test_what_was_coded_once_is_kept(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ask(client, NAMES + "310", "br")

    def again(_content: bytes) -> bytes:
        raise AssertionError("coded again")

    monkeypatch.setitem(coding.WHOLE, "br", again)
    assert ask(client, NAMES + "310", "br").data == first.data


@pytest.mark.parametrize("accepted", ALL)
def test_the_page_of_the_ontology_shrinks(client: FlaskClient, accepted: str) -> None:
    page = get(client, "/ontology", accepted, Accept=BROWSER)
    assert len(plain(page)) > 300_000
    assert len(page.data) < {"zstd": 80_000, "br": 80_000, "gzip": 90_000}[accepted]


def test_pictures_and_styles_are_coded_too(client: FlaskClient) -> None:
    for address in ("/picture/japan.svg", "/static/powkg.css"):
        simple, coded = get(client, address), get(client, address, "gzip")
        assert coded.headers["Content-Encoding"] == "gzip"
        assert plain(coded) == simple.data


# streams


@pytest.mark.parametrize("name", ALL)
def test_each_piece_can_be_read_as_soon_as_it_is_sent(name: str) -> None:
    pieces = [b"first" * 100, b"second", b"third" * 10_000]
    asked: list[bytes] = []

    def source() -> Iterator[bytes]:
        for piece in pieces:
            asked.append(piece)
            yield piece

    decode: Callable[[bytes], bytes] = {
        "zstd": zstandard.ZstdDecompressor().decompressobj().decompress,
        "br": brotli.Decompressor().process,
        "gzip": zlib.decompressobj(wbits=31).decompress,
    }[name]
    read = b""
    for sent in Coded(source(), CODINGS[name]()):
        decoded = decode(sent)
        while decoded:  # Brotli's decoder hands out its output in parts
            read += decoded
            decoded = decode(b"") if name == "br" else b""
        assert read == b"".join(asked)
    assert asked == pieces


@pytest.mark.parametrize("accepted", ALL)
def test_a_coded_answer_that_breaks_off_has_no_end(real: Path, real_folder: Path, accepted: str) -> None:
    with serving(real, real_folder, timeout=0.5, size=1) as hasty:
        sent = hasty.get(
            "/sparql?" + urlencode({"query": ENDLESS_ROWS}), headers={"Accept": "text/csv", "Accept-Encoding": accepted}
        )
        assert (sent.status_code, sent.headers["Content-Encoding"]) == (200, accepted)
        received: list[bytes] = []
        with pytest.raises(BrokenPipeError):
            received.extend(sent.iter_encoded())
        sent.close()
        assert hasty.application.extensions["powkg.engine"].pool.idle == 1
    assert received
    if accepted != "zstd":  # whose decoder takes what there is
        with pytest.raises((EOFError, brotli.error)):
            DECODERS[accepted](b"".join(received))


def test_a_client_that_leaves_a_coded_answer_frees_its_process(client: FlaskClient) -> None:
    pool = client.application.extensions["powkg.engine"].pool
    left = client.get("/sparql?" + urlencode({"query": ENDLESS_ROWS}), headers={"Accept-Encoding": "gzip"})
    next(iter(left.response))
    assert pool.idle == pool.size - 1
    left.close()
    assert pool.idle == pool.size


# tags that are strong


@pytest.fixture
def small() -> FlaskClient:
    """An application with one text under a strong tag, and texts of any media type."""
    app = Flask(__name__)
    coding.register(app, Cache(1_000_000))

    @app.route("/text", methods=["GET", "PUT"])
    def text() -> Response:
        if request.method == "PUT":
            return Response(status=204 if request.if_match.is_strong("a") else 412)
        response = Response("word " * 1000, content_type="text/plain")
        response.set_etag("a")
        response.make_conditional(request)
        return response

    @app.get("/<kind>/<name>")
    def other(kind: str, name: str) -> Response:
        return Response("word " * 1000, content_type=f"{kind}/{name}")

    return app.test_client()


def test_a_strong_tag_tells_the_codings_apart_and_is_understood(small: FlaskClient) -> None:
    tags = {name: get(small, "/text", name).headers["ETag"] for name in (*ALL, "identity")}
    assert tags == {"zstd": '"a--zstd"', "br": '"a--br"', "gzip": '"a--gzip"', "identity": '"a"'}
    for name, tag in tags.items():
        again = get(small, "/text", name, If_None_Match=tag)
        assert (again.status_code, again.headers["ETag"]) == (304, tag)
        assert get(small, "/text", method="PUT", If_Match=tag).status_code == 204
    assert get(small, "/text", method="PUT", If_Match='"b--gzip"').status_code == 412
    assert get(small, "/text", method="PUT", If_Match='W/"a--gzip"').status_code == 412


@pytest.mark.parametrize("kind", ["image/png", "font/woff2", "application/zip", "application/octet-stream"])
def test_what_is_compressed_already_is_left(small: FlaskClient, kind: str) -> None:
    answer = get(small, f"/{kind}", "gzip")
    assert "Content-Encoding" not in answer.headers
    assert "Vary" not in answer.headers


@pytest.mark.parametrize(
    "kind", ["text/turtle", "application/ld+json", "application/rdf+xml", "image/svg+xml", "application/n-triples"]
)
def test_texts_are_coded_whatever_they_are_called(small: FlaskClient, kind: str) -> None:
    assert get(small, f"/{kind}", "gzip").headers["Content-Encoding"] == "gzip"
