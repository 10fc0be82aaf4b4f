"""Labels and kinds of entities and terms."""

from __future__ import annotations

import pytest

from ford import FACTS, ford_store
from powkg.entities.names import Names
from powkg.entities.statements import Statements
from powkg.namespaces import CLAIM, ID, POW, PROV, TERM

MORE = """
source:chronicle {
    id:stone-ford rdfs:label "Ford of Stones"@en .
    id:untagged rdfs:label "No language" .
}
ford:p04s1 {
    id:untagged a pow:Person , pow:Agent .
    id:outsider a <https://example.org/Thing> .
}
"""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return Names(Statements(ford_store(tmp_path_factory.mktemp("ford"), FACTS + MORE)))


def test_of_two_labels_in_one_language_the_first_in_the_alphabet_is_taken(names: Names) -> None:
    assert names.labels(ID + "stone-ford")["en"] == "Ford of Stones"


def test_label_without_a_language_counts_as_english(names: Names) -> None:
    assert names.labels(ID + "untagged") == {"en": "No language"}


def test_terms_have_their_labels(names: Names) -> None:
    assert names.labels(TERM + "estimate")["ru"] == "оценка"
    assert names.labels(POW + "commander")["ja"] == "指揮官"


def test_standard_terms_have_the_labels_of_the_ontology(names: Names) -> None:
    assert names.labels(PROV + "wasAttributedTo")["ja"] == "主張者・約束者"


def test_claims_have_the_labels_that_the_build_has_written(names: Names) -> None:
    assert names.labels(CLAIM + "ford/p02s1-captives") == {
        "en": "Captives of the Ford: 46,000 · list of names · The Realm",
        "ja": "Captives of the Ford: 46,000 · 名簿 · 王国",
        "ru": "Captives of the Ford: 46\N{NO-BREAK SPACE}000 · поимённый список · Держава",
    }


@pytest.mark.parametrize(
    ("iri", "label"), [(ID + "lost-river", "lost river"), (POW + "wentOver", "went over"), (ID, ID)]
)
def test_name_in_the_iri_stands_in_for_a_label(names: Names, iri: str, label: str) -> None:
    assert names.labels(iri) == {"en": label}


def test_kind_is_the_most_specific_class(names: Names) -> None:
    assert names.kind(ID + "untagged").class_iri == POW + "Person"
    assert names.kind(ID + "northern-column").class_iri == POW + "MilitaryUnit"
    assert names.kind(ID + "brandt-colonel").qualified


@pytest.mark.parametrize("name", ["outsider", "nobody"])
def test_what_is_of_no_known_class_is_of_the_last_family(names: Names, name: str) -> None:
    assert names.kind(ID + name).family == "other"
