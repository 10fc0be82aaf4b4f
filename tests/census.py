"""Quantity claims made up for tests, by hand and at random."""

from __future__ import annotations

from hypothesis import strategies as st

from powkg.claims.quantities import LIST_OF_NAMES, PERSONS, Moment, QuantityClaim
from powkg.claims.relations import Hierarchy
from powkg.dates import bounds
from powkg.namespaces import CLAIM, DATE, ID, TERM

HIERARCHY = Hierarchy(
    (ID + part, ID + whole) for part, whole in [("dead", "captives"), ("captives", "people"), ("freed", "captives")]
)
"""The dead and the freed are captives, and captives are people; the guards stand apart."""


def dated(*names: str) -> tuple[Moment, ...]:
    """Dates by their names."""
    return tuple(Moment(DATE + name, (bounds(name),)) for name in names)


def claim(
    name: str,
    least: int | None = None,
    most: int | None = None,
    *,
    figure: int | None = None,
    cohort: str = "dead",
    names: bool = False,
    unit: str = PERSONS,
    moments: tuple[Moment, ...] = (),
) -> QuantityClaim:
    """A claim in the shortest form: without `least` and `most` it has no range, `names` makes it a list of names."""
    return QuantityClaim(
        CLAIM + "census/" + name,
        ID + cohort,
        unit=unit,
        figure=figure,
        least=least,
        most=most,
        methods=(LIST_OF_NAMES,) if names else (),
        moments=moments,
        no_range="no-number" if least is None and most is None else "",
    )


def printed(
    name: str,
    figure: int,
    *,
    cohort: str = "dead",
    names: bool = False,
    unit: str = PERSONS,
    moments: tuple[Moment, ...] = (),
) -> QuantityClaim:
    """A claim of a plain figure."""
    return claim(name, figure, figure, figure=figure, cohort=cohort, names=names, unit=unit, moments=moments)


_NAMES = st.from_regex(r"c[0-9]{1,3}", fullmatch=True)


@st.composite
def claims(draw: st.DrawFn, names: st.SearchStrategy[str] = _NAMES) -> QuantityClaim:
    """Any claim: closed, open at either end or both, of any cohort, unit and time, with a figure or without."""
    least, most = draw(st.none() | st.integers(0, 50)), draw(st.none() | st.integers(0, 50))
    if least is not None and most is not None:
        least, most = sorted((least, most))
    return claim(
        draw(names),
        least,
        most,
        cohort=draw(st.sampled_from(["dead", "dead", "dead", "captives", "people", "freed", "guards"])),
        names=draw(st.booleans()),
        unit=TERM + draw(st.sampled_from(["persons", "persons", "names", "remains", "rations"])),
        figure=draw(st.none() | st.integers(0, 50)),
        moments=draw(
            st.sampled_from(
                [(), (), dated("1949-21"), dated("1949"), dated("1947"), dated("1947", "1956"), (Moment(ID + "march"),)]
            )
        ),
    )
