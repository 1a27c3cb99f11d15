"""Tables -> the tables of some of their works, with counts that are true of these alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from kg.tables import Row, Tables

__all__ = ["excerpt"]

_SLOTS = ("subject_id", "metric_id", "baseline_id", "dataset_id", "hardware_id")


def excerpt(tables: Tables, works: Collection[str]) -> Tables:
    """What the works with these ids say: all other papers, and what only they name, are left out.

    Papers of a document, and papers, mentions and aliases of an entity, are counted again, so that the graph
    of the excerpt has the support, confidence and evidence of a build of these works.
    """
    papers = [row for row in tables.papers if row["work_id"] in works]
    kept = {row["paper_id"] for row in papers}
    mentions, authorships, relations, results, citations = (
        [row for row in rows if row["paper_id"] in kept]
        for rows in (
            tables.mentions,
            tables.authorships,
            tables.relations,
            tables.results,
            tables.citations,
        )
    )
    by_id = {row["mention_id"]: row for row in mentions}
    links = [row for row in tables.links if row["mention_id"] in by_id]
    entities = _entities(tables.entities, links, by_id)
    named = {row["entity_id"] for row in entities}
    signed = {row["author_id"] for row in authorships}
    printed = Counter(row["document_id"] for row in papers)
    return Tables(
        documents=[
            row | {"papers": printed[row["document_id"]]}
            for row in tables.documents
            if row["document_id"] in printed
        ],
        papers=papers,
        authors=[row for row in tables.authors if row["author_id"] in signed],
        authorships=authorships,
        works=[row for row in tables.works if row["work_id"] in works],
        mentions=mentions,
        entities=entities,
        links=links,
        relations=relations,
        results=[
            row | {slot: row[slot] if row[slot] in named else None for slot in _SLOTS} for row in results
        ],
        citations=[row for row in citations if row["cited_paper_id"] in kept],
        merges=[row for row in tables.merges if row["entity_id"] in named and row["paper_id"] in kept],
        families=[row for row in tables.families if {row["head_id"], row["tail_id"]} <= named],
    )


def _entities(entities: Iterable[Row], links: Iterable[Row], mentions: Mapping[str, Row]) -> list[Row]:
    """The entities that still have a mention, with their forms and counts."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in links:
        found[row["entity_id"]].append(mentions[row["mention_id"]])
    return [
        row
        | {
            "aliases": sorted({row["name"], *(mention["text"] for mention in found[row["entity_id"]])}),
            "papers": len({mention["paper_id"] for mention in found[row["entity_id"]]}),
            "mentions": len(found[row["entity_id"]]),
            "same_as": row["same_as"] if row["same_as"] in found else None,
        }
        for row in entities
        if row["entity_id"] in found
    ]
