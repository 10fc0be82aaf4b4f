"""Pictures as SVG, PNG and PDF: what is in them, that nothing overlaps, and that they are the same each time."""

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
from powkg.drawing import MOST_ENTITIES, Picture, draw, picture, readable
from powkg.entities.facts import Note
from powkg.errors import UsageError
from powkg.namespaces import BASE, ID, SOURCE
from powkg.networks.folding import fold
from powkg.networks.hubs import clear_neighbourhood
from powkg.networks.neighbourhood import neighbourhood
from powkg.networks.origin import with_origin
from powkg.pictures.composition import Composition, compose
from powkg.pictures.fonts import load_fonts
from powkg.pictures.layout import Layout, lay_out
from powkg.pictures.page import besides
from powkg.pictures.paper import SMALLEST_READABLE
from powkg.pictures.svg import Box, Point
from powkg.store import Store

SVG = "{http://www.w3.org/2000/svg}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DCTERMS = "{http://purl.org/dc/terms/}"
OWL = "{http://www.w3.org/2002/07/owl#}"
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
    assert {"2 August 1945 –", "5 August 1945 [1]"} <= texts(root, "en")
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
    assert "versionInfo" not in written


def test_metadata_names_the_data_its_version_and_the_texts(real_store: Store) -> None:
    graph = with_origin(neighbourhood(real_store, "harbin"), real_store, "0123456789abcdef")
    root = drawn(graph)
    description = root.find(f"{SVG}metadata/{RDF}RDF/{RDF}Description")
    assert description is not None
    data = description.find(f"{DCTERMS}source/{RDF}Description")
    assert data is not None
    assert data.get(f"{RDF}about") == BASE
    assert data.findtext(f"{OWL}versionInfo") == "0123456789abcdef"
    assert [text.get(f"{RDF}resource") for text in description.findall(f"{DCTERMS}references")] == [SOURCE + "dawsey"]
    assert any(text.startswith("powkg 0123456789ab · CC BY 4.0") for text in texts(root, "en"))
    foot = " ".join(texts(root, "en"))
    assert "Passages of “The Fate of Japanese POWs in Soviet Captivity”: paragraph 9, sentence 10." in foot


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
    for picture_format in ("svg", "png", "pdf"):
        one, other = (draw(graph, ID + "the-realm", ("en", "ja"), picture_format) for graph in (first, second))
        assert one == other


def test_order_of_nodes_and_links_counts_for_nothing(crossing: nx.MultiDiGraph[str]) -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**crossing.graph)
    turned.add_nodes_from(reversed(list(crossing.nodes(data=True))))
    for source, target, key, data in reversed(list(crossing.edges(keys=True, data=True))):
        turned.add_edge(source, target, key=key, **data)
    assert draw(turned) == draw(crossing)


def test_page_picture_is_the_svg_of_the_neighbourhood(store: Store, crossing: nx.MultiDiGraph[str]) -> None:
    assert picture(store, "crossing-of-the-ford", "1") == draw(with_origin(crossing, store, "1"))
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


def laid_out(parts: Composition) -> Layout:
    return lay_out(parts.nodes, parts.ties, besides(parts, load_fonts()))


def assert_nothing_overlaps(graph: nx.MultiDiGraph[str]) -> None:
    parts = composed(graph)
    layout = laid_out(parts)
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
    layout = laid_out(parts)
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
    layout = laid_out(parts)
    for tie, curves in zip(parts.ties, layout.curves, strict=True):
        (tip,) = [tip for _, tip in curves if tip is not None]
        target = next(node for node in parts.nodes if node.iri == tie.target)
        middle = layout.nodes[tie.target]
        assert abs(tip[0] - middle[0]) <= target.width / 2 + 2
        assert abs(tip[1] - middle[1]) <= target.height / 2 + 2


def test_links_read_from_left_to_right(store: Store) -> None:
    parts = composed(neighbourhood(store, "crossing-of-the-ford", kinds=("person", "group", "place")))
    assert len(parts.ties) >= 4
    places = laid_out(parts).nodes
    assert all(places[tie.source][0] < places[tie.target][0] for tie in parts.ties)


