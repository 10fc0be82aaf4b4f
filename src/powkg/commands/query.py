"""`powkg query`: run a named question, a file or a SPARQL text, and print the answer."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TextIO

import click

from powkg import queries, results
from powkg.build import build, is_current
from powkg.errors import QuerySyntaxError, UsageError
from powkg.notation import parse
from powkg.queries import Question
from powkg.settings import Settings
from powkg.store import Answer, Store, open_store
from powkg.table import UNLIMITED, print_table

_SPARQL = re.compile(r"(?:\s|#[^\n]*(?:\n|$))*(?:PREFIX|BASE|SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_WAIT = 60.0
"""How long to wait for another build of the same store, in seconds."""

_HELP = """Run QUERY and print the answer: the name of a question (see --list), a file with SPARQL, SPARQL itself, or -
for standard input. Builds the store first where the data has changed.

In a terminal the answer is a table (a graph is Turtle); elsewhere it is CSV."""


@click.command(help=_HELP)
@click.argument("query", required=False)
@click.option(
    "-p",
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help='A value for a parameter: id:harbin, <IRI>, 1945, "text"@en. Repeatable.',
)
@click.option("-f", "--format", "form", type=click.Choice(["table", *results.names()]), help="Form of the answer.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
@click.option("--list", "show_list", is_flag=True, help="List the questions by name.")
def command(query: str | None, params: tuple[str, ...], form: str | None, store: Path | None, show_list: bool) -> None:  # noqa: FBT001  # click passes options so
    """Find the query, bring the store up to date, ask it, print."""
    settings = Settings.from_environment(os.environ, store)
    folder = settings.data / "queries" / "questions"
    if show_list:
        _print_list(folder)
        return
    if query is None:
        raise UsageError("give a query: the name of a question (powkg query --list), a file, SPARQL text, or -")
    text, question = _find(query, folder)
    given = _parameters(params)
    if question is None:
        substitutions = {name: parse(value) for name, value in given.items()}
    else:
        substitutions = question.substitutions(given)
    try:
        answer = _open(settings).query(text, substitutions)
    except QuerySyntaxError as error:
        raise (error if question is None else UsageError(f"{question.path}: {error}")) from None
    _print(answer, form)


def _find(query: str, folder: Path) -> tuple[str, Question | None]:
    """The query's text, and its header where it has one. Raises UsageError where the words name no query."""
    if query == "-":
        return sys.stdin.read(), None
    if _SPARQL.match(query) or "{" in query:
        return query, None
    path = Path(query)
    if path.is_file():
        question = queries.read(path)
        return question.text, question if question.description else None
    if query.endswith(".rq") or "/" in query:
        raise UsageError(f"there is no file {query}")
    question = _named(query, folder)
    return question.text, question


def _named(name: str, folder: Path) -> Question:
    names = [path.stem for path in folder.glob("*.rq")]
    if name not in names:
        hint = queries.near(name, sorted(names)) or "; powkg query --list lists the questions"
        raise UsageError(f"{name!r} is no question, no file and no SPARQL{hint}")
    return queries.find(folder, name)


def _parameters(params: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        name = name.strip().removeprefix("?")
        if not equals or not name:
            raise UsageError(f"--param {param!r} has no value; write --param name=value")
        if name in given:
            raise UsageError(f"the parameter {name} is given twice")
        given[name] = value
    return given


def _open(settings: Settings) -> Store:
    if not is_current(settings.data, settings.store):
        click.echo(f"powkg: building the store in {settings.store}", err=True)
        build(settings.data, settings.store, wait=_WAIT)
    return open_store(settings.store)


def _print_list(folder: Path) -> None:
    questions = queries.load(folder)
    width = max((len(question.name) for question in questions), default=0)
    for question in questions:
        parameters = f" ({', '.join(question.parameters)})" if question.parameters else ""
        click.echo(f"{question.name:<{width}}  {question.title}{parameters}")


def _print(answer: Answer, form: str | None) -> None:
    """Print the answer to standard output in the form asked for, or one that suits where it goes."""
    terminal = sys.stdout.isatty()
    if form is None:
        form = "turtle" if answer.kind == "graph" else "table" if terminal else "csv"
    if form == "table":
        _print_table(answer, sys.stdout, None if terminal else UNLIMITED)
        return
    media_type = results.by_name(form, answer.kind).media_type
    out = sys.stdout.buffer
    answer.write(out, media_type)
    if form in {"json", "xml"} or answer.kind == "ask":
        out.write(b"\n")  # these end without a line end
    out.flush()


def _print_table(answer: Answer, out: TextIO, width: int | None) -> None:
    if answer.kind == "select":
        print_table(answer.variables, answer, out, width)
    elif answer.kind == "graph":
        print_table(("subject", "predicate", "object"), answer.triples, out, width)
    else:
        out.write("yes\n" if answer.boolean else "no\n")
    out.flush()
