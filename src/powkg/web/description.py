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
from powkg.terms import IRI

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
_WRITING_TEMPLATE = """
  ?updateService a sd:Service ;
    sd:endpoint ?updateEndpoint ;
    sd:supportedLanguage sd:SPARQL11Update ;
    sd:inputFormat ?inputFormat ;
    sd:feature sd:EmptyGraphs ;
    sd:defaultDataset ?dataset .
  ?service sd:feature sd:EmptyGraphs ."""


def _query(*, counted: bool, writable: bool, union: bool) -> str:
    """The CONSTRUCT, put together from constants alone."""
    outputs = _values("resultFormat", _formats((*results.TABLE_FORMATS, *results.GRAPH_FORMATS)))
    inputs = _values("inputFormat", _formats(results.INPUT_FORMATS))
    return f"""\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX void: <http://rdfs.org/ns/void#>

CONSTRUCT {{
  ?service a sd:Service ;
    sd:endpoint ?endpoint ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat ?resultFormat ;
    {"sd:feature sd:UnionDefaultGraph ;" if union else ""}
    sd:extensionFunction ?function ;
    sd:defaultDataset ?dataset .
  {_WRITING_TEMPLATE if writable else ""}
  ?function a sd:Function .
  ?dataset a sd:Dataset ; sd:defaultGraph ?defaultGraph ; sd:namedGraph ?named ; void:vocabulary ?vocabulary .
  ?defaultGraph a sd:Graph ; rdfs:comment ?comment ; void:triples ?size .
  ?named a sd:NamedGraph ; sd:name ?name ; sd:graph ?graph .
  ?graph a sd:Graph ; void:triples ?number .
}} WHERE {{
  {{ {outputs} }}
  UNION {{ {_values("function", [GEOF + name for name in FUNCTIONS])} }}
  UNION {{ {inputs if writable else ""} }}
  UNION {{ ?vocabulary a owl:Ontology }}
  UNION {{ BIND("{_DEFAULT_GRAPH}"@en AS ?comment) FILTER EXISTS {{ GRAPH <{INFERRED_GRAPH}> {{ ?s ?p ?o }} }} }}
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

    def get(self, endpoint: str, update_endpoint: str, media_type: str) -> bytes:
        """The description in a format for graphs; the addresses are those by which the client reached this server.

        Where the store is too large to be counted within the time of a query, the numbers are left out. Raises
        UsageError where an address is no IRI, and what else a query does.
        """
        return self._kept(self._engine.last_version(), endpoint, update_endpoint, media_type)

    def _made(self, _version: str, endpoint: str, update_endpoint: str, media_type: str) -> bytes:
        try:
            return self._asked(endpoint, update_endpoint, media_type, counted=True)
        except QueryTimeoutError:
            return self._asked(endpoint, update_endpoint, media_type, counted=False)

    def _asked(self, endpoint: str, update_endpoint: str, media_type: str, *, counted: bool) -> bytes:
        names = {
            "endpoint": endpoint,
            "service": endpoint + "#service",
            "dataset": endpoint + "#dataset",
            "defaultGraph": endpoint + "#default-graph",
        }
        if self._writable:
            names |= {"updateEndpoint": update_endpoint, "updateService": update_endpoint + "#service"}
        query = _query(counted=counted, writable=self._writable, union=self._union)
        terms = {name: IRI(address) for name, address in names.items()}
        with self._engine.open(query, {"graph": media_type}, substitutions=terms) as stream:
            return b"".join(stream)
