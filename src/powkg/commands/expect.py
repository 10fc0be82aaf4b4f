"""`powkg expect`: keep the answers that the questions give now as those that they are to give."""

from __future__ import annotations

import os
from pathlib import Path

import click

from powkg import expected, queries
from powkg.checks.material import Material
from powkg.checks.queries import QUESTIONS, columns_and_rows
from powkg.commands.wording import counted
from powkg.dataset import read
from powkg.errors import PowkgError, UsageError
from powkg.inputs import find_inputs
from powkg.queries import Question
from powkg.settings import Settings


@click.command(name="expect")
@click.argument("names", metavar="[QUESTION]...", nargs=-1)
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder that holds ontology/, graph/ and queries/.",
)
def command(names: tuple[str, ...], data: Path | None) -> None:
    """Write the answers of questions into the CSV files that their headers name; all of them where none is named.

    For a curator, after a change of the data: `powkg check` lists the questions that answer otherwise than before, this
    writes down what they answer now, and `git diff` shows whether every new row is right. A question whose header
    itself lists the rows is left as it is.
    """
    root = Settings.from_environment(os.environ, data=data).data
    questions = [queries.find(root / QUESTIONS, name) for name in names] or queries.load(root / QUESTIONS)
    if others := [question.name for question in questions if names and question.table is None]:
        raise UsageError(f"the header of {', '.join(others)} names no CSV file; correct the rows that it lists itself")
    material = Material(read(find_inputs(root)))
    tables = [(question, question.table) for question in questions if question.table is not None]
    changed = [_is_kept_anew(material, question, table) for question, table in tables]
    click.echo(f"{counted(sum(changed), 'file')} of {len(changed)} rewritten")


def _is_kept_anew(material: Material, question: Question, table: expected.Table) -> bool:
    """Write the answer of a question where it is another one than its table; whether it is."""
    columns, rows = columns_and_rows(material, question)
    if columns == table.columns and rows == table.rows:
        return False
    try:
        table.path.write_text(expected.write(columns, rows), encoding="utf-8")
    except OSError as error:
        raise PowkgError(f"{table.path} cannot be written: {error.strerror}") from error
    click.echo(f"{question.name}: {counted(len(rows), 'row')}, {len(table.rows)} before")
    return True
