"""Bylines -> authors: one node for one person, and two where it is in doubt.

Names are equal when they are equal without case, diacritics, dots and name order ("Zhu, Ligeng"). A name
with initials joins a full name only if the collection knows exactly one that fits and they share a
co-author; otherwise it stays apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.ids import make_id
from kg.types import Author, Paper

__all__ = ["Bylines", "name_key", "resolve_bylines"]

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bylines:
    """The authors, and the author of each (paper_id, position)."""

    authors: tuple[Author, ...]
    author_of: Mapping[tuple[str, int], str]


def name_key(name: str) -> str:
    """The form under which two printed names are one.

    >>> name_key("Preußer, Thomas B.") == name_key("thomas b preusser")
    True
    """
    if name.count(",") == 1:
        family, given = name.split(",")
        name = f"{given} {family}"
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain))


def resolve_bylines(papers: Sequence[Paper]) -> Bylines:
    """Independent of the order of the papers. A name without letters (no key) is its own author."""
    papers = sorted(papers, key=lambda paper: paper.paper_id)
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    orcids: dict[str, set[str]] = defaultdict(set)
    coauthors: dict[str, set[str]] = defaultdict(set)
    key_at: dict[tuple[str, int], str] = {}
    for paper in papers:
        keys = [name_key(author.name) or author.name for author in paper.authors]
        for position, (author, key) in enumerate(zip(paper.authors, keys, strict=True)):
            key_at[paper.paper_id, position] = key
            printed[key][author.name] += 1
            coauthors[key].update(other for other in keys if other != key)
            if author.orcid:
                orcids[key].add(author.orcid)

    full_name = _initials_that_fit_one_name(coauthors)
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(printed):
        members[full_name.get(key, key)].append(key)
    authors = tuple(_author(key, members[key], printed, orcids) for key in sorted(members))
    author_of = {place: make_id("a", full_name.get(key, key)) for place, key in key_at.items()}
    return Bylines(authors=authors, author_of=author_of)


def _author(
    key: str,
    members: Sequence[str],
    printed: Mapping[str, Counter[str]],
    orcids: Mapping[str, set[str]],
) -> Author:
    names = Counter[str]()
    for member in members:
        names.update(printed[member])
    known = sorted(orcid for member in members for orcid in orcids.get(member, ()))
    best = max(printed[key].values())
    return Author(
        author_id=make_id("a", key),
        name=min(name for name, count in printed[key].items() if count == best),
        orcid=known[0] if len(set(known)) == 1 else None,
        aliases=tuple(sorted(names)),
    )


def _initials_that_fit_one_name(coauthors: Mapping[str, set[str]]) -> dict[str, str]:
    """Key with initials -> the one full name of the collection that fits and shares a co-author."""
    by_family: dict[str, list[str]] = defaultdict(list)
    for key in sorted(coauthors):
        if not _has_initial(key):
            by_family[_family(key)].append(key)
    fitting = {}
    for key in sorted(coauthors):
        if _has_initial(key):
            candidates = [full for full in by_family[_family(key)] if _fits(key, full)]
            for full in candidates if len(candidates) == 1 else ():
                # Who stands in one byline with the full name is somebody else.
                if key not in coauthors[full] and coauthors[key] & coauthors[full]:
                    fitting[key] = full
    return fitting


def _family(key: str) -> str:
    return key.rsplit(" ", 1)[-1]


def _has_initial(key: str) -> bool:
    words = key.split()
    return len(words) > 1 and any(len(word) == 1 for word in words[:-1])


def _fits(short: str, full: str) -> bool:
    """Given names agree word by word as far as both go; a missing middle name is no contradiction."""
    one, other = short.split()[:-1], full.split()[:-1]
    pairs = list(zip(one, other, strict=False))
    return bool(pairs) and all(b.startswith(a) or (len(b) == 1 and a.startswith(b)) for a, b in pairs)
