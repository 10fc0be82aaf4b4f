"""The map shows every place that has coordinates where they are, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.patches import Circle

from figure_texts import names, outside, overlaps, texts
from ford import FACTS, ford_store
from powkg.errors import UsageError
from powkg.figures.land_map import land_map
from powkg.figures.places import Gazetteer
from powkg.figures.writing import DataFigure, write
from powkg.namespaces import ID
from powkg.store import Store

POINTS = """
source:one-date {
    id:stone-ford geo:hasGeometry geometry:stone-ford .
    geometry:stone-ford a geo:Geometry ;
        geo:asWKT "POINT(-130.5 45.25)"^^geo:wktLiteral ; pow:coordinateKind term:site .
    id:far-field a pow:Place ; rdfs:label "Far Field"@en ; geo:hasGeometry geometry:far-field .
    geometry:far-field a geo:Geometry ;
        geo:asWKT "POINT(20 -40)"^^geo:wktLiteral ; pow:coordinateKind term:country-centroid .
    id:odd-field a pow:Place ; geo:hasGeometry geometry:odd-field .
    geometry:odd-field a geo:Geometry ; geo:asWKT "LINESTRING(1 2, 3 4)"^^geo:wktLiteral .
}
"""
PREFIXES = """
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix geometry: <https://w3id.org/powkg/geometry/> .
"""


@pytest.fixture(scope="module")
def ford(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"), PREFIXES + FACTS + POINTS)


@pytest.fixture(scope="module")
def drawn(real_store: Store) -> DataFigure:
    return land_map(real_store)


def test_places_are_read_with_their_passages_and_events(ford: Store) -> None:
    far, stone = Gazetteer.read(ford).sites
    assert (stone.longitude, stone.latitude, stone.on_the_spot) == (-130.5, 45.25, True)
    assert stone.passages == ("p01s1",)
    assert [(labels["en"], passages) for labels, passages in stone.events] == [("Crossing of the Ford", ("p01s1",))]
    assert (far.on_the_spot, far.passages, far.events) == (False, (), ())
    assert stone.source.endswith("/one-date")


def test_places_without_coordinates_are_named_below(ford: Store) -> None:
    assert "Places not drawn, since the data give no coordinates for them: 1 (Lonely Tower)." in texts(land_map(ford))


def test_a_place_far_from_the_others_widens_the_map(ford: Store) -> None:
    figure = land_map(ford)
    assert sorted(names(figure)) == ["far-field", "stone-ford"]
    assert outside(figure) == []
    height = figure.get_size_inches()[1] * 25.4
    inside = [circle for circle in figure.findobj(Circle) if 20 < circle.center[1] < height]
    assert len(inside) >= 2


def test_every_place_with_coordinates_is_named_once_and_no_other(real_store: Store, drawn: DataFigure) -> None:
    query = "SELECT DISTINCT ?place { ?place <http://www.opengis.net/ont/geosparql#hasGeometry> ?geometry }"
    wanted = sorted(str(place).removeprefix(ID) for (place,) in real_store.query(query))
    assert sorted(names(drawn)) == wanted
    assert len(wanted) == 21


def test_a_place_that_no_passage_speaks_of_is_told_apart(drawn: DataFigure) -> None:
    written = texts(drawn)
    assert "Pingfang 0" in written
    assert "Japan 25" in written
    assert "no passage speaks of it" in written


@pytest.mark.parametrize("languages", [("en",), ("ja",), ("en", "ja", "ru")])
def test_no_name_covers_another_or_leaves_the_page(real_store: Store, languages: tuple[str, ...]) -> None:
    figure = land_map(real_store, languages=languages)
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_the_area_of_a_circle_grows_with_the_passages(drawn: DataFigure) -> None:
    radii = sorted(circle.radius for circle in drawn.findobj(Circle))
    assert (radii[-1] / radii[0]) ** 2 == pytest.approx(25)  # Japan, and a place in one passage


def test_a_store_without_coordinates_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no place of the store has coordinates"):
        land_map(ford_store(tmp_path))


def test_a_map_is_the_same_file_twice(ford: Store) -> None:
    assert write(land_map(ford), "svg") == write(land_map(ford), "svg")
