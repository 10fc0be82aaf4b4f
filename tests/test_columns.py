"""Columns of a picture: linked entities stand apart, arrows run to the right where there is room, A4 is filled."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from powkg.pictures import palette
from powkg.pictures.columns import arrange
from powkg.pictures.composition import Node, Tie
from powkg.pictures.svg import Block


def parts(*links: tuple[str, str], height: float = 60) -> tuple[list[Node], list[Tie]]:
    """Nodes and ties of these links; `f` is the focus."""
    names = sorted({end for link in links for end in link})
    style, words = palette.STYLES["event"], Block((), 90, 40)
    nodes = [Node(name, style, Block((), 120, height), 140, height, name, name == "f") for name in names]
    return nodes, [Tie(source, target, words, "", "f" in (source, target)) for source, target in links]


CHAIN = parts(("f", "a"), ("a", "b"))
STAR = parts(*(("f", f"n{number:02}") for number in range(20)))
TRIANGLE = parts(("f", "a"), ("a", "b"), ("f", "b"), ("b", "c"), ("c", "f"))


@pytest.mark.parametrize("drawn", [CHAIN, STAR, TRIANGLE])
@pytest.mark.parametrize("count", [3, 4, 6])
def test_linked_entities_stand_in_different_columns_with_the_text_between(
    drawn: tuple[Sequence[Node], Sequence[Tie]], count: int
) -> None:
    found = arrange(*drawn, count, (40, 200))
    assert found
    for columns in found:
        assert set(columns.of) == {node.iri for node in drawn[0]}
        for tie, gap in zip(drawn[1], columns.gaps, strict=True):
            first, last = sorted((columns.of[tie.source], columns.of[tie.target]))
            assert 0 <= first <= gap < last < count


def test_small_network_is_read_from_left_to_right() -> None:
    best = min(arrange(*CHAIN, 3, (40, 200)), key=lambda columns: columns.cost(columns.scale))
    assert [best.of[name] for name in "fab"] == [0, 1, 2]


def test_crowd_on_one_side_is_spread_for_the_sake_of_size() -> None:
    best = min(arrange(*STAR, 3, (40, 200)), key=lambda columns: columns.cost(columns.scale))
    before = sum(best.of[name] < best.of["f"] for name in best.of)
    assert 8 <= before <= 12


def test_more_columns_are_needed_where_all_are_linked() -> None:
    names = "fabcd"
    clique = parts(*((one, other) for one in names for other in names if one < other))
    assert arrange(*clique, 4, (40, 200)) == []
    assert arrange(*clique, 5, (40, 200))


def test_same_parts_give_the_same_columns() -> None:
    assert arrange(*TRIANGLE, 4, (40, 200)) == arrange(*TRIANGLE, 4, (40, 200))
