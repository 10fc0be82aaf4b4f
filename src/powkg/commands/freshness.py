"""The store brought up to date before a command asks it."""

from __future__ import annotations

import click

from powkg import snapshot
from powkg.commands import child
from powkg.errors import StoreError
from powkg.inputs import find_inputs
from powkg.settings import Settings

WAIT = 60
"""How long to wait for another build of the same store, in seconds."""


def bring_up_to_date(settings: Settings) -> None:
    """Build the store where the data has changed since, and say so on standard error.

    Data of one's own are as they are. Whether the project's have changed is seen from the files' digest. The build runs
    in a process of its own, so that neither the libraries that read the data nor the query engine are loaded here.
    Raises PowkgError with what the build complains of.
    """
    if _is_current(settings):
        return
    click.echo(f"powkg: building the store in {settings.store}", err=True)
    child.run(["build", "--store", str(settings.store), "--wait", str(WAIT)], {"POWKG_DATA": str(settings.data)})


def _is_current(settings: Settings) -> bool:
    try:
        found = snapshot.current(settings.store)
        return found.kind is snapshot.Kind.OWN or found.digest == find_inputs(settings.data).digest
    except StoreError:  # none yet, or none that can be used: the build makes it or says why not
        return False
