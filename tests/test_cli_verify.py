"""`powkg verify` on copies of an invented text, and of the article where POWKG_SOURCE_DAWSEY names its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oden import FACTS, TEXT, write_data
from powkg.cli import group
from powkg.settings import default_data_folder

ARTICLE = os.environ.get("POWKG_SOURCE_DAWSEY", "")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path / "data")


def verify(data: Path, *arguments: str | Path, standard_input: str | None = None) -> Result:
    called = ["verify", *map(str, arguments)]
    return CliRunner().invoke(group, called, input=standard_input, env={"POWKG_DATA": str(data)})


def copy(folder: Path, text: str) -> Path:
    file = folder / "copy.txt"
    file.write_bytes(text.encode())
    return file


@pytest.mark.parametrize("name", ["oden", *(["dawsey"] if ARTICLE else [])])
def test_supplied_text_has_all_passages(tmp_path: Path, data: Path, name: str) -> None:
    supplied = {"oden": (data, copy(tmp_path, TEXT), 7), "dawsey": (default_data_folder(), Path(ARTICLE), 86)}
    folder, file, total = supplied[name]
    result = verify(folder, name, file)
    assert f"{total} of {total} passages found" in result.output
    assert "(same SHA-256)" in result.output
    assert "Missing" not in result.output
    assert result.exit_code == 0


def test_page_with_the_text_in_it_has_all_passages(tmp_path: Path, data: Path) -> None:
    result = verify(data, "oden", copy(tmp_path, f"<p>Menu</p>{TEXT.replace(' ', ' <br>', 30)}<p>Next</p>"))
    assert "7 of 7 passages found" in result.output
    assert "another SHA-256" in result.output
    assert result.exit_code == 0


def test_missing_passages_are_listed_by_their_labels(tmp_path: Path, data: Path) -> None:
    result = verify(data, "oden", copy(tmp_path, TEXT.replace("2,400", "2,500").replace("horses", "dogs")))
    assert "5 of 7 passages found" in result.output
    missing = result.output.split("Missing:\n")[1].splitlines()
    assert missing[:2] == ["  Oden, paragraph 2, sentence 1", "  Oden, paragraph 3, sentence 1"]
    assert "riders" not in result.output
    assert result.exit_code == 1


def test_text_may_come_from_standard_input(data: Path) -> None:
    result = verify(data, "oden", "-", standard_input=TEXT)
    assert "7 of 7 passages found" in result.output


def test_wrong_position_is_told(tmp_path: Path, data: Path) -> None:
    file = data / "graph" / "sources.trig"
    text = file.read_text(encoding="utf-8")
    assert "oa:start 0 ;" in text
    file.write_text(text.replace("oa:start 0 ;", "oa:start 4 ;"), encoding="utf-8")
    result = verify(data, "oden", copy(tmp_path, TEXT))
    assert "Oden, paragraph 1, sentence 1: its position in the graph holds other words" in result.output
    assert result.exit_code == 1


def test_grounding_finds_a_faithful_graph_without_fault(tmp_path: Path, data: Path) -> None:
    result = verify(data, "oden", copy(tmp_path, TEXT), "--grounding")
    assert "Grounding: errors 0, warnings 0" in result.output
    assert result.exit_code == 0


def test_grounding_names_file_line_and_passage(tmp_path: Path) -> None:
    data = write_data(tmp_path / "data", FACTS.replace("pow:figure 2400", "pow:figure 2500"))
    result = verify(data, "oden", copy(tmp_path, TEXT), "--grounding")
    line = 1 + FACTS.splitlines().index(next(row for row in FACTS.splitlines() if "pow:figure 2400" in row))
    assert f"graph/oden.trig:{line}: error [number-not-in-sentence]" in result.output
    assert "oden:p02s1: the sentence does not print 2500" in result.output
    assert result.exit_code == 1


def test_warning_of_grounding_does_not_fail(tmp_path: Path) -> None:
    facts = FACTS.replace("pow:describes id:oden-crossing ,", "pow:describes id:oden-crossing , id:lake-house ,")
    result = verify(write_data(tmp_path / "data", facts), "oden", copy(tmp_path, TEXT), "--grounding")
    assert "Grounding: errors 0, warnings 1" in result.output
    assert result.exit_code == 0


def test_source_may_have_its_prefix(tmp_path: Path, data: Path) -> None:
    assert (
        verify(data, "source:oden", copy(tmp_path, TEXT)).output == verify(data, "oden", tmp_path / "copy.txt").output
    )


def test_one_word_is_no_plural(tmp_path: Path, data: Path) -> None:
    assert "0 of 7 passages found in" in (output := verify(data, "oden", copy(tmp_path, "Oden")).output)
    assert "(1 word)" in output


def test_folder_is_called_one(tmp_path: Path, data: Path) -> None:
    result = verify(data, "oden", tmp_path)
    assert result.exit_code == 2
    assert f"'{tmp_path}' is a folder; give the file that holds the source's text" in result.output


@pytest.mark.parametrize(
    ("content", "what"), [(b"%PDF-1.7", "a PDF: save the text in it"), (b"", "empty: give the file")]
)
def test_what_is_no_text_is_told(tmp_path: Path, data: Path, content: bytes, what: str) -> None:
    file = tmp_path / "article"
    file.write_bytes(content)
    assert f"{file} is {what}" in str(verify(data, "oden", file).exception)


def test_unknown_source_is_wrong_use(tmp_path: Path, data: Path) -> None:
    result = verify(data, "odin", copy(tmp_path, TEXT))
    assert "the graph has oden" in str(result.exception)
    assert getattr(result.exception, "exit_code", None) == 2


def test_file_that_is_not_there_is_wrong_use(data: Path) -> None:
    assert verify(data, "oden", data / "nothing.txt").exit_code == 2


def test_file_that_is_no_text_is_refused_with_its_byte(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "copy.txt"
    file.write_bytes(b"caf\xe9")
    result = verify(data, "oden", file)
    assert "copy.txt is not UTF-8: byte 4 (0xe9), on line 1" in str(result.exception)
