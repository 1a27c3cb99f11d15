"""Values -> rows: every stage's values become the rows of the tables, and nothing is decided here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from kg.bylines import Bylines
from kg.citations import Citation
from kg.dedupe import RecordLink
from kg.ids import make_id
from kg.resolve import Resolution, mention_id
from kg.tables import Row, Tables
from kg.text import normal_form
from kg.types import Document, Extraction, Mention, Paper, Relation, Result
from kg.works import work_rows

__all__ = ["collect"]

# What stands before a metric and says how it was taken.
_TAKEN = re.compile(
    "(?:geometric|arithmetic|harmonic|mean|average|averaged|median|peak|maximum|max|minimum|min|overall|total"
    "|additional|extra|further|relative|absolute) "
)


def collect(
    documents: Iterable[Document],
    papers: Sequence[Paper],
    works: Mapping[str, str],
    extractions: Sequence[Extraction],
    resolution: Resolution,
    bylines: Bylines,
    citations: Sequence[Citation] = (),
    record_links: Sequence[RecordLink] = (),
) -> Tables:
    """All tables of a build. ``works`` maps paper_id to work_id, ``record_links`` says why."""
    document_rows = [asdict(document) for document in documents]
    paper_rows = [_paper_row(paper, works[paper.paper_id]) for paper in papers]
    authorships = [row for paper in papers for row in _authorship_rows(paper, bylines)]
    return Tables.from_rows(
        {
            "documents": document_rows,
            "papers": paper_rows,
            "authors": [_listed(asdict(author)) for author in bylines.authors],
            "authorships": authorships,
            "works": work_rows(paper_rows, authorships, document_rows, record_links),
            "mentions": [
                {"mention_id": mention_id(mention), **_listed(asdict(mention))}
                for extraction in extractions
                for mention in extraction.mentions
            ],
            "entities": [_listed(asdict(entity)) for entity in resolution.entities],
            "links": [asdict(link) for link in resolution.links],
            "merges": [asdict(merge) for merge in resolution.merges],
            "families": [asdict(family) for family in resolution.families],
            "relations": _best_rows(
                _relation_row(relation, resolution)
                for extraction in extractions
                for relation in extraction.relations
            ),
            "results": [row for extraction in extractions for row in _result_rows(extraction, resolution)],
            "citations": [asdict(citation) for citation in citations],
        }
    )


def _listed(row: Row) -> Row:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _paper_row(paper: Paper, work_id: str) -> Row:
    row = _listed(asdict(paper))
    for name in ("authors", "body", "references"):  # in authorships, in the text, in citations
        del row[name]
    return {"work_id": work_id, "text": paper.text, **row}


def _authorship_rows(paper: Paper, bylines: Bylines) -> Iterator[Row]:
    for position, author in enumerate(paper.authors):
        yield {
            "paper_id": paper.paper_id,
            "author_id": bylines.author_of[paper.paper_id, position],
            "position": position,
            "name": author.name,
            "affiliation": author.affiliation,
            **asdict(bylines.reasons[paper.paper_id, position]),
        }


def _relation_row(relation: Relation, resolution: Resolution) -> Row | None:
    head = resolution.entity_of[mention_id(relation.head)]
    tail = resolution.entity_of[mention_id(relation.tail)]
    if head == tail:  # two forms of one thing
        return None
    evidence = relation.evidence
    return {
        "relation_id": make_id("r", evidence.paper_id, head, relation.kind, tail),
        "paper_id": evidence.paper_id,
        "head_id": head,
        "kind": relation.kind,
        "tail_id": tail,
        "start": evidence.start,
        "end": evidence.end,
        "confidence": relation.confidence,
        "extractors": list(relation.extractors),
    }


def _result_rows(extraction: Extraction, resolution: Resolution) -> Iterator[Row]:
    """Equal claims of one sentence ("1.5x on A and 1.5x on B") stay apart: their ids count them."""
    seen: Counter[str] = Counter()
    for result in extraction.results:
        row = _result_row(result, resolution)
        key = make_id("q", *(value for name, value in row.items() if name not in ("confidence", "polarity")))
        seen[key] += 1
        yield {"result_id": make_id("q", key, seen[key]), **row}


def _result_row(result: Result, resolution: Resolution) -> Row:
    def entity(mention: Mention | None) -> str | None:
        return resolution.entity_of[mention_id(mention)] if mention else None

    metric = (
        result.metric_mention if result.metric_mention and result.metric_mention.type == "metric" else None
    )
    evidence = result.evidence
    return {
        "paper_id": evidence.paper_id,
        "subject_id": entity(result.subject),
        "predicate": result.predicate,
        "metric_id": entity(metric) or _known_metric(result.metric, resolution.metric_of),
        "metric": result.metric,
        "value": result.value,
        "low": result.low,
        "high": result.high,
        "unit": result.unit,
        "bound": result.bound,
        "baseline_id": entity(result.baseline),
        "dataset_id": entity(result.dataset),
        "hardware_id": entity(result.hardware),
        "polarity": result.polarity,
        "start": evidence.start,
        "end": evidence.end,
        "confidence": result.confidence,
    }


def _known_metric(phrase: str, metric_of: Mapping[str, str]) -> str | None:
    """The metric of the collection that a phrase names, without words that say how it was taken.

    >>> _known_metric("geometric mean speedups", {"speedup": "e:1"})
    'e:1'
    """
    form = normal_form(phrase)
    while form not in metric_of and (taken := _TAKEN.match(form)):
        form = form[taken.end() :]
    return metric_of.get(form)


def _best_rows(rows: Iterable[Row | None]) -> list[Row]:
    """One row an id: the one with the highest confidence, the earliest of equals."""
    best: dict[str, Row] = {}
    for row in rows:
        if row is None:
            continue
        identifier = next(iter(row.values()))
        kept = best.get(identifier)
        if kept is None or (-row["confidence"], row["start"]) < (-kept["confidence"], kept["start"]):
            best[identifier] = row
    return list(best.values())
