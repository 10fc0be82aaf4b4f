"""Labels for claims, and for what else the files leave without one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from ford import FACTS, PREFIXES, write_ford
from powkg.dataset import read
from powkg.entities.captions import LANGUAGES
from powkg.entities.claim_captions import LONGEST
from powkg.entities.labels import IN_CLAIM_LABELS, missing_labels
from powkg.inputs import find_inputs
from powkg.namespaces import CLAIM, ID, POW
from powkg.store import fill

MORE = """
ford:p04s1 {
    id:untagged a pow:Person ; pow:participant id:lost-river .
    claim:p04s1-causes a pow:CauseClaim ; pow:effect id:fall-of-the-bridge ; pow:motive term:revenge ;
        pow:cause id:crossing-of-the-ford , id:march-01 , id:stone-ford ; prov:wasAttributedTo id:untagged .
    claim:p04s1-share a pow:QuantityClaim ; pow:cohort id:captives-of-the-ford ; pow:ratio 0.5 ;
        pow:qualifier term:just-under ; pow:ratioTo claim:p02s1-estimate ; prov:wasAttributedTo id:otto-brandt ;
        pow:follows id:the-realm .
    claim:p04s1-astounding a pow:Assessment ; pow:about claim:p04s1-share ; pow:ascribed term:astounding ;
        pow:certainty term:left-open .
    claim:p04s1-in-a-circle a pow:Assessment ; pow:about claim:p04s1-in-a-circle ; pow:ascribed term:brutal .
    claim:p04s1-of-itself a pow:QuantityClaim ; pow:ratio 2 ; pow:ratioTo claim:p04s1-of-itself .
    claim:p04s1-people a pow:Assessment ; pow:about id:crossing-of-the-ford , id:otto-brandt ;
        pow:ascribed term:long , term:brutal .
    claim:p04s1-word a pow:Assessment ; pow:about id:stone-ford ; pow:ascribed "wide"@en ; pow:extent 3 .
    claim:p04s1-texts a pow:QuantityClaim ; pow:about "a ford, perhaps" ; pow:ratio 2 ; pow:ratioTo "it" ;
        pow:qualifier "say" ; pow:unit _:boats ; prov:wasAttributedTo "a voice"@en .
    claim:p04s1-empty a pow:FoodClaim ; pow:comparedWith claim:p04s1-nowhere .
    claim:p04s1-named a pow:Assessment ; pow:about id:stone-ford .
}
source:chronicle {
    id:untagged rdfs:label "No language" .
    claim:p04s1-named rdfs:label "The ford is a ford"@en .
    claim:p05s1-elsewhere a pow:QuantityClaim ; pow:cohort id:captives-of-the-ford ; pow:figure 7 .
}
"""


@pytest.fixture(scope="module")
def labels(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    """The labels that are missing in the invented graph, by entity and language."""
    dataset = read(find_inputs(write_ford(tmp_path_factory.mktemp("ford"), FACTS + MORE)))
    return {(node, language): text for node, language, text in missing_labels(fill(dataset.statements(), "1"))}


@pytest.mark.parametrize(
    ("claim", "english"),
    [
        ("p02s1-captives", "Captives of the Ford: 46,000 · list of names · The Realm"),
        ("p02s1-estimate", "Captives of the Ford: about 100,000 · spring 1949 · estimate · possible · Otto Brandt"),
        ("p02s1-cause", "Crossing of the Ford → Fall of the Bridge · offered · Otto Brandt"),
        ("p04s1-causes", "Crossing of the Ford, march 01 +1 → Fall of the Bridge · revenge · No language"),
        ("p04s1-share", "Captives of the Ford: just under 0.5 × about 100,000 · Otto Brandt (following The Realm)"),
        ("p04s1-astounding", "Captives of the Ford (just under 0.5 × about 100,000): astounding · left open"),
        ("p04s1-in-a-circle", "p04s1 in a circle (brutal): brutal"),
        ("p04s1-of-itself", "2 × 2 ×"),
        ("p04s1-people", "Otto Brandt, Crossing of the Ford: brutal, long"),
        ("p04s1-word", "Stone Ford: wide · 3"),
        ("p04s1-texts", "a ford, perhaps: say 2 × · a voice"),
        ("p04s1-empty", "p04s1 empty: food claim"),
        ("p04s1-nowhere", "p04s1 nowhere"),
        ("p05s1-elsewhere", "Captives of the Ford: 7"),
    ],
)
def test_label_says_what_is_claimed_of_what_and_by_whom(
    labels: Mapping[tuple[str, str], str], claim: str, english: str
) -> None:
    assert labels[CLAIM + "ford/" + claim, "en"] == english


def test_claims_have_labels_in_the_languages_that_the_files_give_none_in(
    labels: Mapping[tuple[str, str], str],
) -> None:
    languages: dict[str, set[str]] = {}
    for node, language in labels:
        languages.setdefault(node, set()).add(language)
    named = CLAIM + "ford/p04s1-named"
    assert languages.pop(named) == {"ja", "ru"}
    claims = {node: found for node, found in languages.items() if node.startswith(CLAIM)}
    assert len(claims) == 14
    assert all(found == set(LANGUAGES) for found in claims.values())
    assert labels[named, "ja"] == "石の浅瀬: 評価"


def test_other_entities_have_an_english_label_where_the_files_give_none(
    labels: Mapping[tuple[str, str], str],
) -> None:
    others = {node.removeprefix(ID): text for (node, _), text in labels.items() if node.startswith(ID)}
    assert others["lost-river"] == "lost river"
    assert others["untagged"] == "No language"
    assert "stone-ford" not in others
    assert "yalta-conference" not in others  # an example of the ontology
    assert {language for node, language in labels if node.startswith(ID)} == {"en"}


def test_labels_do_not_depend_on_the_order_of_the_files(labels: Mapping[tuple[str, str], str], tmp_path: Path) -> None:
    root = write_ford(tmp_path, MORE + FACTS)
    (root / "graph" / "ford.trig").rename(root / "graph" / "a.trig")
    (root / "graph" / "z.trig").write_text(PREFIXES + FACTS, encoding="utf-8")
    statements = sorted(read(find_inputs(root)).statements(), key=repr, reverse=True)
    again = [*missing_labels(fill(statements, "1"))]
    assert again == [(node, language, text) for (node, language), text in labels.items()]


def test_nothing_is_missing_twice(labels: Mapping[tuple[str, str], str], tmp_path: Path) -> None:
    root = write_ford(tmp_path, FACTS + MORE)
    written = "".join(f'<{node}> rdfs:label "{text}"@{language} .\n' for (node, language), text in labels.items())
    (root / "graph" / "labels.trig").write_text(f"{PREFIXES}source:labels {{ {written} }}", encoding="utf-8")
    assert [*missing_labels(fill(read(find_inputs(root)).statements(), "1"))] == []


def test_labels_are_short(labels: Mapping[tuple[str, str], str]) -> None:
    assert all(0 < len(text) <= LONGEST for text in labels.values())


def test_labels_say_figures_and_reserve_and_leave_links_to_the_graph() -> None:
    assert {POW + "figure", POW + "certainty", POW + "method"} <= IN_CLAIM_LABELS
    assert IN_CLAIM_LABELS.isdisjoint({POW + "cohort", POW + "cause", POW + "follows"})
