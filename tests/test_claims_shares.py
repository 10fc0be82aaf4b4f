"""Shares of another claim's number as ranges."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.claims.bounds import QUALIFIERS as OF_FIGURES
from powkg.claims.bounds import bounds
from powkg.claims.shares import QUALIFIERS, share

HALF, TWICE = Fraction(1, 2), Fraction(2)


@pytest.mark.parametrize(
    ("ratio", "qualifier", "least", "most", "expected"),
    [
        (HALF, "more-than", 1600000, 1700000, (800001, None)),
        (TWICE, "about", 46000, 46000, (87400, 96600)),
        (TWICE, "more-than", 46000, 46000, (92001, None)),
        (HALF, "just-under", 3500000, 3500000, (1662500, 1749999)),
        (HALF, "most", 2337, 2337, (1169, 2337)),
        (HALF, "plain", 3, 5, (1, 3)),
        (Fraction(1, 3), "only", 10, 10, (3, 4)),
        (HALF, "just-under", 3, 3, (1, 1)),
        (HALF, "plain", 20000, None, (10000, None)),
        (HALF, "just-under", None, 100, (None, 49)),
        (HALF, "more-than", None, 100, (None, None)),
    ],
)
def test_ranges(
    ratio: Fraction, qualifier: str, least: int | None, most: int | None, expected: tuple[int | None, int | None]
) -> None:
    assert share(ratio, qualifier, least, most) == expected


@pytest.mark.parametrize("qualifier", sorted(OF_FIGURES - QUALIFIERS))
def test_a_qualifier_that_is_a_number_itself_goes_without_a_ratio(qualifier: str) -> None:
    with pytest.raises(ValueError, match="does not go with a ratio"):
        share(HALF, qualifier, 10, 10)


@given(st.integers(1, 10**8), st.sampled_from(sorted(QUALIFIERS - {"most"})))
def test_the_whole_of_an_exact_number_is_read_as_its_figure_is(figure: int, qualifier: str) -> None:
    assert share(Fraction(1), qualifier, figure, figure) == bounds(figure, qualifier)


@given(
    st.fractions(min_value=Fraction(1, 100), max_value=10),
    st.sampled_from(sorted(QUALIFIERS)),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
)
def test_a_wider_base_never_gives_a_narrower_share(ratio: Fraction, qualifier: str, least: int, more: int) -> None:
    narrow, wide = share(ratio, qualifier, least, least), share(ratio, qualifier, least, least + more)
    assert narrow[0] == wide[0]
    assert narrow[1] is None if wide[1] is None else narrow[1] is not None and narrow[1] <= wide[1]
