"""Where a proposed passage begins and ends."""

from __future__ import annotations

import pytest

from powkg.sentences import split


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("They left. They came back! Why? Nobody knows…", 4),
        ("So says S.I. Kuznetsov in vol. 3, no. 2 of a journal.", 1),
        ("Gen. Moss and Dr. A. B. Reh left. Mrs. Reh stayed.", 2),
        ("It took 1.5 million tons. 46,000 came home.", 2),
        ("They went home (many only in the spring.) Others stayed.", 2),
        ("They went home (some. Others later) in the end. All did.", 2),
        ("“We left.” “Why?” “He said no.” Then silence.", 4),
        ("He said so, e.g. in one letter. That was all.", 2),
        ("Он писал И. В. Рою в 1945 г. Ответа не было. Он ждал.", 2),
        ("捕虜は帰った。手紙は「残る。」と言う。", 2),
        ("No stop at all", 1),
    ],
)
def test_sentences_of_a_paragraph(paragraph: str, expected: int) -> None:
    found = split(paragraph)
    assert len(found) == expected
    assert [one.sentence for one in found] == list(range(1, expected + 1))


def test_positions_hold_each_sentence_without_space_around_it() -> None:
    text = "  Title \r\n\r\nOne is here.  Two is there.\r\n"
    found = split(text)
    assert [text[one.start : one.end] for one in found] == ["Title", "One is here.", "Two is there."]
    assert [one.name for one in found] == ["p01s1", "p02s1", "p02s2"]


def test_whole_paragraph_is_one_passage() -> None:
    text = "A. Caption here. Of a picture.\nOne. Two."
    assert [one.name for one in split(text, whole={1})] == ["p01s1", "p02s1", "p02s2"]
