"""The embedded store, and the only module that runs SPARQL in process. Text and terms in, terms and bytes out.

The default graph holds each statement of every named graph but the shapes once; the named graphs are those of the
files, and `graph/dates`, `graph/labels` and `graph/inferred`, which the build derives. `powkg.build` makes a store;
here it is opened, read-only, and asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast
from typing import Literal as OneOf

import pyoxigraph as ox

from powkg import snapshot
from powkg.errors import PowkgError, StoreError, UsageError
from powkg.namespaces import PREFIXES, SHAPES_GRAPH, XSD
from powkg.syntax import explain
from powkg.terms import IRI, Blank, Literal, Term

_ENGINE_ERRORS = (OSError, RuntimeError, ValueError)
_OPENING_TRIES = 3
_T = TypeVar("_T")

Statement = tuple[Term, Term, Term, str]
"""Subject, predicate, value, and the IRI of the graph."""


class Answer:
    """What a query gives. An answer can be read once: by iterating, by `triples`, or by `write`.

    `kind` is "select", "ask" or "graph" (CONSTRUCT and DESCRIBE). An error while the engine evaluates is a PowkgError,
    raised by whatever reads the answer.
    """

    kind: OneOf["select", "ask", "graph"]

    def __init__(self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> None:
        self._result = result
        if isinstance(result, ox.QuerySolutions):
            self.kind = "select"
        elif isinstance(result, ox.QueryBoolean):
            self.kind = "ask"
        else:
            self.kind = "graph"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of a SELECT's columns, in order and without `?`; none for other kinds."""
        if not isinstance(self._result, ox.QuerySolutions):
            return ()
        return tuple(variable.value for variable in self._result.variables)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        """The rows of a SELECT, in the order of `variables`; None where a variable is unbound."""
        if isinstance(self._result, ox.QuerySolutions):
            for row in _evaluated(self._result):
                yield tuple(None if value is None else _term(value) for value in row)

    @property
    def boolean(self) -> bool:
        """The answer of an ASK."""
        return isinstance(self._result, ox.QueryBoolean) and bool(self._result)

    @property
    def triples(self) -> Iterator[tuple[Term, Term, Term]]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        if isinstance(self._result, ox.QueryTriples):
            for triple in _evaluated(self._result):
                yield _term(triple.subject), _term(triple.predicate), _term(triple.object)

    def write(self, out: BinaryIO, media_type: str) -> None:
        """Write the answer piece by piece in a standard format (`powkg.results` lists them).

        Raises UsageError where this kind of answer has no such format. What `out.write` raises ends the writing and
        comes through unchanged.
        """
        sink = _Sink(out)
        try:
            self._serialize(cast("BinaryIO", sink), media_type)
        except _ENGINE_ERRORS as error:
            if sink.failed:
                raise
            raise _evaluation_error(error) from error

    def _serialize(self, sink: BinaryIO, media_type: str) -> None:
        if isinstance(self._result, ox.QueryTriples):
            graph_format = ox.RdfFormat.from_media_type(media_type)
            if graph_format is None:
                raise UsageError(f"{media_type} is no format for a graph")
            ox.serialize(self._result, sink, graph_format, prefixes=PREFIXES)
        else:
            table_format = ox.QueryResultsFormat.from_media_type(media_type)
            if table_format is None:
                raise UsageError(f"{media_type} is no format for the answer of a SELECT or ASK")
            self._result.serialize(sink, table_format)


class Store:
    """A store to be asked. `version` is the digest of the files that it was built from."""

    def __init__(self, engine: ox.Store, version: str) -> None:
        self._engine = engine
        self.version = version

    def query(
        self,
        text: str,
        substitutions: Mapping[str, Term] | None = None,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        base: str | None = None,
    ) -> Answer:
        """Run a SPARQL 1.1 query that declares its own prefixes.

        `substitutions` gives values to variables; a SELECT must have each of them among its columns. `default_graphs`
        and `named_graphs` are IRIs: where any is given, they are the whole dataset, in place of the store's own. `base`
        is the absolute IRI that relative ones are resolved against where the text has no BASE; without it they are
        refused. Raises QuerySyntaxError, or UsageError for a value or an IRI that cannot be used.
        """
        try:
            values: dict[ox.Variable, Any] = {
                ox.Variable(name): _node(term) for name, term in (substitutions or {}).items()
            }
            default, named = ([ox.NamedNode(iri) for iri in iris] for iris in (default_graphs, named_graphs))
        except ValueError as error:
            raise UsageError(f"a value given to the query cannot be used: {error}") from error
        own = not (default or named)
        try:
            result = self._engine.query(
                text,
                base_iri=base,
                substitutions=values,
                default_graph=None if own else list(default),
                named_graphs=None if own else list(named),
            )
        except SyntaxError as error:
            raise explain(str(error), text) from None
        except _ENGINE_ERRORS as error:
            raise _evaluation_error(error) from error
        return Answer(result)


