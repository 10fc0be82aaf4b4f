"""The diagram of the model: true to the ontology, coloured by the page, and no part of it lies on another."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from powkg import diagram
from powkg.diagram import KINDS, LINKS, STATES, SUBCLASS
from powkg.namespaces import POW
from powkg.store import Store
from powkg.terms import IRI

SVG = "{http://www.w3.org/2000/svg}"
LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?label { GRAPH <https://w3id.org/powkg/ontology> { ?term rdfs:label ?label } FILTER(LANG(?label) = "en") }
"""
FITS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?kind ?property ?end ?class {
  GRAPH <https://w3id.org/powkg/ontology> { ?property ?end ?class . ?kind rdfs:subClassOf* ?class }
}
"""


@pytest.fixture(scope="module")
def labels(real_store: Store) -> dict[str, str]:
    return {str(term): str(label) for term, label in real_store.query(LABELS)}


@pytest.fixture(scope="module")
def root(labels: dict[str, str]) -> ET.Element:
    text = diagram.model(labels).svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ET.fromstring(text)  # noqa: S314  # what the module itself has written


@pytest.mark.parametrize("link", [link for link in LINKS if link[1].startswith(POW)], ids=lambda link: link[1])
def test_a_property_joins_what_its_domain_and_range_allow(real_store: Store, link: tuple[str, str, str]) -> None:
    source, predicate, target = link
    for end, kind in (("domain", source), ("range", target)):
        values = {"kind": kind, "property": predicate, "end": f"http://www.w3.org/2000/01/rdf-schema#{end}"}
        rows = list(real_store.query(FITS, {name: IRI(iri) for name, iri in values.items()}))
        assert rows, f"{predicate} has no {end} that {kind} is of"


def test_subclasses_are_those_of_the_ontology(real_store: Store) -> None:
    rows = real_store.query(
        "SELECT ?a ?p ?b { GRAPH <https://w3id.org/powkg/ontology> { ?a ?p ?b } }", {"p": IRI(SUBCLASS)}
    )
    stated = {(str(a), str(b)) for a, _, b in rows}
    for source, predicate, target in LINKS:
        if predicate == SUBCLASS:
            above, seen = {source}, set[str]()
            while above - seen:
                seen |= above
                above = {b for a, b in stated if a in seen}
            assert target in seen


def test_links_join_what_is_drawn() -> None:
    assert {end for source, _, target in LINKS for end in (source, target)} == set(KINDS)


def test_every_box_has_the_label_the_name_and_leads_to_the_class(root: ET.Element, labels: dict[str, str]) -> None:
    boxes = {box.attrib["href"]: [text.text for text in box.iter(f"{SVG}text")] for box in root.iter(f"{SVG}a")}
    assert boxes == {"#" + iri.removeprefix(POW): [labels[iri], "pow:" + iri.removeprefix(POW)] for iri in KINDS}


def test_every_link_has_its_words_and_is_a_sentence_for_screen_readers(
    root: ET.Element, labels: dict[str, str]
) -> None:
    words = {STATES: "states (its graph)", SUBCLASS: "is a kind of"}
    expected = [words.get(predicate) or labels[predicate] for _, predicate, _ in LINKS]
    drawn = [group for group in root.iter(f"{SVG}g") if "link" in group.attrib.get("class", "")]
    assert [text.text for group in drawn for text in group.iter(f"{SVG}text")] == expected
    description = root.findtext(f"{SVG}desc") or ""
    assert f"{labels[POW + 'Event']} – {labels[POW + 'participant']} – {labels[POW + 'Agent']}." in description
    assert description.count(" – ") == 2 * len(LINKS)


def test_no_box_lies_on_another_and_all_lie_on_the_sheet(root: ET.Element) -> None:
    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    assert width < 984, "wider than the middle of a page"
    spans = []
    for box in root.iter(f"{SVG}a"):
        numbers = []
        for shape in box:
            if shape.tag == f"{SVG}rect":
                x, y, w, h = (float(shape.attrib[name]) for name in ("x", "y", "width", "height"))
                numbers += [(x, y), (x + w, y + h)]
            elif "points" in shape.attrib:
                corners = [pair.split(",") for pair in shape.attrib["points"].split()]
                numbers += [(float(x), float(y)) for x, y in corners]
        xs, ys = zip(*numbers, strict=True)
        spans.append((min(xs), min(ys), max(xs), max(ys)))
    for a, b in combinations(spans, 2):
        assert a[2] < b[0] or b[2] < a[0] or a[3] < b[1] or b[3] < a[1]
    assert all(min(span[:2]) >= 0 and span[2] <= width and span[3] <= height for span in spans)


def test_it_brings_no_styles_and_no_fonts_and_is_the_same_each_time(labels: dict[str, str]) -> None:
    found = diagram.model(labels)
    assert not re.search(r"<style|style=|font-family|url\(|http", found.svg)
    assert diagram.model(labels) == found
    assert found.width == round(float(re.findall(r'width="([\d.]+)"', found.svg)[0]))


def test_a_label_is_text_and_no_markup() -> None:
    found = diagram.model({POW + "Event": "<b>&", POW + "when": "<i>"}).svg
    assert "&lt;b&gt;&amp;" in found
    assert "<b>" not in found
    assert "<i>" not in found
