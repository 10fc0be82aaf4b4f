"""`powkg load`: files of RDF into a store of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from powkg import archive
from powkg.errors import UsageError


@click.command(
    help="Make a store of your own of files of RDF (.ttl .trig .nt .nq .rdf .owl .xml .jsonld .json, each also with "
    ".gz), for `powkg serve --store DIR`. A store that was made of the same files is left as it is."
)
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--empty", is_flag=True, help="Begin with nothing instead of files.")
@click.option("--store", required=True, type=click.Path(path_type=Path), help="Folder of the store.")
@click.option("--replace", is_flag=True, help="Lose what the store holds.")
def command(*, files: tuple[Path, ...], empty: bool, store: Path, replace: bool) -> None:
    """Load, and say how much there is."""
    if bool(files) == empty:
        raise UsageError("name the files to load, or give --empty")
    loaded = archive.load(files, store, replace=replace)
    if loaded is None:
        click.echo(f"The store in {store} holds them already, with all that was written since.")
    else:
        click.echo(f"The store in {store} holds {loaded:,} statement{'' if loaded == 1 else 's'}.")
