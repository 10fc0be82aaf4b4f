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


FACTS = """
ford:p01s1 {
    id:people a pow:Cohort .
    id:captives a pow:Cohort ; pow:partOfCohort id:people .
    id:dead a pow:Cohort ; pow:partOfCohort id:captives .
    id:freed a pow:Cohort ; pow:partOfCohort id:captives .
    id:guards a pow:Cohort .
    id:the-realm a pow:Polity .
    id:otto-brandt a pow:Person .
    id:march a pow:Event ; pow:began date:1949-03 ; pow:ended date:1949-04 .
    id:fair a pow:Event ; pow:began date:1949-03 .
    claim:names a pow:QuantityClaim ; pow:cohort id:dead ; pow:figure 46000 ; pow:atLeast 46000 ; pow:atMost 46000 ;
        pow:qualifier term:plain ; pow:unit term:persons ; pow:method term:list-of-names ; pow:certainty term:stated ;
        prov:wasAttributedTo id:the-realm .
    claim:estimate a pow:QuantityClaim ; pow:cohort id:dead ; pow:figure 100000 ; pow:atLeast 95000 ;
        pow:atMost 105000 ; pow:qualifier term:about ; pow:unit term:persons ; pow:method term:estimate ;
        pow:certainty term:possible ; prov:wasAttributedTo id:otto-brandt ; pow:follows id:the-realm .
    claim:twice a pow:QuantityClaim ; pow:cohort id:dead ; pow:ratio 2.0 ; pow:ratioTo claim:names ;
        pow:qualifier term:more-than ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
}
ford:p02s1 {
    claim:declared a pow:QuantityClaim ; pow:cohort id:captives ; pow:figure 95000 ; pow:atLeast 95000 ;
        pow:atMost 95000 ; pow:qualifier term:only ; pow:unit term:persons ; pow:method term:official-declaration ;
        pow:asOf date:1949-21 ; pow:certainty term:stated ; prov:wasAttributedTo id:the-realm .
    claim:records a pow:QuantityClaim ; pow:cohort id:captives ; pow:figure 300000 ; pow:atLeast 285000 ;
        pow:atMost 315000 ; pow:qualifier term:close-to ; pow:unit term:persons ; pow:certainty term:conditional ;
        pow:asOf date:1949-04 ; prov:wasAttributedTo id:otto-brandt .
    claim:earlier a pow:QuantityClaim ; pow:cohort id:captives ; pow:atLeast 400000 ; pow:atMost 500000 ;
        pow:qualifier term:between ; pow:unit term:persons ; pow:certainty term:stated ; pow:asOf date:1947 ;
        prov:wasAttributedTo id:otto-brandt .
    claim:march a pow:QuantityClaim ; pow:cohort id:guards ; pow:asOfEvent id:march ; pow:atLeast 40 ;
        pow:qualifier term:scores-of ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:fair a pow:QuantityClaim ; pow:cohort id:guards ; pow:asOfEvent id:fair ; pow:figure 9 ; pow:atLeast 9 ;
        pow:atMost 9 ; pow:qualifier term:plain ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:unheard a pow:QuantityClaim ; pow:cohort id:people ; pow:ratio 3.0 ; pow:ratioTo claim:lost ;
        pow:qualifier term:plain ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:half a pow:QuantityClaim ; pow:cohort id:freed ; pow:ratio 0.5 ; pow:ratioTo claim:other-half ;
        pow:qualifier term:plain ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:other-half a pow:QuantityClaim ; pow:cohort id:freed ; pow:ratio 0.5 ; pow:ratioTo claim:half ;
        pow:qualifier term:plain ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:half-of-half a pow:QuantityClaim ; pow:cohort id:freed ; pow:ratio 0.5 ; pow:ratioTo claim:share ;
        pow:qualifier term:plain ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:share a pow:QuantityClaim ; pow:cohort id:freed ; pow:ratio 0.1 ; pow:ratioTo claim:declared ;
        pow:qualifier term:about ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:mixed a pow:QuantityClaim ; pow:cohort id:freed ; pow:figure "many" , 7 ; pow:ratio 0.5 ;
        pow:ratioTo claim:declared ; pow:qualifier term:scores-of ; pow:unit term:persons ;
        pow:certainty term:stated ; prov:wasAttributedTo id:otto-brandt .
    claim:reversed a pow:QuantityClaim ; pow:cohort id:people ; pow:atLeast 9 ; pow:atMost 5 ;
        pow:qualifier term:between ; pow:unit term:persons ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:all a pow:QuantityClaim ; pow:cohort id:people ; pow:figure 80000 ; pow:atLeast 80000 ; pow:atMost 80000 ;
        pow:qualifier term:plain ; pow:unit term:persons ; pow:asOf date:1949 ; pow:certainty term:stated ;
        prov:wasAttributedTo id:otto-brandt .
    claim:about-nobody a pow:QuantityClaim ; pow:figure 5 ; pow:atLeast 5 ; pow:atMost 5 ; pow:qualifier term:plain ;
        pow:unit term:persons ; pow:certainty term:stated ; prov:wasAttributedTo id:otto-brandt .
}
ford:p03s1 { claim:names a pow:QuantityClaim ; pow:cohort id:dead ; pow:figure 46000 . }
source:chronicle {
    source:chronicle rdfs:label "A chronicle"@en .
    id:fair pow:ended date:1949-05 .
    <https://w3id.org/powkg/claim/chronicle/names> a pow:QuantityClaim ; pow:cohort id:dead ; pow:figure 40000 ;
        pow:atLeast 38000 ; pow:atMost 42000 ; pow:qualifier term:about ; pow:unit term:names ;
        pow:method term:list-of-names ; pow:certainty term:stated ; prov:wasAttributedTo id:the-realm .
}
source:editorial {
    id:people rdfs:label "People of the Ford"@en .
    id:captives rdfs:label "Captives of the Ford"@en , "浅瀬の捕虜"@ja .
    id:dead rdfs:label "Dead of the Ford"@en .
    id:freed rdfs:label "Freed captives"@en .
    id:guards rdfs:label "Guards"@en .
    id:the-realm rdfs:label "The Realm"@en .
    id:otto-brandt rdfs:label "Otto Brandt"@en .
    id:march rdfs:label "Long March"@en .
    id:fair rdfs:label "Spring Fair"@en .
    claim:names skos:editorialNote "A remark."@en .
}
"""
"""A graph of an invented census, with whatever can be wrong with a claim."""
