"""Names on a map keep out of each other's way."""

from __future__ import annotations

from itertools import combinations

from powkg.figures.labelling import Box, Marker, arrange

FRAME = Box(0.0, 0.0, 100.0, 100.0)


def test_a_name_alone_stands_to_the_right_of_its_marker() -> None:
    (spot,) = arrange([Marker(50.0, 50.0, 1.0)], [(10.0, 3.0)], FRAME)
    assert spot is not None
    assert spot.leader is None
    assert 51.0 < spot.box.left < 52.0
    assert (spot.box.top + spot.box.bottom) / 2 == 50.0


def test_names_of_a_crowd_do_not_meet_each_other_nor_a_marker() -> None:
    markers = [Marker(40.0 + x * 4, 40.0 + y * 4, 0.8) for x in range(4) for y in range(4)]
    spots = arrange(markers, [(14.0, 3.0)] * 16, FRAME)
    boxes = [spot.box for spot in spots if spot is not None]
    assert len(boxes) == 16
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert not any(box.meets(marker.box()) for box in boxes for marker in markers)
    assert any(spot is not None and spot.leader is not None for spot in spots)


def test_a_name_stays_in_the_frame_and_off_what_is_taken() -> None:
    taken = Box(90.0, 0.0, 100.0, 60.0)
    (spot,) = arrange([Marker(85.0, 50.0, 1.0)], [(12.0, 3.0)], FRAME, [taken])
    assert spot is not None
    assert spot.box.is_in(FRAME)
    assert not spot.box.meets(taken)


def test_a_name_without_room_is_none() -> None:
    assert arrange([Marker(50.0, 50.0, 1.0)], [(200.0, 3.0)], FRAME) == [None]


def test_only_the_first_markers_have_names() -> None:
    spots = arrange([Marker(50.0, 50.0, 1.0), Marker(55.0, 50.0, 1.0)], [(10.0, 3.0)], FRAME)
    assert len(spots) == 1
    assert spots[0] is not None
    assert not spots[0].box.meets(Marker(55.0, 50.0, 1.0).box(1.0))
