"""Colours that can be read and told apart."""

from __future__ import annotations

from itertools import combinations

import pytest

from powkg.pictures import palette


def channels(colour: str) -> list[float]:
    """The linear red, green and blue of a CSS colour, 0 to 1."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), channels(colour), strict=True))


@pytest.mark.parametrize("ink", [palette.INK, palette.QUIET_INK, palette.EVIDENCE_INK])
def test_text_has_the_contrast_of_wcag_aa_on_every_fill(ink: str) -> None:
    for fill in ["#ffffff", *(style.fill for style in palette.STYLES.values())]:
        assert (luminance(fill) + 0.05) / (luminance(ink) + 0.05) >= 4.5


def test_families_differ_in_colour_and_in_shape() -> None:
    for one, other in combinations(palette.STYLES.values(), 2):
        assert one.outline != other.outline
        assert one.shape != other.shape


def test_words_are_in_three_languages() -> None:
    said = (palette.SHOWN, palette.FOLDED, palette.COUNTED, palette.EVIDENCE)
    for words in (*(style.words for style in palette.STYLES.values()), *said):
        assert set(words) == {"en", "ja", "ru"}
