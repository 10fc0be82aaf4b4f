"""Exports, each opened in a reader of its own."""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ford import ford_store
from powkg.errors import UsageError
from powkg.namespaces import BASE, CLAIM, ID, POW
from powkg.networks.exports import CSV_COLUMNS, FORMATS, export, flattened
from powkg.networks.neighbourhood import neighbourhood
from powkg.networks.projections import project
from powkg.networks.whole import whole_network
from powkg.store import Store

CROSSING, BRANDT = ID + "crossing-of-the-ford", ID + "otto-brandt"

Network = nx.MultiDiGraph
Read = tuple[dict[str, dict[str, Any]], list[tuple[str, str, dict[str, Any]]]]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"))


@pytest.fixture(scope="module")
def network(store: Store) -> nx.MultiDiGraph[str]:
    return whole_network(store)


def expected(network: nx.MultiDiGraph[str]) -> Read:
    """Nodes with their attributes, and edges with theirs, as they should be read back."""
    flat = flattened(network)
    nodes = {node: dict(data) for node, data in flat.nodes(data=True)}
    return nodes, sorted(((s, t, d) for s, t, d in flat.edges(data=True)), key=_id)


def _id(edge: tuple[str, str, dict[str, Any]]) -> int:
    return int(str(edge[2]["id"])[1:])


def read_graphml(content: bytes) -> Read:
    found: Any = nx.read_graphml(BytesIO(content), force_multigraph=True)
    edges = [(s, t, {**d, "id": key}) for s, t, key, d in found.edges(keys=True, data=True)]
    return {node: {k: v for k, v in data.items() if k != "id"} for node, data in found.nodes(data=True)}, sorted(
        edges, key=_id
    )


def read_igraph(content: bytes, folder: Path) -> Read:
    """igraph gives every attribute to all nodes and edges, empty where there is none."""
    file = folder / "network.graphml"
    file.write_bytes(content)
    found = igraph.Graph.Read_GraphML(str(file))
    nodes = {node["id"]: _filled(node.attributes()) for node in found.vs}
    names = found.vs["id"]
    edges = [
        (names[one.source], names[one.target], {**_filled(one.attributes()), "id": f"e{one.index}"}) for one in found.es
    ]
    return {node: {k: v for k, v in data.items() if k != "id"} for node, data in nodes.items()}, edges


def _filled(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value != "" and value == value}  # noqa: PLR0124  # NaN


def read_gexf(content: bytes) -> Read:
    found: Any = nx.read_gexf(BytesIO(content), version="1.3")
    nodes = {n: {k: v for k, v in data.items() if k not in {"start", "end"}} for n, data in found.nodes(data=True)}
    return nodes, sorted(((s, t, dict(d)) for s, t, d in found.edges(data=True)), key=_id)


def read_cyjs(content: bytes) -> Read:
    found: Any = nx.cytoscape_graph(json.loads(content))
    own = {"id", "name", "value"}
    nodes = {n: {k: v for k, v in data.items() if k not in own} for n, data in found.nodes(data=True)}
    ends = {"source", "target", "key", "interaction"}
    edges = [(s, t, {k: v for k, v in d.items() if k not in ends}) for s, t, d in found.edges(data=True)]
    return nodes, sorted(edges, key=_id)


def test_graphml_is_read_by_networkx(network: nx.MultiDiGraph[str]) -> None:
    assert read_graphml(export(network, "graphml")) == expected(network)


def test_graphml_is_read_by_igraph(network: nx.MultiDiGraph[str], tmp_path: Path) -> None:
    assert read_igraph(export(network, "graphml"), tmp_path) == expected(network)


def test_gexf_is_read_by_networkx(network: nx.MultiDiGraph[str]) -> None:
    assert read_gexf(export(network, "gexf")) == expected(network)


def test_cytoscape_json_is_read_by_networkx(network: nx.MultiDiGraph[str]) -> None:
    assert read_cyjs(export(network, "cyjs")) == expected(network)


def test_csv_has_a_row_a_link(network: nx.MultiDiGraph[str]) -> None:
    heading, *rows = csv.reader(StringIO(export(network, "csv").decode()))
    assert tuple(heading) == CSV_COLUMNS
    assert [(row[0], row[4], row[2]) for row in rows] == list(network.edges(keys=True))
    (row,) = (row for row in rows if row[0] == CROSSING and row[2] == POW + "commander")
    assert dict(zip(heading, row, strict=True)) == {
        "source": CROSSING,
        "source_label": "Crossing of the Ford",
        "property": POW + "commander",
        "property_label": "commander",
        "target": BRANDT,
        "target_label": "Otto Brandt",
        "passages": "p01s1 p01s2",
        "claimed": "no",
        "weight": "2",
    }
    assert {row[7] for row in rows if row[0].startswith(CLAIM)} == {"yes"}


