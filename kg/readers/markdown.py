"""Markdown: the same page layouts over its lines, headings as headings, marks left out at the ends of spans.

Offsets point into the raw text, so a span may hold emphasis marks and links in its middle, as printed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.readers.assemble import papers_from
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.page import Line, make_page, split_lines
from kg.readers.pages import read_page
from kg.readers.structured import BIBLIOGRAPHIC_FIELDS, paper_from_mapping
from kg.types import Paper

__all__ = ["READER"]

_FRONT = re.compile(
    r"\A\ufeff?---[ \t]*(?:\r\n?|\n)(.{0,20000}?)(?:\r\n?|\n)(?:---|\.\.\.)[ \t]*(?:\r|\n|\Z)", re.DOTALL
)
_ATX = re.compile(r"(#{1,6})\s+")
_ITEM = re.compile(r"(?:[-*+]|\d{1,4}[.)])\s+(?:\[[ xX]\]\s+)?")
_QUOTE = re.compile(r"(?:>\s?)+")
_RULE = re.compile(r"(?:=+|-{2,}|(?:\*\s?){3,}|(?:_\s?){3,}|(?:-\s?){3,})\Z")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\]){1,400})\]\((?:[^()\s]|\([^()]*\)){0,2000}(?:\s+\"[^\"]*\")?\)\Z"
)
_TRAILING_LINKS = re.compile(
    r"(?:[\s·|,]{0,5}!?\[{1,2}[^\[\]\n]{1,60}\]{1,2}\([^()\s]{1,500}\)\]?){1,12}[\s.·|]{0,5}\Z"
)
_LONGEST_LINKS = 2000
_SIGNS = re.compile(
    r"^(?:#{1,6} \S|\s{0,3}[-*+] (?=\S)|> \S|```|={3,}\s*$|"
    r"\*\*[^*\n]{3,200}\*\*|\[[^\]\n]{1,200}\]\(\S{1,500}\))",
    re.MULTILINE,
)


def score(raw: Raw) -> float:
    """The density of Markdown's own marks; the ending helps."""
    head = raw.text[:50_000]
    lines = head.count("\n") + head.count("\r") + 1
    signs = sum(1 for _ in _SIGNS.finditer(head))
    hint = 0.35 if raw.suffix in {".md", ".markdown", ".mkd", ".rmd", ".qmd"} else 0.0
    front = 0.2 if _FRONT.match(raw.text) else 0.0
    density = min(0.4, 2.0 * signs / max(lines, 4)) if hint or signs >= 4 else 0.0
    return min(0.9, hint + front + density)


def read(raw: Raw) -> Parsed:
    """The papers of the page, with what the front matter says about a single one."""
    front = _FRONT.match(raw.text)
    page = make_page(raw.text, _lines(raw.text, front.end() if front else 0), joined=True)
    papers = papers_from(read_page(page), raw.text)
    if front:
        papers = _with_front_matter(papers, front.group(1))
    return Parsed(papers=papers, media_type="text/markdown")


def _lines(text: str, start: int) -> list[Line]:
    """Lines with their marks cut off; code blocks and rules left out."""
    lines: list[Line] = []
    fenced = False
    for line in split_lines(text):
        if line.start < start:
            continue
        raw = text[line.start : line.end]
        if raw.startswith(("```", "~~~")):
            fenced = not fenced
            continue
        if fenced or (raw.startswith("<!--") and raw.endswith("-->")):
            continue
        if _RULE.match(raw):
            if lines and line.gap == 0 and not lines[-1].level and raw[0] in "=-":
                lines[-1] = replace(lines[-1], level=1 if raw[0] == "=" else 2, whole=True)
            continue
        lines.append(_line(text, line))
    return [line for line in lines if line.end > line.start]


def _line(text: str, line: Line) -> Line:
    start, end, level, whole = line.start, line.end, 0, False
    quote = _QUOTE.match(text, start, end)
    start = quote.end() if quote else start
    heading = _ATX.match(text, start, end)
    if heading:
        start, level, whole = heading.end(), len(heading.group(1)), True
        end = start + len(text[start:end].rstrip("# \t"))
    else:
        item = _ITEM.match(text, start, end)
        start, whole = (item.end(), True) if item else (start, text[start:end].startswith("|"))
    start, end = _unwrapped(text, start, end)
    return Line(start=start, end=end, level=level, gap=line.gap, whole=whole)


def _unwrapped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without emphasis or a link around all of it."""
    for _ in range(4):
        raw = text[start:end]
        marked = raw.startswith(("*", "_", "[", "`"))
        behind = _TRAILING_LINKS.search(raw, max(0, len(raw) - _LONGEST_LINKS)) if marked else None
        if behind and behind.start() > 0:
            end = start + behind.start()
            continue
        link = _LINK.match(raw)
        if link:
            start, end = start + link.start(1), start + link.end(1)
            continue
        for mark in ("***", "**", "__", "*", "_", "`"):
            size = len(mark)
            inner = raw[size:-size]
            if (
                len(raw) > 2 * size
                and raw.startswith(mark)
                and raw.endswith(mark)
                and mark not in inner
                and inner == inner.strip()
            ):
                start, end = start + size, end - size
                break
        else:
            break
    return start, end


def _with_front_matter(papers: tuple[Paper, ...], front: str) -> tuple[Paper, ...]:
    """Front matter describes the page's only paper; what the text itself says goes first."""
    given = paper_from_mapping(_plain_yaml(front))
    if given is None or len(papers) > 1:
        return papers
    if not papers:
        return (given,) if given.title and (given.abstract or given.authors) else papers
    paper = papers[0]
    if paper.title and given.title and paper.title.casefold() != given.title.casefold():
        return papers
    fields = ("title", *BIBLIOGRAPHIC_FIELDS)
    return (replace(paper, **{name: getattr(paper, name) or getattr(given, name) for name in fields}),)


def _plain_yaml(front: str) -> dict[str, str | list[str]]:
    """``key: value``, ``key: [a, b]`` and ``key:`` with ``- item`` lines; anything deeper is left out."""
    values: dict[str, str | list[str]] = {}
    key = ""
    for line in front.splitlines():
        item = re.match(r"\s*-\s+(?:name:\s*)?(.*)", line)
        pair = re.match(r"([A-Za-z_][\w-]{0,40}):\s*(.*)", line)
        if pair:
            key, value = pair.group(1).lower(), pair.group(2).strip()
            listed = re.fullmatch(r"\[(.*)\]", value)
            values[key] = (
                [_unquoted(part) for part in listed.group(1).split(",")] if listed else _unquoted(value)
            )
        elif item and key:
            former = values.get(key)
            values[key] = [*(former if isinstance(former, list) else []), _unquoted(item.group(1))]
    return values


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


READER = Reader(name="markdown", score=score, read=read)
