"""`powkg backup`: a store of one's own, served or not, into one file."""

from __future__ import annotations

from pathlib import Path

import click

from powkg import archive


@click.command(
    help="Write a store of your own into a new file, as it is at this moment, though it be served and written to: "
    "N-Quads, packed with gzip, with a checksum. `powkg restore` makes a store of it."
)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--store", required=True, type=click.Path(path_type=Path), help="Folder of the store.")
def command(*, out: Path, store: Path) -> None:
    """Back up, and say how much there is."""
    backup = archive.back_up(store, out)
    number = f"{backup.statements:,} statement{'' if backup.statements == 1 else 's'}"
    click.echo(f"{out} holds all of {store}: {number} (SHA-256 {backup.checksum}).")
