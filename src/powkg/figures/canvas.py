"""Matplotlib without its global state: one lock, the settings of its own defaults, and the fonts that figures use.

Every use of matplotlib runs in `defaults()`, so neither the style of a notebook changes a figure nor a figure that
style. Matplotlib's settings are those of the whole process while they are in force; the lock keeps the threads of a
server apart.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, fontManager

from powkg.pictures.fonts import Fonts, load_fonts

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "path",  # text as outlines: alike everywhere
    "svg.hashsalt": "powkg",  # or every file would have other identifiers
    "pdf.fonttype": 42,  # TrueType fonts, embedded in part: text can be searched and copied
    "text.hinting": "none",  # letters as wide in a PNG as in a PDF, and as they are measured
}
_OF_THE_PROGRAM = ("backend", "interactive", "toolbar", "webagg", "tk.", "macosx", "savefig.directory", "timezone")
_lock = threading.RLock()


@contextmanager
def defaults() -> Iterator[None]:
    """Matplotlib's own defaults with this package's settings, for one thread at a time; afterwards all is as before."""
    names: list[Any] = [name for name in mpl.rcParamsDefault if not name.startswith(_OF_THE_PROGRAM)]
    with _lock, mpl.rc_context({**{name: mpl.rcParamsDefault[name] for name in names}, **_SETTINGS}):
        yield


@cache
def fonts() -> Fonts:
    """The fonts that text is measured with; they are made known to matplotlib, which then finds them by name.

    Only by name does matplotlib look for each character in one font after the other.
    """
    loaded = load_fonts()
    known = {entry.fname for entry in fontManager.ttflist}
    for path in loaded.files():
        if path not in known and "DejaVu" not in path:
            fontManager.addfont(path)
    return loaded


def font(text: str, size: float, *, bold: bool = False) -> FontProperties:
    """The fonts of a text, `size` in points: DejaVu Sans for Latin and Cyrillic, IPAexGothic for Japanese.

    IPAexGothic has no bold weight, so a text that needs it is not bold.
    """
    known = fonts()
    if bold and all(ord(character) in known.bold[0].widths for character in text):
        return FontProperties(family=["DejaVu Sans"], size=size, weight="bold")
    return FontProperties(family=["DejaVu Sans", "IPAexGothic"], size=size)
