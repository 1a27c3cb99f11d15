"""Values -> rows: every stage's values become the rows of the tables, and nothing is decided here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.bylines import Bylines
from kg.citations import Citation
from kg.column_rows import ColumnBuilder
from kg.dedupe import RecordLink
from kg.ids import make_id
from kg.resolve import Resolution, without_mentions
from kg.tables import SCHEMAS, SORT_KEYS, Row, Tables
from kg.text import normal_form
from kg.types import Document, Extraction, Mention, Paper, Relation, Result, fields_of
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
    extractions: Iterable[Extraction],
    resolution: Resolution,
    bylines: Bylines,
    citations: Sequence[Citation] = (),
    record_links: Sequence[RecordLink] = (),
) -> Tables:
    """All tables of a build. ``works`` maps paper_id to work_id, ``record_links`` says why. The extractions
    are gone through once; what a decision ignores is left out of them."""
    claims = _Claims(extractions, resolution)
    document_rows = [fields_of(document) for document in documents]
    paper_rows = [_paper_row(paper, works[paper.paper_id]) for paper in papers]
    authorships = [row for paper in papers for row in _authorship_rows(paper, bylines)]
    return Tables.from_rows(
        {
            "documents": document_rows,
            "papers": paper_rows,
            "authors": [_listed(fields_of(author)) for author in bylines.authors],
            "authorships": authorships,
            "works": work_rows(paper_rows, authorships, document_rows, record_links),
            "mentions": claims.mentions.sorted(SORT_KEYS["mentions"]),
            "entities": [_listed(fields_of(entity)) for entity in resolution.entities],
            "links": claims.links.sorted(SORT_KEYS["links"]),
            "merges": [fields_of(merge) for merge in resolution.merges],
            "families": [fields_of(family) for family in resolution.families],
            "relations": claims.relations.sorted(SORT_KEYS["relations"]),
            "results": claims.results,
            "citations": [fields_of(citation) for citation in citations],
        }
    )


def _listed(row: Row) -> Row:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}


def _paper_row(paper: Paper, work_id: str) -> Row:
    row = _listed(fields_of(paper))
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
            **fields_of(bylines.reasons[paper.paper_id, position]),
        }


class _Claims:
    """The rows of what is extracted, in one pass."""

    def __init__(self, extractions: Iterable[Extraction], resolution: Resolution) -> None:
        self._resolution = resolution
        self.mentions, self.links, self.relations = (
            ColumnBuilder(SCHEMAS[name]) for name in ("mentions", "links", "relations")
        )
        self.results: list[Row] = []
        for whole in extractions:
            extraction = without_mentions(whole, resolution.ignored)
            for mention in extraction.mentions:
                self._mention(mention)
            self._relate(extraction.relations)
            self.results += _result_rows(extraction, resolution)

    def _mention(self, each: Mention) -> None:
        link = self._resolution.link_of(each)
        place = each.paper_id, each.start, each.end, each.text
        self.mentions.add(link.mention_id, *place, each.type, each.role, each.confidence, each.extractors)
        self.links.add(link.mention_id, link.entity_id, link.rule, link.score)

    def _relate(self, relations: Iterable[Relation]) -> None:
        """Of what a paper says twice the surest row, the earliest of equals."""
        best: dict[tuple[str, str, str], Relation] = {}
        for relation in relations:
            head, tail = map(self._resolution.entity_of, (relation.head, relation.tail))
            if head != tail:  # else two forms of one thing
                known = best.get((head, relation.kind, tail), relation)
                best[head, relation.kind, tail] = min(known, relation, key=_doubt)
        for (head, kind, tail), relation in best.items():
            said = relation.evidence
            identifier = make_id("r", said.paper_id, head, kind, tail)
            place = said.start, said.end, relation.confidence
            self.relations.add(identifier, said.paper_id, head, kind, tail, *place, relation.extractors)


def _doubt(relation: Relation) -> tuple[float, int]:
    return -relation.confidence, relation.evidence.start


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
        return resolution.entity_of(mention) if mention else None

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
