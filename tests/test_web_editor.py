"""The query form in a browser: answers as tables, errors at their place, nothing of a query taken for markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pages import BROWSER, Page, check, serving
from powkg.web.editor import MAX_ROWS, MAX_TABLE
from powkg.web.protocol import FORM
from test_engine import BOMB, CRASH, ENDLESS

HOSTILE = "</textarea><script>alert(1)</script>\"'&<!--"
RELEASE = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?name { ?thing rdfs:label ?name }"""


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


def ask(client: FlaskClient, query: str, status: int = 200, parameters: dict[str, str] | None = None) -> Page:
    answer = client.get("/sparql?" + urlencode({"query": query, **(parameters or {})}), headers={"Accept": BROWSER})
    assert (answer.status_code, answer.content_type) == (status, "text/html; charset=utf-8")
    assert answer.vary == {"Accept", "Accept-Encoding"}
    page = Page(answer.text)
    check(page)
    return page


def test_without_a_query_there_is_a_form_with_one_to_try(client: FlaskClient) -> None:
    answer = client.get("/sparql", headers={"Accept": BROWSER})
    page = Page(answer.text)
    check(page)
    assert page.all("form") == [{"class": "query", "method": "post", "action": "/sparql"}]
    assert "SELECT DISTINCT ?person ?name" in page.text
    assert len(page.all("a")) > 30
    assert "http://localhost/sparql" in page.text


def test_a_table_is_shown_with_names_languages_and_addresses(client: FlaskClient) -> None:
    page = ask(client, RELEASE, parameters={"$thing": "id:japan"})
    assert {"en", "ja", "ru"} <= {cell.get("lang") for cell in page.all("td")}
    assert {"title": "https://w3id.org/powkg/id/japan"} in page.all("code")
    assert "id:japan" in page.text
    page = ask(client, 'SELECT (<https://example.org/a"> AS ?a) {}', status=400)
    page = ask(client, "SELECT (<https://example.org/a> AS ?a) (42 AS ?n) (?b AS ?none) {}")
    links = [link for link in page.all("a") if link["href"] == "https://example.org/a"]
    assert links == [{"href": "https://example.org/a", "rel": "external noreferrer", "title": "https://example.org/a"}]
    assert page.all("td") == [{}, {"class": "number"}, {}]
    assert "1 row." in page.text


def test_the_answer_can_be_downloaded_as_it_was_asked_for(client: FlaskClient) -> None:
    page = ask(client, RELEASE, parameters={"$thing": "id:japan"})
    downloads = [link["href"] for link in page.all("a") if "format=" in link["href"]]
    assert len(downloads) == 4
    for address in downloads:
        parameters = parse_qs(urlsplit(address).query)
        assert (parameters["query"], parameters["$thing"]) == ([RELEASE], ["id:japan"])
        answer = client.get(address, headers={"Accept": BROWSER})
        assert answer.status_code == 200
        assert "Japan" in answer.text


def post(client: FlaskClient, **fields: str) -> TestResponse:
    """What the form sends."""
    return client.post("/sparql", data=urlencode(fields), content_type=FORM, headers={"Accept": BROWSER})


def test_what_the_form_sends_gets_an_address_to_keep(client: FlaskClient) -> None:
    fields = {"query": RELEASE, "$thing": "id:japan", "default-graph-uri": "https://w3id.org/powkg/graph/x"}
    answer = post(client, **fields, format="")
    assert answer.status_code == 303
    place = urlsplit(answer.location or "")
    assert (place.path, parse_qs(place.query)) == ("/sparql", {name: [value] for name, value in fields.items()})
    table = post(client, query=RELEASE + " LIMIT 1", format="csv")
    assert (table.status_code, table.content_type) == (200, "text/csv; charset=utf-8")
    assert table.text.startswith("thing,name")


def test_a_query_too_long_for_an_address_is_answered_where_it_was_sent(client: FlaskClient) -> None:
    answer = post(client, query=RELEASE + " LIMIT 3 #" + "x" * 10_000, format="")
    assert answer.status_code == 200
    page = Page(answer.text)
    check(page)
    assert page.cells() == 6
    assert "too long for a link" in page.text
    assert not [link for link in page.all("a") if "format=" in link["href"]]


def test_values_can_be_changed_in_the_form(client: FlaskClient) -> None:
    page = ask(client, RELEASE, parameters={"$thing": "id:japan"})
    (field,) = page.all("input")
    assert (field["name"], field["value"]) == ("$thing", "id:japan")


