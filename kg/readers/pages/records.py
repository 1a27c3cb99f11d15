"""Record pages of another language: interface text around a title, fields, an abstract and related records.

What belongs to the paper is told from the interface by language: the interface's short lines are in one
language (or script), the title and the abstract in another. Field lines are told by what ends or begins them
(a name, a year, the name of a language), not by the words of one site.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.readers.fields import find_date, find_year
from kg.readers.labelled import BARE_AUTHOR_LABEL, LABEL, field_of
from kg.readers.language import language_named, script, tongue
from kg.readers.name_lists import name_list
from kg.readers.page import Page
from kg.readers.pages.features import NAME_THRESHOLD, Feature, is_research_prose, is_title
from kg.readers.pages.found import Found
from kg.readers.pages.titled import after_abstract_label, title_span
from kg.readers.plain_words import PLAIN_WORDS
from kg.types import Authorship

__all__ = ["read", "score"]

_WORD = re.compile(r"[^\W\d_]{4,}")
_AFTER_LOWER = re.compile(r"\s[a-zà-ÿ]+\s+(?=[A-ZÀ-Þ])")
_LATIN_TAIL = re.compile(
    r"[A-ZÀ-Þ][^\u0370-\u060b\u060d-\u061a\u061c-\u3000\u3003-\uff0b\uff0d-\uff1a\uff1c-\uffff]*$"
)
_FIELD_LENGTH = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tongues:
    content: str
    interface: str


def score(page: Page, kinds: list[Feature]) -> float:
    """High where most short lines are in another language than the prose, and there is a title of the
    prose's."""
    tongues = _tongues(page, kinds)
    if tongues is None or sum(_is_byline(feature) for feature in kinds) > 2:
        return 0.0
    main = _main_prose(page, kinds, tongues)
    if main is None or _title(page, kinds, main, tongues) is None:
        return 0.0
    labelled = [at for at in range(1, main) if kinds[at].kind == "prose" and kinds[at - 1].kind == "abstract"]
    if any(tongue(page.blocks[at].flat) == tongues.interface for at in labelled):
        return 0.0  # the abstract itself, with translations below it
    return 0.85


def _tongues(page: Page, kinds: list[Feature]) -> _Tongues | None:
    """The language of the papers and the language of the interface, where they differ."""
    prose: Counter[str] = Counter()
    short: Counter[str] = Counter()
    for block, feature in zip(page.blocks, kinds, strict=True):
        name = tongue(block.flat)
        if not name:
            continue
        if feature.kind == "prose":
            prose[name] += len(block.flat)
        elif len(block.flat) < _FIELD_LENGTH and not _is_byline(feature):
            short[name] += 1
    if not prose or not short:
        return None
    interface = max(sorted(short), key=lambda name: short[name])
    others = {name: count for name, count in prose.items() if name != interface}
    if not others or short[interface] < 3:
        return None
    content = max(sorted(others), key=lambda name: others[name])
    if short[interface] < 2 * short[content] and short[content] > 3:
        return None
    return _Tongues(content=content, interface=interface)


def _is_byline(feature: Feature) -> bool:
    """A list of names, which says nothing about the language of the interface."""
    return feature.names is not None and len(feature.names.authors) > 1


def _is_content_prose(page: Page, kinds: list[Feature], index: int, tongues: _Tongues) -> bool:
    if kinds[index].kind != "prose":
        return False
    return tongue(page.blocks[index].flat) == tongues.content


def _main_prose(page: Page, kinds: list[Feature], tongues: _Tongues) -> int | None:
    for index in range(len(kinds)):
        if _is_content_prose(page, kinds, index, tongues) and _is_abstract(page.blocks[index].text):
            return index
    return None


def _title(page: Page, kinds: list[Feature], main: int, tongues: _Tongues) -> int | None:
    """The line above the abstract that shares most words with it; headings and early lines win a tie."""
    words = {word.lower() for word in _WORD.findall(page.blocks[main].flat)}
    best: tuple[float, int] | None = None
    for index in range(main):
        block = page.blocks[index]
        if not is_title(block, kinds[index]) or script(block.flat) != _script_of(tongues.content):
            continue
        if LABEL.match(block.text) and field_of_block(block.text) not in {"title", None}:
            continue
        own = {word.lower() for word in _WORD.findall(block.flat)}
        shared = len(own & words)
        if len(own) < 2 or tongue(block.flat) == tongues.interface:
            continue
        value = shared / len(own) + 0.1 * min(shared, 5) + (0.3 if block.level in {1, 2} else 0.0)
        if value > 0.2 and (best is None or value > best[0]):
            best = value, index
    return best[1] if best else None


def _script_of(name: str) -> str:
    return "Latin" if name.islower() else name


