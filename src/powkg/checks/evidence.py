"""Whether everything that is spoken of is described, and every statement stands with what says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.dataset import Quad
from powkg.mentions import near
from powkg.namespaces import CLAIM, DCTERMS, GEO, GEOMETRY, ID, PASSAGE, POW, RDF, RDFS, SCHEMA, SKOS, SOURCE, curie
from powkg.terms import IRI, Literal

_NAMED = (CLAIM, GEOMETRY, ID, PASSAGE, SOURCE)
_MATCHES = frozenset(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"))
REFERENCE_FACTS = frozenset(
    {RDFS + "label", GEO + "hasGeometry", GEO + "asWKT", POW + "coordinateKind", *_MATCHES}
    | {SCHEMA + name for name in ("familyName", "givenName", "isbn")}
    | {POW + name for name in ("words", "fingerprint", "withoutStatements", "digest")}
    | {DCTERMS + "identifier"}
)
"""What a sentence of an article does not say: preferred names, register numbers, coordinates, what a passage is."""

ARTICLE_FACTS = frozenset(POW + name for name in ("describes", "anaphor", "leavesOut"))
"""What is said of a sentence in its own graph."""

EDITORIAL_FACTS = frozenset({SKOS + "editorialNote"})
"""What the editors alone say, of anything."""


def dangling_entities(material: Material) -> Iterator[Finding]:
    """A value in the project's namespace of which no file says anything."""
    known = frozenset(material.by_subject)
    for quad in material.facts:
        value = str(quad.value)
        if isinstance(quad.value, IRI) and value.startswith(_NAMED) and value not in known:
            message = f"nothing is said of {curie(value)}{near(value, known)}"
            yield Finding(str(quad.subject), message, quad.graph, str(quad.predicate))


def entities_without_type(material: Material) -> Iterator[Finding]:
    """A subject without rdf:type."""
    known = frozenset(s for s in material.types if s.startswith(_NAMED))
    for subject in material.by_subject:
        if subject.startswith(_NAMED) and subject not in known:
            yield Finding(subject, f"no statement gives it a class{near(subject, known)}")


def entities_without_english_label(material: Material) -> Iterator[Finding]:
    """An entity without a preferred English name."""
    labelled = {
        str(quad.subject)
        for quad in material.by_predicate[RDFS + "label"]
        if isinstance(quad.value, Literal) and quad.value.language == "en"
    }
    for subject in material.by_subject:
        is_named = subject in material.passages or subject.startswith((ID, SOURCE))
        if is_named and subject in material.types and subject not in labelled:
            yield Finding(subject, "it has no English rdfs:label")


def entities_without_evidence(material: Material) -> Iterator[Finding]:
    """An entity or claim that no source speaks of: neither a passage nor a reference source.

    A reference source speaks of its own claims, and of what a statement of it ties to them or to something that is
    spoken of already. What stands apart from all that is a slip of the pen, or no concern of this graph.
    """
    spoken_of = {
        str(term) for quad in material.facts if quad.graph.startswith(PASSAGE) for term in (quad.subject, quad.value)
    }
    references = material.instances("ReferenceSource")
    ties = [
        (str(quad.subject), str(quad.value))
        for quad in material.facts
        if quad.graph in references and isinstance(quad.value, IRI) and str(quad.value).startswith((ID, CLAIM))
    ]
    spoken_of |= {subject for subject, _ in ties if _source_of_claim(subject) in references}
    while found := {end for tie in ties if not spoken_of.isdisjoint(tie) for end in tie} - spoken_of:
        spoken_of |= found
    for subject in material.by_subject:
        if subject.startswith((ID, CLAIM)) and subject in material.types and subject not in spoken_of:
            yield Finding(subject, "no passage and no reference source speaks of it")


def _source_of_claim(iri: str) -> str | None:
    """The source that a claim is named after; None where the IRI is no claim's."""
    return SOURCE + iri.removeprefix(CLAIM).partition("/")[0] if iri.startswith(CLAIM) else None


def undeclared_graphs(material: Material) -> Iterator[Finding]:
    """A graph that is neither a declared passage nor a declared source."""
    declared = material.passages | material.sources
    subjects: defaultdict[str, set[str]] = defaultdict(set)
    for quad in material.facts:
        if quad.graph not in declared:
            subjects[quad.graph].add(str(quad.subject))
    for graph, found in subjects.items():
        what = "passage" if graph.startswith(PASSAGE) else "source"
        places = [material.locate(subject, graph) for subject in found]
        file, line = min(places, key=lambda place: (place[0] or "", place[1] or 0))
        yield Finding(graph, f"the graph is no declared {what}{near(graph, declared)}", file=file, line=line)


def reference_facts_in_passages(material: Material) -> Iterator[Finding]:
    """A preferred name, a register number or a coordinate in the graph of a sentence."""
    for quad in material.facts:
        if quad.graph.startswith(PASSAGE) and str(quad.predicate) in REFERENCE_FACTS:
            message = f"{curie(str(quad.predicate))} is not what a sentence says"
            yield Finding(str(quad.subject), message, quad.graph, str(quad.predicate))


def article_facts_in_references(material: Material) -> Iterator[Finding]:
    """What belongs to a sentence, or to another source, in the graph of a source.

    That is a claim of another source, a remark on a sentence, and the class of what a sentence gives it. A note of the
    editors may be on anything, and a reference source gives the class of what it alone speaks of.
    """
    references = material.instances("ReferenceSource")
    classed = {str(quad.subject) for quad in material.by_predicate[RDF + "type"] if quad.graph.startswith(PASSAGE)}
    for quad in material.facts:
        subject, predicate = str(quad.subject), str(quad.predicate)
        if quad.graph.startswith(PASSAGE) or predicate in EDITORIAL_FACTS:
            continue
        if subject.startswith(CLAIM) and not (quad.graph in references and _source_of_claim(subject) == quad.graph):
            yield _misplaced(quad, f"{curie(predicate)} belongs to the graph of {_home(subject, references)}")
        elif predicate in ARTICLE_FACTS:
            yield _misplaced(quad, f"{curie(predicate)} belongs to the graph of a sentence")
        elif predicate == RDF + "type" and subject.startswith(ID):
            if subject in classed:
                yield _misplaced(quad, "the sentence that names it gives it its class")
            elif quad.graph not in references:
                yield _misplaced(quad, "the source that speaks of it gives it its class")


def _home(claim: str, references: Collection[str]) -> str:
    source = _source_of_claim(claim)
    return curie(source) if source in references and source is not None else "a sentence"


def editorial_notes_elsewhere(material: Material) -> Iterator[Finding]:
    """A note of the editors in a graph that is not theirs."""
    editorial = material.instances("EditorialSource")
    for predicate in sorted(EDITORIAL_FACTS):
        for quad in material.by_predicate[predicate]:
            if quad.graph not in editorial:
                yield _misplaced(quad, f"{curie(quad.graph)} does not say this; it is a note of the editors")


def _misplaced(quad: Quad, message: str) -> Finding:
    return Finding(str(quad.subject), message, quad.graph, str(quad.predicate))
