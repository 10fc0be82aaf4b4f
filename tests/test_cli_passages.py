"""`powkg passages`: the proposal for a new source, and the refreshed description of a known one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oden import TEXT, TITLE, write_data
from powkg.cli import group
from powkg.settings import default_data_folder

ARTICLE = os.environ.get("POWKG_SOURCE_DAWSEY", "")


def passages(data: Path, *arguments: str, text: str = TEXT) -> Result:
    return CliRunner().invoke(group, ["passages", *arguments], input=text, env={"POWKG_DATA": str(data)})


def test_proposal_needs_no_graph_and_holds_no_text(tmp_path: Path) -> None:
    result = passages(tmp_path, "oden", "-", "--title", TITLE, "--whole", "4")
    assert result.exit_code == 0
    assert result.output.count("a pow:Passage") == 7
    assert "riders" not in result.output


def test_proposal_that_is_stored_can_be_verified(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data", "")
    proposal = passages(data, "oden", "-", "--whole", "3-4,4").output
    (data / "graph" / "sources.trig").write_text(proposal, encoding="utf-8")
    result = CliRunner().invoke(group, ["verify", "oden", "-"], input=TEXT, env={"POWKG_DATA": str(data)})
    assert "7 of 7 passages found" in result.output


@pytest.mark.parametrize("name", ["oden", *(["dawsey"] if ARTICLE else [])])
def test_refresh_reproduces_the_file_of_the_graph(tmp_path: Path, name: str) -> None:
    own = write_data(tmp_path / "data", "")
    data = {"oden": own, "dawsey": default_data_folder()}[name]
    text = TEXT if name == "oden" else Path(ARTICLE).read_bytes().decode()
    file = data / "graph" / "sources.trig"
    first = passages(data, name, "-", "--refresh", text=text)
    assert first.exit_code == 0
    if name == "oden":
        file.write_text(first.output, encoding="utf-8")
        first = passages(data, name, "-", "--refresh", text=text)
    assert first.output == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("numbers", ["x", "3-", "", "1,,2", "-3"])
def test_numbers_that_are_none_are_wrong_use(tmp_path: Path, numbers: str) -> None:
    result = passages(tmp_path, "oden", "-", "--whole", numbers)
    assert result.exit_code == 2
    assert "neither a number nor a range" in result.output


def test_range_that_ends_before_it_begins_is_wrong_use(tmp_path: Path) -> None:
    result = passages(tmp_path, "oden", "-", "--whole", "2,9-3")
    assert result.exit_code == 2
    assert "'9-3' ends before it begins; write 3-9" in result.output


@pytest.mark.parametrize(("text", "what"), [("", "is empty"), ("\n * * * \n", "has no words")])
def test_text_without_words_has_no_passages(tmp_path: Path, text: str, what: str) -> None:
    result = passages(tmp_path, "oden", "-", text=text)
    assert result.output == ""
    assert f"the text {what}" in str(result.exception)


def test_folder_is_called_one(tmp_path: Path) -> None:
    assert "is a folder; give the file" in passages(tmp_path, "oden", str(tmp_path)).output


def test_head_says_how_the_description_was_made(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data", "")
    assert "\n# Proposed by `powkg passages oden FILE`." in passages(data, "oden", "-").output
    assert "\n# Written by `powkg passages oden FILE --refresh`." in passages(data, "oden", "-", "--refresh").output


def test_refresh_of_an_unknown_source_is_wrong_use(tmp_path: Path) -> None:
    result = passages(write_data(tmp_path / "data", ""), "odin", "-", "--refresh")
    assert "no source 'odin'" in str(result.exception)
