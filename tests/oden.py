"""An invented text with a graph of its own, for tests that must not lean on the curated article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from powkg.namespaces import TERM, passage_label
from powkg.sources import propose, write

TITLE = "The Loss of the Oden Column"
TEXT = """The Loss of the Oden Column

In late 1921, Captain Ilse Varn led some 2,400 riders of the Marrow Guard across Lake Oden. Half of the riders \
drowned on March 3, 1922, when the ice broke. According to T. B. Reh, the survivors numbered between 1.1 and 1.2 \
thousand; a Varnish song calls them “winter’s children” (nobody knows why.) Dozens of them settled near Port Sel.

What became of their horses?

Photo: Oden, 1930. Courtesy of the Reh family.
"""

FACTS = """
@prefix pow:    <https://w3id.org/powkg/ontology#> .
@prefix term:   <https://w3id.org/powkg/term/> .
@prefix id:     <https://w3id.org/powkg/id/> .
@prefix date:   <https://w3id.org/powkg/date/> .
@prefix source: <https://w3id.org/powkg/source/> .
@prefix oden:   <https://w3id.org/powkg/passage/oden/> .
@prefix claim:  <https://w3id.org/powkg/claim/oden/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov:   <http://www.w3.org/ns/prov#> .
@prefix rdfs:   <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos:   <http://www.w3.org/2004/02/skos/core#> .

oden:p01s1 { id:oden-article dcterms:title "The Loss of the Oden Column"@en . }

oden:p02s1 {
    oden:p02s1 pow:describes id:oden-crossing , id:oden-riders .
    id:oden-crossing a pow:MilitaryOperation ; pow:commander id:ilse-varn ; pow:where id:lake-oden ;
        pow:began date:1921-36 ; pow:carriedOutBy id:marrow-guard .
    id:varn-at-the-crossing a pow:Participation ; pow:agent id:ilse-varn ; pow:inEvent id:oden-crossing ;
        pow:as id:captain .
    id:oden-riders a pow:Cohort ; pow:memberOf id:marrow-guard .
    claim:p02s1-riders a pow:QuantityClaim ; pow:cohort id:oden-riders ; pow:figure 2400 ; pow:atLeast 2280 ;
        pow:atMost 2520 ; pow:qualifier term:about ; prov:wasAttributedTo id:ada-holm .
}

oden:p02s2 {
    oden:p02s2 pow:describes id:oden-disaster .
    id:oden-disaster a pow:Disaster ; pow:when date:1922-03-03 .
    id:oden-riders a pow:Cohort ; skos:altLabel "the riders"@en .
    claim:p02s2-drowned a pow:QuantityClaim ; pow:about id:oden-disaster ; pow:cohort id:oden-riders ; pow:ratio 0.5 ;
        pow:ratioTo claim:p02s1-riders ; pow:qualifier term:plain ; prov:wasAttributedTo id:ada-holm .
}

oden:p02s3 {
    oden:p02s3 pow:anaphor id:oden-survivors .
    claim:p02s3-survivors a pow:QuantityClaim ; pow:cohort id:oden-survivors ; pow:atLeast 1100 ; pow:atMost 1200 ;
        pow:qualifier term:between ; prov:wasAttributedTo id:t-b-reh .
    oden:p02s3 pow:leavesOut oden:p02s3\\#varnish .
    oden:p02s3\\#varnish a pow:Omission ; pow:leftOutWord "Varnish" ; pow:reason term:figure-of-speech .
}

oden:p02s4 {
    oden:p02s4 pow:anaphor id:oden-survivors .
    id:oden-settlement a pow:Settlement ; skos:altLabel "Port Sel"@en .
    claim:p02s4-settled a pow:QuantityClaim ; pow:cohort id:oden-survivors ; pow:about id:oden-settlement ;
        pow:atLeast 24 ; pow:qualifier term:dozens-of ; prov:wasAttributedTo id:ada-holm .
}

oden:p04s1 {
    id:oden-photograph a pow:Photograph ; skos:altLabel "Photo"@en ; pow:depicts id:lake-oden ; pow:when date:1930 ;
        pow:creditedTo id:reh-family ; dcterms:isPartOf id:oden-article .
}

source:editorial {
    id:ilse-varn rdfs:label "Ilse Varn"@en ; pow:familyName "Varn"@en .
    id:lake-oden rdfs:label "Lake Oden (reservoir)"@en ; skos:hiddenLabel "Oden"@en .
    id:marrow-guard rdfs:label "The Marrow Guard"@en .
    id:captain rdfs:label "Captain"@en .
    id:t-b-reh rdfs:label "T. B. Reh"@en .
    id:reh-family rdfs:label "Reh family"@en .
    id:ada-holm rdfs:label "Ada Holm"@en .
    id:oden-survivors rdfs:label "Survivors of the Oden column"@en .
    id:oden-riders rdfs:label "Riders of the Oden column"@en .
    id:oden-crossing rdfs:label "Crossing of Lake Oden"@en .
}
"""


def sources_file() -> str:
    """The description of the source and its passages, as a curator would finish it."""
    proposed = propose("oden", TEXT.encode(), TITLE, whole={4})
    passages = tuple(
        replace(passage, without_statements=TERM + "question") if passage_label(passage.iri) == "p03s1" else passage
        for passage in proposed.passages
    )
    about = "dcterms:creator id:ada-holm ; dcterms:isFormatOf id:oden-article ;\n        pow:digest"
    return write(replace(proposed, passages=passages)).replace("pow:digest", about, 1)


def write_data(folder: Path, facts: str = FACTS) -> Path:
    """A data folder with the invented source and its facts."""
    for name in ("ontology", "graph"):
        (folder / name).mkdir(parents=True)
    (folder / "graph" / "sources.trig").write_text(sources_file(), encoding="utf-8")
    (folder / "graph" / "oden.trig").write_text(facts, encoding="utf-8")
    return folder
