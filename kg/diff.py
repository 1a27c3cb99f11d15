"""What is otherwise in one build than in another: what appeared, vanished, merged, split or changed.

Ids are made of content, so a paper whose file was edited has another one. Papers are joined by their ids,
then DOI or arXiv id, then title, then their place in a document; authors and entities by the papers and words
that they stand for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.matching import Keys, Match, match
from kg.tables import Row, Tables
from kg.text import collapse, fold, normal_form

__all__ = ["KINDS", "WHAT", "Change", "Diff", "diff"]

KINDS = ("paper", "entity", "result", "relation", "author")
WHAT = ("appeared", "vanished", "merged", "split", "renamed", "changed")
_FACTS = ("year", "date", "venue", "doi", "arxiv_id", "url", "language")
_MIN_TITLE_CHARS = 12  # shorter ones ("Editorial") name many works
_UNTITLED = 60

_Classes = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise. ``old`` and ``new`` are its names there and here; ``details`` are
    (what, before, now); ``weight`` is in how many papers it stands."""

    kind: str
    what: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    details: tuple[tuple[str, str, str], ...] = ()
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """``counts`` are numbers (old, new) by kind; ``changes`` go by kind, by what happened, and by weight."""

    counts: dict[str, tuple[int, int]]
    changes: tuple[Change, ...]


def diff(old: Tables, new: Tables) -> Diff:
    """Compares two builds."""
    sides = (_Side(old), _Side(new))
    works = _match_works(*sides)
    for side, name in zip(sides, ("old", "new"), strict=True):
        side.work_class = {each: n for n, found in enumerate(works) for each in getattr(found, name)}
    entities = _match_entities(*sides)
    for side, name in zip(sides, ("old", "new"), strict=True):
        side.entity_class = {each: n for n, found in enumerate(entities) for each in getattr(found, name)}
    authors = _match_authors(*sides)
    changes = [
        *_changes("paper", works, [side.works.__getitem__ for side in sides], [side.facts for side in sides]),
        *_changes(
            "entity", entities, [side.name_of for side in sides], [side.entity_facts for side in sides]
        ),
        *_changes(
            "author", authors, [side.author_name for side in sides], [side.author_facts for side in sides]
        ),
        *_relation_changes(*sides),
        *_result_changes(*sides),
    ]
    order = {name: place for names in (KINDS, WHAT) for place, name in enumerate(names)}
    changes.sort(key=lambda each: (order[each.kind], order[each.what], -each.weight, each.old, each.new))
    pairs = zip(*(side.counts() for side in sides), strict=True)
    return Diff(counts=dict(zip(KINDS, pairs, strict=True)), changes=tuple(changes))


