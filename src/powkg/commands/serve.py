"""`powkg serve`: the SPARQL endpoint and the pages, over HTTP."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

import click

from powkg import queries
from powkg.commands.freshness import bring_up_to_date
from powkg.engine import Engine
from powkg.settings import Settings
from powkg.web import create_app
from powkg.web.server import Server, address, listen


@click.command(
    help="Serve the SPARQL endpoint and the pages over HTTP. Builds the store first where it is not up to date."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 is every one.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 is any free one.")
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), help="Folder of the store.")
@click.option("--threads", type=click.IntRange(2, 256), default=16, show_default=True, help="Requests served at once.")
def command(host: str, port: int, store: Path | None, threads: int) -> None:
    """Serve until the process is told to stop."""
    settings = Settings.from_environment(os.environ, store)
    listener = listen(host, port)
    bring_up_to_date(settings)
    click.echo(f"The store in {settings.store} is up to date.")
    with closing(Engine(settings.store, settings.query_timeout, size=1, memory=settings.query_memory)) as engine:
        engine.version()  # a store that cannot be opened is said here, in one line
    queries.load(settings.data / "queries" / "questions")  # so is a wrong header
    url = address(listener)

    def announce() -> None:
        click.echo(f"powkg is at {url} (SPARQL: {url}/sparql). Ctrl-C stops it.")
        sys.stdout.flush()

    Server(lambda: create_app(settings), listener, threads, announce).run()
