from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeGuard

import pytest

from conftest import PREFIXES
from powkg.dataset import Dataset, read
from powkg.dates import bounds
from powkg.derived import dates_graph, labels_graph
from powkg.entities.captions import LANGUAGES
from powkg.errors import DataError
from powkg.inputs import find_inputs
from powkg.namespaces import (
    CLAIM,
    DATE,
    DATES_GRAPH,
    EDTF,
    INFERRED_GRAPH,
    LABELS_GRAPH,
    PASSAGE,
    POW,
    PROV,
    RDF,
    RDFS,
    SOURCE,
    XSD,
)
from powkg.store import Store, fill
from powkg.terms import IRI, Literal, Term

MakeData = Callable[..., Path]

_DERIVED = {DATES_GRAPH, LABELS_GRAPH, INFERRED_GRAPH}


def test_a_date_has_its_edtf_its_days_and_three_labels(make_data: MakeData) -> None:
    quads = dates_graph(read(find_inputs(make_data())))
    described: dict[str, dict[str, Term]] = {}
    for quad in quads:
        assert quad.graph == DATES_GRAPH
        if str(quad.subject) != DATES_GRAPH:
            key = (_is_text(quad.value) and quad.value.language) or str(quad.predicate)
            described.setdefault(str(quad.subject), {})[key] = quad.value
    assert described == {
        DATE + "1990..1993": {
            RDF + "type": IRI(POW + "DateSpan"),
            POW + "edtf": Literal("[1990..1993]", None, EDTF + "EDTF"),
            POW + "earliest": Literal("1990-01-01", None, XSD + "date"),
            POW + "latest": Literal("1993-12-31", None, XSD + "date"),
            "en": Literal("1990 to 1993", "en"),
            "ja": Literal("1990年から1993年の間", "ja"),
            "ru": Literal("1990–1993", "ru"),
        },
        DATE + "1878-12-18": {
            RDF + "type": IRI(POW + "DateSpan"),
            POW + "edtf": Literal("1878-12-18", None, EDTF + "EDTF"),
            POW + "earliest": Literal("1878-12-18", None, XSD + "date"),
            POW + "latest": Literal("1878-12-18", None, XSD + "date"),
            "en": Literal("18 December 1878", "en"),
            "ja": Literal("1878年12月18日", "ja"),
            "ru": Literal("18 декабря 1878", "ru"),
        },
    }


def test_every_wrong_date_is_named_where_it_is_used(make_data: MakeData) -> None:
    root = make_data(
        PREFIXES + "dawsey:p01s1 {\nid:a pow:when date:1945-13 ;\n pow:ended date:1946-10_ .\ndate:195 a id:b }"
    )
    with pytest.raises(DataError) as caught:
        dates_graph(read(find_inputs(root)))
    assert [(p.check, p.file, p.line, p.subject) for p in caught.value.problems] == [
        ("date-name", "graph/dawsey.trig", 9, "id:a"),
        ("date-name", "graph/dawsey.trig", 10, "id:a"),
        ("date-name", "graph/dawsey.trig", 11, "date:195"),
    ]
    assert "one end is missing" in caught.value.problems[1].message


def test_every_date_of_the_real_data_is_derived(real_dataset: Dataset) -> None:
    used = {
        term.value
        for quad in real_dataset.statements()
        for term in (quad.subject, quad.value)
        if isinstance(term, IRI) and term.value.startswith(DATE)
    }
    derived = {str(quad.subject) for quad in dates_graph(real_dataset)}
    assert derived == used | {DATES_GRAPH}
    assert all(bounds(iri.removeprefix(DATE)).earliest.year > 1500 for iri in used)


def test_derived_graphs_say_of_themselves_what_they_are(real_dataset: Dataset) -> None:
    for graph, quads in (
        (DATES_GRAPH, dates_graph(real_dataset)),
        (LABELS_GRAPH, labels_graph(fill(real_dataset.statements(), "1"))),
    ):
        about = [quad for quad in quads if str(quad.subject) == graph]
        assert {quad.graph for quad in quads} == {graph}
        assert IRI(PROV + "Entity") in {quad.value for quad in about}
        names = {
            quad.value.language for quad in about if quad.predicate == IRI(RDFS + "label") and _is_text(quad.value)
        }
        assert names == set(LANGUAGES)
        (comment,) = (str(quad.value) for quad in about if quad.predicate == IRI(RDFS + "comment"))
        assert comment.startswith("Written by the build and stated by no source: ")


def test_labels_are_written_where_the_files_have_none(make_data: MakeData) -> None:
    claim = "<https://w3id.org/powkg/claim/dawsey/p01s1-cold>"
    root = make_data(PREFIXES + f"dawsey:p01s1 {{ {claim} pow:about id:cold-war . id:cold-war a pow:War . }}")
    quads = labels_graph(fill(read(find_inputs(root)).statements(), "1"))
    assert [quad for quad in quads if str(quad.subject) != LABELS_GRAPH] == [
        *(
            (IRI(claim[1:-1]), IRI(RDFS + "label"), Literal("cold war", language), LABELS_GRAPH)
            for language in LANGUAGES
        ),
        (IRI("https://w3id.org/powkg/id/cold-war"), IRI(RDFS + "label"), Literal("cold war", "en"), LABELS_GRAPH),
    ]


def test_every_claim_of_the_real_data_has_three_labels_and_no_other(real_dataset: Dataset) -> None:
    claims = {
        str(term)
        for quad in real_dataset.statements()
        for term in (quad.subject, quad.value)
        if isinstance(term, IRI) and term.value.startswith(CLAIM)
    }
    labels = [quad for quad in labels_graph(fill(real_dataset.statements(), "1")) if str(quad.subject) != LABELS_GRAPH]
    assert len(claims) > 90
    assert sorted((str(q.subject), q.value.language) for q in labels if _is_text(q.value)) == sorted(
        (claim, language) for claim in claims for language in LANGUAGES
    )


def test_what_is_derived_stands_in_no_passage_and_no_source(real_dataset: Dataset, real_store: Store) -> None:
    everything = real_store.query("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }")
    by_graph: dict[str, int] = {}
    for *_, graph in everything:
        by_graph[str(graph)] = by_graph.get(str(graph), 0) + 1
    in_files: dict[str, int] = {}
    for quad in real_dataset.statements():
        in_files[quad.graph] = in_files.get(quad.graph, 0) + 1
    assert {graph: number for graph, number in by_graph.items() if graph not in _DERIVED} == in_files
    assert sum(graph.startswith((PASSAGE, SOURCE)) for graph in in_files) > 80
    assert not _DERIVED & set(in_files)


def test_labels_are_the_same_each_time(real_dataset: Dataset) -> None:
    statements = sorted(real_dataset.statements(), key=repr)
    first, second = labels_graph(fill(statements, "1")), labels_graph(fill(statements[::-1], "2"))
    assert first == second


def _is_text(term: Term) -> TypeGuard[Literal]:
    return isinstance(term, Literal)
