"""The questions as a whole: how many there are, what they cover, and the tables of docs/questions.md.

Run as a program, it writes these tables anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from powkg.checks.material import Material
from powkg.checks.ontology import Ontology
from powkg.competency import questions_by_term, questions_by_topic, terms_table
from powkg.dataset import Dataset, read
from powkg.inputs import find_inputs
from powkg.queries import Question, load
from powkg.settings import default_data_folder
from powkg.topics import TOPICS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "questions.md"
QUESTIONS = load(default_data_folder() / "queries" / "questions")
ANSWERED = [question for question in QUESTIONS if question.expect is not None]
_DUMP = re.compile(r"\?s\s+\?p\s+\?o\b")
_PART = r"(?ms)(?<=^## {}\n\n).*?(?=\n## |\Z)"


def tables(ontology: Ontology) -> dict[str, str]:
    """The parts of the page that are made of tables, by their heading."""
    terms = ontology.classes | frozenset(ontology.kinds)
    return {"The questions": questions_by_topic(QUESTIONS), "The terms": terms_table(ANSWERED, terms)}


def test_there_are_forty_questions_with_answers() -> None:
    assert len(ANSWERED) >= 40


def test_every_topic_has_questions() -> None:
    assert {question.topic for question in QUESTIONS} == set(TOPICS)


def test_every_class_and_property_is_asked_for(real_dataset: Dataset) -> None:
    ontology = Ontology.of(real_dataset.statements())
    used = questions_by_term(ANSWERED)
    assert ontology.classes - used.keys() == set()
    assert len(ontology.kinds.keys() & used.keys()) >= 0.9 * len(ontology.kinds)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_a_question(question: Question) -> None:
    assert question.title.endswith("?")
    assert question.title[0].isupper()
    assert question.description.strip().endswith(".")
    assert not _DUMP.search(question.text)


@pytest.mark.parametrize("question", ANSWERED, ids=lambda question: question.name)
def test_the_order_of_a_table_is_decided(question: Question) -> None:
    """Any two rows differ in what the query sorts by, so that another engine gives the same file."""
    if question.table is None:
        return
    keys = re.findall(r"\?(\w+)", question.text.rpartition("ORDER BY")[2])
    places = [question.table.columns.index(key) for key in keys if key in question.table.columns]
    rows = {tuple(row[place] for place in places) for row in question.table.rows}
    assert len(rows) == len(question.table.rows)


def test_the_tables_of_the_page_are_those_of_the_questions(real_dataset: Dataset) -> None:
    page = PAGE.read_text(encoding="utf-8")
    for heading, table in tables(Ontology.of(real_dataset.statements())).items():
        assert re.findall(_PART.format(heading), page) == [table], "python tests/test_data_questions.py writes it anew"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    for name, table in tables(Material(read(find_inputs(default_data_folder()))).ontology).items():
        text = re.sub(_PART.format(name), table.replace("\\", "\\\\"), text)
    PAGE.write_text(text, encoding="utf-8")
