"""The fonts of pictures: widths of text for the layout, and subsets to embed.

Both fonts come with Python packages, so that a picture needs no font of the system: DejaVu Sans with matplotlib
(Latin, Cyrillic), IPAexGothic with matplotlib-fontja (Japanese). They are found without importing matplotlib, which
takes a second.
"""

from __future__ import annotations

import base64
import importlib.util
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from powkg.errors import PowkgError

FAMILIES = "'powkg Sans', 'DejaVu Sans', 'powkg Gothic', IPAexGothic, 'Noto Sans CJK JP', 'Hiragino Sans', sans-serif"
"""The families to name in a style sheet: those embedded first, then what a computer may have."""

_KEPT_NAMES = [0, 13, 14]  # copyright, licence, address of the licence: they go with every copy of the font
_UNUSED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "MATH", "kern", "gasp", "FFTM", "vhea", "vmtx", "VORG"]


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """A font file, the name that it is embedded under, its weight in CSS, and the widths in em of its code points."""

    path: Path
    family: str
    weight: str
    widths: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts in the order in which they are asked for a character."""

    regular: tuple[Font, ...]
    bold: tuple[Font, ...]

    def files(self) -> list[str]:
        """The paths of all font files, each once."""
        return list(dict.fromkeys(str(font.path) for font in (*self.regular, *self.bold)))

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of a line of text in the unit of `size`."""
        return size * sum(self._advance(ord(character), bold=bold) for character in text)

    def wrap(self, text: str, size: float, limit: float, *, bold: bool = False) -> list[str]:
        """The text in as few lines as `limit` allows, of about one length; broken at spaces and in Japanese text."""
        lines = self._fill(text, size, limit, bold=bold)
        for tenths in range(9, 4, -1):
            narrower = self._fill(text, size, limit * tenths / 10, bold=bold)
            widest = max(self.width(line, size, bold=bold) for line in narrower)
            if len(narrower) > len(lines) or widest > limit * tenths / 10:
                break
            lines = narrower
        return lines

    def _fill(self, text: str, size: float, limit: float, *, bold: bool) -> list[str]:
        lines = [""]
        for part in _breakable(text):
            joined = lines[-1] + part
            if lines[-1] and self.width(joined.rstrip(), size, bold=bold) > limit:
                lines.append(part)
            else:
                lines[-1] = joined
        return [line.strip() for line in lines]

    def style_sheet(self, regular: str, bold: str) -> str:
        """`@font-face` rules that hold the glyphs of these texts, as WOFF in data URIs."""
        needed: dict[Font, set[int]] = {}
        for text, is_bold in ((regular, False), (bold, True)):
            for character in set(text):
                font = self.holding(character, bold=is_bold)
                if font is not None:
                    needed.setdefault(font, set()).add(ord(character))
        every = dict.fromkeys((*self.regular, *self.bold))
        return "".join(_face(font, needed[font]) for font in every if font in needed)

    def holding(self, character: str, *, bold: bool = False) -> Font | None:
        """The first font that has the character; None where none has."""
        fonts = self.bold if bold else self.regular
        return next((font for font in fonts if ord(character) in font.widths), None)

    def _advance(self, code: int, *, bold: bool) -> float:
        for font in self.bold if bold else self.regular:
            if code in font.widths:
                return font.widths[code]
        return 1.0


def load_fonts() -> Fonts:
    """The fonts of the installed packages. Raises PowkgError where a package or its font file is missing."""
    latin = _package("matplotlib") / "mpl-data" / "fonts" / "ttf"
    regular = _font(latin / "DejaVuSans.ttf", "powkg Sans", "400")
    bold = _font(latin / "DejaVuSans-Bold.ttf", "powkg Sans", "700")
    japanese = _font(_package("matplotlib_fontja") / "fonts" / "ipaexg.ttf", "powkg Gothic", "400 700")
    return Fonts((regular, japanese), (bold, japanese))


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise PowkgError(f"the Python package {name}, whose font pictures use, is not installed: install powkg again")
    return Path(spec.origin).parent


def _font(path: Path, family: str, weight: str) -> Font:
    if not path.is_file():
        raise PowkgError(f"the font {path} is missing: install its package again")
    with TTFont(path, lazy=True) as font:
        em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        widths = {code: advances[glyph][0] / em for code, glyph in font.getBestCmap().items()}
    return Font(path, family, weight, widths)


def _face(font: Font, codes: Iterable[int]) -> str:
    options = subset.Options(
        layout_features=[],
        name_IDs=_KEPT_NAMES,
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        drop_tables=_UNUSED_TABLES,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    # The time of writing would make every picture another file.
    with TTFont(font.path, lazy=True, recalcTimestamp=False) as embedded:
        subsetter.subset(embedded)
        embedded.flavor = "woff"
        data = io.BytesIO()
        embedded.save(data, reorderTables=False)
    encoded = base64.b64encode(data.getvalue()).decode("ascii")
    return (
        f"@font-face{{font-family:'{font.family}';font-weight:{font.weight};"
        f"src:url(data:font/woff;base64,{encoded}) format('woff')}}"
    )


def _breakable(text: str) -> Iterable[str]:
    """The text in pieces between which a line may end; put together they are the text."""
    piece = ""
    for character in text:
        if piece and _may_break(piece, character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _may_break(piece: str, after: str) -> bool:
    # A small kana, a long vowel, a closing mark or a separator stays with what stands before it, a date together, and
    # a number with the word beside it.
    before, spaced = piece[-1], piece[-2:-1]
    after_space = before == " " and not (
        (spaced.isdecimal() and after.isalpha()) or (spaced.isalpha() and after.isdecimal())
    )
    after_hyphen = before == "-" and not after.isdecimal()
    both_wide = before >= _FIRST_WIDE and after >= _FIRST_WIDE
    return (after_space or after_hyphen or both_wide) and after not in _CLINGING and before not in _OPENING


_FIRST_WIDE = "\u3000"
_OPENING = "（「『【"
_CLINGING = "·、。・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ）」』】"
