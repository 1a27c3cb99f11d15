"""Tables of papers: columns by their headings ("Title", "Authors", "Venue", "Year"), or by what stands in
them."""

from __future__ import annotations

import re

from kg.readers.fields import find_arxiv_id, find_doi, find_year, split_venue
from kg.readers.name_lists import listed_names, name_list
from kg.readers.page import Page
from kg.readers.pages.citation import read_citation
from kg.readers.pages.features import Feature
from kg.readers.pages.found import Found
from kg.readers.pages.interface import NO_TITLE
from kg.readers.pages.sections import sections
from kg.readers.pages.units import Shown, shown
from kg.readers.pages.venues import is_venue, venue_of
from kg.types import Authorship

__all__ = ["read"]

_FEWEST = 2
_MOST = 3
_LONG_TITLE = 5
_NONE = re.compile(r"\W*(?:none|tba|tbd|n/?a|no (?:reading|class|lecture)s?)\b.{0,30}", re.IGNORECASE)
_HEADINGS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\W*(?:{forms})\W*", re.IGNORECASE)
    for name, forms in {
        "title": r"(?:paper |article |talk |publication )?titles?|papers?|articles?|publications?|"
        r"names?(?: of (?:the )?paper)?|readings?|required readings?|"
        r"paper name|work|标题|题目|题名|篇名|论文|论文题目|论文标题|タイトル|titel|título|titre",
        "authors": r"authors?(?:\(s\))?|author list|authors? \(.{2,40}\)|by|作者|著者|autoren|autores|"
        r"auteurs|contributors",
        "venue": r"venue|conference|journal|published(?: in| at)?|where|source|conf\.?|publication|"
        r"venue ?/ ?year|conference ?/ ?journal|pub\.?|会议|期刊|刊名|来源|出处|会议/期刊",
        "year": r"years?|date|published(?: on)?|pub\.? ?year|年份|时间|年|日期|发表时间|发表日期|出版年",
        "abstract": r"abstract|summary|摘要",
        "other": r"#|no\.?|id|nr\.?|number|links?|code|pdf|paper id|session|track|topic|notes?|slides|"
        r"video|time|type|category|keywords?|doi|url|"
        r"week|lecture|presenters?|stars?|framework|dataset|task|代码|链接|数据库|被引|下载|操作|引用|tags?|"
        r"comments?|institutions?|affiliations?|poster|room|award|download|materials?|序号|编号",
    }.items()
}


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """The rows of every table whose heading row names a title and something else of a paper."""
    found: list[Found] = []
    rows: dict[int, dict[int, list[int]]] = {}
    for index, block in enumerate(page.blocks):
        if block.row:
            rows.setdefault(block.row, {}).setdefault(max(block.column, 0), []).append(index)
    if len(rows) < 2:
        return []
    where = {
        index: section for section in sections(page, kinds) for index in range(section.first, section.last)
    }
    columns: dict[str, int] = {}
    spent = -1
    for row in rows.values():
        first = min(indexes[0] for indexes in row.values())
        headed = _columns(page, row)
        if headed:
            columns, spent = headed, first
            continue
        if not columns or columns["title"] not in row or first <= spent:
            continue
        section = where.get(first)
        if section is not None and (section.references or (section.people and not section.papers)):
            continue
        items = _items(page, row[columns["title"]], row)
        if items:
            found += items
            continue
        record = _record(page, row, columns)
        if record is not None:
            found.append(record)
    signed = sum(1 for record in found if _is_signed(record))
    if signed * _MOST >= len(found) * 2:
        found = [record for record in found if _is_told(page, record)]
    return found if signed * 2 >= len(found) else []


def _is_signed(record: Found) -> bool:
    """Whether a row says more of a paper than its title."""
    return bool(
        record.authors or record.year or record.venue or record.abstract or record.arxiv_id or record.doi
    )


def _is_told(page: Page, record: Found) -> bool:
    """Whether a row among rows of papers is one: it says more than a title, or its title is a long one."""
    title = page.text[slice(*record.title)] if record.title else ""
    return _is_signed(record) or (len(title.split()) >= _LONG_TITLE and NO_TITLE.fullmatch(title) is None)


def _columns(page: Page, row: dict[int, list[int]]) -> dict[str, int]:
    """The columns that a row names, where it is a heading row with a title; {} for any other."""
    named: dict[str, int] = {}
    other = 0
    for column, indexes in row.items():
        if len(indexes) > 2:
            return {}
        flat = " ".join(page.blocks[index].flat for index in indexes)
        field = next((name for name, form in _HEADINGS.items() if form.fullmatch(flat)), None)
        if field is None:
            other += 1
        elif field != "other":
            named.setdefault(field, column)
    if "title" not in named or (len(named) < 2 and other > 1) or other > len(named) + 1:
        return {}
    return named if len(named) > 1 or len(row) > 1 else {}


