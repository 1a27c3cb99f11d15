"""Listings of posts: a title, then lines or a line of "Venue:", "Authors:" and the like, then a summary.

The labels come in any order, on lines of their own or on one line with the summary, which may be cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_urls, find_year, split_venue
from kg.readers.institutions import is_affiliation
from kg.readers.labelled import LABEL, Field, field_of, read_fields
from kg.readers.name_lists import inverted_names, name_list
from kg.readers.names import names_at
from kg.readers.page import Block, Page
from kg.readers.pages.features import (
    ABSTRACT_LABEL,
    AUTHORS_TAIL,
    OTHER_PEOPLE,
    Feature,
    is_research_prose,
    is_title,
    looks_prose,
)
from kg.readers.pages.found import Found, Span
from kg.readers.pages.interface import TEASER
from kg.readers.pages.starts import find_starts
from kg.readers.pages.titled import (
    after_abstract_label,
    labelled_venue,
    past_machine,
    prose_run,
    title_span,
    whole_abstract,
)
from kg.text import collapse
from kg.types import Authorship

__all__ = ["read", "score"]

_ANCHORS = frozenset({"authors", "venue"})
_TITLE_REACH = 8
_SHORT_TITLE = 3
_FEWEST = 3
_OF_ONE = 0.8
_LONG_TITLE = 300
_SHARED = 0.35
_SHORT_WIDE = 15
_PARTED = re.compile(r"\s*(?:[,，、;；(|]|\Z)")


@dataclass(slots=True, kw_only=True)
class _Group:
    """The label blocks of one record while it is put together."""

    first: int
    last: int
    fields: list[tuple[str, str, Span]]
    rest: Span | None = None


def score(page: Page, kinds: list[Feature]) -> float:
    """How many groups of labels there are that name authors or a venue."""
    groups = _groups(page, kinds)
    anchored = sum(1 for group in groups if _ANCHORS & {name for name, _, _ in group.fields})
    if not anchored:
        return 0.0
    unlabelled = sum(1 for start in find_starts(page, kinds) if start.names)
    if unlabelled and not any(
        {"authors", "title"} & {name for name, _, _ in group.fields} for group in groups
    ):
        return 0.05  # a byline and a venue below it: the byline says where the record is
    labelled = sum(1 for feature in kinds if feature.kind == "abstract")
    if len(groups) == 1 and labelled == 1 and any(name == "authors" for name, _, _ in groups[0].fields):
        return _OF_ONE
    return min(0.95, 0.6 + 0.1 * anchored) * anchored / max(anchored, unlabelled)


def _groups(page: Page, kinds: list[Feature]) -> list[_Group]:
    """Runs of blocks that open with a label; a second label of the same name opens the next record."""
    groups: list[_Group] = []
    for index, block in enumerate(page.blocks):
        match = LABEL.match(block.text)
        if match is None or kinds[index].kind == "names":
            continue
        label = field_of(match)
        if label == "code" or (label == "abstract" and not groups):
            continue
        fields, rest = read_fields(block.text)
        if not fields and label != "abstract":
            continue
        named = [
            (_name_of(block, field), block.text[field.start : field.end], _span(block, field))
            for field in fields
        ]
        names = {name for name, _, _ in named}
        tail = block.text[rest:]
        span = (block.start + rest, block.end) if looks_prose(tail, 30) or _is_wide_sentence(tail) else None
        if (
            names
            and groups
            and groups[-1].last == index - 1
            and groups[-1].rest is None
            and names <= {name for name, _, _ in groups[-1].fields}
            and _is_translation(groups[-1], named)
        ):
            groups[-1].last = index
            continue
        open_group = groups[-1] if groups and groups[-1].rest is None else None
        if (
            open_group
            and all(_is_between(page, kinds, other) for other in range(open_group.last + 1, index))
            and not names & {name for name, _, _ in open_group.fields}
        ):
            open_group.fields += named
            open_group.last = index
            open_group.rest = span
        elif names & (_ANCHORS | {"title"}):
            groups.append(_Group(first=index, last=index, fields=named, rest=span))
    return groups


def _is_between(page: Page, kinds: list[Feature], index: int) -> bool:
    """Whether a line between two labels leaves them together: furniture, or another fact of the record."""
    if kinds[index].kind == "furniture":
        return True
    label = LABEL.match(page.blocks[index].text) if page.blocks[index].gap == 0 else None
    return label is not None and field_of(label) == "code"


def _is_translation(group: _Group, named: list[tuple[str, str, Span]]) -> bool:
    """Whether fields say again in another script what the group has said."""
    for name, value, _ in named:
        former = next((other for field, other, _ in group.fields if field == name), "")
        if not former or any(letter > "\u2e7f" for letter in former) == any(
            letter > "\u2e7f" for letter in value
        ):
            return False
    return True


def _name_of(block: Block, field: Field) -> str:
    """The field's name; what is labelled as the paper is an address where it looks like one."""
    value = block.text[field.start : field.end].strip()
    return "url" if field.name == "title" and value.startswith(("http", "www.", "[")) else field.name


