"""`powkg build`: compile ontology/ and graph/ into the store."""

from __future__ import annotations

import os
from pathlib import Path

import click

from powkg.build import BuildReport, build
from powkg.settings import Settings


@click.command(help="Compile ontology/ and graph/ into the store, if they have changed since it was built.")
@click.option("--store", type=click.Path(path_type=Path), help="Folder of the store.")
@click.option("--force", is_flag=True, help="Build even if nothing has changed.")
@click.option("--wait", type=click.IntRange(0), default=0, help="Seconds to wait for another build of the same store.")
def command(*, store: Path | None, force: bool, wait: int) -> None:
    """Build, and say what the store holds now."""
    settings = Settings.from_environment(os.environ, store)
    for line in _lines(build(settings.data, settings.store, force=force, wait=wait)):
        click.echo(line)


def _lines(report: BuildReport) -> list[str]:
    counts = report.counts
    if report.rebuilt:
        first = f"Built the store in {report.directory} in {report.seconds:.1f} s."
    else:
        first = f"The store in {report.directory} is up to date."
    statements = f"{counts.quads:,} statements in {counts.graphs:,} graphs, {counts.triples:,} distinct"
    more = f"{counts.inferred:,} inferred; {counts.sources:,} sources"
    width = max((len(f"{entry.number:,}") for entry in counts.classes), default=1)
    classes = (f"  {entry.number:>{width},}  {entry.label}" for entry in counts.classes)
    return [first, f"{statements}; {more}", *classes]
