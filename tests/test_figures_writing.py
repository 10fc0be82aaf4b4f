"""Files of figures: what they say of themselves, that they look alike everywhere, and that they are always the same."""

from __future__ import annotations

import re
import struct
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pypdfium2
import pytest

from powkg.errors import UsageError
from powkg.figures.canvas import defaults
from powkg.figures.page import WIDTH, Page
from powkg.figures.writing import FORMATS, About, DataFigure, write
from powkg.namespaces import DCTERMS, OWL, RDF

SVG = "{http://www.w3.org/2000/svg}"
ABOUT = About("War & peace", "Tokyo <1945>: p01s1", "en", "0.1.0")


def drawn(about: About = ABOUT) -> DataFigure:
    page = Page()
    page.heading("War & peace", "Перемирие 停戦 $x$")
    page.fade(20.0, 40.0, 30.0, 2.0, "#0072b2")
    page.y = 40.0
    return page.figure(about)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_figure_is_the_same_file(form: str) -> None:
    assert write(drawn(), form) == write(drawn(), form)


def test_an_svg_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    root = ET.fromstring(write(drawn(), "svg"))  # noqa: S314  # our own
    assert root.get("role") == "img"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, title.get("id")) == ("War & peace", root.get("aria-labelledby"))
    assert (description.text, description.get("id")) == ("Tokyo <1945>: p01s1", root.get("aria-describedby"))


def test_an_svg_names_its_data_their_version_and_licence() -> None:
    root = ET.fromstring(write(drawn(), "svg"))  # noqa: S314  # our own
    assert len(root.findall(f"{SVG}metadata")) == 1
    source = root.find(f".//{{{DCTERMS}}}source/{{{RDF}}}Description")
    assert source is not None
    assert source.get(f"{{{RDF}}}about") == "https://w3id.org/powkg/"
    assert source.findtext(f"{{{OWL}}}versionInfo") == "0.1.0"
    licence = root.find(f".//{{{DCTERMS}}}license")
    assert licence is not None
    assert licence.get(f"{{{RDF}}}resource") == "https://creativecommons.org/licenses/by/4.0/"


def test_an_svg_has_outlines_for_text_and_is_a4_wide() -> None:
    root = ET.fromstring(write(drawn(), "svg"))  # noqa: S314  # our own
    assert list(root.iter(f"{SVG}text")) == []
    assert float(root.get("width", "").removesuffix("pt")) == pytest.approx(WIDTH / 25.4 * 72, abs=0.01)


def test_a_pdf_embeds_its_fonts_and_keeps_its_text() -> None:
    content = write(drawn(), "pdf")
    assert content.startswith(b"%PDF-")
    assert len(re.findall(rb"/FontFile2 ", content)) >= 2
    document = pypdfium2.PdfDocument(content)
    try:
        text = document[0].get_textpage().get_text_range()
        info = document.get_metadata_dict()
        width = document[0].get_width()
    finally:
        document.close()
    assert "Перемирие" in text
    assert "停戦" in text
    assert info["Title"] == "War & peace"
    assert "powkg 0.1.0, https://w3id.org/powkg/" in info["Subject"]
    assert "CC BY 4.0" in info["Subject"]
    assert info["CreationDate"] == ""
    assert width == pytest.approx(WIDTH / 25.4 * 72, abs=0.5)


def test_a_png_has_300_dots_an_inch_and_says_where_it_is_from() -> None:
    content = write(drawn(), "png")
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">I", content[16:20])[0] == int(WIDTH / 25.4 * 300)
    assert b"War & peace" in content
    assert b"https://w3id.org/powkg/" in content
    assert b"https://creativecommons.org/licenses/by/4.0/" in content


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_said_of_the_licence_of_somebody_elses_data(form: str) -> None:
    content = write(drawn(replace(ABOUT, version="")), form)
    assert b"creativecommons" not in content
    assert b"w3id.org/powkg/" not in content


@pytest.mark.parametrize("form", FORMATS)
def test_every_character_has_a_glyph(form: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write(drawn(), form)


def test_a_character_without_a_glyph_would_be_noticed() -> None:
    page = Page()
    page.text(10, 10, "𓀀")
    with pytest.warns(UserWarning, match="missing from font"):
        write(page.figure(ABOUT), "png")


def test_settings_of_a_notebook_neither_change_a_figure_nor_are_changed() -> None:
    plain = write(drawn(), "svg")
    with mpl.rc_context(
        {
            "svg.fonttype": "none",
            "lines.linewidth": 9,
            "savefig.bbox": "tight",
            "path.sketch": (1, 9, 2),
        }
    ):
        before = dict(mpl.rcParams)
        assert write(drawn(), "svg") == plain
        assert dict(mpl.rcParams) == before


def test_threads_of_a_server_do_not_disturb_each_other() -> None:
    before = dict(mpl.rcParams)
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(lambda form: write(drawn(), form), [*FORMATS, *FORMATS]))
    assert files[:3] == files[3:]
    assert dict(mpl.rcParams) == before


def test_defaults_end_where_an_error_leaves_them() -> None:
    before = dict(mpl.rcParams)
    with pytest.raises(ZeroDivisionError), defaults():
        _ = 1 / 0
    assert dict(mpl.rcParams) == before


def test_another_format_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="format is 'gif': give one of svg, pdf, png"):
        write(drawn(), "gif")


def test_a_notebook_shows_a_figure_as_svg() -> None:
    assert drawn()._repr_svg_() == write(drawn(), "svg").decode("utf-8")
