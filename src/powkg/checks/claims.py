"""Whether the range of each quantity claim is what its figure and its qualifier make it."""

from __future__ import annotations

from collections.abc import Iterator

from powkg.checks.finding import Finding
from powkg.checks.material import Material, is_whole
from powkg.claims.bounds import PRINTED, QUALIFIERS, bounds
from powkg.namespaces import POW, TERM

FIGURE, RATIO, AT_LEAST, AT_MOST = (POW + name for name in ("figure", "ratio", "atLeast", "atMost"))


def bounds_off_the_table(material: Material) -> Iterator[Finding]:
    """Bounds that do not follow from figure and qualifier by the table."""
    for claim in sorted(material.instances("QuantityClaim")):
        qualifiers = material.values(claim, POW + "qualifier")
        stated = {name: material.values(claim, name) for name in (FIGURE, AT_LEAST, AT_MOST)}
        if len(qualifiers) != 1 or any(len(found) > 1 or not all(map(is_whole, found)) for found in stated.values()):
            continue  # Other checks report these: a claim without a qualifier, a second value, a wrong datatype.
        qualifier = qualifiers[0].removeprefix(TERM)
        figure, least, most = (int(stated[name][0]) if stated[name] else None for name in (FIGURE, AT_LEAST, AT_MOST))
        if qualifier in QUALIFIERS:
            is_ratio = bool(material.values(claim, RATIO))
            yield from _compare(claim, qualifier, figure, (least, most), is_ratio=is_ratio)


def _compare(
    claim: str, qualifier: str, figure: int | None, stated: tuple[int | None, int | None], *, is_ratio: bool
) -> Iterator[Finding]:
    if is_ratio:
        expected: tuple[int | None, int | None] = (None, None)
        reason = "a ratio has no bounds of its own"
    elif qualifier in PRINTED:
        if figure is not None or None in stated:
            yield Finding(claim, f"{qualifier!r} goes with both printed bounds and no figure", predicate=FIGURE)
        return
    else:
        try:
            expected = bounds(figure, qualifier)
        except ValueError as error:
            yield Finding(claim, str(error), predicate=FIGURE)
            return
        reason = f"by {qualifier!r} of {figure:,}" if figure is not None else f"by {qualifier!r}"
    for name, predicate, wanted, found in zip(
        ("pow:atLeast", "pow:atMost"), (AT_LEAST, AT_MOST), expected, stated, strict=True
    ):
        if wanted != found:
            message = f"{name} is {_written(found)} and must be {_written(wanted)}: {reason}"
            yield Finding(claim, message, predicate=predicate)


def _written(bound: int | None) -> str:
    return "none" if bound is None else str(bound)