def _items(page: Page, cell: list[int], row: dict[int, list[int]]) -> list[Found]:
    """The entries of a cell that holds a list of them; [] for any other."""
    outer = {page.blocks[index].item for other in row.values() for index in other if other is not cell}
    outer |= {page.blocks[min(map(min, row.values())) - 1].item, 0}
    if any(page.blocks[index].item in outer for index in cell):
        return []
    found = []
    for number in dict.fromkeys(page.blocks[index].item for index in cell):
        own = [index for index in cell if page.blocks[index].item == number]
        entry = shown(page, own[0], own[-1])
        cited = read_citation(entry.text, entry.marks) if entry is not None else None
        if entry is None or cited is None or len(entry.text[slice(*cited.title)].split()) < _FEWEST:
            continue
        links = [mark.href for mark in entry.marks if mark.href]
        whole = " ".join((entry.text, *links))
        found.append(
            Found(
                extent=(page.blocks[own[0]].start, page.blocks[own[-1]].end),
                title=entry.span(*cited.title),
                title_text=entry.text[slice(*cited.title)].replace("\n", " "),
                authors=cited.authors,
                venue=cited.venue,
                year=cited.year,
                doi=find_doi(whole),
                arxiv_id=find_arxiv_id(whole),
                listed=True,
            )
        )
    return found


def _record(page: Page, row: dict[int, list[int]], columns: dict[str, int]) -> Found | None:
    cells = {name: row[column] for name, column in columns.items() if column in row}
    title = shown(page, cells["title"][0], cells["title"][0])
    if (
        title is None
        or _NONE.fullmatch(title.text)
        or (len(title.text.split()) < 2 and not any(letter > "\u2fff" for letter in title.text))
    ):
        return None
    authors = _authors(page, cells.get("authors", []))
    inner = cells["title"][1:]
    if not authors and inner and "authors" not in columns:
        authors = _authors(page, inner[:1])
    venue, year = _issue(page, cells)
    cited = read_citation(title.text, title.marks) if not authors and "authors" not in columns else None
    if cited is not None:
        authors, venue, year = cited.authors, venue or cited.venue, year or cited.year
    abstract = None
    if "abstract" in cells:
        abstract = page.blocks[cells["abstract"][0]].start, page.blocks[cells["abstract"][-1]].end
    every = [index for indexes in row.values() for index in indexes]
    start, end = page.blocks[min(every)].start, page.blocks[max(every)].end
    links = (
        [mark.href for mark in page.marks if mark.href and start <= mark.start < end]
        if len(every) < 40
        else []
    )
    whole = " ".join((page.text[start:end], *links))
    cut = _linked(title) or (cited.title if cited is not None and cited.authors else None)
    cut = cut or _without_badges(title.text)
    return Found(
        extent=(start, end),
        title=title.span(*cut),
        title_text=title.text[slice(*cut)],
        abstract=abstract,
        authors=authors,
        venue=venue,
        year=year,
        doi=find_doi(whole),
        arxiv_id=find_arxiv_id(whole),
        listed=True,
    )


def _linked(title: Shown) -> tuple[int, int] | None:
    """The link that is the title, where badges stand beside it."""
    links = [mark for mark in title.marks if mark.kind == "link" and mark.end - mark.start >= 8]
    if len(links) != 1 or links[0].start > 3 or (links[0].end - links[0].start) * 2 < len(title.text):
        return None
    return links[0].start, links[0].end


def _without_badges(text: str) -> tuple[int, int]:
    start = re.match(r"\s*(?:\[?\d{1,4}[\].)]\s+)?[“\"]?", text)
    end = re.search(
        r"[”\"]?(?:\s*[\[(](?:pdf|paper|code|link|slides|arxiv)[\])])*\s*\.?\Z", text, re.IGNORECASE
    )
    stop = end.start() if end else len(text)
    begin = start.end() if start else 0
    return (begin, stop) if stop > begin else (0, len(text))


def _authors(page: Page, indexes: list[int]) -> tuple[Authorship, ...]:
    found: list[Authorship] = []
    for index in indexes:
        flat = page.blocks[index].flat
        names = name_list(flat) or listed_names(flat, whole=False)
        if names is not None and names.score >= 0.4:
            found += names.authors
    return tuple(found)


def _issue(page: Page, cells: dict[str, list[int]]) -> tuple[str | None, int | None]:
    venue: str | None = None
    year: int | None = None
    if "venue" in cells:
        flat = " ".join(page.blocks[index].flat for index in cells["venue"])
        venue, year = split_venue(flat) if len(flat) < 60 else venue_of(flat)
    if "year" in cells:
        flat = page.blocks[cells["year"][0]].flat
        year = find_year(flat) or year
        if venue is None and is_venue(flat):
            venue, own = split_venue(flat)
            year = year or own
    return (venue if venue and len(venue) > 1 and venue not in {"-", "N/A"} else None), year
