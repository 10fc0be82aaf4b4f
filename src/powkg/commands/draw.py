"""`powkg draw`: a picture of an entity and its neighbours, as an SVG, PNG or PDF file."""

from __future__ import annotations

import math
import os
from pathlib import Path

import click

from powkg import files
from powkg.commands.freshness import bring_up_to_date
from powkg.commands.options import languages_option
from powkg.commands.wording import counted
from powkg.drawing import FORMATS, MOST_ENTITIES, Picture, readable
from powkg.entities.names import FAMILIES
from powkg.errors import UsageError
from powkg.networks.folding import fold
from powkg.networks.hubs import clear_neighbourhood
from powkg.networks.neighbourhood import DEFAULT_LIMIT, MOST_HOPS
from powkg.networks.origin import with_origin
from powkg.pictures.paper import SMALLEST_READABLE
from powkg.settings import Settings
from powkg.store import open_store

_HELP = """Draw ENTITY and what the passages link it to, into an SVG, PNG or PDF file. ENTITY is a name (kwantung-army),
a prefixed name (id:kwantung-army) or an IRI. Builds the store first where the data has changed."""


@click.command(help=_HELP)
@click.argument("entity")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="File to write, ending in .svg, .png or .pdf."
)
@click.option("--hops", type=click.IntRange(1, MOST_HOPS), default=1, show_default=True, help="How many links away.")
@click.option(
    "--limit",
    type=click.IntRange(1, MOST_ENTITIES - 1),
    help=f"Most neighbours drawn, whatever their size on paper.  [default: {DEFAULT_LIMIT}, fewer where A4 is full]",
)
@click.option(
    "--fold",
    "folded",
    multiple=True,
    type=click.Choice(FAMILIES),
    help="Draw neighbours of this family that link two or three others as links between these; repeatable.",
)
@languages_option("the first stands on top")
@click.option("--no-evidence", is_flag=True, help="Name no passages in the picture.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
def command(  # noqa: PLR0913  # one parameter an option
    *,
    entity: str,
    out: Path,
    hops: int,
    limit: int | None,
    folded: tuple[str, ...],
    languages: tuple[str, ...],
    no_evidence: bool,
    store: Path | None,
) -> None:
    """Find the neighbourhood, draw it, write the file."""
    picture_format = out.suffix.lower().removeprefix(".")
    if picture_format not in FORMATS:
        raise UsageError(f"{out} is no SVG, PNG or PDF file: let its name end in .svg, .png or .pdf")
    settings = Settings.from_environment(os.environ, store)
    bring_up_to_date(settings)
    opened = open_store(settings.store)
    found = clear_neighbourhood(opened, entity, hops, limit or DEFAULT_LIMIT)
    network = fold(with_origin(found, opened, opened.version), folded)
    chosen = tuple(dict.fromkeys(languages))
    if limit is None:
        drawn = readable(network, chosen, evidence=not no_evidence)
    else:
        drawn = Picture(network, None, chosen, evidence=not no_evidence)
    files.write(out, drawn.content(picture_format))
    click.echo(_report(out, drawn, fold_asked=bool(folded)))


def _report(out: Path, drawn: Picture, *, fold_asked: bool) -> str:
    """What was written, how much of what there is, and how large it is on paper."""
    shown, omitted = len(drawn.network) - 1, drawn.network.graph["omitted"]
    folded = len(drawn.network.graph.get("folded", ()))
    said = f"Wrote {out}: {shown} of {counted(shown + folded + omitted, 'neighbour')}"
    if folded:
        said += f", {folded} more as {'a link' if folded == 1 else 'links'}"
    turned = "landscape" if drawn.fit.landscape else "portrait"
    said += f"; smallest text {math.floor(10 * drawn.smallest_text) / 10} pt on A4 {turned}."
    if fold_asked and not folded:
        said += " None of the neighbours drawn could be folded into a link."
    if drawn.smallest_text < SMALLEST_READABLE:
        said += " A lower --limit or fewer languages make it larger."
    return said
