"""Which names the standards have."""

from __future__ import annotations

import pytest

from powkg.namespaces import CRM, FOAF, OWL, PROV, RDF, SCHEMA, XSD
from powkg.standards import names_beside, unknown_to_its_standard


@pytest.mark.parametrize("iri", [PROV + "Agent", XSD + "date", RDF + "_1", OWL + "Ontology", SCHEMA + "PoliticalParty"])
def test_a_term_of_a_standard_is_known(iri: str) -> None:
    assert not unknown_to_its_standard(iri)


@pytest.mark.parametrize("iri", [PROV + "Agnet", SCHEMA + "Persn", OWL + "subClassOf", XSD + "text"])
def test_a_name_that_a_standard_does_not_have_is_unknown(iri: str) -> None:
    assert unknown_to_its_standard(iri)


@pytest.mark.parametrize("iri", [CRM + "E5_Evnt", "https://w3id.org/powkg/ontology#Evnt", PROV])
def test_where_there_is_no_list_nothing_is_unknown(iri: str) -> None:
    assert not unknown_to_its_standard(iri)


def test_the_names_beside_are_those_of_the_same_standard() -> None:
    names = names_beside(FOAF + "Agnet")
    assert FOAF + "Agent" in names
    assert all(name.startswith(FOAF) for name in names)
    assert names_beside(CRM + "E5_Event") == frozenset()
