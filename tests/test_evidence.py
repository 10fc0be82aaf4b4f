"""Passages as pictures name them."""

from __future__ import annotations

import pytest

from powkg.pictures.evidence import few, listed

PASSAGES = {"p10s2", "p02s1", "p10s11", "p10s1", "p12s1"}


def test_few_are_named_and_more_are_counted() -> None:
    assert few(("p01s1",)) == "p01s1"
    assert few(tuple(f"p0{number}s1" for number in range(1, 8))) == "p01s1, p02s1, p03s1, p04s1 +3"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "Passages of “Rolls”: paragraph 2, sentence 1; paragraph 10, sentences 1, 2, 11; paragraph 12, sentence 1.",
        ),
        ("ja", "典拠（『Rolls』）：第2段落第1文、第10段落第1・2・11文、第12段落第1文。"),
        (
            "ru",
            "Места в тексте «Rolls»: абзац 2, предложение 1; абзац 10, предложения 1, 2, 11; абзац 12, предложение 1.",
        ),
        (
            "de",
            "Passages of “Rolls”: paragraph 2, sentence 1; paragraph 10, sentences 1, 2, 11; paragraph 12, sentence 1.",
        ),
    ],
)
def test_all_are_listed_in_the_order_of_the_text(language: str, text: str) -> None:
    assert listed(PASSAGES, ["Rolls"], language) == text


def test_text_without_a_title_and_other_names_are_listed_too() -> None:
    assert listed({"p01s1", "preface"}, [], "en") == "Passages: paragraph 1, sentence 1; preface."
