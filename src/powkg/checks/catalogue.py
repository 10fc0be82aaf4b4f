"""Every check that is written in Python, by name."""

from __future__ import annotations

from powkg.checks import (
    claims,
    contradictions,
    dates,
    documentation,
    evidence,
    passages,
    profile,
    queries,
    vocabulary,
)
from powkg.checks.finding import Check
from powkg.errors import Severity

CHECKS = (
    # ---- terms ----
    Check(
        "undeclared-term",
        "a name in the ontology's namespace, or any property or class, that powkg.ttl does not declare",
        "correct the name, or declare the term in ontology/powkg.ttl",
        vocabulary.undeclared_terms,
    ),
    Check(
        "term-unknown-to-standard",
        "a name in the namespace of a standard, such as PROV-O or schema.org, that the standard does not have",
        "correct the name; a term of one's own belongs into the project's namespace",
        vocabulary.terms_unknown_to_standard,
    ),
    Check(
        "outside-owl-2-dl",
        "a statement of the ontology that OWL 2 DL does not allow",
        "declare the name as what it is used as, or state it in another way; src/powkg/checks/profile.py has the rules",
        profile.outside_owl_2_dl,
    ),
    Check(
        "value-of-wrong-kind",
        "a text where a property leads to a thing, or a thing where it leads to a text or number",
        "write the IRI of the thing, or the text in quotes",
        vocabulary.values_of_wrong_kind,
    ),
    Check(
        "wrong-datatype",
        "a literal of another datatype than the property's",
        "write the literal in the datatype that the property's rdfs:range names",
        vocabulary.wrong_datatypes,
    ),
    Check(
        "subject-outside-domain",
        "a property of a thing that is of none of the classes that have it",
        "use a property that is for things of this class, or correct the class",
        vocabulary.subjects_outside_domain,
    ),
    Check(
        "value-outside-range",
        "a value that is not of the class that the property leads to",
        "name a thing of that class, or correct the class",
        vocabulary.values_outside_range,
    ),
    Check(
        "disjoint-types",
        "a thing of two classes that never mix",
        "keep the class that the sources bear out, or make two things of it",
        vocabulary.disjoint_types,
    ),
    Check(
        "second-value",
        "two values of a property that a thing has once",
        "keep one value; where two sources differ, make a claim of each",
        vocabulary.second_values,
    ),
    Check(
        "undeclared-list-term",
        "a word that ontology/terms.ttl does not have",
        "correct the name, or add the word to its list in ontology/terms.ttl",
        vocabulary.undeclared_list_terms,
    ),
    Check(
        "term-from-wrong-list",
        "a word of another list than the one that the property takes its values from",
        "take a word of the list that the property's pow:valuesFrom names",
        vocabulary.terms_from_wrong_list,
    ),
    # ---- documentation ----
    Check(
        "term-without-label",
        "a term or a word of a list without a label in English, Japanese or Russian",
        "add the label",
        documentation.terms_without_label,
    ),
    Check(
        "term-without-definition",
        "a class or property without an English definition",
        "add a skos:definition",
        documentation.terms_without_definition,
    ),
    Check(
        "term-without-example",
        "a class or property without an example",
        "add a skos:example: something in graph/ that shows the term, or a few words",
        documentation.terms_without_example,
    ),
    Check(
        "unfit-example",
        "an example in the ontology that is nowhere described, no instance of the class, or without the property",
        "name something in graph/ that shows the term",
        documentation.unfit_examples,
    ),
    Check(
        "name-in-another-script",
        "an English, Japanese or Russian name without a letter of that language",
        "correct the name or its language tag",
        documentation.names_in_another_script,
    ),
    # ---- evidence ----
    Check(
        "dangling-entity",
        "a value in the project's namespace of which nothing is said",
        "correct the name, or describe the thing in the graph of the sentence that names it",
        evidence.dangling_entities,
    ),
    Check(
        "entity-without-type",
        "a thing without a class",
        "correct the name, or give the class in the graph of the sentence that names it first",
        evidence.entities_without_type,
    ),
    Check(
        "entity-without-english-label",
        "an entity, a source or a passage without an English label",
        "add an rdfs:label in graph/authority/editorial-names.trig, or in that of the source",
        evidence.entities_without_english_label,
    ),
    Check(
        "entity-without-evidence",
        "an entity or claim that no passage and no reference source speaks of",
        "correct the name, or leave the thing out until a source speaks of it",
        evidence.entities_without_evidence,
    ),
    Check(
        "undeclared-graph",
        "a graph that is neither a declared passage nor a declared source",
        "correct the graph's name, or describe the passage or source",
        evidence.undeclared_graphs,
    ),
    Check(
        "reference-fact-in-passage",
        "a preferred name, a register's number, a coordinate or a fingerprint in the graph of a sentence",
        "put it into the graph of the source that gives it; a printed name is a skos:altLabel",
        evidence.reference_facts_in_passages,
    ),
    Check(
        "article-fact-in-reference",
        "a claim of another source, a class that a sentence gives or a remark on a sentence in the graph of a source",
        "put it into the graph of the sentence or source that says so",
        evidence.article_facts_in_references,
    ),
    Check(
        "editorial-note-elsewhere",
        "a note of the editors in the graph of a sentence or of a reference source",
        "put it into graph/authority/editorial-notes.trig",
        evidence.editorial_notes_elsewhere,
    ),
    # ---- passages ----
    Check(
        "passage-unaccounted-for",
        "a passage with neither statements nor a reason for having none",
        "state what the sentence says, or give pow:withoutStatements in graph/sources.trig",
        passages.passages_unaccounted_for,
    ),
    Check(
        "passage-with-and-without-statements",
        "a passage with statements and a reason for having none",
        "take pow:withoutStatements out of graph/sources.trig, or the statements out of the passage's graph",
        passages.passages_with_and_without_statements,
    ),
    Check(
        "missing-passage",
        "a sentence or paragraph of a source that is no passage",
        "describe it in graph/sources.trig, as `powkg passages` prints it",
        passages.missing_passages,
    ),
    Check(
        "misnamed-passage",
        "a passage whose paragraph and sentence are not those of its name",
        "correct the numbers or the name",
        passages.misnamed_passages,
    ),
    Check(
        "overlapping-passages",
        "a passage that begins before the one before it has ended",
        "correct oa:start and oa:end of the two",
        passages.overlapping_passages,
    ),
    # ---- claims and dates ----
    Check(
        "bounds-off-the-table",
        "bounds of a figure that do not follow from figure and qualifier",
        "correct the bounds, the figure or the qualifier; ontology/terms.ttl says how they go together",
        claims.bounds_off_the_table,
    ),
    Check(
        "date-name",
        "a date whose name is not EDTF or has no last day",
        "see the table of date names in docs/model.md",
        dates.unreadable_dates,
    ),
    Check(
        "backward-span",
        "something that ends before it begins, by the dates of one source",
        "correct one of the dates; a date of another source stands in that source's graph",
        dates.backward_spans,
    ),
    Check(
        "dates-apart",
        "two dates of one source for the same thing without a common day",
        "correct one of the dates; a date of another source stands in that source's graph",
        dates.dates_apart,
    ),
    # ---- queries ----
    Check(
        "query-header",
        "a query whose header is incomplete or wrong",
        "a question needs a title and a description, a check also severity, message and remedy",
        queries.wrong_headers,
    ),
    Check(
        "query-fails",
        "a query that is not SPARQL, or cannot be run with the values of its header",
        "correct the query; `powkg query` runs it alone",
        queries.failing_queries,
    ),
    Check(
        "undeclared-term-in-query",
        "a query that names a term that powkg.ttl does not declare, so that it finds nothing",
        "correct the name",
        queries.undeclared_terms,
    ),
    Check(
        "unexpected-answer",
        "a question whose answer is not the one that its header expects",
        "correct the data; or, where the new answer is right, the rows of `expect` (in a CSV file: `powkg expect`)",
        queries.unexpected_answers,
    ),
    Check(
        "term-without-question",
        "a class or property that no question with an expected answer uses",
        "ask what the term is there to answer, in queries/questions/",
        queries.terms_without_question,
        Severity.WARNING,
    ),
    # ---- the reasoner ----
    Check(
        "inconsistent-ontology",
        "statements of the ontology and its small lists that cannot all be true",
        "correct one of these statements, or take it out",
        contradictions.inconsistent_ontology,
    ),
    Check(
        "unsatisfiable-class",
        "a class that nothing can be an instance of",
        "correct one of these statements, or take it out",
        contradictions.unsatisfiable_classes,
    ),
    Check(
        "inconsistent-graph",
        "facts that cannot be true by the ontology",
        "correct one of these statements; where two sources do differ, make a claim of each",
        contradictions.inconsistent_graph,
    ),
    Check(
        "refused-axioms",
        "axioms that the reasoner refuses, so that it finds no contradiction at all",
        "keep to OWL 2 DL: no irreflexive, asymmetric, functional or disjoint property that is transitive",
        contradictions.refused_axioms,
    ),
    Check(
        "reasoner-not-run",
        "that contradictions were not looked for, because the reasoner could not be run to its end",
        "run the check again when it can; docs/reasoning.md says what it needs",
        contradictions.reasoner_not_run,
        Severity.WARNING,
    ),
)
