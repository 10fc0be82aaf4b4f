"""Fingerprints of passages, and finding the passages of a source in a reader's own copy of its text.

Text comes in as strings or bytes, findings go out as plain objects; nothing is read from disk and no prose is kept.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from powkg.errors import PowkgError

WORD = re.compile(r"[^\W_]+")
LINE = re.compile(r"[^\r\n]+")

_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:[a-zA-Z]+|#\d+|#[xX][0-9a-fA-F]+);")
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|template)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<![^>]*>")
_INLINE = re.compile(
    "a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr",
    re.IGNORECASE,
)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][ \t]*(?:\r\n|\n|\r)[ \t]*(?=[^\W\d_])")

_MARKED_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


_NO_TEXTS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"PK\x03\x04", "a ZIP archive, as DOCX, ODT and EPUB documents are"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (DOC)"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
)
"""What files are that open with these bytes; people have the text that they look for in one of them."""


class Fingerprint(NamedTuple):
    """The number of words of a text and the SHA-256, in hexadecimal, of its normalised words."""

    words: int
    digest: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What the graph knows of one sentence of a source: where it stands and its fingerprint, never its words.

    `start` and `end` are code points of the file whose digest the source carries; `paragraph` and `sentence` count
    from 1; `without_statements` is the reason why the passage states nothing, as the IRI of a term.
    """

    iri: str
    label: str
    paragraph: int
    sentence: int
    start: int
    end: int
    words: int
    fingerprint: str
    without_statements: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and its words as the reader's copy prints them, from its first word to its last."""

    passage: Passage
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """Which passages a text has and which it lacks, both in the order of the source."""

    found: tuple[Found, ...]
    missing: tuple[Passage, ...]


def clean(text: str) -> str:
    """The text in Unicode form NFKC without format characters (soft hyphens, zero-width spaces, byte order marks)."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if unicodedata.category(character) != "Cf")


def words(text: str) -> list[str]:
    """The normalised words of a text: cleaned, in lower case, letters and digits only."""
    return WORD.findall(clean(text).lower())


def is_of_sentence(passage: str, subject: str) -> bool:
    """Whether a statement in a passage's graph, by its subject, says what the sentence says.

    The others are on the passage itself: what it describes without a name, and the words that it leaves out.
    """
    return subject != passage and not subject.startswith(passage + "#")


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a passage's text."""
    found = words(text)
    return Fingerprint(len(found), sha256(" ".join(found).encode()).hexdigest())


