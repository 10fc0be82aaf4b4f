"""The ontology held against OWL 2 DL by OWLAPI's own profile checker, which comes with the HermiT of owlready2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jpype
import owlready2
import pytest
import rdflib
from rdflib import OWL, RDF

from powkg.namespaces import ONTOLOGY

FILES = ("powkg.ttl", "terms.ttl", "alignments.ttl")
JAR = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
PREFIX = "@prefix pow: <https://w3id.org/powkg/ontology#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"

pytestmark = pytest.mark.java


@pytest.fixture(scope="module")
def java() -> None:
    """A Java machine in this process; it can be started once."""
    if not jpype.isJVMStarted():
        jpype.startJVM(classpath=[str(JAR)], convertStrings=True)


def violations(ontology: rdflib.Graph, folder: Path) -> list[str]:
    """What OWLAPI finds in an ontology."""
    file = folder / "ontology.rdf"
    ontology.serialize(file, format="xml", encoding="utf-8")
    manager: Any = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    loaded = manager.loadOntologyFromOntologyDocument(jpype.JClass("java.io.File")(str(file)))
    assert loaded.getAxiomCount() > 3000
    profile: Any = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2DLProfile")()
    return [str(one) for one in profile.checkOntology(loaded).getViolations()]


def whole(real: Path) -> rdflib.Graph:
    """The files as one ontology, with the header of powkg.ttl: OWL has one to an ontology."""
    graph = rdflib.Graph()
    for name in FILES:
        graph.parse(real / "ontology" / name)
    for header in set(graph.subjects(RDF.type, OWL.Ontology)) - {rdflib.URIRef(ONTOLOGY)}:
        graph.remove((header, None, None))
    return graph


@pytest.mark.usefixtures("java")
def test_the_ontology_is_owl_2_dl(real: Path, tmp_path: Path) -> None:
    assert violations(whole(real), tmp_path) == []


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize(
    ("axiom", "reason"),
    [
        ("pow:within a owl:FunctionalProperty .", "non-simple"),
        ("pow:Battle owl:disjointWith pow:Unheard .", "Unheard"),
        ("pow:during a owl:DatatypeProperty .", "pun"),
    ],
)
def test_the_checker_sees_what_is_not(real: Path, tmp_path: Path, axiom: str, reason: str) -> None:
    graph = whole(real).parse(data=PREFIX + axiom)
    assert any(reason in one for one in violations(graph, tmp_path))