def _span(block: Block, field: Field) -> Span:
    value = block.text[field.start : field.end]
    start = block.start + field.start + len(value) - len(value.lstrip())
    return start, max(start, start + len(value.strip()))


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """One record a group of labels."""
    groups = _groups(page, kinds)
    titles = [
        _title_index(page, kinds, group, groups[number - 1].last if number else -1)
        for number, group in enumerate(groups)
    ]
    records = []
    for number, group in enumerate(groups):
        if number + 1 < len(groups):
            after = titles[number + 1]
            stop = groups[number + 1].first if after is None else after
        else:
            stop = len(page.blocks)
        records.append(_record(page, kinds, group, titles[number], stop, alone=len(groups) == 1))
    if len(groups) == 1 and records[0].title is None:
        records = [_with_title(page, kinds, groups[0], records[0])]
    return [record for record in records if record.title or record.authors or _is_abstract(page, record)]


def _with_title(page: Page, kinds: list[Feature], group: _Group, record: Found) -> Found:
    """The only record of a page whose title and abstract stand far above its labels."""
    prose = next((index for index in range(group.first) if kinds[index].kind == "prose"), None)
    if prose is None:
        return record
    words = _pairs(page.blocks[prose].flat)
    best: tuple[float, int] | None = None
    for index in range(prose):
        own = _pairs(page.blocks[index].flat)
        if (
            len(own) < _SHORT_TITLE
            or not is_title(page.blocks[index], kinds[index])
            or len(page.blocks[index].flat) > _LONG_TITLE
        ):
            continue
        value = len(own & words) / len(own)
        if value > _SHARED and (best is None or value > best[0]):
            best = value, index
    if best is None:
        return record
    end = prose_run(page, kinds, prose, group.first)
    abstract = record.abstract or (after_abstract_label(page.blocks[prose]), page.blocks[end - 1].end)
    title = page.blocks[best[1]]
    return replace(record, title=title_span(title), abstract=abstract, extent=(title.start, record.extent[1]))


def _pairs(text: str) -> set[str]:
    """Words of a text, or pairs of signs in scripts without blanks."""
    wide = re.findall("[\u3040-\u9fff\uac00-\ud7af]+", text)
    if sum(map(len, wide)) * 2 > len(text):
        return {run[at : at + 2] for run in wide for at in range(len(run) - 1)}
    return {word.lower() for word in re.findall(r"[^\W\d_]{4,}", text)}


def _title_index(page: Page, kinds: list[Feature], group: _Group, floor: int) -> int | None:
    if any(name == "title" for name, _, _ in group.fields):
        return None
    short: int | None = None
    for above in range(group.first - 1, max(floor, group.first - 1 - _TITLE_REACH), -1):
        block = page.blocks[above]
        if kinds[above].kind == "prose" and not block.level:
            break
        if above and OTHER_PEOPLE.fullmatch(page.blocks[above - 1].flat.rstrip(" :")):
            continue  # the speaker
        if is_title(block, kinds[above]) or block.level:
            if block.level or len(block.flat.split()) >= _FEWEST or not block.flat.isascii():
                return above
            short = above if short is None else short
    return short


def _record(
    page: Page, kinds: list[Feature], group: _Group, title: int | None, stop: int, *, alone: bool
) -> Found:
    values: dict[str, str] = {}
    spans: dict[str, Span] = {}
    for name, value, span in group.fields:
        values.setdefault(name, collapse(value).strip(" .,;|·•*_"))
        spans.setdefault(name, span)
    abstract, last = _summary(page, kinds, group, stop)
    venue, year = split_venue(values["venue"]) if "venue" in values else (None, None)
    if alone and (venue is None or year is None):
        named, own = labelled_venue(page, range(group.last + 1, stop))
        venue, year = venue or named, year or own
    when = " ".join(values[name] for name in ("year", "date") if name in values)
    start = page.blocks[title if title is not None else group.first].start
    end = page.blocks[last].end
    text = page.text[start:end]
    date = find_date(when)
    return Found(
        extent=(start, end),
        title=title_span(page.blocks[title]) if title is not None else spans.get("title"),
        abstract=abstract,
        authors=(*_authors(page, values, spans), *_more_names(page, kinds, group, stop)),
        venue=venue,
        year=year or find_year(when),
        date=date,
        doi=find_doi(values.get("doi", text)),
        arxiv_id=find_arxiv_id("arXiv:" + values["arxiv"]) if "arxiv" in values else None,
        url=next(iter(find_urls(values.get("url", ""))), None),
        keywords=_listed(values.get("keywords")),
        categories=_listed(values.get("categories")),
    )


