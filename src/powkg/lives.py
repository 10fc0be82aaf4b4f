"""That a person was born, or died, as an event. Statements in, quads out.

    births_and_deaths(statements) -> list[Quad]     rule `birth-and-death`: nodes for CIDOC CRM, and their labels

Sources give the dates of a life; CIDOC CRM dates events. Whoever has a `pow:birthDate` was born: the birth is a node
`birth/PERSON`, one for all sources, and `powkg.spans` gives it a span by each source as it does for any event; a death
likewise. Who has no date has no such node, though everybody was born. Labels stand in the graph of labels.
"""

from __future__ import annotations

from collections.abc import Collection

from powkg.dataset import Quad
from powkg.derived import infers
from powkg.entities.captions import LANGUAGES
from powkg.namespaces import BIRTH, DEATH, ID, INFERRED_GRAPH, LABELS_GRAPH, POW, RDFS
from powkg.terms import IRI, Literal

LIFE_EVENTS = {POW + "birthDate": BIRTH, POW + "deathDate": DEATH}
"""The properties that date a birth or a death, each with the beginning of its IRI."""

_RELATIONS = {BIRTH: IRI(POW + "birth"), DEATH: IRI(POW + "death")}
_LABEL = IRI(RDFS + "label")
_WORDS = {
    BIRTH: {"en": "Birth of {}", "ja": "{}の誕生", "ru": "Рождение: {}"},
    DEATH: {"en": "Death of {}", "ja": "{}の死去", "ru": "Смерть: {}"},
}


def births_and_deaths(statements: Collection[Quad]) -> list[Quad]:
    """The events with the mark of the rule, to be inferred, and their labels, for the graph of labels; sorted.

    The statements hold an English label of each person, which stands in where a language has none.
    """
    dated = {
        (LIFE_EVENTS[str(quad.predicate)], str(quad.subject))
        for quad in statements
        if str(quad.predicate) in LIFE_EVENTS and str(quad.subject).startswith(ID)
    }
    people = {person for _, person in dated}
    names: dict[tuple[str, str], str] = {}
    for quad in statements:
        if quad.predicate == _LABEL and isinstance(quad.value, Literal) and str(quad.subject) in people:
            key = (str(quad.subject), str(quad.value.language))
            names[key] = min(quad.value.value, names.get(key, quad.value.value))
    quads: list[Quad] = []
    for kind, person in sorted(dated):
        event = IRI(kind + person.removeprefix(ID))
        quads.append(Quad(IRI(person), _RELATIONS[kind], event, INFERRED_GRAPH))
        for language in LANGUAGES:
            name = names.get((person, language)) or names.get((person, "en"))
            if name:
                label = Literal(_WORDS[kind][language].format(name), language)
                quads.append(Quad(event, _LABEL, label, LABELS_GRAPH))
    given = {quad.predicate for quad in quads if quad.graph == INFERRED_GRAPH}
    return [*quads, *infers(dict.fromkeys(given, "birth-and-death"))]