def test_crowd_on_one_side_is_spread_over_both(store: Store) -> None:
    parts = composed(neighbourhood(store, "the-realm"))
    places = laid_out(parts).nodes
    focus = places[ID + "the-realm"]
    left = sum(place[0] < focus[0] for place in places.values())
    right = sum(place[0] > focus[0] for place in places.values())
    assert min(left, right) >= 5


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
    assert {"p01s1, p02s1,", "p03s1, p04s1 +3"} <= texts(root, "en")
    assert "p07s1" in (root.findtext(f"{SVG}desc") or "")
    assert any(text.endswith("paragraph 7, sentence 1.") for text in texts(root, "en"))


def test_entity_alone_and_neighbours_left_out_are_said(store: Store) -> None:
    alone = drawn(neighbourhood(store, "lonely-tower"))
    assert "The text states no relation of it to anything else" in texts(alone, "en")
    part = neighbourhood(store, "the-realm", limit=3)
    omitted = part.graph["omitted"]
    assert f"The 3 most relevant of {3 + omitted} neighbours" in texts(drawn(part), "en")


@pytest.mark.parametrize("entity", READ)
def test_a_picture_for_readers_is_readable_on_a4(real_store: Store, entity: str) -> None:
    for hops in (1, 2):
        whole = neighbourhood(real_store, entity, hops=hops)
        made = readable(whole)
        assert made.smallest_text >= SMALLEST_READABLE
        assert list(made.network) == list(whole)[: len(made.network)]
        assert len(made.network) + made.network.graph["omitted"] == len(whole) + whole.graph["omitted"]
        assert len(made.network) >= min(len(whole), 12)


def test_smallest_text_is_measured_from_the_file(crossing: nx.MultiDiGraph[str]) -> None:
    made = Picture(crossing, languages=("en",))
    root = drawn(crossing, "en")
    width, height = (float(root.attrib[side]) for side in ("width", "height"))
    room = (190 * 72 / 25.4, 277 * 72 / 25.4)
    scale = max(min(long / width, short / height) for long, short in (room, room[::-1]))
    smallest = min(float(element.attrib["font-size"]) for element in root.iter(f"{SVG}text"))
    assert made.smallest_text == pytest.approx(smallest * min(scale, 1), rel=0.01)


def test_evidence_can_be_left_out(crossing: nx.MultiDiGraph[str]) -> None:
    content = draw(crossing, evidence=False).decode()
    shown = re.sub(r"<(title|desc).*?</\1>", "", content, flags=re.DOTALL)
    assert not re.search(r"p\d\ds\d", shown)
    assert "(p01s1)" in content
    assert "A chronicle with two dates" in shown


def test_folded_event_is_a_link_with_its_name_date_and_reference() -> None:
    graph = path_of_three()
    date = Note("when", (("en", "May 1945"),), (), (SOURCE + "annals",), "1945-05")
    graph.graph["words"] = {SOURCE + "annals": {"en": "The Annals"}, "when": {"en": "when"}}
    graph.nodes[ID + "y"]["notes"] = (date,)
    edge = {"property": "q", "labels": {"en": "where"}, "passages": ("p02s1",), "notes": ()}
    graph.add_edge(ID + "y", ID + "z", key="q", **edge)
    root = ET.fromstring(draw(fold(graph), languages=("en",)))  # noqa: S314  # our own
    assert {"entity y", "to – where", "when: May 1945 [1]", "p01s1, p02s1"} <= texts(root, "en")
    assert any("[1] The Annals" in text for text in texts(root, "en"))
    assert "中 – to · entity y · where – entity z (p01s1, p02s1)" in (root.findtext(f"{SVG}desc") or "")


def path_of_three() -> nx.MultiDiGraph[str]:
    """A network without a focus: two linked entities, and one alone."""
    graph = labelled("中")
    del graph.graph["focus"]
    for name in "yz":
        graph.add_node(ID + name, labels={"en": f"entity {name}"}, kind={}, family="event", notes=())
    edge = {"property": "p", "labels": {"en": "to"}, "passages": ("p01s1",), "notes": ()}
    graph.add_edge(ID + "x", ID + "y", key="p", **edge)
    return graph


def test_network_without_a_focus_has_a_title_and_its_extent() -> None:
    root = ET.fromstring(draw(path_of_three(), languages=("en",), title="Two & one"))  # noqa: S314  # our own
    assert root.findtext(f"{SVG}title") == "Two & one"
    assert {"Two & one", "Entities: 3 · links: 1", "entity z"} <= texts(root, "en")
    assert f'resource="{BASE}"' in ET.tostring(root, encoding="unicode")
    assert draw(path_of_three(), languages=("ja",)).decode().count(">ネットワーク</text>") == 1


