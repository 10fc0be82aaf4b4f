"""The files of ontology/ and graph/, read into quads. The only module that parses them, and the owner of rdflib.

    read(inputs) -> Dataset          their quads, and where each stands; DataError with every file's first defect

A Turtle file of ontology/ becomes one named graph. A TriG file of graph/ names its own: each statement must stand in a
graph block, since the graph is its evidence.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from powkg.errors import DataError, Problem
from powkg.inputs import Inputs
from powkg.namespaces import ALIGNMENTS_GRAPH, ONTOLOGY, SHAPES_GRAPH, TERMS_GRAPH, XSD, curie
from powkg.notation import is_absolute_iri
from powkg.positions import Positions, ScanError, scan
from powkg.terms import IRI, Blank, Literal, Term

ONTOLOGY_GRAPHS = {
    "alignments.ttl": ALIGNMENTS_GRAPH,
    "powkg.ttl": ONTOLOGY,
    "shapes.ttl": SHAPES_GRAPH,
    "terms.ttl": TERMS_GRAPH,
}
"""The files of ontology/, each with the graph that it fills."""

_RELATIVE = "relative-iri:///"
"""What an IRI without a scheme is resolved against, so that it can be told apart and refused."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


class Quad(NamedTuple):
    """A statement: subject, predicate and value, and the IRI of the graph that says so."""

    subject: Term
    predicate: Term
    value: Term
    graph: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Every statement of the files, and the place of each."""

    inputs: Inputs
    quads: rdflib.Dataset
    positions: Positions

    def locate(self, graph: str, subject: str, predicate: str | None = None) -> tuple[str, int] | None:
        """The file and line where the subject (or the predicate at it) first stands in the graph, by their IRIs."""
        return self.positions.locate(graph, subject, predicate)

    def statements(self) -> Iterator[Quad]:
        """Every statement as plain terms."""
        terms: dict[Node, Term] = {}
        for subject, predicate, value, graph in self.quads.quads((None, None, None, None)):
            for node in (subject, predicate, value):
                if node not in terms:
                    terms[node] = _term(node)
            yield Quad(terms[subject], terms[predicate], terms[value], str(graph))


def _term(node: Node) -> Term:
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), node.language.lower())
        return Literal(str(node), None, str(node.datatype or XSD + "string"))
    return Blank(str(node)) if isinstance(node, rdflib.BNode) else IRI(str(node))


def triples(nodes: Iterable[tuple[Node, Node, Node]]) -> Iterator[tuple[Term, Term, Term]]:
    """The triples of a library that works on rdflib's terms, as plain terms."""
    for subject, predicate, value in nodes:
        yield _term(subject), _term(predicate), _term(value)


def merged(quads: Iterable[Quad]) -> rdflib.Graph:
    """What the statements say, whoever says it, as one graph for a library that works on rdflib's."""
    graph = rdflib.Graph()
    for quad in quads:
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.value)))
    return graph


def _node(term: Term) -> Node:
    match term:
        case IRI(value):
            return rdflib.URIRef(value)
        case Blank(value):
            return rdflib.BNode(value)
        case Literal(value, str(language)):
            return rdflib.Literal(value, lang=language)
        case Literal(value, _, datatype):
            return rdflib.Literal(value, datatype=rdflib.URIRef(datatype))


def read(inputs: Inputs) -> Dataset:
    """Parse every file. Raises DataError that lists the first syntax error of each file, or else every unusable term.

    Raises PowkgError where a file changed after `inputs` was made: the digest would not be that of the quads.
    """
    contents = inputs.contents()
    quads = rdflib.Dataset()
    texts: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    with _quiet_rdflib():
        for file, content in contents.items():
            name = inputs.name(file)
            parsed = _parse(quads, name, content)
            if isinstance(parsed, Problem):
                problems.append(parsed)
            else:
                texts.append(parsed)
    if problems:
        raise DataError(problems)
    dataset = Dataset(inputs, quads, Positions(tuple(texts)))
    problems = list(dict.fromkeys(_unusable_terms(dataset)))
    if problems:
        raise DataError(sorted(problems, key=lambda problem: (problem.file or "", problem.line or 0)))
    return dataset


@contextmanager
def _quiet_rdflib() -> Iterator[None]:
    """Keep rdflib from writing to standard error; `_unusable_terms` reports what is wrong.

    It logs each unusable term, and its TriG parser uses a class of its own that it has deprecated.
    """
    logger = logging.getLogger("rdflib.term")
    was_disabled = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            yield
    finally:
        logger.disabled = was_disabled


