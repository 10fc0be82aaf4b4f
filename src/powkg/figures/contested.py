"""The figures that are claimed: for each question a panel, for each claim its range. No claim is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from powkg.claims.quantities import QuantityClaim
from powkg.claims.spreads import Spread
from powkg.claims.views import Figures
from powkg.entities.captions import number_caption
from powkg.errors import UsageError
from powkg.figures.notes import References, Sign, data_note, key, languages_of, version_of
from powkg.figures.page import BODY, MARGIN, SMALL, WIDTH, Look, Page, ascent, leading, stride, text_width, wrap
from powkg.figures.ranges import NumberAxis
from powkg.figures.words import words
from powkg.figures.writing import About, DataFigure
from powkg.namespaces import PASSAGE, TERM, curie, passage_label
from powkg.networks.finding import find_entity
from powkg.pictures.palette import LINE, QUIET_INK
from powkg.terms import Queryable

_TEXT_WIDTH = 101.0
_LEFT, _RIGHT = 109.0, 175.0
_ARROW = 10.0  # how far an open range goes on
_COLOUR, _ALERT = "#0072b2", "#d55e00"
_GRID = "#dddddd"
_THICK = 2.6
_GAP = 0.9
_BETWEEN = 2.0
_STATED = frozenset({"", TERM + "stated"})


def contested(
    store: Queryable,
    *,
    languages: Sequence[str] = ("en",),
    cohort: str | None = None,
    logarithmic: bool = False,
    version: str = "",
) -> DataFigure:
    """The claims that answer each question with several answers, or all about one cohort, the disputed ones first.

    `cohort` is a name, prefixed name or IRI. Each panel has an axis of its own, from zero or, where `logarithmic`, from
    the power of ten below the least number. The first of `languages` is the one that is written; labels in the others
    follow the name of a cohort. `version` is that of the store's data; without it, a `Store` says it itself.

    Raises UsageError where a language cannot be read, the cohort is not found, or nothing is claimed.
    """
    spoken = languages_of(languages)
    figures = Figures.read(store)
    questions = _questions(store, figures, cohort)
    references = References(store, spoken[0])
    page = Page(spoken[0])
    subtitle = words("figures-of", spoken[0])
    page.heading(
        words("figures", spoken[0]), f"{subtitle} {words('logarithmic', spoken[0])}" if logarithmic else subtitle
    )
    claims = list(dict.fromkeys(claim for one in questions for claim in one.claims))
    key(page, _key(claims, spoken[0]))
    lines = []
    for one in questions:
        panel = _Panel(page, figures, one, spoken, references, _axis(one, logarithmic=logarithmic))
        panel.draw()
        lines += panel.sentences()
    page.y += 1.5
    notes = references.notes("evidence-of-claims", "evidence-only")
    version = version_of(store, version)
    page.notes([*notes, *data_note(version, spoken[0])])
    return page.figure(About(words("figures", spoken[0]), "\n".join([*lines, *notes]), spoken[0], version))


def _questions(store: Queryable, figures: Figures, cohort: str | None) -> tuple[Spread, ...]:
    if cohort is None:
        found = tuple(one for one in figures.questions() if len(one.claims) > 1)
        if not found:
            raise UsageError("no question has several claims in this store: name a cohort")
        return found
    iri = find_entity(store, cohort)
    if iri not in figures.cohorts:
        raise UsageError(f"{curie(iri)} is no cohort with figures; powkg claims lists them")
    return figures.questions(iri)


def _axis(question: Spread, *, logarithmic: bool) -> NumberAxis:
    numbers = [n for claim in question.claims for n in (claim.least, claim.most, claim.figure) if n is not None]
    return NumberAxis.over(min(numbers, default=0), max(numbers, default=1), (_LEFT, _RIGHT), logarithmic=logarithmic)


@dataclass(frozen=True, slots=True)
class _Panel:
    """One question with what its panel is drawn with."""

    page: Page
    figures: Figures
    question: Spread
    languages: Sequence[str]
    references: References
    axis: NumberAxis

    def draw(self) -> None:
        """The question, the axis, and a row for each claim."""
        page, language = self.page, self.languages[0]
        page.y += 1.6
        disputed = words("disputed", language) if self.question.is_disputed else ""
        tag = text_width(disputed, SMALL, bold=True) + 6.0 if disputed else 0.0
        for number, line in enumerate(wrap(self._title(), BODY + 1, WIDTH - 2 * MARGIN - tag, bold=True)):
            baseline = page.y + ascent(BODY + 1)
            page.text(MARGIN, baseline, line, BODY + 1, bold=True)
            if disputed and number == 0:
                page.diamond((WIDTH - MARGIN - tag + 3.0, baseline - 1.0), 1.2, Look(_ALERT))
                page.text(WIDTH - MARGIN, baseline, disputed, SMALL, colour=_ALERT, bold=True, anchor="right")
            page.y += leading(BODY + 1)
        page.y += 0.3
        top = page.y
        page.line([(MARGIN, top), (WIDTH - MARGIN, top)], LINE, 0.6)
        page.y += 0.3
        for claim in self.question.claims:
            self._row(claim)
        ticks = [(self.axis.at(number), number_caption(str(number), language)) for number in self.axis.ticks()]
        for x, text in ticks[:: stride(ticks)]:
            page.line([(x, top), (x, page.y)], _GRID, 0.5)
            page.text(x, page.y + 2.4, text, SMALL, colour=QUIET_INK, anchor="center")
        page.y += 3.2

    def sentences(self) -> list[str]:
        """The panel in words, for those who do not see it."""
        language = self.languages[0]
        state = f" ({words('disputed', language)})" if self.question.is_disputed else ""
        claims = (f"- {self._number(claim)}: {self._circumstances(claim)}" for claim in self.question.claims)
        return [f"{self._title()}{state}", *claims]

    def _title(self) -> str:
        wording = self.figures.wording
        names = dict.fromkeys(wording.name(self.question.cohort, language) for language in self.languages)
        who, when = " / ".join(names), ", ".join(wording.name(iri, self.languages[0]) for iri in self.question.moments)
        return words("as-of", self.languages[0], who=who, when=when) if when else who

    def _row(self, claim: QuantityClaim) -> None:
        """Who gives which number, how and where in one line if they have room, and the range."""
        page = self.page
        y = page.y + _GAP / 2
        middle = y + leading(BODY) / 2
        name = claim.iri.rpartition("/")[2]
        circumstances = self._circumstances(claim)
        end = 0.0
        for line in wrap(self._number(claim), BODY, _TEXT_WIDTH):
            page.text(MARGIN, y + ascent(BODY), line, BODY, name=name)
            name = ""
            y += leading(BODY)
            end = MARGIN + text_width(line, BODY) + _BETWEEN
        if end + text_width(circumstances, SMALL) <= MARGIN + _TEXT_WIDTH:
            page.text(end, y - leading(BODY) + ascent(BODY), circumstances, SMALL, colour=QUIET_INK)
        else:
            y = page.paragraph((MARGIN, y), circumstances, _TEXT_WIDTH)
        self._range(claim, middle)
        page.y = y + _GAP / 2

    def _range(self, claim: QuantityClaim, middle: float) -> None:
        page = self.page
        if not claim.has_range:
            page.text(_LEFT, middle + 0.9, words("no-range", self.languages[0]), SMALL, colour=QUIET_INK)
            return
        dashed = claim.certainty not in _STATED
        left = self.axis.at(claim.floor)
        top, bottom = middle - _THICK / 2, middle + _THICK / 2
        if claim.most is not None and claim.most > claim.floor:
            page.tint((left, top, self.axis.at(claim.most), bottom), _COLOUR, dashed=dashed)
        if claim.ceiling is None:
            start = left if claim.most is None else self.axis.at(claim.most)
            page.fade(start, start + _ARROW, middle, _THICK, _COLOUR)
            page.line([(start, top - 0.3), (start, bottom + 0.3)], _COLOUR, 1.0, dashed=dashed)
        if claim.figure is not None:
            look = Look("white", _COLOUR, width=1.0) if dashed else Look(_COLOUR, "white", width=0.4)
            page.circle((self.axis.at(claim.figure), middle), 1.15, look)

    def _number(self, claim: QuantityClaim) -> str:
        """The number as given, a range that is not in it, and who says so."""
        language, wording = self.languages[0], self.figures.wording
        number = wording.number(claim, language)
        if number == "no number":
            number = words("no-number", language)
        allowed = self._allowed(claim)
        if claim.is_worked_out:
            number = f"{number} ({words('worked-out', language, range=allowed)})"
        elif None not in (claim.least, claim.ceiling) and claim.least != claim.most and allowed not in number:
            number = f"{number} ({allowed})"
        return f"{number}\N{EN SPACE}{self._claimant(claim)}"

    def _allowed(self, claim: QuantityClaim) -> str:
        language = self.languages[0]
        if not claim.has_range:
            return ""
        least, most = (
            "" if end is None else number_caption(str(end), language) for end in (claim.least, claim.ceiling)
        )
        if least and most:
            return least if least == most else f"{least}–{most}"
        return words("or-more", language, number=least) if least else words("or-less", language, number=most)

    def _claimant(self, claim: QuantityClaim) -> str:
        language, wording = self.languages[0], self.figures.wording
        who = ", ".join(wording.name(iri, language) for iri in claim.claimants)
        source = ", ".join(wording.name(iri, language) for iri in claim.follows)
        return words("following", language, who=who, source=source) if source else who

    def _circumstances(self, claim: QuantityClaim) -> str:
        """How the number was come by, any reserve, its own date where the question has several, and where it stands."""
        language, wording = self.languages[0], self.figures.wording
        said = [wording.name(iri, language) for iri in claim.methods]
        if claim.certainty not in _STATED:
            said.append(wording.name(claim.certainty, language))
        if self.question.moments and not claim.moments:
            said.append(words("no-date", language))
        elif len(self.question.moments) > 1:
            said += [wording.name(moment.iri, language) for moment in claim.moments]
        passages = [passage_label(graph) for graph in claim.graphs if graph.startswith(PASSAGE)]
        sources = [graph for graph in claim.graphs if not graph.startswith(PASSAGE)]
        return " · ".join([*said, self.references.cite(passages, sources)])


def _key(claims: Sequence[QuantityClaim], language: str) -> list[tuple[Sign, str]]:
    found: list[tuple[Sign, str]] = [(_point_sign, words("printed", language)), (_range_sign, words("range", language))]
    if any(claim.has_range and claim.ceiling is None for claim in claims):
        found.append((_open_sign, words("open-above", language)))
    if any(claim.certainty not in _STATED for claim in claims):
        found.append((_reserved_sign, words("reserved", language)))
    return found


def _point_sign(page: Page, x: float, y: float) -> None:
    page.circle((x + 5.5, y), 1.15, Look(_COLOUR, "white", width=0.4))


def _range_sign(page: Page, x: float, y: float) -> None:
    page.tint((x, y - _THICK / 2, x + 7, y + _THICK / 2), _COLOUR)


def _open_sign(page: Page, x: float, y: float) -> None:
    page.fade(x, x + 7.5, y, _THICK, _COLOUR)


def _reserved_sign(page: Page, x: float, y: float) -> None:
    page.tint((x, y - _THICK / 2, x + 7, y + _THICK / 2), _COLOUR, dashed=True)
    page.circle((x + 3.5, y), 1.15, Look("white", _COLOUR, width=1.0))
