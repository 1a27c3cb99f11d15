"""Pages whose markup says what is a title and who are the authors (classes, microdata), record by record."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_year
from kg.readers.labelled import LABEL, field_of
from kg.readers.name_lists import listed_names, name_list
from kg.readers.names import names_at
from kg.readers.page import Block, Page
from kg.readers.pages.features import ABSTRACT_LABEL, Feature, is_label, is_research_prose, is_title
from kg.readers.pages.found import Found, Span
from kg.readers.pages.issue_lines import Issue, issue_of
from kg.readers.pages.titled import after_abstract_label, title_span
from kg.readers.pages.venues import is_venue_line, venue_of
from kg.types import Authorship

__all__ = ["read"]

_TEAM = re.compile(r"[A-Z\d][\w.&'’+ -]{1,60} (?:Team|Collaboration|Consortium|Group|Initiative|Network)")
_JOINT = re.compile(r"\A\W*(?:and|&|und|et|by)\s+|(?<![\s,;])[\s,;]++(?:and|&|und|et)?\W*+\Z")
_NUMBERED = re.compile(r"(?:\[\d{1,4}\]\s*)?arXiv:\s?\d{4}\.\d{4,5}", re.IGNORECASE)
_SEVERAL = 3
_LOWEST = 7
_NO_PROSE = frozenset({"abstract", "furniture"})
_AGAIN = re.compile(
    r"(?P<first>[^,.;]{3,40})[,.;][^\n]{0,4000}?[.;]\s?(?P<again>(?P=first)(?:,? et al|[,.;]|\Z))"
)
_LEAST = 0.4
_SHORTEST = 8
_BETWEEN = 12
_SHORT_DATE = 60
_SHORT_ABSTRACT = 40
_NEAR = 2
_OFTEN = 3
_LONG_PAGE = 8
_PAGE_TITLE = re.compile(
    r"(?:conference |final |technical |advance )?(?:program(?:me)?|schedule|proceedings|session)\b",
    re.IGNORECASE,
)
_MANY_WORDS = 6
_AUTHOR_LABEL = re.compile(r"\s*(?:authors?|author\(s\)|by|作者)\s*[:：]?\s+|\s*[—–-]\s+", re.IGNORECASE)


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """One record a title that the markup names; empty where it names none, or not who wrote them."""
    titles = [
        index
        for index, block in enumerate(page.blocks)
        if block.role == "title"
        and _is_title(page, index)
        and (
            is_title(block, kinds[index])
            or len(block.flat.split()) >= _MANY_WORDS
            or any(
                0 <= at < len(page.blocks) and page.blocks[at].role == "authors"
                for at in (index - 1, index + 1)
            )
        )
    ]
    named = [index for index, block in enumerate(page.blocks) if block.role == "authors"]
    if named and not titles:
        titles = _titles_above(page, kinds, named)
    if not titles or not named:
        return []
    titles = [index for index in titles if not _is_page_title(page, index)] or titles
    minor = [index for index in titles if page.blocks[index].level != 1]
    titles = minor if len(minor) >= _SEVERAL else titles
    before = _stand_above(page, titles) or (named[0] < titles[0] and len(named) >= len(titles))
    heads = {title: _head(page, title) for title in titles}
    records: list[Found] = []
    for number, title in enumerate(titles):
        start = titles[number - 1] + 1 if number else 0
        stop = heads[titles[number + 1]] if number + 1 < len(titles) else _end(page, titles)
        if before:
            span = range(
                _first_author(page, start, title),
                _first_author(page, title + 1, stop) if number + 1 < len(titles) else stop,
            )
        else:
            span = range(heads[title], stop)
        record = _record(page, kinds, title, span)
        if record is not None:
            records.append(record)
    signed = sum(1 for record in records if record.authors)
    if signed * 2 < len(titles):
        return []
    if len(records) == 1 and len(records[0].authors) < 2 and not _is_about_research(page, records[0]):
        return []
    return records


def _is_title(page: Page, index: int) -> bool:
    block = page.blocks[index]
    names = name_list(block.flat) if len(block.flat.split()) < 4 else None
    if names is not None and names.score >= 0.6:
        return False
    said = index and page.blocks[index - 1].flat == block.flat and page.blocks[index - 1].role == "title"
    return (_SHORTEST <= len(block.flat) <= 400 and not said and not is_venue_line(block.flat)) or (
        len(block.flat.split()) >= 4 and not said and len(block.flat) <= 400
    )


def _end(page: Page, titles: list[int]) -> int:
    """Where the last record of a list ends: at a chief heading above the level of its title."""
    own = page.blocks[titles[-1]].level or _LOWEST
    for index in range(titles[-1] + 1, len(page.blocks)):
        if 0 < page.blocks[index].level < own and page.blocks[index].level <= _NEAR and len(titles) > _NEAR:
            return index
    return len(page.blocks)


def _stand_above(page: Page, titles: list[int]) -> bool:
    """Whether the markup has authors right above most titles and not below them."""
    blocks = page.blocks
    above = sum(1 for at in titles if at and blocks[at - 1].role == "authors")
    below = sum(1 for at in titles if at + 1 < len(blocks) and blocks[at + 1].role == "authors")
    return above * 2 > len(titles) and below * 2 < len(titles)


def _head(page: Page, title: int) -> int:
    """The line with the number of an entry above its title ("[3] arXiv:2605.01234 [pdf]"), or the title."""
    above = next(
        (at for at in (title - 1, title - 2) if at >= 0 and _NUMBERED.match(page.blocks[at].flat)), title
    )
    return above if all(page.blocks[at].role != "title" for at in range(above, title)) else title


def _titles_above(page: Page, kinds: list[Feature], named: list[int]) -> list[int]:
    """The title right above each run of authors, where the markup names only these."""
    found: list[int] = []
    counts = Counter(block.flat for block in page.blocks)
    for index, former in zip(named, [None, *named], strict=False):
        if former is not None and all(
            page.blocks[other].role in {"authors", "affiliation"}
            or (
                page.blocks[other].role == ""
                and kinds[other].kind != "prose"
                and len(page.blocks[other].flat) < _BETWEEN
                and page.blocks[other].gap == 0
            )
            for other in range(former + 1, index)
        ):
            continue
        for above in range(index - 1, max(-1, index - 4), -1):
            if kinds[above].kind == "prose":
                break
            if counts[page.blocks[above].flat] >= _OFTEN:
                continue
            wordy = kinds[above].kind == "furniture" and len(page.blocks[above].flat.split()) >= _MANY_WORDS
            if (wordy or is_title(page.blocks[above], kinds[above])) and page.blocks[above].role in {
                "",
                "title",
            }:
                found.append(above)
                break
    return found


def _is_page_title(page: Page, index: int) -> bool:
    """Whether what the markup calls a title is the page's own, in capitals or about its programme."""
    flat = page.blocks[index].flat
    return _PAGE_TITLE.match(flat) is not None or (flat.isupper() and len(page.blocks) > _LONG_PAGE)


