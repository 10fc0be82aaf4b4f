"""The answer of a SELECT for Python: rows of plain values, which become a frame of pandas or polars."""

from __future__ import annotations

import datetime as dt
import importlib
from collections import namedtuple
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from html import escape
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any, overload

from powkg.api import markup
from powkg.errors import UsageError
from powkg.namespaces import XSD
from powkg.terms import IRI, Literal, Term

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Value = str | int | float | bool | Decimal | dt.date | None
"""What a cell holds: an IRI and any other text as str; None where the variable is unbound."""


class Rows(Sequence[tuple[Value, ...]]):
    """Rows of plain values, each a named tuple; `columns` are the variables without `?`, `terms` the rows as RDF terms.

    A variable whose name is none in Python, such as ?class, is a field by its position (`_0`, `_1` …).

    Integers are int, decimals Decimal, doubles float, booleans bool, days date; IRIs and all else are str, without
    their language tags, which `terms` keeps. `notes` say what the values rest on, where that has to be said.
    """

    def __init__(
        self, columns: Sequence[str], terms: Sequence[Sequence[Term | None]], notes: Sequence[str] = ()
    ) -> None:
        self.notes = tuple(notes)
        self.columns = tuple(columns)
        self.terms = tuple(tuple(row) for row in terms)
        self._row: Any = _row_type(self.columns)

    def __len__(self) -> int:
        return len(self.terms)

    @overload
    def __getitem__(self, index: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> Rows: ...
    def __getitem__(self, index: int | slice) -> tuple[Value, ...] | Rows:
        if isinstance(index, slice):
            return Rows(self.columns, self.terms[index], self.notes)
        row: tuple[Value, ...] = self._row(*(plain(term) for term in self.terms[index]))
        return row

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return (self[index] for index in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self.columns, self.terms) == (other.columns, other.terms)

    def __hash__(self) -> int:
        return hash((self.columns, self.terms))

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {', '.join(self.columns) or 'no columns'}>"

    def dicts(self) -> list[dict[str, Value]]:
        """Each row by its columns' names."""
        return [dict(zip(self.columns, row, strict=True)) for row in self]

    def pandas(self) -> pd.DataFrame:
        """A frame of pandas: one column a variable; numbers are of a numeric type where the whole column is.

        Raises UsageError where pandas is not installed.
        """
        # pandas' own types with missing values, so that a whole number stays one beside an unbound cell.
        return _library("pandas").DataFrame(self._columns()).convert_dtypes()

    def polars(self) -> pl.DataFrame:
        """A frame of polars, as that of pandas. Raises UsageError where polars is not installed."""
        frame: pl.DataFrame = _library("polars").DataFrame(self._columns(), strict=False)
        return frame

    def _columns(self) -> dict[str, list[Value]]:
        """The values by column; in a frame decimals are floats, and a column of several types is all text."""
        columns = {}
        for index, name in enumerate(self.columns):
            values = [plain(row[index]) for row in self.terms]
            values = [float(value) if isinstance(value, Decimal) else value for value in values]
            kinds = {type(value) for value in values if value is not None}
            if kinds == {int, float}:
                values = [None if value is None else float(value) for value in values]  # type: ignore[arg-type]
            elif len(kinds) > 1:
                values = [None if row[index] is None else str(row[index]) for row in self.terms]
            columns[name] = values
        return columns

    def _repr_html_(self) -> str:
        rows = ([_cell(term) for term in row] for row in islice(self.terms, markup.MOST_ROWS))
        return markup.table("; ".join(self.notes), self.columns, rows, len(self))


def _row_type(columns: tuple[str, ...]) -> Any:  # noqa: ANN401  # its fields are known only when it is made
    return namedtuple("Row", columns, rename=True)  # noqa: PYI024


def plain(term: Term | None) -> Value:
    """The Python value of a term; a literal that is none of its datatype's is its text."""
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    convert = _CONVERTERS.get(term.datatype)
    if convert is None or term.language:
        return term.value
    try:
        value: Value = convert(term.value)
    except (ValueError, InvalidOperation):
        return term.value
    return value


def _boolean(text: str) -> bool:
    if text not in ("true", "1", "false", "0"):
        raise ValueError(text)
    return text in ("true", "1")


_CONVERTERS: dict[str, Any] = {
    XSD + "integer": int,
    XSD + "decimal": Decimal,
    XSD + "double": float,
    XSD + "float": float,
    XSD + "boolean": _boolean,
    XSD + "date": dt.date.fromisoformat,
}


def _cell(term: Term | None) -> str:
    if isinstance(term, IRI):
        return markup.named(term.value)
    return "" if term is None else escape(str(term))


def _library(name: str) -> ModuleType:
    """An optional library, loaded when it is asked for."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(f"{name} is not installed: pip install 'powkg[frames]', or pip install {name}") from None