def decode(content: bytes, name: str = "the text") -> str:
    """The text of a file: UTF-8, or UTF-16 or UTF-32 that opens with a byte order mark. Newlines stay as they are.

    Raises PowkgError where it is something else, with the first byte that does not fit, or has no words. `name` is
    what the message calls the file.
    """
    for opening, kind in _NO_TEXTS:
        if content.startswith(opening):
            raise PowkgError(f"{name} is {kind}: save the text in it as a file of plain text, in UTF-8, and give that")
    encoding = next((marked for mark, marked in _MARKED_ENCODINGS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = (
            f"{name} is not {encoding.upper()}: byte {error.start + 1} (0x{content[error.start]:02x}), on line {line}, "
            "cannot be read; save the file as UTF-8 and try again"
        )
        raise PowkgError(message) from error
    if not content:
        raise PowkgError(f"{name} is empty: give the file that holds the source's text")
    if "\0" in text:
        position = text.index("\0") + 1
        raise PowkgError(f"{name} is not a text: character {position} is NUL; save the file as UTF-8 and try again")
    if not words(text):
        raise PowkgError(f"{name} has no words: give the file that holds the source's text")
    return text


def find(passages: Iterable[Passage], text: str) -> Report:
    """Look for passages in a reader's copy: plain text, or HTML pasted as text, with anything around it.

    All windows of each passage's word count are hashed. The normalised text is encoded once and a window is a slice of
    it, so 36 window lengths over 10,000 words take about 0.2 s; a window costs less than any test that could spare it.
    """
    wanted = list(passages)
    found: dict[str, Found] = {}
    for reading in _readings(text):
        for passage, excerpt in _occurrences(wanted, reading):
            found.setdefault(passage.iri, Found(passage, excerpt))
        if len(found) == len(wanted):
            break
    return Report(
        found=tuple(found[passage.iri] for passage in wanted if passage.iri in found),
        missing=tuple(passage for passage in wanted if passage.iri not in found),
    )


def misplaced(passages: Iterable[Passage], text: str) -> list[Passage]:
    """The passages whose position in the source's own file holds other words than their fingerprint says."""
    return [
        passage
        for passage in passages
        if fingerprint(text[passage.start : passage.end]) != (passage.words, passage.fingerprint)
    ]


def _readings(text: str) -> Iterator[str]:
    """The ways in which a pasted text may be meant: as HTML, as it stands, with words broken at line ends rejoined."""
    plain = [text]
    if _HTML.search(text):
        plain.insert(0, without_markup(text))
    for version in plain:
        yield version
        rejoined = _BROKEN_WORD.sub("", version)
        if rejoined != version:
            yield rejoined


def without_markup(text: str) -> str:
    """The text that a page of HTML shows: an inline tag joins what it stands between, any other parts it."""
    visible = _HIDDEN.sub("\n", text)
    return html.unescape(_TAG.sub(lambda tag: "" if _INLINE.fullmatch(tag[1] or "") else "\n", visible))


def _occurrences(wanted: list[Passage], text: str) -> Iterator[tuple[Passage, str]]:
    """Each passage that the text has, with its words there.

    Longer passages come first and what they occupy is closed to shorter ones, so a title is not found inside the
    sentence that repeats it; passages with the same words take their occurrences in the order of the source.
    """
    alike: defaultdict[int, defaultdict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in sorted(wanted, key=lambda passage: passage.start):
        alike[passage.words][passage.fingerprint].append(passage)
    # "İ" is the one letter that lower case makes longer: replaced, cased and lower text have the same positions.
    cased = clean(text).replace("İ", "i\u0307")
    matches = list(WORD.finditer(cased.lower()))
    spans = [match.span() for match in matches]
    encoded = [match[0].encode() for match in matches]
    joined = b" ".join(encoded)
    offsets = [0]
    for word in encoded:
        offsets.append(offsets[-1] + len(word) + 1)
    occupied = bytearray(len(spans))
    for count in sorted((count for count in alike if count > 0), reverse=True):
        taken: list[int] = []
        places = _places(joined, offsets, count, alike[count].keys())
        for digest, starts in places.items():
            free = [start for start in starts if not any(occupied[start : start + count])]
            for passage, start in zip(alike[count][digest], free, strict=False):
                yield passage, cased[spans[start][0] : spans[start + count - 1][1]]
            taken.extend(free)
        for start in taken:
            occupied[start : start + count] = b"\1" * count


def _places(joined: bytes, offsets: list[int], count: int, digests: Iterable[str]) -> dict[str, list[int]]:
    """The first words of all windows of `count` words whose SHA-256 is one of `digests`, by digest."""
    sought = {bytes.fromhex(digest): digest for digest in digests}
    places: dict[str, list[int]] = {digest: [] for digest in sought.values()}
    for first, (start, end) in enumerate(zip(offsets, offsets[count:], strict=False)):
        digest = sha256(joined[start : end - 1]).digest()
        if digest in sought:
            places[sought[digest]].append(first)
    return places


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The start and end of each paragraph: each line that is not empty, without the white space around it."""
    found = []
    for line in LINE.finditer(text):
        inner = line[0].strip().strip("\ufeff").strip()
        if inner:
            start = line.start() + line[0].index(inner)
            found.append((start, start + len(inner)))
    return found
