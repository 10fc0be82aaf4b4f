"""The store brought up to date before a command asks it."""

from __future__ import annotations

import click

from powkg.freshness import build_apart, is_current
from powkg.settings import Settings


def bring_up_to_date(settings: Settings) -> None:
    """Build the store where the data has changed since, and say so on standard error.

    Data of one's own are as they are. Whether the project's have changed is seen from the files' digest. Raises
    PowkgError with what the build complains of.
    """
    if not is_current(settings):
        click.echo(f"powkg: building the store in {settings.store}", err=True)
        build_apart(settings)
