"""`powkg network`: a network of entities as a table of its links, or as a file for Gephi, Cytoscape and others."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from powkg import files
from powkg.commands.freshness import bring_up_to_date
from powkg.commands.wording import counted
from powkg.entities.captions import LANGUAGES
from powkg.entities.names import FAMILIES
from powkg.errors import UsageError
from powkg.networks.exports import CSV_COLUMNS, FORMATS, export, link_rows
from powkg.networks.neighbourhood import DEFAULT_LIMIT, MOST_HOPS, neighbourhood
from powkg.networks.notes import lacking, left_out
from powkg.networks.origin import with_origin
from powkg.networks.parts import part, without_claims
from powkg.networks.projections import PROJECTIONS, WHOLE, project
from powkg.networks.slices import at
from powkg.networks.whole import whole_network
from powkg.settings import Settings
from powkg.store import open_store
from powkg.table import UNLIMITED, print_table
from powkg.terms import Literal

_HELP = f"""List the links of ENTITY and its neighbours, or of the network of all that the passages state; or write them
into a file. ENTITY is a name (harbin), a prefixed name (id:harbin) or an IRI. In a terminal the list is a table,
elsewhere it is CSV. Builds the store first where the data has changed.

Networks for --project: {", ".join(PROJECTIONS)}."""

_ENDINGS = ", ".join(f".{name}" for name in FORMATS)


@click.command(help=_HELP)
@click.argument("entity", required=False)
@click.option("--hops", type=click.IntRange(1, MOST_HOPS), help="How many links away from ENTITY.  [default: 1]")
@click.option("--limit", type=click.IntRange(1), help=f"Most neighbours of ENTITY.  [default: {DEFAULT_LIMIT}]")
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(FAMILIES), help="Only entities of this family; repeatable."
)
@click.option("--without-claims", "no_claims", is_flag=True, help="Leave out claims, and what rests on them only.")
@click.option("--when", metavar="DATE", help="Only what there was at a date: 1945, 1945-08, 1945_1956.")
@click.option("--project", "name", default=WHOLE, show_default=True, metavar="NETWORK", help="Which network of it.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Language of the labels of a table or CSV; the other files have all languages, and this one as label.",
)
@click.option("-f", "--format", "form", type=click.Choice(["table", "csv"]), help="Form of the list.")
@click.option("--out", type=click.Path(path_type=Path), help=f"File to write, ending in {_ENDINGS}.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
def command(  # noqa: PLR0913  # one parameter an option
    *,
    entity: str | None,
    hops: int | None,
    limit: int | None,
    kinds: tuple[str, ...],
    no_claims: bool,
    when: str | None,
    name: str,
    language: str,
    form: str | None,
    out: Path | None,
    store: Path | None,
) -> None:
    """Read the network, cut and fold it, print or write it."""
    file_format = _format_of(out, form)
    if entity is None and (hops or limit):
        raise UsageError("--hops and --limit are about the neighbours of an entity: name one, or leave them away")
    settings = Settings.from_environment(os.environ, store)
    bring_up_to_date(settings)
    opened = open_store(settings.store)
    if entity is None:
        network = whole_network(opened)
        if no_claims:
            network = without_claims(network)
        if kinds:
            network = part(network, {node for node, data in network.nodes(data=True) if data["family"] in kinds})
    else:
        network = neighbourhood(
            opened, entity, hops or 1, limit or DEFAULT_LIMIT, kinds or FAMILIES, claims=not no_claims
        )
    focus = network.graph.get("focus")
    if when is not None:
        network = at(network, when)
    if name != WHOLE:
        network = project(network, name, opened)
    if out is None:
        _print(link_rows(network, language), form or ("table" if sys.stdout.isatty() else "csv"))
    else:
        files.write(out, export(with_origin(network, opened, opened.version), file_format, language))
        size = f"{counted(len(network), 'node')}, {counted(network.number_of_edges(), 'link')}"
        click.echo(f"Wrote {out}: {size}.")
    for note in (*lacking(network, focus), *left_out(network.graph)):
        click.echo(f"powkg: note: {note}", err=True)


def _format_of(out: Path | None, form: str | None) -> str:
    """The format that the name of a file tells; "" where there is no file to be written."""
    if out is None:
        return ""
    if form is not None:
        raise UsageError("--format is for what is printed; the ending of --out says what is written: leave one away")
    file_format = out.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        raise UsageError(f"{out} is no file that networks are written into: let its name end in {_ENDINGS}")
    return file_format


def _print(rows: Iterable[Sequence[str]], form: str) -> None:
    if form == "table":
        shown = [[Literal(row[place]) for place in (1, 3, 5, 6, 7)] for row in rows]
        print_table(
            ("from", "link", "to", "passages", "claim"), shown, sys.stdout, None if sys.stdout.isatty() else UNLIMITED
        )
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(CSV_COLUMNS)
        writer.writerows(rows)