def _more_names(page: Page, kinds: list[Feature], group: _Group, stop: int) -> tuple[Authorship, ...]:
    """The names on the lines below a label and its first names."""
    found: tuple[Authorship, ...] = ()
    if not group.fields or group.fields[-1][0] != "authors" or group.rest is not None:
        return found
    index = group.last + 1
    while index < stop and page.blocks[index].gap == 0:
        names = kinds[index].names
        if names is None or kinds[index].kind != "names":
            break
        found += names.authors
        index += 1
    return found


def _is_abstract(page: Page, record: Found) -> bool:
    """Whether what stands below labels without title and names is the summary of research."""
    return record.abstract is not None and is_research_prose(
        page.text[record.abstract[0] : record.abstract[1]]
    )


def _is_abstract_label(page: Page, kinds: list[Feature], index: int) -> bool:
    kind = kinds[index].kind
    return kind == "abstract" or (
        kind == "prose" and ABSTRACT_LABEL.match(page.blocks[index].text) is not None
    )


def _is_short_summary(block: Block) -> bool:
    """Whether a block is a label and a sentence or two in a script that needs few signs."""
    label = ABSTRACT_LABEL.match(block.text)
    return _is_wide_sentence(block.text[label.end() :] if label else "")


def _is_wide_sentence(rest: str) -> bool:
    return sum(1 for letter in rest if letter > "\u2fff") >= _SHORT_WIDE and rest.endswith(("。", "！", "？"))


def _listed(value: str | None) -> tuple[str, ...]:
    if not value:
        return ()
    separator = ";" if ";" in value else ","
    return tuple(part.strip() for part in value.split(separator) if part.strip())


def _authors(page: Page, values: dict[str, str], spans: dict[str, Span]) -> tuple[Authorship, ...]:
    if "authors" not in spans:
        return ()
    start, end = spans["authors"]
    inverted = inverted_names(page.text[start:end])
    if inverted is not None:
        return inverted.authors
    names = names_at(page.text, start, limit=end)
    if names is None:
        return ()
    if _PARTED.match(page.text, names.end, end) is None and any(
        mark in page.text[names.end : end] for mark in ",，、;；"
    ):
        whole = name_list(page.text[start:end])
        if whole is not None and whole.venue is None and len(whole.authors) > len(names.authors):
            return whole.authors
    if AUTHORS_TAIL.search(page.text, max(start, names.end - 1), end):
        return names.authors
    rest = collapse(page.text[names.end : end]).strip(" .,;()|·•*_-–—")
    shared = rest if is_affiliation(rest) else values.get("affiliation")
    return tuple(
        author if author.affiliation or not shared else Authorship(name=author.name, affiliation=shared)
        for author in names.authors
    )


def _summary(page: Page, kinds: list[Feature], group: _Group, stop: int) -> tuple[Span | None, int]:
    """The rest of the last label block, or the prose that follows; and the last block of the record."""
    index = group.last + 1
    rest = page.text[group.rest[0] : group.rest[1]] if group.rest else ""
    whole = whole_abstract(page, kinds, group.last, stop)
    if whole is not None and TEASER.match(page.blocks[group.last].text):
        end = prose_run(page, kinds, whole, stop)
        return (after_abstract_label(page.blocks[whole]), page.blocks[end - 1].end), end - 1
    if group.rest and (looks_prose(rest, 30) or _is_wide_sentence(rest)):
        end = index
        while end < stop and kinds[end].kind == "prose":
            end += 1
        return (group.rest[0], page.blocks[end - 1].end), end - 1
    labelled = next((other for other in range(index, stop) if _is_abstract_label(page, kinds, other)), index)
    index = labelled if all(kinds[other].kind != "prose" for other in range(index, labelled)) else index
    while index < stop and kinds[index].kind in {"furniture", "abstract", "heading"}:
        past = past_machine(page, kinds, index, stop)
        index = past if past > index else index + 1
    if index < stop and (
        kinds[index].kind == "prose"
        or looks_prose(page.blocks[index].flat, 40)
        or _is_short_summary(page.blocks[index])
    ):
        end = prose_run(page, kinds, index, stop)
        start = after_abstract_label(page.blocks[index])
        fields, past = read_fields("Venue: X 2000\n" + page.text[start : start + 40])
        if fields and page.text[start : start + 40].lower().startswith(("introduction", "overview")):
            start += max(past - len("Venue: X 2000\n"), 0)
        return (start, page.blocks[end - 1].end), end - 1
    return None, group.last
