"""`powkg check` as a user runs it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import test_checks
import test_checks_queries
import test_shapes
from damage import ARTICLE, Damage, place
from powkg.checks import problems
from powkg.cli import group
from powkg.errors import PowkgError, Severity

WRONG_FIGURE = Damage(
    "bounds-off-the-table", "claim:p10s1-freed", "pow:atLeast 625000", "pow:atLeast 600000", "pow:atLeast 600000"
)


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, ["check", *map(str, arguments)])


@pytest.mark.java
def test_the_real_data_passes() -> None:
    result = check("--show", "info")
    assert result.exit_code == 0, result.output
    *lines, summary = result.output.splitlines()
    assert summary == f"no errors, no warnings, {len(lines)} for information"
    assert all(": info [" in line for line in lines)


@pytest.mark.java
def test_what_is_milder_than_asked_for_is_counted_by_check() -> None:
    *lines, hint, summary = check().output.splitlines()
    numbers = [re.fullmatch(r"- (\d+) × info \[[a-z-]+\]", line) for line in lines]
    assert f"{sum(int(number[1]) for number in numbers if number)} for information" in summary
    assert None not in numbers
    assert hint.strip() == "`powkg check --show info` lists them"


@pytest.mark.parametrize(("severity", "status"), [("error", 0), ("warning", 0), ("info", 1)])
def test_the_severity_that_fails_can_be_chosen(severity: str, status: int) -> None:
    assert check("--fail-on", severity).exit_code == status


def test_an_error_is_listed_and_fails(copy_of_data: Path) -> None:
    WRONG_FIGURE.do(copy_of_data)
    name, file, line, subject = WRONG_FIGURE.place(copy_of_data)
    result = check("--data", copy_of_data)
    assert result.exit_code == 1
    reported = (
        f"{file}:{line}: error [{name}] {subject}: pow:atLeast is 600000 and must be 625000: by 'plain' of 625,000"
    )
    (found,) = [text for text in result.output.splitlines() if f"[{name}]" in text]
    assert found.startswith(reported)
    assert "ontology/terms.ttl says how they go together" in found
    assert re.fullmatch(r"\d+ errors?, (no|\d+) warnings?(, \d+ for information)?", result.output.splitlines()[-1])


def test_json_has_the_same_problems(copy_of_data: Path) -> None:
    WRONG_FIGURE.do(copy_of_data)
    result = check("--format", "json", "--data", copy_of_data)
    assert result.exit_code == 1
    answer = json.loads(result.output)
    found = [problem for problem in answer["problems"] if problem["check"] == WRONG_FIGURE.check]
    assert [(p["file"], p["line"], p["subject"], p["severity"]) for p in found] == [
        (*WRONG_FIGURE.place(copy_of_data)[1:], "error")
    ]
    assert set(found[0]) == {"check", "file", "line", "subject", "message", "severity", "remedy"}
    severities = [problem["severity"] for problem in answer["problems"]]
    assert {name: answer[f"{name}s"] for name in Severity} == {name: severities.count(name) for name in Severity}
    places = [(problem["file"] or "", problem["line"] or 0) for problem in answer["problems"]]
    assert places == sorted(places)


def test_every_file_that_cannot_be_read_is_named(copy_of_data: Path) -> None:
    article = copy_of_data / ARTICLE
    article.write_text(
        article.read_text(encoding="utf-8").replace("a pow:Person .", "a pow:Person", 1), encoding="utf-8"
    )
    with (copy_of_data / "ontology/terms.ttl").open("a", encoding="utf-8") as terms:
        terms.write('term:unclosed skos:prefLabel "unclosed@en .\n')
    result = check("--data", copy_of_data)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.partition(":")[0] for line in lines[:-1]] == [ARTICLE, "ontology/terms.ttl"]
    assert all("error [syntax]" in line for line in lines[:-1])
    assert lines[-1] == "2 errors, no warnings; nothing else was checked, because files cannot be read"


def test_a_statement_outside_any_graph(copy_of_data: Path) -> None:
    with (copy_of_data / ARTICLE).open("a", encoding="utf-8") as article:
        article.write("\nid:harbin a pow:Settlement .\n")
    last = len((copy_of_data / ARTICLE).read_text(encoding="utf-8").splitlines())
    result = check("--data", copy_of_data)
    assert result.exit_code == 1
    assert f"{ARTICLE}:{last}: error [statement-without-graph] id:harbin: it stands outside any graph" in result.output


def test_a_folder_without_data(tmp_path: Path) -> None:
    result = check("--data", tmp_path)
    assert isinstance(result.exception, PowkgError)
    assert "has no ontology/ and no graph/; name the folder" in str(result.exception)
    assert "with --data" in str(result.exception)
    result = check("--data", tmp_path / "none")
    assert "none does not exist; name the folder that holds ontology/, graph/ and queries/ with --data" in str(
        result.exception
    )


@pytest.mark.parametrize("arguments", [("--format", "yaml"), ("everything",)])
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    assert check(*arguments).exit_code == 2


TOGETHER = (
    "overlapping-passages",
    "term-without-definition",
    "name-in-another-script",
    "place-within-itself",
    "event-after-itself",
    "pages-reversed",
    "isbn-malformed",
    "digest-malformed",
    "words-not-positive",
    "coordinates-out-of-range",
    "two-given-names-in-one-language",
    "journey-to-where-it-began",
)
"""Defects far from one another, of every kind of check."""


def test_many_defects_are_each_reported_once_and_nothing_else(copy_of_data: Path) -> None:
    every = (*test_checks.DAMAGES, *test_shapes.DAMAGES, *test_checks_queries.DAMAGES)
    chosen = [next(damage for damage in every if damage.check == name) for name in TOGETHER]
    for damage in chosen:
        damage.do(copy_of_data)
    errors = [problem for problem in problems(copy_of_data) if problem.severity is Severity.ERROR]
    assert any(problem.check == "unexpected-answer" for problem in errors)  # the questions feel some of them as well
    found = [place(problem) for problem in errors if problem.check != "unexpected-answer"]
    assert sorted(found, key=str) == sorted((damage.place(copy_of_data) for damage in chosen), key=str)
