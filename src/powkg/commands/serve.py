"""`powkg serve`: the SPARQL endpoint and the pages, over HTTP."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import click

from powkg import queries, snapshot
from powkg.commands.holdings import Wanted, prepared
from powkg.engine import Engine
from powkg.errors import UsageError
from powkg.settings import Settings
from powkg.updates import Writer
from powkg.web import create_app
from powkg.web.server import Server, address, listen
from powkg.workers.writer_process import LOCK_TIMEOUT


@click.command(
    help="Serve the SPARQL endpoint and the pages over HTTP. Builds the store first where it is not up to date. With "
    "--data or --empty, or a --store that was made so, it serves data of your own instead of the project's."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 is every one.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 is any free one.")
@click.option("--store", type=click.Path(file_okay=False, path_type=Path), help="Folder of the store.")
@click.option("--threads", type=click.IntRange(2, 256), default=100, show_default=True, help="Requests served at once.")
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="FILE...", help="Serve files of RDF.")
@click.argument("more", nargs=-1, type=click.Path(path_type=Path), metavar="")
@click.option("--empty", is_flag=True, help="Serve data of your own, and begin with none.")
@click.option("--replace", is_flag=True, help="With --data or --empty: lose what the store holds.")
@click.option(
    "--default-graph",
    type=click.Choice(["default", "union"]),
    help="The default graph of your own data: their default graph (the default), or all their graphs together.",
)
@click.option("--writable", is_flag=True, help="Let who knows the token in POWKG_TOKEN change data of your own.")
def command(  # noqa: PLR0913  # one parameter an option
    *,
    host: str,
    port: int,
    store: Path | None,
    threads: int,
    data: tuple[Path, ...],
    more: tuple[Path, ...],
    empty: bool,
    replace: bool,
    default_graph: str | None,
    writable: bool,
) -> None:
    """Serve until the process is told to stop."""
    if more and not data:
        raise UsageError(f"{more[0]} is no option: name files of RDF after --data")
    wanted = Wanted((*data, *more), empty, replace, default_graph, writable)
    given = Settings.from_environment(os.environ, store)
    named = store is not None or bool(os.environ.get("POWKG_STORE"))
    wanted.refuse_misuse(given, named=named)
    with listen(host, port) as listener, prepared(wanted, given, named=named) as (settings, said), ExitStack() as held:
        click.echo(said)
        if writable:
            held.enter_context(snapshot.serving(settings.store, LOCK_TIMEOUT))
        _try_out(settings, writable=writable)
        url = address(listener)

        def announce() -> None:
            click.echo(f"powkg is at {url} (SPARQL: {url}/sparql). Ctrl-C stops it.")
            sys.stdout.flush()

        def engine_and_writer() -> tuple[Engine, Writer | None]:
            engine = _engine(settings)
            return engine, _writer(settings, engine) if writable else None

        make_app = lambda: create_app(settings, *engine_and_writer(), threads=threads)  # noqa: E731
        Server(make_app, listener, threads, announce, settings.longest_query).run()


def _try_out(settings: Settings, *, writable: bool) -> None:
    """Say here, in one line, what would keep the server from answering. Raises PowkgError."""
    with closing(_engine(settings, size=1)) as engine:
        engine.version()
    if writable:
        with closing(_writer(settings, engine)) as writer:
            writer.ready()
    if not settings.own:
        queries.load(settings.data / "queries" / "questions")


def _engine(settings: Settings, size: int | None = None) -> Engine:
    memory, union = settings.query_memory, settings.union
    return Engine(settings.store, settings.query_timeout, size=size, memory=memory, union=union)


def _writer(settings: Settings, engine: Engine) -> Writer:
    return Writer(settings.store, engine.pool.advance, settings.update_timeout, memory=settings.update_memory)
