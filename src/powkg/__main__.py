"""`powkg`, and `python -m powkg`: the command line, which Ctrl-C ends with one word at any time.

Little is imported here, and the rest by `main`, since loading the libraries is most of a short command's time.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from types import FrameType

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""


def main() -> None:
    """Run the command line. Where SIGINT is ignored, as in a shell's background job, it stays so."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _abort)
    importlib.import_module("powkg.cli").main()


def _abort(_number: int, _frame: FrameType | None) -> None:
    if sys.stderr is not None:
        os.write(2, b"\nAborted!\n")
    raise SystemExit(INTERRUPTED)


if __name__ == "__main__":
    main()