def open_store(directory: Path) -> Store:
    """The current build of the store in a folder, read-only; it stays the same however often the folder is built anew.

    Raises StoreError where there is none or it cannot be read.
    """
    for attempt in range(1, _OPENING_TRIES + 1):
        found = snapshot.current(directory)
        try:
            return Store(ox.Store.read_only(str(found.data)), found.digest)
        except (OSError, RuntimeError) as error:
            # Two builds since the pointer was read may have removed what it pointed to: read it again.
            if attempt == _OPENING_TRIES or snapshot.current(directory) == found:
                raise snapshot.unreadable(directory, error) from error
    raise AssertionError("the last try returns or raises")


def fill(statements: Iterable[Statement], version: str, folder: Path | None = None) -> Store:
    """A new store with the statements in their named graphs and, but for the shapes, once more in the default graph.

    It lives in memory, or in `folder`, which must be empty; it is written out when the call returns, and complete.
    Raises StoreError where the engine takes a term or a file for unusable.
    """
    try:
        engine = ox.Store() if folder is None else ox.Store(str(folder))
        engine.bulk_extend(_quads(statements))
        engine.flush()
    except _ENGINE_ERRORS as error:
        raise StoreError(f"the store cannot be filled: {error}") from error
    return Store(engine, version)


def fault(term: Term) -> str:
    """Why the engine takes a term for unusable, or "" for one that it takes."""
    try:
        _node(term)
    except ValueError as error:
        return str(error)
    return ""


def _quads(statements: Iterable[Statement]) -> Iterator[ox.Quad]:
    nodes: dict[Term, Any] = {}
    default = ox.DefaultGraph()
    for *terms, graph in statements:
        for term in terms:
            if term not in nodes:
                nodes[term] = _node(term)
        subject, predicate, value = (nodes[term] for term in terms)
        yield ox.Quad(subject, predicate, value, ox.NamedNode(graph))
        if graph != SHAPES_GRAPH:
            yield ox.Quad(subject, predicate, value, default)


def _node(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    match term:
        case IRI(value):
            return ox.NamedNode(value)
        case Blank(value):
            return ox.BlankNode(value)
        case Literal(value, str(language)):
            return ox.Literal(value, language=language)
        case Literal(value, _, datatype):
            return ox.Literal(value, datatype=ox.NamedNode(datatype))


def _term(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    match node:
        case ox.NamedNode():
            return IRI(node.value)
        case ox.BlankNode():
            return Blank(node.value)
        case ox.Literal():
            return Literal(node.value, node.language, XSD + "string" if node.language else node.datatype.value)
        case _:
            raise PowkgError("the answer holds a triple as a value (RDF 1.2), which powkg does not read")


def _evaluated(results: Iterable[_T]) -> Iterator[_T]:
    try:
        yield from results
    except _ENGINE_ERRORS as error:
        raise _evaluation_error(error) from error


class _Sink:
    """A file to write to that remembers whether it was writing to it that failed, and not the engine."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.failed = False

    def write(self, data: bytes) -> int:
        try:
            self._out.write(data)
        except BaseException:
            self.failed = True
            raise
        return len(data)

    def flush(self) -> None:
        """The engine asks for it at the end; whoever gave the file flushes and closes it."""


def _evaluation_error(error: Exception) -> PowkgError:
    match = re.search(r"does not contains variable \?(\w+) in its SELECT projection", str(error))
    if match:
        return UsageError(f"a value is given to ?{match[1]}, which is none of the query's columns: SELECT it as well")
    return PowkgError(f"the query could not be evaluated: {error}")
