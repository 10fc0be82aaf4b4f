from __future__ import annotations

from dataclasses import dataclass

from powkg.topics import TOPICS, by_topic


@dataclass(frozen=True)
class Thing:
    name: str
    topic: str


def test_things_are_grouped_in_the_order_of_the_topics_and_keep_their_own() -> None:
    b, a, c = Thing("b", "places"), Thing("a", "places"), Thing("c", "figures")
    assert list(by_topic(iter([b, a, c])).items()) == [(TOPICS["figures"], [c]), (TOPICS["places"], [b, a])]


def test_a_topic_without_a_thing_is_no_group() -> None:
    assert by_topic([]) == {}


def test_every_topic_has_a_heading_of_its_own() -> None:
    assert len(set(TOPICS.values())) == len(TOPICS)
