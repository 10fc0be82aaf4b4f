"""Networks as files of other programs: GraphML, GEXF 1.3, Cytoscape JSON, and a CSV table of the links.

    export(network, "graphml") -> bytes

What nodes and edges carry (`powkg.networks.attributes`) becomes text, numbers and yes or no; docs/networks.md has the
table. Values that are not given are left out. Whatever else a node or edge has that is text, a number or a yes or no is
passed on: `hop`, `relevance`, a measure. The same network gives the same bytes: no file says when it was written.

XML has no room for most control characters, and a table no good one for ends of lines. So in every format a tab or an
end of a line becomes a space, and what no XML may hold the replacement character U+FFFD.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import metadata
from io import BytesIO, StringIO
from typing import Any
from xml.etree.ElementTree import ElementTree, SubElement, indent

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from powkg.entities.captions import LANGUAGES, Labels, best
from powkg.errors import UsageError
from powkg.namespaces import BASE

Value = str | int | float | bool

FORMATS = ("graphml", "gexf", "cyjs", "csv")
"""The formats, which are also how the names of their files end."""

LICENCE = "CC BY 4.0"
CSV_COLUMNS = (
    "source", "source_label", "property", "property_label", "target", "target_label", "passages", "claimed", "weight",
)  # fmt: skip

_OWN = frozenset(
    {"iri", "labels", "class_iri", "kind", "family", "earliest", "latest", "property", "passages", "claimed"}
)
_BREAKS = re.compile(r"[\t\n\r\x85\u2028\u2029]")
# What is no Char of XML 1.0 (production 2), and what it advises against (the second row of controls, non-characters).
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def export(network: nx.MultiDiGraph[str], file_format: str, language: str = "en") -> bytes:
    """The network as a file of one of `FORMATS`; what has one label only has it in the language, or else in English.

    Raises UsageError for another format.
    """
    if file_format not in FORMATS:
        raise UsageError(f"unknown format {file_format!r}: give one of {', '.join(FORMATS)}")
    if file_format == "csv":
        return _csv(network, language)
    flat = flattened(network, language)
    if file_format == "cyjs":
        return _cyjs(flat)
    return _graphml(flat) if file_format == "graphml" else _gexf(flat)


def flattened(network: nx.MultiDiGraph[str], language: str = "en") -> nx.MultiDiGraph[str]:
    """The network with plain values only; the graph says where it is from, under which licence, and of which version.

    Edges keep their keys, and have an `id` as well: e0, e1 and so on.
    """
    flat: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    flat.graph.update(_graph(network.graph))
    for node, data in network.nodes(data=True):
        flat.add_node(node, **_node(data, language))
    for number, (source, target, name, data) in enumerate(network.edges(keys=True, data=True)):
        flat.add_edge(source, target, name, id=f"e{number}", **_edge(data, language))
    return flat


def _graph(data: Mapping[str, Any]) -> dict[str, Value]:
    titles = [best(labels, "en") for labels in data.get("texts", {}).values()]
    return _given(
        {
            **{name: value for name, value in data.items() if isinstance(value, Value)},
            "dataset": BASE,
            "licence": LICENCE,
            "source": "; ".join(titles) or BASE,
            "data_version": data.get("version", ""),
            "version": metadata.version("powkg"),
        }
    )


def _node(data: Mapping[str, Any], language: str) -> dict[str, Value]:
    return _given(
        {
            "label": best(data["labels"], language) or data["iri"],
            **_by_language("label", data["labels"]),
            "family": data["family"],
            "class": data["class_iri"],
            **_by_language("kind", data["kind"]),
            "earliest": _iso(data["earliest"]),
            "latest": _iso(data["latest"]),
            **_others(data),
        }
    )


def _edge(data: Mapping[str, Any], language: str) -> dict[str, Value]:
    return _given(
        {
            "label": best(data["labels"], language) or data["property"],
            **_by_language("label", data["labels"]),
            "property": data["property"],
            "passages": " ".join(data["passages"]),
            "claimed": data["claimed"],
            "weight": len(data["passages"]),
            **_others(data),
        }
    )


def _others(data: Mapping[str, Any]) -> dict[str, Value]:
    return {name: value for name, value in data.items() if name not in _OWN and isinstance(value, Value)}


def _by_language(name: str, labels: Labels) -> dict[str, str]:
    return {f"{name}_{language}": labels.get(language, "") for language in LANGUAGES}


def _given(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: _clean(value) for name, value in values.items() if value != ""}


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _clean(value: Value) -> Value:
    return _FORBIDDEN.sub("\ufffd", _BREAKS.sub(" ", value)) if isinstance(value, str) else value


def _graphml(flat: nx.MultiDiGraph[str]) -> bytes:
    """Keys of edges become their ids, as networkx reads them."""
    named: nx.MultiDiGraph[str] = nx.MultiDiGraph(**flat.graph)
    named.add_nodes_from(flat.nodes(data=True))
    for source, target, data in flat.edges(data=True):
        named.add_edge(source, target, data["id"], **{name: value for name, value in data.items() if name != "id"})
    out = BytesIO()
    nx.write_graphml_xml(named, out)
    return out.getvalue()


def _gexf(flat: nx.MultiDiGraph[str]) -> bytes:
    """Nodes that are dated have a beginning and an end, so that Gephi can show them along a timeline."""
    dated = flat.copy()
    for _, data in dated.nodes(data=True):
        data |= {name: data[day] for name, day in (("start", "earliest"), ("end", "latest")) if day in data}
    writer = GEXFWriter(version="1.3")
    writer.add_graph(dated)
    meta = writer.xml.find("meta")
    meta.clear()  # networkx names itself and the day
    about = flat.graph
    SubElement(meta, "creator").text = f"powkg {about['version']}"
    SubElement(meta, "description").text = f"{about['dataset']} · {about['licence']}"
    indent(writer.xml)
    out = BytesIO()
    ElementTree(writer.xml).write(out, encoding="utf-8", xml_declaration=True)
    return out.getvalue()


def _cyjs(flat: nx.MultiDiGraph[str]) -> bytes:
    """`name` and `interaction` are what Cytoscape shows; networkx reads `value` as the node."""
    nodes = [
        {"data": {"id": node, "name": data.get("label", node), "value": node, **data}}
        for node, data in flat.nodes(data=True)
    ]
    edges = [
        {"data": {"source": source, "target": target, "key": key, "interaction": data.get("label", key), **data}}
        for source, target, key, data in flat.edges(keys=True, data=True)
    ]
    document = {
        "format_version": "1.0",
        "generated_by": f"powkg {flat.graph['version']}",
        "target_cytoscapejs_version": "~3.2",
        "data": flat.graph,
        "directed": True,
        "multigraph": True,
        "elements": {"nodes": nodes, "edges": edges},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(network: nx.MultiDiGraph[str], language: str) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(link_rows(network, language))
    return out.getvalue().encode()


def link_rows(network: nx.MultiDiGraph[str], language: str) -> Iterator[tuple[str, ...]]:
    """A row a link, in the order of `CSV_COLUMNS`; labels in the language, or else in English."""
    names = {node: str(_clean(best(data["labels"], language))) for node, data in network.nodes(data=True)}
    for source, target, data in network.edges(data=True):
        flat = _edge(data, language)
        yield (
            source, names[source],
            data["property"], str(_clean(best(data["labels"], language))),
            target, names[target],
            str(flat.get("passages", "")), "yes" if data["claimed"] else "no", str(flat["weight"]),
        )  # fmt: skip
