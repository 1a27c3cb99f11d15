"""Bodies of papers: read apart from title and abstract, and joined so that they only ever add.

The components learned from abstracts, and an abstract says best what a paper is about. So title and abstract
are read as if there were no body; the body is read in pieces of its own; a form that the abstract names keeps
the type and role it has there, and what only the body names is not taken for what the paper proposes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.text import normal_form
from kg.types import LONGEST_READ, Evidence, Extraction, Mention, Paper, Relation

__all__ = ["joined", "parts"]

_PARAGRAPH = re.compile(r"\n\s*\n")
# The body of a paper speaks of its own system by the name that the abstract introduced.
_IN_BODIES = {"proposed": "used"}


def parts(paper: Paper) -> Iterator[tuple[int, Paper]]:
    """What is read of a paper, each with its offset into ``paper.text``: title and abstract, then the body in
    pieces of at most LONGEST_READ characters that end with a paragraph where they can."""
    head = replace(paper, body=None)
    yield 0, head
    if not paper.body:
        return
    offset = len(paper.text) - len(paper.body)
    start = 0
    while start < len(paper.body):
        end = _end_of_piece(paper.body, start)
        piece = paper.body[start:end]
        if piece.strip():
            yield offset + start, replace(paper, title=None, abstract=piece, body=None)
        start = end


def _end_of_piece(body: str, start: int) -> int:
    limit = start + LONGEST_READ
    if limit >= len(body):
        return len(body)
    ends = [match.end() for match in _PARAGRAPH.finditer(body, start, limit)]
    return ends[-1] if ends and ends[-1] > start else limit


def joined(pieces: Sequence[tuple[int, Extraction]]) -> Extraction:
    """One extraction of those of a paper's parts, the first of which is that of title and abstract."""
    (_, head), *rest = pieces
    if not rest:
        return head
    known = {normal_form(mention.text): mention for mention in head.mentions}
    moved = [_moved(offset, extraction, known) for offset, extraction in rest]
    return Extraction(
        paper_id=head.paper_id,
        mentions=tuple(mention for each in (head, *moved) for mention in each.mentions),
        relations=tuple(relation for each in (head, *moved) for relation in each.relations),
        results=tuple(result for each in (head, *moved) for result in each.results),
        abbreviations=tuple(dict.fromkeys(pair for each in (head, *moved) for pair in each.abbreviations)),
    )


def _moved(offset: int, extraction: Extraction, known: dict[str, Mention]) -> Extraction:
    """The extraction of a piece at its place in the paper's text; ``known`` grows by the forms that are new.

    What was said of a mention whose type is another one in the abstract is left out, since it may not fit.
    """
    new = {mention: _agreeing(mention, offset, known) for mention in extraction.mentions}

    def kept(mention: Mention | None) -> Mention | None:
        return new[mention] if mention is not None and new[mention].type == mention.type else None

    relations: list[Relation] = []
    for relation in extraction.relations:
        head, tail = kept(relation.head), kept(relation.tail)
        if head is not None and tail is not None:
            evidence = _shifted(relation.evidence, offset)
            relations.append(replace(relation, head=head, tail=tail, evidence=evidence))
    results = tuple(
        replace(
            result,
            subject=kept(result.subject),
            metric_mention=kept(result.metric_mention),
            baseline=kept(result.baseline),
            dataset=kept(result.dataset),
            hardware=kept(result.hardware),
            evidence=_shifted(result.evidence, offset),
        )
        for result in extraction.results
    )
    return replace(extraction, mentions=tuple(new.values()), relations=tuple(relations), results=results)


def _agreeing(mention: Mention, offset: int, known: dict[str, Mention]) -> Mention:
    """The mention at its place, with the type and role that its form has in the paper."""
    moved = replace(mention, start=mention.start + offset, end=mention.end + offset)
    moved = replace(moved, role=_IN_BODIES.get(moved.role, moved.role))
    first = known.setdefault(normal_form(mention.text), moved)
    return replace(moved, type=first.type, role=first.role)


def _shifted(evidence: Evidence, offset: int) -> Evidence:
    return replace(evidence, start=evidence.start + offset, end=evidence.end + offset)
