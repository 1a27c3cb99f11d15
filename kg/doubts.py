"""What a person should look at in the entities of a build: weak merges, names that are spelt nearly alike,
and short forms of several things. Nothing here changes anything: a proposal is settled by a decision.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from rapidfuzz.distance import DamerauLevenshtein

from kg.resolution.forms import digits, form_of
from kg.sentences import sentence_around, sentence_starts
from kg.tables import Row, Tables

__all__ = ["Doubt", "Example", "doubts"]

# A merge by a rule of this score or less is shown.
_WEAK = 0.93
# Two names of one type are proposed as one when at most this share of the letters of the longer differs.
_DIFFERENT = 0.12
_LEAST_LETTERS, _BLOCK = 6, 5
# Names that begin alike and are too many to compare all with all are compared with their neighbours only.
_NEIGHBOURS = 40
_ALIKE_DOUBT, _SHORT_DOUBT = 0.4, 0.3
_EXAMPLES, _QUOTE = 3, 240
# What turns a word into another one is no slip.
_OPPOSITES = (
    "un",
    "in",
    "non",
    "de",
    "dis",
    "re",
    "pre",
    "post",
    "sub",
    "super",
    "multi",
    "uni",
    "bi",
    "mono",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence in which a form stands; ``start`` and ``end`` are offsets of the form in the text."""

    entity: str
    form: str
    paper_id: str
    start: int
    end: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """``kind``: weak merge (the forms are one entity), alike (they are two, and look like one) or ambiguous
    (one short form of several entities). ``doubt`` is between 0 and 1; ``papers`` counts for each of
    ``names`` the papers that print it."""

    kind: str
    doubt: float
    type: str
    names: tuple[str, ...]
    papers: tuple[int, ...]
    rule: str | None
    examples: tuple[Example, ...]


def doubts(tables: Tables) -> list[Doubt]:
    """All that is in doubt in a build, the most doubtful first, then what most papers print."""
    places = _Places(tables)
    found = [*_weak(tables, places), *_alike(tables, places), *_ambiguous(tables, places)]
    return sorted(found, key=lambda each: (-each.doubt, -sum(each.papers), each.kind, each.names))


