"""The words of figures in English, Japanese and Russian, and the colours of kinds of event."""

from __future__ import annotations

from collections.abc import Mapping

from powkg.entities.captions import Labels, pick
from powkg.namespaces import POW

WORDS: Mapping[str, Labels] = {
    "timeline": {
        "en": "When it happened",
        "ja": "年表",
        "ru": "Хронология",
    },
    "timeline-of": {
        "en": "Events with a date, {span}. A bar covers every day that the date may mean.",
        "ja": "日付のある出来事、{span}。棒は日付の指しうる日すべてを覆う。",
        "ru": "События с датами, {span}. Полоса охватывает все дни, которые может означать дата.",
    },
    "lives": {"en": "Lives", "ja": "生没年", "ru": "Годы жизни"},
    "sure": {"en": "certain", "ja": "確実", "ru": "точно"},
    "day": {"en": "one day", "ja": "特定の日", "ru": "один день"},
    "maybe": {"en": "at some time in it", "ja": "この間のいつか", "ru": "в пределах этого времени"},
    "open": {"en": "end not known", "ja": "終わりは不明", "ru": "конец неизвестен"},
    "doubtful": {"en": "date marked uncertain", "ja": "不確かな日付", "ru": "дата под вопросом"},
    "beyond": {"en": "goes on beyond the axis", "ja": "軸の外へ続く", "ru": "продолжается за осью"},
    "undated": {
        "en": "Events not drawn, since the data give no date for them: {number}.",
        "ja": "日付がないため描かれていない出来事：{number}件。",
        "ru": "Не показаны события, дат которых нет в данных: {number}.",
    },
    "evidence": {
        "en": "p05s2: dated in paragraph 5, sentence 2 of the text. [1]: not dated there, but in a reference work:",
        "ja": "p05s2：日付は本文の第5段落第2文にある。[1]：本文にはなく、次の参考資料による：",
        "ru": "p05s2: дата из абзаца 5, предложения 2 текста. [1]: из справочного источника, в тексте её нет:",
    },
    "evidence-only": {
        "en": "p05s2: paragraph 5, sentence 2 of the text.",
        "ja": "p05s2：本文の第5段落第2文。",
        "ru": "p05s2: абзац 5, предложение 2 текста.",
    },
    "data": {
        "en": "Data: powkg {version}, {address}, {licence}.",
        "ja": "データ：powkg {version}, {address}, {licence}。",
        "ru": "Данные: powkg {version}, {address}, {licence}.",
    },
    "map": {"en": "Where it happened", "ja": "場所の地図", "ru": "Места событий"},
    "map-of": {
        "en": "Places with coordinates. Area of a circle, and number: passages of the text that speak of the place.",
        "ja": "座標のある場所。円の面積と数字は、その場所に触れる本文の文の数。",
        "ru": "Места с координатами. Площадь круга и число: предложения текста, где говорится об этом месте.",
    },
    "world": {
        "en": "Eckert IV projection (equal-area)",
        "ja": "エケルト第4図法（正積）",
        "ru": "Проекция Эккерта IV (равновеликая)",
    },
    "detail": {
        "en": "Albers conic projection (equal-area)",
        "ja": "アルベルス正積円錐図法",
        "ru": "Коническая проекция Альберса (равновеликая)",
    },
    "point": {"en": "a point on the spot", "ja": "その地点", "ru": "точка на месте"},
    "area": {
        "en": "a point that stands for a country, region or island",
        "ja": "国・地域・島を代表する点",
        "ru": "точка, представляющая страну, область или остров",
    },
    "unspoken": {"en": "no passage speaks of it", "ja": "本文に現れない", "ru": "в тексте не упоминается"},
    "events-at": {"en": "What happened there", "ja": "その場所の出来事", "ru": "Что там произошло"},
    "without-coordinates": {
        "en": "Places not drawn, since the data give no coordinates for them: {number} ({names}).",
        "ja": "座標がないため描かれていない場所：{number}件（{names}）。",
        "ru": "Не показаны места, координат которых нет в данных: {number} ({names}).",
    },
    "coordinates-from": {
        "en": "Coordinates:",
        "ja": "座標の出典：",
        "ru": "Источники координат:",
    },
    "land": {
        "en": "Land: Natural Earth 1:50m (public domain).",
        "ja": "陸地：Natural Earth 1:50m（パブリックドメイン）。",
        "ru": "Суша: Natural Earth 1:50m (общественное достояние).",
    },
    "figures": {"en": "Figures that are claimed", "ja": "主張された数", "ru": "Заявленные числа"},
    "figures-of": {
        "en": "Each claim with its range, by claimant. None is preferred, and none averaged.",
        "ja": "主張ごとの範囲。どれかを正しいとはせず、平均もしない。",
        "ru": "Каждое утверждение со своим диапазоном. Ни одно не предпочитается и не усредняется.",
    },
    "disputed": {"en": "disputed", "ja": "争いあり", "ru": "спорно"},
    "as-of": {"en": "{who}, as of {when}", "ja": "{who}（{when}時点）", "ru": "{who} ({when})"},
    "following": {
        "en": "{who} following {source}",
        "ja": "{who}（典拠：{source}）",
        "ru": "{who} (источник: {source})",
    },
    "no-date": {"en": "undated", "ja": "日付なし", "ru": "без даты"},
    "worked-out": {"en": "worked out: {range}", "ja": "計算値{range}", "ru": "вычислено: {range}"},
    "or-more": {"en": "{number} or more", "ja": "{number}以上", "ru": "{number} и более"},
    "or-less": {"en": "up to {number}", "ja": "{number}以下", "ru": "до {number}"},
    "no-number": {"en": "no number", "ja": "数なし", "ru": "без числа"},
    "no-range": {"en": "no range", "ja": "範囲なし", "ru": "без диапазона"},
    "printed": {"en": "figure as printed", "ja": "記された数", "ru": "число, как напечатано"},
    "range": {"en": "range that it allows", "ja": "その数の許す範囲", "ru": "допускаемый диапазон"},
    "open-above": {"en": "open above", "ja": "上限なし", "ru": "без верхней границы"},
    "reserved": {
        "en": "claimed with a reserve",
        "ja": "留保つきの主張",
        "ru": "утверждается с оговоркой",
    },
    "derived": {
        "en": "worked out, printed nowhere",
        "ja": "計算による（記載なし）",
        "ru": "вычислено, нигде не напечатано",
    },
    "evidence-of-claims": {
        "en": "p10s6: reported in paragraph 10, sentence 6 of the text. [1]: reported by another source:",
        "ja": "p10s6：本文の第10段落第6文にある。[1]：ほかの資料にある：",
        "ru": "p10s6: сказано в абзаце 10, предложении 6 текста. [1]: сказано в другом источнике:",
    },
    "logarithmic": {"en": "Logarithmic scale.", "ja": "対数目盛。", "ru": "Логарифмическая шкала."},
}  # fmt: skip

