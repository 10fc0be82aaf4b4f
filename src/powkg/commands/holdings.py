"""What a server serves: the project's data, brought up to date, or one's own, loaded where that is asked for."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from powkg import child, snapshot
from powkg.commands.freshness import bring_up_to_date
from powkg.errors import UsageError
from powkg.settings import Settings
from powkg.snapshot import Kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for: files of RDF, or no data to begin with, or neither; and how to serve it."""

    files: tuple[Path, ...] = ()
    empty: bool = False
    replace: bool = False
    default_graph: str | None = None
    writable: bool = False

    @property
    def loads(self) -> bool:
        """Whether data of one's own are put into the store first."""
        return bool(self.files) or self.empty

    def refuse_misuse(self, settings: Settings, *, named: bool) -> None:
        """Raise UsageError for what does not go together; `named` says whether a folder for the store was given."""
        if self.files and self.empty:
            raise UsageError("--data and --empty do not go together: begin with the files or with nothing")
        if self.replace and not self.loads:
            raise UsageError("--replace goes with --data or --empty: it says that they replace what the store holds")
        own = self.loads or snapshot.kind_of(settings.store) is Kind.OWN
        if self.default_graph and not own:
            raise UsageError(
                "--default-graph is for data of your own: the project's are laid out for their own default graph"
            )
        if not self.writable:
            return
        if not own:
            raise UsageError(
                "--writable is for data of your own, and goes with --data or --empty and a --store: the project's data "
                "are changed in their files, and the next build would wipe what was written"
            )
        if not named:
            raise UsageError("--writable needs a --store: what is written has to be kept somewhere")
        if settings.token is None:
            raise UsageError(
                "--writable needs a token that those who write have to know: put one of at least 16 characters into "
                "the environment, as POWKG_TOKEN, such as that of `openssl rand -base64 24`"
            )


@contextmanager
def prepared(wanted: Wanted, settings: Settings, *, named: bool) -> Iterator[tuple[Settings, str]]:
    """The store made ready: the settings to serve it with, and a line about it. Raises PowkgError where it cannot be.

    Data of one's own without a folder for them are put into one that is removed at the end.
    """
    if not wanted.loads and snapshot.kind_of(settings.store) is not Kind.OWN:
        bring_up_to_date(settings)
        yield settings, f"The store in {settings.store} is up to date."
        return
    settings = dataclasses.replace(settings, own=True, union=wanted.default_graph == "union")
    if not wanted.loads:
        yield settings, f"The store in {settings.store} holds data of your own."
    elif named:
        yield settings, _load(wanted, settings.store)
    else:
        with _folder_for_now() as folder:
            yield dataclasses.replace(settings, store=folder), _load(wanted, folder)


def _load(wanted: Wanted, store: Path) -> str:
    """Load in another process, which has the query engine; the line that it says."""
    files = ["--empty"] if wanted.empty else ["--", *map(str, wanted.files)]
    replace = ["--replace"] if wanted.replace else []
    return child.run(["load", "--store", str(store), *replace, *files]).strip()


@contextmanager
def _folder_for_now() -> Iterator[Path]:
    """A folder that is removed at the end of the process that made it, and not of those that it starts."""
    folder, owner = Path(tempfile.mkdtemp(prefix="powkg-")), os.getpid()
    try:
        yield folder / "store"
    finally:
        if os.getpid() == owner:
            shutil.rmtree(folder, ignore_errors=True)
