"""Which words of a sentence are names."""

from __future__ import annotations

import pytest

from powkg.grounding.capitals import begins, inner_capitals, is_initialism, is_name, runs
from powkg.grounding.prose import Prose


def names(text: str, known: frozenset[str] = frozenset()) -> list[str]:
    prose = Prose.of(text)
    places = [place for place in range(len(prose.tokens)) if is_name(prose, place, known)]
    return [prose.printed(first, last) for first, last in runs(prose, places)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soldiers left for Port Sel, and Reh stayed.", ["Port Sel", "Reh"]),
        ("Port Sel fell.", ["Port Sel"]),
        ("The Marrow Guard of the North", ["Marrow Guard", "North"]),
        ("According to T. B. Reh and O’Neil", ["T. B. Reh", "O’Neil"]),
        ("Nobody knows. Everybody went to Oden. Rain fell.", ["Oden"]),
        ("So says Gen. Moss", ["Gen. Moss"]),
        ("Was it us or the US?", ["US"]),
        ("A war of the Oden-Sel line", ["Oden-Sel"]),
    ],
)
def test_names_of_a_sentence(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_first_word_is_a_name_where_it_has_a_capital_elsewhere() -> None:
    assert names("Riders left.") == []
    assert names("Riders left.", frozenset({"riders"})) == ["Riders"]


def test_capitals_inside_sentences_are_collected() -> None:
    sentences = [Prose.of("Riders of Oden left. Rain fell"), Prose.of("The Guard")]
    assert inner_capitals(sentences) == {"oden", "guard"}


def test_initial_does_not_begin_a_sentence() -> None:
    prose = Prose.of("He left. B. Reh stayed")
    assert [token.text for place, token in enumerate(prose.tokens) if begins(prose, place)] == ["He", "B"]


@pytest.mark.parametrize(
    ("word", "name", "expected"),
    [
        ("POWs", "prisoners of war", True),
        ("USA", "United States of America", True),
        ("GPR", "Guard of the Port", False),
        ("US", "United Nations", False),
        ("Us", "United States", False),
        ("U", "Union", False),
    ],
)
def test_initialism(word: str, name: str, *, expected: bool) -> None:
    assert is_initialism(word, tuple(name.split())) is expected
