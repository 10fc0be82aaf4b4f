"""Mutants: copies of the data in which one fact is dropped, changed or moved, and whether anything notices.

A *fact* is a statement of a file of graph/: subject, predicate, value, and the graph that says so. For each there are
up to three mutants, always the same ones:

    drop      without the fact
    change    with another value of the same kind: another instance of the class, another word of the small list,
              another date that the data has, the next number, coordinates one degree away, a text with two letters
              swapped, a neighbouring class
    move      in another graph of its kind: the nearest sentence that speaks, or another source of the same file

A mutant must be another set of facts. So the new value is none that the graph gives already, and the new graph none
that says the same already; a fact without another value or graph has no such mutant. There are no other exceptions.

A mutant is *killed* by the first question with another answer than the one it expects, or the first check that finds an
error or a warning. The questions are asked of one store in memory, in which the fact is altered and put right again;
what the build derives stays there as it was. A question may differ there for a derived statement that a new build would
mend or lose, so `confirmed` derives everything anew, and the tests do that for a sample of the killed. Whatever the
questions let pass goes to the checks, and, with everything derived anew, to the questions once more.

The checks of the reasoner and those of the queries' own texts are left out: the former for time, the latter because the
texts are not altered.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any, cast

import pyoxigraph as ox

from powkg.build import in_memory
from powkg.checks import describe, run
from powkg.checks.material import Material
from powkg.checks.queries import read_checks
from powkg.dataset import Dataset, Quad
from powkg.errors import DataError, Severity
from powkg.namespaces import DATE, GEO, PASSAGE, RDF, RDFS, SHAPES_GRAPH, TERM, XSD, curie
from powkg.queries import Question, load
from powkg.store.nodes import to_node
from powkg.terms import IRI, Literal, Term

KINDS = ("drop", "change", "move")
TYPE = IRI(RDF + "type")
NUMBER = re.compile(r"-?\d+")
QUESTIONS = Path("queries", "questions")
ABOUT_QUERIES = frozenset({"query-header", "query-fails", "unexpected-answer", "term-without-question"})
"""The checks in Python that look at the texts of the queries, or that ask the questions as `Trial` does."""


@dataclass(frozen=True)
class Mutant:
    """A fact, the file that it stands in, what is done to it, and what becomes of it (None where it is dropped)."""

    kind: str
    file: str
    fact: Quad
    becomes: Quad | None

    def __str__(self) -> str:
        def written(quad: Quad) -> str:
            terms = " ".join(curie(str(t)) if isinstance(t, IRI) else f'"{t}"' for t in quad[:3])
            return f"{curie(quad.graph)} {{ {terms} }}"

        end = f" -> {written(self.becomes)}" if self.becomes else ""
        return f"{self.kind} {self.file} {written(self.fact)}{end}"


@dataclass(frozen=True)
class Changed(Dataset):
    """A dataset with a mutant in place of its fact."""

    original: Dataset
    mutant: Mutant

    def statements(self) -> Iterator[Quad]:
        yield from (quad for quad in self.original.statements() if quad != self.mutant.fact)
        if self.mutant.becomes is not None:
            yield self.mutant.becomes

    @classmethod
    def of(cls, dataset: Dataset, mutant: Mutant) -> Changed:
        return cls(dataset.inputs, dataset.quads, dataset.positions, dataset, mutant)


class Nursery:
    """The mutants of a dataset, in the order of the files and their facts."""

    def __init__(self, dataset: Dataset) -> None:
        self.material = Material(dataset)
        self.facts = frozenset(self.material.facts)
        places = {quad: dataset.locate(quad.graph, str(quad.subject), str(quad.predicate)) for quad in self.facts}
        self.files = {quad: place[0] for quad, place in places.items() if place is not None}

    def mutants(self) -> list[Mutant]:
        """Every mutant."""
        facts = sorted(self.facts, key=lambda quad: (self.files[quad], quad.graph, *map(repr, quad[:3])))
        return [mutant for fact in facts for mutant in self.of(fact)]

    def of(self, fact: Quad) -> Iterator[Mutant]:
        """The mutants of one fact; the choice among values hangs on the fact alone."""
        file, choice = self.files[fact], Random(repr(fact))  # noqa: S311
        yield Mutant("drop", file, fact, None)
        for kind, others in (("change", self._changed(fact)), ("move", self._moved(fact))):
            new = [quad for quad in others if quad not in self.facts]
            if new:
                yield Mutant(kind, file, fact, choice.choice(new) if kind == "change" else new[0])

    def _changed(self, fact: Quad) -> list[Quad]:
        values = self._texts(fact) if isinstance(fact.value, Literal) else self._things(fact)
        return [fact._replace(value=value) for value in values if value != fact.value]

    def _texts(self, fact: Quad) -> list[Term]:
        value, text = fact.value, str(fact.value)
        assert isinstance(value, Literal)
        if value.datatype == XSD + "integer":
            return [replace(value, value=str(int(text) + 1))]
        if value.datatype == XSD + "decimal":
            return [replace(value, value=f"{float(text) + 0.1:.1f}")]
        if value.datatype == GEO + "wktLiteral":
            return [replace(value, value=NUMBER.sub(lambda found: str(int(found[0]) + 1), text, count=1))]
        swaps = (text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1))
        typos = [typo for typo in swaps if typo != text] or [text + text[-1:]]
        return [replace(value, value=typo) for typo in typos]

    def _things(self, fact: Quad) -> Sequence[Term]:
        value, ontology = str(fact.value), self.material.ontology
        if fact.predicate == TYPE:
            above = ontology.texts(RDFS + "subClassOf", value)
            near = [c for c in sorted(ontology.classes) if above == ontology.texts(RDFS + "subClassOf", c)]
            return self._iris([c for c in near if c != value] or sorted(ontology.classes))
        if value.startswith(TERM):
            lists = ontology.lists_of[value]
            return self._iris(word for word, found in ontology.lists_of.items() if found & lists)
        if value.startswith(DATE):
            return self._iris({str(quad.value) for quad in self.facts if str(quad.value).startswith(DATE)})
        types = self.material.types.get(value)
        if types is None:
            others = {str(quad.value) for quad in self.facts if quad.predicate == fact.predicate}
            return self._iris(others - {value} or {value + "x"})
        return self._iris(self._peers[types] - {value} or self._alike(types))

    @cached_property
    def _peers(self) -> dict[frozenset[str], set[str]]:
        """What the files describe, by its classes."""
        peers: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for subject, types in self.material.types.items():
            peers[types].add(subject)
        return peers

    def _alike(self, types: frozenset[str]) -> set[str]:
        """The things that have the most of their classes in common with these."""
        wanted = self.material.ontology.classes_of(types)
        shared = {t: len(wanted & self.material.ontology.classes_of(t)) for t in self._peers if t != types}
        return {thing for t, number in shared.items() if number == max(shared.values()) for thing in self._peers[t]}

    @staticmethod
    def _iris(values: Iterable[str]) -> list[Term]:
        return [IRI(value) for value in sorted(values)]

    def _moved(self, fact: Quad) -> list[Quad]:
        """The fact in the other graphs, the nearest first: in the order of the text, or of the file's sources."""
        graphs = self._graphs(fact)
        here = graphs.index(fact.graph)
        nearest = sorted(graphs, key=lambda graph: (abs(graphs.index(graph) - here), -graphs.index(graph)))
        return [fact._replace(graph=graph) for graph in nearest if graph != fact.graph]

    def _graphs(self, fact: Quad) -> list[str]:
        if fact.graph.startswith(PASSAGE):
            return self._by_file["passages"]
        same = self._by_file[self.files[fact]]
        return same if len(same) > 1 else self._by_file["sources"]

    @cached_property
    def _by_file(self) -> dict[str, list[str]]:
        """The graphs of each file; under "passages" and "sources" all of a kind."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for quad in self.facts:
            found[self.files[quad]].add(quad.graph)
            found["passages" if quad.graph.startswith(PASSAGE) else "sources"].add(quad.graph)
        return {name: sorted(graphs) for name, graphs in found.items()}


class Trial:
    """Puts mutants to the questions and checks."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.engine = in_memory(dataset).engine
        self.questions = [question for question in load(dataset.inputs.root / QUESTIONS) if question.expect is not None]
        self.answers = {question.name: _ask(self.engine, question) for question in self.questions}
        self.questions.sort(key=lambda question: len(self.answers[question.name]), reverse=True)
        checks = [check for check in describe(dataset) if check.severity is not Severity.INFO]
        self.queries = [query for query in read_checks(dataset.inputs.root) if query.severity is not Severity.INFO]
        self.others = [
            frozenset(check.name for check in checks if check.language == language) - ABOUT_QUERIES
            for language in ("Python", "SHACL")
        ]
        self._first: dict[Term, Question] = {}

    def killer(self, mutant: Mutant) -> str:
        """The question or check that notices the mutant, "" where none does."""
        self._alter(mutant.fact, mutant.becomes)
        try:
            found = self._question(mutant) or self._query()
        finally:
            self._alter(mutant.becomes, mutant.fact)
        return found or self.slow_killer(mutant)

    def slow_killer(self, mutant: Mutant) -> str:
        """The check, or the question of a store with everything derived anew, that notices the mutant."""
        changed = Changed.of(self.dataset, mutant)
        for names in self.others:
            found = [problem for problem in run(changed, only=names) if problem.severity is not Severity.INFO]
            if found:
                return found[0].check
        return self.confirmed(mutant)

    def confirmed(self, mutant: Mutant) -> str:
        """The question of a store with everything derived anew that notices the mutant, "" where none does."""
        try:
            engine = in_memory(Changed.of(self.dataset, mutant)).engine
        except DataError as error:
            return error.problems[0].check
        return next((q.name for q in self.questions if _ask(engine, q) != self.answers[q.name]), "")

    def _question(self, mutant: Mutant) -> str:
        """The question that notices the mutant: first of all the one that noticed the last of its predicate."""
        first = self._first.get(mutant.fact.predicate)
        for question in [first, *self.questions] if first else self.questions:
            if _ask(self.engine, question) != self.answers[question.name]:
                self._first[mutant.fact.predicate] = question
                return question.name
        return ""

    def _query(self) -> str:
        """The check in SPARQL that finds something."""
        return next((query.name for query in self.queries if any(True for _ in self._rows(query.text))), "")

    def _rows(self, text: str) -> ox.QuerySolutions:
        rows = self.engine.query(text)
        assert isinstance(rows, ox.QuerySolutions)
        return rows

    def _alter(self, old: Quad | None, new: Quad | None) -> None:
        """Take a statement out and put another in, in its graph and in the default graph."""
        if old is not None:
            quad = _quad(old)
            self.engine.remove(quad)
            if not self._is_said(quad):
                self.engine.remove(ox.Quad(*quad.triple))
        if new is not None:
            quad = _quad(new)
            self.engine.add(quad)
            self.engine.add(ox.Quad(*quad.triple))

    def _is_said(self, quad: ox.Quad) -> bool:
        """Whether a named graph that goes into the default graph has the triple."""
        graphs = (found.graph_name for found in self.engine.quads_for_pattern(*quad.triple))
        return any(graph not in (ox.DefaultGraph(), ox.NamedNode(SHAPES_GRAPH)) for graph in graphs)


