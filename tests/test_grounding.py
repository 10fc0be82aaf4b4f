"""Each way in which a graph can say something else than its sentence is caught, on an invented text."""

from __future__ import annotations

from pathlib import Path

import pytest

from oden import FACTS, TEXT, write_data
from powkg.checks import run
from powkg.dataset import read
from powkg.errors import Problem, Severity
from powkg.grounding.passage_facts import PassageFacts
from powkg.grounding.rules import ground
from powkg.inputs import find_inputs
from powkg.passages import find
from powkg.sources import sources


def problems(folder: Path, facts: str, text: str = TEXT) -> list[Problem]:
    dataset = read(find_inputs(write_data(folder, facts)))
    quads = list(dataset.statements())
    source = sources(quads, dataset.locate)["oden"]
    return ground(source, find(source.passages, text), PassageFacts.of(quads, dataset.locate))


def changed(old: str, new: str) -> str:
    assert FACTS.count(old) == 1, f"the facts hold {old!r} {FACTS.count(old)} times"
    return FACTS.replace(old, new)


def assert_checked_alike(folder: Path, found: Problem) -> None:
    """That the check of the same name, which needs no text, says the same."""
    (checked,) = run(read(find_inputs(folder)), only={found.check})
    assert (checked.message, checked.remedy, checked.severity) == (found.message, found.remedy, found.severity)
    assert (checked.subject or "").rstrip(">").endswith((found.subject or "").removeprefix("oden:"))


def test_faithful_graph_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, FACTS) == []


@pytest.mark.parametrize(
    ("old", "new", "check", "subject", "word"),
    [
        pytest.param(
            "    oden:p02s2 pow:describes id:oden-disaster .\n",
            "    oden:p02s2 pow:describes id:oden-disaster .\n    id:oden-disaster pow:commander id:ilse-varn .\n",
            "not-named",
            "id:oden-disaster",
            "id:ilse-varn",
            id="fact moved to the next sentence",
        ),
        pytest.param(
            "pow:describes id:oden-disaster .",
            "pow:describes id:oden-riders .",
            "not-named",
            "id:oden-disaster",
            "id:oden-disaster",
            id="entity neither named nor declared",
        ),
        pytest.param(
            "id:ilse-varn ; pow:where",
            "id:ilse-varn , id:oden-crew ; pow:where",
            "not-named",
            "id:oden-crossing",
            "id:oden-crew",
            id="entity without a name",
        ),
        pytest.param(
            "pow:figure 2400",
            "pow:figure 24000",
            "number-not-in-sentence",
            "p02s1-riders",
            "24000",
            id="wrong figure",
        ),
        pytest.param(
            "pow:ratio 0.5", "pow:ratio 0.6", "number-not-in-sentence", "p02s2-drowned", "0.6", id="wrong ratio"
        ),
        pytest.param(
            "pow:atMost 1200",
            "pow:atMost 1300",
            "number-not-in-sentence",
            "p02s3-survivors",
            "1300",
            id="wrong end of a range",
        ),
        pytest.param(
            "term:dozens-of",
            "term:scores-of",
            "number-not-in-sentence",
            "p02s4-settled",
            "scores",
            id="wrong vague plural",
        ),
        pytest.param(
            "term:about",
            "term:more-than",
            "qualifier-not-in-sentence",
            "p02s1-riders",
            "more-than",
            id="wrong qualifier",
        ),
        pytest.param(
            "date:1922-03-03",
            "date:1923-03-03",
            "date-not-in-sentence",
            "id:oden-disaster",
            "1923-03-03",
            id="wrong year",
        ),
        pytest.param(
            "date:1922-03-03",
            "date:1922",
            "date-not-modelled",
            "p02s2",
            "March 3, 1922",
            id="day left out of a date",
        ),
        pytest.param(
            "date:1921-36", "date:1921", "date-not-modelled", "p02s1", "late 1921", id="part of the year left out"
        ),
        pytest.param("pow:when date:1930 ;", "", "number-not-modelled", "p04s1", "1930", id="year left out"),
        pytest.param(
            "pow:figure 2400 ; pow:atLeast 2280 ;\n        pow:atMost 2520 ; ",
            "",
            "number-not-modelled",
            "p02s1",
            "2,400",
            id="number left out",
        ),
        pytest.param(
            "pow:atLeast 24 ; pow:qualifier term:dozens-of",
            "pow:unit term:persons",
            "number-not-modelled",
            "p02s4",
            "Dozens",
            id="vague plural left out",
        ),
        pytest.param(
            "pow:agent id:ilse-varn ; pow:inEvent id:oden-crossing ;\n        pow:as id:captain .",
            "pow:agent id:ilse-varn ; pow:inEvent id:oden-crossing .",
            "name-not-modelled",
            "p02s1",
            "Captain",
            id="name left out",
        ),
        pytest.param(
            'pow:leftOutWord "Varnish"',
            'pow:leftOutWord "Polish"',
            "omission-not-in-sentence",
            "p02s3#varnish",
            "Polish",
            id="omission of a word that is not there",
        ),
        pytest.param(
            "oden:p02s3 pow:leavesOut oden:p02s3\\#varnish .\n    oden:p02s3\\#varnish a pow:Omission ; "
            'pow:leftOutWord "Varnish" ; pow:reason term:figure-of-speech .\n',
            "",
            "name-not-modelled",
            "p02s3",
            "Varnish",
            id="name that carries no fact, not declared",
        ),
    ],
)
def test_one_change_is_caught(tmp_path: Path, *, old: str, new: str, check: str, subject: str, word: str) -> None:
    found = [problem for problem in problems(tmp_path, changed(old, new)) if problem.check == check]
    assert len(found) == 1
    assert word in found[0].message
    assert (found[0].subject or "").rstrip(">").endswith(subject)
    assert found[0].severity is Severity.ERROR
    assert found[0].file == "graph/oden.trig"
    assert found[0].remedy


