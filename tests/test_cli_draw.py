"""`powkg draw`: the files that it writes, and how it refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ford import FACTS, write_ford
from powkg.cli import group
from powkg.errors import PowkgError, UsageError


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ford(tmp_path_factory.mktemp("ford"))


def powkg(data: Path, *arguments: str | Path) -> Result:
    environment = {"POWKG_DATA": str(data), "POWKG_STORE": str(data / "store")}
    return CliRunner().invoke(group, ["draw", *map(str, arguments)], env=environment)


def test_svg_is_written_and_said(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / "b.svg")
    assert result.exit_code == 0, result.output
    said = r"5 of 5 neighbours; smallest text \d\.\d pt on A4 (portrait|landscape)\.\n"
    assert re.fullmatch(rf"Wrote {re.escape(str(tmp_path))}/b\.svg: {said}", result.stdout)
    content = (tmp_path / "b.svg").read_text(encoding="utf-8")
    assert all(label in content for label in ("Otto Brandt", "オットー・ブラント", "Отто Брандт"))


def test_png_is_written_whatever_the_case_of_its_ending(data: Path, tmp_path: Path) -> None:
    assert powkg(data, "id:otto-brandt", "--out", tmp_path / "b.PNG").exit_code == 0
    assert (tmp_path / "b.PNG").read_bytes().startswith(b"\x89PNG")


def test_pdf_is_written(data: Path, tmp_path: Path) -> None:
    assert powkg(data, "otto-brandt", "--out", tmp_path / "b.pdf").exit_code == 0
    assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF-")


PARADE = """
ford:p04s1 { id:parade a pow:Event ; pow:participant id:otto-brandt ; pow:where id:parade-ground .
    id:parade-ground a pow:Place . }
"""


def test_folded_events_are_said_and_drawn_as_links(tmp_path: Path) -> None:
    data = write_ford(tmp_path, FACTS + PARADE)
    arguments = ("parade-ground", "--out", tmp_path / "a.svg", "--hops", "2")
    assert ": 2 of 2 neighbours; " in powkg(data, *arguments).stdout
    assert "could be folded" not in powkg(data, *arguments).stdout
    assert ": 1 of 2 neighbours, 1 more as a link; " in powkg(data, *arguments, "--fold", "event").stdout
    assert "Neighbours: 1 of 2 · drawn as links: 1" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_it_is_said_where_nothing_could_be_folded(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / "a.svg", "--fold", "place")
    assert result.stdout.endswith(". None of the neighbours drawn could be folded into a link.\n")


def test_many_neighbours_that_were_asked_for_are_drawn_and_said_to_be_small(data: Path, tmp_path: Path) -> None:
    wide = ("the-realm", "--out", tmp_path / "a.svg", "--hops", "3", "--limit")
    result = powkg(data, *wide, "40")
    size = re.search(r"smallest text (\d\.\d) pt", result.stdout)
    assert size is not None
    assert float(size[1]) < 6
    assert result.stdout.endswith("A lower --limit or fewer languages make it larger.\n")
    assert "A lower --limit" not in powkg(data, *wide, "3").stdout


def test_passages_can_be_left_out(data: Path, tmp_path: Path) -> None:
    assert "paragraph 1" in svg_of(data, tmp_path)
    assert "paragraph 1" not in svg_of(data, tmp_path, "--no-evidence")


def svg_of(data: Path, folder: Path, *options: str) -> str:
    powkg(data, "otto-brandt", "--out", folder / "b.svg", *options)
    return (folder / "b.svg").read_text(encoding="utf-8")


def test_languages_hops_and_limit_are_heeded(data: Path, tmp_path: Path) -> None:
    arguments = ("--language", "ru", "--language", "ru", "--hops", "2", "--limit", "2")
    result = powkg(data, "stone-ford", "--out", tmp_path / "f.svg", *arguments)
    assert "2 of " in result.stdout
    content = (tmp_path / "f.svg").read_text(encoding="utf-8")
    assert "Каменный брод" in content
    assert "Stone Ford" not in content


def test_unknown_entity_is_wrong_use(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "oto-brandt", "--out", tmp_path / "b.svg")
    assert isinstance(result.exception, UsageError)
    assert "did you mean id:otto-brandt?" in str(result.exception)
    assert not (tmp_path / "b.svg").exists()


@pytest.mark.parametrize(("name", "count"), [("lonely-tower", "0 of 0 neighbours"), ("march-01", "1 of 1 neighbour")])
def test_one_neighbour_is_no_plural(data: Path, tmp_path: Path, name: str, count: str) -> None:
    assert f": {count}; smallest text 9.0 pt" in powkg(data, name, "--out", tmp_path / "a.svg").stdout


def test_unknown_language_is_wrong_use(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / "b.svg", "--language", "xx")
    assert result.exit_code == 2
    assert all(f"'{language}'" in result.output for language in ("xx", "en", "ja", "ru"))


@pytest.mark.parametrize("name", ["b.gif", "b", "b.pdf.gz"])
def test_unknown_ending_is_wrong_use(data: Path, tmp_path: Path, name: str) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / name)
    assert isinstance(result.exception, UsageError)
    assert "end in .svg, .png or .pdf" in str(result.exception)


def test_folder_that_is_not_there_is_said(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / "none" / "b.svg")
    assert isinstance(result.exception, PowkgError)
    assert "cannot be written: No such file or directory" in str(result.exception)


@pytest.mark.parametrize("option", [["--hops", "0"], ["--hops", "9"], ["--limit", "0"], []])
def test_options_out_of_range_and_missing_file_are_wrong_use(data: Path, tmp_path: Path, option: list[str]) -> None:
    out = ["--out", str(tmp_path / "b.svg")] if option else []
    assert powkg(data, "otto-brandt", *out, *option).exit_code == 2
