"""Every prefix and IRI pattern of the project, once.

IRIs are plain strings here, so that no other module needs an RDF library to name a thing.
"""

from __future__ import annotations

BASE = "https://w3id.org/powkg/"
ONTOLOGY = BASE + "ontology"

ID = BASE + "id/"
SOURCE = BASE + "source/"
PASSAGE = BASE + "passage/"
CLAIM = BASE + "claim/"
DATE = BASE + "date/"
TERM = BASE + "term/"
GEOMETRY = BASE + "geometry/"
SPAN = BASE + "span/"
BIRTH = BASE + "birth/"
DEATH = BASE + "death/"
COMPARISON = BASE + "comparison/"
SPREAD = BASE + "spread/"
MEASURE = BASE + "measure/"
MEASUREMENT = BASE + "measurement/"
GRAPH = BASE + "graph/"
POW = ONTOLOGY + "#"

ALIGNMENTS_GRAPH = ONTOLOGY + "/alignments"
SHAPES_GRAPH = ONTOLOGY + "/shapes"
TERMS_GRAPH = BASE + "term"
SHAPE = SHAPES_GRAPH + "#"
DATES_GRAPH = GRAPH + "dates"
LABELS_GRAPH = GRAPH + "labels"
INFERRED_GRAPH = GRAPH + "inferred"

CRM = "http://www.cidoc-crm.org/cidoc-crm/"
DCTERMS = "http://purl.org/dc/terms/"
EDTF = "http://id.loc.gov/datatypes/edtf/"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
QB = "http://purl.org/linked-data/cube#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SKOSXL = "http://www.w3.org/2008/05/skos-xl#"
TIME = "http://www.w3.org/2006/time#"
VANN = "http://purl.org/vocab/vann/"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "pow": POW,
    "id": ID,
    "source": SOURCE,
    "dawsey": PASSAGE + "dawsey/",
    "claim": CLAIM + "dawsey/",
    "date": DATE,
    "term": TERM,
    "geometry": GEOMETRY,
    "comparison": COMPARISON,
    "spread": SPREAD,
    "crm": CRM,
    "dcterms": DCTERMS,
    "edtf": EDTF,
    "foaf": FOAF,
    "geo": GEO,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "shape": SHAPE,
    "skos": SKOS,
    "skosxl": SKOSXL,
    "time": TIME,
    "vann": VANN,
    "xsd": XSD,
}
"""The prefixes of data files, queries and printed answers. `dawsey:` and `claim:` are those of the first source."""


def curie(iri: str) -> str:
    """The prefixed name of an IRI, by the longest prefix that fits; the IRI in angle brackets where none does."""
    best = max((p for p in PREFIXES.items() if iri.startswith(p[1])), key=lambda p: len(p[1]), default=None)
    if best is None or len(iri) == len(best[1]):
        return f"<{iri}>"
    return f"{best[0]}:{iri[len(best[1]) :]}"


def expand(name: str) -> str | None:
    """The IRI that a prefixed name (`id:harbin`) or an IRI in angle brackets stands for; None where it is neither."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return None


def source_of(graph: str) -> str:
    """`dawsey` for the IRI of a source or of a passage of it, which are the names of graphs; "" for another graph."""
    if graph.startswith(PASSAGE):
        return graph.removeprefix(PASSAGE).partition("/")[0]
    return graph.removeprefix(SOURCE) if graph.startswith(SOURCE) else ""


def passage_label(iri: str) -> str:
    """`p10s6` for a passage IRI of any source: the last part of its path."""
    return iri.rsplit("/", 1)[-1]
