"""What can be asked of the graph in Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx as nx
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


def test_claims_and_kinds_can_be_left_out(kg: KnowledgeGraph) -> None:
    assert any(data["claimed"] for *_, data in kg.network().edges(data=True))
    assert not any(data["claimed"] for *_, data in kg.network(claims=False).edges(data=True))
    near = kg.neighbourhood("japan", hops=2, kinds=("event", "place"), claims=False)
    assert {near.nodes[node]["family"] for node in near} <= {"event", "place"}


def test_a_network_is_projected_and_cut_to_a_date(kg: KnowledgeGraph) -> None:
    both = kg.network("people–events", "1945")
    assert {both.nodes[node]["family"] for node in both} == {"person", "event"}
    assert both.graph["when"] == "1945"
    assert set(both) == set(kg.network("people-events", when="1945"))
    assert set(kg.network().at("1945")) == set(kg.network(when="1945"))
    assert ID + "chidorigafuchi-interment-2016" not in both


def test_words_and_entities_may_be_given_as_they_are(kg: KnowledgeGraph) -> None:
    japan = kg.entity("japan")
    assert kg.entity(japan).iri == japan.iri
    near = kg.neighbourhood(japan, kinds="event")
    assert {near.nodes[node]["family"] for node in set(near) - {japan.iri}} == {"event"}
    assert set(near.fold("event")) == set(near.fold(("event",)))
    assert set(kg.network(when=1945)) == set(kg.network(when="1945"))
    assert kg.path(japan, "shinzo-abe")[0].entities[0] == japan.iri
    assert len(kg.query("SELECT ?n { VALUES ?n { 1 2 } }", n=2)) == 1
    with pytest.raises(UsageError, match="'de' is no language of the graph"):
        near.picture("de")
    with pytest.raises(UsageError, match="'de' is no language of the graph"):
        near.links("de")


def test_networks_and_paths_say_what_they_are(kg: KnowledgeGraph) -> None:
    assert repr(kg.neighbourhood("harbin")) == "<network of 2 entities and 1 link around Harbin>"
    assert repr(Network()) == "<network of 0 entities and 0 links>"
    found = kg.path("karl-marx", "shinzo-abe")
    assert repr(found) == "<1 path from Karl Marx to Shinzo Abe>"
    assert repr(found[:0]) == "<no paths>"


def test_the_sources_of_entities_are_read_from_the_store(kg: KnowledgeGraph) -> None:
    assert any(node.endswith("/dawsey/p12s1") for node in kg.network("sources-entities"))


def test_measures_are_rows_with_notes(kg: KnowledgeGraph) -> None:
    network = kg.network("people-events")
    rows = network.measures()
    assert len(rows) == len(network)
    assert rows.columns[:4] == ("entity", "label", "kind", "degree")
    assert rows.notes
    frame = rows.pandas()
    assert frame["degree"].is_monotonic_decreasing
    assert frame["degree"].sum() == 2 * nx.Graph(network).number_of_edges()
    assert network.label(str(rows[0][0])) == rows[0][1]


def test_events_are_folded_on_request(kg: KnowledgeGraph) -> None:
    network = kg.neighbourhood("chidorigafuchi-national-cemetery", claims=False)
    assert len(network.fold()) < len(network)


def test_the_chain_from_marx_to_abe_is_found_with_its_passages(kg: KnowledgeGraph) -> None:
    found = kg.path("karl-marx", "shinzo-abe", count=3)
    assert len(found) == 3
    assert [path.claimed for path in found] == [False, True, True]
    assert found[0] == kg.path("karl-marx", "shinzo-abe", claims=False)[0]
    assert all(step.passages for path in found for step in path.steps)
    assert str(found[:1]).splitlines()[0] == "Karl Marx"
    assert "[claimed]" not in str(found[:1])
    assert "(p12s1) [claimed]" in str(found)
    html = found._repr_html_()
    assert html.count("<table>") == 3
    assert html.count("a claim") == sum(step.claimed for path in found for step in path.steps)
    assert found[:1].network()._repr_svg_() is not None


def test_no_path_is_told(kg: KnowledgeGraph) -> None:
    with pytest.raises(UsageError, match="did you mean id:karl-marx"):
        kg.path("karl-marks", "shinzo-abe")
    with pytest.raises(PowkgError, match="no path"):
        kg.path("junpei-gomikawa", "shinzo-abe", claims=False)


def test_a_network_is_saved_as_what_its_name_says(kg: KnowledgeGraph, tmp_path: Path) -> None:
    near = kg.neighbourhood("harbin")
    assert set(nx.read_graphml(near.save(tmp_path / "a.graphml"))) == set(near)
    assert near.save(str(tmp_path / "a.SVG")).read_bytes().startswith(b"<?xml")
    assert near.save(tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(UsageError, match=r"let its name end in \.graphml, \.gexf, \.cyjs, \.csv, \.svg, \.png, \.pdf"):
        near.save(tmp_path / "a.doc")
    assert len(list(tmp_path.iterdir())) == 3


def test_links_are_rows(kg: KnowledgeGraph) -> None:
    near = kg.neighbourhood("harbin")
    rows = near.links("ja")
    assert len(rows) == near.number_of_edges()
    assert "ハルビン" in {cell for row in rows for cell in row}


def test_jupyter_shows_a_picture_or_where_there_is_too_much_a_table(kg: KnowledgeGraph) -> None:
    near, whole = kg.neighbourhood("harbin"), kg.network()
    assert str(near._repr_svg_()).startswith("<?xml")
    assert near._repr_html_() is None
    assert whole._repr_svg_() is None
    assert f"the first 100 of {whole.number_of_edges()} rows" in str(whole._repr_html_())
    assert Network()._repr_svg_() is None


def test_pictures_have_titles(kg: KnowledgeGraph) -> None:
    assert repr(kg.neighbourhood("harbin").picture(("ja",))) == "<picture: ハルビン>"
    assert repr(kg.path("karl-marx", "shinzo-abe").network().picture(title="From Marx to Abe")).endswith("Abe>")


def test_figures_are_pictures(kg: KnowledgeGraph) -> None:
    for drawn in (
        kg.timeline("1945", "1946", ("ja",)),
        kg.map(),
        kg.contested("japanese-dead-in-soviet-captivity", logarithmic=True),
    ):
        assert b"<svg" in drawn.to_bytes("svg")


def test_claims_stand_side_by_side(kg: KnowledgeGraph) -> None:
    disputed = [question for question in kg.claims().questions() if question.is_disputed]
    assert disputed


def test_it_opens_the_store_that_is_named_and_builds_it_first(make_data: Callable[..., Path], tmp_path: Path) -> None:
    data = make_data()
    opened = open_graph(tmp_path / "store", data=data)
    assert opened.ask("PREFIX id: <https://w3id.org/powkg/id/> ASK { id:cold-war ?p ?o }")
    again = open_graph(str(tmp_path / "store"), data=str(data))
    assert opened.version == again.version
    assert opened.version[:12] in repr(opened)


def test_a_program_that_opens_the_graph_ends_quietly(real: Path, real_folder: Path) -> None:
    program = f"import powkg; kg = powkg.open({str(real_folder)!r}, data={str(real)!r}); print(kg.entity('harbin'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("Harbin\n", "")


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