def test_attributes_are_what_the_page_says(network: nx.MultiDiGraph[str]) -> None:
    flat = flattened(network)
    assert flat.nodes[CROSSING] == {
        "label": "Crossing of the Ford",
        "label_en": "Crossing of the Ford",
        "label_ja": "浅瀬渡河作戦",
        "label_ru": "Переправа через брод",
        "family": "event",
        "class": POW + "MilitaryOperation",
        **{f"kind_{language}": text for language, text in network.nodes[CROSSING]["kind"].items()},
        "earliest": "1945-08-02",
        "latest": "1945-08-05",
    }
    edge = flat.edges[CROSSING, BRANDT, POW + "commander"]
    assert {name: edge[name] for name in ("passages", "claimed", "weight", "label_ja")} == {
        "passages": "p01s1 p01s2",
        "claimed": False,
        "weight": 2,
        "label_ja": "指揮官",
    }
    assert flat.graph["dataset"] == BASE
    assert flat.graph["licence"] == "CC BY 4.0"


def test_the_graph_says_where_it_is_from_in_every_format_that_can(network: nx.MultiDiGraph[str]) -> None:
    given = flattened(network).graph
    assert {"dataset", "licence", "source", "version"} <= given.keys()
    graphml: Any = nx.read_graphml(BytesIO(export(network, "graphml")))
    assert given.items() <= graphml.graph.items()
    assert json.loads(export(network, "cyjs"))["data"] == given
    meta = f"<meta><creator>powkg {given['version']}</creator><description>{BASE} · CC BY 4.0</description></meta>"
    assert meta in re.sub(r">\s+<", "><", export(network, "gexf").decode())


def test_dated_nodes_of_gexf_have_a_beginning_and_an_end(network: nx.MultiDiGraph[str]) -> None:
    found: Any = nx.read_gexf(BytesIO(export(network, "gexf")), version="1.3")
    assert found.graph["mode"] == "dynamic"
    assert (found.nodes[CROSSING]["start"], found.nodes[CROSSING]["end"]) == ("1945-08-02", "1945-08-05")
    assert "start" not in found.nodes[BRANDT]


def test_what_a_neighbourhood_and_a_projection_add_is_passed_on(store: Store, network: nx.MultiDiGraph[str]) -> None:
    nodes, _ = read_graphml(export(neighbourhood(store, "otto-brandt"), "graphml"))
    assert nodes[BRANDT]["hop"] == 0
    assert nodes[BRANDT]["relevance"] == 1.0
    people = export(project(network, "people"), "graphml")
    assert all("weight" in data and data["via"].startswith(ID) for *_, data in read_graphml(people)[1])


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_same_network_gives_the_same_bytes(network: nx.MultiDiGraph[str], file_format: str) -> None:
    assert export(network, file_format) == export(network.copy(), file_format)
    assert "浅瀬渡河作戦".encode() in export(network, file_format) or file_format == "csv"


def test_an_unknown_format_is_wrong_use(network: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(UsageError, match="unknown format 'pajek': give one of graphml, gexf, cyjs, csv"):
        export(network, "pajek")


def test_a_network_without_links_is_written_too(store: Store) -> None:
    lonely = neighbourhood(store, "lonely-tower")
    for file_format, read in (("graphml", read_graphml), ("gexf", read_gexf), ("cyjs", read_cyjs)):
        assert read(export(lonely, file_format)) == expected(lonely)


hostile = st.text(min_size=1, max_size=20) | st.sampled_from(
    ['<a href="x">&amp;', "]]>", "\x00\x0b\ufffe", "e\u0301\U0001f600", " \t\r\n ", '=1+1,"', "\ud800", "None", "NaN"]
)


@given(st.dictionaries(st.sampled_from(("en", "ja", "ru")), hostile), hostile)
def test_hostile_labels_survive_in_every_format(labels: dict[str, str], name: str) -> None:
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in ("a", "b"):
        network.add_node(
            ID + node, iri=ID + node, labels=labels, class_iri="", kind={"en": name}, family="other", notes=(),
            earliest=None, latest=None,
        )  # fmt: skip
    for key in ("one", "two"):
        network.add_edge(
            ID + "a", ID + "b", key, property=POW + key, labels={"en": name}, passages=("p1",), claimed=False, notes=()
        )
    for file_format, read in (("graphml", read_graphml), ("gexf", read_gexf), ("cyjs", read_cyjs)):
        assert read(export(network, file_format)) == expected(network)
    rows = list(csv.reader(StringIO(export(network, "csv").decode())))
    assert len(rows) == 3
    assert rows[1][1] in (flattened(network).nodes[ID + "a"]["label"], "")


def test_what_xml_cannot_hold_is_replaced_and_a_line_end_becomes_a_space(network: nx.MultiDiGraph[str]) -> None:
    spoilt = network.copy()
    spoilt.nodes[BRANDT]["labels"] = {"en": "Otto\x00\nBrandt\ud800"}
    assert flattened(spoilt).nodes[BRANDT]["label_en"] == "Otto\ufffd Brandt\ufffd"
