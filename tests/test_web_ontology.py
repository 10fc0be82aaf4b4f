"""/ontology: the page, its links and queries, and the same graph in every format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import OWL, RDF, SKOS

from conftest import PREFIXES
from pages import BROWSER, Page, check, serving
from powkg.build import build
from powkg.engine import Engine
from powkg.namespaces import CLAIM, ID, POW, TERM, expand
from powkg.store import Store
from powkg.terms import IRI
from powkg.web.ontology import WALKED
from test_engine import ENDLESS_ROWS

FILES = {
    "/ontology": "powkg.ttl",
    "/ontology/alignments": "alignments.ttl",
    "/ontology/shapes": "shapes.ttl",
    "/term": "terms.ttl",
}
FORMATS = {
    "ttl": ("text/turtle", "turtle"),
    "rdf": ("application/rdf+xml", "xml"),
    "jsonld": ("application/ld+json", "json-ld"),
    "nt": ("application/n-triples", "nt"),
}


@pytest.fixture(scope="module")
def client(real: Path, real_folder: Path) -> Iterator[FlaskClient]:
    with serving(real, real_folder) as client:
        yield client


@pytest.fixture(scope="module")
def html(client: FlaskClient) -> str:
    answer = client.get("/ontology", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    return answer.text


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


@pytest.fixture(scope="module")
def sections(html: str) -> dict[str, Page]:
    """Each section of a class, a property or a list, by its identifier."""
    found = re.findall(r'<section class="term" id="([^"]+)">(.*?)</section>', html, re.DOTALL)
    return {name: Page(content) for name, content in found}


def links(page: Page, start: str) -> list[str]:
    return sorted({link["href"] for link in page.all("a") if link["href"].startswith(start)})


def test_the_page_can_be_read_by_everybody(page: Page) -> None:
    check(page)
    assert {"ja", "ru"} <= {attributes.get("lang") for _, attributes in page.elements}
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_declared_term_has_its_section_with_its_definition(
    sections: dict[str, Page], real: Path, page: Page
) -> None:
    file = Graph().parse(real / "ontology" / "powkg.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {str(term) for kind in kinds for term in file.subjects(RDF.type, kind)}
    ours = {iri for iri in declared if iri.startswith(POW)}
    assert len(ours) > 200
    for iri in ours:
        text = sections[iri.removeprefix(POW)].text
        definition = str(file.value(URIRef(iri), SKOS.definition))
        assert "".join(definition.split()) in "".join(text.split())
        assert iri in text
        assert "In the graph" in text
    identities = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    standards = [attributes["title"] for attributes in page.all("a") if "title" in attributes]
    assert declared - ours <= set(standards)
    assert {"oa-hasSource", "prov-wasAttributedTo"} <= identities


def test_every_word_of_the_lists_has_its_place(page: Page, real: Path) -> None:
    file = Graph().parse(real / "ontology" / "terms.ttl")
    identities = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    for kind in (SKOS.Concept, SKOS.ConceptScheme):
        assert {"term-" + str(term).removeprefix(TERM) for term in file.subjects(RDF.type, kind)} <= identities


def test_links_within_the_page_lead_somewhere(page: Page) -> None:
    identities = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    places = [link[1:] for link in links(page, "#")]
    assert len(places) > 300
    assert set(places) <= identities


def test_every_link_is_within_the_page_on_this_server_or_a_name(page: Page) -> None:
    for attributes in page.all("a"):
        address = attributes["href"]
        assert address.startswith(("/", "#")) or {"noreferrer", "license"} & set(attributes["rel"].split()), address


def test_every_query_runs_and_has_an_answer(client: FlaskClient, page: Page) -> None:
    addresses = links(page, "/question/")
    assert len(addresses) > 200
    empty = set()
    for address in addresses:
        redirect = client.get(address)
        assert redirect.status_code == 303, address
        answer = client.get(redirect.location, headers={"Accept": "text/csv"})
        assert answer.status_code == 200, address
        if len(answer.text.splitlines()) < 2:
            empty.add(address)
    assert empty == set()


def test_every_picture_is_of_something_that_the_graph_knows(client: FlaskClient, page: Page, real_store: Store) -> None:
    addresses = links(page, "/picture/")
    assert len(addresses) > 100
    known = {str(subject) for (subject,) in real_store.query("SELECT DISTINCT ?s { ?s a ?class }")}
    names = [unquote(address).removeprefix("/picture/").removesuffix(".svg") for address in addresses]
    iris = {expand(name) or ID + name for name in names}
    assert iris <= known
    assert all(iri.startswith((ID, CLAIM)) for iri in iris)
    assert client.get(next(place for place in addresses if "claim:" in place)).status_code == 200


def test_other_links_on_this_server_are_answered(client: FlaskClient, page: Page) -> None:
    others = [link for link in links(page, "/") if not link.startswith(("/question/", "/picture/"))]
    assert len(others) > 15
    for link in others:
        assert client.get(link, headers={"Accept": BROWSER}).status_code == 200, link


def test_the_examples_know_their_passage(sections: dict[str, Page]) -> None:
    section = sections["commander"]
    assert "– commander –" in section.text
    assert "/question/passage?passage=dawsey:p06s2" in links(section, "/question/passage")


def test_a_property_of_a_list_shows_its_values(sections: dict[str, Page]) -> None:
    assert {"#term-certainties", "#term-possible", "#term-left-open"} <= set(links(sections["certainty"], "#term-"))


def test_a_transitive_and_a_functional_property_say_so(sections: dict[str, Page]) -> None:
    assert "transitive" in sections["within"].text
    assert "functional: at most one value" in sections["figure"].text
    assert "datatype property" in sections["figure"].text


def test_a_term_named_in_a_definition_is_a_link(sections: dict[str, Page]) -> None:
    assert "pow:realization" in sections["Event"].text
    assert "#realization" in links(sections["Event"], "#")


def test_the_counts_of_the_page_are_those_of_the_store(sections: dict[str, Page], real_store: Store) -> None:
    for name in ("Person", "Event", "QuantityClaim"):
        ((count,),) = real_store.query(
            """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
            SELECT (COUNT(DISTINCT ?thing) AS ?count) {
              GRAPH <https://w3id.org/powkg/ontology> { ?class rdfs:subClassOf* $kind }
              GRAPH ?graph { ?thing a ?class }
              FILTER(?graph != <https://w3id.org/powkg/graph/inferred>)
            }""".replace("$kind", f"<{POW}{name}>")
        )
        assert f"In the graph {int(str(count)):,} things" in sections[name].text


def test_the_walk_leads_from_the_position_to_the_triples(page: Page, real_store: Store) -> None:
    ((_, fingerprint, words),) = real_store.query(
        """PREFIX pow: <https://w3id.org/powkg/ontology#>
        SELECT ?passage ?fingerprint ?words { ?passage pow:fingerprint ?fingerprint ; pow:words ?words }""",
        {"passage": IRI(WALKED)},
    )
    for text in (str(fingerprint), f"{words} words", "powkg verify dawsey", "at least 95,000, at most 105,000"):
        assert text in page.text
    assert "Behind it stands Yoshikuni Igarashi" in page.text


def test_the_diagram_leads_to_the_classes(html: str, sections: dict[str, Page]) -> None:
    (svg,) = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    boxes = re.findall(r'<a class="box" href="#(\w+)"', svg)
    assert {"Event", "Claim", "Passage", "Agent"} <= set(boxes) <= set(sections)
    assert "style" not in re.sub(r'<style|aria-[a-z]+="[^"]*"', "", svg)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_is_the_graph_of_the_file(client: FlaskClient, real: Path, path: str, ending: str) -> None:
    media_type, parser = FORMATS[ending]
    by_ending = client.get(f"{path}.{ending}")
    by_header = client.get(path, headers={"Accept": media_type})
    assert by_ending.mimetype == by_header.mimetype == media_type
    assert by_ending.data == by_header.data
    expected = Graph().parse(real / "ontology" / FILES[path])
    assert len(expected) > 100
    assert isomorphic(Graph().parse(data=by_ending.data, format=parser), expected)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (BROWSER, "text/html"),
        ("text/html", "text/html"),
        ("text/html;q=0.5, text/turtle;q=0.4", "text/html"),
        ("text/html;q=0.5, text/turtle", "text/turtle"),
        ("text/html;q=0.5, image/png", "text/html"),
        ("application/rdf+xml;q=0.9, application/ld+json;q=0.8, */*;q=0.1", "application/rdf+xml"),
        ("application/json", "application/json"),
        ("text/html;q=0, */*;q=0.1", "text/turtle"),
        ("*/*", "text/turtle"),
        ("", "text/turtle"),
        ("APPLICATION/N-TRIPLES", "application/n-triples"),
    ],
)
def test_the_format_is_the_one_that_is_liked_best(client: FlaskClient, accept: str, media_type: str) -> None:
    answer = client.get("/ontology", headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


def test_what_is_in_no_format_asked_for_is_said(client: FlaskClient) -> None:
    answer = client.get("/ontology", headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "text/html, " in answer.text
    assert "text/turtle" in answer.text
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("path", ["/ontology", "/ontology.rdf", "/ontology/shapes"])
def test_each_answer_names_the_others_and_can_be_kept(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert "</ontology" in answer.headers["Link"]
    assert 'rel="alternate"; type="application/ld+json"' in answer.headers["Link"]
    again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_tag_is_of_one_format(client: FlaskClient) -> None:
    tags = {client.get("/ontology", headers={"Accept": accept}).headers["ETag"] for accept in (BROWSER, "*/*")}
    assert len(tags) == 2


@pytest.mark.parametrize("path", ["/ontology", "/ontology.ttl", "/term"])
def test_head_says_what_get_would(client: FlaskClient, path: str) -> None:
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


@pytest.mark.parametrize(
    ("path", "section"),
    [("/term", "small-lists"), ("/ontology/alignments", "all-alignments"), ("/ontology/shapes", "all-shapes")],
)
def test_a_browser_is_led_to_the_section(client: FlaskClient, page: Page, path: str, section: str) -> None:
    answer = client.get(path, headers={"Accept": BROWSER})
    assert (answer.status_code, answer.location) == (303, f"/ontology#{section}")
    assert answer.headers["Vary"] == "Accept, Accept-Encoding"
    assert section in {attributes.get("id") for _, attributes in page.elements}


def test_the_version_is_answered_and_no_other(client: FlaskClient, real: Path) -> None:
    file = Graph().parse(real / "ontology" / "powkg.ttl")
    (version,) = file.objects(None, OWL.versionIRI)
    answer = client.get(urlsplit(str(version)).path.removeprefix("/powkg"))
    assert (answer.status_code, answer.location) == (302, "/ontology")
    assert client.get("/ontology/0.0.0").status_code == 404
    assert client.get("/ontology.docx").status_code == 404


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_other_pages_lead_to_it(client: FlaskClient, path: str) -> None:
    assert "/ontology" in links(Page(client.get(path, headers={"Accept": BROWSER}).text), "/ontology")


# ---- other data

SMALL = (
    PREFIXES
    + """@prefix owl: <http://www.w3.org/2002/07/owl#> .
pow:War a owl:Class ; rdfs:label "war"@en .
pow:Person a owl:Class ; rdfs:label "<script>"@en .
"""
)


def test_a_new_build_is_a_new_page_and_a_new_file(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root, folder = make_data(ontology=SMALL), tmp_path / "built"
    build(root, folder)
    with serving(root, folder, size=1) as client:
        ask = [("/ontology", BROWSER), ("/ontology", "text/turtle")]
        before = [client.get(path, headers={"Accept": accept}) for path, accept in ask]
        with (root / "ontology" / "powkg.ttl").open("a", encoding="utf-8") as file:
            file.write('pow:Peace a owl:Class ; rdfs:label "peace"@en .\n')
        build(root, folder)
        kept = [client.get(path, headers={"Accept": accept}).data for path, accept in ask]
        (worker,) = client.application.extensions["powkg.engine"].pool._idle
        worker.kill()
        client.get("/health")
        after = [client.get(path, headers={"Accept": accept}) for path, accept in ask]
    assert kept == [answer.data for answer in before]
    for old, new in zip(before, after, strict=True):
        assert old.headers["ETag"] != new.headers["ETag"]
        assert ("Peace" in old.text, "Peace" in new.text) == (False, True)


def test_a_page_that_was_made_needs_no_worker(real: Path, real_folder: Path) -> None:
    with serving(real, real_folder, size=1) as client:
        before = client.get("/ontology", headers={"Accept": BROWSER}).data
        engine: Engine = client.application.extensions["powkg.engine"]
        with engine.open(ENDLESS_ROWS, {"select": "text/csv"}):
            assert client.get("/ontology", headers={"Accept": BROWSER}).data == before
            assert client.get("/ontology.nt").status_code == 503


def test_data_without_the_article_have_a_page_too(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root, folder = make_data(ontology=SMALL), tmp_path / "built"
    build(root, folder)
    with serving(root, folder) as client:
        answer = client.get("/ontology", headers={"Accept": BROWSER})
    assert answer.status_code == 200
    page = Page(answer.text)
    check(page)
    assert "one-sentence" not in {attributes.get("id") for _, attributes in page.elements}
    assert "&lt;script&gt;" in answer.text
    assert links(page, "/question/") == []
