from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from powkg.errors import DataError, StoreError, UsageError
from powkg.store.loading import dump, load, load_dump

TURTLE = "@prefix ex: <http://example.org/> .\nex:s ex:p _:b .\n"
TRIPLES = "<http://example.org/s> <http://example.org/p> _:b .\n"
RDFXML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://example.org/">
  <rdf:Description rdf:about="http://example.org/s"><ex:p rdf:nodeID="b"/></rdf:Description>
</rdf:RDF>
"""
JSONLD = '{"@id": "http://example.org/s", "http://example.org/p": {"@id": "_:b"}}'
IN_A_GRAPH = "<http://example.org/s> <http://example.org/p> _:b <http://example.org/g> .\n"
TRIG = "<http://example.org/g> { <http://example.org/s> <http://example.org/p> _:b }\n"

TEXTS = {
    "a.ttl": TURTLE,
    "a.nt": TRIPLES,
    "a.rdf": RDFXML,
    "a.owl": RDFXML,
    "a.xml": RDFXML,
    "a.jsonld": JSONLD,
    "a.json": JSONLD,
    "a.trig": TRIG,
    "A.NQ": IN_A_GRAPH,
}


def written(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    content = text.encode() if isinstance(text, str) else text
    file.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return file


def quads(folder: Path) -> list[str]:
    out = io.BytesIO()
    dump(folder, out)
    return sorted(out.getvalue().decode().splitlines())


@pytest.mark.parametrize("name", [*TEXTS, *(f"{name}.gz" for name in TEXTS)])
def test_every_format_is_read_by_its_ending(tmp_path: Path, name: str) -> None:
    file = written(tmp_path, name, TEXTS[name.removesuffix(".gz")])
    assert load([file], tmp_path / "store") == 1
    (line,) = quads(tmp_path / "store")
    assert line.startswith("<http://example.org/s> <http://example.org/p> _:")
    assert ("<http://example.org/g>" in line) == (TEXTS[name.removesuffix(".gz")] in {TRIG, IN_A_GRAPH})


def test_several_files_share_no_blank_node(tmp_path: Path) -> None:
    assert load([written(tmp_path, name, TEXTS[name]) for name in ("a.ttl", "a.nt", "a.nt")], tmp_path / "store") == 3


def test_a_relative_iri_is_resolved_against_the_address_of_its_file(tmp_path: Path) -> None:
    file = written(tmp_path, "a.ttl", '<x> <http://example.org/p> "" .')
    load([file], tmp_path / "store")
    assert quads(tmp_path / "store") == [f'<file://{tmp_path}/x> <http://example.org/p> "" .']


def test_of_no_file_an_empty_store_is_made(tmp_path: Path) -> None:
    assert load([], tmp_path / "store") == 0
    assert quads(tmp_path / "store") == []


@pytest.mark.parametrize("name", ["a", "a.csv", "a.gz", "a.csv.gz", "ttl", ".ttl.txt"])
def test_a_name_that_tells_no_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"ends with \.ttl, \.trig, .*, or that and \.gz"):
        load([written(tmp_path, "b.ttl", TURTLE), written(tmp_path, name, "")], tmp_path / "store")
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("name", "text", "line", "message"),
    [
        ("a.ttl", TURTLE + "ex:s ex:p .\n", 3, "it is not Turtle"),
        ("a.ttl.gz", TURTLE + "ex:s ex:p .\n", 3, "it is not Turtle"),
        ("a.nt", TRIPLES * 5 + "nonsense\n", 6, "it is not N-Triples"),
        ("a.trig", TRIG + "<http://example.org/g> {\n", 3, "it is not TriG"),
        ("a.nq", IN_A_GRAPH + "<a> <b> <c> .\n", 2, "it is not N-Quads"),
        ("a.jsonld", '{\n"@id": [\n}', 3, "it is not JSON-LD"),
        ("a.rdf", "<rdf:RDF", None, "it is not RDF/XML"),
        ("a.ttl", b"\xff", 1, "it is not Turtle"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_with_its_line(
    tmp_path: Path, name: str, text: str | bytes, line: int | None, message: str
) -> None:
    file = written(tmp_path, name, text)
    with pytest.raises(DataError) as caught:
        load([written(tmp_path, "good.nt", TRIPLES), file], tmp_path / "store")
    (problem,) = caught.value.problems
    assert (problem.check, problem.file, problem.line) == ("syntax", file.as_posix(), line)
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "content", [b"no gzip", gzip.compress(TRIPLES.encode() * 9)[:-9], b"\x1f\x8b\x08" + b"\0" * 30]
)
def test_a_packed_file_that_is_damaged_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.nt.gz").write_bytes(content)
    with pytest.raises(DataError, match=r"a\.nt\.gz: error \[syntax\]: it cannot be read"):
        load([tmp_path / "a.nt.gz"], tmp_path / "store")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for name in ("none.ttl", "none.ttl.gz"):
        with pytest.raises(DataError, match=rf"{name}: error \[syntax\]: it cannot be read: No such file"):
            load([tmp_path / name], tmp_path / "store")


def test_a_store_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be filled"):
        load([], tmp_path / "file" / "store")
    with pytest.raises(StoreError, match="cannot be filled"):
        load_dump(io.BytesIO(), tmp_path / "file", [])


def test_a_dump_makes_the_same_store_again_with_its_empty_graphs(tmp_path: Path) -> None:
    load([written(tmp_path, name, TEXTS[name]) for name in ("a.trig", "a.nt")], tmp_path / "store")
    graphs = ["http://example.org/empty", "http://example.org/too"]
    out = io.BytesIO()
    dump(tmp_path / "store", out)
    assert load_dump(io.BytesIO(out.getvalue()), tmp_path / "again", graphs) == 2
    again = io.BytesIO()
    assert dump(tmp_path / "again", again) == (2, tuple(graphs))
    assert again.getvalue().count(b"\n") == 2


def test_what_is_no_dump_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be filled"):
        load_dump(io.BytesIO(b"nonsense"), tmp_path / "store", [])
