"""A sentence as words with their places, for what compares it with the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from powkg.passages import WORD, clean


class Token(NamedTuple):
    """A word as printed, and its place in the cleaned sentence."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """The word in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Prose:
    """A cleaned sentence and its words; `Prose.of` makes one from any text."""

    text: str
    tokens: tuple[Token, ...]

    @classmethod
    def of(cls, text: str) -> Prose:
        cleaned = clean(text)
        return cls(cleaned, tuple(Token(match[0], *match.span()) for match in WORD.finditer(cleaned)))

    def printed(self, first: int, last: int) -> str:
        """The text of the tokens from `first` up to, not including, `last`."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def gap(self, place: int) -> str:
        """What stands between a token and the one before it; before the first, what opens the sentence."""
        return self.text[self.tokens[place - 1].end if place else 0 : self.tokens[place].start]

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """The first token and the last, plus one, that touch the text between two places."""
        inside = [place for place, token in enumerate(self.tokens) if token.start < end and token.end > start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def occurrences(self, name: tuple[str, ...]) -> list[tuple[int, ...]]:
        """The tokens of each place where the words of a name stand: in a row, or the last of them shared with another.

        "Shared" is "northern and southern Korea" for "northern Korea": after the first words `and` or `or`, one word or
        two of the other name, then the last words.
        """
        size = len(name)
        found = []
        for start in range(len(self.tokens)) if size else ():
            if not _same(name[0], self.tokens[start].text):
                continue
            for apart in (0, 2, 3):
                for shared in range(1, size) if apart else (0,):
                    head = range(start, start + size - shared)
                    tail = range(head.stop + apart, head.stop + apart + shared)
                    if self._holds(name, [*head, *tail]) and (
                        not apart or self.tokens[head.stop].folded in ("and", "or")
                    ):
                        found.append((*head, *tail))
        return found

    def _holds(self, name: tuple[str, ...], places: list[int]) -> bool:
        """Whether the tokens at these places are the words of a name."""
        if places[-1] >= len(self.tokens):
            return False
        return all(_same(word, self.tokens[place].text) for word, place in zip(name, places, strict=True))


def _same(word: str, printed: str) -> bool:
    """Whether a word of a name is the printed word."""
    if len(word) > 1 and word.isupper():
        return word == printed
    return word.lower() == printed.lower()
