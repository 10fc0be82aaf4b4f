"""Settings: where they come from, and what is said of those that cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from powkg.errors import UsageError
from powkg.settings import Settings, default_data_folder, seconds


def test_the_environment_names_folders_and_the_time_limit(make_data: Callable[..., Path], tmp_path: Path) -> None:
    root = make_data()
    environment = {"POWKG_DATA": str(root), "POWKG_STORE": str(tmp_path / "s"), "POWKG_QUERY_TIMEOUT": "2.5"}
    settings = Settings.from_environment(environment)
    assert (settings.data, settings.store, settings.query_timeout) == (root, tmp_path / "s", 2.5)


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
