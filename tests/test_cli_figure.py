"""`powkg figure`: the files that it writes, and how it refuses."""

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
    return CliRunner().invoke(group, ["figure", *map(str, arguments)], env=environment)


@pytest.mark.parametrize(("ending", "beginning"), [("svg", b"<?xml"), ("PNG", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_timeline_is_written_in_each_format_and_said(
    data: Path, tmp_path: Path, ending: str, beginning: bytes
) -> None:
    out = tmp_path / f"t.{ending}"
    result = powkg(data, "timeline", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Wrote {out}.\n"
    assert out.read_bytes().startswith(beginning)


def test_languages_and_dates_are_heeded(data: Path, tmp_path: Path) -> None:
    arguments = ("--language", "ru", "--from", "1945-08-01", "--to", "1945-08-05", "--lives")
    assert powkg(data, "timeline", "--out", tmp_path / "t.svg", *arguments).exit_code == 0
    content = (tmp_path / "t.svg").read_text(encoding="utf-8")
    assert "Переправа через брод" in content
    assert "Fall of the Bridge" not in content


def test_claims_of_a_cohort_are_drawn(data: Path, tmp_path: Path) -> None:
    arguments = ("--cohort", "captives-of-the-ford", "--log")
    assert powkg(data, "claims", "--out", tmp_path / "c.svg", *arguments).exit_code == 0
    content = (tmp_path / "c.svg").read_text(encoding="utf-8")
    assert "Captives of the Ford" in content
    assert "Logarithmic scale." in content


def test_a_map_needs_coordinates(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "map", "--out", tmp_path / "m.svg")
    assert isinstance(result.exception, UsageError)
    assert "no place of the store has coordinates" in str(result.exception)
    assert not (tmp_path / "m.svg").exists()


def test_another_ending_is_wrong_use(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "timeline", "--out", tmp_path / "t.gif")
    assert isinstance(result.exception, UsageError)
    assert "let its name end in .svg, .pdf or .png" in str(result.exception)


def test_a_file_that_cannot_be_written_is_named(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "timeline", "--out", tmp_path / "nowhere" / "t.svg")
    assert isinstance(result.exception, PowkgError)
    assert "nowhere/t.svg cannot be written: No such file or directory" in str(result.exception)


@pytest.mark.parametrize("figure", ["timeline", "map", "claims"])
def test_each_figure_explains_its_options(figure: str) -> None:
    result = CliRunner().invoke(group, ["figure", figure, "--help"])
    assert result.exit_code == 0
    assert "--language" in result.output
