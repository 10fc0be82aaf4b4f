"""`powkg measures`: who is linked to most, who stands between others, who belongs together, as a table or a file."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import click

from powkg import snapshot
from powkg.commands.freshness import bring_up_to_date
from powkg.commands.options import languages_option
from powkg.namespaces import XSD
from powkg.networks.measure_formats import Subject, to_csv, to_json, to_turtle
from powkg.networks.measures import MEASURES, Measured, Row, Value, measure
from powkg.networks.parts import without_claims
from powkg.networks.projections import PROJECTIONS, WHOLE, project
from powkg.networks.slices import at
from powkg.networks.whole import whole_network
from powkg.progress import bars
from powkg.settings import Settings
from powkg.store import open_store
from powkg.table import UNLIMITED, print_table
from powkg.terms import Literal

FORMATS = ("table", "csv", "json", "turtle")
ROWS_OF_A_TABLE = 20

# The columns of a table: heading, and how the numbers are written. What is left out is in the other formats.
_COLUMNS = {
    "degree": ("degree", "{:d}"),
    "strength": ("strength", "{:.3g}"),
    "betweenness": ("between-\nness", "{:.4f}"),
    "pagerank": ("Page-\nRank", "{:.4f}"),
    "community": ("com-\nmunity", "{:d}"),
    "constraint": ("con-\nstraint", "{:.3f}"),
    "effective_size": ("effective\nsize", "{:.1f}"),
}


def _help() -> str:
    widest = max(map(len, (*PROJECTIONS, *MEASURES)))
    networks, measures = (
        "\n".join(f"  {name:<{widest}}  {meaning}" for name, meaning in listed)
        for listed in (
            [(name, one.meaning) for name, one in PROJECTIONS.items()],
            [(name, one.meaning) for name, one in MEASURES.items()],
        )
    )
    return f"""Measure the nodes of a network of all that the passages state, or of a part of it. In a terminal the
answer is a table, elsewhere it is CSV. Builds the store first where the data has changed.

\b
Networks:
{networks}

\b
Measures:
{measures}"""


@click.command(help=_help())
@click.option("--project", "name", default=WHOLE, show_default=True, metavar="NETWORK", help="Which network.")
@click.option("--when", metavar="DATE", help="Only what there was at a date: 1945, 1945-08, 1945_1956.")
@click.option("--without-claims", "no_claims", is_flag=True, help="Leave out claims, and what rests on them only.")
@click.option(
    "--sort",
    type=click.Choice(tuple(MEASURES)),
    default="degree",
    show_default=True,
    metavar="MEASURE",
    help="Which measure ranks the nodes.",
)
@click.option(
    "--top", type=click.IntRange(1), help=f"How many nodes; without it {ROWS_OF_A_TABLE} in a table, all elsewhere."
)
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Form of the answer.")
@languages_option("a table shows the first")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
def command(  # noqa: PLR0913  # one parameter an option
    *,
    name: str,
    when: str | None,
    no_claims: bool,
    sort: str,
    top: int | None,
    form: str | None,
    languages: tuple[str, ...],
    store: Path | None,
) -> None:
    """Read the network, cut and fold it, measure it, print."""
    settings = Settings.from_environment(os.environ, store)
    bring_up_to_date(settings)
    opened = open_store(settings.store)
    network = whole_network(opened)
    if no_claims:
        network = without_claims(network)
    if when is not None:
        network = at(network, when)
    network = project(network, name, opened)
    with bars(sys.stderr) as tell:
        measured = measure(network, tell).ranked(sort)
    form = form or ("table" if sys.stdout.isatty() else "csv")
    number = top or (ROWS_OF_A_TABLE if form == "table" else None)
    shown = replace(measured, rows=measured.rows[:number])
    subject = Subject(
        network.graph["projection"],
        when,
        not no_claims,
        metadata.version("powkg"),
        snapshot.current(settings.store).version,
    )
    if form != "table" or shown.rows:
        _print(shown, subject, form, tuple(dict.fromkeys(languages)))
    if form == "table" and len(shown.rows) < len(measured.rows):
        click.echo(f"{len(shown.rows):,} of {len(measured.rows):,} nodes, by {MEASURES[sort].labels['en']}")
    for note in measured.notes if form in {"table", "csv"} else ():
        _print_note(note, form)


def _print(measured: Measured, subject: Subject, form: str, languages: Sequence[str]) -> None:
    match form:
        case "csv":
            click.echo(to_csv(measured, languages), nl=False)
        case "json":
            click.echo(to_json(measured, subject, languages), nl=False)
        case "turtle":
            click.echo(to_turtle(measured, subject, languages), nl=False)
        case _:
            _print_table(measured, languages[0])


def _print_table(measured: Measured, language: str) -> None:
    """The rows with the measures that any of them has."""
    names = [name for name in _COLUMNS if any(row.values[name] is not None for row in measured.rows)]
    rows = [
        (Literal(_name(row, language)), *(_cell(name, row.values[name]) for name in names)) for row in measured.rows
    ]
    headings = ("node", *(_COLUMNS[name][0] for name in names))
    print_table(headings, rows, sys.stdout, None if sys.stdout.isatty() else UNLIMITED, counted=False)


def _name(row: Row, language: str) -> str:
    label, kind = (texts.get(language) or texts.get("en", "") for texts in (row.labels, row.kind))
    return f"{label or row.iri} ({kind})" if kind else label or row.iri


def _cell(name: str, value: Value) -> Literal | None:
    """A number as the column writes it; nothing where it is undefined."""
    return None if value is None else Literal(_COLUMNS[name][1].format(value), None, XSD + "decimal")


def _print_note(note: str, form: str) -> None:
    """A note under a table, and beside a file on standard error, so that the file is nothing but the answer."""
    if form == "table":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else UNLIMITED
        click.echo(textwrap.fill(note, width, initial_indent="- ", subsequent_indent="  "))
    else:
        click.echo(f"powkg: note: {note}", err=True)
