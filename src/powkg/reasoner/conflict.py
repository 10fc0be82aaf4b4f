"""A smallest set of statements that cannot all be true, out of many. Pure: whether a set can be true, an oracle says.

The way is QuickXplain (Ulrich Junker, "QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained
Problems", AAAI 2004), with one change: the candidates are cut into many parts instead of two, since the oracle here
tells of a whole series of sets which of them is the first that cannot be true, at little more than the price of one.
As there, the result is minimal: it can be true as soon as any one of its members is taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

Oracle = Callable[[Sequence[Sequence[T]]], int | None]
"""The index of the first set of a series that cannot be true, None where all can. Raises OutOfTimeError."""

PARTS = 48
"""Into how many parts candidates are cut at a time."""


class OutOfTimeError(Exception):
    """The oracle gives no answer any more, for want of time or because it failed."""


@dataclass(frozen=True, slots=True)
class Conflict(Generic[T]):
    """Members that cannot all be true, in the order of the candidates; whether none of them can be spared."""

    members: tuple[T, ...]
    minimal: bool


def minimal_conflict(candidates: Sequence[T], oracle: Oracle[T]) -> Conflict[T] | None:
    """A minimal conflict among the candidates, None where all of them can be true.

    Of several, it is the one that the earliest candidates suffice for. Where the oracle runs out of time, what is not
    yet examined stays in, and `minimal` is false.
    """
    search = _Search(oracle)
    members = search.explain((), candidates)
    return None if members is None else Conflict(tuple(members), search.completed)


def first_in_conflict(groups: Sequence[Sequence[T]], oracle: Oracle[T]) -> list[T] | None:
    """The members of the first group that cannot be true by itself; None where every group can.

    Groups are asked about many at a time, together first, so that the oracle is asked few questions. Groups that cannot
    be true together, and each of which can, are passed over; the members of the fewest such groups that were asked
    about are the result where no group is found, or where the oracle runs out of time before.
    """
    together: list[T] | None = None
    ahead = [groups]
    while ahead:
        groups = ahead.pop()
        size = max(1, -(-len(groups) // PARTS))
        parts = [groups[start : start + size] for start in range(0, len(groups), size)]
        try:
            first = oracle([_joined(part) for part in parts])
        except OutOfTimeError:
            break
        if first is None:
            continue
        together = min(together or _joined(groups), _joined(parts[first]), key=len)
        if size == 1:
            return _joined(parts[first])
        ahead += [groups[size * (first + 1) :], parts[first]]
    return together


def _joined(groups: Sequence[Sequence[T]]) -> list[T]:
    """The members of all groups, each once."""
    return list(dict.fromkeys(member for group in groups for member in group))


class _Search(Generic[T]):
    def __init__(self, oracle: Oracle[T]) -> None:
        self._oracle = oracle
        self.completed = True

    def explain(self, background: Sequence[T], candidates: Sequence[T]) -> Sequence[T] | None:
        """The candidates that are needed beside the background for a conflict; None where all can be true."""
        if not candidates:
            return None
        size = -(-len(candidates) // PARTS)
        ends = [*range(0, len(candidates), size), len(candidates)]
        try:
            first = self._oracle([(*background, *candidates[:end]) for end in ends])
        except OutOfTimeError:
            self.completed = False
            return candidates
        if first is None:
            return None
        if first == 0:
            return ()
        before, last = candidates[: ends[first - 1]], candidates[ends[first - 1] : ends[first]]
        if len(last) > 1:
            last = self.explain((*background, *before), last) or ()
        rest = self.explain((*background, *last), before) or ()
        return (*rest, *last)
