"""What a query gives: rows, a yes or no, or triples, as terms or as bytes of a standard format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeVar, cast
from typing import Literal as OneOf

import pyoxigraph as ox

from powkg.errors import NotSupportedError, PowkgError, UsageError
from powkg.namespaces import PREFIXES
from powkg.store.nodes import to_term
from powkg.terms import Term

ENGINE_ERRORS = (OSError, RuntimeError, ValueError)
"""What the engine raises where it cannot do what is asked."""

_T = TypeVar("_T")


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
                yield tuple(None if value is None else to_term(value) for value in row)

    @property
    def boolean(self) -> bool:
        """The answer of an ASK."""
        return isinstance(self._result, ox.QueryBoolean) and bool(self._result)

    @property
    def triples(self) -> Iterator[tuple[Term, Term, Term]]:
        """The triples of a CONSTRUCT or DESCRIBE."""
        if isinstance(self._result, ox.QueryTriples):
            for triple in _evaluated(self._result):
                yield to_term(triple.subject), to_term(triple.predicate), to_term(triple.object)

    def write(self, out: BinaryIO, media_type: str) -> None:
        """Write the answer piece by piece in a standard format (`powkg.results` lists them).

        Raises UsageError where this kind of answer has no such format. What `out.write` raises ends the writing and
        comes through unchanged.
        """
        sink = _Sink(out)
        try:
            self._serialize(cast("BinaryIO", sink), media_type)
        except ENGINE_ERRORS as error:
            if sink.failed:
                raise
            raise evaluation_error(error) from error

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


def _evaluated(results: Iterable[_T]) -> Iterator[_T]:
    try:
        yield from results
    except ENGINE_ERRORS as error:
        raise evaluation_error(error) from error


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


def evaluation_error(error: Exception) -> PowkgError:
    """The error of the project for one that the engine raised while it evaluated a query."""
    function = re.search(r"The custom function (<[^>]*>) is not supported", str(error))
    if function:
        return NotSupportedError(f"there is no function {function[1]} here: see the service description at /sparql")
    match = re.search(r"does not contains variable \?(\w+) in its SELECT projection", str(error))
    if match:
        return UsageError(f"a value is given to ?{match[1]}, which is none of the query's columns: SELECT it as well")
    return PowkgError(f"the query could not be evaluated: {error}")
