"""`powkg path`: the chains of links that join two entities, with the passages that state each."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from powkg.commands.freshness import bring_up_to_date
from powkg.commands.options import languages_option
from powkg.networks.finding import find_entity
from powkg.networks.path_formats import to_csv, to_json, to_text
from powkg.networks.paths import paths
from powkg.networks.whole import whole_network
from powkg.settings import Settings
from powkg.store import open_store

_HELP = """Find the shortest chain of links from A to B, over links in either direction. A and B are names (karl-marx),
prefixed names (id:karl-marx) or IRIs. A step that rests on a claim only is marked. In a terminal the answer is a table,
elsewhere it is CSV. Builds the store first where the data has changed."""


@click.command(help=_HELP)
@click.argument("start", metavar="A")
@click.argument("end", metavar="B")
@click.option(
    "--count", type=click.IntRange(1), default=1, show_default=True, help="How many paths, from the shortest on."
)
@click.option("--without-claims", "no_claims", is_flag=True, help="Follow no link that rests on a claim only.")
@languages_option("a table shows the first")
@click.option("-f", "--format", "form", type=click.Choice(["table", "csv", "json"]), help="Form of the answer.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
def command(  # noqa: PLR0913  # one parameter an option
    *,
    start: str,
    end: str,
    count: int,
    no_claims: bool,
    languages: tuple[str, ...],
    form: str | None,
    store: Path | None,
) -> None:
    """Find both entities, read the network, find the paths, print them."""
    settings = Settings.from_environment(os.environ, store)
    bring_up_to_date(settings)
    opened = open_store(settings.store)
    first, last = (find_entity(opened, name) for name in (start, end))
    network = whole_network(opened)
    found = paths(network, first, last, count, claims=not no_claims)
    chosen = tuple(dict.fromkeys(languages))
    match form or ("table" if sys.stdout.isatty() else "csv"):
        case "json":
            click.echo(to_json(network, found, chosen), nl=False)
        case "csv":
            click.echo(to_csv(network, found, chosen), nl=False)
        case _:
            click.echo(to_text(network, found, chosen[0]), nl=False)
