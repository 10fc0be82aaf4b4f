"""Whether a store is what the data's files say, and the build that makes it so."""

from __future__ import annotations

from powkg import child, snapshot
from powkg.errors import StoreError
from powkg.inputs import find_inputs
from powkg.settings import Settings

WAIT = 60
"""How long to wait for another build of the same store, in seconds."""


def is_current(settings: Settings) -> bool:
    """Whether the store can be asked as it is: it holds data of one's own, or was built from the files as they are."""
    try:
        found = snapshot.current(settings.store)
        return found.kind is snapshot.Kind.OWN or found.digest == find_inputs(settings.data).digest
    except StoreError:  # none yet, or none that can be used: the build makes it or says why not
        return False


def build_apart(settings: Settings) -> None:
    """Build the store in a process of its own, so that what the build needs is not loaded here.

    Raises PowkgError with what the build complains of.
    """
    child.run(["build", "--store", str(settings.store), "--wait", str(WAIT)], {"POWKG_DATA": str(settings.data)})
