"""Pictures as SVG and PNG: what is in them, that nothing overlaps, and that they are the same each time."""

from __future__ import annotations

import base64
import io
import re
import struct
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from ford import ford_store
from powkg.drawing import draw, lay_out, picture
from powkg.errors import UsageError
from powkg.namespaces import ID
from powkg.networks.neighbourhood import neighbourhood
from powkg.pictures.composition import Composition, compose
from powkg.pictures.fonts import load_fonts
from powkg.pictures.svg import Box, Point
from powkg.store import Store

SVG = "{http://www.w3.org/2000/svg}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
READ = ["yalta-conference", "joseph-stalin", "kwantung-army", "manchurian-strategic-offensive-operation", "harbin"]
READ += ["siberia", "japanese-dead-in-soviet-captivity", "soviet-union", "japan", "jason-dawsey"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"))


@pytest.fixture(scope="module")
def crossing(store: Store) -> nx.MultiDiGraph[str]:
    return neighbourhood(store, "crossing-of-the-ford")


def drawn(graph: nx.MultiDiGraph[str], *languages: str) -> ET.Element:
    content = draw(graph, graph.graph["focus"], languages or ("en", "ja", "ru"), "svg")
    return ET.fromstring(content)  # noqa: S314  # what the module itself has written


def texts(root: ET.Element, language: str) -> set[str]:
    return {element.text or "" for element in root.iter(f"{SVG}text") if element.get(LANG) == language}


def labelled(label: str) -> nx.MultiDiGraph[str]:
    """A neighbourhood of one entity with a Japanese label."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=ID + "x", omitted=0, words={})
    graph.add_node(ID + "x", labels={"ja": label}, kind={}, family="place", notes=())
    return graph


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many dark pixels a part of an image has."""
    return sum(image.crop(box).convert("L").histogram()[:128])


def test_labels_stand_in_three_languages(crossing: nx.MultiDiGraph[str]) -> None:
    root = drawn(crossing)
    assert {"Stone Ford", "commander", "place", "Otto Brandt"} <= texts(root, "en")
    assert {"石の浅瀬", "指揮官", "オットー・ブラント"} <= texts(root, "ja")
    assert {"Каменный брод", "командующий", "Отто Брандт"} <= texts(root, "ru")


def test_first_language_is_that_of_heading_legend_and_footer(crossing: nx.MultiDiGraph[str]) -> None:
    japanese = drawn(crossing, "ja")
    assert japanese.get(LANG) == "ja"
    assert japanese.findtext(f"{SVG}title") == "浅瀬渡河作戦"
    assert {"浅瀬渡河作戦", "人物", "場所", "指揮官"} <= texts(japanese, "ja")
    assert not texts(japanese, "ru")
    assert "p01s1, p01s2" in texts(japanese, "en")


def test_label_missing_in_the_first_language_is_english(store: Store) -> None:
    russian = drawn(neighbourhood(store, "captives-of-the-ford"), "ru", "en")
    assert russian.findtext(f"{SVG}title") == "Captives of the Ford"
    assert "Captives of the Ford" in texts(russian, "en")


def test_evidence_stands_under_each_link(crossing: nx.MultiDiGraph[str]) -> None:
    root = drawn(crossing)
    assert {"p01s1", "p01s2", "p02s1", "p01s1, p01s2"} <= texts(root, "en")
    assert "2 August 1945 – 5 August 1945 [1]" in texts(root, "en")
    assert any("[1] A chronicle with two dates" in text for text in texts(root, "en"))


def test_picture_can_be_read_aloud(crossing: nx.MultiDiGraph[str]) -> None:
    root = drawn(crossing)
    assert root.get("role") == "img"
    sentences = (root.findtext(f"{SVG}desc") or "").splitlines()
    assert "Crossing of the Ford – where – Stone Ford (p01s1)" in sentences
    assert "Crossing of the Ford – carried out by – Northern & <Eastern> Column (p01s1, p01s2)" in sentences
    titles = {element.text for element in root.iter(f"{SVG}title")}
    assert "Stone Ford (place)\nid:stone-ford" in titles


def test_metadata_names_subject_and_licence(crossing: nx.MultiDiGraph[str]) -> None:
    written = ET.tostring(drawn(crossing), encoding="unicode")
    assert 'resource="https://creativecommons.org/licenses/by/4.0/"' in written
    assert 'resource="https://w3id.org/powkg/id/crossing-of-the-ford"' in written
    assert any("CC BY 4.0" in text for text in texts(drawn(crossing), "en"))


def test_every_character_has_a_glyph_in_the_file(crossing: nx.MultiDiGraph[str]) -> None:
    root = drawn(crossing)
    style = root.findtext(f"{SVG}style") or ""
    fonts = [TTFont(io.BytesIO(base64.b64decode(data))) for data in re.findall(r"base64,([^)]+)", style)]
    embedded = {code for font in fonts for code in font.getBestCmap()}
    shown = {ord(character) for element in root.iter(f"{SVG}text") for character in element.text or ""}
    assert shown <= embedded
    assert "http" not in style.replace("https://w3id.org", "")


def test_same_graph_gives_the_same_bytes(store: Store) -> None:
    first, second = (neighbourhood(store, "the-realm", hops=2) for _ in range(2))
    for picture_format in ("svg", "png"):
        one, other = (draw(graph, ID + "the-realm", ("en", "ja"), picture_format) for graph in (first, second))
        assert one == other


def test_page_picture_is_the_svg_of_the_neighbourhood(store: Store, crossing: nx.MultiDiGraph[str]) -> None:
    assert picture(store, "crossing-of-the-ford") == draw(crossing, crossing.graph["focus"], ("en", "ja", "ru"), "svg")
    with pytest.raises(UsageError, match="no entity"):
        picture(store, "no-such-ford")


def test_png_is_twice_the_size_of_the_svg(crossing: nx.MultiDiGraph[str]) -> None:
    png = draw(crossing, crossing.graph["focus"], ("en", "ja", "ru"), "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    root = drawn(crossing)
    width, height = struct.unpack(">II", png[16:24])
    assert width == pytest.approx(2 * float(root.attrib["width"]), abs=2)
    assert height == pytest.approx(2 * float(root.attrib["height"]), abs=2)


def test_png_is_drawn_on_white(crossing: nx.MultiDiGraph[str]) -> None:
    image = pixels(draw(crossing, crossing.graph["focus"], ("en", "ja", "ru"), "png"))
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24) or []}
    assert image.getpixel((0, 0)) == (255, 255, 255)
    for outline in ("#0072b2", "#d55e00", "#009e73", "#e69f00", "#cc79a7"):
        assert tuple(bytes.fromhex(outline[1:])) in colours


