"""The rows that a question expects, kept in a CSV file beside it where they are many. A file in, rows out, and back.

    read(path) -> Table                  DataError, with the line, for a file that is no such table
    write(columns, rows) -> str          the text of the file

The first line names the columns of the answer. Each line after it is a row: the texts of its cells, an IRI by its
prefixed name, "" for nothing. A cell has no line break, so the number of a row tells its line. An empty file is the
table of an answer that nobody has written down yet.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from powkg.errors import DataError, Problem

_COLUMN = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Table:
    """An expected answer: the file, the names of the columns, and the rows, each as long as these."""

    path: Path
    columns: tuple[str, ...]
    rows: list[list[str]]


def read(path: Path) -> Table:
    """The table in a file. Raises DataError where it cannot be read or is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _error(path, None, f"it cannot be read: {error}") from error
    rows = list(_rows(path, text))
    if not rows:
        return Table(path, (), [])
    columns = rows[0]
    for column in columns:
        if not _COLUMN.fullmatch(column):
            raise _error(path, 1, f"{column!r} is no name of a column")
    if not columns or len(set(columns)) < len(columns):
        raise _error(path, 1, "the first line names the columns of the answer, each once")
    for number, row in enumerate(rows, 1):
        if len(row) != len(columns):
            raise _error(path, number, f"the row has {len(row)} cells and must have {len(columns)}")
    return Table(path, tuple(columns), rows[1:])


def _rows(path: Path, text: str) -> Iterator[list[str]]:
    """The cells of each line."""
    reader = csv.reader(io.StringIO(text), strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if reader.line_num != number:
                raise _error(path, number, "a cell holds a line break")
            yield row
    except csv.Error as error:
        raise _error(path, number + 1, f"it is not CSV: {error}") from None


def write(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The text of a file that `read` takes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _error(path: Path, line: int | None, message: str) -> DataError:
    return DataError([Problem("query-header", message, "", path.as_posix(), line)])
