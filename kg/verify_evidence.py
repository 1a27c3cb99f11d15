"""The places that the tables name: every offset in the stored texts, and what stands there."""

from __future__ import annotations

import html
import math
from collections import defaultdict
from itertools import pairwise

from kg.problems import Found, Problem, quoted
from kg.readers.clean import clean_text
from kg.resolution.forms import form_of
from kg.resolution.keys import RULES
from kg.sentences import sentence_around, sentence_starts
from kg.tables import Row, Tables, by_paper
from kg.text import collapse
from kg.types import LONGEST_READ
from kg.verify_tables import linked_mentions

__all__ = [
    "verify_citations",
    "verify_mentions",
    "verify_merges",
    "verify_papers",
    "verify_relations",
    "verify_results",
    "verify_sentences",
]

_EXACT_MEDIA_TYPES = ("text/plain", "text/markdown")


def verify_papers(tables: Tables) -> Found:
    """Text, title and abstract of each paper, and where they stand in its document."""
    documents = {row["document_id"]: row for row in tables.documents}
    for paper in tables.papers:
        wanted = "\n\n".join(part for part in (paper["title"], paper["abstract"]) if part)
        if paper["text"] != wanted and not paper["text"].startswith(f"{wanted}\n\n"):
            what = "text is not title, blank line, abstract, and the body behind them"
            yield Problem(table="papers", identifier=paper["paper_id"], what=what)
        if paper["date"] and paper["year"] and not paper["date"].startswith(f"{paper['year']:04d}"):
            what = f"year is {paper['year']}, date is {paper['date']}"
            yield Problem(table="papers", identifier=paper["paper_id"], what=what)
        document = documents.get(paper["document_id"])
        if document is None:
            continue  # told by the references
        for part in ("title", "abstract"):
            what = _part_in_document(paper, part, document)
            if what:
                yield Problem(table="papers", identifier=paper["paper_id"], what=what)


def _part_in_document(paper: Row, part: str, document: Row) -> str:
    """What is wrong with the offsets of a title or an abstract, or nothing."""
    value, start, end = paper[part], paper[f"{part}_start"], paper[f"{part}_end"]
    exact = document["media_type"] in _EXACT_MEDIA_TYPES
    if start is None or end is None:
        if (start is None) != (end is None):
            return f"{part} has one offset only"
        return f"{part} has no offsets" if exact and value else ""
    if value is None:
        return f"{part} has offsets and no text"
    text = document["text"] or ""
    if not 0 <= start < end <= len(text):
        return f"{part} {start}:{end} lies outside the document ({len(text)} characters)"
    stands = text[start:end]
    if stands[0].isspace() or stands[-1].isspace():
        return f"{part} {start}:{end} begins or ends with a blank"
    if exact:
        clean = clean_text(stands).strip()
        same = stands == value or (clean != stands and collapse(clean) == collapse(value))
        return "" if same else _differs(part, start, end)
    if document["media_type"] in {"text/html", "text/markdown"}:
        stands = _visible_text(stands, document["media_type"])
    elif "&" in stands:
        stands = html.unescape(stands)
    if collapse(clean_text(stands)) == collapse(value):
        return ""
    return _differs(part, start, end)


def _differs(part: str, start: int, end: int) -> str:
    return f"{part} differs from the document at {start}:{end}"


def _visible_text(markup: str, media_type: str) -> str:
    from kg.readers.html import visible_text  # noqa: PLC0415 - loads a parser that few builds need
    from kg.readers.markdown_view import shown_markdown  # noqa: PLC0415 - the same

    return shown_markdown(markup) if media_type == "text/markdown" else visible_text(markup)


def _outside(row: Row, text: str | None) -> str:
    """What is wrong with the bounds of a span, or nothing."""
    if text is None:
        return ""  # told by the references
    start, end = row["start"], row["end"]
    if start is None or end is None or not 0 <= start < end <= len(text):
        return f"{start}:{end} lies outside the text ({len(text)} characters)"
    return ""


def verify_citations(tables: Tables) -> Found:
    """The entries of reference lists lie in their documents."""
    texts = {row["document_id"]: row["text"] or "" for row in tables.documents}
    document_of = {row["paper_id"]: row["document_id"] for row in tables.papers}
    for row in tables.citations:
        place = (row["start"], row["end"])
        what = "" if place == (None, None) else _outside(row, texts.get(document_of.get(row["paper_id"], "")))
        if row["paper_id"] == row["cited_paper_id"]:
            what = "cites itself"
        if what:
            identifier = f"{row['paper_id']}/{row['cited_paper_id']}"
            yield Problem(table="citations", identifier=identifier, what=what)


def _texts(tables: Tables) -> dict[str, str]:
    return {row["paper_id"]: row["text"] or "" for row in tables.papers}


