"""From the files of ontology/ and graph/ to a store: read, derive, fill, publish.

    in_memory(dataset) -> Store                  everything that a build would write, without a disk
    build(root, directory) -> BuildReport        the same as the current build of the store in a folder
    unusable_terms(dataset) -> list[Problem]     the terms that the store would not take
    with_derived(statements) -> list[Quad]       statements, and the labels and the inferences that follow from them

The way is: files, dates, a store of both in memory, the labels that it gives, what is inferred from all of that, the
store that is kept. Nothing is written before the last step, so bad data leaves the old store as it was.
`powkg.snapshot` says why a crash does so too.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from powkg import counts as counting
from powkg import snapshot
from powkg.claims.comparisons import comparisons_graph
from powkg.dataset import Dataset, Quad, read
from powkg.derived import dates_graph, labels_graph
from powkg.errors import DataError, Problem, StoreError
from powkg.inference import inferred_graph
from powkg.inputs import find_inputs
from powkg.lives import births_and_deaths
from powkg.namespaces import curie, source_of
from powkg.spans import time_spans
from powkg.store import Store, fault, fill, open_store
from powkg.terms import IRI, Term

_CLASSES = """
PREFIX graph: <https://w3id.org/powkg/graph/>
PREFIX pow: <https://w3id.org/powkg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?class (SAMPLE(?english) AS ?label) (COUNT(DISTINCT ?member) AS ?number) WHERE {
  GRAPH ?graph { ?member a ?class }
  FILTER(?graph != graph:inferred && STRSTARTS(STR(?class), STR(pow:)))
  OPTIONAL { ?class rdfs:label ?english . FILTER(LANG(?english) = "en") }
} GROUP BY ?class ORDER BY DESC(?number) ?class
"""
_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } }"
_TRIPLES = "SELECT (COUNT(*) AS ?number) WHERE { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class ClassCount:
    """How many things are stated to be of a class: its IRI, its English label (its IRI where it has none)."""

    iri: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in a store; the classes from the largest to the smallest.

    `quads` are the statements of the named graphs but that of what is inferred, `triples` what they say, each once and
    without the shapes, `inferred` the triples that follow from them, `sources` the works and authority sources.
    """

    quads: int
    triples: int
    inferred: int
    graphs: int
    sources: int
    classes: tuple[ClassCount, ...]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: whether anything was made, in how many seconds, and what the store holds now."""

    directory: Path
    rebuilt: bool
    seconds: float
    counts: Counts


def in_memory(dataset: Dataset) -> Store:
    """A store of the dataset and what is derived from it. Raises DataError where a date cannot be understood."""
    return fill(_statements(dataset), dataset.inputs.digest)


def with_derived(statements: Iterable[Quad]) -> list[Quad]:
    """The statements; labels and comparisons, read from a store of them in memory; births, time-spans; what follows."""
    stated = list(statements)
    store = fill(stated, "")
    labels = labels_graph(store)
    made = [*comparisons_graph(store), *time_spans(stated), *births_and_deaths([*stated, *labels])]
    premises = [*stated, *labels, *made]
    return [*premises, *inferred_graph(premises)]


def build(inputs_root: Path, directory: Path, *, force: bool = False, wait: float = 0.0) -> BuildReport:
    """Make the store in `directory` anew where its files have changed, or in any case with `force`.

    Raises DataError where a file is wrong, and StoreError where the folder cannot be used or another build is writing
    it for more than `wait` seconds; the old store is then as it was.
    """
    started = time.perf_counter()
    inputs = find_inputs(inputs_root)
    counts = None if force else _counts_if_current(directory, inputs.digest)
    if counts is not None:
        return BuildReport(directory, rebuilt=False, seconds=time.perf_counter() - started, counts=counts)
    dataset = read(inputs)
    statements = _statements(dataset)
    with snapshot.writing(directory, wait) as publish:
        counts = None if force else _counts_if_current(directory, inputs.digest)
        rebuilt = counts is None
        if counts is None:
            published = publish(inputs.digest, lambda folder: _write(statements, inputs.digest, folder))
            counts = _read_counts(published.notes)
    return BuildReport(directory, rebuilt=rebuilt, seconds=time.perf_counter() - started, counts=counts)


def unusable_terms(dataset: Dataset) -> list[Problem]:
    """The terms that could be read and that the store does not take, each once, where it first stands."""
    places: dict[Term, list[tuple[str, int, str]]] = {}
    faults: dict[Term, str] = {}
    for quad in dataset.statements():
        subject, predicate, graph = str(quad.subject), str(quad.predicate), quad.graph
        for term in (*quad[:3], IRI(graph)):
            if term not in faults:
                faults[term] = fault(term)
            if faults[term]:
                file, line = dataset.locate(graph, subject, predicate) or dataset.locate(graph, subject) or ("", 0)
                places.setdefault(term, []).append((file, line, curie(subject)))
    firsts = sorted((*min(found), f"{term} cannot be stored: {faults[term]}") for term, found in places.items())
    return [
        Problem("unusable-term", message, "", file or None, line or None, subject)
        for file, line, subject, message in firsts
    ]


def _statements(dataset: Dataset) -> list[Quad]:
    """Everything that a store holds. Raises DataError where a term or a date cannot be used."""
    if problems := unusable_terms(dataset):
        raise DataError(problems)
    return with_derived([*dataset.statements(), *dates_graph(dataset)])


def _write(statements: Iterable[Quad], digest: str, folder: Path) -> Mapping[str, Any]:
    """Fill the folder and close it; the counts as notes for the manifest."""
    return asdict(_count(fill(statements, digest, folder)))


def _count(store: Store) -> Counts:
    graphs = [str(graph) for (graph,) in store.query(_GRAPHS)]
    ((triples,),) = store.query(_TRIPLES)
    inferred = counting.inferred(store)
    return Counts(
        quads=counting.statements(store),
        triples=int(str(triples)) - inferred,
        inferred=inferred,
        graphs=len(graphs),
        sources=len({source for graph in graphs if (source := source_of(graph))}),
        classes=tuple(
            ClassCount(str(iri), str(label or iri), int(str(number))) for iri, label, number in store.query(_CLASSES)
        ),
    )


def _counts_if_current(directory: Path, digest: str) -> Counts | None:
    """The counts of the store in the folder where it can be opened and was made from files of this digest."""
    try:
        found = snapshot.current(directory)
        if found.digest != digest or open_store(directory).version != digest:
            return None
        return _read_counts(found.notes)
    except (StoreError, KeyError, TypeError):
        return None


def _read_counts(notes: Mapping[str, Any]) -> Counts:
    """Counts from the notes of a manifest. Raises KeyError or TypeError where they are not as `_write` left them."""
    return Counts(**{**notes, "classes": tuple(ClassCount(**entry) for entry in notes["classes"])})
