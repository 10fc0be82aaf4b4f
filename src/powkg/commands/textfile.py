"""The argument of a command that takes a source's text, and its bytes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, Any, BinaryIO

import click

from powkg.errors import PowkgError


class TextFile(click.File):
    """A file, or - for standard input, opened to be read as bytes. A folder is refused, saying so."""

    def __init__(self) -> None:
        super().__init__("rb")

    def convert(
        self, value: str | os.PathLike[str] | IO[Any], param: click.Parameter | None, ctx: click.Context | None
    ) -> IO[Any]:
        if isinstance(value, str | os.PathLike) and Path(value).is_dir():
            self.fail(f"{os.fspath(value)!r} is a folder; give the file that holds the source's text", param, ctx)
        if value == "-" and sys.stdin is None:
            self.fail("standard input is closed", param, ctx)
        return super().convert(value, param, ctx)


def content_of(file: BinaryIO) -> bytes:
    """What the file holds. Raises PowkgError where it cannot be read."""
    try:
        return file.read()
    except OSError as error:
        raise PowkgError(f"{file.name} cannot be read: {error.strerror}") from error
