from __future__ import annotations

from pathlib import Path

import pytest

from powkg.errors import DataError
from powkg.expected import Table, read, write

ROWS = [["Joseph Stalin", "1945-02-04"], ["", 'says "no", twice'], ["東條", ""]]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text(write(["name", "from_when"], ROWS), encoding="utf-8")
    assert read(path) == Table(path, ("name", "from_when"), ROWS)
    path.write_bytes(b"\xef\xbb\xbfname,when\r\nA,1\r\n")
    assert read(path) == Table(path, ("name", "when"), [["A", "1"]])
    path.write_bytes(b"")
    assert read(path) == Table(path, (), [])


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"\n", 1, "the first line names the columns"),
        (b"a,a\n1,2\n", 1, "the first line names the columns of the answer, each once"),
        (b"a,\n1,2\n", 1, "'' is no name of a column"),
        (b"?a,b\n", 1, "'?a' is no name of a column"),
        (b"a,b\n1,2\n1\n", 3, "the row has 1 cells and must have 2"),
        (b"a,b\n\n1,2\n", 2, "the row has 0 cells and must have 2"),
        (b'a,b\n1,"2\n3"\n', 2, "a cell holds a line break"),
        (b'a,b\n1,2\n"x"y,2\n', 3, "it is not CSV"),
        (b'a,b\n1,"2', 2, "it is not CSV"),
        (b"a\n\xff\n", None, "it cannot be read"),
    ],
)
def test_what_is_no_table_is_named_with_its_line(
    tmp_path: Path, content: bytes, line: int | None, message: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as caught:
        read(path)
    (found,) = caught.value.problems
    assert (found.check, found.file, found.line) == ("query-header", path.as_posix(), line)
    assert message in found.message
