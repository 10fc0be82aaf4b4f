"""`powkg network`: links in a table, and files for other programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from ford import write_ford
from powkg.cli import group
from powkg.errors import PowkgError, UsageError
from powkg.namespaces import CLAIM, ID
from powkg.networks.exports import CSV_COLUMNS


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ford(tmp_path_factory.mktemp("ford"))


def powkg(data: Path, *arguments: str | Path) -> Result:
    environment = {"POWKG_DATA": str(data), "POWKG_STORE": str(data / "store")}
    return CliRunner().invoke(group, ["network", *map(str, arguments)], env=environment)


def links(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def ends(rows: list[dict[str, str]]) -> set[str]:
    return {row[end].removeprefix(ID) for row in rows for end in ("source", "target")}


def test_everything_is_listed_as_csv_outside_a_terminal(data: Path) -> None:
    rows = links(powkg(data))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert {"otto-brandt", "march-12", CLAIM + "ford/p02s1-estimate"} <= ends(rows)


def test_a_table_shows_names_and_passages(data: Path) -> None:
    result = powkg(data, "stone-ford", "--format", "table")
    assert any(line.startswith("Crossing of the Ford  ") for line in result.stdout.splitlines())
    assert all(text in result.stdout for text in ("where", "Stone Ford", "p01s1", "1 row"))
    assert ID not in result.stdout


def test_an_entity_has_its_neighbours_by_hops_and_limit(data: Path) -> None:
    assert ends(links(powkg(data, "stone-ford"))) == {"stone-ford", "crossing-of-the-ford"}
    assert len(ends(links(powkg(data, "stone-ford", "--hops", "2", "--limit", "3")))) == 4


def test_kinds_and_claims_can_be_left_out(data: Path) -> None:
    assert not any(end.startswith(CLAIM) for end in ends(links(powkg(data, "--without-claims"))))
    assert ends(links(powkg(data, "--kind", "event", "--kind", "place"))) == {"crossing-of-the-ford", "stone-ford"}
    near = ends(links(powkg(data, "otto-brandt", "--hops", "2", "--without-claims")))
    assert near
    assert not any(end.startswith(CLAIM) for end in near)
    assert ends(links(powkg(data, "crossing-of-the-ford", "--kind", "place"))) == {"crossing-of-the-ford", "stone-ford"}


def test_a_network_is_cut_to_a_date_and_projected(data: Path) -> None:
    assert "fall-of-the-bridge" in ends(links(powkg(data, "--when", "1945-08-09")))
    assert "fall-of-the-bridge" not in ends(links(powkg(data, "--when", "1999")))
    (row,) = links(powkg(data, "--project", "people-events"))
    assert (row["source"], row["target"]) == (ID + "crossing-of-the-ford", ID + "otto-brandt")


def test_what_a_slice_left_out_is_said_beside_the_list(data: Path) -> None:
    result = powkg(data, "--when", "1945-08-04")
    assert links(result)
    assert re.search(
        r"^powkg: note: the slice of 1945-08-04 left out \d+ dated nodes? and \d+ undated, .* since an end is unknown$",
        result.stderr,
        re.MULTILINE,
    )
    assert powkg(data).stderr == ""


def test_an_empty_list_says_that_nothing_is_left_and_what_was_asked_for_is_not(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "stone-ford", "--when", "1200")
    assert links(result) == []
    notes = result.stderr.splitlines()
    assert notes[:2] == ["powkg: note: nothing is left", "powkg: note: id:stone-ford is not in what is left"]
    assert notes[2].startswith("powkg: note: the slice of 1200 left out ")
    written = powkg(data, "stone-ford", "--project", "people", "--out", tmp_path / "none.gexf")
    assert "powkg: note: nothing is left" in written.stderr


def test_entities_without_links_are_said_to_have_none(data: Path) -> None:
    assert "powkg: note: no link is left, only 1 node\n" in powkg(data, "--kind", "cohort").stderr


def test_what_was_asked_for_may_be_cut_away_while_others_stay(data: Path) -> None:
    result = powkg(data, "stone-ford", "--hops", "2", "--project", "people-events")
    assert links(result)
    assert "powkg: note: id:stone-ford is not in what is left\n" in result.stderr
    assert "nothing is left" not in result.stderr


def test_labels_are_in_the_language_asked_for(data: Path) -> None:
    (row,) = links(powkg(data, "stone-ford", "--language", "ja"))
    assert (row["source_label"], row["property_label"], row["target_label"]) == ("浅瀬渡河作戦", "場所", "石の浅瀬")


@pytest.mark.parametrize("ending", ["graphml", "GEXF", "cyjs", "csv"])
def test_a_file_is_written_and_said(data: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"ford.{ending}"
    result = powkg(data, "stone-ford", "--out", out)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"Wrote {out}: 2 nodes, 1 link.\n"
    assert (ID + "stone-ford").encode() in out.read_bytes()


def test_a_file_says_which_texts_and_which_data_it_is_from(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "ford.cyjs"
    powkg(data, "--out", out)
    about = json.loads(out.read_text(encoding="utf-8"))["data"]
    assert about["dataset"] == "https://w3id.org/powkg/"
    assert len(about["data_version"]) == 64
    powkg(data, "--out", tmp_path / "ford.graphml", "--language", "ru")
    graph: Any = nx.read_graphml(tmp_path / "ford.graphml")
    assert graph.nodes[ID + "stone-ford"]["label"] == "Каменный брод"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--out", "ford.net"), "let its name end in .graphml, .gexf, .cyjs, .csv"),
        (("--hops", "2"), "--hops and --limit are about the neighbours of an entity"),
        (("--limit", "2"), "--hops and --limit are about the neighbours of an entity"),
        (("oto-brandt",), "did you mean id:otto-brandt?"),
        (("--out", "ford.csv", "--format", "csv"), "leave one away"),
        (("--project", "rivers"), "rivers"),
        (("--when", "someday"), "when: 'someday' is not a date: it is not written like one of 1945"),
        ((CLAIM + "ford/p02s1-estimate", "--without-claims"), "-estimate is a claim: leave --without-claims away"),
    ],
)
def test_wrong_use_is_refused(data: Path, arguments: tuple[str, ...], message: str) -> None:
    result = powkg(data, *arguments)
    assert isinstance(result.exception, UsageError)
    assert message in str(result.exception)


def test_a_folder_that_is_not_there_is_said(data: Path, tmp_path: Path) -> None:
    result = powkg(data, "--out", tmp_path / "none" / "ford.csv")
    assert isinstance(result.exception, PowkgError)
    assert "cannot be written: No such file or directory" in str(result.exception)