def _first_author(page: Page, start: int, stop: int) -> int:
    return next((index for index in range(start, stop) if page.blocks[index].role == "authors"), stop)


def _is_about_research(page: Page, record: Found) -> bool:
    return record.abstract is not None and is_research_prose(
        page.text[record.abstract[0] : record.abstract[1]]
    )


@dataclass(slots=True)
class _Parts:
    """What the blocks of a record say while it is put together."""

    authors: list[Authorship] = field(default_factory=list)
    abstract: Span | None = None
    issue: Issue = Issue()  # noqa: RUF009 - a frozen value
    affiliation: str | None = None

    def add_issue(self, venue: str | None, year: int | None, date: str | None) -> None:
        former = self.issue
        self.issue = Issue(venue=former.venue or venue, year=former.year or year, date=former.date or date)


def _record(page: Page, kinds: list[Feature], title: int, span: range) -> Found | None:
    parts = _Parts()
    last = title
    for index in span:
        block = page.blocks[index]
        if index == title or (block.item and page.blocks[title].item and _is_beyond(page, title, index)):
            continue
        if block.role:
            _take_role(page, kinds, index, parts)
        else:
            _take_plain(page, kinds, index, title, parts)
        last = max(last, index)
    if not parts.authors and parts.abstract is None:
        return None
    authors = tuple({author.name: author for author in parts.authors}.values())
    if parts.affiliation and all(author.affiliation is None for author in authors):
        authors = tuple(Authorship(name=author.name, affiliation=parts.affiliation) for author in authors)
    first = min(span.start, title)
    hrefs = _hrefs(page, page.blocks[first].start, page.blocks[last].end)
    date = parts.issue.date
    return Found(
        extent=(page.blocks[first].start, page.blocks[last].end),
        title=title_span(page.blocks[title]),
        abstract=parts.abstract,
        authors=authors,
        venue=parts.issue.venue,
        year=parts.issue.year or (int(date[:4]) if date else None),
        date=date,
        doi=find_doi(hrefs),
        arxiv_id=find_arxiv_id(hrefs),
    )


