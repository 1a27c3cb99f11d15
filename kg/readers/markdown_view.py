"""Markdown -> the text a person sees, with a map from each of its characters back to the marks. Linear time.

Headings, lists, quotes, tables, links, emphasis, escapes and the HTML that stands in Markdown; also what
converters write: fenced divisions (``::: authors``), attributes (``{.title}``), hard breaks. Code is left
out.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.readers.markdown_rows import DIVISION, INDENT, QUOTE, Row, source_rows
from kg.readers.markup import Builder, View, attributes, badge_text
from kg.readers.outline import Outline
from kg.readers.page import Line

__all__ = ["markdown_view", "shown_markdown"]

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]{0,20})([^<>]{0,600})>")
_LINK = re.compile(
    r"\[(?P<inner>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.){0,400}\](?:\([^()\s]{0,600}\))?){0,600})\]"
    r"(?:\([ \t]*<?(?P<href>[^()\s<>]{0,1500}(?:\([^()\s]{0,100}\)[^()\s<>]{0,500}){0,3})"
    r">?(?:\s+\"[^\"\r\n]{0,300}\"|\s+'[^'\r\n]{0,300}')?[ \t]*\)"
    r"(?:\{[^{}\r\n]{0,300}\})?|\[[^\[\]\r\n]{0,80}\]|(?P<attributes>\{[^{}\r\n]{1,300}\}))",
    re.DOTALL,
)
_IMAGE = re.compile(
    r"!\[(?:[^\[\]\r\n]|\[[^\[\]\r\n]{0,200}\]){0,400}\](?:\([^()\r\n]{0,1500}(?:\([^()"
    r"\r\n]{0,100}\)[^()\r\n]{0,300})?\)|\[[^\[\]\r\n]{0,80}\])(?:\{[^{}\r\n]{0,300}\})?"
)
_TOKEN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])|(?P<hard>(?:\\|[ ]{2,})(?:\r\n|[\r\n]))|(?P<soft>\r\n|"
    r"[\r\n\x85\u2028\u2029])|(?P<image>!\[)|(?P<open>\[)|"
    r"(?P<sign>[*_])|(?P<code>`+)|(?P<auto><https?://[^<>\s]{1,800}>)|(?P<tag></?[a-zA-Z][^<>\r\n]{0,600}>)|"
    r"(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});)|"
    r"(?P<attributes>[ \t]*\{[#.:][^{}\r\n]{0,300}\})|(?P<blank>[ \t]+)"
)
_OPEN_LINK = re.compile(r"\[[^\[\]]{0,400}\Z")
_CLASS = re.compile(r"\.([\w-]+)")
_SIGNS = re.compile(r"[*_]+")
_LONGEST_SIGN = 3
_SHORT_LINE = 45
_FEWEST_LINES = 4
_LONG_WORD = 16
_LONGEST_WRAPPED = 120
_LONGEST_EMPHASIS = 700
_DEEPEST = 6


@dataclass(slots=True)
class _State:
    """What is open while lines are read."""

    out: Outline
    item: bool = False
    quoted: bool = False
    heading: bool = False
    divisions: list[str] = field(default_factory=list)
    levels: list[tuple[int, int]] = field(default_factory=list)
    wholes: set[int] = field(default_factory=set)


def markdown_view(raw: str, start: int = 0) -> View:
    """What a reader of the rendered page would see, from ``start`` on, as lines with their structure."""
    builder = Builder()
    state = _State(out=builder.outline)
    rows = source_rows(raw, start)
    width = _wrap_width(rows)
    index = 0
    while index < len(rows):
        row = rows[index]
        end = index + 1
        if row.kind in {"text", "item"} or (
            row.kind == "heading" and _OPEN_LINK.search(raw, row.start, row.end)
        ):
            while end < len(rows) and rows[end].kind == "text" and rows[end].quoted == row.quoted:
                end += 1
        elif row.kind == "heading" and _is_wrapped(raw, rows, index, width):
            end += 1
        _block(raw, rows[index:end], builder, state)
        index = end
    view = builder.view()
    return replace(view, lines=tuple(_lines(view.text, state)))


def _wrap_width(rows: list[Row]) -> int:
    """The column at which running text is wrapped; 0 where it is not."""
    full = sorted(
        row.end - row.start
        for row, following in pairwise(rows)
        if row.kind == following.kind == "text" and row.end - row.start > _SHORT_LINE
    )
    width = full[int(0.97 * (len(full) - 1))] if len(full) >= _FEWEST_LINES else 0
    near = sum(1 for length in full if length >= width - _LONG_WORD)
    return width if width <= _LONGEST_WRAPPED and near * 2 >= len(full) else 0


def _is_wrapped(raw: str, rows: list[Row], index: int, width: int) -> bool:
    """Whether a heading goes on in the next line, whose first word would not have fitted behind it."""
    if not width or index + 1 >= len(rows) or rows[index + 1].kind != "text":
        return False
    row, following = rows[index], rows[index + 1]
    if index + 2 < len(rows) and rows[index + 2].kind == "text":
        return False
    length = row.end - raw.rfind("\n", 0, row.start) - 1
    word = raw[following.start : following.end].split(None, 1)[0]
    return length <= width + 2 and length + 1 + len(word) > width


def shown_markdown(raw: str) -> str:
    """What a slice of Markdown shows.

    >>> shown_markdown("**Fast** [pruning](https://x.org) of *deep* nets")
    'Fast pruning of deep nets'
    """
    return " ".join(markdown_view(raw).text.split())


def _block(raw: str, rows: list[Row], builder: Builder, state: _State) -> None:
    row = rows[0]
    if row.kind != "blank" and row.quoted != state.quoted:
        _turn_quote(builder, state)
    if row.kind in {"blank", "nothing", "fence"}:
        builder.add("\n", row.start, row.end)
        return
    if row.kind in {"division", "itemdivision"}:
        if row.kind == "itemdivision":
            _open_item(builder, state)
        _division(raw, row, builder, state)
        return
    if row.kind == "tags":
        for tag in _TAG.finditer(raw, row.start, row.end):
            _tag(tag, builder, state)
        builder.add("\n", row.start, row.end)
        return
    if row.kind == "row":
        _table_row(raw, row, builder, state)
        return
    if row.kind == "heading":
        _heading(raw, rows, builder, state)
        return
    if row.kind == "item":
        _open_item(builder, state)
    elif state.item and not row.level and _after_gap(builder):
        state.out.close("li", builder.length)
        state.item = False
    _inline(raw, row.start, rows[-1].end, builder, state, 0)
    builder.add("\n", rows[-1].end, rows[-1].end)


def _heading(raw: str, rows: list[Row], builder: Builder, state: _State) -> None:
    """A heading, with what the classes behind it say of it."""
    row, out, place = rows[0], state.out, builder.length
    classes = _trailing_classes(raw, row.start, row.end)
    state.levels.append((place, row.level))
    if classes:
        out.open("h", f' class="{classes}"', "", place)
    state.heading = True
    _inline(raw, row.start, rows[-1].end, builder, state, 0)
    state.heading = False
    if classes:
        out.close("h", builder.length)
    state.levels.append((builder.length, 0))
    builder.add("\n", rows[-1].end, rows[-1].end)


def _turn_quote(builder: Builder, state: _State) -> None:
    """A quotation is an item of its own, so that what it quotes ends where it ends."""
    if state.quoted or state.item:
        state.out.close("li", builder.length)
    if not state.quoted:
        state.out.open("li", "", "", builder.length)
    state.quoted, state.item = not state.quoted, False


def _after_gap(builder: Builder) -> bool:
    return len(builder.parts) > 1 and builder.parts[-1].endswith("\n") and builder.parts[-2].endswith("\n")


def _open_item(builder: Builder, state: _State) -> None:
    if state.item:
        state.out.close("li", builder.length)
    state.out.open("li", "", "", builder.length)
    state.item = True


def _trailing_classes(raw: str, start: int, end: int) -> str:
    found = re.search(r"(?:\{[^{}\r\n]{0,300}\}\s*)+\Z", raw[max(start, end - 700) : end])
    return " ".join(_CLASS.findall(found.group())) if found else ""


def _division(raw: str, row: Row, builder: Builder, state: _State) -> None:
    """``::: name`` or ``::: {.name}`` opens a division, ``:::`` alone closes one."""
    match = DIVISION.match(raw, row.start, row.end)
    what = match.group("what").strip(" :") if match else ""
    if what:
        classes = " ".join(_CLASS.findall(what)) or what
        state.divisions.append(what)
        state.out.open("div", f' class="{classes}"', "", builder.length)
    elif state.divisions:
        state.divisions.pop()
        state.out.close("div", builder.length)
    builder.add("\n", row.start, row.end)


def _tag(tag: re.Match[str], builder: Builder, state: _State) -> None:
    name = tag.group(2).lower()
    if name in {"br", "img", "hr", "input", "meta", "link"}:
        if name == "br":
            _hard_break(builder, state, tag.start(), tag.end())
        return
    if tag.group(1):
        state.out.close(name, builder.length)
    else:
        href = attributes(tag.group(3)).get("href", "") if name == "a" else ""
        state.out.open(name, tag.group(3), href, builder.length)


def _hard_break(builder: Builder, state: _State, start: int, end: int) -> None:
    state.wholes.add(-builder.length)
    builder.add("\n", start, end)


def _table_row(raw: str, row: Row, builder: Builder, state: _State) -> None:
    state.out.open("tr", "", "", builder.length)
    begin = row.start + len(raw[row.start : row.end]) - len(raw[row.start : row.end].lstrip()) + 1
    edges = [match.start() for match in re.finditer(r"(?<!\\)\|", raw[begin : row.end])]
    ends = [begin + edge for edge in edges]
    if not ends or raw[ends[-1] + 1 : row.end].strip():
        ends.append(row.end)
    start = begin
    for end in ends:
        state.out.open("td", "", "", builder.length)
        cell = raw[start:end]
        if cell.strip():
            inner = start + len(cell) - len(cell.lstrip())
            _inline(raw, inner, inner + len(cell.strip()), builder, state, 0)
        builder.add("\n", end, end)
        start = end + 1
    state.out.leave_row(builder.length)


def _inline(raw: str, start: int, end: int, builder: Builder, state: _State, depth: int) -> None:
    """The visible text of a run of inline marks."""
    position = start
    while position < end:
        token = _TOKEN.search(raw, position, end)
        if token is None:
            builder.add(raw[position:end], position, end)
            return
        if token.start() > position:
            builder.add(raw[position : token.start()], position, token.start())
        position = _inline_token(raw, token, end, builder, state, depth)


def _inline_token(
    raw: str, token: re.Match[str], end: int, builder: Builder, state: _State, depth: int
) -> int:
    kind = token.lastgroup or ""
    begin = token.start()
    if kind == "escape":
        builder.add(raw[begin + 1], begin, begin + 2)
    elif kind == "hard":
        _hard_break(builder, state, begin, token.end())
        return _past_prefix(raw, token.end(), end)
    elif kind == "soft":
        builder.add(" " if state.heading else "\n", begin, token.end())
        return _past_prefix(raw, token.end(), end)
    elif kind == "blank":
        builder.add(" ", begin, token.end())
    elif kind == "auto":
        builder.add(raw[begin + 1 : token.end() - 1], begin + 1, token.end() - 1)
    elif kind == "entity":
        builder.add(html.unescape(token.group()), begin, token.end())
    elif kind == "tag":
        tag = _TAG.match(raw, begin, end)
        if tag is not None:
            _tag(tag, builder, state)
    elif kind == "image":
        return _image(raw, begin, end, builder)
    elif kind == "open":
        return _link(raw, begin, end, builder, state, depth)
    elif kind == "sign":
        return _emphasis(raw, begin, end, builder, state, depth)
    return token.end()


def _image(raw: str, begin: int, end: int, builder: Builder) -> int:
    """An image is left out; a badge shows its words."""
    image = _IMAGE.match(raw, begin, end)
    if image is None:
        builder.add("![", begin, begin + 2)
        return begin + 2
    told = badge_text(image.group())
    if told:
        builder.add(told, begin, image.end())
    return image.end()


def _link(raw: str, begin: int, end: int, builder: Builder, state: _State, depth: int) -> int:
    link = _LINK.match(raw, begin, end) if depth < _DEEPEST else None
    if link is None:
        builder.add("[", begin, begin + 1)
        return begin + 1
    name = "a" if link.group("href") else "span"
    state.out.open(name, _attributes_of(link), link.group("href") or "", builder.length)
    _inline(raw, link.start("inner"), link.end("inner"), builder, state, depth + 1)
    state.out.close(name, builder.length)
    return link.end()


def _emphasis(raw: str, begin: int, end: int, builder: Builder, state: _State, depth: int) -> int:
    run = _SIGNS.match(raw, begin, end)
    stop = run.end() if run else begin + 1
    sign = raw[begin:stop]
    close = _closing(raw, sign, stop, end) if depth < _DEEPEST and _opens(raw, sign, begin, end) else None
    if close is None:
        builder.add(sign, begin, stop)
        return stop
    name = "b" if len(sign) > 1 else "i"
    state.out.open(name, "", "", builder.length)
    _inline(raw, stop, close, builder, state, depth + 1)
    state.out.close(name, builder.length)
    return close + len(sign)


def _opens(raw: str, sign: str, begin: int, end: int) -> bool:
    """Whether a run of stars or underscores can open emphasis: one kind, at most three, before a word."""
    after = begin + len(sign)
    if len(sign) > _LONGEST_SIGN or len(set(sign)) > 1 or after >= end or raw[after].isspace():
        return False
    return not (sign[0] == "_" and begin > 0 and raw[begin - 1].isalnum())


def _closing(raw: str, sign: str, start: int, end: int) -> int | None:
    """Where the run stands that closes emphasis, on the same paragraph and not far away."""
    stop = min(end, start + _LONGEST_EMPHASIS)
    at = raw.find(sign, start + 1, stop)
    while at >= 0:
        before, after = raw[at - 1], raw[at + len(sign) : at + len(sign) + 1]
        alone = before != sign[0] and after != sign[0]
        inside = sign[0] == "_" and after.isalnum()
        if alone and not inside and not before.isspace() and before != "\\" and not after.isalnum():
            return at
        at = raw.find(sign, at + 1, stop)
    return None


def _attributes_of(link: re.Match[str]) -> str:
    given = link.group("attributes")
    return f' class="{" ".join(_CLASS.findall(given))}"' if given else ""


def _past_prefix(raw: str, position: int, end: int) -> int:
    """Behind the quote marks and the indentation of a continued line."""
    quote = QUOTE.match(raw, position, end)
    position = quote.end() if quote else position
    indent = INDENT.match(raw, position, end)
    return indent.end() if indent else position


def _lines(text: str, state: _State) -> list[Line]:
    lines: list[Line] = []
    places = [place for place, _ in state.levels]
    position = 0
    gap = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            at = bisect_right(places, start) - 1
            level = state.levels[at][1] if at >= 0 else 0
            broken = -(position + len(raw)) in state.wholes
            for begin, end, role in state.out.segments(text, start, start + len(stripped)):
                inside = state.out.state_at(begin)
                lines.append(
                    Line(
                        start=begin,
                        end=end,
                        level=level,
                        gap=gap,
                        whole=level > 0 or inside.row > 0,
                        broken=broken,
                        item=inside.item,
                        row=inside.row,
                        column=inside.column,
                        role=role,
                    )
                )
                gap = 0
        else:
            gap += 1
        position += len(raw) + 1
    return lines
