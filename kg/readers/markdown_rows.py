"""The lines of a Markdown text and what each is: heading, list item, table row, fence, running text."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["DIVISION", "INDENT", "QUOTE", "Row", "source_rows"]

_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|\Z)")
QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?)+")
_HEADING = re.compile(r"[ \t]*(#{1,6})[ \t]+")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,4}[.)])(?:[ \t]+|(?=:::))(?:\[[ xX]\][ \t]+)?")
INDENT = re.compile(r"[ \t]*")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_RULE = re.compile(r"[ \t]*(?:=+|-{2,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})[ \t]*\Z")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")
DIVISION = re.compile(r"[ \t]*:{3,}[ \t]*(?P<what>[^\r\n]*)")
_TAG_LINE = re.compile(r"[ \t]*(?:</?[a-zA-Z][^<>\r\n]{0,600}>[ \t]*){1,6}\Z")
_REFERENCE = re.compile(r"[ \t]{0,3}\[[^\]\r\n]{1,80}\]:[ \t]+\S+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the source: its content from ``start`` to ``end`` without its prefix and its line end."""

    start: int
    end: int
    kind: str
    level: int = 0
    quoted: bool = False


def source_rows(raw: str, start: int) -> list[Row]:
    """The lines from ``start`` on; comments are left out, fenced code is kept as lines of no content."""
    rows: list[Row] = []
    fenced = False
    comments = iter(_comments(raw, start))
    comment = next(comments, None)
    position = start
    while position < len(raw):
        match = _LINE.match(raw, position)
        if match is None or match.end() == position:
            break
        position = match.end()
        end = match.start() + len(match.group().rstrip("\r\n\x85\u2028\u2029"))
        while comment is not None and comment[1] <= match.start():
            comment = next(comments, None)
        if comment is not None and comment[0] <= match.start() and raw[match.start() : end].strip():
            continue
        row = _row(raw, match.start(), end, rows, fenced=fenced)
        fenced = fenced != (row.kind == "fence")
        quoted = QUOTE.match(raw, match.start(), end) is not None
        lazy = row.kind == "text" and bool(rows) and rows[-1].quoted and rows[-1].kind in {"text", "item"}
        rows.append(Row(row.start, row.end, row.kind, row.level, quoted=True) if quoted or lazy else row)
    return rows


def _comments(raw: str, start: int) -> list[tuple[int, int]]:
    """The comments of a text; one that is never closed is text."""
    found = []
    begin = raw.find("<!--", start)
    while begin >= 0:
        end = raw.find("-->", begin)
        if end < 0:
            break
        found.append((begin, end + 3))
        begin = raw.find("<!--", end)
    return found


def _row(raw: str, start: int, end: int, rows: list[Row], *, fenced: bool) -> Row:
    quote = QUOTE.match(raw, start, end)
    begin = quote.end() if quote else start
    line = raw[begin:end]
    if not line.strip():
        return Row(start, end, "blank")
    if _FENCE.match(line):
        return Row(start, end, "fence")
    if fenced or _REFERENCE.match(line):
        return Row(start, end, "nothing")
    if DIVISION.match(line):
        return Row(begin, end, "division")
    if line.lstrip().startswith("|") and line.count("|") > 1:
        return Row(begin, end, "nothing" if _TABLE_RULE.match(line) else "row")
    if _RULE.match(line):
        setext = rows and rows[-1].kind == "text" and line.strip()[0] in "=-"
        alone = len(rows) < 2 or rows[-2].kind != "text"
        if setext and alone:
            rows[-1] = Row(rows[-1].start, rows[-1].end, "heading", 1 if line.strip()[0] == "=" else 2)
        return Row(start, end, "nothing")
    heading = _HEADING.match(line)
    if heading:
        return Row(
            begin + heading.end(),
            begin + len(line.rstrip().rstrip("#").rstrip()),
            "heading",
            len(heading.group(1)),
        )
    item = _ITEM.match(line)
    if item and item.end() < len(line):
        inner = line[item.end() :]
        head = _HEADING.match(inner)
        if head:
            return Row(begin + item.end() + head.end(), end, "heading", len(head.group(1)))
        if DIVISION.match(inner):
            return Row(begin + item.end(), end, "itemdivision")
        return Row(begin + item.end(), end, "item")
    if _TAG_LINE.match(line):
        return Row(begin, end, "tags")
    indent = INDENT.match(line)
    lead = indent.end() if indent else 0
    return Row(begin + lead, end, "text", 1 if lead else 0)
