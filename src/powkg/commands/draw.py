"""`powkg draw`: a picture of an entity and its neighbours, as an SVG or PNG file."""

from __future__ import annotations

import os
from pathlib import Path

import click

from powkg.commands.freshness import bring_up_to_date
from powkg.commands.wording import counted
from powkg.drawing import FORMATS, draw
from powkg.entities.captions import LANGUAGES
from powkg.errors import PowkgError, UsageError
from powkg.networks.neighbourhood import DEFAULT_LIMIT, MOST_HOPS, neighbourhood
from powkg.settings import Settings
from powkg.store import open_store

_HELP = """Draw ENTITY and what the passages link it to, into an SVG or PNG file. ENTITY is a name (kwantung-army), a
prefixed name (id:kwantung-army) or an IRI. Builds the store first where the data has changed."""


@click.command(help=_HELP)
@click.argument("entity")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write, ending in .svg or .png.")
@click.option("--hops", type=click.IntRange(1, MOST_HOPS), default=1, show_default=True, help="How many links away.")
@click.option(
    "--limit", type=click.IntRange(1), default=DEFAULT_LIMIT, show_default=True, help="Most neighbours drawn."
)
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(LANGUAGES),
    default=LANGUAGES,
    show_default=True,
    help="Language of labels; repeatable, the first stands on top.",
)
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
def command(  # noqa: PLR0913  # one parameter an option
    *, entity: str, out: Path, hops: int, limit: int, languages: tuple[str, ...], store: Path | None
) -> None:
    """Find the neighbourhood, draw it, write the file."""
    picture_format = out.suffix.lower().removeprefix(".")
    if picture_format not in FORMATS:
        raise UsageError(f"{out} is neither an SVG nor a PNG file: let its name end in .svg or .png")
    settings = Settings.from_environment(os.environ, store)
    bring_up_to_date(settings)
    graph = neighbourhood(open_store(settings.store), entity, hops, limit)
    content = draw(graph, graph.graph["focus"], tuple(dict.fromkeys(languages)), picture_format)
    try:
        out.write_bytes(content)
    except OSError as error:
        raise PowkgError(f"{out} cannot be written: {error.strerror}") from error
    shown = len(graph) - 1
    click.echo(f"Wrote {out}: {shown} of {counted(shown + graph.graph['omitted'], 'neighbour')}.")
