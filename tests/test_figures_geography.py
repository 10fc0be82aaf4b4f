"""Projections against Snyder's numbers and their own promise, and land against places that are known to be on it."""

from __future__ import annotations

import gzip
import hashlib
import math
from importlib import resources

import numpy as np
import pytest
from matplotlib.path import Path

from powkg.figures.geography import Albers, View, clip, coasts, eckert_iv, thinned, within_reach


def test_albers_gives_the_numbers_of_snyders_example() -> None:
    # Snyder (1987), page 291: standard parallels 29°30' and 45°30', origin 23° N 96° W, the point 35° N 75° W.
    albers = Albers(south=29.5, north=45.5, longitude=-96.0, latitude=23.0)
    assert albers(np.array([(-75.0, 35.0)]))[0] == pytest.approx((0.2952720, 0.2416774), abs=1e-7)


def test_albers_is_undone() -> None:
    albers = Albers(south=28.0, north=50.0, longitude=138.0, latitude=38.0)
    points = np.array([(120.0, 25.0), (138.0, 38.0), (157.0, 54.0)])
    assert albers.degrees(albers(points)) == pytest.approx(points)


def test_eckert_iv_has_its_outline() -> None:
    # The poles are half as long as the equator, and the whole is as high as half of it (Snyder 1987, page 253).
    x, y = eckert_iv(np.array([(330.0, 0.0), (330.0, 89.9999)])).T
    assert x[0] == pytest.approx(2 * math.pi * 2 / math.sqrt(math.pi * (4 + math.pi)))
    assert x[1] == pytest.approx(x[0] / 2, rel=1e-2)
    assert y == pytest.approx((0.0, x[0] / 2), rel=1e-4, abs=1e-12)


@pytest.mark.parametrize("latitude", [0.0, 40.0, 75.0])
def test_both_projections_keep_areas(latitude: float) -> None:
    step = 0.01
    corners = np.array([(140, latitude), (140 + step, latitude), (140 + step, latitude + step), (140, latitude + step)])
    wanted = math.radians(step) * (math.sin(math.radians(latitude + step)) - math.sin(math.radians(latitude)))
    for projection in (eckert_iv, Albers(28.0, 50.0, 138.0, 38.0)):
        x, y = projection(corners).T
        area = 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
        assert area == pytest.approx(wanted, rel=1e-3)


def test_the_land_is_the_file_that_the_page_names() -> None:
    packed = resources.files("powkg.figures").joinpath("land", "land-50m.json.gz").read_bytes()
    digest = hashlib.sha256(gzip.decompress(packed)).hexdigest()
    assert digest == "619477ff690c086885e45cb91707d783805561bd75ae8e437b7d4694b0204e0f"


@pytest.mark.parametrize(
    ("longitude", "latitude", "is_land"),
    [
        (139.5, 36.0, True),  # Honshu
        (105.3, 61.5, True),  # Siberia
        (179.9, 67.5, True),  # Chukotka on either side of 180°
        (-179.0, 67.5, True),
        (172.0, 30.0, False),  # the Pacific
        (135.0, 40.0, False),  # the Sea of Japan
        (51.0, 42.0, False),  # the Caspian Sea
    ],
)
def test_land_is_where_it_should_be(longitude: float, latitude: float, *, is_land: bool) -> None:
    inside = sum(
        Path(ring).contains_point((longitude + turn, latitude)) for ring in coasts() for turn in (-360, 0, 360)
    )
    assert bool(inside % 2) is is_land


def test_a_view_shows_no_land_beyond_its_edges_and_no_seam() -> None:
    view = View.on(eckert_iv, np.array([(-8.0, 42.0), (305.0, 40.0), (150.0, 76.0), (150.0, -20.0)]), 4, 10, 182)
    outlines = list(view.land(0.12))
    every = np.concatenate(outlines)
    assert (every.min(axis=0) >= np.array((4, 10)) - 1e-9).all()
    assert (every.max(axis=0) <= np.array((186, 10 + view.height)) + 1e-9).all()
    chukotka = view.place(within_reach(np.array([(-179.999, 67.5)])))[0]
    assert sum(Path(outline).contains_point(chukotka) for outline in outlines) == 1


def test_an_outline_is_cut_at_an_edge() -> None:
    square = np.array([(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)])
    assert clip(square, 0, 1.0, 1).min(axis=0).tolist() == [1.0, 0.0]
    assert clip(square, 0, 1.0, -1).max(axis=0).tolist() == [1.0, 2.0]
    assert len(clip(square, 0, 3.0, 1)) == 0


def test_small_details_are_left_out() -> None:
    line = np.array([(0.0, 0.0), (0.01, 0.0), (5.0, 0.0), (5.0, 5.0)])
    assert thinned(line, 0.1).tolist() == [[0.0, 0.0], [5.0, 0.0], [5.0, 5.0]]
    assert len(thinned(line / 1000, 0.1)) == 0


def test_a_graticule_stays_in_its_view() -> None:
    view = View.on(
        Albers(28.0, 50.0, 138.0, 38.0),
        np.array([(120.0, 38.0), (157.0, 38.0), (138.0, 54.0), (138.0, 22.0)]),
        0,
        0,
        90,
    )
    lines = list(view.graticule(10))
    assert 5 <= len(lines) <= 14
    assert all(view.holds(point) for line in lines for point in line)
