"""Which terms the standards have, by the closed lists of their names that rdflib ships: IRIs in, names out.

    unknown_to_its_standard("http://www.w3.org/ns/prov#Agnet") -> True
    names_beside("http://www.w3.org/ns/prov#Agnet") -> the IRIs of all terms of PROV-O

Where there is no such list (CIDOC CRM, the Web Annotation vocabulary, SKOS-XL, BIBO) no term is known to be wrong.
"""

from __future__ import annotations

from rdflib.namespace import (
    DCTERMS,
    FOAF,
    GEO,
    ORG,
    OWL,
    PROV,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    TIME,
    VANN,
    XSD,
    DefinedNamespace,
)

_STANDARDS: dict[str, type[DefinedNamespace]] = {
    str(one): one for one in (DCTERMS, FOAF, GEO, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, XSD)
}
_YOUNGER = frozenset({"https://schema.org/PoliticalParty"})
"""Terms that a standard has taken up after the list was made."""


def unknown_to_its_standard(iri: str) -> bool:
    """Whether the IRI is in the namespace of a standard and names none of its terms."""
    base = _base(iri)
    return base is not None and iri != base and iri not in _YOUNGER and iri not in _STANDARDS[base]


def names_beside(iri: str) -> frozenset[str]:
    """The IRIs of the terms of the standard that the IRI is in the namespace of."""
    base = _base(iri)
    return frozenset() if base is None else frozenset(map(str, dir(_STANDARDS[base])))


def _base(iri: str) -> str | None:
    return next((base for base in _STANDARDS if iri.startswith(base)), None)