def field_of_block(text: str) -> str | None:
    """The field of a block that opens with a label."""
    match = LABEL.match(text)
    return field_of(match) if match else None


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """The record itself, then the related abstracts, each without a title unless one stands right above
    it."""
    tongues = _tongues(page, kinds)
    main = _main_prose(page, kinds, tongues) if tongues else None
    title = _title(page, kinds, main, tongues) if tongues and main is not None else None
    if tongues is None or main is None or title is None:
        return []
    end = main + 1
    while end < len(kinds) and _is_content_prose(page, kinds, end, tongues) and not page.blocks[end].level:
        end += 1
    records = [_record(page, kinds, title, main, end, tongues)]
    for index in range(end, len(kinds)):
        block = page.blocks[index]
        if not _is_content_prose(page, kinds, index, tongues) or not _is_abstract(block.text):
            continue
        above = index - 1
        titled = (
            above >= end
            and is_title(page.blocks[above], kinds[above])
            and _is_content_title(page, above, tongues)
        )
        start = page.blocks[above].start if titled else block.start
        records.append(
            Found(
                extent=(start, block.end),
                title=title_span(page.blocks[above]) if titled else None,
                abstract=(after_abstract_label(block), block.end),
            )
        )
    return records


def _is_abstract(text: str) -> bool:
    return is_research_prose(text) or len(text) >= 400


def _is_content_title(page: Page, index: int, tongues: _Tongues) -> bool:
    flat = page.blocks[index].flat
    return (
        script(flat) == _script_of(tongues.content)
        and tongue(flat) != tongues.interface
        and len(flat.split()) >= 4
    )


def _record(page: Page, kinds: list[Feature], title: int, main: int, end: int, tongues: _Tongues) -> Found:
    authors: tuple[Authorship, ...] = ()
    year: int | None = None
    date: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()
    for index in _field_indexes(page, kinds, title, main, end, tongues):
        flat = page.blocks[index].flat
        label = LABEL.match(flat)
        field = field_of(label) if label else None
        value = flat[label.end() :] if label else flat
        if field == "keywords":
            keywords = keywords or tuple(
                part.strip() for part in re.split(r"[,;،、，；]", value) if part.strip()
            )
            continue
        named = language_named(flat)
        if named and field in {None, "language"} and len(flat.split()) <= 6:
            language = language or named
            continue
        if len(flat.split()) <= 10 or (field != "authors" and len(flat) < _FIELD_LENGTH and find_date(flat)):
            date = date or find_date(flat)
            found_year = find_year(flat)
            year = year or found_year
            if found_year and field != "authors":
                continue
        below_names = kinds[index].names
        if authors and below_names and kinds[index - 1].names and not page.blocks[index].gap:
            authors += below_names.authors
        if not authors and field in {None, "authors"}:
            authors = _field_names(value, labelled=field == "authors", tongues=tongues)
    first, last = page.blocks[title], page.blocks[end - 1]
    return Found(
        extent=(first.start, last.end),
        title=title_span(first),
        abstract=(after_abstract_label(page.blocks[main]), last.end),
        authors=authors,
        year=year,
        date=date,
        keywords=keywords,
        language=language,
    )


def _field_indexes(
    page: Page, kinds: list[Feature], title: int, main: int, end: int, tongues: _Tongues
) -> list[int]:
    """The short lines between title and abstract, and those right below the abstract up to the next prose."""
    above = [index for index in range(title + 1, main) if kinds[index].kind != "prose"]
    below = []
    for index in range(end, min(end + 12, len(kinds))):
        if _is_content_prose(page, kinds, index, tongues):
            break
        if kinds[index].kind != "prose" and LABEL.match(page.blocks[index].text):
            below.append(index)
    return [index for index in above + below if len(page.blocks[index].flat) < 8000]


def _field_names(text: str, *, labelled: bool, tongues: _Tongues) -> tuple[Authorship, ...]:
    """The names that a field line holds: what follows its label, a change of script, or a lower-case word."""
    for candidate in [text] if labelled else _candidates(text, tongues):
        names = name_list(candidate)
        if names is None or names.score < (0.4 if labelled else NAME_THRESHOLD):
            continue
        first = names.authors[0].name
        doubtful = " " not in first or any(word.lower() in PLAIN_WORDS for word in first.split())
        if len(names.authors) == 1 and not labelled and doubtful:
            continue
        return names.authors
    return ()


def _candidates(text: str, tongues: _Tongues) -> list[str]:
    """The parts of a line that may be its value, the surest first."""
    label = BARE_AUTHOR_LABEL.match(text)
    if label:
        return [text[label.end() :]]
    if not tongues.interface.islower():
        latin = _LATIN_TAIL.search(text)
        return [latin.group()] if latin else []
    lower = _AFTER_LOWER.search(text)
    return [text[lower.end() :]] if lower else [text]
