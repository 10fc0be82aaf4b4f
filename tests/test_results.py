from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.errors import UsageError
from powkg.results import FORMATS, GRAPH_FORMATS, TABLE_FORMATS, Kind, by_name, names, negotiate

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, NTRIPLES, RDFXML, JSONLD = "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        (JSON, JSON),
        (XML, XML),
        (CSV, CSV),
        (TSV, TSV),
        ("Application/SPARQL-Results+XML", XML),
        (f"{XML}; charset=utf-8", XML),
        (f"{XML};q=0.5, {JSON};q=0.9", JSON),
        (f"{JSON};q=0.5, {XML};q=0.9", XML),
        (f"*/*;q=0.1, {CSV}", CSV),
        (f"application/*;q=0.2, {TSV}", TSV),
        (f"{JSON};q=0, {XML}", XML),
        (f"{JSON};q=0, */*;q=0.5", XML),
        (f"{JSON};q=0", None),
        ("text/*", CSV),
        ("application/*", JSON),
        (f"{XML}, application/rdf+xml, */*", XML),
        ("text/turtle, */*;q=0.1", JSON),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("text/xml;q=0.4, application/json;q=0.3", "text/xml"),
        (f"application/json, {JSON}", JSON),
        ("text/turtle", None),
        ("image/png", None),
        ("text/html", None),
        (BROWSER, JSON),
        ("text/html, application/sparql-results+xml", XML),
        ("text/html;q=0, application/xml", "application/xml"),
        ("application/json, text/html;q=0.5", "application/json"),
        ("application/json;q=0.9, text/html;q=0.8", "application/json"),
        ("application/xml, text/html;q=0.9", "application/xml"),
        ("text/html, application/json", "application/json"),
        ("text/html, application/json, */*;q=0.1", JSON),
    ],
)
def test_a_table_suits_the_header(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, "select") == chosen
    assert negotiate(accept, "ask") == chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, TURTLE),
        ("*/*", TURTLE),
        (f"{RDFXML};q=0.3, {TURTLE};q=0.8", TURTLE),
        (f"{TURTLE};q=0.3, {RDFXML};q=0.8", RDFXML),
        (f"{TURTLE};q=0.9, {NTRIPLES}", NTRIPLES),
        (f'{JSONLD};profile="http://www.w3.org/ns/json-ld#compacted"', JSONLD),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("application/json", "application/json"),
        ("text/plain", "text/plain"),
        ("text/*", TURTLE),
        ("application/*", NTRIPLES),
        (CSV, None),
        (BROWSER, TURTLE),
    ],
)
def test_a_graph_suits_the_header(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, "graph") == chosen


@pytest.mark.parametrize(
    "accept", [";;;q=zz", "*", "a/b;q=x", "text/turtle;q=7", ",", "*/csv", "é", "/", "text/csv;q=-1"]
)
def test_a_header_that_nobody_can_read_takes_everything(accept: str) -> None:
    assert negotiate(accept, "select") == JSON
    assert negotiate(f"{accept}, text/csv", "select") == CSV


@given(st.text(alphabet='text/csvapplionj*;q=01., +-"', max_size=40), st.sampled_from(sorted(FORMATS)))
def test_any_header_gives_a_format_of_this_kind_or_none(accept: str, kind: Kind) -> None:
    chosen = negotiate(accept, kind)
    assert chosen is None or chosen in {media_type for entry in FORMATS[kind] for media_type in entry.media_types}


def test_formats_are_found_by_short_names() -> None:
    assert [by_name(entry.name, "select") for entry in TABLE_FORMATS] == list(TABLE_FORMATS)
    assert [by_name(entry.name, "graph") for entry in GRAPH_FORMATS] == list(GRAPH_FORMATS)
    assert (by_name("json", "graph").name, by_name("xml", "graph").name) == ("jsonld", "rdfxml")
    assert names() == ("json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld", "rdfxml", "trig", "nquads")


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("turtle", "select", "a table and has no format 'turtle'; choose one of json, xml, csv, tsv"),
        (
            "csv",
            "graph",
            "a graph and has no format 'csv'; choose one of turtle, ntriples, jsonld, rdfxml, trig, nquads",
        ),
        ("excel", "ask", "a yes or no and has no format 'excel'"),
    ],
)
def test_a_name_of_another_kind_is_refused_with_the_known_ones(name: str, kind: Kind, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        by_name(name, kind)
    assert message in str(caught.value)


def test_media_types_are_unique_within_a_kind() -> None:
    for formats in FORMATS.values():
        media_types = [media_type for entry in formats for media_type in entry.media_types]
        assert len(set(media_types)) == len(media_types)
