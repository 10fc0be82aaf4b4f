"""Passages as a picture names them: a few under a link, all of them at its foot. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from powkg.entities.captions import best, pick
from powkg.pictures import palette

_SHOWN = 4
_NAME = re.compile(r"p(\d+)s(\d+)")
_SENTENCES: Mapping[str, tuple[str, str, str]] = {
    # one sentence of a paragraph, several, what stands between two of them
    "en": ("paragraph {}, sentence {}", "paragraph {}, sentences {}", ", "),
    "ja": ("第{}段落第{}文", "第{}段落第{}文", "・"),
    "ru": ("абзац {}, предложение {}", "абзац {}, предложения {}", ", "),
}
_BETWEEN = {"en": "; ", "ja": "、", "ru": "; "}
_QUOTED = {"en": "“{}”", "ja": "『{}』", "ru": "«{}»"}


def few(passages: Sequence[str]) -> str:
    """The first names, and how many more there are: "p01s1, p02s1, p03s1, p04s1 +3"."""
    more = len(passages) - _SHOWN
    shown = ", ".join(passages[:_SHOWN])
    return f"{shown} +{more}" if more > 0 else shown


def listed(passages: Collection[str], titles: Sequence[str], language: str) -> str:
    """All passages in the order of the text, "Passages of “Title”: paragraph 6, sentences 1, 3; …"."""
    places = pick(_BETWEEN, language).join(_places(passages, language))
    if not titles:
        return best(palette.PASSAGES_ALONE, language).format(list=places)
    texts = ", ".join(pick(_QUOTED, language).format(title) for title in titles)
    return best(palette.PASSAGES, language).format(text=texts, list=places)


def _places(passages: Collection[str], language: str) -> Iterable[str]:
    one, several, comma = pick(_SENTENCES, language)
    paragraphs: dict[int, set[int]] = defaultdict(set)
    others = set()
    for name in passages:
        if found := _NAME.fullmatch(name):
            paragraphs[int(found[1])].add(int(found[2]))
        else:
            others.add(name)
    for paragraph in sorted(paragraphs):
        sentences = sorted(paragraphs[paragraph])
        pattern = one if len(sentences) == 1 else several
        yield pattern.format(paragraph, comma.join(map(str, sentences)))
    yield from sorted(others)
