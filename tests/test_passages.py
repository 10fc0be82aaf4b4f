"""Fingerprints by their published vectors, and finding passages in copies that differ in all but their words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oden import TEXT, TITLE
from powkg.errors import PowkgError
from powkg.passages import Passage, decode, find, fingerprint, misplaced, paragraphs, without_markup, words
from powkg.sources import propose

PASSAGES = propose("oden", TEXT.encode(), TITLE, whole={4}).passages


def missing(text: str, passages: tuple[Passage, ...] = PASSAGES) -> list[str]:
    return [passage.label for passage in find(passages, text).missing]


@pytest.mark.parametrize(
    ("text", "count", "digest"),
    [
        (
            "Dr. A.B. O’Neil counted 1.6 to 1,700 well-known POWs.",
            14,
            "fe435d400044572a515408ce33a1092e95e41cbb35301b120768b86d55b014c2",
        ),
        (
            "In the spring—“late”, some say—they’d fed 600,000 mouths on ½ a ration",
            17,
            "a8927f1cf83ecf04da080dd8c49eca5a47e0b2177694a943d00c2ad417e511cc",
        ),
        (
            "日本から来た手紙は、Сове\u0301тский co\u00adoperation_log №7 に残る。",
            7,
            "a6b27efee8b92b69bb7c0afd3d98e514824036e122dee8d2e089ddb8b502c65a",
        ),
    ],
)
def test_fingerprint_of_the_published_vectors(text: str, count: int, digest: str) -> None:
    assert fingerprint(text) == (count, digest)


@given(st.text())
def test_fingerprint_follows_the_rule_for_any_text(text: str) -> None:
    folded = unicodedata.normalize("NFKC", text)
    kept = "".join(letter for letter in folded if unicodedata.category(letter) != "Cf").lower()
    listed = re.findall(r"[^\W_]+", kept)
    assert fingerprint(text) == (len(listed), hashlib.sha256(" ".join(listed).encode()).hexdigest())


@given(st.text(), st.text(min_size=1), st.text())
def test_any_passage_is_found_where_it_stands_alone(before: str, own: str, after: str) -> None:
    count, digest = fingerprint(own)
    passage = Passage("p", "p", 1, 1, 0, len(own), count, digest)
    found = find([passage], f"{before}\n{own}\n{after}").found
    assert len(found) == (1 if count else 0)
    assert all(fingerprint(one.text) == (count, digest) for one in found)


def test_whole_text_is_found_as_supplied() -> None:
    report = find(PASSAGES, TEXT)
    assert report.missing == ()
    assert [found.passage for found in report.found] == list(PASSAGES)
    assert misplaced(PASSAGES, TEXT) == []


def test_found_words_are_those_of_the_copy() -> None:
    (found,) = [one for one in find(PASSAGES, TEXT).found if one.passage.label.endswith("paragraph 3, sentence 1")]
    assert found.text == "What became of their horses"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace(" ", "\n"), id="a word a line"),
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="Windows newlines"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="old newlines"),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'), id="straight quotes"),
        pytest.param(lambda text: text.replace("winter", "win\u00adter"), id="soft hyphen"),
        pytest.param(lambda text: text.replace("winter", "win\u00ad\nter"), id="soft hyphen at a line end"),
        pytest.param(lambda text: text.replace("survivors", "sur-\r\n  vivors"), id="word broken at a line end"),
        pytest.param(lambda text: text.replace("thousand;", "thousand —"), id="dash for a semicolon"),
        pytest.param(lambda text: text.replace("2,400", "2\u200b,400"), id="zero-width space"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.upper(), id="capitals"),
        pytest.param(lambda text: f"Menu Home\n{text}\nShare this Next page", id="page around it"),
        pytest.param(lambda text: f"Menu Home {text.strip()} Share this", id="page around it without a break"),
        pytest.param(lambda text: text + text, id="twice"),
        pytest.param(
            lambda text: (
                "<html><style>p > a {}</style><p>" + text.replace("\n\n", "</p>\n<p class='x'>") + "</p></html>"
            ),
            id="HTML",
        ),
        pytest.param(
            lambda text: (
                text.replace("Lake", "<em>La</em>ke")
                .replace("’", "&rsquo;")
                .replace("1922", "<!-- a > b -->1922")
                .replace(" riders", '&nbsp;<a href="x">riders</a>')
            ),
            id="HTML inside words",
        ),
    ],
)
def test_copy_with_the_same_words_has_all_passages(change: object) -> None:
    assert callable(change)
    assert missing(change(TEXT)) == []


def test_text_about_tags_and_entities_is_found_as_it_stands() -> None:
    text = "The tag <b>bold</b> stands for &lt;b&gt; in this text."
    count, digest = fingerprint(text)
    assert missing(f"x {text} y", (Passage("p", "p", 1, 1, 0, len(text), count, digest),)) == []


def test_changed_and_lacking_sentences_are_missing() -> None:
    assert missing(TEXT.replace("2,400", "2,500")) == ["Oden, paragraph 2, sentence 1"]
    assert missing(TEXT.replace("What became of their horses?", "")) == ["Oden, paragraph 3, sentence 1"]
    assert missing("") == [passage.label for passage in PASSAGES]


def alike(*texts: str) -> tuple[Passage, ...]:
    joined = "\n".join(texts)
    return propose("alike", joined.encode(), "Alike", whole=range(1, 9)).passages


def test_short_passage_inside_a_longer_one_is_not_the_short_one() -> None:
    passages = alike("The ice broke", "They say that the ice broke early")
    assert missing("They say that the ice broke early.", passages) == ["Alike, paragraph 1, sentence 1"]
    assert missing("They say that the ice broke early. THE ICE BROKE", passages) == []


def test_equal_passages_need_as_many_places() -> None:
    passages = alike("Read more", "The ice broke", "Read more")
    assert missing("Read more. The ice broke.", passages) == ["Alike, paragraph 3, sentence 1"]
    assert missing("Read more. Read more. The ice broke.", passages) == []


def test_letter_that_lower_case_makes_longer_keeps_positions() -> None:
    passages = alike("İzmir ve İstanbul", "After it comes this")
    (first, second) = find(passages, "İİİ İzmir ve İstanbul! After it comes this.").found
    assert (words(first.text), second.text) == (words("İzmir ve İstanbul"), "After it comes this")


def test_misplaced_passage() -> None:
    moved = replace(PASSAGES[1], start=PASSAGES[1].start + 5)
    assert misplaced([PASSAGES[0], moved], TEXT) == [moved]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_is_decoded_with_its_newlines(encoding: str) -> None:
    assert decode("Żółw\r\n東".encode(encoding)).lstrip("\ufeff") == "Żółw\r\n東"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"one\ntwo \x92 three", r"copy\.txt is not UTF-8: byte 9 \(0x92\), on line 2"),
        (b"\xff\xfea", "copy.txt is not UTF-16: byte 3"),
        ("abc".encode("utf-16-le"), "not a text: character 2 is NUL"),
        (b"%PDF-1.7\n%\xe2\xe3", r"copy\.txt is a PDF: save the text in it as a file of plain text"),
        (b"{\\rtf1\\ansi words}", r"copy\.txt is an RTF document"),
        (b"PK\x03\x04word/document.xml", r"copy\.txt is a ZIP archive, as DOCX, ODT and EPUB"),
        (b"\x89PNG\r\n", r"copy\.txt is an image \(PNG\)"),
        (b"\x7fELF\x02\x01\x00\xff", r"copy\.txt is not UTF-8: byte 8 .*save the file as UTF-8"),
        (b"", r"copy\.txt is empty: give the file"),
        (b" \n\xe2\x80\x94 * ", r"copy\.txt has no words"),
    ],
)
def test_file_that_is_no_text_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(PowkgError, match=message):
        decode(content, "copy.txt")


def test_paragraphs_are_the_lines_with_more_than_white_space() -> None:
    text = "\ufeff  One two \r\n \u00a0 \n\nThree\rFour"
    assert [text[start:end] for start, end in paragraphs(text)] == ["One two", "Three", "Four"]


def test_markup_is_taken_away() -> None:
    page = "<h1>A</h1><script>if (a<b) {}</script><p title='x>y'>b<i>c</i> &amp; d<br/>e</p>"
    assert without_markup(page).split() == ["A", "bc", "&", "d", "e"]
