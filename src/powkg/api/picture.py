"""A picture for Jupyter and for files, drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from powkg import files
from powkg.errors import UsageError

FORMATS = ("svg", "png", "pdf")

Drawing = Callable[[str], bytes]
"""What draws a picture in one of `FORMATS`."""


class Picture:
    """A picture as the bytes of an SVG, PNG or PDF file; Jupyter shows it as SVG."""

    def __init__(self, draw: Drawing, title: str) -> None:
        self._draw = draw
        self._drawn: dict[str, bytes] = {}
        self.title = title

    def to_bytes(self, form: str = "svg") -> bytes:
        """The file's content. Raises UsageError for an unknown format."""
        if form not in FORMATS:
            raise UsageError(f"unknown picture format {form!r}: give one of {', '.join(FORMATS)}")
        if form not in self._drawn:
            self._drawn[form] = self._draw(form)
        return self._drawn[form]

    def save(self, path: str | Path) -> Path:
        """Write the file; its ending decides its format.

        Raises UsageError for another ending, and PowkgError where it cannot be written.
        """
        file = Path(path)
        return files.write(file, self.to_bytes(files.form_of(file, FORMATS)))

    def __repr__(self) -> str:
        return f"<picture: {self.title}>"

    def _repr_svg_(self) -> str:
        return self.to_bytes("svg").decode("utf-8")
