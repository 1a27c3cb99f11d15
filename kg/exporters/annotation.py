"""What the pipeline was least sure of, for annotators: our own JSON lines, Prodigy's and doccano's.

``jsonl`` is the form that ``kg train`` and ``kg evaluate`` read: correct the lines and train on them. The
tools' forms: https://prodi.gy/docs/api-interfaces#ner_manual and
https://doccano.github.io/doccano/tutorial/ (sequence labelling, JSONL).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kg.exporters.doubt import Doubtful, least_sure
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text
from kg.tables import Row, Tables, by_paper

__all__ = ["DOCCANO", "JSONL", "PRODIGY"]

_WORD = re.compile(r"\w+|[^\w\s]")

Record = dict[str, Any]


def _exporter(name: str, filename: str, about: str, record: Callable[[Doubtful, _Names], Record]) -> Exporter:
    def write(contents: Contents, path: Path) -> None:
        tables = contents.need_tables()
        names = _Names(tables)
        with atomic_text(path) as file:
            for doubtful in least_sure(tables, contents.limit):
                file.write(json.dumps(record(doubtful, names), ensure_ascii=False) + "\n")

    return Exporter(name=name, filename=filename, about=about, write=write)


class _Names:
    """Names of entities as each paper prints them, authors, relations and results by paper."""

    def __init__(self, tables: Tables) -> None:
        self.entity_of = {row["mention_id"]: row["entity_id"] for row in tables.links}
        self.printed: dict[tuple[str, str], str] = {}
        for row in sorted(tables.mentions, key=lambda row: (-row["confidence"], row["start"])):
            self.printed.setdefault((row["paper_id"], self.entity_of[row["mention_id"]]), row["text"])
        self.authors = by_paper(sorted(tables.authorships, key=lambda row: row["position"]))
        self.relations = by_paper(tables.relations)
        self.results = by_paper(tables.results)

    def name(self, paper_id: str, entity_id: str | None) -> str | None:
        """What the paper calls an entity; None for none."""
        return self.printed.get((paper_id, entity_id)) if entity_id else None


def _gold(doubtful: Doubtful, names: _Names) -> Record:
    """A line in the form of annotated abstracts, with the doubt and each form's confidence beside."""
    paper = doubtful.paper
    paper_id = paper["paper_id"]
    forms: dict[str, Row] = {}
    for row in doubtful.mentions:
        forms.setdefault(row["text"], row)
    entities = []
    for text, row in forms.items():
        main = names.name(paper_id, names.entity_of[row["mention_id"]])
        entity = {"name": text, "type": row["type"], "role": row["role"]}
        alias = {"alias_of": main} if main and main != text else {}
        entities.append(entity | alias | {"confidence": row["confidence"]})
    title = paper["title"] or ""
    parts = (title.rstrip(".") if paper["abstract"] else title, paper["abstract"] or "")
    return {
        "id": paper_id,
        "title": parts[0],
        "authors": [row["name"] for row in names.authors.get(paper_id, [])],
        "text": ". ".join(part for part in parts if part),
        "entities": entities,
        "relations": [_relation(row, names) for row in names.relations.get(paper_id, [])],
        "results": [_result(row, names) for row in names.results.get(paper_id, [])],
        "doubt": doubtful.doubt,
    }


def _relation(row: Row, names: _Names) -> Record:
    ends = {end: names.name(row["paper_id"], row[f"{end}_id"]) for end in ("head", "tail")}
    return {"head": ends["head"], "type": row["kind"], "tail": ends["tail"], "confidence": row["confidence"]}


def _result(row: Row, names: _Names) -> Record:
    ends = ("subject", "baseline", "dataset", "hardware")
    named = {end: names.name(row["paper_id"], row[f"{end}_id"]) for end in ends}
    kept = ("predicate", "metric", "value", "low", "high", "unit", "bound", "polarity", "confidence")
    return named | {name: row[name] for name in kept}


def _prodigy(doubtful: Doubtful, _names: _Names) -> Record:
    """Tokens are given, cut at every span's ends: Prodigy refuses spans that its own tokens do not fit."""
    text = doubtful.paper["text"]
    cuts = sorted({edge for row in doubtful.mentions for edge in (row["start"], row["end"])})
    tokens = list(_tokens(text, cuts))
    first = {token["start"]: token["id"] for token in tokens}
    last = {token["end"]: token["id"] for token in tokens}
    spans = [
        {
            "start": row["start"],
            "end": row["end"],
            "token_start": first[row["start"]],
            "token_end": last[row["end"]],
            "label": row["type"],
        }
        for row in doubtful.mentions
        if row["start"] in first and row["end"] in last
    ]
    meta = {"id": doubtful.paper["paper_id"], "title": doubtful.paper["title"], "doubt": doubtful.doubt}
    return {"text": text, "tokens": tokens, "spans": spans, "meta": meta}


def _tokens(text: str, cuts: list[int]) -> Iterator[Record]:
    number = 0
    for match in _WORD.finditer(text):
        inner = [cut for cut in cuts if match.start() < cut < match.end()]
        for start, end in zip((match.start(), *inner), (*inner, match.end()), strict=True):
            yield {
                "text": text[start:end],
                "start": start,
                "end": end,
                "id": number,
                "ws": text[end : end + 1].isspace(),
            }
            number += 1


def _doccano(doubtful: Doubtful, _names: _Names) -> Record:
    labels = [[row["start"], row["end"], row["type"]] for row in doubtful.mentions]
    paper = doubtful.paper
    return {
        "text": paper["text"],
        "label": labels,
        "paper": paper["paper_id"],
        "title": paper["title"],
        "doubt": doubtful.doubt,
    }


JSONL = _exporter("jsonl", "annotate.jsonl", "the least sure papers, to correct and train on", _gold)
PRODIGY = _exporter("prodigy", "prodigy.jsonl", "the least sure papers, for Prodigy's ner.manual", _prodigy)
DOCCANO = _exporter(
    "doccano", "doccano.jsonl", "the least sure papers, for doccano's sequence labelling", _doccano
)
