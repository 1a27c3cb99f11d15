"""Reference lists -> citations: which papers of the collection a paper cites.

A reference is a paper of the collection when it names the same DOI, arXiv id or address, or the same title
(with a year that does not contradict it), or when the printed entry holds the whole title of that paper. What
is not in the collection is no citation here: the graph shows what was read, not what is rumoured.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.text import fold
from kg.types import Paper, Reference

__all__ = ["Citation", "link_citations"]

_WORD = re.compile(r"[^\W_]+")
_MIN_TITLE_WORDS = 3
_MIN_TITLE_CHARS = 16  # a shorter title is found only where the reference gives it as the title
_MIN_PRINTED_WORDS = 5  # within a printed entry a title must be long enough not to be there by chance
_LONGEST_ENTRY = 2000
_YEARS_APART = 2  # a preprint and its publication
# Addresses that stand for a work itself; others that a record names may be of code, data or a journal.
_OF_A_WORK = re.compile(
    r"//(?:www\.)?(?:openalex|semanticscholar|aclanthology|dblp|pubmed|openreview)\b", re.IGNORECASE
)
_VERSION = re.compile(r"v\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One paper cites another; ``start`` and ``end`` are the entry in the citing document, where known."""

    paper_id: str
    cited_paper_id: str
    start: int | None
    end: int | None


def link_citations(
    papers: Sequence[Paper], works: Mapping[str, str], texts: Mapping[str, str]
) -> list[Citation]:
    """The citations among papers, each pair of records once, by id; none of a work by itself.

    ``works`` maps paper_id to work_id, ``texts`` document_id to the document's text. Of a work with several
    records the first by id is cited.
    """
    if not any(paper.references for paper in papers):
        return []
    known = _Known(papers)
    found: dict[tuple[str, str], Citation] = {}
    for paper in papers:
        for reference in paper.references:
            cited = known.find(reference, texts.get(paper.document_id, ""))
            if cited is None or works[cited.paper_id] == works[paper.paper_id]:
                continue
            pair = (paper.paper_id, cited.paper_id)
            found.setdefault(
                pair,
                Citation(paper_id=pair[0], cited_paper_id=pair[1], start=reference.start, end=reference.end),
            )
    return [found[pair] for pair in sorted(found)]


class _Known:
    """The papers of the collection by everything that a reference may name them by."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._by_id: dict[tuple[str, str], Paper] = {}
        self._by_title: dict[tuple[str, ...], list[Paper]] = defaultdict(list)
        self._by_opening: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for paper in sorted(papers, key=lambda paper: paper.paper_id):
            for key in _identifiers(
                paper.doi, paper.arxiv_id, (paper.url, *filter(_OF_A_WORK.search, paper.urls))
            ):
                self._by_id.setdefault(key, paper)
            words = _words(paper.title or "")
            if len(words) >= _MIN_TITLE_WORDS or len(paper.title or "") >= _MIN_TITLE_CHARS:
                if words not in self._by_title and len(words) >= _MIN_PRINTED_WORDS:
                    self._by_opening[words[:_MIN_PRINTED_WORDS]].append(words)
                self._by_title[words].append(paper)

    def find(self, reference: Reference, text: str) -> Paper | None:
        """The paper that a reference names; the entry is looked up in the document's text last."""
        for key in _identifiers(reference.doi, reference.arxiv_id, (reference.url,)):
            if key in self._by_id:
                return self._by_id[key]
        if reference.title and (paper := self._titled(_words(reference.title), reference)):
            return paper
        if reference.start is None or reference.end is None:
            return None
        return self._printed(
            text[reference.start : min(reference.end, reference.start + _LONGEST_ENTRY)], reference
        )

    def _titled(self, words: tuple[str, ...], reference: Reference) -> Paper | None:
        return next((paper for paper in self._by_title.get(words, ()) if _may_be(paper, reference)), None)

    def _printed(self, entry: str, reference: Reference) -> Paper | None:
        """The longest known title that stands in the entry word for word."""
        words = _words(entry)
        held: list[tuple[str, ...]] = []
        for start in range(len(words) - _MIN_PRINTED_WORDS + 1):
            for title in self._by_opening.get(words[start : start + _MIN_PRINTED_WORDS], ()):
                if words[start : start + len(title)] == title:
                    held.append(title)
        for title in sorted(held, key=lambda title: (-len(title), title)):
            if paper := self._titled(title, reference):
                return paper
        return None


def _may_be(paper: Paper, reference: Reference) -> bool:
    """Whether neither the years nor the DOIs contradict that they are one work."""
    if paper.doi and reference.doi and paper.doi.casefold() != reference.doi.casefold():
        return False
    return not (paper.year and reference.year) or abs(paper.year - reference.year) <= _YEARS_APART


def _identifiers(
    doi: str | None, arxiv_id: str | None, addresses: Sequence[str | None]
) -> list[tuple[str, str]]:
    keys = [("doi", doi.casefold())] if doi else []
    keys += [("arxiv", _VERSION.sub("", arxiv_id.casefold()))] if arxiv_id else []
    keys += [("url", address.rstrip("/").casefold()) for address in addresses if address]
    return keys


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))
