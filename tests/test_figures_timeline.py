"""The timeline shows every event that has a date, and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from matplotlib.patches import Polygon

from figure_texts import names, outside, overlaps, texts
from ford import FACTS, ford_store
from powkg.errors import UsageError
from powkg.figures.contested import contested
from powkg.figures.land_map import land_map
from powkg.figures.timeline import timeline
from powkg.figures.writing import DataFigure, write
from powkg.namespaces import ID
from powkg.networks.whole import whole_network
from powkg.store import Store

LIVES = """
ford:p04s1 {
    id:old-otto a pow:Person ; pow:birthDate date:1900 ; pow:deathDate date:1970-05-01 .
    id:young-otto a pow:Person ; pow:birthDate date:1940-01-01 .
}
"""


@pytest.fixture(scope="module")
def ford(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"), FACTS + LIVES)


@pytest.fixture(scope="module")
def drawn(real_store: Store) -> DataFigure:
    return timeline(real_store)


def test_every_event_with_a_date_has_a_row_and_no_other(real_store: Store, drawn: DataFigure) -> None:
    dated = {
        iri.removeprefix(ID)
        for iri, node in whole_network(real_store).nodes(data=True)
        if node["family"] == "event"
        and any(n.date and not n.property.endswith(("plannedEnd", "heldAt", "asOf", "period")) for n in node["notes"])
    }
    assert sorted(names(drawn)) == sorted(dated)
    assert len(dated) > 30


@pytest.mark.parametrize("languages", [("ru",), ("en", "ja")])
def test_no_text_covers_another_or_leaves_the_page(real_store: Store, languages: tuple[str, ...]) -> None:
    figure = timeline(real_store, languages=languages, lives=True)
    assert overlaps(figure) == []
    assert outside(figure) == []


def test_a_row_says_when_and_which_passage_or_work_says_so(ford: Store) -> None:
    written = texts(timeline(ford))
    assert "9 August 1945\N{EN SPACE}p02s1" in written
    assert any(text.startswith("from 2 August 1945 to 5 August 1945\N{EN SPACE}[1]") for text in written)
    assert any("[1] A chronicle with two dates." in text for text in written)


def test_events_without_a_date_are_counted_not_drawn(ford: Store) -> None:
    figure = timeline(ford)
    assert names(figure) == ["crossing-of-the-ford", "fall-of-the-bridge"]
    assert "Events not drawn, since the data give no date for them: 12." in texts(figure)


def test_labels_stand_in_the_languages_asked_for(ford: Store) -> None:
    written = texts(timeline(ford, languages=("ja", "ru")))
    assert "浅瀬渡河作戦" in written
    assert "Переправа через брод" in written
    assert "Crossing of the Ford" not in written


def test_lives_are_drawn_where_asked_for(ford: Store) -> None:
    assert "old-otto" not in names(timeline(ford))
    assert names(timeline(ford, lives=True))[-2:] == ["old-otto", "young-otto"]


def test_only_what_has_a_day_in_the_time_asked_for_is_drawn(ford: Store) -> None:
    assert names(timeline(ford, first="1945-08-06")) == ["fall-of-the-bridge"]
    assert names(timeline(ford, last="1945-08-05")) == ["crossing-of-the-ford"]
    assert "Events with a date, from August 1945 to September 1945." in " ".join(
        texts(timeline(ford, first="1945-08", last="1945-09"))
    )


def test_a_bar_that_goes_on_beyond_the_axis_ends_in_an_arrowhead(ford: Store) -> None:
    def shapes(last: str) -> int:
        return len(timeline(ford, first="1945-08-01", last=last).findobj(Polygon))

    assert shapes("1945-08-04") > shapes("1945-08-05")


def test_an_open_end_fades(tmp_path: Path) -> None:
    def opacities(ended: str) -> set[float]:
        facts = f"ford:p01s1 {{ id:march-01 a pow:Event ; pow:began date:1945-08-01 {ended} . }}"
        shapes = timeline(ford_store(tmp_path / str(len(ended)), facts)).findobj(Polygon)
        return {float(shape.get_alpha() or 0) for shape in shapes if shape.get_facecolor()[:3] == (118 / 255,) * 3}

    (tmp_path / "0").mkdir()
    assert len(opacities("")) > 10
    ended = "; pow:ended date:1945-09-01"
    (tmp_path / str(len(ended))).mkdir()
    assert opacities(ended) == {1.0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"first": "last week"}, "'last week'"),
        ({"first": "1946", "last": "1945"}, "begin with 1946 and end with 1945"),
        ({"first": "2500"}, "no event has a date there"),
        ({"languages": ("english!",)}, "'english!' is not a language"),
        ({"languages": ()}, "no language is given"),
    ],
)
def test_what_cannot_be_drawn_is_wrong_use(ford: Store, arguments: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        timeline(ford, **arguments)  # type: ignore[arg-type]


def test_the_description_names_every_event(drawn: DataFigure) -> None:
    lines = drawn.about.description.splitlines()
    assert len(lines) == len(names(drawn)) + 2  # what is not drawn, and the works
    assert "[1] CyberLeninka" in lines[-1]
    assert "Yalta Conference (conference): February 1945, p05s2" in lines


def test_only_a_figure_of_the_projects_data_says_whose_they_are(ford: Store, drawn: DataFigure) -> None:
    assert any(text.startswith("Data: powkg ") for text in texts(drawn))
    figure = timeline(ford, version="0123456789abcdef")
    assert not any(text.startswith("Data: ") for text in texts(figure))
    assert figure.about.version == ""


@pytest.mark.parametrize("figure", [timeline, land_map, contested])
def test_every_figure_names_the_version_of_its_data(real_store: Store, figure: Callable[..., DataFigure]) -> None:
    own, given = figure(real_store), figure(real_store, version="0123456789abcdef")
    assert own.about.version == real_store.version
    assert f"Data: powkg {real_store.version[:12]}, https://w3id.org/powkg/" in " ".join(texts(own))
    assert given.about.version == "0123456789abcdef"
    assert "Data: powkg 0123456789ab, https://w3id.org/powkg/" in " ".join(texts(given))


def test_a_timeline_is_the_same_file_twice(ford: Store) -> None:
    assert write(timeline(ford), "svg") == write(timeline(ford), "svg")
