"""Options that several commands have alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from powkg.entities.captions import LANGUAGES

Decorator = Callable[[Any], Any]


def languages_option(first: str, default: Sequence[str] = LANGUAGES) -> Decorator:
    """`--language`, repeatable, as `languages`; `first` says what the first of them is for."""
    return click.option(
        "--language",
        "languages",
        multiple=True,
        type=click.Choice(LANGUAGES),
        default=default,
        show_default=True,
        help=f"Language of labels; repeatable, {first}.",
    )
