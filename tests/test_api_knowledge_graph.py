"""What can be asked of the graph in Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import powkg
from powkg.api import KnowledgeGraph, Network, open_graph
from powkg.errors import PowkgError, QuerySyntaxError, QueryTooComplexError, UsageError
from powkg.namespaces import ID
from powkg.store import open_store
from powkg.terms import IRI

PERSONS = """
PREFIX pow: <https://w3id.org/powkg/ontology#>
SELECT ?person ?born WHERE { ?person a pow:Person ; pow:birthDate ?born } ORDER BY ?person
"""


@pytest.fixture(scope="module")
def kg(real: Path, real_folder: Path) -> KnowledgeGraph:
    return KnowledgeGraph(open_store(real_folder), real)


def test_a_select_gives_rows(kg: KnowledgeGraph) -> None:
    rows = kg.query(PERSONS)
    assert rows.columns == ("person", "born")
    assert (ID + "hideki-tojo" in {row[0] for row in rows}) is True


@pytest.mark.parametrize("value", ["id:hideki-tojo", f"<{ID}hideki-tojo>", IRI(ID + "hideki-tojo")])
def test_a_variable_can_be_given_a_value(kg: KnowledgeGraph, value: str | IRI) -> None:
    assert [row[0] for row in kg.query(PERSONS, person=value)] == [ID + "hideki-tojo"]


def test_other_queries_have_methods_of_their_own(kg: KnowledgeGraph) -> None:
    assert kg.ask("ASK { ?s ?p ?o }") is True
    assert kg.ask("ASK { ?s <http://none.example/> ?o }") is False
    assert len(kg.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5")) == 5
    with pytest.raises(UsageError, match=r"none for query\(\): give it to ask\(\)"):
        kg.query("ASK { ?s ?p ?o }")
    with pytest.raises(UsageError, match=r"none for construct\(\): give it to query\(\)"):
        kg.construct("SELECT * { ?s ?p ?o } LIMIT 1")


def test_a_wrong_query_is_told_with_its_place(kg: KnowledgeGraph) -> None:
    with pytest.raises(QuerySyntaxError, match="line 1"):
        kg.query("SELECT ?x WHERE { ?x }")


def test_a_query_that_would_overflow_the_engine_is_refused(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryTooComplexError):
        kg.query("SELECT * {" + "(" * 5000)


def test_questions_are_asked_by_name(kg: KnowledgeGraph) -> None:
    assert "deaths-compared" in kg.questions()
    rows = kg.question("person", person="id:hideki-tojo")
    assert len(rows) > 0
    with pytest.raises(PowkgError, match="person"):
        kg.question("persn")


def test_an_entity_has_names_links_and_passages(kg: KnowledgeGraph) -> None:
    entity = kg.entity("junpei-gomikawa")
    assert (entity.iri, entity.name) == (ID + "junpei-gomikawa", "id:junpei-gomikawa")
    assert entity.label("ja") == "五味川純平"
    assert str(entity) == entity.label("fr") == "Junpei Gomikawa"
    assert entity.family == "person"
    assert entity.passages == ("p12s1",)
    assert entity.links


def test_jupyter_shows_an_entity_with_its_evidence(kg: KnowledgeGraph) -> None:
    html = kg.entity("junpei-gomikawa")._repr_html_()
    assert '<span lang="ja">五味川純平</span>' in html
    assert "p12s1" in html
    assert "id:junpei-gomikawa" in html


def test_an_unknown_entity_is_told_with_the_nearest(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="did you mean id:junpei-gomikawa"):
        kg.entity("junpei-gomikawo")


def test_networks_are_of_networkx_and_stay_so_when_they_are_cut(kg: KnowledgeGraph) -> None:
    near = kg.neighbourhood("japan", limit=5)
    assert isinstance(near, Network)
    assert len(near) == 6
    whole = kg.network()
    assert set(near) <= set(whole)
    assert isinstance(whole.subgraph(near).copy(), Network)
    whole.clear()
    assert len(kg.network()) > 300


def test_a_neighbourhood_shows_itself(kg: KnowledgeGraph) -> None:
    assert kg.neighbourhood("harbin")._repr_svg_().startswith("<?xml")


def test_it_opens_the_store_that_is_named_and_builds_it_first(make_data: Callable[..., Path], tmp_path: Path) -> None:
    data = make_data()
    opened = open_graph(tmp_path / "store", data=data)
    assert opened.ask("PREFIX id: <https://w3id.org/powkg/id/> ASK { id:cold-war ?p ?o }")
    again = open_graph(str(tmp_path / "store"), data=str(data))
    assert opened.version == again.version
    assert opened.version[:12] in repr(opened)


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        open_graph(data=tmp_path / "none")
    (tmp_path / "file").write_text("")
    with pytest.raises(PowkgError):
        open_graph(tmp_path / "file")


def test_the_package_names_what_people_use() -> None:
    assert powkg.open is open_graph
    assert powkg.KnowledgeGraph is KnowledgeGraph
    assert {"open", "KnowledgeGraph"} <= set(dir(powkg))
    with pytest.raises(AttributeError, match="no attribute 'close'"):
        powkg.close  # noqa: B018


def test_importing_the_package_loads_no_engine() -> None:
    program = "import sys, powkg; print(sorted({'pyoxigraph', 'networkx', 'rdflib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
