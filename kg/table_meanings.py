"""What the tables of a build and their columns mean, in words: the help of ``kg sql``.

Plain data, so that asking needs no pyarrow; a test holds it against the schema (kg.tables).
"""

from __future__ import annotations

__all__ = ["MEANINGS", "ORDER", "VERSION"]

VERSION = 2

_AT = {
    "start": "where the evidence begins in papers.text, in code points",
    "end": "where it ends",
}
_SURE = {"confidence": "how sure, 0 to 1, calibrated"}

#: Table -> (what a row is, column -> meaning).
MEANINGS: dict[str, tuple[str, dict[str, str]]] = {
    "documents": (
        "a source file",
        {
            "document_id": "sha256 of its bytes",
            "path": "as given to kg build",
            "media_type": "what it is",
            "encoding": "how its characters are written",
            "reader": "what read it",
            "papers": "how many records it holds",
            "status": "ok, empty or failed",
            "error": "why it failed, and what was left out",
            "text": "its text as decoded",
        },
    ),
    "papers": (
        "a record of a paper in a document",
        {
            "paper_id": "the record",
            "work_id": "the work: records of one paper share it",
            "document_id": "where it was read",
            "position": "which record of the document, from 0",
            "title": "null where the document gives none",
            "venue": "as printed",
            "year": "",
            "date": "YYYY-MM-DD where complete",
            "doi": "lower case, without resolver",
            "arxiv_id": "without version",
            "url": "",
            "urls": "",
            "categories": "",
            "keywords": "",
            "language": "",
            "abstract": "",
            "text": "what was read for names and claims: title, empty line, abstract",
            "title_start": "where it stands in documents.text, in code points; null without a plain span",
            "title_end": "",
            "abstract_start": "",
            "abstract_end": "",
        },
    ),
    "works": (
        "a paper, whatever the number of its records",
        {
            "work_id": "the work",
            "title": "the best of its records; null where none has one",
            "venue": "",
            "year": "",
            "date": "YYYY-MM-DD where complete",
            "doi": "",
            "arxiv_id": "",
            "url": "",
            "records": "how many there are",
            "title_from": "the record (paper_id) that it was taken from",
            "authors_from": "the record whose byline counts",
            "venue_from": "",
            "year_from": "",
            "date_from": "",
            "doi_from": "",
            "arxiv_id_from": "",
            "url_from": "",
            "abstract_from": "",
            "rule": "the weakest link between its records; null for one record",
            "score": "how far that can be trusted",
        },
    ),
    "authors": (
        "a person",
        {
            "author_id": "the person",
            "name": "the fullest spelling",
            "orcid": "",
            "aliases": "every spelling, the name too",
        },
    ),
    "authorships": (
        "a name in a byline",
        {
            "paper_id": "the record",
            "author_id": "the person",
            "position": "place in the byline, from 0",
            "name": "as printed",
            "affiliation": "as printed",
            "rule": "what joined the name to the person",
            "score": "how far the rule can be trusted",
        },
    ),
    "mentions": (
        "a name of a thing in a text",
        {
            "mention_id": "the mention",
            "paper_id": "the record",
            "start": "where it begins in papers.text, in code points",
            "end": "where it ends",
            "text": "as printed",
            "type": "method, model, hardware, dataset, metric, task or tool",
            "role": "proposed, used, baseline, evaluated_on, measured, target or mentioned",
            **_SURE,
            "extractors": "who found it",
        },
    ),
    "entities": (
        "a thing that mentions resolve to",
        {
            "entity_id": "the thing",
            "name": "",
            "type": "method, model, hardware, dataset, metric, task or tool",
            "aliases": "every form as printed, the name too",
            "papers": "how many name it",
            "mentions": "how often",
            "same_as": "another thing that it is",
        },
    ),
    "links": (
        "why a mention belongs to an entity",
        {
            "mention_id": "the mention",
            "entity_id": "the thing",
            "rule": "what joined them",
            "score": "how far the rule can be trusted",
        },
    ),
    "merges": (
        "a form that was joined to a thing under another form",
        {
            "entity_id": "the thing",
            "form": "as printed",
            "into": "the form that it was joined to, as printed",
            "rule": "what joined them",
            "score": "how far the rule can be trusted",
            "paper_id": "where the form stands",
            "start": "in papers.text, in code points",
            "end": "where it ends",
        },
    ),
    "families": (
        "a version and its family, by their names",
        {
            "head_id": "entity: the version",
            "kind": "is_a",
            "tail_id": "entity: the family",
            "rule": "what told so",
            "score": "how far the rule can be trusted",
        },
    ),
    "relations": (
        "what a sentence says of two things",
        {
            "relation_id": "the relation",
            "paper_id": "the record that says so",
            "head_id": "entity",
            "kind": "used_for, runs_on, evaluated_on, compared_with, part_of or is_a",
            "tail_id": "entity",
            **_AT,
            **_SURE,
            "extractors": "who found it",
        },
    ),
    "results": (
        "a number that a sentence claims",
        {
            "result_id": "the claim",
            "paper_id": "the record that says so",
            "subject_id": "entity: whose number it is",
            "predicate": "improves, reduces, achieves, costs or limits",
            "metric_id": "entity",
            "metric": "as printed",
            "value": "as printed",
            "low": "in the unit: 30 for 30%",
            "high": "in the unit",
            "unit": "%, x, pp, ms, ...",
            "bound": "exact, up_to, at_least, more_than, less_than, approx or range",
            "baseline_id": "entity: against what",
            "dataset_id": "entity: measured on what",
            "hardware_id": "entity: run on what",
            "polarity": "positive, negative or neutral for the subject",
            **_AT,
            **_SURE,
        },
    ),
    "citations": (
        "a reference from one record to another",
        {
            "paper_id": "who cites",
            "cited_paper_id": "whom",
            "start": "where the reference stands in papers.text; null if not there",
            "end": "",
        },
    ),
}

#: Table -> the columns that its rows are sorted by.
ORDER: dict[str, tuple[str, ...]] = {
    "documents": ("document_id", "path"),
    "papers": ("paper_id",),
    "authors": ("author_id",),
    "authorships": ("paper_id", "position"),
    "works": ("work_id",),
    "mentions": ("mention_id",),
    "entities": ("entity_id",),
    "links": ("mention_id", "entity_id"),
    "merges": ("entity_id", "form", "paper_id", "start"),
    "families": ("head_id", "tail_id"),
    "relations": ("relation_id",),
    "results": ("result_id",),
    "citations": ("paper_id", "cited_paper_id"),
}