class _Places:
    """Where the forms of entities stand."""

    def __init__(self, tables: Tables) -> None:
        mentions = {row["mention_id"]: row for row in tables.mentions}
        self.texts = {row["paper_id"]: row["text"] or "" for row in tables.papers}
        self._title = {row["paper_id"]: len(row["title"] or "") for row in tables.papers}
        self.of: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for link in tables.links:
            mention = mentions[link["mention_id"]]
            self.of[link["entity_id"]][form_of(mention["text"]).key].append(mention)

    def papers(self, entity: str, key: str | None = None) -> int:
        """How many papers print an entity, or one form of it."""
        rows = self._rows(entity, key)
        return len({row["paper_id"] for row in rows})

    def example(self, entity: Row, key: str | None = None) -> Iterator[Example]:
        """The first sentence in the order of papers; none where the form stands nowhere."""
        rows = self._rows(entity["entity_id"], key)
        if rows:
            row = min(
                rows,
                key=lambda each: (
                    each["start"] < self._title[each["paper_id"]],
                    each["paper_id"],
                    each["start"],
                ),
            )
            yield self._example(entity["name"], row)

    def _rows(self, entity: str, key: str | None) -> list[Row]:
        forms = self.of.get(entity, {})
        return forms.get(key, []) if key else [row for rows in forms.values() for row in rows]

    def _example(self, name: str, row: Row) -> Example:
        text = self.texts[row["paper_id"]]
        starts = list(sentence_starts(text, self._title[row["paper_id"]]))
        start, end = sentence_around(text, starts, row["start"], row["end"])
        if end - start > _QUOTE:
            start = max(start, row["start"] - _QUOTE // 2)
            end = min(end, row["end"] + _QUOTE // 2)
        return Example(
            entity=name,
            form=row["text"],
            paper_id=row["paper_id"],
            start=row["start"],
            end=row["end"],
            sentence=" ".join(text[start:end].split()),
        )


def _weak(tables: Tables, places: _Places) -> Iterator[Doubt]:
    entities = {row["entity_id"]: row for row in tables.entities}
    for row in tables.merges:
        if row["score"] <= _WEAK:
            entity = entities[row["entity_id"]]
            form, into = form_of(row["form"]).key, form_of(row["into"]).key
            yield Doubt(
                kind="weak merge",
                doubt=round(1 - row["score"], 4),
                type=entity["type"],
                names=(row["form"], row["into"]),
                papers=(places.papers(entity["entity_id"], form), places.papers(entity["entity_id"], into)),
                rule=row["rule"],
                examples=(*places.example(entity, form), *places.example(entity, into)),
            )


def _alike(tables: Tables, places: _Places) -> Iterator[Doubt]:
    """Pairs of entities of one type whose names differ by a slip."""
    blocks: dict[tuple[str, str], list[tuple[str, Row]]] = defaultdict(list)
    for row in tables.entities:
        key = form_of(row["name"]).key
        if len(key) >= _LEAST_LETTERS:
            blocks[row["type"], key[:_BLOCK]].append((key, row))
    for block in sorted(blocks):
        rows = sorted(blocks[block], key=lambda each: (each[0], each[1]["entity_id"]))
        for number, (key, row) in enumerate(rows):
            for other, second in rows[number + 1 : number + 1 + _NEIGHBOURS]:
                distance = _slip(key, other)
                if distance is not None:
                    first = sorted((row, second), key=lambda each: (-each["papers"], each["name"]))
                    yield Doubt(
                        kind="alike",
                        doubt=round(_ALIKE_DOUBT * (1 - distance), 4),
                        type=row["type"],
                        names=tuple(each["name"] for each in first),
                        papers=tuple(each["papers"] for each in first),
                        rule=None,
                        examples=tuple(example for each in first for example in places.example(each)),
                    )


def _slip(one: str, other: str) -> float | None:
    """The share of letters that differ, where they are few and neither numbers nor a prefix among them."""
    if one == other or digits(one) != digits(other) or abs(len(one) - len(other)) > 2:
        return None
    allowed = max(1, int(_DIFFERENT * max(len(one), len(other))))
    distance = DamerauLevenshtein.distance(one, other, score_cutoff=min(allowed, 2))
    if distance > min(allowed, 2):
        return None
    shorter, longer = sorted((one, other), key=len)
    if any(longer.replace(prefix, "", 1) == shorter for prefix in _OPPOSITES):
        return None
    return distance / max(len(one), len(other))


def _ambiguous(tables: Tables, places: _Places) -> Iterator[Doubt]:
    """Short forms that several entities have."""
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in tables.entities:
        shorts = {form_of(alias).key for alias in row["aliases"] or () if _is_acronym(alias)}
        for key in shorts:
            owners[key].append(row)
    for key, rows in sorted(owners.items()):
        if len(rows) > 1:
            count = partial(places.papers, key=key)
            ranked = sorted(rows, key=lambda row: (-count(row["entity_id"]), row["name"], row["entity_id"]))
            counts = [count(row["entity_id"]) for row in ranked]
            printed = Counter(alias for row in rows for alias in row["aliases"] if form_of(alias).key == key)
            yield Doubt(
                kind="ambiguous",
                doubt=_SHORT_DOUBT,
                type=ranked[0]["type"],
                names=(min(printed, key=lambda text: (-printed[text], text)), *map(_long_name, ranked)),
                papers=(sum(counts), *counts),
                rule=None,
                examples=tuple(example for row in ranked[:_EXAMPLES] for example in places.example(row, key)),
            )


def _is_acronym(alias: str) -> bool:
    return " " not in alias and 2 <= len(alias) <= 8 and sum(map(str.isupper, alias)) >= 2


def _long_name(row: Row) -> str:
    """The fullest of an entity's names, so that two entities called IOS can be told apart."""
    longest: Iterable[str] = sorted(row["aliases"] or [row["name"]], key=lambda alias: (-len(alias), alias))
    return next(iter(longest))


def named(tables: Tables, name: str, kind: str | None) -> Sequence[Mapping[str, object]]:
    """The entities that are called so, else those that have the name as an alias; the best known first."""
    key = form_of(name).key
    rows = [row for row in tables.entities if kind in (None, row["type"])]
    found = [row for row in rows if form_of(row["name"]).key == key] or [
        row for row in rows if any(form_of(alias).key == key for alias in row["aliases"] or ())
    ]
    return sorted(found, key=lambda row: (-row["papers"], row["type"], row["entity_id"]))
