"""Record linkage: the same work from two records.

Two records are one work if they share a DOI, an arXiv id (10.48550/arXiv.X is one), a title with authors
and years that agree, the main part of a title with all authors, or an abstract word for word. Links are
made from the surest to the weakest, and none between groups of which two records contradict each other:
so there is no chain through a record that says little. Every record keeps its row; linking only gives
them one ``work_id``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.ids import make_id
from kg.paper_titles import TitleKey, title_key
from kg.person_names import PersonName, parse_name, relation
from kg.text import fold
from kg.types import Paper

__all__ = ["RecordLink", "find_links", "is_preprint_doi", "link_works"]

_WORD = re.compile(r"[^\W_]+")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_VERSION = re.compile(r"v\d+$")
# Servers that hold preprints and deposits: their DOI beside a publisher's is no contradiction.
_PREPRINT_DOI = re.compile(
    r"10\.(?:1101|2139|5281|6084|17605|20944|21203|22541|26434|31219|31223|31234|31235|31730|32942|33774|36227"
    r"|48550|55458|13140|7490|1590|14293)/"
)
_SHORTEST_TITLE = 12
_TELLING_ABSTRACT, _TELLING_WORDS = 200, 6
_MOST_YEARS, _MOST_YEARS_ALONE = 5, 1
_MOST_COMPARED = 40
_HALF, _ALMOST_ALL = 0.5, 0.8
# How sure each rule is.
_RULES = {
    "doi": 1.0, "arxiv id": 1.0, "abstract": 0.97, "title and authors": 0.98, "abstract and authors": 0.96,
    "main title and authors": 0.92, "title": 0.85,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLink:
    """The link by which a record came to its work, and how sure it is."""

    paper_id: str
    other_id: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What identifies a paper, in the forms in which it is compared."""

    paper_id: str
    doi: str | None
    arxiv: str | None
    title: TitleKey | None
    abstract: str
    names: tuple[PersonName, ...]
    year: int | None


_Proposal = tuple[float, str, str, str]  # minus the score, two paper ids, the rule
_Rule = Callable[[_Record, _Record], str | None]
_Key = Callable[[_Record], str | None]


def link_works(papers: Sequence[Paper]) -> dict[str, str]:
    """paper_id -> work_id.

    The id of a work comes from its strongest key (DOI, arXiv id, title and first author, abstract), so it
    stays the same when further records of the work join.
    """
    return find_links(papers)[0]


def find_links(papers: Sequence[Paper]) -> tuple[dict[str, str], tuple[RecordLink, ...]]:
    """paper_id -> work_id, and for each record that joined others the link; independent of their order."""
    records = {paper.paper_id: _record(paper) for paper in papers}
    parent = {paper_id: paper_id for paper_id in records}
    members = {paper_id: [paper_id] for paper_id in records}

    def root(paper_id: str) -> str:
        while parent[paper_id] != paper_id:
            parent[paper_id] = parent[parent[paper_id]]
            paper_id = parent[paper_id]
        return paper_id

    links = []
    for cost, one, other, rule in sorted(_proposals(records)):
        kept, gone = sorted((root(one), root(other)))
        if kept == gone or _contradict_any(records, members[kept], members[gone]):
            continue
        parent[gone] = kept
        members[kept] += members.pop(gone)
        links.append(RecordLink(paper_id=other, other_id=one, rule=rule, score=-cost))
    works = _work_ids([[records[paper_id] for paper_id in sorted(group)] for group in members.values()])
    return works, tuple(links)


def is_preprint_doi(doi: str) -> bool:
    """Whether a DOI is that of a preprint server or a repository."""
    return _PREPRINT_DOI.match(doi.casefold()) is not None


def _record(paper: Paper) -> _Record:
    doi = paper.doi.casefold().strip() if paper.doi else None
    arxiv = _VERSION.sub("", paper.arxiv_id.casefold()).removeprefix("arxiv:") if paper.arxiv_id else None
    if doi and (found := _ARXIV_DOI.fullmatch(doi)):
        arxiv, doi = arxiv or _VERSION.sub("", found[1]), None
    return _Record(
        paper_id=paper.paper_id,
        doi=doi,
        arxiv=arxiv,
        title=title_key(paper.title) if paper.title and _WORD.search(paper.title) else None,
        abstract="".join(_WORD.findall(fold(paper.abstract))) if paper.abstract else "",
        names=tuple(parse_name(author.name) for author in paper.authors),
        year=paper.year,
    )


def _proposals(records: dict[str, _Record]) -> Iterator[_Proposal]:
    """All pairs that share a key, under the strictest rule that fits."""
    ways: tuple[tuple[_Rule, _Key], ...] = (
        (lambda _one, _other: "doi", lambda each: each.doi),
        (lambda _one, _other: "arxiv id", lambda each: each.arxiv),
        (_title_rule, _whole_title),
        (_main_title_rule, _main_title),
        (_abstract_rule, lambda each: each.abstract or None),
    )
    for rule_of, key_of in ways:
        blocks: dict[str, list[_Record]] = defaultdict(list)
        for paper_id in sorted(records):
            key = key_of(records[paper_id])
            if key:
                blocks[key].append(records[paper_id])
        for found in blocks.values():
            for at, one in enumerate(found):
                for other in found[at + 1 : at + 1 + _MOST_COMPARED]:
                    rule = rule_of(one, other)
                    if rule:
                        yield -_RULES[rule], one.paper_id, other.paper_id, rule


