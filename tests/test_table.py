from __future__ import annotations

import io

import pytest

from powkg.namespaces import ID, XSD
from powkg.table import UNLIMITED, cell_text, print_table
from powkg.terms import IRI, Blank, Literal, Term


def printed(headings: list[str], rows: list[tuple[Term | None, ...]], width: int | None = UNLIMITED) -> list[str]:
    out = io.StringIO()
    print_table(headings, iter(rows), out, width)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_columns_are_aligned_and_rows_counted() -> None:
    rows: list[tuple[Term | None, ...]] = [
        (IRI(ID + "harbin"), Literal("Harbin [1945] :smile:", "en"), Literal("95000", None, XSD + "integer")),
        (IRI("http://example.org/x"), None, Literal("2.5", None, XSD + "decimal")),
    ]
    assert printed(["place", "name", "figure"], rows) == [
        "place                    name                    figure",
        "───────────────────────────────────────────────────────",
        "id:harbin                Harbin [1945] :smile:    95000",
        "<http://example.org/x>                              2.5",
        "2 rows",
    ]


@pytest.mark.parametrize(("number", "count"), [(0, "0 rows"), (1, "1 row"), (1200, "1,200 rows")])
def test_the_count_comes_last(number: int, count: str) -> None:
    lines = printed(["x"], [(Literal("x"),)] * number)
    assert lines[-1] == count
    assert len(lines) == number + 3


def test_rows_without_columns_are_counted() -> None:
    assert printed([], [(), ()]) == ["2 rows"]


def test_long_cells_are_wrapped_within_the_width() -> None:
    rows: list[tuple[Term | None, ...]] = [(Literal("one two three four five six"), IRI(ID + "a" * 40))]
    lines = printed(["words", "name"], rows, 30)
    assert max(map(len, lines)) <= 30
    assert "".join(lines[2:-1]).replace(" ", "").count("a") == 40
    assert all(word in " ".join(lines) for word in ("one", "two", "three", "four", "five", "six"))


def test_wide_characters_keep_the_columns_aligned() -> None:
    lines = printed(["name", "n"], [(Literal("関東軍", "ja"), Literal("x")), (Literal("abcdef"), Literal("y"))])
    assert lines[2].index("x") + 3 == lines[3].index("y")


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (None, ""),
        (IRI(ID + "harbin"), "id:harbin"),
        (Blank("b0"), "_:b0"),
        (Literal("two\nlines"), "two\nlines"),
        (Literal("\x1b[31mred\x07\r"), "\ufffd[31mred\ufffd\ufffd"),
    ],
)
def test_a_cell_shows_a_term_and_moves_no_cursor(term: Term | None, text: str) -> None:
    assert cell_text(term) == text
