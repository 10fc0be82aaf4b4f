"""`powkg draw`: the files that it writes, and how it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ford import write_ford
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
    assert result.stdout == f"Wrote {tmp_path / 'b.svg'}: 5 of 5 neighbours.\n"
    content = (tmp_path / "b.svg").read_text(encoding="utf-8")
    assert all(label in content for label in ("Otto Brandt", "オットー・ブラント", "Отто Брандт"))


def test_png_is_written_whatever_the_case_of_its_ending(data: Path, tmp_path: Path) -> None:
    assert powkg(data, "id:otto-brandt", "--out", tmp_path / "b.PNG").exit_code == 0
    assert (tmp_path / "b.PNG").read_bytes().startswith(b"\x89PNG")


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
    assert powkg(data, name, "--out", tmp_path / "a.svg").stdout.endswith(f": {count}.\n")


def test_unknown_language_is_wrong_use(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / "b.svg", "--language", "xx")
    assert result.exit_code == 2
    assert all(f"'{language}'" in result.output for language in ("xx", "en", "ja", "ru"))


@pytest.mark.parametrize("name", ["b.gif", "b", "b.svg.pdf"])
def test_unknown_ending_is_wrong_use(data: Path, tmp_path: Path, name: str) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / name)
    assert isinstance(result.exception, UsageError)
    assert "end in .svg or .png" in str(result.exception)


def test_folder_that_is_not_there_is_said(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "otto-brandt", "--out", tmp_path / "none" / "b.svg")
    assert isinstance(result.exception, PowkgError)
    assert "cannot be written: No such file or directory" in str(result.exception)


@pytest.mark.parametrize("option", [["--hops", "0"], ["--hops", "9"], ["--limit", "0"], []])
def test_options_out_of_range_and_missing_file_are_wrong_use(data: Path, tmp_path: Path, option: list[str]) -> None:
    out = ["--out", str(tmp_path / "b.svg")] if option else []
    assert powkg(data, "otto-brandt", *out, *option).exit_code == 2
