"""Where names go on a map, so that none covers another or a marker. Pure; millimetres, y downwards."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DISTANCES = (0.6, 2.0, 4.0, 6.5, 9.5, 13.0, 17.0, 22.0, 28.0)
_CLEARANCE = 1.2
_DIRECTIONS = tuple(range(0, 360, 30))
"""In degrees, clockwise from the right, where a name is read most easily."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_in(self, other: Box) -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Marker:
    """A circle."""

    x: float
    y: float
    radius: float

    def box(self, around: float = 0.0) -> Box:
        """The square around it, so much larger on each side."""
        reach = self.radius + around
        return Box(self.x - reach, self.y - reach, self.x + reach, self.y + reach)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a name stands, and the line that leads to it from its marker where it is not beside it."""

    box: Box
    leader: tuple[tuple[float, float], tuple[float, float]] | None


def arrange(
    markers: Sequence[Marker], sizes: Sequence[tuple[float, float]], frame: Box, taken: Sequence[Box] = ()
) -> list[Spot | None]:
    """A spot for each size of a name, in the order given: the nearest free one in the frame; None where there is none.

    The names belong to the first of the markers. None lies on a marker, another name, a line that leads to one, or what
    is `taken`, and, where there is any such spot, none comes near a marker that is not its own. Greedy over fixed
    candidates, as Christensen, Marks & Shieber (1995) compare it; the greatest markers choose first.
    """
    names: list[Box] = []
    lines: list[Box] = []
    found: list[Spot | None] = [None] * len(sizes)
    for number in sorted(range(len(sizes)), key=lambda n: (-markers[n].radius, n)):
        own = markers[number]
        for clearance in (_CLEARANCE, 0.0):
            others = [own.box(), *(marker.box(clearance) for marker in markers if marker is not own)]
            fixed = [*names, *lines, *others, *taken]
            spots = (spot for spot in _candidates(own, *sizes[number]) if spot.box.is_in(frame))
            clear = (spot for spot in spots if not any(spot.box.meets(box) for box in fixed))
            spot = next((s for s in clear if not any(box.meets(name) for box in _along(s) for name in names)), None)
            if spot is not None:
                found[number] = spot
                names.append(spot.box)
                lines += _along(spot)
                break
    return found


def _candidates(marker: Marker, width: float, height: float) -> Iterator[Spot]:
    for number, distance in enumerate(_DISTANCES):
        for degrees in _DIRECTIONS:
            cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            edge = marker.x + marker.radius * cosine, marker.y + marker.radius * sine
            anchor = edge[0] + distance * cosine, edge[1] + distance * sine
            # The side or corner of the box that faces the marker lies at the anchor.
            left = anchor[0] - width * (1 - _sharpened(cosine)) / 2
            top = anchor[1] - height * (1 - _sharpened(sine)) / 2
            box = Box(left, top, left + width, top + height)
            yield Spot(box, (edge, anchor) if number else None)


def _sharpened(share: float) -> float:
    """-1, 0 or 1 where the direction is mostly that way: a box then touches the line with a side or corner."""
    return 0.0 if abs(share) < 0.3 else math.copysign(1.0, share)


def _along(spot: Spot) -> list[Box]:
    """Small boxes along the line that leads to a name."""
    if spot.leader is None:
        return []
    (x, y), (to_x, to_y) = spot.leader
    steps = max(2, math.ceil(math.hypot(to_x - x, to_y - y)))
    middles = ((x + (to_x - x) * n / steps, y + (to_y - y) * n / steps) for n in range(steps))
    return [Box(x - 0.2, y - 0.2, x + 0.2, y + 0.2) for x, y in middles]
