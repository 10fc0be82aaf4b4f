"""How a printed figure and its qualifier become a range. Pure.

| qualifier | figure | at least | at most |
|---|---|---|---|
| `plain`, `only` | needed | the figure | the figure |
| `about`, `close-to` | needed | 5 % below the figure | 5 % above it |
| `more-than` | needed | one above the figure | open |
| `just-under` | needed | 5 % below the figure | one below it |
| `scores-of` | none | 40 | open |
| `thousands-of` | none | 2,000 | open |
| `tens-of-thousands-of` | none | 20,000 | open |
| `between` | none | as printed | as printed |
| `most` | none | none: a ratio says it | none |

Where 5 % is no whole number, the range is widened to the next one. A claim that gives a ratio to another claim has no
bounds of its own. `ontology/terms.ttl` defines the qualifiers in the same words.
"""

from __future__ import annotations

VAGUE = {"scores-of": 40, "thousands-of": 2_000, "tens-of-thousands-of": 20_000}
"""The qualifiers that stand for a number themselves, each with the least that it means."""

PRINTED = frozenset({"between"})
"""The qualifiers whose two bounds are printed, so that no table gives them."""

QUALIFIERS = frozenset({"plain", "only", "about", "close-to", "more-than", "just-under", "most", *VAGUE, *PRINTED})


def bounds(figure: int | None, qualifier: str) -> tuple[int | None, int | None]:
    """The least and the greatest number that a figure with its qualifier allows; None where it is open.

    `qualifier` is the local name of its term. Raises ValueError, with the reason, where the two do not go together, the
    qualifier is not in the table, or its bounds are printed.
    """
    if qualifier not in QUALIFIERS:
        raise ValueError(f"the table of bounds has no qualifier {qualifier!r}")
    if qualifier in PRINTED:
        raise ValueError(f"the bounds of {qualifier!r} are those printed")
    if qualifier in VAGUE or qualifier == "most":
        if figure is not None:
            raise ValueError(f"{qualifier!r} goes without a figure")
        return VAGUE.get(qualifier), None
    if figure is None:
        raise ValueError(f"{qualifier!r} needs a figure")
    five_percent_below = figure * 95 // 100
    match qualifier:
        case "more-than":
            return figure + 1, None
        case "just-under":
            return five_percent_below, figure - 1
        case "about" | "close-to":
            return five_percent_below, -(-figure * 105 // 100)
        case _:
            return figure, figure
