"""Rows of terms as an aligned table for people to read. The owner of rich.

IRIs are shortened to prefixed names, literals shown without quotes, tags and datatypes; an unbound cell is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from powkg.namespaces import XSD, curie
from powkg.terms import IRI, Literal, Term

UNLIMITED = 1_000_000
"""A width that wraps nothing, in characters: for a table that goes into a file or a pager."""

_NUMBERS = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))

Row = Sequence[Term | None]


def print_table(
    headings: Sequence[str], rows: Iterable[Row], out: TextIO, width: int | None = None, *, counted: bool = True
) -> None:
    """Print the rows under their headings, and how many they are where they are `counted`.

    `width` is in characters; without one it is the terminal's. Long cells are wrapped, at blanks where there are any.
    """
    collected = [tuple(row) for row in rows]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for index, heading in enumerate(headings):
        column = [row[index] for row in collected]
        table.add_column(Text(heading), justify="right" if _all_numbers(column) else "left", overflow="fold")
    for row in collected:
        table.add_row(*(Text(cell_text(cell)) for cell in row))
    console = Console(file=out, width=width, highlight=False, markup=False, emoji=False)
    if headings:
        console.print(table)
    if counted:
        console.print(f"{len(collected):,} {'row' if len(collected) == 1 else 'rows'}")


def cell_text(cell: Term | None) -> str:
    """The text of a cell, with a sign in place of each character that would move a terminal's cursor."""
    if cell is None:
        return ""
    text = curie(cell.value) if isinstance(cell, IRI) else str(cell)
    return "".join(character if character.isprintable() or character == "\n" else "\ufffd" for character in text)


def _all_numbers(column: Iterable[Term | None]) -> bool:
    cells = [cell for cell in column if cell is not None]
    return bool(cells) and all(isinstance(cell, Literal) and cell.datatype in _NUMBERS for cell in cells)
