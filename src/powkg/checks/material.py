"""What the checks look at: the statements of a dataset, arranged for look-ups, and what the build derives from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from powkg.build import with_derived
from powkg.checks.ontology import Ontology
from powkg.dataset import ONTOLOGY_GRAPHS, Dataset, Quad
from powkg.derived import derive_dates
from powkg.errors import PowkgError, Problem, ReasonerError
from powkg.namespaces import OA, PASSAGE, POW, RDF, TERMS_GRAPH, XSD
from powkg.reasoner.diagnosis import Diagnosis, diagnose
from powkg.reasoner.hermit import Hermit
from powkg.store import Answer, Store, fill
from powkg.terms import IRI, Literal, Row, Term

_TYPE = IRI(RDF + "type")


@dataclass(frozen=True, slots=True)
class Table:
    """A whole answer as rows: of a SELECT with its variables, the triples of a graph, one cell for ASK's true or false.

    `kind` is that of the answer ("select", "ask" or "graph"); `variables` is empty but for a SELECT.
    """

    kind: str
    variables: tuple[str, ...]
    rows: tuple[Row, ...]


class Material:
    """A dataset for the checks. Everything is worked out when it is first asked for; IRIs are strings."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._answers: dict[tuple[str, tuple[tuple[str, Term], ...]], Table | PowkgError] = {}

    @property
    def root(self) -> Path:
        """The data folder."""
        return self.dataset.inputs.root

    @cached_property
    def statements(self) -> tuple[Quad, ...]:
        """Every statement of the files, in an order that is always the same."""
        return tuple(sorted(self.dataset.statements(), key=lambda quad: (quad.graph, *map(str, quad[:3]))))

    @cached_property
    def facts(self) -> tuple[Quad, ...]:
        """The statements of graph/."""
        ontology = frozenset(ONTOLOGY_GRAPHS.values())
        return tuple(quad for quad in self.statements if quad.graph not in ontology)

    @cached_property
    def ontology(self) -> Ontology:
        return Ontology.of(self.statements)

    @cached_property
    def _dates(self) -> tuple[list[Quad], list[Problem]]:
        return derive_dates(self.dataset)

    @property
    def dates(self) -> list[Quad]:
        """The statements of the graph of dates, without the dates that cannot be read."""
        return self._dates[0]

    @property
    def date_problems(self) -> list[Problem]:
        """The dates that cannot be read."""
        return self._dates[1]

    @cached_property
    def by_subject(self) -> Mapping[str, list[Quad]]:
        """The facts about each subject."""
        found: defaultdict[str, list[Quad]] = defaultdict(list)
        for quad in self.facts:
            found[str(quad.subject)].append(quad)
        return found

    @cached_property
    def by_predicate(self) -> Mapping[str, list[Quad]]:
        """The facts with each predicate; an empty list for one that none has."""
        found: defaultdict[str, list[Quad]] = defaultdict(list)
        for quad in self.facts:
            found[str(quad.predicate)].append(quad)
        return found

    @cached_property
    def types(self) -> Mapping[str, frozenset[str]]:
        """The classes that each thing is stated to be of: in graph/, in the small lists, or as a date."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for quad in (*self.statements, *self.dates):
            if quad.predicate == _TYPE:
                found[str(quad.subject)].add(str(quad.value))
        return {subject: frozenset(types) for subject, types in found.items()}

    def values(self, subject: str, predicate: str) -> list[str]:
        """The different values that the facts give a subject, IRIs and literals alike as strings."""
        found = (quad for quad in self.by_subject.get(subject, ()) if str(quad.predicate) == predicate)
        return list(dict.fromkeys(str(quad.value) for quad in found))

    def instances(self, name: str) -> frozenset[str]:
        """The things of a class of the project's ontology, given by its local name, or of a class below it."""
        return frozenset(s for s, types in self.types.items() if POW + name in self.ontology.classes_of(types))

    @cached_property
    def passages(self) -> frozenset[str]:
        """The declared passages."""
        return self.instances("Passage")

    @cached_property
    def sources(self) -> frozenset[str]:
        """The declared sources."""
        return self.instances("Source")

    def source(self, graph: str) -> str:
        """The source whose words a graph holds: that of its passage, or the graph itself."""
        return self._sources_of_passages.get(graph, graph)

    @cached_property
    def _sources_of_passages(self) -> Mapping[str, str]:
        return {str(quad.subject): str(quad.value) for quad in self.by_predicate[OA + "hasSource"]}

    @cached_property
    def store(self) -> Store:
        """What the build would write, in memory, to be asked in SPARQL; without the dates that cannot be read."""
        return fill(with_derived([*self.statements, *self.dates]), self.dataset.inputs.digest)

    def answer(self, text: str, values: Mapping[str, Term] | None = None) -> Table:
        """The answer of the store to a query, with the values that its variables have; each is run once.

        Raises PowkgError where it cannot be run.
        """
        key = text, tuple(sorted((values or {}).items()))
        if key not in self._answers:
            try:
                self._answers[key] = _table(self.store.query(text, values))
            except PowkgError as error:
                self._answers[key] = error
        found = self._answers[key]
        if isinstance(found, PowkgError):
            raise found
        return found

    @cached_property
    def diagnosis(self) -> Diagnosis | ReasonerError:
        """What the reasoner says of the statements, or why it says nothing."""
        try:
            return diagnose(self.statements, Hermit.installed())
        except ReasonerError as error:
            return error

    @cached_property
    def _places(self) -> Mapping[str, list[str]]:
        """The graphs that speak of each subject: first those that say what it is, then passages, then by the files."""
        found: defaultdict[str, dict[str, tuple[bool, bool, str, int]]] = defaultdict(dict)
        for quad in self.statements:
            subject = str(quad.subject)
            known = found[subject].get(quad.graph)
            is_other = quad.predicate != _TYPE and (known is None or known[0])
            if known is None:
                known = (
                    is_other,
                    not quad.graph.startswith(PASSAGE),
                    *(self.dataset.locate(quad.graph, subject) or ("", 0)),
                )
            found[subject][quad.graph] = (is_other, *known[1:])
        return {subject: sorted(graphs, key=graphs.__getitem__) for subject, graphs in found.items()}

    def locate(
        self, subject: str, graph: str | None = None, predicate: str | None = None
    ) -> tuple[str | None, int | None]:
        """File and line of the predicate at the subject, else of the subject; in any graph where none is given."""
        graphs = [graph] if graph is not None else self._places.get(subject, [])
        names = [predicate, None] if predicate else [None]
        found = (self.dataset.locate(one, subject, name) for name in names for one in graphs)
        return next((place for place in found if place is not None), (None, None))

    def is_term_or_fact(self, quad: Quad) -> bool:
        """Whether a statement is one of graph/ or of the small lists, and not of the ontology's own machinery."""
        return quad.graph == TERMS_GRAPH or quad.graph not in ONTOLOGY_GRAPHS.values()


def _table(answer: Answer) -> Table:
    match answer.kind:
        case "select":
            rows: tuple[Row, ...] = tuple(answer)
        case "graph":
            rows = tuple(answer.triples)
        case _:
            rows = ((Literal(str(answer.boolean).lower(), None, XSD + "boolean"),),)
    return Table(answer.kind, answer.variables, rows)


def is_whole(lexical: str) -> bool:
    """Whether a literal is written in the digits 0 to 9 alone, so that `int` takes it for what it says."""
    return lexical.isascii() and lexical.isdecimal()
