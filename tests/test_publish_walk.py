"""The walk from a passage's position to its triples: all of it from the store, and its Turtle is Turtle."""

from __future__ import annotations

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from powkg.dataset import Dataset
from powkg.namespaces import PASSAGE, PREFIXES, XSD
from powkg.publish.walk import Walk, turtle, walk
from powkg.store import Store
from powkg.terms import IRI, Blank, Literal, Term

PREFIX_LINES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


def walked(store: Store, name: str = "p10s7") -> Walk:
    found = walk(store, f"{PASSAGE}dawsey/{name}")
    assert found
    return found


def test_the_place_is_that_of_the_sources_file(real_store: Store, real_dataset: Dataset) -> None:
    found = walked(real_store)
    stated = {
        str(quad.predicate).rpartition("#")[2]: str(quad.value)
        for quad in real_dataset.statements()
        if str(quad.subject) in {found.passage.iri, found.passage.iri + "#position"}
    }
    assert [found.start, found.end, found.words, found.paragraph, found.sentence] == [
        int(stated[name]) for name in ("start", "end", "words", "paragraph", "sentence")
    ]
    assert found.fingerprint == stated["fingerprint"]
    assert found.length == found.end - found.start > found.words
    assert (found.source.label, found.creator.label) == (
        "The Fate of Japanese POWs in Soviet Captivity",
        "Jason Dawsey",
    )


@pytest.mark.parametrize("name", ["p10s7", "p10s2", "p06s2", "p13s1"])
def test_its_turtle_is_the_graph_of_the_passage(real_store: Store, real_dataset: Dataset, name: str) -> None:
    found = walked(real_store, name)
    blocks = []
    for subject in found.subjects:
        lines = " ;\n    ".join(line.turtle for line in subject.lines)
        blocks.append(f"{turtle(IRI(subject.ref.iri))}\n    {lines} .\n")
    quads = [quad for quad in real_dataset.statements() if quad.graph == found.passage.iri]
    expected = Graph().parse(data="".join(f"{_n3(q.subject)} {_n3(q.predicate)} {_n3(q.value)} .\n" for q in quads))
    assert isomorphic(Graph().parse(data=PREFIX_LINES + "".join(blocks)), expected)
    assert found.count == len(quads) == sum(len(subject.lines) for subject in found.subjects)


def _n3(term: Term) -> str:
    if isinstance(term, IRI):
        return f"<{term.value}>"
    assert isinstance(term, Literal)
    tag = f"@{term.language}" if term.language else f"^^<{term.datatype}>" if term.datatype != XSD + "string" else ""
    return f'"{term.value}"{tag}'


def test_every_statement_is_in_words(real_store: Store) -> None:
    words = {
        (subject.ref.label, line.property.label, line.value.words)
        for subject in walked(real_store).subjects
        for line in subject.lines
    }
    assert ("Yoshikuni Igarashi", "occupation or task", "historian") in words
    assert ("Japanese who died in Soviet captivity", "is of the class", "cohort") in words
    assert not [label for line in words for label in line if ":" in label and "·" not in label]


def test_the_claims_come_last_with_range_and_claimant(real_store: Store) -> None:
    found = walked(real_store)
    claims = [place for place, subject in enumerate(found.subjects) if "claim/" in subject.ref.iri]
    assert claims == list(range(len(found.subjects) - len(claims), len(found.subjects)))
    figure, ratio = found.figures
    assert (figure.printed, figure.least, figure.most) == ("100,000", "95,000", "105,000")
    assert figure.qualifier
    assert (figure.qualifier.label, "5 per cent" in figure.meaning) == ("about", True)
    assert ([ref.label for ref in figure.claimants], figure.method) == (["Yoshikuni Igarashi"], "estimate")
    assert ratio.ratio_to
    assert (ratio.printed, ratio.ratio, ratio.least) == ("", "2", "")


def test_a_passage_that_the_store_does_not_know(real_store: Store) -> None:
    assert walk(real_store, PASSAGE + "dawsey/p99s9") is None


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (IRI("https://w3id.org/powkg/id/harbin"), "id:harbin"),
        (IRI("https://w3id.org/powkg/passage/dawsey/p13s1#courtesy"), r"dawsey:p13s1\#courtesy"),
        (IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), "a"),
        (IRI("http://a.example/#b"), "<http://a.example/#b>"),
        (Literal('a "b"\n\\', "en"), '"a \\"b\\"\\n\\\\"@en'),
        (Literal("x"), '"x"'),
        (Literal("5", None, XSD + "integer"), "5"),
        (Literal("2", None, XSD + "decimal"), "2.0"),
        (Literal("0.5", None, XSD + "decimal"), "0.5"),
        (Literal("1949-03-01", None, XSD + "date"), '"1949-03-01"^^xsd:date'),
        (Blank("b"), "_:b"),
    ],
)
def test_terms_as_turtle(term: Term, text: str) -> None:
    assert turtle(term) == text
