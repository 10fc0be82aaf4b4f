"""`powkg check`: list what is wrong with the data."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from powkg.checks import problems
from powkg.commands.wording import counted
from powkg.errors import Problem, Severity
from powkg.settings import Settings


@click.command(name="check")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder that holds ontology/, graph/ and queries/.",
)
@click.option(
    "--show",
    type=click.Choice(list(map(str, Severity))),
    default=str(Severity.WARNING),
    show_default=True,
    help="The mildest severity to list one by one in text; milder problems are counted by check.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(map(str, Severity))),
    default=str(Severity.ERROR),
    show_default=True,
    help="The mildest severity that ends the command with status 1.",
)
@click.pass_context
def command(context: click.Context, form: str, data: Path | None, show: str, fail_on: str) -> None:
    """List what is wrong with the data, in the order of files and lines.

    Each problem has its file and line, its severity, the name of the check, the subject, and what to do about it.
    An error ends the command with status 1. A warning is to be looked into; an info needs nothing done.
    """
    found = problems(Settings.from_environment(os.environ, data=data).data)
    click.echo(as_json(found) if form == "json" else as_text(found, Severity(show)))
    if any(problem.severity in _from(Severity(fail_on)) for problem in found):
        context.exit(1)


def as_text(found: Sequence[Problem], mildest: Severity = Severity.INFO) -> str:
    """A line a problem, down to the mildest severity; a line a check with the number of milder ones; all counted."""
    listed = [problem for problem in found if problem.severity in _from(mildest)]
    rest = Counter((problem.severity, problem.check) for problem in found if problem not in listed)
    counts = [f"- {number} × {severity} [{check}]" for (severity, check), number in sorted(rest.items())]
    hint = [f"  `powkg check --show {Severity.INFO}` lists them"] if rest else []
    return "\n".join([*map(str, listed), *counts, *hint, _summary(found)])


def _from(mildest: Severity) -> list[Severity]:
    """The severities from the worst down to this one."""
    severities = list(Severity)
    return severities[: severities.index(mildest) + 1]


def as_json(found: Sequence[Problem]) -> str:
    """An object: `problems`, a list with the fields of Problem, and the numbers of `errors`, `warnings` and `infos`."""
    numbers = {f"{severity}s": number for severity, number in _counts(found).items()}
    content = {"problems": [asdict(problem) for problem in found], **numbers}
    return json.dumps(content, ensure_ascii=False, indent=2)


def _summary(found: Sequence[Problem]) -> str:
    errors, warnings, infos = _counts(found).values()
    unread = any(problem.check in UNREADABLE for problem in found)
    rest = "; nothing else was checked, because files cannot be read" if unread else ""
    information = f", {infos} for information" if infos else ""
    return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}{information}{rest}"


def _number(number: int, noun: str) -> str:
    return counted(number, noun) if number else f"no {noun}s"


UNREADABLE = frozenset({"syntax", "unusable-term", "statement-without-graph", "unknown-file"})
"""The problems of files that cannot be read at all (`powkg.dataset`), so that no check was run on what they say."""


def _counts(found: Sequence[Problem]) -> dict[Severity, int]:
    """How many problems there are of each severity, the worst first."""
    return {severity: sum(problem.severity is severity for problem in found) for severity in Severity}
