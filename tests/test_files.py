"""Files that are written for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from powkg.errors import PowkgError, UsageError
from powkg.files import form_of, write


def test_the_ending_names_the_format_in_any_case() -> None:
    assert form_of(Path("a.SVG"), ("svg", "png")) == "svg"
    for wrong in ("a.doc", "a", "svg", "a.svg.gz"):
        with pytest.raises(UsageError, match=r"is in no known format: let its name end in \.svg, \.png"):
            form_of(Path(wrong), ("svg", "png"))


def test_a_file_is_written_or_the_reason_is_told(tmp_path: Path) -> None:
    assert write(tmp_path / "a", b"x").read_bytes() == b"x"
    with pytest.raises(PowkgError, match="cannot be written: Is a directory"):
        write(tmp_path, b"x")
