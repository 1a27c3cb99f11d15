"""Record linkage: the same work from two records.

Two records are the same work when they share a DOI, an arXiv id, or a title with authors that do not
contradict it. Records without a title are the same work when their abstracts are equal word for word.
Every record keeps its row; linking only gives them one ``work_id``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.ids import make_id
from kg.text import fold
from kg.types import Paper

__all__ = ["link_works"]

_WORD = re.compile(r"[^\W_]+")
# Titles such as "Editorial" or "Discussion" name many works.
_MIN_TITLE_CHARS = 12


def link_works(papers: Sequence[Paper]) -> dict[str, str]:
    """paper_id -> work_id.

    The id of a work comes from its strongest key (DOI, arXiv id, title and first author, abstract), so it
    stays the same when further records of the work join.
    """
    parent = {paper.paper_id: paper.paper_id for paper in papers}

    def root(paper_id: str) -> str:
        while parent[paper_id] != paper_id:
            parent[paper_id] = parent[parent[paper_id]]
            paper_id = parent[paper_id]
        return paper_id

    by_key: dict[tuple[str, str], list[Paper]] = defaultdict(list)
    for paper in sorted(papers, key=lambda paper: paper.paper_id):
        for key in _keys(paper):
            for other in by_key[key]:
                if key[0] != "title" or _compatible(paper, other):
                    parent[root(paper.paper_id)] = root(other.paper_id)
                    break
            by_key[key].append(paper)

    members: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        members[root(paper.paper_id)].append(paper)
    return {
        paper.paper_id: work_id
        for group in members.values()
        for work_id in [_work_id(group)]
        for paper in group
    }


def _keys(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.doi:
        yield "doi", paper.doi.casefold()
    if paper.arxiv_id:
        yield "arxiv", re.sub(r"v\d+$", "", paper.arxiv_id.casefold())
    if paper.title:
        title = _words(paper.title)
        if len(title) >= _MIN_TITLE_CHARS:
            yield "title", title
    elif paper.abstract:
        yield "abstract", _words(paper.abstract)


def _words(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def _compatible(one: Paper, other: Paper) -> bool:
    """No contradiction: different DOIs, or bylines without a family name in common, are two works."""
    if one.doi and other.doi and one.doi.casefold() != other.doi.casefold():
        return False
    if not one.authors or not other.authors:
        return True
    return not _family_names(one).isdisjoint(_family_names(other))


def _family_names(paper: Paper) -> set[str]:
    """The last word of each name, and the first: "Zhu, Ligeng" and "Ligeng Zhu" share one."""
    words = [_WORD.findall(fold(author.name)) for author in paper.authors]
    return {word for name in words if name for word in (name[0], name[-1]) if len(word) > 1}


def _work_id(group: Iterable[Paper]) -> str:
    group = sorted(group, key=lambda paper: paper.paper_id)
    keys = sorted({key for paper in group for key in _keys(paper)}, key=_strength)
    if not keys:
        return make_id("w", group[0].paper_id)
    kind, value = keys[0]
    if kind != "title":
        return make_id("w", kind, value)
    families = sorted({name for paper in group for name in _family_names(paper)})
    return make_id("w", kind, value, *families[:1])


def _strength(key: tuple[str, str]) -> tuple[int, str]:
    return ("doi", "arxiv", "title", "abstract").index(key[0]), key[1]