def test_a_network_without_a_title_is_named_after_its_projection_and_date() -> None:
    graph = path_of_three()
    graph.graph.update(projection="people-events", when="1945-08")
    root = ET.fromstring(draw(graph))  # noqa: S314  # our own
    assert root.findtext(f"{SVG}title") == "Network: people-events, August 1945"
    assert "Network: people-events, August 1945" in texts(root, "en")
    assert "ネットワーク：people-events, 1945年8月" in texts(root, "ja")
    assert "Сеть: people-events, август 1945" in texts(root, "ru")
    assert "Network: people-events" not in draw(graph, title="Summer").decode()
    graph.graph["when"] = "that summer"
    assert ">Network: people-events, that summer</text>" in draw(graph, languages=("en",)).decode()
    del graph.graph["when"]
    assert ">Сеть: people-events</text>" in draw(graph, languages=("ru",)).decode()


def test_a_title_stands_in_place_of_the_name_of_the_focus(crossing: nx.MultiDiGraph[str]) -> None:
    root = ET.fromstring(draw(crossing, title="Who crossed"))  # noqa: S314  # our own
    assert root.findtext(f"{SVG}title") == "Who crossed"
    assert "Who crossed" in texts(root, "en")


def test_undirected_network_with_weights_has_lines_without_arrows() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node(ID + "a", labels={"en": "Anna"}, family="person")
    graph.add_edge(ID + "a", ID + "b", weight=2.5)
    graph.add_edge(ID + "a", ID + "c", weight=3, labels={"en": "shared events"})
    root = ET.fromstring(draw(graph, languages=("en",)))  # noqa: S314  # our own
    assert {"Anna", "id:b", "2.5", "shared events", "× 3"} <= texts(root, "en")
    groups = [group for group in root.iter(f"{SVG}g") if group.findall(f"{SVG}path")]
    assert len(groups) == 2
    assert not any(group.findall(f"{SVG}polygon") for group in groups)


def test_a_link_that_reads_the_same_both_ways_has_no_arrow() -> None:
    graph = path_of_three()
    for *_, data in graph.edges(data=True):
        data["directed"] = False
    root = ET.fromstring(draw(graph, languages=("en",)))  # noqa: S314  # our own
    groups = [group for group in root.iter(f"{SVG}g") if group.findall(f"{SVG}path")]
    assert len(groups) == graph.number_of_edges()
    assert not any(group.findall(f"{SVG}polygon") for group in groups)


def test_a_link_of_an_entity_with_itself_is_passed_over() -> None:
    graph = path_of_three()
    graph.add_edge(ID + "y", ID + "y", key="q", property="q", labels={"en": "itself"}, passages=("p02s1",), notes=())
    assert "itself" not in draw(graph, languages=("en",)).decode()


def test_networks_that_cannot_be_drawn_are_refused() -> None:
    with pytest.raises(UsageError, match="no entities"):
        draw(nx.MultiDiGraph())
    crowd: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    crowd.add_nodes_from((f"{ID}{number}" for number in range(MOST_ENTITIES + 1)), labels={"en": "x"}, family="event")
    with pytest.raises(UsageError, match=r"has 81 entities, and a picture shows at most 80: cut a part out"):
        draw(crowd)
    with pytest.raises(UsageError, match="is not in the network"):
        draw(path_of_three(), focus=ID + "nobody")


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


def test_the_examples_of_the_documentation_run(real_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path(__file__).resolve().parents[1] / "docs" / "pictures.md"
    found = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.setenv("POWKG_STORE", str(real_folder))
    names: dict[str, object] = {}
    exec("".join(found), names)  # noqa: S102  # our own page
    assert "<svg" in str(names["svg"])
    assert str(names["pdf"]).startswith("b'%PDF-")
    assert str(names["png"]).startswith("b'\\x89PNG")


def test_no_neighbour_of_the_five_is_reached_only_through_a_great_hub(real_store: Store) -> None:
    hubs = {ID + name for name in ("jason-dawsey", "japan", "soviet-union", "mistreatment-of-japanese-prisoners")}
    for entity in ("kwantung-army", "harbin", "japanese-prisoners-in-soviet-hands", *READ[3:4]):
        network = readable(clear_neighbourhood(real_store, entity, hops=2)).network
        near: nx.Graph[str] = nx.Graph(network)
        near.remove_nodes_from(hubs)
        assert nx.is_connected(near)