def test_png_has_japanese_glyphs_and_no_boxes() -> None:
    labels = ("龍鬱驫", "関東軍", "一二三")
    one, other, simple = (pixels(draw(labelled(label), ID + "x", ("ja",), "png")) for label in labels)
    assert one.size == other.size == simple.size
    heading = (30, 30, 200, 100)
    assert one.crop(heading).tobytes() != other.crop(heading).tobytes()
    # Boxes for missing glyphs would all hold as much ink.
    assert ink(one, heading) > 1.1 * ink(other, heading) > 2 * ink(simple, heading) > 0


def composed(graph: nx.MultiDiGraph[str]) -> Composition:
    return compose(graph, graph.graph["focus"], ("en", "ja", "ru"), load_fonts())


def assert_nothing_overlaps(graph: nx.MultiDiGraph[str]) -> None:
    parts = composed(graph)
    layout = lay_out(parts.nodes, parts.ties)
    boxes = [Box.around(layout.nodes[node.iri], node.width, node.height) for node in parts.nodes]
    boxes += [
        Box.around(place, tie.block.width, tie.block.height)
        for tie, place in zip(parts.ties, layout.texts, strict=True)
    ]
    for one, other in combinations(boxes, 2):
        beside = one.right <= other.left or other.right <= one.left
        assert beside or one.bottom <= other.top or other.bottom <= one.top
    assert all(box.left >= -1 and box.right <= layout.width + 1 for box in boxes)


def along(points: Sequence[Point]) -> Iterator[Point]:
    """Ten points on each piece of a cubic spline."""
    for start in range(0, len(points) - 1, 3):
        a, b, c, d = points[start : start + 4]
        for tenth in range(11):
            u, v = tenth / 10, 1 - tenth / 10
            x, y = (v**3 * a[i] + 3 * v * v * u * b[i] + 3 * v * u * u * c[i] + u**3 * d[i] for i in (0, 1))
            yield x, y


@pytest.mark.parametrize("entity", READ)
def test_no_line_crosses_a_text_or_an_entity(real_store: Store, entity: str) -> None:
    parts = composed(neighbourhood(real_store, entity))
    layout = lay_out(parts.nodes, parts.ties)
    nodes = {node.iri: Box.around(layout.nodes[node.iri], node.width - 4, node.height - 4) for node in parts.nodes}
    words = [
        Box.around(place, tie.block.width - 4, tie.block.height - 4)
        for tie, place in zip(parts.ties, layout.texts, strict=True)
    ]
    for number, (tie, curves) in enumerate(zip(parts.ties, layout.curves, strict=True)):
        foreign = [box for iri, box in nodes.items() if iri not in (tie.source, tie.target)]
        foreign += [box for place, box in enumerate(words) if place != number]
        for x, y in (point for points, _ in curves for point in along(points)):
            assert not any(box.left < x < box.right and box.top < y < box.bottom for box in foreign)


