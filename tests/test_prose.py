"""Words with their places, and where a name stands in them."""

from __future__ import annotations

import pytest

from powkg.grounding.prose import Prose


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("the Red Guard's men of the red guard", "Red Guard", [(1, 2), (7, 8)]),
        ("northern and southern Korea", "northern Korea", [(0, 3)]),
        ("Chinese and Far Eastern civilians", "Chinese civilians", [(0, 4)]),
        ("northern forces in southern Korea", "northern Korea", []),
        ("told us of the US", "US", [(4,)]),
        ("Korea", "Korea peninsula", []),
        ("any", "", []),
    ],
)
def test_occurrences(text: str, name: str, expected: list[tuple[int, ...]]) -> None:
    assert Prose.of(text).occurrences(tuple(name.split())) == expected


def test_printed_words_and_gaps() -> None:
    prose = Prose.of("“A. B. Reh,” he\u00ad said")
    assert prose.printed(0, 3) == "A. B. Reh"
    assert [prose.gap(place) for place in range(5)] == ["“", ". ", ". ", ",” ", " "]
    assert prose.covered(0, 5) == (0, 2)
    assert prose.covered(0, 1) == (0, 0)
