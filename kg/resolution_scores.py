"""Scores the resolution of entities against annotated pairs of mentions.

Each line of the file is a pair: two forms, each with its type and the sentence in which it stands, and
whether they name the same thing. The sentences are read and resolved as a build reads papers; the annotated
forms are the mentions. Or a build of the papers themselves is scored: whole abstracts, and the collection
around them. Pairs of one ``group`` speak of one headword, in several senses where it has several.

- pairwise: of the pairs that a build joins how many are one thing, and the reverse
- B-cubed: for each annotated mention how much of its cluster (within its group) is the same thing, and how
  much of the same thing is in its cluster (A. Bagga and B. Baldwin, LREC workshop 1998)
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.extractions import extract
from kg.ids import make_id
from kg.resolve import resolve
from kg.tables import Tables
from kg.text import whole_word_spans
from kg.types import Extraction, Mention, Paper

__all__ = [
    "HALVES",
    "Pair",
    "PairScores",
    "Side",
    "cluster",
    "clusters_of_build",
    "read_pairs",
    "score_pairs",
]

HALVES = ("dev", "test")


@dataclass(frozen=True, slots=True)
class Side:
    """A form in its context, with its type and role as read in the whole abstract; ``entity`` is the
    annotated thing, unique within the group."""

    paper: str
    form: str
    type: str
    role: str
    entity: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two forms and whether they are the same thing. ``where`` is file and line."""

    id: str
    half: str
    stratum: str
    group: str
    same: bool
    a: Side
    b: Side
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScores:
    """Counts of pairs, B-cubed, and the ids of the pairs that came out wrong, by stratum."""

    pairs: int
    joined: int
    same: int
    right: int
    bcubed_precision: float
    bcubed_recall: float
    strata: Mapping[str, tuple[int, int]]
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Of the pairs that were joined how many are one thing; 1 where none was joined."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that are one thing how many were joined."""
        return self.right / self.same if self.same else 1.0


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a JSON lines file. A GoldError names the line that has not their form."""
    pairs = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                pairs.append(_pair(line, f"{path}:{number}"))
    return pairs


def _pair(line: str, where: str) -> Pair:
    try:
        row: dict[str, Any] = json.loads(line)
        a, b = Side(**row.pop("a")), Side(**row.pop("b"))
        pair = Pair(**row, a=a, b=b, where=where)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        hint = "a pair has id, half, stratum, group, same, a and b (paper, form, type, role, entity, text)"
        raise GoldError(f"{where}: not an annotated pair ({error})", hint=hint) from error
    for side in (pair.a, pair.b):
        if not whole_word_spans(side.text, side.form):
            raise GoldError(f"{where}: {side.form!r} is no word of its text")
    if pair.same != (pair.a.entity == pair.b.entity):
        raise GoldError(f"{where}: same is {pair.same}, but the entities say otherwise")
    return pair


def cluster(pairs: Sequence[Pair], *, pipeline: str) -> dict[Side, str]:
    """The entity id of every annotated form: the texts read with a pipeline and resolved together."""
    sides = sorted({side for pair in pairs for side in (pair.a, pair.b)}, key=_order)
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for side in sides:
        texts[side.paper][side.text] = None
    papers = [_paper(name, list(found)) for name, found in sorted(texts.items())]
    read = {each.paper_id: each for each in extract(papers, pipeline=pipeline)}
    text_of = {paper.paper_id: paper.text for paper in papers}
    marked: dict[Side, Mention] = {}
    for side in sides:
        paper_id = make_id("p", side.paper)
        read[paper_id], marked[side] = _marked(read[paper_id], text_of[paper_id], side)
    resolution = resolve(list(read.values()))
    return {side: resolution.entity_of(mention) for side, mention in marked.items()}


def clusters_of_build(pairs: Iterable[Pair], tables: Tables) -> dict[Side, str]:
    """The entity id of every annotated form that the build holds: papers are found by the id that the pairs
    give them ("arXiv:2503.11731", or "acl:Q16-1010" where an address of the paper ends so), forms as printed.
    Of several things of one name in a paper the one of the annotated type counts."""
    sides = sorted({side for pair in pairs for side in (pair.a, pair.b)}, key=_order)
    wanted = {side.paper for side in sides}
    named = {row["paper_id"]: name for row in tables.papers for name in _names_of(row) if name in wanted}
    entity_of = {row["mention_id"]: row["entity_id"] for row in tables.links}
    places: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in tables.mentions:
        paper, entity = named.get(row["paper_id"]), entity_of.get(row["mention_id"])
        if paper is not None and entity is not None:
            places[paper, row["text"]].append((row["type"], entity))
    found = {}
    for side in sides:
        held = places.get((side.paper, side.form), [])
        if held:
            found[side] = min(held, key=lambda each: (each[0] != side.type, held.index(each)))[1]
    return found


def _names_of(row: Mapping[str, Any]) -> Iterable[str]:
    """What pairs may call a paper of a build."""
    if row["arxiv_id"]:
        yield f"arXiv:{row['arxiv_id']}"
    for address in (row["url"], *(row["urls"] or ())):
        if address:
            yield "acl:" + address.rstrip("/").rsplit("/", 1)[-1]


def _order(side: Side) -> tuple[str, int, str, str, str]:
    """Longer forms last: they win where forms overlap."""
    return side.paper, len(side.form), side.form, side.type, side.text


def _paper(name: str, texts: Sequence[str]) -> Paper:
    """The sentences of a paper as its text; what stands before an empty line is its title."""
    title = None
    parts = []
    for text in texts:
        head, gap, rest = text.partition("\n\n")
        title = title or (head if gap else None)
        parts.append(rest if gap else text)
    return Paper(paper_id=make_id("p", name), title=title, abstract="\n\n".join(parts))


def _marked(extraction: Extraction, text: str, side: Side) -> tuple[Extraction, Mention]:
    """The extraction with every occurrence of an annotated form as a mention, and the first of them."""
    spans = whole_word_spans(text, side.form)
    new = [
        Mention(
            paper_id=extraction.paper_id, start=start, end=end, text=side.form, type=side.type, role=side.role
        )
        for start, end in spans
    ]
    kept = [
        m for m in extraction.mentions if not any(m.start < end and start < m.end for start, end in spans)
    ]
    mentions = sorted([*kept, *new], key=lambda mention: (mention.start, mention.end))
    return replace(extraction, mentions=tuple(mentions), relations=(), results=()), new[0]


def score_pairs(pairs: Sequence[Pair], found: Mapping[Side, str]) -> PairScores:
    """The scores of a clustering; ``found`` gives each annotated form its cluster."""
    joined = [pair for pair in pairs if found[pair.a] == found[pair.b]]
    wrong = [pair for pair in pairs if (found[pair.a] == found[pair.b]) != pair.same]
    total = Counter(pair.stratum for pair in pairs)
    missed = Counter(pair.stratum for pair in wrong)
    precision, recall = _bcubed(pairs, found)
    return PairScores(
        pairs=len(pairs),
        joined=len(joined),
        same=sum(pair.same for pair in pairs),
        right=sum(pair.same for pair in joined),
        bcubed_precision=precision,
        bcubed_recall=recall,
        strata={name: (total[name] - missed[name], total[name]) for name in sorted(total)},
        wrong=tuple(pair.id for pair in wrong),
    )


def _bcubed(pairs: Iterable[Pair], found: Mapping[Side, str]) -> tuple[float, float]:
    groups: dict[str, set[Side]] = defaultdict(set)
    for pair in pairs:
        groups[pair.group].update((pair.a, pair.b))
    precisions, recalls = [], []
    for group in sorted(groups):
        for side in sorted(groups[group], key=_order):
            cluster_of = [other for other in groups[group] if found[other] == found[side]]
            thing = [other for other in groups[group] if other.entity == side.entity]
            both = sum(other.entity == side.entity for other in cluster_of)
            precisions.append(both / len(cluster_of))
            recalls.append(both / len(thing))
    count = max(len(precisions), 1)
    return sum(precisions) / count, sum(recalls) / count