class _Side:
    """A build, with what is needed to compare it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.work_of = {row["paper_id"]: row["work_id"] for row in tables.papers}
        self.records: dict[str, list[Row]] = defaultdict(list)
        for row in tables.papers:
            self.records[row["work_id"]].append(row)
        self.works = {work: _title(rows) for work, rows in self.records.items()}
        self.entities = {row["entity_id"]: row for row in tables.entities}
        self.authors = {row["author_id"]: row for row in tables.authors}
        self.bylines: dict[str, list[Row]] = defaultdict(list)
        self.author_works: dict[str, set[str]] = defaultdict(set)
        for row in sorted(tables.authorships, key=lambda row: row["position"]):
            self.bylines[row["paper_id"]].append(row)
            self.author_works[row["author_id"]].add(self.work_of[row["paper_id"]])
        self.paths: dict[str, list[str]] = defaultdict(list)
        for row in tables.documents:
            self.paths[row["document_id"]].append(row["path"])
        self.work_class: _Classes = {}
        self.entity_class: _Classes = {}

    def counts(self) -> list[int]:
        """Numbers in the order of KINDS."""
        relations = {(row["head_id"], row["kind"], row["tail_id"]) for row in self.tables.relations}
        results = len(self.tables.results)
        return [len(self.works), len(self.entities), results, len(relations), len(self.authors)]

    def facts(self, work: str) -> dict[str, str]:
        """What bibliographies say of a work."""
        rows = self.records[work]
        found = {name: next((str(row[name]) for row in rows if row[name]), "") for name in _FACTS}
        names = next((self.bylines[row["paper_id"]] for row in rows if self.bylines.get(row["paper_id"])), ())
        found["authors"] = ", ".join(row["name"] for row in names)
        found["abstract"] = next((collapse(row["abstract"]) for row in rows if row["abstract"]), "")
        found["records"] = str(len(rows))
        return found

    def entity_facts(self, entity: str) -> dict[str, str]:
        """What is counted of an entity."""
        return {name: str(self.entities[entity][name]) for name in ("type", "papers")}

    def author_facts(self, author: str) -> dict[str, str]:
        """In how many works an author stands."""
        return {"papers": str(len(self.author_works[author]))}

    def author_name(self, author: str) -> str:
        """The preferred name of an author."""
        return str(self.authors[author]["name"])

    def name_of(self, entity: str | None) -> str:
        """The name of an entity, or nothing."""
        return str(self.entities[entity]["name"]) if entity else ""


def _title(rows: Sequence[Row]) -> str:
    title = next((row["title"] for row in rows if row["title"]), None)
    return collapse(title or f"(untitled) {(rows[0]['abstract'] or '')[:_UNTITLED]}")


# --- which is which


def _match_works(old: _Side, new: _Side) -> list[Match]:
    def keyed(side: _Side, keys: Callable[[_Side, Row], Iterable[Hashable]]) -> Keys:
        return {
            work: frozenset(key for row in rows for key in keys(side, row))
            for work, rows in side.records.items()
        }

    tiers = (_same_record, _identifiers, _titles, _places)
    return match([(keyed(old, keys), keyed(new, keys)) for keys in tiers])


def _same_record(_side: _Side, row: Row) -> Iterator[Hashable]:
    yield row["paper_id"]


def _identifiers(_side: _Side, row: Row) -> Iterator[Hashable]:
    yield from ((name, row[name]) for name in ("doi", "arxiv_id") if row[name])


def _titles(_side: _Side, row: Row) -> Iterator[Hashable]:
    title = fold(collapse(row["title"] or ""))
    if len(title) >= _MIN_TITLE_CHARS:
        yield title


def _places(side: _Side, row: Row) -> Iterator[Hashable]:
    for path in side.paths[row["document_id"]]:
        yield path, row["position"]


def _match_entities(old: _Side, new: _Side) -> list[Match]:
    def said(side: _Side) -> Keys:
        """By the words and the papers in which they stand."""
        entity_of = {row["mention_id"]: row["entity_id"] for row in side.tables.links}
        found: dict[str, set[Hashable]] = defaultdict(set)
        for row in side.tables.mentions:
            if entity := entity_of.get(row["mention_id"]):
                found[entity].add((side.work_class[side.work_of[row["paper_id"]]], row["text"], row["type"]))
        return {entity: frozenset(found[entity]) for entity in side.entities}

    def named(side: _Side) -> Keys:
        rows = side.entities.values()
        return {row["entity_id"]: frozenset({(row["type"], normal_form(row["name"]))}) for row in rows}

    ids = [{each: frozenset({each}) for each in side.entities} for side in (old, new)]
    return match([(said(old), said(new)), (ids[0], ids[1]), (named(old), named(new))])


def _match_authors(old: _Side, new: _Side) -> list[Match]:
    def printed(side: _Side) -> Keys:
        found: dict[str, set[Hashable]] = defaultdict(set)
        for row in side.tables.authorships:
            found[row["author_id"]].add((side.work_class[side.work_of[row["paper_id"]]], row["name"]))
        return {author: frozenset(found[author]) for author in side.authors}

    ids = [{each: frozenset({each}) for each in side.authors} for side in (old, new)]
    return match([(printed(old), printed(new)), (ids[0], ids[1])])


# --- what is otherwise


def _changes(
    kind: str,
    matches: Iterable[Match],
    names: Sequence[Callable[[str], str]],
    facts: Sequence[Callable[[str], dict[str, str]]],
) -> Iterator[Change]:
    """Of papers, entities and authors: ``names`` and ``facts`` of an id in the old and the new build."""
    for each in matches:
        old, new = sorted(map(names[0], each.old)), sorted(map(names[1], each.new))
        before = [facts[0](identifier) for identifier in each.old]
        now = [facts[1](identifier) for identifier in each.new]
        details: tuple[tuple[str, str, str], ...] = ()
        if len(old) == len(new) == 1:
            details = tuple(
                (name, before[0][name], now[0][name]) for name in now[0] if before[0][name] != now[0][name]
            )
        what = _what_happened(old, new, bool(details))
        if what:
            weight = max(int(fact.get("papers", 1)) for fact in (*before, *now))
            yield Change(kind=kind, what=what, old=tuple(old), new=tuple(new), details=details, weight=weight)


def _what_happened(old: Sequence[str], new: Sequence[str], changed: bool) -> str:
    if not old or not new:
        return "vanished" if old else "appeared"
    if len(old) != len(new):
        return "merged" if len(old) > len(new) else "split"
    if list(old) != list(new):
        return "renamed"
    return "changed" if changed else ""


def _relation_changes(old: _Side, new: _Side) -> Iterator[Change]:
    """A relation is two entities and how they are tied; its number is that of the works that say so."""

    def said(side: _Side) -> tuple[dict[tuple[int, str, int], set[str]], dict[tuple[int, str, int], str]]:
        works: dict[tuple[int, str, int], set[str]] = defaultdict(set)
        words: dict[tuple[int, str, int], str] = {}
        for row in side.tables.relations:
            key = side.entity_class[row["head_id"]], row["kind"], side.entity_class[row["tail_id"]]
            works[key].add(side.work_of[row["paper_id"]])
            ends = side.name_of(row["head_id"]), side.name_of(row["tail_id"])
            words[key] = f"{ends[0]} {row['kind'].replace('_', ' ')} {ends[1]}"
        return works, words

    (before, there), (now, here) = said(old), said(new)
    for key in sorted({*before, *now}):
        counts = len(before.get(key, ())), len(now.get(key, ()))
        if counts[0] != counts[1]:
            what = "appeared" if not counts[0] else "vanished" if not counts[1] else "changed"
            yield Change(
                kind="relation",
                what=what,
                old=(there[key],) if counts[0] else (),
                new=(here[key],) if counts[1] else (),
                details=(("papers", str(counts[0]), str(counts[1])),) if all(counts) else (),
                weight=max(counts),
            )


def _result_changes(old: _Side, new: _Side) -> Iterator[Change]:
    """A result is the same when the paper says it of the same things; then its number may be another."""

    def said(side: _Side) -> dict[tuple[Hashable, ...], list[tuple[str, str]]]:
        found: dict[tuple[Hashable, ...], list[tuple[str, str]]] = defaultdict(list)
        for row in side.tables.results:
            slots = (row[f"{slot}_id"] for slot in ("subject", "baseline", "dataset", "hardware"))
            places = tuple(side.entity_class[slot] if slot else -1 for slot in slots)
            work = side.work_of[row["paper_id"]]
            key = (side.work_class[work], *places, normal_form(row["metric"] or ""), row["predicate"])
            found[key].append((row["value"], _result_words(side, row, work)))
        return found

    before, now = said(old), said(new)
    for key in sorted({*before, *now}, key=repr):
        there, here = Counter(before.get(key, ())), Counter(now.get(key, ()))
        values = {value for value, _ in there}, {value for value, _ in here}
        lost = [pair for pair in sorted(there) if pair[0] not in values[1]]
        won = [pair for pair in sorted(here) if pair[0] not in values[0]]
        for number in range(max(len(lost), len(won))):
            one, other = lost[number : number + 1], won[number : number + 1]
            yield Change(
                kind="result",
                what="changed" if one and other else "vanished" if one else "appeared",
                old=tuple(words for _, words in one),
                new=tuple(words for _, words in other),
                details=tuple(("value", a, b) for (a, _), (b, _) in zip(one, other, strict=False)),
            )


def _result_words(side: _Side, row: Row, work: str) -> str:
    parts = [side.name_of(row["subject_id"]) or side.works[work], row["predicate"], row["metric"] or ""]
    words = " ".join(part for part in parts if part) + f": {collapse(row['value'] or '')}"
    for before, slot in (("over", "baseline"), ("on", "dataset"), ("on", "hardware")):
        if row[f"{slot}_id"]:
            words += f" {before} {side.name_of(row[f'{slot}_id'])}"
    return words
