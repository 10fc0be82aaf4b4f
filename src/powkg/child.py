"""Another command of powkg, run in a process of its own, so that what it loads is not loaded here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

from powkg.errors import PowkgError, UsageError


def run(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What the command prints. Raises PowkgError or UsageError with what it complains of."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "powkg", *arguments],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip().removeprefix("powkg: ") or f"the {arguments[0]} ended with {done.returncode}"
        raise UsageError(reason) if done.returncode == UsageError.exit_code else PowkgError(reason)
    return done.stdout
