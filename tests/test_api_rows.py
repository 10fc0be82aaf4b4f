"""Answers as rows of plain values, and as frames."""

from __future__ import annotations

import datetime as dt
import importlib
from decimal import Decimal

import polars as pl
import pytest

from powkg.api.rows import Rows, plain
from powkg.errors import UsageError
from powkg.namespaces import ID, XSD
from powkg.terms import IRI, Blank, Literal, Term

HARBIN = IRI(ID + "harbin")


def typed(value: str, datatype: str) -> Literal:
    return Literal(value, None, XSD + datatype)


ROWS = Rows(
    ("place", "number", "share", "name", "class"),
    [
        (HARBIN, typed("46000", "integer"), typed("0.5", "decimal"), Literal("ハルビン", "ja"), None),
        (None, None, typed("2", "integer"), Literal("<b>"), Blank("b0")),
    ],
)


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (HARBIN, ID + "harbin"),
        (Blank("b0"), "_:b0"),
        (Literal("1945"), "1945"),
        (Literal("1945", "en"), "1945"),
        (typed("46000", "integer"), 46000),
        (typed("0.5", "decimal"), Decimal("0.5")),
        (typed("1e3", "double"), 1000.0),
        (typed("true", "boolean"), True),
        (typed("0", "boolean"), False),
        (typed("1945-08-09", "date"), dt.date(1945, 8, 9)),
        (typed("1945", "gYear"), "1945"),
        (typed("many", "integer"), "many"),
        (typed("maybe", "boolean"), "maybe"),
        (typed("1945-99-99", "date"), "1945-99-99"),
        (typed("half", "decimal"), "half"),
    ],
)
def test_terms_become_plain_values(term: Term | None, value: object) -> None:
    assert plain(term) == value
    assert type(plain(term)) is type(value)


def test_rows_are_named_tuples_in_order() -> None:
    first, second = ROWS
    assert first == (ID + "harbin", 46000, Decimal("0.5"), "ハルビン", None)
    assert first.number == 46000  # type: ignore[attr-defined]
    assert first._4 is None  # type: ignore[attr-defined]
    assert ROWS[-1] == second
    assert ROWS[1:] == Rows(ROWS.columns, ROWS.terms[1:])
    assert ROWS.dicts()[1]["share"] == 2
    assert repr(ROWS) == "<2 rows of place, number, share, name, class>"


def test_language_tags_are_in_the_terms() -> None:
    assert ROWS.terms[0][3] == Literal("ハルビン", "ja")


def test_a_frame_of_pandas_has_numbers_as_numbers() -> None:
    frame = ROWS.pandas()
    assert list(frame.columns) == list(ROWS.columns)
    assert str(frame.dtypes["number"]) == "Int64"
    assert frame["number"].sum() == 46000
    assert str(frame.dtypes["share"]) == "Float64"
    assert frame["share"].tolist() == [0.5, 2.0]
    assert frame["place"].isna().tolist() == [False, True]


def test_a_frame_of_polars_has_numbers_as_numbers() -> None:
    frame = ROWS.polars()
    assert frame.columns == list(ROWS.columns)
    assert frame.schema["number"] == pl.Int64
    assert frame.schema["share"] == pl.Float64
    assert frame["place"].to_list() == [ID + "harbin", None]


def test_a_column_of_several_types_is_text() -> None:
    rows = Rows(("value",), [(typed("46000", "integer"),), (Literal("many"),), (None,)])
    assert rows.polars()["value"].to_list() == ["46000", "many", None]
    assert rows.pandas()["value"].dropna().tolist() == ["46000", "many"]


@pytest.mark.parametrize("form", ["pandas", "polars"])
def test_no_rows_are_an_empty_frame_with_columns(form: str) -> None:
    frame = getattr(Rows(("a", "b"), []), form)()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)


@pytest.mark.parametrize("form", ["pandas", "polars"])
def test_where_the_library_is_missing_it_is_named(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UsageError, match=rf"{form} is not installed: pip install 'powkg\[frames\]'"):
        getattr(ROWS, form)()


def test_jupyter_shows_a_table_with_every_text_escaped() -> None:
    html = ROWS._repr_html_()
    assert '<span title="id:harbin">id:harbin</span>' in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert "2 rows" in html


def test_jupyter_is_shown_so_many_rows_and_told_how_many_there_are() -> None:
    html = Rows(("n",), [(typed(str(n), "integer"),) for n in range(1000)])._repr_html_()
    assert html.count("<tr>") == 101
    assert "the first 100 of 1000 rows" in html
