"""The table from a figure and its qualifier to a range, against its description and the graph's own words."""

from __future__ import annotations

import pytest

from powkg.claims.bounds import PRINTED, QUALIFIERS, bounds
from powkg.dataset import Dataset
from powkg.namespaces import SKOS, TERM


@pytest.mark.parametrize(
    ("figure", "qualifier", "expected"),
    [
        (625000, "plain", (625000, 625000)),
        (95000, "only", (95000, 95000)),
        (1000000, "about", (950000, 1050000)),
        (300000, "close-to", (285000, 315000)),
        (360000, "more-than", (360001, None)),
        (2000, "just-under", (1900, 1999)),
        (None, "scores-of", (40, None)),
        (None, "thousands-of", (2000, None)),
        (None, "tens-of-thousands-of", (20000, None)),
        (None, "most", (None, None)),
        (0, "plain", (0, 0)),
        (2337, "about", (2220, 2454)),
    ],
)
def test_bounds(figure: int | None, qualifier: str, expected: tuple[int | None, int | None]) -> None:
    assert bounds(figure, qualifier) == expected


@pytest.mark.parametrize("figure", [1, 7, 19, 99, 101, 2337, 10**9 + 1])
def test_a_rounded_range_is_never_narrower_than_five_percent(figure: int) -> None:
    least, most = bounds(figure, "about")
    assert least is not None
    assert most is not None
    assert least * 100 <= figure * 95 < (least + 1) * 100
    assert (most - 1) * 100 < figure * 105 <= most * 100


@pytest.mark.parametrize(
    ("figure", "qualifier", "reason"),
    [
        (None, "plain", "'plain' needs a figure"),
        (40, "scores-of", "'scores-of' goes without a figure"),
        (40, "most", "'most' goes without a figure"),
        (None, "between", "the bounds of 'between' are those printed"),
        (40, "roughly", "no qualifier 'roughly'"),
    ],
)
def test_what_does_not_go_together(figure: int | None, qualifier: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        bounds(figure, qualifier)


def test_the_table_has_the_qualifiers_of_the_small_list(real_dataset: Dataset) -> None:
    listed = {
        str(quad.subject).removeprefix(TERM)
        for quad in real_dataset.statements()
        if (str(quad.predicate), str(quad.value)) == (SKOS + "inScheme", TERM + "qualifiers")
    }
    assert listed == QUALIFIERS
    assert PRINTED < QUALIFIERS
