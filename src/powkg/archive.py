"""Stores of one's own: filled from files, written into a backup, and made of one again.

    load(files, directory) -> int            RDF into a new store; the number of its statements
    back_up(directory, out) -> Backup        a store, served or not, into one file
    restore(backup, directory) -> Backup     that file into a new store

A backup is N-Quads, packed with gzip, so any tool for RDF can read it. Its last lines are comments: the graphs that
hold nothing, which N-Quads cannot say, and how much there is with a checksum, without which no file is a backup.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import secrets
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from powkg import disk, snapshot
from powkg.errors import PowkgError, StoreError, UsageError
from powkg.snapshot import Kind
from powkg.store import loading

_EMPTY = re.compile(rb"# graph <([^>\n]*)>\n")
_END = re.compile(rb"# end of the backup: ([0-9]+) statements, sha256 ([0-9a-f]{64})\n")
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: how many statements, the graphs that hold none, the SHA-256 of all before its last line."""

    statements: int
    empty_graphs: tuple[str, ...]
    checksum: str


def load(files: Sequence[Path], directory: Path, *, replace: bool = False, wait: float = 0.0) -> int | None:
    """Make the store in a folder of files, of none to begin with nothing; the number of its statements.

    None where it was made of the same files before: it is left as it is, with whatever was written since. Raises
    UsageError where it holds anything else, unless it is to be replaced; DataError, StoreError. Nothing has changed
    then.
    """
    for file in files:
        loading.format_of(file)
    digest = _digest(files)
    if not replace and _is_made_of(directory, digest):
        return None
    with snapshot.writing(directory, wait, Kind.OWN) as publish:
        _refuse_to_lose(directory, replace=replace)
        loaded = 0

        def write(folder: Path) -> dict[str, str]:
            nonlocal loaded
            loaded = loading.load(files, folder)
            return {"source": digest}

        publish(secrets.token_hex(32), write)
    return loaded


def back_up(directory: Path, out: Path) -> Backup:
    """Write what a store of one's own holds now into a new file. Raises UsageError, StoreError, PowkgError."""
    found = snapshot.current(directory)
    if found.kind is not Kind.OWN:
        raise UsageError(f"the store in {directory} can be built again from the data of the project at any time")
    if out.exists():
        raise UsageError(f"{out} is there already: name a new file")
    new = out.with_name(f"{out.name}.new")
    try:
        try:
            with gzip.open(new, "wb", compresslevel=6) as file:
                backup = _write(found, cast("BinaryIO", file))
            disk.sync(new)
            new.rename(out)
        finally:
            new.unlink(missing_ok=True)
        disk.sync(out.parent)
    except OSError as error:
        raise PowkgError(f"the backup {out} cannot be written: {error.strerror or error}") from error
    return backup


def restore(backup: Path, directory: Path, *, replace: bool = False, wait: float = 0.0) -> Backup:
    """Make the store in a folder of a backup. Raises UsageError where it holds data, unless they are to be replaced.

    Raises PowkgError where the file is no whole backup, StoreError. Nothing has changed then.
    """
    told = _read(backup)
    with snapshot.writing(directory, wait, Kind.OWN) as publish:
        _refuse_to_lose(directory, replace=replace)

        def write(folder: Path) -> dict[str, str]:
            with gzip.open(backup) as lines:
                statements = loading.load_dump(cast("BinaryIO", lines), folder, told.empty_graphs)
            if statements != told.statements:
                raise StoreError(f"{backup} has {statements} statements, and says {told.statements}")
            return {"source": told.checksum}

        publish(secrets.token_hex(32), write)
    return told


class _Summing:
    """A file to write to that keeps the SHA-256 of what is written."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sum.update(data)
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing: whoever gave the file closes it."""


def _write(found: snapshot.Snapshot, file: BinaryIO) -> Backup:
    held = snapshot.hold(found)
    out = _Summing(file)
    out.write(f"# A backup of powkg, of version {found.version} of a store.\n".encode())
    statements, empty = loading.dump(found.data, cast("BinaryIO", out))
    del held
    for graph in empty:
        out.write(f"# graph <{graph}>\n".encode())
    checksum = out.sum.hexdigest()
    file.write(f"# end of the backup: {statements} statements, sha256 {checksum}\n".encode())
    return Backup(statements, empty, checksum)


def _read(backup: Path) -> Backup:
    """What a backup says of itself, held against what is in it."""
    try:
        with gzip.open(backup) as lines:
            return _check(backup, lines)
    except (OSError, EOFError, zlib.error) as error:
        raise PowkgError(f"{backup} cannot be read: {error}") from error


def _check(backup: Path, lines: Iterable[bytes]) -> Backup:
    found = hashlib.sha256()
    last = b""
    graphs = []
    for line in lines:
        found.update(last)
        last = line
        if match := _EMPTY.fullmatch(line):
            graphs.append(match[1].decode())
    end = _END.fullmatch(last)
    if end is None:
        raise PowkgError(f"{backup} is no whole backup: its last line does not say how much there is")
    if end[2].decode() != found.hexdigest():
        raise PowkgError(f"{backup} has been changed or damaged: its checksum is not that of what it holds")
    return Backup(int(end[1]), tuple(graphs), found.hexdigest())


def _refuse_to_lose(directory: Path, *, replace: bool) -> None:
    """Raise UsageError where the folder holds data that nobody said are to be replaced."""
    if not replace and snapshot.exists(directory):
        raise UsageError(
            f"the store in {directory} holds other data: serve them without --data and --empty, name another folder "
            "with --store, or give --replace to lose them"
        )


def _is_made_of(directory: Path, digest: str) -> bool:
    if snapshot.kind_of(directory) is not Kind.OWN or not snapshot.exists(directory):
        return False
    return bool(snapshot.current(directory).notes.get("source") == digest)


def _digest(files: Sequence[Path]) -> str:
    """The SHA-256 of formats and contents."""
    digest = hashlib.sha256()
    for file in files:
        content = hashlib.sha256()
        try:
            with file.open("rb") as opened:
                while piece := opened.read(_PIECE):
                    content.update(piece)
        except OSError as error:
            raise PowkgError(f"{file} cannot be read: {error.strerror}") from error
        digest.update(f"{loading.format_of(file).name}\n{content.hexdigest()}\n".encode())
    return digest.hexdigest()