GROUPS: Mapping[str, tuple[str, Labels, tuple[str, ...]]] = {
    "war": (
        "#d55e00",
        {"en": "war and battle", "ja": "戦争・戦闘", "ru": "война и бои"},
        ("Conflict", "War", "MilitaryOperation", "Battle", "AmphibiousOperation"),
    ),
    "diplomacy": (
        "#0072b2",
        {"en": "diplomacy and surrender", "ja": "外交・降伏", "ru": "дипломатия и капитуляция"},
        ("DiplomaticAct", "DeclarationOfWar", "Conference", "Surrender"),
    ),
    "captivity": (
        "#cc79a7",
        {"en": "captivity and violence", "ja": "抑留・暴力", "ru": "плен и насилие"},
        ("Captivity", "Capture", "ForcedLabour", "Indoctrination", "Mistreatment", "Atrocity"),
    ),
    "return": (
        "#009e73",
        {"en": "release and return", "ja": "解放・帰還", "ru": "освобождение и возвращение"},
        ("Repatriation", "Release"),
    ),
    "dead": (
        "#56b4e9",
        {"en": "the dead", "ja": "死者", "ru": "погибшие"},
        ("Burial", "Exhumation", "Ceremony"),
    ),
    "word": (
        "#e69f00",
        {"en": "announcement", "ja": "公表", "ru": "объявления"},
        ("Announcement", "Publication"),
    ),
    "other": ("#767676", {"en": "other", "ja": "その他", "ru": "прочее"}, ()),
}
"""Groups of classes of events: colour (Okabe & Ito), name, and the local names of the classes."""

_GROUP_OF = {POW + name: group for group, (_, _, names) in GROUPS.items() for name in names}


def words(key: str, language: str, **values: object) -> str:
    """The words of this key in the language, else in English, with values put in."""
    return pick(WORDS[key], language).format(**values)


def group_of(class_iri: str) -> str:
    """The key of `GROUPS` that a class of events belongs to; "other" for a class that is in none."""
    return _GROUP_OF.get(class_iri, "other")
