"""The notebooks run from top to bottom, and show what their stored copies show."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def shown(notebook: nbformat.NotebookNode) -> list[list[tuple[str, ...]]]:
    """For each cell of code, the kinds of what it shows."""
    return [
        [(output.output_type, *sorted(output.get("data", {}))) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def printed(notebook: nbformat.NotebookNode) -> list[str]:
    return [
        output.text
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream"
    ]


def test_there_are_three() -> None:
    assert [file.stem for file in NOTEBOOKS] == ["contested-figures", "first-steps", "who-connects-whom"]


@pytest.mark.parametrize("file", NOTEBOOKS, ids=[file.stem for file in NOTEBOOKS])
def test_a_notebook_runs_and_shows_what_its_copy_shows(
    file: Path, real_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWKG_STORE", str(real_folder))
    stored = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(stored)
    fresh = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    NotebookClient(fresh, timeout=300, kernel_name="python3", resources={"metadata": {"path": FOLDER}}).execute()
    assert shown(fresh) == shown(stored)
    assert printed(fresh) == printed(stored)
