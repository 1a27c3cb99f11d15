"""What the tables say about each paper, in the shape that ``kg.evaluate`` scores; tables made in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.errors import GoldError
from kg.evaluate import Prediction
from kg.gold import GoldPaper
from kg.ids import make_id
from kg.types import Authorship, Mention, Paper

if TYPE_CHECKING:
    from kg.tables import Row, Tables

__all__ = ["papers_of_gold", "predictions_of_tables", "tables_of_papers"]


def papers_of_gold(gold: Sequence[GoldPaper]) -> list[Paper]:
    """The annotated abstracts as papers to read. A GoldError where the text stands in a document."""
    papers = []
    for position, paper in enumerate(gold):
        if paper.abstract is None:
            raise GoldError(
                f"{paper.where}: annotates a document, and holds no text to read",
                hint="build the document first and give --tables DIR",
            )
        papers.append(
            Paper(
                paper_id=make_id("p", paper.where, position),
                document_id=paper.where,
                position=position,
                title=paper.title,
                authors=tuple(Authorship(name=name) for name in paper.authors),
                abstract=paper.abstract,
            )
        )
    return papers


def tables_of_papers(papers: Sequence[Paper], *, pipeline: str) -> Tables:
    """Reads and resolves the papers in memory, each as a work of its own."""
    # They load spaCy and pyarrow, which whoever only asks for the shape of a prediction does not need.
    from kg.bylines import resolve_bylines  # noqa: PLC0415
    from kg.collect import collect  # noqa: PLC0415
    from kg.extractions import extract  # noqa: PLC0415
    from kg.resolve import resolve  # noqa: PLC0415

    extractions = extract(papers, pipeline=pipeline)
    works = {paper.paper_id: paper.paper_id for paper in papers}
    return collect([], papers, works, extractions, resolve(extractions), resolve_bylines(papers))


def predictions_of_tables(tables: Tables) -> list[Prediction]:
    """A Prediction for each row of papers, in the order of the documents."""
    paths = {row["document_id"]: row["path"] for row in tables.documents}
    from kg.tables import by_paper  # noqa: PLC0415 - loads pyarrow

    mentions = by_paper(tables.mentions)
    relations, results = by_paper(tables.relations), by_paper(tables.results)
    authors = by_paper(tables.authorships)
    entities = {row["entity_id"]: row for row in tables.entities}
    entity_of = {row["mention_id"]: row["entity_id"] for row in tables.links}
    predictions = []
    for paper in sorted(tables.papers, key=lambda row: (paths.get(row["document_id"], ""), row["position"])):
        paper_id = paper["paper_id"]
        rows = sorted(mentions[paper_id], key=lambda row: (row["start"], row["end"]))
        forms: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            forms[entity_of.get(row["mention_id"], "")].append(row["text"])

        def names(entity_id: str | None, forms: Mapping[str, list[str]] = forms) -> tuple[str, ...]:
            if entity_id is None or entity_id not in entities:
                return ()
            entity = entities[entity_id]
            return (*forms.get(entity_id, ()), entity["name"], *(entity["aliases"] or ()))

        predictions.append(
            Prediction(
                path=paths.get(paper["document_id"], ""),
                title=paper["title"],
                authors=tuple(
                    row["name"] for row in sorted(authors[paper_id], key=lambda row: row["position"])
                ),
                venue=paper["venue"],
                year=paper["year"],
                abstract=paper["abstract"],
                mentions=tuple(_mention(row) for row in rows),
                relations=tuple(
                    (names(row["head_id"]), row["kind"], names(row["tail_id"])) for row in relations[paper_id]
                ),
                results=tuple(
                    (row["low"], row["high"], names(row["subject_id"])) for row in results[paper_id]
                ),
            )
        )
    return predictions


def _mention(row: Row) -> Mention:
    return Mention(
        paper_id=row["paper_id"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        type=row["type"],
        role=row["role"],
        confidence=row["confidence"],
        extractors=tuple(row["extractors"] or ()),
    )