def sample(mutants: Iterable[Mutant], size: int) -> list[Mutant]:
    """As many mutants of each kind and file, `size` of them, or all where there are fewer; always the same ones."""
    strata: defaultdict[tuple[str, str], list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        strata[mutant.kind, mutant.file].append(mutant)
    chosen = Random("mutants")  # noqa: S311
    return [one for _, found in sorted(strata.items()) for one in chosen.sample(found, min(size, len(found)))]


def survivors_by_kind(killers: Mapping[Mutant, str]) -> str:
    """A table of how many mutants of each file and kind there are and how many of them survive."""
    made, alive = (Counter((m.file, m.kind) for m, killer in killers.items() if all_ or not killer) for all_ in (1, 0))
    lines = ["| file | " + " | ".join(KINDS) + " |", "|---|" + "---|" * len(KINDS)]
    for file in sorted({file for file, _ in made}):
        cells = (f"{alive[file, kind]} of {made[file, kind]:,}" for kind in KINDS)
        lines.append(f"| `{file}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _ask(engine: ox.Store, question: Question) -> list[bytes]:
    """The answer of a question as sorted lines of CSV, so that rows without an order do not matter."""
    values: dict[ox.Variable, Any] = {ox.Variable(n): to_node(t) for n, t in question.substitutions({}).items()}
    result = engine.query(question.text, substitutions=values)
    if isinstance(result, ox.QueryTriples):
        return sorted(str(triple).encode() for triple in result)
    return sorted((result.serialize(format=ox.QueryResultsFormat.CSV) or b"").splitlines())


def _quad(quad: Quad) -> ox.Quad:
    subject, predicate, value = cast("tuple[ox.NamedNode, ox.NamedNode, Any]", tuple(map(to_node, quad[:3])))
    return ox.Quad(subject, predicate, value, ox.NamedNode(quad.graph))
