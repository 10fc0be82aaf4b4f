"""HTML for Jupyter."""

from __future__ import annotations

from powkg.api.markup import named, table
from powkg.namespaces import ID


def test_a_name_has_its_prefixed_name_as_tooltip() -> None:
    assert named(ID + "harbin") == '<span title="id:harbin">id:harbin</span>'
    assert named(ID + "harbin", "Harbin & co") == '<span title="id:harbin">Harbin &amp; co</span>'
    assert named('http://a/"') == '<span title="http://a/&quot;">http://a/&quot;</span>'


def test_a_table_has_headings_rows_and_a_count() -> None:
    html = table("links", ("<a>",), [("1",)], 1)
    assert '<th scope="col" style="text-align:left">&lt;a&gt;</th>' in html
    assert '<td style="text-align:left">1</td>' in html
    assert "links · 1 rows" in html
    assert "the first 1 of 2 rows" in table("", ("a",), [("1",)], 2)
