"""Whether the statements can all be true together, as the reasoner sees it; each conflict with its statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from powkg.checks.finding import Finding
from powkg.checks.material import Material
from powkg.dataset import ONTOLOGY_GRAPHS
from powkg.errors import ReasonerError, ReasonerRefusalError
from powkg.namespaces import ONTOLOGY, OWL, RDF, RDFS, curie
from powkg.reasoner.conflict import Conflict
from powkg.reasoner.projection import Axiom
from powkg.terms import IRI

_FILE = "ontology/powkg.ttl"
_FILES = {graph: f"ontology/{file}" for file, graph in ONTOLOGY_GRAPHS.items()}
_SHOWN = 12


def inconsistent_ontology(material: Material) -> Iterator[Finding]:
    """Statements of the ontology that contradict each other."""
    if not isinstance(material.diagnosis, ReasonerError) and material.diagnosis.ontology is not None:
        yield _finding(material, material.diagnosis.ontology)


def inconsistent_graph(material: Material) -> Iterator[Finding]:
    """Facts that contradict the ontology."""
    if not isinstance(material.diagnosis, ReasonerError) and material.diagnosis.graph is not None:
        yield _finding(material, material.diagnosis.graph)


def unsatisfiable_classes(material: Material) -> Iterator[Finding]:
    """A class that cannot have an instance, with the statements that say so."""
    if not isinstance(material.diagnosis, ReasonerError):
        for iri, conflict in material.diagnosis.classes.items():
            listed = _listed(material, conflict)
            yield Finding(iri, f"nothing can be of this class, by all of these together: {listed}", ONTOLOGY)


def refused_axioms(material: Material) -> Iterator[Finding]:
    """Axioms that the reasoner refuses."""
    if isinstance(material.diagnosis, ReasonerRefusalError):
        yield Finding(None, str(material.diagnosis), file=_FILE)


def reasoner_not_run(material: Material) -> Iterator[Finding]:
    """That the reasoner gave no answer, and why."""
    error = material.diagnosis
    if isinstance(error, ReasonerError) and not isinstance(error, ReasonerRefusalError):
        yield Finding(None, str(error))


def _finding(material: Material, conflict: Conflict[Axiom]) -> Finding:
    """A conflict at the place of one of its facts, rather one that joins two things than one that gives a class."""
    message = f"these cannot all be true: {_listed(material, conflict)}"
    quads = [axiom.quads[0] for axiom in conflict.members if isinstance(axiom.quads[0].subject, IRI)]
    if not quads:
        return Finding(None, message, file=_FILE)
    quad = min(quads, key=lambda quad: (quad.graph in _FILES, str(quad.predicate) == RDF + "type"))
    return Finding(str(quad.subject), message, quad.graph, str(quad.predicate))


def _listed(material: Material, conflict: Conflict[Axiom]) -> str:
    texts = [_statement(material, axiom, conflict.members) for axiom in conflict.members[:_SHOWN]]
    if len(conflict.members) > _SHOWN:
        texts.append(f"and {len(conflict.members) - _SHOWN:,} more")
    if not conflict.minimal:
        texts.append("but which of them matter could not be found out in time")
    return "; ".join(texts)


def _statement(material: Material, axiom: Axiom, conflict: Sequence[Axiom]) -> str:
    """An axiom in prefixed names, with its file and line."""
    quad = axiom.quads[0]
    if len(axiom.quads) > 1 or not isinstance(quad.subject, IRI):
        return f"{_nameless(axiom, conflict)} ({_FILES.get(quad.graph) or curie(quad.graph)})"
    file, line = material.locate(quad.subject.value, quad.graph, str(quad.predicate))
    predicate = "a" if str(quad.predicate) == RDF + "type" else curie(str(quad.predicate))
    value = curie(quad.value.value) if isinstance(quad.value, IRI) else f'"{quad.value}"'
    return f"{curie(quad.subject.value)} {predicate} {value} ({file}:{line})"


def _nameless(axiom: Axiom, conflict: Sequence[Axiom]) -> str:
    """What blank nodes stand for: the kind of axiom, and its names, of many those that the rest of the conflict has."""
    kinds = sorted(str(quad.value) for quad in axiom.quads if str(quad.predicate) == RDF + "type")
    names = {name for name in axiom.names if not name.startswith((OWL, RDF, RDFS))}
    elsewhere = frozenset[str]().union(*(other.names for other in conflict if other != axiom))
    shown = names & elsewhere if len(names & elsewhere) > 1 else names
    return f"{' and '.join(map(curie, kinds)) or 'an axiom'} of {' , '.join(sorted(map(curie, shown)))}"
