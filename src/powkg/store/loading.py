"""Files of RDF into a new store, and a store into a file: for data of one's own, as they are."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from powkg.errors import DataError, Problem, StoreError, UsageError

GRAPH_FORMATS = (
    ox.RdfFormat.TURTLE,
    ox.RdfFormat.TRIG,
    ox.RdfFormat.N_TRIPLES,
    ox.RdfFormat.N_QUADS,
    ox.RdfFormat.RDF_XML,
    ox.RdfFormat.JSON_LD,
)
"""The formats that RDF is taken in."""

_ENDINGS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
_PACKED = ".gz"


def format_of(file: Path) -> ox.RdfFormat:
    """The format of a file by its name's ending, before `.gz` where it is packed. Raises UsageError for another."""
    suffixes = [suffix.lower() for suffix in file.suffixes]
    ending = "".join(suffixes[-2:-1] if suffixes[-1:] == [_PACKED] else suffixes[-1:])
    if ending not in _ENDINGS:
        raise UsageError(f"{file}: the name of a file of RDF ends with {', '.join(_ENDINGS)}, or that and {_PACKED}")
    return _ENDINGS[ending]


def load(files: Sequence[Path], folder: Path) -> int:
    """Make a store of the files in an empty folder; the number of its statements. It is complete when this returns.

    Triples go into the default graph, quads where they say. Relative IRIs are resolved against the file's own address.
    No blank node of a file is one of another. Raises UsageError for a name that tells no format, DataError naming file
    and line where a file is not in its format or cannot be read, StoreError where the store cannot be written.
    """
    formats = [format_of(file) for file in files]
    try:
        engine = ox.Store(str(folder))
        for file, form in zip(files, formats, strict=True):
            _load_file(engine, file, form)
        engine.flush()
        return len(engine)
    except OSError as error:
        raise StoreError(f"the store cannot be filled: {error}") from error


def dump(folder: Path, out: BinaryIO) -> tuple[int, tuple[str, ...]]:
    """Write all statements of a store's folder as N-Quads; how many there are, and the graphs that hold none.

    What `out.write` raises comes through. Raises OSError where the store cannot be read.
    """
    engine = ox.Store.read_only(str(folder))
    engine.dump(out, ox.RdfFormat.N_QUADS)
    graphs = engine.named_graphs()
    empty = [
        graph.value
        for graph in graphs
        if isinstance(graph, ox.NamedNode) and next(engine.quads_for_pattern(None, None, None, graph), None) is None
    ]
    return len(engine), tuple(sorted(empty))


def load_dump(lines: BinaryIO, folder: Path, graphs: Sequence[str]) -> int:
    """Make a store of N-Quads in an empty folder, and of graphs that hold nothing; the number of its statements.

    Raises StoreError where the text is no N-Quads or the store cannot be written.
    """
    try:
        engine = ox.Store(str(folder))
        engine.bulk_load(lines, ox.RdfFormat.N_QUADS)
        for graph in graphs:
            engine.add_graph(ox.NamedNode(graph))
        engine.flush()
        return len(engine)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"the store cannot be filled: {error}") from error


def _load_file(engine: ox.Store, file: Path, form: ox.RdfFormat) -> None:
    """Raises DataError for what is wrong with the file, OSError for what is with the store."""
    with _opened(file) as content:
        source = _Source(content)
        try:
            engine.bulk_load(cast("BinaryIO", source), form, base_iri=file.resolve().as_uri())
        except SyntaxError as error:
            raise _problem(file, f"it is not {form.name}: {error.msg}", error.lineno) from None
        except (OSError, EOFError, zlib.error):
            if source.failure:
                raise _problem(file, f"it cannot be read: {source.failure}") from None
            raise


def _opened(file: Path) -> BinaryIO:
    try:
        return cast("BinaryIO", gzip.open(file)) if file.suffix.lower() == _PACKED else file.open("rb")
    except OSError as error:
        raise _problem(file, f"it cannot be read: {error.strerror}") from None


def _problem(file: Path, message: str, line: int | None = None) -> DataError:
    return DataError([Problem("syntax", message, "", file.as_posix(), line)])


class _Source:
    """A file to read from that remembers what was wrong with reading it, and not with what was made of it."""

    def __init__(self, content: BinaryIO) -> None:
        self._content = content
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._content.read(size)
        except (OSError, EOFError, zlib.error) as error:
            self.failure = error
            raise
