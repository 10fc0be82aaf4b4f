"""Numbers in what the commands say."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural but for 1: "1 word", "86 passages"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
