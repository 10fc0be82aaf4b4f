"""What is shown of the claims of a store, as values and as records."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from census import FACTS
from ford import ford_store
from powkg.claims import records
from powkg.claims.views import Figures
from powkg.namespaces import CLAIM, ID, PASSAGE, SOURCE, TERM

FORD = CLAIM + "ford/"


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return Figures.read(ford_store(tmp_path_factory.mktemp("census"), FACTS))


def test_the_example_of_the_page_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "claims.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(example, {})  # noqa: S102  # the project's own page
    printed = capsys.readouterr().out
    assert printed.startswith("Japanese prisoners still held in spring 1949 95000 ")
    assert "\ncompatible 2.17" in printed


def test_disputed_questions_come_first_then_those_with_several_claims(figures: Figures) -> None:
    questions = figures.questions()
    assert [one.is_disputed for one in questions].index(False) == sum(one.is_disputed for one in questions)
    assert questions[0].cohort == ID + "captives"
    rest = [len(one.claims) > 1 for one in questions if not one.is_disputed]
    assert rest == sorted(rest, reverse=True)
    assert {one.cohort for one in figures.questions(ID + "dead")} == {ID + "dead"}


def test_a_cohort_is_shown_with_its_parts_its_wholes_and_why_others_are_not_compared(figures: Figures) -> None:
    around = figures.around(ID + "captives")
    assert {one.cohort for one in around.questions} == {ID + "captives"}
    assert {one.cohort for one in around.parts} == {ID + "dead", ID + "freed"}
    assert {one.cohort for one in around.wholes} == {ID + "people"}
    assert {(one.lower or one.first).iri for one in around.conflicts} == {FORD + "all"}
    assert "Captives of the Ford are part of People of the Ford: a part may be smaller than its whole." in (
        around.not_compared
    )
    assert any("the one is about spring 1949, the other 1947" in sentence for sentence in around.not_compared)
    assert not any("Guards" in sentence for sentence in around.not_compared)


def test_cohorts_with_a_common_whole_are_said_not_to_be_parts_of_each_other(figures: Figures) -> None:
    sentence = (
        "Dead of the Ford and Freed captives are not declared to be part of each other; "
        "both are part of Captives of the Ford and People of the Ford."
    )
    assert sentence in figures.around(ID + "dead").not_compared
    guards = figures.around(ID + "guards")
    assert (guards.parts, guards.wholes, guards.conflicts) == ((), (), ())


def test_a_claim_is_related_to_those_of_its_cohort_its_parts_and_wholes(figures: Figures) -> None:
    related = figures.of_claim(figures.claims[FORD + "names"])
    others = {iri for one in related for iri in (one.first.iri, one.second.iri)} - {FORD + "names"}
    assert {figures.claims[iri].cohort for iri in others} == {ID + "dead", ID + "captives", ID + "people"}
    assert len(related) == len(others) == 9


def test_the_record_of_a_claim(figures: Figures) -> None:
    record = records.claim_record(figures.claims[CLAIM + "chronicle/names"], figures.wording)
    assert record == {
        "claim": CLAIM + "chronicle/names",
        "cohort": {"iri": ID + "dead", "label": "Dead of the Ford"},
        "number": record["number"],
        "figure": 40000,
        "ratio": None,
        "ratio_to": None,
        "least": 38000,
        "most": 42000,
        "open_above": True,
        "worked_out": False,
        "without_range_because": None,
        "qualifier": {"iri": TERM + "about", "label": "about"},
        "unit": record["unit"],
        "methods": [{"iri": TERM + "list-of-names", "label": "list of names"}],
        "certainty": {"iri": TERM + "stated", "label": "stated"},
        "claimants": [{"iri": ID + "the-realm", "label": "The Realm"}],
        "follows": [],
        "based_on": [],
        "as_of": [],
        "reported_in": [SOURCE + "chronicle"],
    }
    without = records.claim_record(figures.claims[FORD + "reversed"], figures.wording)
    assert (without["least"], without["most"], without["open_above"]) == (None, None, False)
    assert without["without_range_because"] == "its least number is above its greatest"


def test_the_record_of_a_spread(figures: Figures) -> None:
    (spread,) = figures.questions(ID + "dead")
    record = records.spread_record(spread, figures.wording)
    assert {name: record[name] for name in ("disputed", "least", "most", "open_above", "fold")} == {
        "disputed": False,
        "least": 38000,
        "most": 105000,
        "open_above": True,
        "fold": 2.5,
    }
    assert record["lowest"] == [CLAIM + "chronicle/names"]
    assert record["highest"] == [FORD + "estimate"]
    assert [side["claims"] for side in record["sides"]] == [
        [CLAIM + "chronicle/names"],
        [FORD + "names"],
        [FORD + "twice", FORD + "estimate"],
    ]
    assert len(record["relations"]) == 6
    assert json.loads(json.dumps(record)) == record


def test_the_rows_have_the_columns_that_are_said(figures: Figures) -> None:
    for spread in figures.questions():
        for row in records.claim_rows(spread, figures.wording):
            assert len(row) == len(records.CLAIM_COLUMNS)
        for relation in spread.relations:
            assert len(records.relation_row(relation, figures.wording)) == len(records.RELATION_COLUMNS)
    (spread,) = figures.questions(ID + "dead")
    by_claim = {row[3]: row for row in records.claim_rows(spread, figures.wording)}
    names = dict(zip(records.CLAIM_COLUMNS, by_claim[FORD + "names"], strict=True))
    assert (names["open_above"], names["worked_out"], names["as_of"]) == ("yes", "no", "")
    assert names["reported_in"] == f"{PASSAGE}ford/p01s1; {PASSAGE}ford/p03s1"
