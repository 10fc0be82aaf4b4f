"""`powkg claims`: questions, cohorts, claims and pairs of claims, in each format, and how it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from census import FACTS
from ford import write_ford
from powkg.claims.records import CLAIM_COLUMNS, RELATION_COLUMNS
from powkg.cli import group
from powkg.commands import claims as command
from powkg.errors import UsageError
from powkg.namespaces import CLAIM, ID

FORD = CLAIM + "ford/"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ford(tmp_path_factory.mktemp("census"), FACTS)


def powkg(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(group, ["claims", "--data", str(data), "--store", str(data / "store"), *arguments])


def test_every_question_is_listed_the_disputed_first(data: Path) -> None:
    result = powkg(data)
    assert result.exit_code == 0, result.output
    first, *blocks = result.stdout.split("\n\n")
    assert first == f"{len(blocks)} questions, 2 disputed."
    assert blocks[0].startswith(
        "DISPUTED  Captives of the Ford, as of April 1949, spring 1949\n  95,000 by The Realm; 285,000"
    )
    assert "- disjoint: 1 and 2 (3.16-fold)\n" in blocks[0] + "\n"
    assert [block.startswith("DISPUTED") for block in blocks].count(True) == 2


def test_a_claim_shows_its_figure_range_claimant_reserve_and_passages(data: Path) -> None:
    block = powkg(data, "dead").stdout.split("\n\n")[0]
    rows = {line[:1]: " ".join(line.split()) for line in block.splitlines() if line[:1].isdigit()}
    assert rows == {
        "1": "1 about 40,000 names (38,000 or more) The Realm list of names source:chronicle",
        "2": "2 46,000 (46,000 or more) The Realm list of names p01s1, p03s1",
        "3": "3 more than 2 × 46,000 (92,001 or more, worked out) Otto Brandt p01s1",
        "4": "4 about 100,000 (95,000 to 105,000) Otto Brandt following The Realm estimate, possible p01s1",
    }


@pytest.mark.parametrize("name", ["captives", "id:captives", ID + "captives"])
def test_a_cohort_is_shown_with_explanations(data: Path, name: str) -> None:
    shown = powkg(data, name).stdout
    assert "- disjoint: only 95,000 (official declaration, The Realm) and close to 300,000" in shown
    assert "\nPart of it: Dead of the Ford\n" in shown
    assert "\nIt is part of: People of the Ford" in shown
    assert "\nParts that exceed their whole:\n- Only 95,000" in shown
    assert "\nNot compared:\n" in shown


@pytest.mark.parametrize("pair", [("ford/names", "estimate"), (FORD + "estimate", FORD + "names")])
def test_two_claims_are_explained_in_whichever_order(data: Path, pair: tuple[str, str]) -> None:
    assert powkg(data, *pair).stdout.startswith("compatible: Dead of the Ford: 46,000 (list of names, The Realm) is a")


def test_two_unrelated_claims_are_explained_too(data: Path) -> None:
    assert powkg(data, FORD + "names", FORD + "march").stdout == (
        "incomparable: Scores (Otto Brandt) counts Guards and 46,000 (list of names, The Realm) counts "
        "Dead of the Ford: neither is declared to be part of the other, so the two are not compared.\n"
    )


def test_one_claim_is_held_against_the_others_conflicts_first(data: Path) -> None:
    kinds = [line.partition(":")[0] for line in powkg(data, FORD + "declared").stdout.splitlines()]
    assert kinds[:2] == ["disjoint", "disjoint"]
    assert set(kinds[2:]) == {"incomparable"}


def test_json_has_everything(data: Path) -> None:
    questions = json.loads(powkg(data, "--format", "json").stdout)["questions"]
    assert questions[0]["disputed"]
    assert questions[0]["cohort"] == {"iri": ID + "captives", "label": "Captives of the Ford"}
    cohort = json.loads(powkg(data, "captives", "--format", "json").stdout)
    assert set(cohort) == {"questions", "parts", "wholes", "conflicts", "not_compared"}
    (pair,) = json.loads(powkg(data, FORD + "names", FORD + "estimate", "-f", "json").stdout)["relations"]
    assert (pair["relation"], pair["fold"], pair["lower"]) == ("compatible", 2.17, FORD + "names")


def test_csv_has_a_row_a_claim_or_a_row_a_relation(data: Path) -> None:
    heading, *rows = csv.reader(io.StringIO(powkg(data, "dead", "--format", "csv").stdout))
    assert tuple(heading) == CLAIM_COLUMNS
    assert {row[0] for row in rows} == {"Dead of the Ford", "Captives of the Ford", "People of the Ford"}
    heading, row = csv.reader(io.StringIO(powkg(data, FORD + "names", FORD + "estimate", "-f", "csv").stdout))
    assert tuple(heading) == RELATION_COLUMNS
    assert dict(zip(heading, row, strict=True))["fold"] == "2.17"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (("captivs",), "no cohort and no claim 'captivs' in the store; did you mean captives?"),
        (("claim:nmes",), "did you mean names"),
        ((FORD + "march", FORD + "march"), "are the same claim; give two, or it alone"),
        (("otto-brandt",), "id:otto-brandt is no cohort with figures and no claim of one; powkg claims lists them"),
        (("id:qqqqqq",), "no entity 'id:qqqqqq' in the store"),
        (("dead", "twice"), "dead and twice are not both claims; give one cohort, or two claims"),
        (("names",), "names is the name of several claims; give one of chronicle/names, ford/names"),
        (("names", "twice", "estimate"), "3 names are given; give a cohort, a claim or two claims"),
    ],
)
def test_what_is_none_is_refused(data: Path, names: tuple[str, ...], message: str) -> None:
    result = powkg(data, *names)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)


def test_a_narrow_terminal_is_kept_to(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_width", lambda: 80)
    for arguments in ((), ("captives",), (FORD + "names",)):
        shown = powkg(data, *arguments).stdout
        assert max(map(len, shown.splitlines())) <= 80
        assert "\n  " in shown or arguments


def test_a_claim_that_stands_alone_is_said_to(tmp_path: Path) -> None:
    lonely = write_ford(
        tmp_path,
        """ford:p01s1 { id:dead a pow:Cohort ; rdfs:label "Dead"@en .
            claim:one a pow:QuantityClaim ; pow:cohort id:dead ; pow:figure 5 ; pow:atLeast 5 ; pow:atMost 5 ;
                pow:qualifier term:plain ; pow:unit term:persons ; pow:certainty term:stated . }""",
    )
    assert powkg(lonely, "one").stdout == "Nothing else is claimed of Dead.\n"
    assert powkg(lonely).stdout.startswith("1 question, 0 disputed.\n\nDead\n")
