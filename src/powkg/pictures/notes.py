"""Notes of entities and links as short texts, and the reference works that these name, numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from powkg.entities.captions import best
from powkg.entities.facts import Note
from powkg.namespaces import POW
from powkg.pictures import evidence

_SPANS = ((POW + "began", POW + "ended"), (POW + "birthDate", POW + "deathDate"))


class Notes:
    """Writes the notes of one picture in one language; `words` are the labels of properties and sources by IRI.

    Without `evidence_shown` no passage is named.
    """

    def __init__(self, words: Mapping[str, Mapping[str, str]], language: str, *, evidence_shown: bool) -> None:
        self._words = words
        self._language = language
        self._evidence_shown = evidence_shown
        self._sources: dict[str, int] = {}

    def lines(self, notes: Sequence[Note]) -> list[str]:
        """The notes as texts, one a property: "1945-08-18 – 1945-09-01 [1]", "genre: report (p20s1)"."""
        by_property: dict[str, list[Note]] = defaultdict(list)
        for note in notes:
            by_property[note.property].append(note)
        texts = []
        for first, last in _SPANS:
            ends = [note for name in (first, last) for note in by_property[name]]
            if [note.property for note in ends] == [first, last] and _support(ends[:1]) == _support(ends[1:]):
                values = " – ".join(best(note.value(), self._language) for note in ends)
                texts.append(f"{values} {self._supported(ends)}".strip())
                del by_property[first], by_property[last]
        return texts + [
            f"{self._said(group)} {self._supported(group)}".strip() for group in by_property.values() if group
        ]

    def said(self, note: Note) -> str:
        """One note as a text, with its reference works but without its passages."""
        return f"{self._said([note])} {self._numbers(note.sources)}".strip()

    def works(self) -> str:
        """The reference works that have been named so far, "[1] A chronicle; [2] …"; "" where there are none."""
        named = (f"[{place}] {best(self._words[iri], self._language)}" for iri, place in self._sources.items())
        return "; ".join(named)

    def _said(self, notes: Sequence[Note]) -> str:
        values = ", ".join(best(note.value(), self._language) for note in notes)
        word = best(self._words[notes[0].property], self._language)
        return values if notes[0].property == POW + "when" else f"{word}: {values}"

    def _supported(self, notes: Sequence[Note]) -> str:
        passages, sources = _support(notes)
        if passages:
            return f"({evidence.few(passages)})" if self._evidence_shown else ""
        return self._numbers(sources)

    def _numbers(self, sources: Iterable[str]) -> str:
        """The numbers of reference works, "[1][2]"."""
        return "".join(f"[{self._sources.setdefault(source, len(self._sources) + 1)}]" for source in sources)


def _support(notes: Sequence[Note]) -> tuple[list[str], list[str]]:
    passages = sorted({passage for note in notes for passage in note.passages})
    return passages, sorted({source for note in notes for source in note.sources})
