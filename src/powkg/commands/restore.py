"""`powkg restore`: a backup into a store of one's own."""

from __future__ import annotations

from pathlib import Path

import click

from powkg import archive


@click.command(help="Make a store of your own of a file that `powkg backup` wrote. The file is checked first.")
@click.argument("backup", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--store", required=True, type=click.Path(path_type=Path), help="Folder of the store.")
@click.option("--replace", is_flag=True, help="Lose what the store holds.")
def command(*, backup: Path, store: Path, replace: bool) -> None:
    """Restore, and say how much there is."""
    restored = archive.restore(backup, store, replace=replace)
    number = f"{restored.statements:,} statement{'' if restored.statements == 1 else 's'}"
    click.echo(f"The store in {store} holds all of {backup}: {number}.")
