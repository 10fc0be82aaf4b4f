from __future__ import annotations

import io

from powkg.progress import bars


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_what_is_done_and_how_far() -> None:
    out = Terminal()
    with bars(out) as tell:
        tell("betweenness", 0, 64)
        tell("betweenness", 64, 64)
        tell("communities", 0, 1)
    shown = out.getvalue()
    assert "betweenness" in shown
    assert "64/64" in shown
    assert "communities" in shown


def test_a_file_stays_empty() -> None:
    out = io.StringIO()
    with bars(out) as tell:
        tell("betweenness", 1, 64)
    assert out.getvalue() == ""
