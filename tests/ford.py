"""An invented graph around the crossing of a ford, for tests of neighbourhoods and pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

from powkg.build import in_memory
from powkg.dataset import read
from powkg.inputs import find_inputs
from powkg.settings import default_data_folder
from powkg.store import Store

PREFIXES = """
@prefix pow:    <https://w3id.org/powkg/ontology#> .
@prefix term:   <https://w3id.org/powkg/term/> .
@prefix id:     <https://w3id.org/powkg/id/> .
@prefix date:   <https://w3id.org/powkg/date/> .
@prefix source: <https://w3id.org/powkg/source/> .
@prefix ford:   <https://w3id.org/powkg/passage/ford/> .
@prefix claim:  <https://w3id.org/powkg/claim/ford/> .
@prefix prov:   <http://www.w3.org/ns/prov#> .
@prefix rdfs:   <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos:   <http://www.w3.org/2004/02/skos/core#> .
"""

FACTS = """
ford:p01s1 {
    ford:p01s1 pow:describes id:crossing-of-the-ford .
    id:crossing-of-the-ford a pow:MilitaryOperation ; skos:altLabel "the fording"@en ; pow:commander id:otto-brandt ;
        pow:carriedOutBy id:northern-column ; pow:where id:stone-ford ; pow:armOfService term:land-forces .
    id:otto-brandt a pow:Person .
    id:northern-column a pow:MilitaryUnit .
    id:stone-ford a pow:Place .
}
ford:p01s2 {
    id:brandt-at-the-ford a pow:Participation ; pow:agent id:otto-brandt ; pow:inEvent id:crossing-of-the-ford ;
        pow:role term:commander ; pow:as id:brandt-colonel ; pow:leading id:northern-column .
    id:brandt-colonel a pow:Tenure ; pow:holder id:otto-brandt ; pow:office id:colonel ; pow:heldAt date:1949-21 .
    id:colonel a pow:Office .
    id:crossing-of-the-ford pow:carriedOutBy id:northern-column ; pow:participant id:the-realm .
}
ford:p02s1 {
    id:captives-of-the-ford a pow:Cohort ; pow:custodian id:the-realm ; pow:period date:1949 .
    claim:p02s1-captives a pow:QuantityClaim ; pow:cohort id:captives-of-the-ford ; pow:figure 46000 ;
        pow:atLeast 46000 ; pow:atMost 46000 ; pow:qualifier term:plain ; pow:unit term:persons ;
        pow:method term:list-of-names ; pow:certainty term:stated ; prov:wasAttributedTo id:the-realm .
    claim:p02s1-estimate a pow:QuantityClaim ; pow:cohort id:captives-of-the-ford ; pow:figure 100000 ;
        pow:atLeast 95000 ; pow:atMost 105000 ; pow:qualifier term:about ; pow:unit term:persons ;
        pow:method term:estimate ; pow:certainty term:possible ; pow:asOf date:1949-21 ;
        prov:wasAttributedTo id:otto-brandt .
    claim:p02s1-cause a pow:CauseClaim ; pow:cause id:crossing-of-the-ford ; pow:effect id:fall-of-the-bridge ;
        pow:standing term:offered ; pow:certainty term:stated ; prov:wasAttributedTo id:otto-brandt .
    id:fall-of-the-bridge a pow:Event ; pow:when date:1945-08-09 ; pow:participant id:the-realm .
    id:the-realm a pow:Polity .
}
ford:p03s1 {
    id:march-01 a pow:Event ; pow:participant id:the-realm .
    id:march-02 a pow:Event ; pow:participant id:the-realm .
    id:march-03 a pow:Event ; pow:participant id:the-realm .
    id:march-04 a pow:Event ; pow:participant id:the-realm .
    id:march-05 a pow:Event ; pow:participant id:the-realm .
    id:march-06 a pow:Event ; pow:participant id:the-realm .
    id:march-07 a pow:Event ; pow:participant id:the-realm .
    id:march-08 a pow:Event ; pow:participant id:the-realm .
    id:march-09 a pow:Event ; pow:participant id:the-realm .
    id:march-10 a pow:Event ; pow:participant id:the-realm .
    id:march-11 a pow:Event ; pow:participant id:the-realm .
    id:march-12 a pow:Event ; pow:participant id:the-realm .
    id:lonely-tower a pow:Place .
}
source:editorial {
    id:crossing-of-the-ford rdfs:label "Crossing of the Ford"@en , "浅瀬渡河作戦"@ja , "Переправа через брод"@ru ;
        pow:where id:lonely-tower .
    id:otto-brandt rdfs:label "Otto Brandt"@en , "オットー・ブラント"@ja , "Отто Брандт"@ru .
    id:northern-column rdfs:label "Northern & <Eastern> Column"@en , "北方縦隊"@ja .
    id:stone-ford rdfs:label "Stone Ford"@en , "石の浅瀬"@ja , "Каменный брод"@ru .
    id:colonel rdfs:label "Colonel"@en , "大佐"@ja , "полковник"@ru .
    id:the-realm rdfs:label "The Realm"@en , "王国"@ja , "Держава"@ru .
    id:captives-of-the-ford rdfs:label "Captives of the Ford"@en .
    id:fall-of-the-bridge rdfs:label "Fall of the Bridge"@en ; pow:when date:1945-08-10 .
    id:lonely-tower rdfs:label "Lonely Tower"@en .
    source:one-date rdfs:label "A chronicle with one date"@en .
    source:two-dates rdfs:label "A chronicle with two dates"@en .
}
source:one-date { id:crossing-of-the-ford pow:began date:1945-08-01 . }
source:two-dates { id:crossing-of-the-ford pow:began date:1945-08-02 ; pow:ended date:1945-08-05 . }
"""


def write_ford(folder: Path, facts: str = FACTS) -> Path:
    """A data folder with the project's ontology and the invented graph."""
    shutil.copytree(default_data_folder() / "ontology", folder / "ontology")
    (folder / "graph").mkdir()
    (folder / "graph" / "ford.trig").write_text(PREFIXES + facts, encoding="utf-8")
    return folder


def ford_store(folder: Path, facts: str = FACTS) -> Store:
    """A store of the same, in memory."""
    return in_memory(read(find_inputs(write_ford(folder, facts))))
