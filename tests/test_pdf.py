"""PDF files: their size, what is drawn, that text can be copied, and what they say of themselves."""

from __future__ import annotations

import io
import re

import networkx as nx
import pypdfium2
import pytest
from PIL import Image

from powkg.drawing import Picture
from powkg.namespaces import ID
from powkg.pictures import palette

LABELS = {"en": "Kwantung Army", "ja": "関東軍", "ru": "Квантунская армия"}


def network() -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(focus=ID + "x", omitted=0, words={}, version="0123456789abcdef")
    for place, family in enumerate(palette.STYLES):
        graph.add_node(f"{ID}{family}", labels={"en": f"{family} &"}, kind={}, family=family, notes=())
        edge = {"property": "p", "labels": {"en": f"link {place}"}, "passages": ("p01s1",), "notes": ()}
        graph.add_edge(ID + "x", f"{ID}{family}", key="p", **edge)
    graph.add_node(ID + "x", labels=LABELS, kind={"en": "military unit"}, family="group", notes=())
    return graph


@pytest.fixture(scope="module")
def made() -> Picture:
    return Picture(network())


@pytest.fixture(scope="module")
def content(made: Picture) -> bytes:
    return made.content("pdf")


@pytest.fixture(scope="module")
def document(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(content)


def test_page_has_the_size_that_the_picture_has_on_a4(made: Picture, document: pypdfium2.PdfDocument) -> None:
    assert len(document) == 1
    width, height = document[0].get_size()
    assert max(width, height) <= 277 * 72 / 25.4 + 0.1
    assert min(width, height) <= 190 * 72 / 25.4 + 0.1
    svg = made.content("svg").decode()
    drawn = [float(number) for number in re.findall(r'<svg [^>]*width="([\d.]+)" height="([\d.]+)"', svg)[0]]
    assert (width, height) == pytest.approx([made.fit.scale * side for side in drawn], rel=1e-3)


def test_text_of_three_scripts_can_be_copied(document: pypdfium2.PdfDocument) -> None:
    text = document[0].get_textpage().get_text_range()
    assert all(label in text for label in LABELS.values())
    assert "person &" in text
    assert "p01s1" in text


def test_picture_is_that_of_the_png(made: Picture, document: pypdfium2.PdfDocument) -> None:
    image = document[0].render(scale=2 / made.fit.scale).to_pil().convert("RGB")
    other = Image.open(io.BytesIO(made.content("png"))).convert("RGB").resize(image.size)
    dark, other_dark = (
        [255 - value for value in picture.convert("L").resize((40, 30), Image.Resampling.BOX).tobytes()]
        for picture in (image, other)
    )
    differences = [abs(one - two) for one, two in zip(dark, other_dark, strict=True)]
    assert max(differences) < 25
    assert sum(differences) < 0.1 * sum(other_dark)
    colours = {colour for _, colour in image.getcolors(maxcolors=1 << 24) or []}
    assert {tuple(bytes.fromhex(style.outline[1:])) for style in palette.STYLES.values()} <= colours


def test_fonts_are_embedded_as_subsets(content: bytes) -> None:
    names = set(re.findall(rb"/FontName /([^ /\n]+)", content))
    assert {name.partition(b"+")[2] for name in names} == {b"DejaVuSansBook", b"DejaVuSansBold", b"IPAexGothic"}
    assert content.count(b"/FontFile2") == 3
    assert len(content) < 80_000


def test_file_says_what_it_is_of_and_whose(document: pypdfium2.PdfDocument, content: bytes) -> None:
    said = document.get_metadata_dict()
    assert said["Title"] == "Kwantung Army"
    assert said["Author"] == said["Creator"] == "powkg"
    assert said["Subject"] == ID + "x"
    assert said["Keywords"] == f"CC BY 4.0, {palette.LICENCE_ADDRESS}"
    assert b"/Lang (en)" in content
    packet = content[content.index(b"<x:xmpmeta") : content.index(b"</x:xmpmeta>")].decode()
    assert f'license rdf:resource="{palette.LICENCE_ADDRESS}"' in packet
    assert "versionInfo>0123456789abcdef<" in packet


def test_time_of_writing_is_not_in_the_file(content: bytes) -> None:
    assert Picture(network()).content("pdf") == content
    assert re.findall(rb"\(D:(\d{4})", content) == [b"2000"]


def test_character_without_a_glyph_does_no_harm() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(words={})
    graph.add_node(ID + "x", labels={"en": "map \U0001f5fa of Korea"}, family="place")
    page = pypdfium2.PdfDocument(Picture(graph).content("pdf"))[0]
    assert "of Korea" in page.get_textpage().get_text_range()
