"""`powkg expect` as a curator runs it."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner, Result

from damage import load
from powkg.checks import run
from powkg.cli import group
from powkg.errors import PowkgError, UsageError

PREFIX = "PREFIX pow: <https://w3id.org/powkg/ontology#>\n"
HEADER = "#+ title: T\n#+ tags: [people]\n#+ description: D\n#+ expect: "


@pytest.fixture
def questions(copy_of_data: Path) -> Path:
    """The folder of questions with one that has a table, and one whose header lists its rows."""
    folder = copy_of_data / "queries" / "questions"
    for path in folder.glob("*"):
        path.unlink()
    query = f"{PREFIX}SELECT ?country ?note {{ ?country a pow:Country }} ORDER BY ?country LIMIT 2"
    (folder / "countries.rq").write_text(f"{HEADER}countries.csv\n{query}", encoding="utf-8")
    (folder / "countries.csv").write_text("country\nid:japan\n", encoding="utf-8")
    (folder / "inline.rq").write_text(f"{HEADER}[[id:japan]]\n{query}", encoding="utf-8")
    return folder


def expect(folder: Path, *names: str) -> Result:
    return CliRunner().invoke(group, ["expect", *names, "--data", str(folder.parents[1])])


def test_the_answers_of_now_are_kept(questions: Path) -> None:
    before = (questions / "inline.rq").read_text(encoding="utf-8")
    result = expect(questions)
    assert (result.exit_code, result.output) == (0, "countries: 2 rows, 1 before\n1 file of 1 rewritten\n")
    assert (questions / "countries.csv").read_text(encoding="utf-8") == "country,note\nid:austria,\nid:china,\n"
    assert (questions / "inline.rq").read_text(encoding="utf-8") == before
    problems = run(load(questions.parents[1]), only={"unexpected-answer"})
    assert [problem.file for problem in problems] == ["queries/questions/inline.rq"]
    assert expect(questions, "countries").output == "0 files of 1 rewritten\n"


def test_the_first_answer_is_kept_in_an_empty_file(questions: Path) -> None:
    (questions / "countries.csv").write_bytes(b"")
    (problem,) = run(load(questions.parents[1]), only={"unexpected-answer"})[:1]
    assert (problem.file, problem.line) == ("queries/questions/countries.csv", 1)
    assert expect(questions).output.startswith("countries: 2 rows, 0 before\n")


def test_a_question_without_a_table_is_refused(questions: Path) -> None:
    with pytest.raises(UsageError, match="the header of inline names no CSV file"):
        raise expect(questions, "inline", "countries").exception or AssertionError
    with pytest.raises(UsageError, match="there is no question 'country'"):
        raise expect(questions, "country").exception or AssertionError


def test_a_file_that_cannot_be_written_is_named(questions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_text", Mock(side_effect=PermissionError(13, "Permission denied")))
    with pytest.raises(PowkgError, match=r"countries\.csv cannot be written: Permission denied"):
        raise expect(questions).exception or AssertionError
