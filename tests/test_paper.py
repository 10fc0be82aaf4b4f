"""How pictures go on A4."""

from __future__ import annotations

import pytest

from powkg.pictures.paper import fit

WIDTH, HEIGHT = 190 * 72 / 25.4, 277 * 72 / 25.4


def test_sheet_is_turned_as_gives_the_larger_picture() -> None:
    assert fit(1000, 1500).landscape is False
    assert fit(1500, 1000).landscape is True
    assert fit(1500, 1000).scale == fit(1000, 1500).scale == pytest.approx(min(WIDTH / 1000, HEIGHT / 1500))


def test_picture_touches_one_margin_and_passes_none() -> None:
    for width, height in ((900, 2000), (1800, 700), (1000, 1000)):
        found = fit(width, height)
        room = (HEIGHT, WIDTH) if found.landscape else (WIDTH, HEIGHT)
        shares = (width * found.scale / room[0], height * found.scale / room[1])
        assert max(shares) == pytest.approx(1)


def test_small_picture_is_not_blown_up() -> None:
    assert fit(100, 50).scale == 1
