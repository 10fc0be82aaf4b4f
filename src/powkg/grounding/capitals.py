"""The capitalised names of an English sentence.

A word in the middle of a sentence is a name where it has a capital, unless it is one of the small words of a title. The
first word has its capital from its place: it counts where a capitalised word follows at once, or where it has a
capital inside another sentence, or is by itself the name of an entity.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from powkg.grounding.prose import Prose
from powkg.sentences import is_shortened

SMALL_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
        a about above according after against all also although among an and another any are as at be because been
        before below beneath between both but by can despite during each either every few for from had has have he her
        hers him his how however i if in into is it its just later least less like many may me more moreover most much
        must my neither no nor not of on once one only onto or other others our out over perhaps same several shall she
        since so some still such than that the their theirs them then there these they this those though through thus
        to too under unless until up upon us was we were what when where whether which while who whom whose why will
        with within without would yet you your
        """,
    )
)
_BEGINS = re.compile(r"\W*[.!?]\W*\s\W*")
_JOINS = re.compile(r"[\s.\-/&’']+")
_NEXT = re.compile(r"\s+|[-/]|\.\s*")


def capitalised(prose: Prose, place: int) -> bool:
    """Whether a token has a capital and is no small word; "US" is none, "Us" is one."""
    word = prose.tokens[place].text
    return word[0].isupper() and (word.lower() not in SMALL_WORDS or (len(word) > 1 and word.isupper()))


def begins(prose: Prose, place: int) -> bool:
    """Whether a token opens the sentence, or a part of a caption or entry after a stop."""
    if place == 0:
        return True
    return _BEGINS.fullmatch(prose.gap(place)) is not None and not is_shortened(prose.tokens[place - 1].text)


def inner_capitals(sentences: Iterable[Prose]) -> set[str]:
    """The capitalised words, in lower case, that stand inside one of the sentences."""
    return {
        token.folded
        for prose in sentences
        for place, token in enumerate(prose.tokens)
        if capitalised(prose, place) and not begins(prose, place)
    }


def is_name(prose: Prose, place: int, known: Collection[str]) -> bool:
    """Whether a token is a name or a part of one; `known` are the words, in lower case, that are names at any place."""
    if not capitalised(prose, place):
        return False
    if not begins(prose, place) or prose.tokens[place].folded in known:
        return True
    following = place + 1
    follows = following < len(prose.tokens) and _NEXT.fullmatch(prose.gap(following)) is not None
    return follows and capitalised(prose, following) and not begins(prose, following)


def runs(prose: Prose, places: list[int]) -> list[tuple[int, int]]:
    """Neighbouring tokens as one name: first and last, plus one. `places` are in order."""
    found: list[tuple[int, int]] = []
    for place in places:
        if found and found[-1][1] == place and _JOINS.fullmatch(prose.gap(place)) and not begins(prose, place):
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found


def is_initialism(word: str, name: tuple[str, ...]) -> bool:
    """Whether a word in capitals ("POW", "POWs") is made of the first letters of a name, small words aside or not."""
    letters = word.removesuffix("s")
    if len(letters) < 2 or not letters.isupper():
        return False
    every = "".join(part[0] for part in name).upper()
    main = "".join(part[0] for part in name if part.lower() not in SMALL_WORDS).upper()
    return letters in {every, main}
