"""The named questions as the pages show them: the query with its title and description as comments, and its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Self

from flask import url_for

from powkg.queries import Question
from powkg.topics import by_topic

WIDTH = 90
"""Of the comments, in characters."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question, ready to run."""

    name: str
    title: str
    topic: str
    text: str
    parameters: dict[str, str]

    @classmethod
    def of(cls, question: Question) -> Self:
        said = [line for part in (question.title, question.description) for line in wrap(part, WIDTH)]
        query = [line for line in question.text.splitlines() if not line.startswith("#+")]
        text = "\n".join([*(f"# {line}" for line in said), *query]).strip() + "\n"
        return cls(question.name, question.title, question.topic, text, question.parameters)

    def address(self, given: Mapping[str, str] | None = None) -> str:
        """Where the form runs it, with its own values where none are given."""
        parameters = {**self.parameters, **(given or {})}
        values: dict[str, Any] = {f"${name}": value for name, value in parameters.items() if value}
        return url_for("sparql.endpoint", query=self.text, **values)


def examples(questions: Iterable[Question]) -> tuple[Example, ...]:
    """The examples of the questions, in their order."""
    return tuple(Example.of(question) for question in questions)


def topics(shown: Iterable[Example]) -> dict[str, list[Example]]:
    """The examples by the heading of their topic, within it by title."""
    return by_topic(sorted(shown, key=lambda example: example.title))
