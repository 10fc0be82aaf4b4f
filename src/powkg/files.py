"""Files that are written for people: which format their name means, and one error where they cannot be written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from powkg.errors import PowkgError, UsageError


def form_of(file: Path, forms: Sequence[str]) -> str:
    """The format that the file's ending names. Raises UsageError where it is none of these."""
    form = file.suffix.lower().removeprefix(".")
    if form not in forms:
        raise UsageError(f"{file} is in no known format: let its name end in .{', .'.join(forms)}")
    return form


def write(file: Path, content: bytes) -> Path:
    """Write the file. Raises PowkgError where that cannot be done."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise PowkgError(f"{file} cannot be written: {error.strerror}") from error
    return file
