"""Who waits for a worker, and who comes next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from powkg.workers.lanes import Lanes, Waiter


def enter(lanes: Lanes, *, heavy: bool = False) -> Waiter:
    waiter = lanes.enter(heavy=heavy)
    assert waiter is not None
    return waiter


def test_of_new_queries_the_last_comes_first_and_of_heavy_ones_the_first() -> None:
    lanes = Lanes(10)
    new = [enter(lanes) for _ in range(3)]
    heavy = [enter(lanes, heavy=True) for _ in range(2)]
    assert [lanes.call(heavy=True) for _ in range(5)] == [*reversed(new), *heavy]
    assert all(waiter.served and waiter.called.is_set() for waiter in (*new, *heavy))
    assert lanes.call(heavy=True) is None


def test_a_heavy_query_comes_only_where_there_is_a_place_for_one() -> None:
    lanes = Lanes(10)
    heavy = enter(lanes, heavy=True)
    assert lanes.call(heavy=False) is None
    new = enter(lanes)
    assert lanes.call(heavy=True) is new
    assert lanes.call(heavy=True) is heavy


def test_who_comes_too_late_takes_the_place_of_a_heavy_one_or_of_the_longest_waiting() -> None:
    lanes = Lanes(2)
    first, heavy = enter(lanes), enter(lanes, heavy=True)
    second = enter(lanes)
    assert (first.refused, heavy.refused, second.refused) == (False, True, False)
    third = enter(lanes)
    assert (first.refused, second.refused, third.refused) == (True, False, False)
    assert first.called.is_set()
    assert not first.served
    assert lanes.enter(heavy=True) is None
    assert len(lanes) == 2
    assert Lanes(0).enter(heavy=False) is None


@given(st.lists(st.sampled_from(("new", "heavy", "call", "leave"))))
def test_nobody_is_lost_and_nobody_comes_twice(steps: list[str]) -> None:
    lanes = Lanes(4)
    waiting: list[Waiter] = []
    for step in steps:
        if step in {"new", "heavy"}:
            waiter = lanes.enter(heavy=step == "heavy")
            waiting += [waiter] if waiter else []
        elif step == "call":
            served = lanes.call(heavy=True)
            assert (served is None) == (not waiting)
            waiting = [waiter for waiter in waiting if waiter is not served]
        elif waiting:
            lanes.leave(waiting[0])
            lanes.leave(waiting.pop(0))
        waiting = [waiter for waiter in waiting if not waiter.refused]
        assert len(lanes) == len(waiting) <= 4
