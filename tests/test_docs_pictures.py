"""What docs/pictures.md says of commands: they run, and print what the page says; its table names every option."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from powkg.cli import group
from powkg.commands import draw

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "pictures.md").read_text(encoding="utf-8")
PRINTED = {name: line for line, name in re.findall(r"^    (Wrote (\S+): .*)$", PAGE, re.MULTILINE)}
COMMANDS = re.findall(r"^    powkg (draw .*)$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("arguments", COMMANDS)
def test_a_command_prints_what_the_page_says(
    real_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(group, [*arguments.split(), "--store", str(real_folder)])
    assert result.exit_code == 0, result.output
    (out,) = tmp_path.iterdir()
    assert result.stdout.startswith(f"Wrote {out.name}: ")
    if out.name in PRINTED:
        assert result.stdout == f"{PRINTED[out.name]}\n"


def test_every_printed_line_is_that_of_a_command() -> None:
    assert len(PRINTED) == 2
    assert all(any(f"--out {name}" in arguments for arguments in COMMANDS) for name in PRINTED)


def test_the_table_has_every_option() -> None:
    table = PAGE.split("| option | meaning |")[1].split("\n\n")[0]
    options = {option.opts[-1] for option in draw.command.params if option.opts[-1].startswith("--")}
    assert set(re.findall(r"^\| `(--[\w-]+)", table, re.MULTILINE)) == options
