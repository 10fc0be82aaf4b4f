"""A claim as one line: what is claimed, of whom or what, and by whom, in English, Japanese and Russian. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from powkg.entities.captions import Labels, Quantity, best, pick

LONGEST = 120
"""The most characters of a caption."""

_FOLLOWING: Mapping[str, str] = {"en": "{} (following {})", "ja": "{}（典拠：{}）", "ru": "{} (источник: {})"}
_SHORT_NAME = 28
_SHORTEST_NAME = 20
_SHORTEST_WORD = 6
_LISTED = 2


@dataclass(frozen=True, slots=True)
class ClaimParts:
    """What a claim's caption is made of; each list in the order in which it is read.

    `of` are the things or people that something is said of. A cause claim has `causes` and `effects` instead.
    `circumstances` are date, extent, method, reserve and the like, `followed` those on whose authority a claimant
    speaks. `name` and `kind`, the claim's class, stand in where nothing is said.
    """

    name: str
    kind: Labels = field(default_factory=dict)
    of: Sequence[Labels] = ()
    causes: Sequence[Labels] = ()
    effects: Sequence[Labels] = ()
    said: Sequence[Labels] = ()
    quantity: Quantity | None = None
    circumstances: Sequence[Labels] = ()
    claimants: Sequence[Labels] = ()
    followed: Sequence[Labels] = ()

    def caption(self, language: str) -> str:
        """The claim in at most 120 characters: "Captives of the Ford: about 100,000 · estimate · Otto Brandt".

        What has no label in the language has the English one. Where it would be longer, the names of what is spoken
        of are cut first, the words that say what is claimed last.
        """
        written = (self._written(language, way) for way in _ways())
        return next((text for text in written if len(text) <= LONGEST), self._written(language, _BRIEFEST))

    def topic(self, language: str) -> str:
        """The claim as something that is spoken of, by nobody in particular: "Captives of the Ford (about 100,000)"."""
        subject, said = self._head(language, _FULLEST)
        return f"{subject} ({said})" if subject and said else subject or said

    def _written(self, language: str, way: _Way) -> str:
        head = ": ".join(filter(None, self._head(language, way)))
        circumstances = (_shortened(best(labels, language), way.word) for labels in self.circumstances)
        who = _list(self.claimants, language, way.word, way.listed)
        if self.followed and way.followed:
            followed = _list(self.followed, language, way.word, way.listed)
            who = pick(_FOLLOWING, language).format(who, followed).strip()
        return " · ".join(filter(None, (head, *circumstances, who)))

    def _head(self, language: str, way: _Way) -> tuple[str, str]:
        """Of whom or what, and what; "" for what is not said."""
        of, causes, effects = (
            _list(names, language, way.name, way.listed) for names in (self.of, self.causes, self.effects)
        )
        said = self.quantity.caption(language) if self.quantity else ""
        said = _shortened(said, way.word) or _list(self.said, language, way.word, way.listed)
        if causes or effects:
            return f"{causes or '…'} → {effects or '…'}", said
        if said:
            return of, said
        return of or _shortened(self.name, way.name), _shortened(best(self.kind, language), way.word)


class _Way(NamedTuple):
    """How long a name and any other word may be, how many of a list are named, and whether those followed are."""

    name: int
    word: int
    listed: int
    followed: bool


_FULLEST = _Way(LONGEST, LONGEST, _LISTED, followed=True)
_BRIEFEST = _Way(_SHORTEST_WORD, _SHORTEST_WORD, 1, followed=False)


def _ways() -> Iterator[_Way]:
    """The ways to write a caption, the fullest first."""
    for listed, followed, shortest in (
        (_LISTED, True, _SHORT_NAME),
        (_LISTED, False, _SHORT_NAME),
        (1, False, _SHORTEST_NAME),
    ):
        for name in range(LONGEST, shortest - 1, -1):
            yield _Way(name, LONGEST, listed, followed)
    for word in range(LONGEST, _SHORTEST_WORD, -1):
        yield _Way(min(word, _SHORTEST_NAME), word, 1, followed=False)


def _list(names: Sequence[Labels], language: str, longest: int, listed: int) -> str:
    """The first names, each cut to a length, and how many more there are: "Battle of Saipan, Battle of Tarawa +3"."""
    shown = ", ".join(_shortened(best(labels, language), longest) for labels in names[:listed])
    return f"{shown} +{len(names) - listed}" if len(names) > listed else shown


def _shortened(text: str, longest: int) -> str:
    """The text, cut at the end of a word where it is longer."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    last = kept.rfind(" ")
    if text[longest - 1] != " " and last > longest // 2:
        kept = kept[:last]
    return kept.rstrip(" ,;:–(") + "…"
