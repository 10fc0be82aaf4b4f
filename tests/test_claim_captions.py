"""Claims as one line."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powkg.entities.captions import LANGUAGES, Quantity
from powkg.entities.claim_captions import LONGEST, ClaimParts

HOLM = {"en": "Ada Holm", "ru": "Ада Хольм"}
REH = {"en": "T. B. Reh", "ja": "レー"}
RIDERS = {"en": "Riders of the Oden column"}
CROSSING = {"en": "Crossing of Lake Oden", "ja": "オーデン湖渡河"}
ESTIMATE = {"en": "estimate", "ja": "推計", "ru": "оценка"}
BOLD = {"en": "bold", "ja": "大胆", "ru": "смелый"}
ASSESSMENT = {"en": "assessment", "ja": "評価", "ru": "оценка"}
POSSIBLE = {"en": "possible", "ja": "可能性あり", "ru": "возможно"}

COUNTED = ClaimParts(
    "p02s1 riders", of=[RIDERS], quantity=Quantity(figure="2400"), circumstances=[ESTIMATE], claimants=[HOLM]
)
JUDGED = ClaimParts("p02s1 bold", ASSESSMENT, [CROSSING], said=[BOLD], circumstances=[POSSIBLE], claimants=[REH])
EXPLAINED = ClaimParts("p02s1 cause", causes=[CROSSING], effects=[RIDERS], claimants=[HOLM])


@pytest.mark.parametrize(
    ("claim", "english", "japanese", "russian"),
    [
        (
            COUNTED,
            "Riders of the Oden column: 2,400 · estimate · Ada Holm",
            "Riders of the Oden column: 2,400 · 推計 · Ada Holm",
            "Riders of the Oden column: 2\N{NO-BREAK SPACE}400 · оценка · Ада Хольм",
        ),
        (
            JUDGED,
            "Crossing of Lake Oden: bold · possible · T. B. Reh",
            "オーデン湖渡河: 大胆 · 可能性あり · レー",
            "Crossing of Lake Oden: смелый · возможно · T. B. Reh",
        ),
        (
            EXPLAINED,
            "Crossing of Lake Oden → Riders of the Oden column · Ada Holm",
            "オーデン湖渡河 → Riders of the Oden column · Ada Holm",
            "Crossing of Lake Oden → Riders of the Oden column · Ада Хольм",
        ),
        (
            replace(JUDGED, claimants=[HOLM], followed=[REH]),
            "Crossing of Lake Oden: bold · possible · Ada Holm (following T. B. Reh)",
            "オーデン湖渡河: 大胆 · 可能性あり · Ada Holm（典拠：レー）",
            "Crossing of Lake Oden: смелый · возможно · Ада Хольм (источник: T. B. Reh)",
        ),
    ],
)
def test_caption_says_of_what_what_and_by_whom(claim: ClaimParts, english: str, japanese: str, russian: str) -> None:
    assert [claim.caption(language) for language in LANGUAGES] == [english, japanese, russian]


@pytest.mark.parametrize(
    ("claim", "english"),
    [
        (ClaimParts("p02s1 riders"), "p02s1 riders"),
        (ClaimParts("p02s1 riders", ASSESSMENT), "p02s1 riders: assessment"),
        (ClaimParts("p02s1 riders", ASSESSMENT, claimants=[HOLM]), "p02s1 riders: assessment · Ada Holm"),
        (ClaimParts("p02s1 riders", ASSESSMENT, [RIDERS]), "Riders of the Oden column: assessment"),
        (ClaimParts("p02s1 riders", ASSESSMENT, said=[BOLD]), "bold"),
        (replace(COUNTED, quantity=Quantity()), "Riders of the Oden column · estimate · Ada Holm"),
        (replace(COUNTED, of=[], claimants=[]), "2,400 · estimate"),
        (replace(EXPLAINED, causes=[]), "… → Riders of the Oden column · Ada Holm"),
        (replace(EXPLAINED, effects=[]), "Crossing of Lake Oden → … · Ada Holm"),
        (
            replace(JUDGED, claimants=[], followed=[REH]),
            "Crossing of Lake Oden: bold · possible · (following T. B. Reh)",
        ),
    ],
)
def test_claim_with_missing_parts_still_has_a_caption(claim: ClaimParts, english: str) -> None:
    assert claim.caption("en") == english


def test_of_many_things_two_are_named_and_the_others_counted() -> None:
    claim = replace(JUDGED, of=[CROSSING, RIDERS, HOLM, REH], said=[BOLD, POSSIBLE])
    assert claim.caption("en") == (
        "Crossing of Lake Oden, Riders of the Oden column +2: bold, possible · possible · T. B. Reh"
    )


def test_topic_leaves_out_circumstances_and_claimants() -> None:
    assert COUNTED.topic("en") == "Riders of the Oden column (2,400)"
    assert EXPLAINED.topic("ja") == "オーデン湖渡河 → Riders of the Oden column"
    assert replace(JUDGED, of=[]).topic("en") == "bold"


def long(words: int) -> dict[str, str]:
    return {"en": " ".join(["Riders"] * words)}


@pytest.mark.parametrize(
    ("claim", "english"),
    [
        (replace(COUNTED, of=[long(20)]), f"{long(13)['en']}…: 2,400 · estimate · Ada Holm"),
        (
            replace(COUNTED, of=[long(8)], circumstances=[long(6)], followed=[long(3)]),
            f"{long(8)['en']}: 2,400 · {long(6)['en']} · Ada Holm",
        ),
        (
            replace(JUDGED, of=[long(8), CROSSING], circumstances=[long(10)]),
            f"{long(3)['en']}… +1: bold · {long(10)['en']} · T. B. Reh",
        ),
        (
            replace(JUDGED, of=[long(8), CROSSING], circumstances=[long(20)]),
            f"{long(2)['en']}… +1: bold · {long(11)['en']}… · T. B. Reh",
        ),
    ],
    ids=["names are cut", "who is followed is left out", "one of several is named", "words are cut"],
)
def test_long_caption_loses_what_is_needed_least(claim: ClaimParts, english: str) -> None:
    assert claim.caption("en") == english


texts = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=300)
labels = st.lists(st.fixed_dictionaries({"en": texts}, optional={"ja": texts, "ru": texts}), max_size=4)
claims = st.builds(
    ClaimParts,
    name=texts,
    of=labels,
    causes=labels,
    effects=labels,
    said=labels,
    circumstances=labels.map(lambda names: names[:2]),
    claimants=labels,
    followed=labels,
)


@given(claim=claims)
def test_caption_is_never_empty_and_never_too_long(claim: ClaimParts) -> None:
    for language in LANGUAGES:
        assert 0 < len(claim.caption(language)) <= LONGEST