def test_graphs_stay_with_the_query(client: FlaskClient) -> None:
    graph = "https://w3id.org/powkg/passage/dawsey/p10s6"
    page = ask(client, "SELECT * { ?s ?p ?o }", parameters={"default-graph-uri": graph})
    assert page.all("input") == [{"type": "hidden", "name": "default-graph-uri", "value": graph}]
    assert page.cells() > 10


def test_ask_and_graph_have_their_own_shapes(client: FlaskClient) -> None:
    assert "Yes true" in ask(client, "ASK {}").text
    assert "No false" in ask(client, "ASK { FILTER(false) }").text
    page = ask(client, "DESCRIBE <https://w3id.org/powkg/id/japan>")
    assert 'rdfs:label "' in page.text
    assert "longer answer" not in page.text
    assert "The beginning of a longer answer" in ask(client, "CONSTRUCT WHERE { ?s ?p ?o }").text


def test_a_long_table_is_cut_and_says_so(client: FlaskClient) -> None:
    page = ask(client, "SELECT ?s { ?s ?p ?o . ?a ?b ?c }")
    assert page.cells() == MAX_ROWS
    assert f"The first {MAX_ROWS} rows" in page.text
    page = ask(client, f"SELECT ?s {{ ?s ?p ?o }} LIMIT {MAX_ROWS}")
    assert f"{MAX_ROWS} rows." in page.text
    assert "0 rows." in ask(client, "SELECT ?s { FILTER(false) }").text


def test_a_table_of_long_texts_is_cut_and_says_so(client: FlaskClient) -> None:
    # Each ?text is over 100,000 characters long.
    longer = " ".join(f"BIND(CONCAT({', '.join([f'?t{n}'] * 10)}) AS ?t{n + 1})" for n in range(4))
    query = f'SELECT ?n ?t4 {{ ?n ?p ?o . BIND("0123456789x" AS ?t0) {longer} }} LIMIT 500'
    page = ask(client, query)
    assert 2 <= page.cells() <= 2 * MAX_TABLE // 100_000
    assert f"The first {page.cells() // 2} rows, because more are too large for a page" in page.text
    longest = query.replace("LIMIT 500", "").replace(
        "SELECT ?n ?t4", f"SELECT (CONCAT({', '.join(['?t4'] * 50)}) AS ?t)"
    )
    page = ask(client, longest + " LIMIT 1")
    assert "The first 0 rows, because more are too large" in page.text
    assert page.cells() == 0


def test_nothing_of_a_query_or_an_answer_is_taken_for_markup(client: FlaskClient) -> None:
    text = HOSTILE.replace('"', '\\"')
    for query, status in ((f'SELECT ("{text}" AS ?x) {{}}', 200), (f"SELECT {HOSTILE}", 400)):
        page = ask(client, query, status)
        assert HOSTILE in "".join(page.words)
    page = ask(client, RELEASE, parameters={"$thing": f'"{text}"', "$name": "id:japan"})
    assert [field["value"] for field in page.all("input")] == [f'"{text}"', "id:japan"]
    ask(client, RELEASE, 400, parameters={"$thing": HOSTILE})


def test_an_error_is_shown_at_its_place_beside_the_query(client: FlaskClient) -> None:
    query = "SELECT *\n{ ?s ?p }"
    page = ask(client, query, 400)
    assert "Not SPARQL at line 2, column" in page.text
    (place,) = [word for word in page.words if word.rstrip().endswith("^")]
    line, mark = place.split("\n")[:2]
    assert line == "{ ?s ?p }"
    assert abs(mark.index("^") - line.index("}")) <= 1
    assert page.all("textarea")[0]["aria-invalid"] == "true"
    assert not page.all("table")


def test_a_place_in_a_long_line_is_shown_with_what_is_around_it(client: FlaskClient) -> None:
    page = ask(client, "SELECT * { " + "?s ?p ?o . " * 200 + "?x }", 400)
    (place,) = [word for word in page.words if word.rstrip().endswith("^")]
    line, mark = place.split("\n")[:2]
    assert len(line) <= 100
    assert "?x }" in line
    assert abs(mark.index("^") - line.index("}")) <= 1


def test_what_cannot_be_answered_is_told_in_the_form(client: FlaskClient, real: Path, real_folder: Path) -> None:
    assert "SERVICE is not answered: " in ask(client, "SELECT * { SERVICE <http://a.example/> {} }", 400).text
    assert "sorts values of several types" in ask(client, CRASH, 500).text
    assert "too complex" in ask(client, BOMB, 400).text
    with serving(real, real_folder, timeout=0.5, size=1) as hasty:
        assert "after 0.5 s" in ask(hasty, ENDLESS, 504).text
