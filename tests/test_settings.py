"""Settings: where they come from, and what is said of those that cannot be used."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from powkg.errors import UsageError
from powkg.settings import Settings, default_data_folder, mebibytes, seconds, secret, whole


def test_the_environment_names_folders_and_limits(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root = make_data()
    environment = {"POWKG_DATA": str(root), "POWKG_STORE": str(tmp_path / "s")}
    limits = {"POWKG_QUERY_TIMEOUT": "2.5", "POWKG_QUERY_MEMORY": "300"}
    settings = Settings.from_environment(environment)
    assert (settings.data, settings.store) == (root, tmp_path / "s")
    assert (settings.query_timeout, settings.query_memory) == (10, 1024)
    settings = Settings.from_environment(environment | limits)
    assert (settings.query_timeout, settings.query_memory) == (2.5, 300)


def test_a_request_may_ask_for_a_longer_time_up_to_a_most(make_data: Callable[..., Path]) -> None:
    def longest(**given: str) -> float:
        return Settings.from_environment({"POWKG_DATA": str(make_data()), **given}).longest_query

    assert longest() == 60
    assert longest(POWKG_QUERY_TIMEOUT="100") == 100
    assert longest(POWKG_QUERY_TIMEOUT_MAX="30") == 30
    with pytest.raises(UsageError, match="POWKG_QUERY_TIMEOUT_MAX is 5: give at least 10, as POWKG_QUERY_TIMEOUT does"):
        longest(POWKG_QUERY_TIMEOUT_MAX="5")


def test_the_environment_says_what_is_kept_noted_and_believed(make_data: Callable[..., Path]) -> None:
    environment = {"POWKG_DATA": str(make_data())}
    settings = Settings.from_environment(environment)
    assert (settings.cache, settings.log, settings.log_clients) == (64, None, False)
    assert (settings.slow_query, settings.proxies) == (None, 0)
    given = {"CACHE": "0", "LOG": "-", "LOG_CLIENTS": "1", "SLOW_QUERY": "0.5", "PROXIES": "2"}
    settings = Settings.from_environment(environment | {f"POWKG_{name}": value for name, value in given.items()})
    assert (settings.cache, settings.log, settings.log_clients) == (0, "-", True)
    assert (settings.slow_query, settings.proxies) == (0.5, 2)


@pytest.mark.parametrize("text", ["-1", "1.5", "many", "", "11", "٣", "1" * 20])
def test_numbers_that_cannot_be_used_are_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"^POWKG_PROXIES is '.*': give a whole number of proxies from 0 to 10$"):
        whole(text, "POWKG_PROXIES", "proxies", 10)


def test_options_go_before_the_environment(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root = make_data()
    environment = {"POWKG_DATA": str(tmp_path / "none"), "POWKG_STORE": str(tmp_path / "s")}
    settings = Settings.from_environment(environment, tmp_path / "t", root)
    assert (settings.data, settings.store) == (root, tmp_path / "t")


def test_without_either_the_project_s_own_data_are_taken() -> None:
    assert Settings.from_environment({"POWKG_DATA": ""}).data == default_data_folder()


def test_a_wrong_data_folder_is_told_with_what_named_it(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "half" / "graph").mkdir(parents=True)
    wrong = {
        "none": "none does not exist",
        "file": "file is no folder",
        "half": "half has no ontology/",
        "": f"{tmp_path.name} has no ontology/ and no graph/",
    }
    for name, state in wrong.items():
        reason = f"{state}; name the folder that holds ontology/, graph/ and queries/"
        with pytest.raises(UsageError, match=f"{reason} in POWKG_DATA$"):
            Settings.from_environment({"POWKG_DATA": str(tmp_path / name)})
        with pytest.raises(UsageError, match=f"{reason} with --data$"):
            Settings.from_environment({}, data=tmp_path / name)


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "1e7", "soon", ""])
def test_a_time_that_cannot_be_waited_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^--timeout is '.*': give a number of seconds above 0 and up to 1,000,000$"):
        seconds(text, "--timeout")


@pytest.mark.parametrize("text", ["0", "255", "-1", "1e3", "1G", "1000001", ""])
def test_memory_that_no_process_can_do_with_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^POWKG_QUERY_MEMORY is '.*': give a whole number of MiB from 256 to"):
        mebibytes(text, "POWKG_QUERY_MEMORY")


def test_the_token_is_taken_and_shown_nowhere(make_data: Callable[..., Path]) -> None:
    environment = {"POWKG_DATA": str(make_data())}
    token = "a-Token_of/24~letters+.=="  # noqa: S105
    settings = Settings.from_environment(environment | {"POWKG_TOKEN": token})
    assert settings.token == token
    assert token not in f"{settings!r}{settings}"
    assert Settings.from_environment(environment | {"POWKG_TOKEN": ""}).token is None


@pytest.mark.parametrize("text", ["short", "sixteen letters!", "with a space in it", "tööö-long-enough-1", "x" * 1001])
def test_a_token_that_no_header_carries_is_refused_unseen(text: str) -> None:
    with pytest.raises(UsageError, match="POWKG_TOKEN is no token") as caught:
        secret(text, "POWKG_TOKEN")
    assert text not in str(caught.value)


def test_the_pages_name_every_variable_and_no_other() -> None:
    root = Path(__file__).resolve().parents[1]
    pages = "".join((root / "docs" / page).read_text() for page in ("endpoint.md", "deployment.md"))
    rows = re.findall(r"^\| (`POWKG_[^|]*) \|", pages, re.MULTILINE)
    read = re.findall(r'"(POWKG_\w+)"', (root / "src" / "powkg" / "settings.py").read_text())
    assert {name for row in rows for name in re.findall(r"POWKG_\w+", row)} == set(read)
