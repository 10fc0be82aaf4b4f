"""`powkg path`: chains of links in each format, and how it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ford import write_ford
from powkg.cli import group
from powkg.errors import PowkgError, UsageError
from powkg.namespaces import CLAIM, ID, POW


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ford(tmp_path_factory.mktemp("ford"))


def powkg(data: Path, *arguments: str) -> Result:
    environment = {"POWKG_DATA": str(data), "POWKG_STORE": str(data / "store")}
    return CliRunner().invoke(group, ["path", *arguments], env=environment)


def test_a_table_has_a_line_a_step_with_its_passages(data: Path) -> None:
    result = powkg(data, "stone-ford", "id:otto-brandt", "--format", "table")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "Stone Ford – Otto Brandt: 2 links\n"
        "  Stone Ford\n"
        "  ← where ─ Crossing of the Ford  p01s1\n"
        "  ─ commander → Otto Brandt  p01s1 p01s2\n"
    )


def test_claimed_steps_are_marked_and_can_be_left_out(data: Path) -> None:
    shown = powkg(data, "fall-of-the-bridge", "otto-brandt", "--format", "table").stdout
    assert shown.startswith("Fall of the Bridge – Otto Brandt: 2 links, 2 of which rest on a claim only\n")
    assert [line.endswith("  p02s1  (claim)") for line in shown.splitlines()[2:]] == [True, True]
    without = powkg(data, "fall-of-the-bridge", "otto-brandt", "--without-claims", "--format", "table").stdout
    assert without.startswith("Fall of the Bridge – Otto Brandt: 3 links\n")
    assert "(claim)" not in without


def test_several_paths_come_from_the_shortest_on(data: Path) -> None:
    blocks = powkg(data, "stone-ford", "otto-brandt", "--count", "3", "--format", "table").stdout.split("\n\n")
    lengths = [int(block.partition(": ")[2].split()[0]) for block in blocks]
    assert len(lengths) == 3
    assert lengths == sorted(lengths)


def test_csv_has_a_row_a_link_in_the_languages_asked_for(data: Path) -> None:
    arguments = ("stone-ford", "otto-brandt", "--language", "ru", "--language", "ja")
    first, *rows = csv.DictReader(io.StringIO(powkg(data, *arguments).stdout))
    assert first == {
        "path": "1",
        "step": "1",
        "from": ID + "stone-ford",
        "from_ru": "Каменный брод",
        "from_ja": "石の浅瀬",
        "property": POW + "where",
        "property_ru": "где",
        "property_ja": "場所",
        "direction": "backwards",
        "to": ID + "crossing-of-the-ford",
        "to_ru": "Переправа через брод",
        "to_ja": "浅瀬渡河作戦",
        "passages": "p01s1",
        "claimed": "no",
    }
    assert [row["direction"] for row in rows] == ["forwards"]


def test_json_has_everything(data: Path) -> None:
    arguments = ("fall-of-the-bridge", "otto-brandt", "--format", "json", "--language", "en")
    (path,) = json.loads(powkg(data, *arguments).stdout)["paths"]
    assert (path["links"], path["claimed"]) == (2, True)
    assert path["steps"][0]["from"] == {"iri": ID + "fall-of-the-bridge", "labels": {"en": "Fall of the Bridge"}}
    assert path["steps"][0]["to"]["iri"] == CLAIM + "ford/p02s1-cause"
    (link,) = path["steps"][0]["links"]
    assert (link["property"]["iri"], link["forwards"], link["passages"], link["claimed"]) == (
        POW + "effect", False, ["p02s1"], True
    )  # fmt: skip


def test_links_between_the_same_two_are_lines_of_one_step(tmp_path: Path) -> None:
    folder = write_ford(
        tmp_path,
        """ford:p01s1 { id:a a pow:Person ; rdfs:label "A"@en ; pow:memberOf id:b . }
           ford:p01s2 { id:b a pow:Organization ; rdfs:label "B"@en ; pow:leader id:a . }""",
    )
    assert powkg(folder, "a", "b", "--format", "table").stdout.splitlines()[2:] == [
        "  ─ member of → B  p01s1",
        "  ← led by ─ the same  p01s2",
    ]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("oto-brandt", "stone-ford"), UsageError, "did you mean id:otto-brandt?"),
        (("otto-brandt", "otto-brandt"), UsageError, "is both ends of the path"),
        (("otto-brandt", "lonely-tower"), PowkgError, "no path joins id:otto-brandt and id:lonely-tower"),
        (
            ("captives-of-the-ford", "claim:../ford/p02s1-estimate", "--without-claims"),
            UsageError,
            "no entity 'claim:../ford/p02s1-estimate'",
        ),
        (
            ("captives-of-the-ford", CLAIM + "ford/p02s1-estimate", "--without-claims"),
            PowkgError,
            "without claims; with them there is one of 1 link",
        ),
    ],
)
def test_what_is_not_to_be_found_is_said(
    data: Path, arguments: tuple[str, ...], error: type[PowkgError], message: str
) -> None:
    result = powkg(data, *arguments)
    assert type(result.exception) is error
    assert message in str(result.exception)


@pytest.mark.parametrize("option", [["--count", "0"], ["--format", "xml"], ["--language", "xx"]])
def test_options_out_of_range_are_wrong_use(data: Path, option: list[str]) -> None:
    assert powkg(data, "otto-brandt", "stone-ford", *option).exit_code == 2
