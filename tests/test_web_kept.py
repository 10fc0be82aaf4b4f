"""What is kept is of one version of the data, whole."""

from __future__ import annotations

from typing import cast

import pytest

from powkg.engine import Engine
from powkg.errors import EngineBusyError
from powkg.web.kept import Kept


class Versions:
    """An engine that says one version after the other, the last for ever."""

    def __init__(self, *versions: str) -> None:
        self.versions = list(versions)

    def last_version(self) -> str:
        return self.versions.pop(0) if len(self.versions) > 1 else self.versions[0]


def kept(*versions: str) -> tuple[Kept[int], list[int]]:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        return made[-1]

    return Kept(cast("Engine", Versions(*versions)), make), made


def test_it_is_made_once_for_a_version() -> None:
    value, made = kept("a")
    assert [value.get(), value.get()] == [("a", 0), ("a", 0)]
    assert made == [0]


def test_another_version_has_it_made_anew() -> None:
    value, _ = kept("a", "a", "b", "b")
    assert [value.get(), value.get()] == [("a", 0), ("b", 1)]


def test_what_two_versions_were_asked_for_is_thrown_away() -> None:
    value, made = kept("a", "b", "b", "b", "b")
    assert [value.get(), value.get()] == [("b", 1), ("b", 1)]
    assert made == [0, 1]


def test_it_gives_up_where_the_data_never_stand_still() -> None:
    value, made = kept(*map(str, range(100)))
    with pytest.raises(EngineBusyError):
        value.get()
    assert len(made) == 5


def test_what_cannot_be_made_is_tried_again() -> None:
    divisors = iter([0, 1])

    def make() -> int:
        return 7 // next(divisors)

    value = Kept(cast("Engine", Versions("a")), make)
    with pytest.raises(ZeroDivisionError):
        value.get()
    assert value.get() == ("a", 7)
