"""Sources read from the graph, proposed from a text, refreshed and written: what goes out comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from oden import TEXT, TITLE, sources_file, write_data
from powkg.dataset import read
from powkg.errors import DataError, PowkgError, UsageError
from powkg.inputs import find_inputs
from powkg.namespaces import DCTERMS, TERM, passage_label
from powkg.passages import fingerprint
from powkg.sources import Source, choose, propose, refresh, sources, write

CONTENT = TEXT.encode()


def stored(folder: Path, text: str | None = None) -> dict[str, Source]:
    """The sources of a data folder whose sources.trig is `text`."""
    write_data(folder, "")
    if text is not None:
        (folder / "graph" / "sources.trig").write_text(text, encoding="utf-8")
    dataset = read(find_inputs(folder))
    return sources(dataset.statements(), dataset.locate)


def test_proposal_has_a_passage_a_sentence() -> None:
    source = propose("oden", CONTENT, TITLE, whole={4})
    names = [passage_label(passage.iri) for passage in source.passages]
    assert names == ["p01s1", "p02s1", "p02s2", "p02s3", "p02s4", "p03s1", "p04s1"]
    for passage in source.passages:
        assert fingerprint(TEXT[passage.start : passage.end]) == (passage.words, passage.fingerprint)


def test_written_source_is_read_as_it_was(tmp_path: Path) -> None:
    source = stored(tmp_path)["oden"]
    assert source.title == TITLE
    assert source.entities(DCTERMS + "creator") == {"https://w3id.org/powkg/id/ada-holm"}
    reasons = {passage_label(p.iri): p.without_statements for p in source.passages if p.without_statements}
    assert reasons == {"p03s1": TERM + "question"}
    without = tuple(replace(passage, without_statements=None) for passage in source.passages)
    assert without == propose("oden", CONTENT, TITLE, whole={4}).passages
    assert stored(tmp_path / "again", write(source)) == {"oden": source}


def test_refresh_reproduces_the_file(tmp_path: Path) -> None:
    assert write(refresh(stored(tmp_path, sources_file())["oden"], CONTENT)) == write(stored(tmp_path / "b")["oden"])


def test_refresh_computes_what_positions_decide(tmp_path: Path) -> None:
    text = sources_file()
    wrong = text.replace("pow:words 6", "pow:words 60").replace('"Oden, paragraph 3', '"Odin, paragraph 3')
    assert wrong != text
    source = stored(tmp_path, wrong)["oden"]
    assert refresh(source, CONTENT) == stored(tmp_path / "right", text)["oden"]


def test_refresh_with_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="another SHA-256"):
        refresh(stored(tmp_path)["oden"], CONTENT + b" ")


def test_refresh_without_passages_is_refused() -> None:
    with pytest.raises(UsageError, match="no passages yet"):
        refresh(replace(propose("oden", CONTENT, TITLE), passages=()), CONTENT)


@pytest.mark.parametrize(
    ("place", "change", "message"),
    [
        (2, {"start": -9}, "overlaps"),
        (2, {"start": 9}, "leaves words out"),
        (6, {"end": -9}, "is the last, but words follow"),
        (1, {"end": -9}, "leaves words out"),
        (6, {"start": -40}, "no single paragraph"),
    ],
)
def test_refresh_names_a_position_that_is_wrong(place: int, change: dict[str, int], message: str) -> None:
    source = propose("oden", CONTENT, TITLE, whole={4})
    passage = source.passages[place]
    moved = replace(passage, start=passage.start + change.get("start", 0), end=passage.end + change.get("end", 0))
    passages = (*source.passages[:place], moved, *source.passages[place + 1 :])
    with pytest.raises(DataError, match=message):
        refresh(replace(source, passages=passages), CONTENT)


def test_refresh_names_a_passage_that_is_numbered_wrongly() -> None:
    source = propose("oden", CONTENT, TITLE)
    joined = replace(source.passages[1], end=source.passages[2].end)
    with pytest.raises(DataError, match="p02s3: the passage stands in sentence 2 of paragraph 2"):
        refresh(replace(source, passages=(source.passages[0], joined, *source.passages[3:])), CONTENT)


@pytest.mark.parametrize("name", ["Oden", "id", "date", "two words", "", "ō"])
def test_name_that_cannot_stand_in_an_iri_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be called"):
        propose(name, CONTENT, TITLE)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pow:words 6", "pow:words -6", "no whole number"),
        ("pow:words 6", "pow:words 6 , 7", "2 values of pow:words"),
        ("oa:start 0 ;", "", "0 values of oa:start"),
        ('pow:fingerprint "', 'pow:fingerprint "x', "not 64 hexadecimal"),
    ],
)
def test_wrong_description_is_reported_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = sources_file()
    assert old in text
    with pytest.raises(DataError, match=message) as caught:
        stored(tmp_path, text.replace(old, new, 1))
    assert caught.value.problems[0].file == "graph/sources.trig"
    assert caught.value.problems[0].line is not None


def test_unknown_source_names_the_known_ones(tmp_path: Path) -> None:
    known = stored(tmp_path)
    assert choose(known, "oden").name == "oden"
    with pytest.raises(UsageError, match="no source 'odin'; the graph has oden"):
        choose(known, "odin")


def test_literals_are_written_with_escapes(tmp_path: Path) -> None:
    source = propose("oden", CONTENT, 'The "Loss" \\ of\nOden')
    (title,) = {one.title for one in stored(tmp_path, write(source)).values()}
    assert title == 'The "Loss" \\ of\nOden'


def test_text_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(PowkgError, match="not UTF-8"):
        propose("oden", b"caf\xe9", TITLE)
