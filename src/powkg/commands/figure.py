"""`powkg figure`: a timeline, a map or the claimed figures, as an SVG, PDF or PNG file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click

from powkg import files
from powkg.commands.freshness import bring_up_to_date
from powkg.commands.options import languages_option
from powkg.errors import UsageError
from powkg.figures.contested import contested
from powkg.figures.land_map import land_map
from powkg.figures.timeline import timeline
from powkg.figures.writing import FORMATS, DataFigure, write
from powkg.settings import Settings
from powkg.store import Store, open_store

_HELP = """Draw a figure, as wide as an A4 page, into an SVG, PDF or PNG file. Builds the store first where the data
have changed."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that all figures have."""
    for option in (
        click.option("--store", type=click.Path(path_type=Path), help="Folder of the store."),
        languages_option("the first is that of titles too", ("en",)),
        click.option(
            "--out", required=True, type=click.Path(path_type=Path), help="File to write, ending in .svg, .pdf or .png."
        ),
    ):
        command = option(command)
    return command


@click.group(help=_HELP)
def command() -> None:
    """A group: each figure is a command of its own."""


@command.command("timeline")
@_options
@click.option("--from", "first", metavar="DATE", help="First date: 1945, 1945-08, 1945-08-09 …")
@click.option("--to", "last", metavar="DATE", help="Last date.")
@click.option("--lives", is_flag=True, help="Draw births and deaths too.")
def timeline_command(  # noqa: PLR0913  # one parameter an option
    *, out: Path, languages: tuple[str, ...], store: Path | None, first: str | None, last: str | None, lives: bool
) -> None:
    """When events happened, with what is not known of it."""
    _draw(
        out,
        store,
        lambda opened: timeline(
            opened, languages=languages, first=first, last=last, lives=lives, version=opened.version
        ),
    )


@command.command("map")
@_options
def map_command(*, out: Path, languages: tuple[str, ...], store: Path | None) -> None:
    """Where places lie, and what happened there."""
    _draw(out, store, lambda opened: land_map(opened, languages=languages, version=opened.version))


@command.command("claims")
@_options
@click.option("--cohort", metavar="NAME", help="Only figures of this cohort.")
@click.option("--log", "logarithmic", is_flag=True, help="Logarithmic scales.")
def claims_command(
    *, out: Path, languages: tuple[str, ...], store: Path | None, cohort: str | None, logarithmic: bool
) -> None:
    """The figures that are claimed, as ranges by claimant."""
    _draw(
        out,
        store,
        lambda opened: contested(
            opened, languages=languages, cohort=cohort, logarithmic=logarithmic, version=opened.version
        ),
    )


def _draw(out: Path, store: Path | None, drawn: Callable[[Store], DataFigure]) -> None:
    """Bring the store up to date, draw, write the file."""
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise UsageError(f"{out} is neither an SVG nor a PDF nor a PNG file: let its name end in .svg, .pdf or .png")
    settings = Settings.from_environment(os.environ, store)
    bring_up_to_date(settings)
    content = write(drawn(open_store(settings.store)), form)
    files.write(out, content)
    click.echo(f"Wrote {out}.")
