"""Axes of numbers."""

from __future__ import annotations

import pytest

from powkg.figures.ranges import NumberAxis


def test_an_even_axis_begins_with_zero() -> None:
    axis = NumberAxis.over(95_000, 420_000, (100.0, 170.0))
    assert axis.at(0) == 100.0
    assert axis.at(420_000) == 170.0
    assert axis.at(210_000) == 135.0
    assert axis.ticks() == [0, 200_000, 400_000]
    assert axis.ticks(fewest=3) == [0, 100_000, 200_000, 300_000, 400_000]


def test_a_logarithmic_axis_begins_with_a_power_of_ten() -> None:
    axis = NumberAxis.over(40_000, 1_000_000, (0.0, 60.0), logarithmic=True)
    assert axis.least == 10_000
    assert axis.at(100_000) == pytest.approx(30.0)
    assert axis.at(5) == 0.0
    assert axis.ticks() == [10_000, 100_000, 1_000_000]


@pytest.mark.parametrize("most", [1, 2, 9, 40, 2_337, 364_896, 3_500_000])
def test_ticks_are_few_round_and_on_the_axis(most: int) -> None:
    ticks = NumberAxis.over(0, most, (0.0, 60.0)).ticks()
    assert ticks[0] == 0
    assert ticks[-1] <= most
    assert len(ticks) <= 6
