"""`powkg passages SOURCE TEXTFILE`: describe a source's passages as TriG, for a curator."""

from __future__ import annotations

import os
import re
from typing import BinaryIO

import click

from powkg.commands.textfile import TextFile, content_of
from powkg.dataset import read
from powkg.inputs import find_inputs
from powkg.settings import Settings
from powkg.sources import choose, propose, refresh, sources, write


class Numbers(click.ParamType[frozenset[int]]):
    """Paragraph numbers and ranges of them: 3 or 18-23 or 3,18-23."""

    name = "numbers"

    def convert(
        self, value: str | frozenset[int], param: click.Parameter | None, ctx: click.Context | None
    ) -> frozenset[int]:
        if isinstance(value, frozenset):
            return value
        found: set[int] = set()
        for part in value.split(","):
            match = re.fullmatch(r"\s*(\d{1,6})(?:-(\d{1,6}))?\s*", part)
            if match is None:
                self.fail(f"{part!r} is neither a number nor a range such as 18-23", param, ctx)
            first, last = int(match[1]), int(match[2] or match[1])
            if last < first:
                self.fail(f"{part!r} ends before it begins; write {last}-{first}", param, ctx)
            found.update(range(first, last + 1))
        return frozenset(found)


@click.command(name="passages")
@click.argument("source", metavar="SOURCE")
@click.argument("textfile", metavar="TEXTFILE", type=TextFile())
@click.option("--title", help="The title of the source, in English; its name where not given.")
@click.option("--whole", type=Numbers(), default=frozenset(), help="Paragraphs that are one passage each: 3,13,18-23.")
@click.option("--refresh", "renew", is_flag=True, help="Take the positions from the graph and compute the rest anew.")
def command(source: str, textfile: BinaryIO, title: str | None, whole: frozenset[int], *, renew: bool) -> None:
    """Describe the passages of a source as TriG.

    For a new source this is a proposal, a passage a sentence: correct the positions where a sentence was cut wrongly,
    add what is known of the source, keep it in graph/ and run the command again with --refresh. The output has
    positions, counts and fingerprints, and none of the text.
    """
    content = content_of(textfile)
    if renew:
        dataset = read(find_inputs(Settings.from_environment(os.environ).data))
        described = refresh(choose(sources(dataset.statements(), dataset.locate), source), content)
    else:
        described = propose(source, content, title or source, whole)
    click.echo(write(described, refreshed=renew), nl=False)
