"""Whether the ontology, and the ontology with all facts, can be true; and if not, which statements clash.

    diagnose(quads, hermit) -> Diagnosis

Only axioms are told apart: the declarations of classes and properties are always taken for true.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from powkg.dataset import Quad
from powkg.errors import ReasonerError
from powkg.namespaces import ALIGNMENTS_GRAPH, ONTOLOGY, RDF, RDFS
from powkg.reasoner.conflict import Conflict, Oracle, OutOfTimeError, first_in_conflict, minimal_conflict
from powkg.reasoner.hermit import Hermit
from powkg.reasoner.modules import clashing, is_assertion, module, neighbourhoods
from powkg.reasoner.projection import Axiom, Projection, project
from powkg.terms import IRI

SECONDS = 60.0
"""How long HermiT may take for its verdict, and how long the search for all conflicts may take after that."""

_LEAST = 0.1
_INSTANCE, _TYPE = IRI("urn:powkg:instance"), IRI(RDF + "type")


_NONE: Conflict[Axiom] = Conflict((), minimal=True)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What cannot be true, and why: None and empty where all is well.

    `ontology` is the conflict within the ontology, `graph` that of facts with a consistent ontology. `classes` has for
    each class that cannot have an instance, by its IRI, the axioms that say so; the classes below one of these, which
    cannot have an instance either, are left out.
    """

    ontology: Conflict[Axiom] | None
    classes: Mapping[str, Conflict[Axiom]]
    graph: Conflict[Axiom] | None


def diagnose(quads: Iterable[Quad], hermit: Hermit, seconds: float = SECONDS) -> Diagnosis:
    """The verdict of HermiT on the statements, with minimal conflicts where `seconds` allow it.

    Of several conflicts, that is found which needs least of the alignments, then least beside the classes of things.
    Raises ReasonerError, as `Hermit.judge` does.
    """
    projection = project(sorted(quads, key=lambda quad: (quad.graph == ALIGNMENTS_GRAPH, quad.predicate != _TYPE)))
    documents = [projection.document(axioms) for axioms in (projection.ontology, _everything(projection))]
    ontology, *graph = hermit.judge(documents, seconds, classify=True)
    search = _Search(projection, hermit, time.monotonic() + seconds)
    if not ontology.consistent:
        return Diagnosis(search.conflict(projection.ontology), {}, None)
    return Diagnosis(
        None,
        {iri: search.conflict_of_class(iri) for iri in _highest(ontology.unsatisfiable, projection)},
        None if graph[0].consistent else search.conflict(_everything(projection)),
    )


def _everything(projection: Projection) -> tuple[Axiom, ...]:
    return (*projection.facts, *projection.ontology)


def _highest(classes: Collection[str], projection: Projection) -> list[str]:
    """The classes without those that are stated to be below another of them; all of them where they form a circle."""
    quads = (axiom.quads[0] for axiom in projection.ontology if len(axiom.quads) == 1)
    stated = {(str(q.subject), str(q.value)) for q in quads if q.predicate == IRI(RDFS + "subClassOf")}
    lower = {one for one, above in stated if one != above and {one, above} <= {*classes}}
    return sorted({*classes} - lower) or sorted(classes)


def _names(axioms: Iterable[Axiom]) -> frozenset[str]:
    return frozenset[str]().union(*(axiom.names for axiom in axioms))


class _Search:
    """Conflicts among the axioms of a projection, as long as the clock allows."""

    def __init__(self, projection: Projection, hermit: Hermit, end: float) -> None:
        self._projection = projection
        self._hermit = hermit
        self._end = end

    def conflict(self, axioms: Sequence[Axiom]) -> Conflict[Axiom]:
        """A conflict among axioms that contradict each other: first the assertions in it, then what they offend.

        Assertions that are minimal beside some axioms are so beside a part of these, so the two are found one by one.
        Most conflicts are about one thing; the assertions about each are tried first.
        """
        assertions = [axiom for axiom in axioms if is_assertion(axiom, self._projection)]
        terminology = [axiom for axiom in axioms if not is_assertion(axiom, self._projection)]
        rules = clashing(terminology)
        near = self._near(assertions, rules)
        part = module(rules, _names(near))
        facts = minimal_conflict(near, self._oracle(part))
        if facts is None:
            part = terminology
            facts = minimal_conflict(near, self._oracle(part)) or _NONE
        rest = self._offended(part, facts.members)
        return Conflict((*facts.members, *rest.members), facts.minimal and rest.minimal)

    def _near(self, assertions: Sequence[Axiom], terminology: Sequence[Axiom]) -> Sequence[Axiom]:
        """The assertions about one thing that the terminology contradicts, all of them where there is no such thing."""

        def document(axioms: Sequence[Axiom]) -> str:
            return self._projection.document((*module(terminology, _names(axioms)), *axioms))

        return first_in_conflict(neighbourhoods(assertions), self._asked(document)) or assertions

    def conflict_of_class(self, iri: str) -> Conflict[Axiom]:
        """The axioms by which nothing can be an instance of the class."""
        instance = Axiom.of((Quad(_INSTANCE, _TYPE, IRI(iri), ONTOLOGY),))
        return self._offended(self._projection.ontology, [instance])

    def _offended(self, terminology: Sequence[Axiom], assertions: Sequence[Axiom]) -> Conflict[Axiom]:
        """What contradicts the assertions, from the part that can have to do with them, or else from all."""
        part = module(clashing(terminology), _names(assertions))
        oracle = self._oracle(assertions)
        return minimal_conflict(part, oracle) or minimal_conflict(terminology, oracle) or _NONE

    def _oracle(self, given: Sequence[Axiom]) -> Oracle[Axiom]:
        """HermiT as an oracle on axioms beside those that are given."""
        return self._asked(lambda axioms: self._projection.document((*given, *axioms)))

    def _asked(self, document: Callable[[Sequence[Axiom]], str]) -> Oracle[Axiom]:
        """HermiT as an oracle on what `document` makes of axioms."""

        def first_conflict(series: Sequence[Sequence[Axiom]]) -> int | None:
            documents = [document(axioms) for axioms in series]
            left = self._end - time.monotonic()
            if left < _LEAST:
                raise OutOfTimeError
            try:
                verdicts = self._hermit.judge(documents, left)
            except ReasonerError as error:
                raise OutOfTimeError from error
            return None if all(verdict.consistent for verdict in verdicts) else len(verdicts) - 1

        return first_conflict