def verify_mentions(tables: Tables) -> Found:
    """The text of a mention stands at its offsets; a form has one type and role in a paper; none overlap."""
    texts = _texts(tables)
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for row in tables.mentions:
        text = texts.get(row["paper_id"])
        what = _outside(row, text)
        if not what and text is not None and text[row["start"] : row["end"]] != row["text"]:
            stands = text[row["start"] : row["end"]]
            what = f"{row['start']}:{row['end']} reads {quoted(stands)}, not {quoted(row['text'])}"
        first = said.setdefault((row["paper_id"], row["text"]), (row["type"], row["role"]))
        if not what and first != (row["type"], row["role"]):
            what = f"{row['text']!r} is {row['type']}/{row['role']} here and {'/'.join(first)} elsewhere"
        if what:
            yield Problem(table="mentions", identifier=row["mention_id"], what=what)
    for rows in by_paper(tables.mentions).values():
        ordered = sorted(rows, key=lambda row: (row["start"], row["end"], row["mention_id"]))
        for one, other in pairwise(ordered):
            if one["end"] > other["start"]:
                what = f"overlaps {one['mention_id']} at {other['start']}"
                yield Problem(table="mentions", identifier=other["mention_id"], what=what)


def verify_merges(tables: Tables) -> Found:
    """Each form that was joined to an entity is a mention of it by that rule, and none is left out."""
    linked = linked_mentions(tables)
    names = {row["entity_id"]: row["name"] for row in tables.entities}
    rule = {row["mention_id"]: (row["entity_id"], row["rule"], row["score"]) for row in tables.links}
    at = {(row["paper_id"], row["start"], row["end"]): row for rows in linked.values() for row in rows}
    told: dict[str, set[str]] = defaultdict(set)
    for row in tables.merges:
        told[row["entity_id"]].add(form_of(row["form"]).key)
        identifier = f"{row['entity_id']}/{row['form']}"
        mention = at.get((row["paper_id"], row["start"], row["end"]))
        what = ""
        if mention is None:
            what = f"no mention stands at {row['start']}:{row['end']} of {row['paper_id']}"
        elif mention["text"] != row["form"]:
            what = f"{row['start']}:{row['end']} reads {quoted(mention['text'])}, not {quoted(row['form'])}"
        elif not _agrees(row, rule[mention["mention_id"]]):
            linked_by = rule[mention["mention_id"]]
            what = f"says rule {row['rule']!r} ({row['score']}), the link of its mention is {linked_by}"
        elif row["into"] not in {other["text"] for other in linked[row["entity_id"]]} | {
            names[row["entity_id"]]
        }:
            what = f"into {quoted(row['into'])} is no form of the entity"
        if what:
            yield Problem(table="merges", identifier=identifier, what=what)
    for entity, rows in linked.items():
        forms = {form_of(row["text"]).key for row in rows} - told[entity]
        if len(forms) > 1:
            what = f"no merge says why {', '.join(map(quoted, sorted(forms)))} are one thing"
            yield Problem(table="merges", identifier=entity, what=what)


def _agrees(merge: Row, link: tuple[str, str, float]) -> bool:
    """Whether a merge is what the link of its mention says; a form that became the name is linked as such."""
    entity, rule, _ = link
    same = rule == merge["rule"] or rule == "same form"
    return entity == merge["entity_id"] and same and merge["score"] == RULES.get(merge["rule"])


def verify_relations(tables: Tables) -> Found:
    """Both ends of a relation are mentioned in its paper, and are two."""
    texts = _texts(tables)
    present = {
        (mention["paper_id"], entity_id)
        for entity_id, rows in linked_mentions(tables).items()
        for mention in rows
    }
    for row in tables.relations:
        what = _outside(row, texts.get(row["paper_id"]))
        for column in ("head_id", "tail_id"):
            if not what and (row["paper_id"], row[column]) not in present:
                what = f"{column} {row[column]} is not mentioned in the paper"
        if not what and row["head_id"] == row["tail_id"]:
            what = "relates a thing to itself"
        if what:
            yield Problem(table="relations", identifier=row["relation_id"], what=what)


def verify_results(tables: Tables) -> Found:
    """The value of a result stands in its evidence, and its numbers are numbers."""
    texts = _texts(tables)
    for row in tables.results:
        text = texts.get(row["paper_id"])
        what = _outside(row, text)
        if not what and text is not None:
            quote = collapse(text[row["start"] : row["end"]])
            if collapse(row["value"] or "") not in quote:
                what = f"value {row['value']!r} does not stand in its evidence"
        numbers = (row["low"], row["high"])
        if not what and not all(number is not None and math.isfinite(number) for number in numbers):
            what = f"{row['low']} to {row['high']} are no numbers"
        if not what and row["low"] > row["high"]:
            what = f"low {row['low']} is above high {row['high']}"
        if what:
            yield Problem(table="results", identifier=row["result_id"], what=what)


def verify_sentences(tables: Tables) -> Found:
    """The evidence of relations and results is whole sentences.

    Texts longer than what is read at once were read in pieces, which may end within a sentence.
    """
    papers = {row["paper_id"]: row for row in tables.papers}
    starts: dict[str, list[int]] = {}
    for table, key in (("relations", "relation_id"), ("results", "result_id")):
        for row in getattr(tables, table):
            paper = papers.get(row["paper_id"])
            if paper is None or len(paper["text"]) > LONGEST_READ or _outside(row, paper["text"]):
                continue
            identifier, text = paper["paper_id"], paper["text"]
            if identifier not in starts:
                starts[identifier] = list(sentence_starts(text, len(paper["title"] or "")))
            place = sentence_around(text, starts[identifier], row["start"], row["end"])
            if place != (row["start"], row["end"]):
                what = f"{row['start']}:{row['end']} is no whole sentence, which is {place[0]}:{place[1]}"
                yield Problem(table=table, identifier=row[key], what=what)
