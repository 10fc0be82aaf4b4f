"""Widths, line breaks and embedded subsets of the packaged fonts."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from powkg.errors import PowkgError
from powkg.pictures import fonts as fonts_module
from powkg.pictures.fonts import Fonts, load_fonts


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return load_fonts()


def embedded(style_sheet: str) -> list[tuple[str, str, TTFont]]:
    """Family, weight and font of each @font-face rule."""
    rule = r"font-family:'([^']+)';font-weight:([^;]+);src:url\(data:font/woff;base64,([^)]+)\)"
    found = re.findall(rule, style_sheet)
    return [(family, weight, TTFont(io.BytesIO(base64.b64decode(data)))) for family, weight, data in found]


def test_three_scripts_have_widths(fonts: Fonts) -> None:
    assert fonts.width("関東軍", 10) == pytest.approx(30)
    assert fonts.width("i", 10) < fonts.width("W", 10) < fonts.width("Ж", 10) < 11
    assert fonts.width("Army", 20) == pytest.approx(2 * fonts.width("Army", 10))
    assert fonts.width("Army", 10, bold=True) > fonts.width("Army", 10)


@pytest.mark.parametrize(
    "text",
    [
        "Repatriation of Japanese prisoners of war",
        "ソビエト社会主義共和国連邦からの引揚げ",
        "Репатриация японских военнопленных",
    ],
)
def test_wrapped_lines_keep_to_the_limit_and_lose_nothing(fonts: Fonts, text: str) -> None:
    lines = fonts.wrap(text, 10, 100)
    assert len(lines) > 1
    assert all(fonts.width(line, 10) <= 100 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_wrapped_lines_are_of_about_one_length(fonts: Fonts) -> None:
    widths = [fonts.width(line, 10) for line in fonts.wrap("満州戦略攻勢作戦ソビエト社会主義", 10, 100)]
    assert max(widths) - min(widths) <= 20


def test_line_breaks_stay_out_of_words_dates_and_small_kana(fonts: Fonts) -> None:
    assert fonts.wrap("Incomprehensibilities", 10, 20) == ["Incomprehensibilities"]
    assert fonts.wrap("1945-08-01–1945-08-10", 10, 20) == ["1945-08-01–1945-08-10"]
    assert fonts.wrap("キャ", 10, 10) == ["キャ"]
    assert fonts.wrap("a · b", 10, 1) == ["a ·", "b"]
    assert fonts.wrap("", 10, 10) == [""]


def test_subsets_hold_the_glyphs_asked_for_and_few_others(fonts: Fonts) -> None:
    faces = embedded(fonts.style_sheet("Армия 関東軍", "Army"))
    assert [(family, weight) for family, weight, _ in faces] == [
        ("powkg Sans", "400"),
        ("powkg Gothic", "400 700"),
        ("powkg Sans", "700"),
    ]
    regular, gothic, bold = (set(font.getBestCmap()) for _, _, font in faces)
    assert regular == {ord(character) for character in "Армия "}
    assert gothic == {ord(character) for character in "関東軍"}
    assert bold == {ord(character) for character in "Army"}


def test_subsets_carry_copyright_and_licence(fonts: Fonts) -> None:
    (_, _, gothic) = embedded(fonts.style_sheet("軍", ""))[0]
    names = {record.nameID: str(record) for record in gothic["name"].names}
    assert "IPA" in names[0]
    assert "licenses/IPA" in names[13]
    assert set(names) == {0, 13, 14}


def test_subsets_are_the_same_each_time(fonts: Fonts) -> None:
    assert fonts.style_sheet("Ялта ヤルタ", "Yalta") == load_fonts().style_sheet("Ялта ヤルタ", "Yalta")


def test_character_without_a_glyph_is_left_to_the_viewer(fonts: Fonts) -> None:
    assert fonts.style_sheet("\U0001f5fa", "") == ""
    assert fonts.width("\U0001f5fa", 10) == 10


def test_missing_package_and_missing_font_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(PowkgError, match="package matplotlib, whose font pictures use, is not installed"):
        load_fonts()
    monkeypatch.setattr(fonts_module, "_package", lambda _: tmp_path)
    with pytest.raises(PowkgError, match=r"DejaVuSans\.ttf is missing"):
        load_fonts()
