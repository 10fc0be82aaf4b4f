from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import PREFIXES
from powkg.dataset import Dataset, find_inputs, read
from powkg.dates import bounds
from powkg.derived import dates_graph
from powkg.errors import DataError
from powkg.namespaces import DATE, DATES_GRAPH, EDTF, POW, RDF, RDFS, XSD
from powkg.terms import IRI, Literal, Term

MakeData = Callable[..., Path]


def test_a_date_has_its_edtf_its_days_and_a_label(make_data: MakeData) -> None:
    quads = dates_graph(read(find_inputs(make_data())))
    described: dict[str, dict[str, Term]] = {}
    for quad in quads:
        assert quad.graph == DATES_GRAPH
        described.setdefault(str(quad.subject), {})[str(quad.predicate)] = quad.value
    assert described == {
        DATE + "1990..1993": {
            RDF + "type": IRI(POW + "DateSpan"),
            POW + "edtf": Literal("[1990..1993]", None, EDTF + "EDTF"),
            POW + "earliest": Literal("1990-01-01", None, XSD + "date"),
            POW + "latest": Literal("1993-12-31", None, XSD + "date"),
            RDFS + "label": Literal("1990 to 1993", "en"),
        },
        DATE + "1878-12-18": {
            RDF + "type": IRI(POW + "DateSpan"),
            POW + "edtf": Literal("1878-12-18", None, EDTF + "EDTF"),
            POW + "earliest": Literal("1878-12-18", None, XSD + "date"),
            POW + "latest": Literal("1878-12-18", None, XSD + "date"),
            RDFS + "label": Literal("18 December 1878", "en"),
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
    assert derived == used
    assert all(bounds(iri.removeprefix(DATE)).earliest.year > 1500 for iri in used)
