"""/sparql as clients of every sort use it: formats that can be read, downloads, headers, other origins."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
import rdflib
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic
from werkzeug.test import TestResponse

from pages import BROWSER, TOKEN, client_of
from powkg.engine import Engine
from powkg.results import GRAPH_FORMATS, TABLE_FORMATS
from powkg.settings import Settings

XSD = "http://www.w3.org/2001/XMLSchema#"
SELECT = "SELECT (1 AS ?x) {}"
CONSTRUCT = "CONSTRUCT { <urn:a> <urn:b> 1 } {}"


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    engine = Engine(real_folder, 60, 2)
    yield client_of(Settings(real, real_folder, token=TOKEN), engine, None)
    engine.close()


def get(client: FlaskClient, query: str, accept: str | None = None, **parameters: str) -> TestResponse:
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql?" + urlencode({"query": query, **parameters}), headers=headers, buffered=True)


class Cell(NamedTuple):
    """A term of a table: what it is, its text, its language."""

    kind: str
    text: str
    language: str = ""


def of_json(content: bytes) -> tuple[list[str], list[dict[str, Cell]]]:
    found = json.loads(content)
    rows = [
        {
            name: Cell("iri" if term["type"] == "uri" else "literal", term["value"], term.get("xml:lang", ""))
            for name, term in row.items()
        }
        for row in found["results"]["bindings"]
    ]
    return found["head"]["vars"], rows


def of_xml(content: bytes) -> tuple[list[str], list[dict[str, Cell]]]:
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ET.fromstring(content)  # noqa: S314  # it is our own
    rows = []
    for result in root.iter(space + "result"):
        row = {}
        for binding in result:
            (term,) = binding
            language = term.get("{http://www.w3.org/XML/1998/namespace}lang", "")
            kind = "iri" if term.tag == space + "uri" else "literal"
            row[binding.attrib["name"]] = Cell(kind, term.text or "", language)
        rows.append(row)
    return [variable.attrib["name"] for variable in root.iter(space + "variable")], rows


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\"'\\,<>&;{}?@^ "), max_size=30
)
LANGUAGES = st.sampled_from(["", "en", "ja", "ru-latn"])


def literal(text: str, language: str = "") -> str:
    escaped = json.dumps(text, ensure_ascii=False)
    return f"{escaped}@{language}" if language else escaped


@given(st.lists(st.tuples(TEXTS, LANGUAGES, st.booleans()), min_size=1, max_size=4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_format_of_tables_gives_back_the_terms(client: FlaskClient, rows: list[tuple[str, str, bool]]) -> None:
    values = " ".join(
        f"({n} {literal(text, lang) if bound else 'UNDEF'})" for n, (text, lang, bound) in enumerate(rows)
    )
    query = f"SELECT ?n ?t WHERE {{ VALUES (?n ?t) {{ {values} }} }} ORDER BY ?n"
    expected = [
        {"n": Cell("literal", str(number))} | ({"t": Cell("literal", text, language)} if bound else {})
        for number, (text, language, bound) in enumerate(rows)
    ]
    assert of_json(get(client, query, format="json").data) == (["n", "t"], expected)
    assert of_xml(get(client, query, format="xml").data) == (["n", "t"], expected)
    sheet = list(csv.reader(io.StringIO(get(client, query, format="csv").text, newline="")))
    assert sheet == [["n", "t"], *([row["n"].text, row.get("t", Cell("", "")).text] for row in expected)]
    head, *lines = get(client, query, format="tsv").text.removesuffix("\n").split("\n")
    assert head == "?n\t?t"
    for line, row in zip(lines, expected, strict=True):
        number, term = line.split("\t")
        assert number == row["n"].text
        assert (
            term == ""
            if "t" not in row
            else rdflib.util.from_n3(term) == rdflib.Literal(row["t"].text, lang=row["t"].language or None)
        )


@given(st.lists(st.tuples(TEXTS, LANGUAGES), min_size=1, max_size=3))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # in rdflib's JSON-LD parser
def test_every_format_of_graphs_gives_back_the_triples(client: FlaskClient, texts: list[tuple[str, str]]) -> None:
    expected = rdflib.Graph()
    blank = rdflib.BNode()
    values = []
    for text, language in texts:
        expected.add((blank, rdflib.URIRef("urn:p"), rdflib.Literal(text, lang=language or None)))
        values.append(literal(text, language))
    query = f"CONSTRUCT {{ _:b <urn:p> {', '.join(values)} }} WHERE {{}}"
    readers = {
        "turtle": "turtle",
        "ntriples": "nt",
        "jsonld": "json-ld",
        "rdfxml": "xml",
        "trig": "turtle",
        "nquads": "nt",
    }
    assert set(readers) == {entry.name for entry in GRAPH_FORMATS}
    for name, parser in readers.items():
        found = rdflib.Graph().parse(data=get(client, query, format=name).data, format=parser)
        assert isomorphic(found, expected), name


@pytest.mark.parametrize("entry", TABLE_FORMATS, ids=lambda entry: entry.name)
@pytest.mark.parametrize("query", [SELECT, "ASK {}"])
def test_every_name_of_a_format_of_tables_asks_for_it(client: FlaskClient, query: str, entry: object) -> None:
    assert hasattr(entry, "media_types")
    for media_type in entry.media_types:
        assert get(client, query, media_type).mimetype == media_type
        assert get(client, query, BROWSER, format=media_type).mimetype == media_type


@pytest.mark.parametrize("entry", GRAPH_FORMATS, ids=lambda entry: entry.name)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <urn:nothing>"])
def test_every_name_of_a_format_of_graphs_asks_for_it(client: FlaskClient, query: str, entry: object) -> None:
    assert hasattr(entry, "media_types")
    for media_type in entry.media_types:
        assert get(client, query, media_type).mimetype == media_type


@pytest.mark.parametrize(
    ("query", "parameters", "name"),
    [
        (SELECT, {"format": "csv", "download": ""}, "powkg-query.csv"),
        (SELECT, {"format": "tsv", "download": "captives"}, "captives.tsv"),
        (SELECT, {"format": "json", "download": "a.b-c_1"}, "a.b-c_1.json"),
        (SELECT, {"format": "application/xml", "download": "1"}, "1.xml"),
        (SELECT, {"download": ""}, "powkg-query.json"),
        (SELECT, {"format": "csv", "download": '../x"y'}, "powkg-query.csv"),
        (SELECT, {"format": "csv", "download": "a\r\nSet-Cookie: b"}, "powkg-query.csv"),
        (SELECT, {"format": "csv", "download": "x" * 101}, "powkg-query.csv"),
        (CONSTRUCT, {"format": "turtle", "download": "g"}, "g.ttl"),
        (CONSTRUCT, {"format": "ntriples", "download": "g"}, "g.nt"),
        (CONSTRUCT, {"format": "json", "download": "g"}, "g.jsonld"),
        (CONSTRUCT, {"format": "xml", "download": "g"}, "g.rdf"),
        (CONSTRUCT, {"format": "trig", "download": "g"}, "g.trig"),
        (CONSTRUCT, {"format": "nquads", "download": "g"}, "g.nq"),
    ],
)
def test_an_answer_can_become_a_file(client: FlaskClient, query: str, parameters: dict[str, str], name: str) -> None:
    for accept in (None, BROWSER):
        answer = get(client, query, accept, **parameters)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "Content-Disposition" not in get(client, query, format=parameters.get("format", "")).headers


def test_several_accept_lines_are_one_list(client: FlaskClient) -> None:
    lines = [("Accept", "application/sparql-results+xml;q=0.4"), ("Accept", "text/csv;q=0.8")]
    assert client.get("/sparql?" + urlencode({"query": SELECT}), headers=lines).mimetype == "text/csv"


def test_what_the_protocol_does_not_know_is_left_alone(client: FlaskClient) -> None:
    plain = get(client, SELECT).data
    assert get(client, SELECT, **{"foo": "bar", "using-graph-uri": "urn:x", "$": "1"}).data == plain


def test_a_function_that_is_not_there_is_no_fault_of_the_server(client: FlaskClient) -> None:
    answer = get(client, "SELECT (<urn:f>(1) AS ?x) {}")
    assert answer.status_code == 422
    assert "<urn:f>" in answer.text


def test_an_update_is_nothing_to_ask(client: FlaskClient) -> None:
    for text in ("INSERT DATA { <urn:a> <urn:b> 1 }", "CLEAR ALL", "LOAD <http://127.0.0.1:9/>"):
        assert get(client, text).status_code == 400
        for media_type, status in (("application/sparql-query", 400), ("application/sparql-update", 415)):
            assert client.post("/sparql", data=text, content_type=media_type).status_code == status


@pytest.mark.parametrize("address", ["/sparql", "/update", "/graphs?default", "/graphs/a"])
def test_every_address_says_what_pages_of_other_sites_may_do(client: FlaskClient, address: str) -> None:
    asked = {
        "Origin": "https://a.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    preflight = client.options(address, headers=asked)
    assert (preflight.status_code, preflight.data) == (200, b"")
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    assert int(preflight.headers["Access-Control-Max-Age"]) > 0
    for answer in (preflight, client.get(address, headers=asked), client.post(address, headers=asked)):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Location" in answer.headers["Access-Control-Expose-Headers"]
        answer.close()
