"""What a network says of where it comes from."""

from __future__ import annotations

from powkg.namespaces import SOURCE
from powkg.networks.neighbourhood import neighbourhood
from powkg.networks.origin import with_origin
from powkg.store import Store


def test_texts_and_version_are_told(real_store: Store) -> None:
    plain = neighbourhood(real_store, "harbin")
    told = with_origin(plain, real_store, "abc")
    assert told.graph["texts"] == {SOURCE + "dawsey": {"en": "The Fate of Japanese POWs in Soviet Captivity"}}
    assert told.graph["version"] == "abc"
    assert list(told.nodes(data=True)) == list(plain.nodes(data=True))
    assert "texts" not in plain.graph
