"""Where a network comes from: the texts whose passages it names, and the version of the data."""

from __future__ import annotations

from collections import defaultdict

import networkx as nx

from powkg.terms import Literal, Queryable

TEXTS = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?text ?label WHERE { ?passage oa:hasSource ?text . ?text rdfs:label ?label }
"""


def with_origin(network: nx.MultiDiGraph[str], store: Queryable, version: str = "") -> nx.MultiDiGraph[str]:
    """The network with `texts`, the labels by language of each text that has passages, by IRI, and `version`."""
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    for text, label in store.query(TEXTS):
        if isinstance(label, Literal):
            titles[str(text)][label.language or "en"] = label.value
    origin = network.copy()
    origin.graph.update(texts={text: titles[text] for text in sorted(titles)}, version=version)
    return origin
