"""The `powkg` command. Each subcommand is a module of `powkg.commands`, imported only when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

from powkg.errors import PowkgError

COMMANDS = {
    "build": "Compile ontology/ and graph/ into the store.",
    "check": "List what is wrong with the data.",
    "expect": "Keep what the questions answer now, for a curator.",
    "verify": "Find a source's passages in your own copy of its text.",
    "passages": "Describe the passages of a source, for a curator.",
    "query": "Run a SPARQL query, a file or a named question.",
    "claims": "List the figures claimed of a cohort, and what disputes them.",
    "serve": "Serve the SPARQL endpoint and the pages.",
    "load": "Make a store of your own of files of RDF.",
    "backup": "Write a store of your own into one file.",
    "restore": "Make a store of your own of a backup.",
    "measures": "Measure who is central, who brokers and who belongs together.",
    "figure": "Draw a timeline, a map or the claimed figures.",
    "path": "Find how two entities are linked, and by which passages.",
    "network": "List the links of a network, or write them for other programs.",
    "draw": "Draw an entity's neighbourhood as SVG or PNG.",
}


class Commands(click.Group):
    """A group that imports a command's module when the command is used, so that `--help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"powkg.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands)
@click.version_option(package_name="powkg")
def group() -> None:
    """A knowledge graph of the Japanese prisoners of war in Soviet captivity, 1945-56."""


def main() -> None:
    """Run the command line; what goes wrong becomes one message on standard error and an exit status."""
    if sys.stdout is None:
        _fail("standard output is closed")
    try:
        group()
    except PowkgError as error:
        _fail(str(error), error.exit_code)
    except OSError as error:
        # What a command reads or writes under a name of its own, it answers for: this is standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter would try again at its end
        _fail(f"standard output cannot be written: {error.strerror or error}")


def _fail(reason: str, status: int = 1) -> NoReturn:
    click.echo(f"powkg: {reason}", err=True)
    sys.exit(status)
