"""Extractions as JSON and back: what the store keeps of a text.

What the text tells anyway is not kept: mentions and quotes are cut out of it again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from kg.types import Evidence, Extraction, Mention, Relation, Result

__all__ = ["FIGURES", "extraction_from_json", "extraction_to_json"]

_SLOTS = ("subject", "metric_mention", "baseline", "dataset", "hardware")
FIGURES = ("predicate", "metric", "value", "low", "high", "unit", "bound", "polarity", "confidence")


def extraction_to_json(extraction: Extraction) -> str:
    """Mentions by offsets, and what is said of them by their numbers."""
    number = {mention: at for at, mention in enumerate(extraction.mentions)}

    def numbered(mention: Mention | None) -> int | None:
        return None if mention is None else number[mention]

    return _compact(
        [
            [
                [each.start, each.end, each.type, each.role, each.confidence, *each.extractors]
                for each in extraction.mentions
            ],
            [
                [
                    *(number[each.head], each.kind, number[each.tail]),
                    *(*_place(each.evidence), each.confidence, *each.extractors),
                ]
                for each in extraction.relations
            ],
            [
                [
                    [numbered(getattr(each, slot)) for slot in _SLOTS],
                    [getattr(each, name) for name in FIGURES],
                    _place(each.evidence),
                ]
                for each in extraction.results
            ],
            extraction.abbreviations,
        ]
    )


def extraction_from_json(stored: str, paper_id: str, text: str) -> Extraction:
    """The extraction of a paper whose text is the one that it was read from."""
    mentions, relations, results, abbreviations = json.loads(stored)
    # Forms, types and roles are the same strings again and again: one of each is kept.
    found = [
        Mention(
            paper_id=paper_id,
            start=start,
            end=end,
            text=sys.intern(text[start:end]),
            type=sys.intern(kind),
            role=sys.intern(role),
            confidence=confidence,
            extractors=tuple(map(sys.intern, extractors)),
        )
        for start, end, kind, role, confidence, *extractors in mentions
    ]

    def evidence(start: int, end: int) -> Evidence:
        return Evidence(paper_id=paper_id, start=start, end=end, quote=text[start:end])

    return Extraction(
        paper_id=paper_id,
        mentions=tuple(found),
        relations=tuple(
            Relation(
                head=found[head],
                kind=kind,
                tail=found[tail],
                evidence=evidence(start, end),
                confidence=confidence,
                extractors=tuple(extractors),
            )
            for head, kind, tail, start, end, confidence, *extractors in relations
        ),
        results=tuple(_result(found, evidence(*place), slots, figures) for slots, figures, place in results),
        abbreviations=tuple((short, long) for short, long in abbreviations),
    )


def _result(
    mentions: Sequence[Mention], evidence: Evidence, slots: Sequence[int | None], figures: Sequence[Any]
) -> Result:
    values: dict[str, Any] = dict(zip(FIGURES, figures, strict=True))
    values |= {slot: None if at is None else mentions[at] for slot, at in zip(_SLOTS, slots, strict=True)}
    return Result(evidence=evidence, **values)


def _place(evidence: Evidence) -> Sequence[int]:
    return evidence.start, evidence.end


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