def test_problem_names_the_line_of_its_subject(tmp_path: Path) -> None:
    facts = changed("pow:figure 2400", "pow:figure 24000")
    (found,) = [problem for problem in problems(tmp_path, facts) if problem.check == "number-not-in-sentence"]
    lines = facts.splitlines()
    assert lines[(found.line or 0) - 1].strip().startswith("claim:p02s1-riders")


def test_skipped_sentence_is_caught(tmp_path: Path) -> None:
    start, end = FACTS.index("oden:p02s4 {"), FACTS.index("oden:p04s1 {")
    (found,) = problems(tmp_path, FACTS[:start] + FACTS[end:])
    assert (found.check, found.file) == ("passage-unaccounted-for", "graph/sources.trig")
    assert "p02s4" in (found.subject or "")


def test_sentence_with_declarations_only_is_skipped(tmp_path: Path) -> None:
    facts = FACTS + "oden:p03s1 { oden:p03s1 pow:anaphor id:oden-riders . }\n"
    assert problems(tmp_path, facts) == []
    start = FACTS.index("    id:oden-settlement a")
    end = FACTS.index("}", start)
    (found,) = problems(tmp_path / "again", FACTS[:start] + FACTS[end:])
    assert found.check == "passage-unaccounted-for"
    assert_checked_alike(tmp_path / "again", found)


def test_reason_beside_statements_is_caught(tmp_path: Path) -> None:
    facts = FACTS + "oden:p03s1 { id:oden-riders pow:fate term:unknown . }\n"
    (found,) = problems(tmp_path, facts)
    assert found.check == "passage-with-and-without-statements"
    assert_checked_alike(tmp_path, found)


def test_unused_declaration_is_a_warning(tmp_path: Path) -> None:
    facts = changed("pow:describes id:oden-crossing ,", "pow:describes id:oden-crossing , id:lake-house ,")
    (found,) = problems(tmp_path, facts)
    assert (found.check, found.severity) == ("unused-declaration", Severity.WARNING)
    assert "id:lake-house" in found.message


def test_date_that_follows_from_other_words_is_declared(tmp_path: Path) -> None:
    facts = changed("a pow:Disaster ;", "a pow:Disaster ; pow:ended date:1924 ;")
    assert [problem.check for problem in problems(tmp_path, facts)] == ["date-not-in-sentence"]
    declared = facts.replace("pow:describes id:oden-disaster", "pow:describes id:oden-disaster , date:1924")
    assert problems(tmp_path / "again", declared) == []


def test_author_need_not_be_named_as_the_one_behind_a_claim_only(tmp_path: Path) -> None:
    facts = changed("a pow:Disaster ;", "a pow:Disaster ; pow:victim id:ada-holm ;")
    (found,) = problems(tmp_path, facts)
    assert (found.check, found.subject) == ("not-named", "id:oden-disaster")
    other = changed("pow:qualifier term:plain ; prov:wasAttributedTo id:ada-holm", "prov:wasAttributedTo id:t-b-reh")
    (found,) = problems(tmp_path / "again", other)
    assert (found.check, "id:t-b-reh" in found.message) == ("not-named", True)


def test_sentence_that_the_copy_lacks_is_not_judged(tmp_path: Path) -> None:
    facts = changed("pow:figure 2400", "pow:figure 24000")
    assert problems(tmp_path, facts, TEXT.replace("2,400 riders", "many riders")) == []


def test_message_quotes_a_word_or_two_only(tmp_path: Path) -> None:
    for problem in problems(tmp_path, changed("term:about", "term:more-than").replace("0.5", "0.7")):
        for sentence in TEXT.split(". "):
            assert " ".join(sentence.split()[:4]) not in str(problem)
