"""Pictures as files and in Jupyter."""

from __future__ import annotations

from pathlib import Path

import pytest

from powkg.api.picture import Picture
from powkg.errors import PowkgError, UsageError


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def picture(asked: list[str]) -> Picture:
    def draw(form: str) -> bytes:
        asked.append(form)
        return f"<{form}/>".encode()

    return Picture(draw, "Harbin")


def test_it_is_drawn_once_for_each_format_that_is_asked_for(picture: Picture, asked: list[str]) -> None:
    assert asked == []
    assert picture.to_bytes() == picture.to_bytes("svg") == b"<svg/>"
    assert picture._repr_svg_() == "<svg/>"
    assert picture.to_bytes("pdf") == b"<pdf/>"
    assert asked == ["svg", "pdf"]


def test_the_ending_of_a_file_decides_its_format(picture: Picture, tmp_path: Path) -> None:
    file = picture.save(tmp_path / "harbin.PNG")
    assert file.read_bytes() == b"<png/>"
    with pytest.raises(UsageError, match=r"harbin\.jpg is in no known format: let its name end in \.svg, \.png, \.pdf"):
        picture.save(tmp_path / "harbin.jpg")
    with pytest.raises(UsageError, match="unknown picture format 'jpg': give one of svg, png, pdf"):
        picture.to_bytes("jpg")
    assert [path.name for path in tmp_path.iterdir()] == ["harbin.PNG"]


def test_a_file_that_cannot_be_written_is_told(picture: Picture, tmp_path: Path) -> None:
    with pytest.raises(PowkgError, match=r"none/a\.svg cannot be written: No such file"):
        picture.save(tmp_path / "none" / "a.svg")


def test_it_says_what_it_shows(picture: Picture) -> None:
    assert repr(picture) == "<picture: Harbin>"
