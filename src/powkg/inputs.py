"""Which files a store is made from, and one digest over them. Plain files: nothing here understands what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from powkg.errors import PowkgError

DERIVATION = "7"
"""Raised by one whenever the build derives something else from the same files, so that every store is made anew."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files that a build reads, in the order of their names, and the SHA-256 of names, bytes and DERIVATION."""

    root: Path
    files: tuple[Path, ...]
    digest: str

    def name(self, file: Path) -> str:
        """The file's name below the root, with forward slashes, as messages give it."""
        return file.relative_to(self.root).as_posix()

    def contents(self) -> dict[Path, bytes]:
        """The bytes of each file. Raises PowkgError where they are no longer those of the digest."""
        contents = {file: _bytes(file) for file in self.files}
        if _digest(self.root, contents.items()) != self.digest:
            raise PowkgError(f"the files in {self.root} changed while they were read; run the command again")
        return contents


def find_inputs(root: Path) -> Inputs:
    """The .ttl files of ontology/ and the .trig files anywhere in graph/. Raises PowkgError where there are none."""
    folders = {root / "ontology": "*.ttl", root / "graph": "**/*.trig"}
    for folder in folders:
        if not folder.is_dir():
            raise PowkgError(f"{folder} is no folder: the data folder holds ontology/ and graph/")
    found = (file for folder, pattern in folders.items() for file in folder.glob(pattern))
    files = tuple(sorted(file for file in found if file.is_file() and not file.name.startswith(".")))
    if not files:
        raise PowkgError(f"{root} has no .ttl file in ontology/ and no .trig file in graph/")
    return Inputs(root, files, _digest(root, ((file, _bytes(file)) for file in files)))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise PowkgError(f"{file} cannot be read: {error.strerror}") from error


def _digest(root: Path, contents: Iterable[tuple[Path, bytes]]) -> str:
    digest = hashlib.sha256(f"derivation {DERIVATION}\n".encode())
    for file, content in contents:
        digest.update(f"{file.relative_to(root).as_posix()}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