def _take_role(page: Page, kinds: list[Feature], index: int, parts: _Parts) -> None:
    """Adds what a block says that the markup names."""
    block = page.blocks[index]
    if block.role == "authors" and not (parts.authors and parts.abstract):
        parts.authors += _names(block)
    elif block.role == "affiliation":
        parts.affiliation = parts.affiliation or block.flat
    elif block.role == "abstract" and kinds[index].kind not in _NO_PROSE and not is_label(block.flat):
        parts.abstract = _longer(page, parts.abstract, (after_abstract_label(block), block.end))
    elif block.role == "venue" and parts.issue.venue is None:
        parts.add_issue(*venue_of(_unlabelled(block.text)), None)
    elif block.role == "year" and len(block.flat) < _SHORT_DATE:
        parts.add_issue(None, find_year(block.flat), find_date(block.flat))


def _longer(page: Page, former: Span | None, own: Span) -> Span | None:
    """The longer of two forms of an abstract, or both where the second goes on with the first."""
    if own[1] - own[0] <= _SHORT_ABSTRACT:
        return former
    if former is None:
        return own
    if not page.text[former[1] : own[0]].strip() and not _is_same_start(page, former, own):
        return former[0], own[1]
    return own if own[1] - own[0] > former[1] - former[0] else former


def _take_plain(page: Page, kinds: list[Feature], index: int, title: int, parts: _Parts) -> None:
    """Adds what a block says that the markup does not name, by its form."""
    block, names = page.blocks[index], kinds[index].names
    if not parts.authors:
        if names is not None and index - title <= _NEAR:
            parts.authors += names.authors
        return
    if kinds[index].kind == "prose":
        if parts.abstract is None and index > title:
            parts.abstract = (after_abstract_label(block), block.end)
        return
    issue = issue_of(block.flat)
    if issue is not None:
        parts.add_issue(issue.venue, issue.year, issue.date)


def _is_same_start(page: Page, one: Span, other: Span) -> bool:
    """Whether one text begins as the other does: the short form and the whole of an abstract."""
    return page.text[one[0] : one[0] + 40] == page.text[other[0] : other[0] + 40]


def _is_beyond(page: Page, title: int, index: int) -> bool:
    """Whether a block stands in a later list item that holds no authors of this title's (another record)."""
    own, other = page.blocks[title].item, page.blocks[index].item
    return other != own and page.blocks[index].role in {"", "other"} and index > title and other > own + 40


def _unlabelled(text: str) -> str:
    label = LABEL.match(text)
    return text[label.end() :] if label and field_of(label) in {"venue", "year", "date"} else text


def _names(block: Block) -> tuple[Authorship, ...]:
    """The names in a block that the markup calls authors: nearly anything there is a name."""
    if ABSTRACT_LABEL.match(block.text) or len(block.flat) > 8000:
        return ()
    label = _AUTHOR_LABEL.match(block.flat)
    flat = _JOINT.sub("", (block.flat[label.end() :] if label else block.flat).strip(" ,;·"))
    again = _AGAIN.match(flat)
    flat = flat[: again.start("again")] if again else flat
    names = name_list(flat) or listed_names(flat) or names_at(flat, 0)
    if names is not None and names.score >= _LEAST:
        return names.authors
    if _TEAM.fullmatch(flat):
        return (Authorship(name=flat),)
    words = flat.split()
    if (
        2 <= len(words) <= 5
        and all(word[0].isupper() for word in words)
        and not any(c.isdigit() for c in flat)
    ):
        return (Authorship(name=flat.strip(" ,;")),)
    return ()


def _hrefs(page: Page, start: int, end: int) -> str:
    return " ".join(mark.href for mark in page.marks if mark.href and start <= mark.start < end)
