"""What this service is, in RDF: the SPARQL 1.1 Service Description that `/sparql` gives where it is asked no query.

The engine makes it by a CONSTRUCT, so the counts are those of the store and the formats those of every answer.
https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from functools import lru_cache

from powkg import results
from powkg.engine import Engine
from powkg.errors import QueryTimeoutError
from powkg.namespaces import INFERRED_GRAPH, SHAPES_GRAPH

GEOF = "http://www.opengis.net/def/function/geosparql/"
FUNCTIONS = (
    *("area", "asGeoJSON", "centroid", "convexHull", "coordinateDimension", "difference", "dimension", "distance"),
    *("ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint", "ehEquals", "ehInside", "ehMeet", "ehOverlap"),
    *("envelope", "getSRID", "intersection", "isEmpty", "isSimple", "length", "perimeter"),
    *("rcc8dc", "rcc8ec", "rcc8eq", "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi", "relate"),
    *("sfContains", "sfCrosses", "sfDisjoint", "sfEquals", "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin"),
    *("spatialDimension", "symDifference", "union"),
)
"""The functions of GeoSPARQL that the engine has, of the names in `GEOF`. It has no other functions beyond SPARQL's."""

FORMATS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}
"""What https://www.w3.org/ns/formats/ calls each of our formats."""

_KEPT = 32
"""How many descriptions are kept: one a format and an address by which clients reach this server."""

_DEFAULT_GRAPH = (
    f"Each triple of the named graphs once, but for those of {SHAPES_GRAPH}. What {INFERRED_GRAPH} holds is among "
    "them: it was inferred when the data were built. A query is answered from what is stored, without any entailment."
)


def _values(variable: str, iris: list[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def _formats(entries: tuple[results.Format, ...]) -> list[str]:
    return ["http://www.w3.org/ns/formats/" + FORMATS[entry.name] for entry in entries]


_COUNTED = """\
  UNION { SELECT (COUNT(*) AS ?size) WHERE { ?s ?p ?o } }
  UNION {
    {
      SELECT ?name (COUNT(?s) AS ?number) WHERE { GRAPH ?name {} OPTIONAL { GRAPH ?name { ?s ?p ?o } } }
      GROUP BY ?name
    }
    BIND(BNODE() AS ?named) BIND(BNODE() AS ?graph)
  }"""
_NAMED = """\
  UNION { GRAPH ?name {} BIND(BNODE() AS ?named) BIND(BNODE() AS ?graph) }"""
_READING = """\
    (<#service> rdf:type sd:Service)
    (<#service> sd:endpoint <>)
    (<#service> sd:supportedLanguage sd:SPARQL11Query)
    (<#service> sd:defaultDataset <#dataset>)
    (<#dataset> rdf:type sd:Dataset)
    (<#dataset> sd:defaultGraph <#default-graph>)
    (<#default-graph> rdf:type sd:Graph)"""
_WRITING = """
    (<#service> sd:feature sd:EmptyGraphs)
    (<update#service> rdf:type sd:Service)
    (<update#service> sd:endpoint <update>)
    (<update#service> sd:supportedLanguage sd:SPARQL11Update)
    (<update#service> sd:feature sd:EmptyGraphs)
    (<update#service> sd:defaultDataset <#dataset>)"""
_UNION = """
    (<#service> sd:feature sd:UnionDefaultGraph)"""


def _query(*, counted: bool, writable: bool, union: bool) -> str:
    """The CONSTRUCT, put together from constants alone. Its relative IRIs are what is named by the address."""
    outputs = _values("resultFormat", _formats((*results.TABLE_FORMATS, *results.GRAPH_FORMATS)))
    inputs = _values("inputFormat", _formats(results.INPUT_FORMATS if writable else ()))
    return f"""\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>

CONSTRUCT {{
  ?subject ?property ?value .
  <#service> sd:resultFormat ?resultFormat ; sd:extensionFunction ?function .
  ?function a sd:Function .
  <update#service> sd:inputFormat ?inputFormat .
  <#default-graph> rdfs:comment ?comment ; void:triples ?size .
  <#dataset> void:vocabulary ?vocabulary ; sd:namedGraph ?named .
  ?named a sd:NamedGraph ; sd:name ?name ; sd:graph ?graph .
  ?graph a sd:Graph ; void:triples ?number .
}} WHERE {{
  {{ VALUES (?subject ?property ?value) {{
{_READING}{_WRITING if writable else ""}{_UNION if union else ""}
  }} }}
  UNION {{ {outputs} }}
  UNION {{ {inputs} }}
  UNION {{ {_values("function", [GEOF + name for name in FUNCTIONS])} }}
  UNION {{ BIND("{_DEFAULT_GRAPH}"@en AS ?comment) FILTER EXISTS {{ GRAPH <{INFERRED_GRAPH}> {{ ?s ?p ?o }} }} }}
  UNION {{ ?vocabulary a owl:Ontology }}
{_COUNTED if counted else _NAMED}
}}
"""


class Description:
    """Describes the service of an engine; one description for each address, format and version of the data is kept."""

    def __init__(self, engine: Engine, *, writable: bool, union: bool) -> None:
        """`writable` where `/update` changes the data; `union` where the default graph is that of all named graphs."""
        self._engine = engine
        self._writable = writable
        self._union = union
        self._kept = lru_cache(_KEPT)(self._made)

    def get(self, address: str, media_type: str) -> bytes:
        """The description in a format for graphs; the address is the one by which the client reached `/sparql`.

        Where the store is too large to be counted within the time of a query, the numbers are left out. Raises
        UsageError where the address is no IRI, and what else a query does.
        """
        return self._kept(self._engine.last_version(), address, media_type)

    def _made(self, _version: str, address: str, media_type: str) -> bytes:
        try:
            return self._asked(address, media_type, counted=True)
        except QueryTimeoutError:
            return self._asked(address, media_type, counted=False)

    def _asked(self, address: str, media_type: str, *, counted: bool) -> bytes:
        query = _query(counted=counted, writable=self._writable, union=self._union)
        with self._engine.open(query, {"graph": media_type}, base=address) as stream:
            return b"".join(stream)
