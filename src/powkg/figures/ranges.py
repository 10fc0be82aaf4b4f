"""Axes of numbers: where a number stands, and which round numbers are its ticks. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass

_ROUND = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class NumberAxis:
    """The numbers from `least` to `most` between two positions in millimetres, even or by their logarithm."""

    least: int
    most: int
    left: float
    right: float
    logarithmic: bool = False

    @classmethod
    def over(cls, lowest: int, highest: int, span: tuple[float, float], *, logarithmic: bool = False) -> NumberAxis:
        """An axis for numbers from the lowest to the highest: from zero, or from the power of ten below the lowest."""
        if not logarithmic:
            return cls(0, max(highest, 1), *span)
        least = 10 ** int(math.log10(max(lowest, 1)))
        return cls(least, max(highest, least + 1), *span, logarithmic=True)

    def at(self, number: int) -> float:
        """The position of a number; one below the axis stands at its beginning."""
        clipped = max(number, self.least)
        if self.logarithmic:
            share = math.log(clipped / self.least) / math.log(self.most / self.least)
        else:
            share = (clipped - self.least) / (self.most - self.least)
        return self.left + share * (self.right - self.left)

    def ticks(self, fewest: int = 2) -> list[int]:
        """Zero and `fewest` round numbers to about twice as many, or 1, 2 and 5 times the powers of ten."""
        if self.logarithmic:
            powers = range(int(math.log10(self.least)), int(math.log10(self.most)) + 1)
            every = [factor * 10**power for power in powers for factor in _ROUND if factor * 10**power <= self.most]
            whole = [number for number in every if str(number).strip("0") == "1"]
            return whole if len(every) > 2 * fewest and len(whole) > 1 else every
        magnitude = 10 ** max(int(math.log10(self.most)) - 1, 0)
        steps = [factor * scale for scale in (magnitude, 10 * magnitude) for factor in _ROUND]
        step = next((step for step in reversed(steps) if self.most // step >= fewest), 1)
        return list(range(0, self.most + 1, step))