def _parse(quads: rdflib.Dataset, name: str, content: bytes) -> tuple[str, str, str] | Problem:
    """Add a file's quads; its name, text and outermost graph, or what is wrong with it."""
    graph = ""
    if name.startswith("ontology/"):
        graph = ONTOLOGY_GRAPHS.get(name.removeprefix("ontology/"), "")
        if not graph:
            known = ", ".join(sorted(ONTOLOGY_GRAPHS))
            return Problem("unknown-file", f"ontology/ holds {known}", "move the file or rename it", name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Problem("syntax", f"byte {content[error.start]:#04x} is not UTF-8", "save it as UTF-8", name, line)
    target = quads.graph(rdflib.URIRef(graph)) if graph else quads
    try:
        target.parse(data=text, format="turtle" if graph else "trig", publicID=_RELATIVE)
    except Exception as error:  # noqa: BLE001  # the parser raises nearly anything at broken text
        message, place = _diagnosis(text, error)
        return Problem("syntax", message, "", name, place)
    return name, text, graph


def _diagnosis(text: str, error: Exception) -> tuple[str, int | None]:
    """What is wrong with a text, and on which line.

    The parser finds a string that is not closed at the end of the text only, and for some endings of a text it names
    neither reason nor line.
    """
    line: int | None = error.lines + 1 if isinstance(error, BadSyntax) else None
    try:
        for _ in scan(text):
            pass
    except ScanError as found:
        if line is None or found.line < line:
            return str(found), found.line
    if isinstance(error, BadSyntax):
        # Its text is the reason and a long quotation: "… Bad syntax (REASON) at ^ in: …"
        return str(error).partition("Bad syntax (")[2].partition(") at ^")[0], line
    if isinstance(error, IndexError):
        return "the text ends in the middle of a statement", len(text.splitlines())
    return f"the text cannot be read ({error})", None


def _unusable_terms(dataset: Dataset) -> Iterator[Problem]:
    """Statements outside a graph, and terms that no RDF store takes, with their places."""
    checked: dict[Node, str] = {}
    for subject, predicate, value, graph in dataset.quads.quads((None, None, None, None)):
        if isinstance(graph, rdflib.URIRef) and graph not in checked and (fault := _fault(graph, checked)):
            yield Problem("unusable-term", f"the graph {fault}", "", *_place_of_graph(dataset, str(graph)))
        faults = [fault for term in (subject, predicate, value) if (fault := _fault(term, checked))]
        if not isinstance(predicate, rdflib.URIRef):
            faults.append(f"a predicate is an IRI, not {predicate}")
        if isinstance(graph, rdflib.BNode):
            faults.append("a graph has an IRI, not a blank node")
        outside = graph is None or graph == DATASET_DEFAULT_GRAPH_ID
        if not faults and not outside:
            continue
        block = "" if outside else str(graph)
        place = dataset.locate(block, str(subject), str(predicate)) or dataset.locate(block, str(subject))
        file, line = place or (None, None)
        name = curie(str(subject)) if isinstance(subject, rdflib.URIRef) else None
        if outside:
            remedy = "put it into the graph of the passage or source that says so"
            yield Problem("statement-without-graph", "it stands outside any graph", remedy, file, line, name)
        for fault in faults:
            yield Problem("unusable-term", fault, "", file, line, name)


def _place_of_graph(dataset: Dataset, graph: str) -> tuple[str | None, int | None]:
    """The file and line of the first statement in a graph that has a place."""
    subjects = {str(quad.subject) for quad in dataset.statements() if quad.graph == graph}
    return min((place for one in subjects if (place := dataset.locate(graph, one))), default=(None, None))


def _fault(term: Node, checked: dict[Node, str]) -> str:
    """What is wrong with a term, or ""; `checked` remembers the answers."""
    if term not in checked:
        checked[term] = _fault_of_literal(term) if isinstance(term, rdflib.Literal) else _fault_of_iri(term)
    return checked[term]


def _fault_of_literal(literal: rdflib.Literal) -> str:
    if any("\ud800" <= character <= "\udfff" for character in literal):
        return "a text holds half of a surrogate pair"
    if literal.language and not _LANGUAGE_TAG.fullmatch(literal.language):
        return f"@{literal.language} is not a language tag: each of its parts has 8 letters at most"
    if literal.datatype and (fault := _fault_of_iri(literal.datatype)):
        return fault
    if literal.ill_typed:
        return f'"{literal}" is not an {curie(str(literal.datatype))}'
    return ""


def _fault_of_iri(term: Node) -> str:
    if not isinstance(term, rdflib.URIRef):
        return ""
    iri = str(term)
    if iri.startswith(_RELATIVE):
        return f"<{iri.removeprefix(_RELATIVE)}> has no scheme; write the whole IRI or a prefixed name"
    return "" if is_absolute_iri(iri) else f"<{iri}> is not an IRI"
