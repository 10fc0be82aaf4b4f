"""How a share of another claim's number becomes a range. Pure.

"Just under half of 3.5 million" is a ratio, 0.5, with a qualifier, to a claim with a range of its own. The range of the
share is the ratio times that range, with the qualifier read as it is for printed figures (`powkg.claims.bounds`):

| qualifier | at least | at most |
|---|---|---|
| `plain`, `only` | the ratio of the least | the ratio of the most |
| `about`, `close-to` | 5 % below the ratio of the least | 5 % above the ratio of the most |
| `more-than` | above the ratio of the least | open |
| `just-under` | 5 % below the ratio of the least | below the ratio of the most |
| `most` | above the ratio of the least | the most: all of it |

Where a bound is no whole number, the range is widened to the next one; an open end stays open.
"""

from __future__ import annotations

import math
from fractions import Fraction

_WIDER = Fraction(5, 100)

QUALIFIERS = frozenset({"plain", "only", "about", "close-to", "more-than", "just-under", "most"})
"""The qualifiers that a ratio may have."""


def share(ratio: Fraction, qualifier: str, least: int | None, most: int | None) -> tuple[int | None, int | None]:
    """The range of a share, by its ratio (above 0), the local name of its qualifier, and the range it is taken of.

    None is an open end. Raises ValueError, with the reason, where the qualifier does not go with a ratio.
    """
    if qualifier not in QUALIFIERS:
        raise ValueError(f"{qualifier!r} does not go with a ratio")
    low = None if least is None else ratio * least
    high = None if most is None else ratio * most
    match qualifier:
        case "more-than":
            return _above(low), None
        case "most":
            return _above(low), most
        case "just-under":
            return _scaled(low, 1 - _WIDER), None if high is None else math.ceil(high) - 1
        case "about" | "close-to":
            return _scaled(low, 1 - _WIDER), None if high is None else math.ceil(high * (1 + _WIDER))
        case _:
            return _scaled(low, Fraction(1)), None if high is None else math.ceil(high)


def _above(low: Fraction | None) -> int | None:
    """The first whole number above; without a least number there is none."""
    return None if low is None else math.floor(low) + 1


def _scaled(low: Fraction | None, factor: Fraction) -> int | None:
    return None if low is None else math.floor(low * factor)
