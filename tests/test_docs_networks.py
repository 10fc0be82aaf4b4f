"""What docs/networks.md says: its Python runs, its path is the one that is printed, its tables name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from powkg.cli import group
from powkg.commands import network, path
from powkg.entities.names import FAMILIES
from powkg.networks.exports import CSV_COLUMNS, FORMATS, flattened
from powkg.networks.neighbourhood import MOST_STATEMENTS, neighbourhood
from powkg.store import Store

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "networks.md").read_text(encoding="utf-8")


def test_the_python_runs(
    real_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POWKG_STORE", str(real_folder))
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(compile(block, "networks.md", "exec"), {})  # noqa: S102  # it is the project's own
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_the_path_is_the_one_that_is_printed(real_folder: Path) -> None:
    (shown,) = re.findall(r"    \$ powkg (path .*)\n((?:    .*\n)+)", PAGE)
    result = CliRunner().invoke(group, [*shown[0].split(), "--store", str(real_folder)])
    assert result.stdout == re.sub("^    ", "", shown[1], flags=re.MULTILINE)


@pytest.mark.parametrize("arguments", re.findall(r"^    powkg (network.*|path.*)$", PAGE, re.MULTILINE))
def test_the_commands_run(real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(group, [*arguments.split(), "--store", str(real_folder)])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(("name", "command"), [("network", network.command), ("path", path.command)])
def test_the_tables_have_every_option(name: str, command: object) -> None:
    table = PAGE.split(f"| option of `powkg {name}`")[1].split("\n\n")[0]
    options = {option.opts[-1] for option in command.params if option.opts[-1].startswith("--")}  # type: ignore[attr-defined]
    assert set(re.findall(r"^\| `(--[\w-]+)", table, re.MULTILINE)) == options


def test_the_attributes_and_formats_are_those_of_the_files(real_store: Store) -> None:
    flat = flattened(neighbourhood(real_store, "yalta-conference"))
    nodes, edges = (
        {name for *_, data in found for name in data} for found in (flat.nodes(data=True), flat.edges(data=True))
    )
    named = set(re.findall(r"`(\w+)`", PAGE.split("## Files for other programs")[1].split("In a GEXF file")[0]))
    assert (nodes | edges) - {"id"} <= named
    assert {"dataset", "licence", "source", "version"} <= named
    assert all(f"| `.{ending}` |" in PAGE for ending in FORMATS)
    assert all(f"`{column}`" in PAGE for column in CSV_COLUMNS)


def test_families_and_bounds_are_the_real_ones() -> None:
    assert ", ".join(FAMILIES) in PAGE
    assert f"more than {MOST_STATEMENTS} statements" in PAGE
