"""The store brought up to date before a command asks it."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from powkg import snapshot
from powkg.errors import PowkgError, StoreError
from powkg.inputs import find_inputs
from powkg.settings import Settings

WAIT = 60
"""How long to wait for another build of the same store, in seconds."""


def bring_up_to_date(settings: Settings) -> None:
    """Build the store where the data has changed since, and say so on standard error.

    Whether it has is seen from the files' digest. The build runs in a process of its own, so that neither the libraries
    that read the data nor the query engine are loaded here. Raises PowkgError with what the build complains of.
    """
    if _is_current(settings):
        return
    click.echo(f"powkg: building the store in {settings.store}", err=True)
    built = subprocess.run(
        [sys.executable, "-P", "-m", "powkg", "build", "--store", str(settings.store), "--wait", str(WAIT)],
        env={**os.environ, "POWKG_DATA": str(settings.data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if built.returncode:
        reason = built.stderr.strip().removeprefix("powkg: ")
        raise PowkgError(reason or f"the build ended with status {built.returncode}")


def _is_current(settings: Settings) -> bool:
    try:
        return snapshot.current(settings.store).digest == find_inputs(settings.data).digest
    except StoreError:  # none yet, or none that can be used: the build makes it or says why not
        return False