@pytest.mark.parametrize("entity", READ)
def test_no_two_texts_overlap(real_store: Store, entity: str) -> None:
    assert_nothing_overlaps(neighbourhood(real_store, entity))


@pytest.mark.parametrize("hops", [2, 3])
def test_wider_neighbourhoods_do_not_overlap_either(real_store: Store, hops: int) -> None:
    assert_nothing_overlaps(neighbourhood(real_store, "yalta-conference", hops=hops, limit=30))


def test_arrows_run_from_the_subject_to_the_object(crossing: nx.MultiDiGraph[str]) -> None:
    parts = composed(crossing)
    layout = lay_out(parts.nodes, parts.ties)
    for tie, curves in zip(parts.ties, layout.curves, strict=True):
        (tip,) = [tip for _, tip in curves if tip is not None]
        target = next(node for node in parts.nodes if node.iri == tie.target)
        middle = layout.nodes[tie.target]
        assert abs(tip[0] - middle[0]) <= target.width / 2 + 2
        assert abs(tip[1] - middle[1]) <= target.height / 2 + 2


def test_links_read_from_left_to_right(crossing: nx.MultiDiGraph[str]) -> None:
    parts = composed(crossing)
    places = lay_out(parts.nodes, parts.ties).nodes
    assert all(places[tie.source][0] < places[tie.target][0] for tie in parts.ties)


def test_crowd_on_one_side_is_spread_over_both(store: Store) -> None:
    parts = composed(neighbourhood(store, "the-realm"))
    places = lay_out(parts.nodes, parts.ties).nodes
    focus = places[ID + "the-realm"]
    left = sum(place[0] < focus[0] for place in places.values())
    right = sum(place[0] > focus[0] for place in places.values())
    assert left >= right >= 3


def test_links_both_ways_between_two_entities_are_both_drawn() -> None:
    graph = labelled("中")
    graph.add_node(ID + "y", labels={"en": "other"}, kind={}, family="event", notes=())
    for source, target in ((ID + "x", ID + "y"), (ID + "y", ID + "x")):
        graph.add_edge(source, target, key="p", property="p", labels={"en": "to"}, passages=("p01s1",), notes=())
    graph.add_edge(ID + "x", ID + "y", key="q", property="q", labels={"en": "by"}, passages=("p02s1",), notes=())
    root = drawn(graph, "en")
    assert len(list(root.iter(f"{SVG}path"))) == 4
    assert sum(element.text == "to" for element in root.iter(f"{SVG}text")) == 2
    assert "by" in texts(root, "en")


def test_many_passages_are_counted() -> None:
    graph = labelled("中")
    graph.add_node(ID + "y", labels={"en": "other"}, kind={}, family="event", notes=())
    passages = tuple(f"p{number:02}s1" for number in range(1, 8))
    graph.add_edge(ID + "x", ID + "y", key="p", property="p", labels={"en": "to"}, passages=passages, notes=())
    root = drawn(graph, "en")
    assert "p01s1, p02s1, p03s1, p04s1 +3" in texts(root, "en")
    assert "p07s1" in (root.findtext(f"{SVG}desc") or "")


def test_entity_alone_and_neighbours_left_out_are_said(store: Store) -> None:
    alone = drawn(neighbourhood(store, "lonely-tower"))
    assert "The text states no relation of it to anything else" in texts(alone, "en")
    part = neighbourhood(store, "the-realm", limit=3)
    omitted = part.graph["omitted"]
    assert f"The 3 most relevant of {3 + omitted} neighbours" in texts(drawn(part), "en")


@pytest.mark.parametrize(
    ("languages", "picture_format", "message"),
    [
        (("en",), "gif", "unknown picture format 'gif'"),
        ((), "svg", "needs a language"),
        (("en", 'x" onload="'), "svg", "is not a language"),
    ],
)
def test_wrong_use_is_refused(
    crossing: nx.MultiDiGraph[str], languages: tuple[str, ...], picture_format: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        draw(crossing, crossing.graph["focus"], languages, picture_format)


def test_drawing_needs_no_font_of_the_system(
    crossing: nx.MultiDiGraph[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = draw(crossing, crossing.graph["focus"], ("en",), "png")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "none.conf"))
    assert draw(crossing, crossing.graph["focus"], ("en",), "png") == before


def test_the_example_of_the_documentation_runs(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "pictures.md"
    found = re.search(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    monkeypatch.setenv("POWKG_STORE", str(real_folder))
    names: dict[str, object] = {}
    exec(found[1], names)  # noqa: S102  # our own page
    assert "<svg" in str(names["svg"])
