"""The paper that pictures are made for: how large a picture is on a sheet of A4. Pure."""

from __future__ import annotations

from dataclasses import dataclass

POINTS_PER_MILLIMETRE = 72 / 25.4
SMALLEST_READABLE = 6.0
"""The size in points that no text on paper should be smaller than."""

_A4 = (210 * POINTS_PER_MILLIMETRE, 297 * POINTS_PER_MILLIMETRE)
_MARGIN = 10 * POINTS_PER_MILLIMETRE
_LARGEST_SCALE = 1.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a picture goes on A4: points of paper to a pixel of the picture, and which way the sheet is turned."""

    scale: float
    landscape: bool


def fit(width: float, height: float) -> Fit:
    """The fit of a picture of this size in pixels, with margins of 10 mm, the sheet turned as gives the larger one.

    A pixel is never more than a point: a small picture is not blown up to fill the sheet.
    """
    short, long = (side - 2 * _MARGIN for side in _A4)
    upright, turned = min(short / width, long / height), min(long / width, short / height)
    return Fit(min(max(upright, turned), _LARGEST_SCALE), turned > upright)
