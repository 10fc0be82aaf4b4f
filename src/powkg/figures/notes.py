"""What stands around a figure: the key to its signs, numbered references, and where the data are from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

from powkg.entities.captions import best
from powkg.entities.names import Names
from powkg.entities.statements import Statements
from powkg.errors import UsageError
from powkg.figures.page import MARGIN, SMALL, WIDTH, Page, leading, text_width
from powkg.figures.words import words
from powkg.namespaces import BASE
from powkg.pictures.composition import VERSION_SHOWN
from powkg.pictures.palette import LICENCE
from powkg.terms import Queryable

ITS_OWN = "SELECT ?source { BIND(<https://w3id.org/powkg/source/dawsey> AS ?source) ?source a ?class } LIMIT 1"

SIGN = 9.0
"""The width of the room for a sign of a key, in millimetres."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_BETWEEN = 5.0

Sign = Callable[[Page, float, float], None]
"""Draws a sign on a page, from a left edge, about a height."""


def languages_of(languages: Sequence[str]) -> tuple[str, ...]:
    """The languages, each once. Raises UsageError where there is none or one is no language tag."""
    for language in languages:
        if not _LANGUAGE_TAG.fullmatch(language):
            raise UsageError(f"{language!r} is not a language: give a tag such as en, ja or ru")
    if not languages:
        raise UsageError("no language is given: give a tag such as en, ja or ru")
    return tuple(dict.fromkeys(languages))


def key(page: Page, items: Iterable[tuple[Sign, str]]) -> None:
    """Signs with their meaning, side by side in as many lines as they need."""
    x = MARGIN
    for draw, text in items:
        width = SIGN + text_width(text, SMALL)
        if x > MARGIN and x + width > WIDTH - MARGIN:
            x, page.y = MARGIN, page.y + 1.25 * leading(SMALL)
        middle = page.y + leading(SMALL) / 2
        draw(page, x, middle)
        page.text(x + SIGN, middle + 0.9, text, SMALL)
        x += width + _BETWEEN
    page.y += 1.25 * leading(SMALL)


@runtime_checkable
class _Versioned(Protocol):
    """What knows the version of its data, as a `Store` does."""

    version: str


def version_of(store: Queryable, version: str = "") -> str:
    """The version of the project's data: the one given, else the store's own; "" where the store holds other data."""
    if not version and isinstance(store, _Versioned):
        version = store.version
    return version if version and list(store.query(ITS_OWN)) else ""


def data_note(version: str, language: str) -> list[str]:
    """Which data a figure shows, its version shortened, and the licence; nothing of data that are not the project's."""
    return [words("data", language, version=version[:VERSION_SHOWN], address=BASE, licence=LICENCE)] if version else []


class References:
    """Numbers for the works that a figure rests on beside the text's passages, in the order in which they are cited."""

    def __init__(self, store: Queryable, language: str) -> None:
        self._names = Names(Statements(store))
        self._language = language
        self._numbers: dict[str, int] = {}
        self._cites_passages = False

    def cite(self, passages: Sequence[str], sources: Sequence[str]) -> str:
        """Passages by their names and sources by number: "p10s6, p14s2 [3]"."""
        self._cites_passages = self._cites_passages or bool(passages)
        numbers = [f"[{self._numbers.setdefault(source, len(self._numbers) + 1)}]" for source in sources]
        return " ".join(filter(None, (", ".join(passages), "".join(numbers))))

    def notes(self, with_works: str, passages_only: str) -> list[str]:
        """One paragraph that explains what was cited; `words` has its beginning under these keys."""
        works = [f"[{number}] {best(self._names.labels(iri), self._language)}" for iri, number in self._numbers.items()]
        if works:
            return [f"{words(with_works, self._language)} {'; '.join(works)}."]
        return [words(passages_only, self._language)] if self._cites_passages else []
