"""`powkg verify SOURCE TEXTFILE`: which passages of a source a reader's own copy of its text has."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import BinaryIO

import click

from powkg.commands.textfile import TextFile, content_of
from powkg.commands.wording import counted
from powkg.dataset import read
from powkg.errors import Severity
from powkg.grounding.passage_facts import PassageFacts
from powkg.grounding.rules import ground
from powkg.inputs import find_inputs
from powkg.passages import decode, find, misplaced, words
from powkg.settings import Settings
from powkg.sources import choose, sources


@click.command(name="verify")
@click.argument("source", metavar="SOURCE")
@click.argument("textfile", metavar="TEXTFILE", type=TextFile())
@click.option("--grounding", is_flag=True, help="Compare each passage's graph with its sentence as well.")
@click.pass_context
def command(context: click.Context, source: str, textfile: BinaryIO, *, grounding: bool) -> None:
    """Find a source's passages in your own copy of its text.

    SOURCE is the name of a source in the graph, such as dawsey; TEXTFILE is plain text or saved HTML, - for standard
    input. The exit status is 0 where all passages are found and --grounding finds no error, 1 otherwise.
    """
    dataset = read(find_inputs(Settings.from_environment(os.environ).data))
    quads = list(dataset.statements())
    chosen = choose(sources(quads, dataset.locate), source)
    content = content_of(textfile)
    name = getattr(textfile, "name", "<stdin>")
    text = decode(content, name)
    report = find(chosen.passages, text)
    click.echo(f"{chosen.title} ({chosen.name})")
    passages = counted(len(chosen.passages), "passage")
    click.echo(f"{len(report.found)} of {passages} found in {name} ({counted(len(words(text)), 'word')})")
    if report.missing:
        click.echo("Missing:")
    for passage in report.missing:
        click.echo(f"  {passage.label}")
    failed = bool(report.missing)
    if sha256(content).hexdigest() == chosen.digest:
        click.echo("The file is the text that the positions refer to (same SHA-256).")
        for passage in misplaced(chosen.passages, text):
            failed = True
            click.echo(f"  {passage.label}: its position in the graph holds other words")
    else:
        click.echo("The file is not the one that the positions refer to (another SHA-256); the words are what counts.")
    if grounding:
        problems = ground(chosen, report, PassageFacts.of(quads, dataset.locate))
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"Grounding: errors {errors}, warnings {len(problems) - errors}")
        failed = failed or errors > 0
    context.exit(1 if failed else 0)