def _whole_title(record: _Record) -> str | None:
    title = record.title
    return title.whole if title and len(title.whole) >= _SHORTEST_TITLE and not title.generic else None


def _main_title(record: _Record) -> str | None:
    title = record.title
    return title.main if title and title.main_words > 1 else None


def _title_rule(one: _Record, other: _Record) -> str | None:
    if not one.names or not other.names:
        return "title" if _years(one, other) <= _MOST_YEARS_ALONE else None
    least = _HALF if _years(one, other) <= _MOST_YEARS_ALONE else _ALMOST_ALL
    return "title and authors" if _agreement(one, other) >= least else None


def _main_title_rule(one: _Record, other: _Record) -> str | None:
    """A title with and without its second part; two different second parts are two works."""
    a, b = one.title, other.title
    if a is None or b is None or a.whole == b.whole or a.main not in (a.whole, b.whole):
        return None
    if len(a.main) < _SHORTEST_TITLE or a.generic or b.generic:
        return None
    counts = sorted((len(one.names), len(other.names)))
    close = _years(one, other) <= _MOST_YEARS_ALONE + 1 and counts[0] >= _ALMOST_ALL * counts[1]
    return "main title and authors" if close and _agreement(one, other) >= _ALMOST_ALL else None


def _abstract_rule(one: _Record, other: _Record) -> str | None:
    if one.title is None and other.title is None:
        return "abstract"
    if len(one.abstract) < _TELLING_ABSTRACT:
        return None
    if one.title is None or other.title is None:
        return "abstract"
    return "abstract and authors" if _agreement(one, other) >= _HALF else None


def _contradict_any(records: dict[str, _Record], ones: Sequence[str], others: Sequence[str]) -> bool:
    return any(_contradict(records[one], records[other]) for one in ones for other in others)


def _contradict(one: _Record, other: _Record) -> bool:
    """Whether two records cannot be of one work, whatever links them."""
    if one.title and other.title and one.title.notice != other.title.notice:
        return True
    same_id = (one.doi and one.doi == other.doi) or (one.arxiv and one.arxiv == other.arxiv)
    disagree = bool(one.names and other.names) and _agreement(one, other) < _HALF
    if same_id:  # one DOI for a whole volume; but collaborations sign by name or by people
        return disagree and _different_titles(one, other)
    if disagree or _years(one, other) > _MOST_YEARS:
        return True
    if one.doi and other.doi:
        preprint = is_preprint_doi(one.doi) or is_preprint_doi(other.doi)
        return not preprint and not _one_text(one, other)
    return bool(one.arxiv and other.arxiv) and not (_one_text(one, other) or _submitted_again(one, other))


def _one_text(one: _Record, other: _Record) -> bool:
    """Whether two published records are so alike that it is one work twice: an extended journal version."""
    if not one.title or not other.title or one.title.whole != other.title.whole or one.title.words < 4:
        return False
    if _agreement(one, other) < _ALMOST_ALL or len(one.names) != len(other.names):
        return False
    return bool(one.abstract) and one.abstract[:80] == other.abstract[:80]


def _submitted_again(one: _Record, other: _Record) -> bool:
    """Whether two preprints are one: the authors gave a long title twice."""
    a, b = one.title, other.title
    alike = a is not None and b is not None and a.whole == b.whole and a.words >= _TELLING_WORDS
    return alike and _agreement(one, other) >= _ALMOST_ALL


def _different_titles(one: _Record, other: _Record) -> bool:
    a, b = one.title, other.title
    return a is not None and b is not None and a.whole != b.whole and a.main != b.main


def _years(one: _Record, other: _Record) -> int:
    return abs(one.year - other.year) if one.year and other.year else 0


def _agreement(one: _Record, other: _Record) -> float:
    """The share of the shorter byline that the other holds; 0 where a byline is missing."""
    short, long = sorted((one.names, other.names), key=len)
    if not short:
        return 0.0
    keys = {name.key for name in long}
    found = sum(
        name.key in keys or any(relation(name, each) is not None for each in long)
        for name in short[:_MOST_COMPARED]
    )
    return found / min(len(short), _MOST_COMPARED)


def _work_ids(groups: Iterable[Sequence[_Record]]) -> dict[str, str]:
    """Ids by the strongest key; where two works share it (one DOI for a volume), by the first record, too."""
    keyed = [(min(key for record in group for key in _keys(record)), group) for group in groups]
    shared = Counter(key for key, _ in keyed)
    found: dict[str, str] = {}
    for key, group in keyed:
        _, *parts = key
        apart = (group[0].paper_id,) if shared[key] > 1 else ()
        work_id = make_id("w", *parts, *apart)
        found.update((record.paper_id, work_id) for record in group)
    return found


def _keys(record: _Record) -> Iterator[tuple[int | str, ...]]:
    """What a work may be known by, the strongest first: (strength, kind, value, ...)."""
    if record.doi and not is_preprint_doi(record.doi):
        yield 0, "doi", record.doi
    if record.arxiv:
        yield 1, "arxiv", record.arxiv
    if record.doi:
        yield 2, "doi", record.doi
    if record.title:
        families = sorted(name.skeleton for name in record.names)
        yield 3, "title", record.title.whole, *families[:1]
    elif record.abstract:
        yield 4, "abstract", record.abstract
    yield 5, record.paper_id
