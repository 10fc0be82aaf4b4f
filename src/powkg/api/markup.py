"""Small pieces of HTML for Jupyter: tables whose every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from powkg.namespaces import CLAIM, ID, curie

MOST_ROWS = 100
"""How many rows of a table are shown."""


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> str:
    """Rows of HTML under their headings; the caption, a text, says beneath how many of `total` rows are shown."""
    head = "".join(f'<th scope="col" style="text-align:left">{escape(heading)}</th>' for heading in headings)
    body, shown = [], 0
    for row in rows:
        body.append("<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in row) + "</tr>")
        shown += 1
    counted = f"{caption} · {total} rows" if shown == total else f"{caption} · the first {shown} of {total} rows"
    return (
        f'<table><caption style="caption-side:bottom;text-align:left">{escape(counted.removeprefix(" · "))}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def named(iri: str, text: str = "") -> str:
    """A text with the prefixed name that it stands for as its tooltip; the name itself where there is no text."""
    name = curie(iri) if iri.startswith((ID, CLAIM)) or curie(iri)[0] != "<" else iri
    return f'<span title="{escape(name)}">{escape(text or name)}</span>'
