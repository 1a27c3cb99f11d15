"""Listing cards: a line of category and date ("LGJul 17, 2024"), title and byline glued together, the
abstract.

The byline begins where a capital follows a lower-case letter, a digit or a closing mark without a blank and
what follows reads as a list of names. Title and byline may also stand on lines of their own.
"""

from __future__ import annotations

import re

from kg.readers.fields import CATEGORY_CODES, category, find_date
from kg.readers.name_words import NAME_WORDS
from kg.readers.names import NameList, names_at
from kg.readers.page import Block, Page
from kg.readers.pages.features import Feature, is_title
from kg.readers.pages.found import Found
from kg.readers.pages.titled import abstract_span, title_span
from kg.readers.plain_words import PLAIN_WORDS

__all__ = ["read", "score", "split_glued"]

_CODE = (
    r"(?:(?:cs|eess|stat|math|q-bio|q-fin|econ|astro-ph|cond-mat|physics)\.[A-Za-z-]{2,8}?|"
    r"quant-ph|[A-Z]{2}|hep-[a-z]{2})"
)
_HEADER = re.compile(
    rf"(?P<codes>{_CODE}(?:\s*[,;/·•|]\s*{_CODE})*)?\s*[·•|,:–—-]?\s*"
    r"(?P<date>(?:[A-Z][a-z]{2,8}\.?\s*\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}(?:st|nd|rd|"
    r"th)?\.?\s*[A-Z][a-z]{2,8}\.?,?\s*\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}))"
    rf"\s*[·•|,:–—-]?\s*(?P<more>{_CODE}(?:\s*[,;/·•|]\s*{_CODE})*)?"
)
_EDGE = re.compile(r"(?<=[^\s\-–—/([{'‘“\"])(?=[^\W\d_a-z])")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])[A-Z][^\W\d_A-Z]+\Z")
_LONGEST_WORD = 60
_HUMPS = re.compile(r"[A-Z]+[^\W\d_A-Z]*")
_CAPITAL_LEFT = re.compile(r"[^\W\d_A-Z][A-Z]\Z")
_SHORT_PREFIX = 3  # "McKay", "DeVito", "LeCun", "MacLean"
_FIRST_NAME = 0.5
_LONGEST = 8000


def score(page: Page, kinds: list[Feature]) -> float:
    """How many header lines there are; a category in them counts more than a date alone."""
    headers = _headers(page)
    coded = sum(1 for _, codes, _ in headers if codes)
    if not coded:
        return 0.0
    del kinds
    return min(0.95, 0.6 + 0.1 * coded)


def _headers(page: Page) -> list[tuple[int, tuple[str, ...], str]]:
    found = []
    for index, block in enumerate(page.blocks):
        match = _HEADER.fullmatch(block.flat) if len(block.flat) < 80 else None
        date = find_date(match.group("date")) if match else None
        if match is None or date is None:
            continue
        codes = re.findall(_CODE, f"{match.group('codes') or ''} {match.group('more') or ''}")
        if all("." in code or "-" in code or code in CATEGORY_CODES for code in codes):
            found.append((index, tuple(category(code) for code in codes), date))
    return found


def read(page: Page, kinds: list[Feature]) -> list[Found]:
    """One record a header line."""
    headers = _headers(page)
    if all(not codes for _, codes, _ in headers):
        return []
    records = []
    for number, (index, codes, date) in enumerate(headers):
        stop = headers[number + 1][0] if number + 1 < len(headers) else len(page.blocks)
        record = _card(page, kinds, index, stop, codes, date)
        if record:
            records.append(record)
    return records


def _card(
    page: Page, kinds: list[Feature], index: int, stop: int, codes: tuple[str, ...], date: str
) -> Found | None:
    first = index + 1
    while (
        first < stop and kinds[first].kind == "furniture" and not is_title(page.blocks[first], kinds[first])
    ):
        first += 1
    if first >= stop:
        return None
    block = page.blocks[first]
    title: tuple[int, int] | None = title_span(block)
    names: NameList | None = None
    after = first + 1
    if kinds[first].kind == "prose" and len(block.flat) > 400:
        title, after = None, first
    elif after < stop and kinds[after].kind == "names":
        names = kinds[after].names
        after += 1
    else:
        edge = split_glued(block.text)
        if edge:
            names = names_at(block.text, edge)
            title = title_span(block)[0], _trimmed_end(block, edge)
    abstract = abstract_span(page, kinds, after, stop)
    if abstract is None and names is None:
        return None
    last = abstract[1] if abstract else after
    return Found(
        extent=(page.blocks[index].start, page.blocks[last - 1].end),
        title=title,
        abstract=abstract[0] if abstract else None,
        authors=names.authors if names else (),
        date=date,
        year=int(date[:4]),
        categories=codes,
    )


def _trimmed_end(block: Block, edge: int) -> int:
    return block.start + len(block.text[:edge].rstrip())


def split_glued(text: str) -> int | None:
    """Where the byline begins in a title with a byline glued to it; None where there is no byline.

    >>> text = "Faster, Smaller NLP ModelsAmrit Nagarajan, Sanchari Sen et al."
    >>> text[split_glued(text):]
    'Amrit Nagarajan, Sanchari Sen et al.'
    """
    best: tuple[float, int] | None = None
    for match in _EDGE.finditer(text, 1, _LONGEST):
        edge = match.start()
        value = _edge_score(text, edge)
        if value >= _FIRST_NAME and (best is None or value > best[0] + 0.02):
            best = value, edge
    return best[1] if best else None


def _edge_score(text: str, edge: int) -> float:
    """How well the tail reads as a byline and nothing else, and the word before as the end of a title."""
    if not (text[edge].isupper() or text[edge] > "\u2fff"):
        return 0.0
    following = text[edge + 1 : edge + 2]
    if text[edge - 1].isupper() and not (following.islower() or following == "."):
        return 0.0
    names = names_at(text, edge)
    if names is None or text[names.end :].strip(" .,;…"):
        return 0.0
    first = names.authors[0].name
    value = names.score
    if " " not in first and "." not in first and not re.search("[\u3040-\u9fff\uac00-\ud7af]", first):
        value -= 0.3
    before = re.split(r"\W", text[max(0, edge - 40) : edge])[-1]
    if before.lower() in PLAIN_WORDS or not before:
        value += 0.15
    elif len(before) <= 2 and not before.isupper():
        value -= 0.3
    if any(_opens_with_title_word(word[:_LONGEST_WORD]) for word in first.split()):
        value -= 0.3
    hump = _HUMP.search(before)
    if hump and hump.group().lower() in NAME_WORDS and hump.group().lower() not in PLAIN_WORDS:
        value -= 0.2
    if _CAPITAL_LEFT.search(before):
        value -= 0.4
    if (
        before.lower() not in PLAIN_WORDS
        and text[max(0, edge - len(before) - 2) : edge - len(before)] == ", "
    ):
        value -= 0.25  # inside a name of the list ("Kim, TaeYoung Yoon")
    if names.et_al:
        value += 0.05
    return value


def _opens_with_title_word(word: str) -> bool:
    """Whether a word is the end of a title and a name grown together ("EncoderYing", "BERTLouis")."""
    humps = _HUMPS.findall(word.strip(".,"))
    if "-" in word or not humps or word.isupper() or (len(humps[0]) == 1 and len(humps) == 1):
        return False
    if len(humps[0]) > 1 and humps[0][:2].isupper():
        return True
    prefix = humps[0].lower()
    return (
        len(humps) > 1 and prefix not in NAME_WORDS and (len(prefix) > _SHORT_PREFIX or prefix in PLAIN_WORDS)
    )
