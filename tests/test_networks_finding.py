"""How entities are found by their names."""

from __future__ import annotations

import pytest

from ford import ford_store
from powkg.errors import UsageError
from powkg.namespaces import ID
from powkg.networks.finding import find_entity
from powkg.store import Store

BRANDT = ID + "otto-brandt"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return ford_store(tmp_path_factory.mktemp("ford"))


@pytest.mark.parametrize("name", ["otto-brandt", " id:otto-brandt ", f"<{BRANDT}>", BRANDT])
def test_entity_is_found_by_name_prefixed_name_and_iri(store: Store, name: str) -> None:
    assert find_entity(store, name) == BRANDT


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("otto-brand", "id:otto-brandt"),
        ("Otto Brant", "id:otto-brandt"),
        ("石の浅瀬", "id:stone-ford"),
        ("the fording", "id:crossing-of-the-ford"),
        ("id:stoneford", "id:stone-ford"),
        ("tower", "id:lonely-tower"),
    ],
)
def test_unknown_entity_is_wrong_use_and_names_the_nearest(store: Store, name: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"no entity .* did you mean {near}"):
        find_entity(store, name)


@pytest.mark.parametrize("name", ["", "zzzzzz", "pow:Person", "term:estimate", "bad iri", "<x>", "http://[", "id:"])
def test_what_is_no_entity_is_wrong_use(store: Store, name: str) -> None:
    with pytest.raises(UsageError, match="no entity"):
        find_entity(store, name)
