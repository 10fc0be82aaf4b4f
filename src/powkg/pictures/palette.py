"""Colours, shapes and words of pictures.

The colours are those of Okabe & Ito (2008), which people with any common kind of colour blindness can tell apart; the
shape says the same once more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a family of entities is drawn: outline and fill as CSS colours, the name of the shape, its name in words."""

    outline: str
    fill: str
    shape: str
    words: Mapping[str, str]


STYLES: Mapping[str, Style] = {
    "person": Style("#0072b2", "#e0eff8", "pill", {"en": "person", "ja": "人物", "ru": "человек"}),
    "group": Style("#d55e00", "#fbe9dc", "rectangle", {"en": "group", "ja": "団体", "ru": "организация"}),
    "cohort": Style("#56b4e9", "#eaf6fd", "stack", {"en": "people counted", "ja": "数えられた人々", "ru": "когорта"}),
    "place": Style("#009e73", "#e0f3ee", "hexagon", {"en": "place", "ja": "場所", "ru": "место"}),
    "event": Style("#e69f00", "#fcf3e0", "octagon", {"en": "event", "ja": "出来事", "ru": "событие"}),
    "statement": Style("#cc79a7", "#f9eff4", "note", {"en": "statement", "ja": "言明", "ru": "высказывание"}),
    "other": Style("#767676", "#f4f4f4", "dashed", {"en": "other", "ja": "その他", "ru": "прочее"}),
}

INK = "#1a1a1a"
QUIET_INK = "#4d4d4d"
EVIDENCE_INK = "#6b6b6b"
LINE = "#8a8a8a"
LINE_OF_FOCUS = "#333333"

EVIDENCE: Mapping[str, str] = {
    "en": "p06s3 under a link: stated in paragraph 6, sentence 3 of the text",
    "ja": "関係の下のp06s3：本文の第6段落第3文に述べられている",
    "ru": "p06s3 под связью: сказано в абзаце 6, предложении 3 текста",
}
PASSAGES: Mapping[str, str] = {
    "en": "Passages of {text}: {list}.",
    "ja": "典拠（{text}）：{list}。",
    "ru": "Места в тексте {text}: {list}.",
}
PASSAGES_ALONE: Mapping[str, str] = {"en": "Passages: {list}.", "ja": "典拠：{list}。", "ru": "Места в тексте: {list}."}
REFERENCES: Mapping[str, str] = {
    "en": "Dates that the text does not give, from reference works:",
    "ja": "本文にない日付の参考資料：",
    "ru": "Даты, которых нет в тексте, из справочных источников:",
}
SHOWN: Mapping[str, str] = {
    "en": "The {shown} most relevant of {all} neighbours",
    "ja": "隣接する{all}件のうち関連の強い{shown}件",
    "ru": "Самые близкие соседи: {shown} из {all}",
}
FOLDED: Mapping[str, str] = {
    "en": "Neighbours: {shown} of {all} · drawn as links: {folded}",
    "ja": "隣接{all}件のうち{shown}件・関係として描いたもの{folded}件",
    "ru": "Соседи: {shown} из {all} · показано связями: {folded}",
}
NETWORK: Mapping[str, str] = {"en": "Network", "ja": "ネットワーク", "ru": "Сеть"}
NETWORK_OF: Mapping[str, str] = {"en": "Network: {parts}", "ja": "ネットワーク：{parts}", "ru": "Сеть: {parts}"}
COUNTED: Mapping[str, str] = {
    "en": "Entities: {entities} · links: {links}",
    "ja": "項目{entities}件・関係{links}件",
    "ru": "Объектов: {entities} · связей: {links}",
}
ALONE: Mapping[str, str] = {
    "en": "The text states no relation of it to anything else",
    "ja": "本文はほかとの関係を述べていない",
    "ru": "Текст не связывает это ни с чем другим",
}
LICENCE = "CC BY 4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
