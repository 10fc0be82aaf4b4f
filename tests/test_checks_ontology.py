"""The checks of the ontology itself, each with its defect made on purpose, and the profile as OWLAPI sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from damage import ONTOLOGY, TERMS, Damage, assert_found
from powkg.checks import run
from powkg.dataset import Dataset
from powkg.errors import Severity
from powkg.namespaces import RDF

ALIGNMENTS = "ontology/alignments.ttl"
SHAPES = "ontology/shapes.ttl"
HEADER = "<https://w3id.org/powkg/ontology> a owl:Ontology"
NAME = "<https://w3id.org/powkg/ontology>"
MIX = "# What never mixes.\n"
"""Where further axioms are put in."""

BATTLE = "pow:Battle a owl:Class ;"
OTHER_ROOTS = "pow:Agent , pow:Place , pow:Statement , pow:DateSpan , pow:Office , pow:Qualified , pow:Omission"
DEFINED = "    rdfs:isDefinedBy <https://w3id.org/powkg/ontology> .\n"


def declared(name: str, kind: str = "Class", more: str = "") -> str:
    """A term that nothing but the check in question finds fault with."""
    return f'{MIX}pow:{name} a owl:{kind} ; {more}skos:definition "One {name}."@en ;\n{DEFINED}'


DAMAGES = [
    # ---- headers ----
    Damage(
        "ontology-without-header",
        "<https://w3id.org/powkg/ontology/shape>",
        "<https://w3id.org/powkg/ontology/shapes> a owl:Ontology",
        "<https://w3id.org/powkg/ontology/shape> a owl:Ontology",
        "<https://w3id.org/powkg/ontology/shape>",
        SHAPES,
        message="no header <https://w3id.org/powkg/ontology/shapes> a owl:Ontology",
    ),
    Damage(
        "ontology-without-metadata",
        NAME,
        'dcterms:contributor "powkg contributors"@en ;',
        "",
        HEADER,
        ONTOLOGY,
        message="the header has no dcterms:contributor",
    ),
    Damage(
        "ontology-without-metadata",
        "<https://w3id.org/powkg/term>",
        "dcterms:title",
        "dcterms:alternative",
        "<https://w3id.org/powkg/term> a owl:Ontology",
        TERMS,
        message="the header has no dcterms:title",
    ),
    Damage(
        "ontology-without-licence",
        NAME,
        "dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;",
        'dcterms:license "CC BY" ;',
        HEADER,
        ONTOLOGY,
    ),
    Damage(
        "ontology-without-version",
        "<https://w3id.org/powkg/ontology/alignments>",
        'owl:versionInfo "0.1.0" ;',
        "",
        "<https://w3id.org/powkg/ontology/alignments> a owl:Ontology",
        ALIGNMENTS,
        message="the header has no owl:versionInfo",
    ),
    Damage(
        "version-iri-mismatch",
        NAME,
        "ontology/0.1.0>",
        "ontology/0.1.1>",
        HEADER,
        ONTOLOGY,
        message="is <https://w3id.org/powkg/ontology/0.1.1>, and the version number 0.1.0",
    ),
    Damage(
        "versions-apart",
        "<https://w3id.org/powkg/term>",
        'owl:versionInfo "0.1.0"',
        'owl:versionInfo "0.2.0"',
        "<https://w3id.org/powkg/term> a owl:Ontology",
        TERMS,
        message="this is version 0.2.0, and powkg.ttl is version 0.1.0",
    ),
    Damage(
        "ontology-without-prefix",
        NAME,
        'vann:preferredNamespaceUri "https://w3id.org/powkg/ontology#"',
        'vann:preferredNamespaceUri "https://w3id.org/powkg/ontology/"',
        HEADER,
        ONTOLOGY,
        message="vann:preferredNamespaceUri",
    ),
    Damage(
        "ontology-iri-with-file-extension",
        NAME,
        "ontology/0.1.0>",
        "ontology/0.1.0.ttl>",
        HEADER,
        ONTOLOGY,
        message="0.1.0.ttl> names a file",
    ),
    # ---- names and texts ----
    Damage(
        "term-without-is-defined-by",
        "pow:Event",
        "rdfs:isDefinedBy <https://w3id.org/powkg/ontology> .",
        "rdfs:isDefinedBy <https://w3id.org/powkg/> .",
        "pow:Event a owl:Class",
        ONTOLOGY,
    ),
    Damage(
        "word-without-list",
        "term:persons",
        "term:persons a skos:Concept ; skos:inScheme term:units",
        "term:persons a skos:Concept ; skos:inScheme term:unit",
        "term:persons a",
        TERMS,
    ),
    Damage("misnamed-term", "pow:sea_battle", MIX, declared("sea_battle"), "pow:sea_battle a", ONTOLOGY),
    Damage(
        "misnamed-term",
        "pow:Wounded",
        MIX,
        declared("Wounded", "ObjectProperty"),
        "pow:Wounded a",
        ONTOLOGY,
        message="not in lowerCamelCase",
    ),
    Damage(
        "misnamed-term",
        "term:Persons",
        "term:persons a skos:Concept",
        "term:Persons a skos:Concept",
        "term:Persons a",
        TERMS,
        message="not in kebab-case",
    ),
    Damage("merged-class", "pow:CampAndGrave", MIX, declared("CampAndGrave"), "pow:CampAndGrave a", ONTOLOGY),
    Damage("miscellaneous-class", "pow:OtherEvent", MIX, declared("OtherEvent"), "pow:OtherEvent a", ONTOLOGY),
    Damage("reinvented-relation", "pow:isA", MIX, declared("isA", "ObjectProperty"), "pow:isA a", ONTOLOGY),
    Damage(
        "duplicate-label",
        "pow:Conflict",
        'pow:Conflict a owl:Class ; rdfs:label "conflict"@en',
        'pow:Conflict a owl:Class ; rdfs:label "battle"@en',
        "pow:Conflict a",
        ONTOLOGY,
        message="it has the label battle, as has pow:Battle",
    ),
    Damage(
        "duplicate-label",
        "term:probable",
        'skos:prefLabel "probable"@en',
        'skos:prefLabel "possible"@en',
        "term:probable a",
        TERMS,
        message="as has term:possible",
    ),
    Damage(
        "duplicate-definition",
        "pow:Settlement",
        'skos:definition "A city, town or village."@en',
        'skos:definition "An ocean, sea, lake or river."@en',
        "pow:Settlement a",
        ONTOLOGY,
        message="it has the definition of pow:BodyOfWater",
    ),
    Damage(
        "second-text-in-one-language",
        "pow:Battle",
        'rdfs:label "battle"@en',
        'rdfs:label "battle"@en , "fight"@en',
        "pow:Battle a",
        ONTOLOGY,
        message="it has two rdfs:label in the language en",
    ),
    Damage(
        "label-like-a-definition",
        "pow:Person",
        'skos:definition "A human being."@en',
        'skos:definition "Man."@en',
        "pow:Person a",
        ONTOLOGY,
    ),
    Damage(
        "ragged-definition",
        "pow:Person",
        'skos:definition "A human being."@en',
        'skos:definition "a human being"@en',
        "pow:Person a",
        ONTOLOGY,
    ),
    Damage(
        "text-with-stray-whitespace",
        "id:kwantung-army",
        '"Japanese Kwantung Army"@en',
        '"Japanese Kwantung Army "@en',
        '"Japanese Kwantung Army "@en',
        message="skos:altLabel has whitespace",
    ),
    Damage(
        "text-with-stray-whitespace",
        "pow:Person",
        'skos:definition "A human being."@en',
        'skos:definition "A  human being."@en',
        'skos:definition "A  human being."@en',
        ONTOLOGY,
    ),
    # ---- structure ----
    Damage("unconnected-class", "pow:Ghost", MIX, declared("Ghost"), "pow:Ghost a", ONTOLOGY),
    Damage(
        "property-without-domain-or-range",
        "pow:commander",
        "rdfs:domain pow:MilitaryOperation ; rdfs:range pow:Person ;",
        "rdfs:domain pow:MilitaryOperation ;",
        "pow:commander a",
        ONTOLOGY,
        message="it has no rdfs:range and no skos:scopeNote",
    ),
    Damage(
        "multiple-domains",
        "pow:commander",
        "rdfs:domain pow:MilitaryOperation ; rdfs:range pow:Person ;",
        "rdfs:domain pow:MilitaryOperation , pow:War ; rdfs:range pow:Person ;",
        "rdfs:domain pow:MilitaryOperation , pow:War",
        ONTOLOGY,
        message="rdfs:domain is both pow:MilitaryOperation and pow:War",
    ),
    Damage(
        "cycle-in-class-hierarchy",
        "pow:Event",
        "pow:Event a owl:Class ;",
        "pow:Event a owl:Class ; rdfs:subClassOf pow:Event ;",
        "pow:Event a",
        ONTOLOGY,
    ),
    Damage(
        "cycle-in-property-hierarchy",
        "pow:participant",
        "pow:participant a owl:ObjectProperty",
        "pow:participant rdfs:subPropertyOf pow:participant ; a owl:ObjectProperty",
        "pow:participant rdfs:subPropertyOf pow:participant ; a owl:ObjectProperty",
        ONTOLOGY,
    ),
    Damage(
        "redundant-superclass",
        "pow:Battle",
        BATTLE,
        f"{BATTLE} rdfs:subClassOf pow:Event ;",
        "pow:Battle a",
        ONTOLOGY,
        message="pow:Event follows from pow:MilitaryOperation",
    ),
    Damage(
        "root-that-may-mix",
        "pow:Event",
        MIX,
        declared("Zone", more=f"owl:disjointWith {OTHER_ROOTS} ; "),
        "pow:Event a",
        ONTOLOGY,
        message="never mixes with pow:Zone",
    ),
    Damage(
        "class-that-is-also-property",
        "pow:Battle",
        BATTLE,
        "pow:Battle a owl:Class , owl:ObjectProperty ;",
        "pow:Battle a",
        ONTOLOGY,
        message="it is a class, and owl:ObjectProperty",
    ),
    Damage(
        "inverse-of-itself",
        "pow:clientOf",
        "pow:clientOf a owl:ObjectProperty",
        "pow:clientOf owl:inverseOf pow:clientOf ; a owl:ObjectProperty",
        "pow:clientOf owl:inverseOf pow:clientOf ; a owl:ObjectProperty",
        ONTOLOGY,
    ),
    Damage(
        "inverse-of-symmetric",
        "pow:clientOf",
        "pow:clientOf a owl:ObjectProperty",
        "pow:clientOf owl:inverseOf pow:auxiliaryOf ; a owl:SymmetricProperty , owl:ObjectProperty",
        "pow:clientOf owl:inverseOf pow:auxiliaryOf ; a owl:SymmetricProperty , owl:ObjectProperty",
        ONTOLOGY,
        message="has the inverse pow:auxiliaryOf",
    ),
    Damage(
        "inverse-with-other-ends",
        "pow:operatedBy",
        "pow:operatedBy a owl:ObjectProperty",
        "pow:operatedBy owl:inverseOf pow:occupation ; a owl:ObjectProperty",
        "pow:operatedBy owl:inverseOf pow:occupation ; a owl:ObjectProperty",
        ONTOLOGY,
    ),
    Damage(
        "symmetric-with-different-ends",
        "pow:territory",
        "pow:territory a owl:ObjectProperty",
        "pow:territory a owl:SymmetricProperty , owl:ObjectProperty",
        "pow:territory a owl:SymmetricProperty , owl:ObjectProperty",
        ONTOLOGY,
        message="from pow:Group to pow:Place",
    ),
    Damage(
        "transitive-with-different-ends",
        "pow:territory",
        "pow:territory a owl:ObjectProperty",
        "pow:territory a owl:TransitiveProperty , owl:ObjectProperty",
        "pow:territory a owl:TransitiveProperty , owl:ObjectProperty",
        ONTOLOGY,
    ),
    Damage(
        "synonymous-terms",
        "pow:Battle",
        BATTLE,
        f"{BATTLE} owl:equivalentClass pow:MilitaryOperation ;",
        "pow:Battle a",
        ONTOLOGY,
        message="it is the same as pow:MilitaryOperation",
    ),
    Damage(
        "class-defined-by-itself",
        "pow:Battle",
        BATTLE,
        f"{BATTLE} rdfs:subClassOf [ a owl:Restriction ; owl:onProperty pow:partOf ; owl:someValuesFrom\n"
        "        [ a owl:Class ; owl:unionOf ( pow:War pow:Battle ) ] ] ;",
        "pow:Battle a",
        ONTOLOGY,
    ),
    Damage(
        "property-chain-of-one",
        "pow:during",
        "pow:during a owl:ObjectProperty",
        "pow:during owl:propertyChainAxiom ( pow:partOf ) ; a owl:ObjectProperty",
        "pow:during owl:propertyChainAxiom ( pow:partOf ) ; a owl:ObjectProperty",
        ONTOLOGY,
        message="the chain has pow:partOf only",
    ),
    Damage(
        "hijacked-namespace",
        "prov:wasAttributedTo",
        "prov:wasAttributedTo a owl:ObjectProperty ;",
        "prov:wasAttributedTo a owl:ObjectProperty ; rdfs:range pow:Agent ;",
        "prov:wasAttributedTo a",
        ONTOLOGY,
        message="rdfs:range is stated of a term of others",
    ),
    Damage(
        "deprecated-term-used",
        "pow:Conflict",
        "pow:Conflict a owl:Class ;",
        "pow:Conflict a owl:Class ; owl:deprecated true ;",
        "pow:Conflict a",
        ONTOLOGY,
        message="uses it",
    ),
    Damage(
        "deprecation-without-truth-value",
        "term:persons",
        "term:persons a skos:Concept ;",
        'term:persons a skos:Concept ; owl:deprecated "yes" ;',
        "term:persons a",
        TERMS,
        message="owl:deprecated is yes",
    ),
]
PROFILE = [
    Damage("outside-owl-2-dl", subject, old, new, marker, file, message=message)
    for subject, old, new, marker, file, message in [
        (
            "pow:Battle",
            'rdfs:subClassOf pow:MilitaryOperation ;\n    skos:definition "A fight',
            'rdfs:subClassOf schema:Battle ;\n    skos:definition "A fight',
            "rdfs:subClassOf schema:Battle",
            ONTOLOGY,
            "schema:Battle is not declared as a class",
        ),
        (
            "pow:during",
            "pow:during a owl:ObjectProperty",
            "pow:during a owl:DatatypeProperty , owl:ObjectProperty",
            "pow:during a owl:DatatypeProperty",
            ONTOLOGY,
            "it is declared as object property and as datatype property",
        ),
        (
            "pow:within",
            "pow:within a owl:ObjectProperty",
            "pow:within a owl:FunctionalProperty , owl:ObjectProperty",
            "pow:within a owl:FunctionalProperty",
            ONTOLOGY,
            "is transitive, or has a transitive one below it, which owl:FunctionalProperty does not allow",
        ),
        (
            "pow:after",
            "pow:after a owl:ObjectProperty",
            "pow:after owl:propertyDisjointWith pow:culminatedIn ; a owl:ObjectProperty",
            "pow:after owl:propertyDisjointWith",
            ONTOLOGY,
            "pow:after is transitive",
        ),
        (
            "pow:figure",
            "rdfs:domain pow:QuantityClaim ; rdfs:range xsd:integer",
            "rdfs:domain pow:QuantityClaim ; rdfs:range xsd:gYear",
            "rdfs:domain pow:QuantityClaim ; rdfs:range xsd:gYear",
            ONTOLOGY,
            "xsd:gYear is not declared as a datatype",
        ),
        (
            "<https://w3id.org/powkg/ontology>",
            'dcterms:created "2026-11-24"',
            'dcterms:created "2026-11-24"^^xsd:date',
            'dcterms:created "2026-11-24"^^xsd:date',
            ONTOLOGY,
            "the datatype xsd:date is none of OWL 2",
        ),
        (
            "rdfs:label",
            MIX,
            f"{MIX}rdfs:label rdfs:subPropertyOf skos:prefLabel .\n",
            "rdfs:label rdfs:subPropertyOf",
            ONTOLOGY,
            "rdfs:label is reserved",
        ),
        (
            "pow:Battle",
            "pow:Battle a owl:Class",
            "pow:Battle owl:subClassOf pow:Event ; a owl:Class",
            "pow:Battle owl:subClassOf",
            ONTOLOGY,
            "OWL 2 has no owl:subClassOf",
        ),
        (
            "pow:Battle",
            "pow:Battle a owl:Class",
            "pow:Battle a owl:Klass , owl:Class",
            "pow:Battle a owl:Klass",
            ONTOLOGY,
            "OWL 2 has no owl:Klass",
        ),
        (
            "pow:span",
            "pow:span rdfs:subPropertyOf crm:P4_has_time-span",
            "pow:span rdfs:subPropertyOf crm:P82a_begin_of_the_begin",
            "pow:span rdfs:subPropertyOf",
            ALIGNMENTS,
            "crm:P82a_begin_of_the_begin is not declared as an object property",
        ),
        (
            "pow:words",
            "pow:words a owl:DatatypeProperty",
            "pow:words a owl:SymmetricProperty , owl:DatatypeProperty",
            "pow:words a owl:SymmetricProperty",
            ONTOLOGY,
            "pow:words is not declared as an object property",
        ),
        (
            "pow:QuantityClaim",
            MIX,
            f"{MIX}[] a owl:AllDisjointClasses ; owl:members ( pow:QuantityClaim pow:QuantityClaims ) .\n",
            "pow:QuantityClaim a",
            ONTOLOGY,
            "pow:QuantityClaims is not declared as a class",
        ),
        (
            "pow:War",
            MIX,
            f"{MIX}[] a owl:AllDisjointClasses ; owl:members [ rdf:first pow:War ] .\n",
            "pow:War a",
            ONTOLOGY,
            "the list of owl:members is not well formed",
        ),
        (
            "pow:Battle",
            "pow:Battle a owl:Class",
            'pow:Battle rdfs:subClassOf [ rdfs:label "fight"@en ] ; a owl:Class',
            "pow:Battle rdfs:subClassOf",
            ONTOLOGY,
            "a blank node is neither a class, a list nor an axiom",
        ),
        (
            "term:persons",
            "term:persons a skos:Concept ; skos:inScheme term:units",
            'term:persons a skos:Concept ; skos:inScheme "units"',
            'term:persons a skos:Concept ; skos:inScheme "units"',
            TERMS,
            "skos:inScheme is an object property and leads to a text here",
        ),
    ]
]
STANDARDS = [
    Damage(
        "term-unknown-to-standard",
        "pow:Agent",
        "skos:closeMatch foaf:Agent , dcterms:Agent",
        "skos:closeMatch foaf:Agnet , dcterms:Agent",
        "skos:closeMatch foaf:Agnet",
        ALIGNMENTS,
        message="there is no foaf:Agnet; did you mean foaf:Agent?",
    ),
    Damage(
        "term-unknown-to-standard",
        "schema:sponser",
        "schema:sponsor a",
        "schema:sponser a",
        "schema:sponser a",
        ONTOLOGY,
        message="did you mean schema:sponsor?",
    ),
]
WARNINGS = {
    "ontology-without-metadata",
    "misnamed-term",
    "merged-class",
    "miscellaneous-class",
    "ragged-definition",
    "unconnected-class",
    "property-without-domain-or-range",
    "redundant-superclass",
    "root-that-may-mix",
}
OF_THE_ONTOLOGY = frozenset(damage.check for damage in DAMAGES)
OF_THE_PROFILE = frozenset({"outside-owl-2-dl", "term-unknown-to-standard"})
"""The checks in Python that are tested here."""


def leave_out_facts(root: Path, kept: str) -> None:
    """Take all files of graph/ but one from a copy of the data, since a store without the facts is soon made."""
    for file in (root / "graph").rglob("*.trig"):
        if file != root / kept:
            file.unlink()


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: f"{damage.check}:{damage.subject}")
def test_a_defect_of_the_ontology_is_found_at_its_place(copy_of_data: Path, damage: Damage) -> None:
    leave_out_facts(copy_of_data, damage.file)
    severity = Severity.WARNING if damage.check in WARNINGS else Severity.ERROR
    assert assert_found(copy_of_data, damage).severity is severity


@pytest.mark.parametrize("damage", [*PROFILE, *STANDARDS], ids=lambda damage: damage.message)
def test_what_owl_and_the_standards_do_not_have_is_found_at_its_place(copy_of_data: Path, damage: Damage) -> None:
    leave_out_facts(copy_of_data, damage.file)
    if "rdf:first" in damage.new:
        Damage("", None, "@prefix xsd:", f"@prefix rdf: <{RDF}> .\n@prefix xsd:", "", ONTOLOGY).do(copy_of_data)
    assert assert_found(copy_of_data, damage).severity is Severity.ERROR


def test_the_ontology_has_none_of_these_defects(real_dataset: Dataset) -> None:
    assert run(real_dataset, only=OF_THE_ONTOLOGY | OF_THE_PROFILE) == []
