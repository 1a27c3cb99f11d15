"""HTML -> the text a person sees, with a map from each of its characters back to the markup. Linear time.

A scanner of its own, because offsets into the raw document must come out and nothing in it may be slow or
fatal: tags end at the first ``>`` outside quotes, what is no tag is text, unclosed elements are left open.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from kg.readers.name_lists import name_list
from kg.readers.outline import Outline
from kg.readers.page import Line, Mark
from kg.readers.roles import role_of
from kg.text import collapse

__all__ = ["UNSEEN", "Builder", "Tag", "View", "attributes", "badge_text", "make_view", "visible_text"]

_TOKEN = re.compile(
    r"<(?:(?P<comment>!--)|(?P<other>[!?])|(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,60}))|"
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,31});?"
)
_TAG_END = re.compile(r"(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>")
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]{1,60})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]{1,2000})))?")
_SPACE = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")
_HIDDEN = re.compile(
    r"\s(?:hidden(?=[\s>=/])|aria-hidden\s*=\s*[\"']?true|style\s*=\s*[\"'][^\"']{0,200}display\s*:\s*none)",
    re.IGNORECASE,
)
_RAW = frozenset({"script", "style", "textarea", "title", "noscript", "template", "iframe", "xmp", "noembed"})
_SKIP = frozenset(
    {
        "nav",
        "footer",
        "button",
        "select",
        "svg",
        "object",
        "canvas",
        "audio",
        "video",
        "datalist",
        "annotation",
        "dialog",
        "menu",
    }
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "link",
        "main",
        "meta",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_SOFT = frozenset({"br"})
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# soft hyphens, zero-width and directional signs; ligatures that typesetters make
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufb00-\ufb06]")
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_QUOTE_TRIES = 50
_LONGEST_BUTTON, _LONGEST_NAME = 400, 60
_SURE = 0.6
_MARKUP = re.compile(r"<[^<>]*>")
_LONGEST_BADGE = 600
_BADGE = re.compile(r"/badge/(?P<name>[A-Za-z](?:[\w&]|%20|--){1,30})[-_'’](?P<year>(?:19|20)\d\d)(?![\d.])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COMMAND = re.compile(
    r"(?:select|choose|show|hide|view|download|sort|filter|save|share|cite|export|copy|open|close|next|previous|sign|"
    r"log|search|more|all|any|since|update|accept|since|clear|apply|add|get|go)\b",
    re.IGNORECASE,
)
_SHORTEST_DATA = 200
_DATA = re.compile(r"\sdata-[\w-]{1,40}\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A meta tag or a script with data: its attributes and, for a script, its content."""

    name: str
    attributes: dict[str, str]
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """``text`` as seen; ``lines`` of it with heading levels and structure; ``tags`` that hold data about the
    page; ``marks`` where it is emphasised or linked.

    Piece ``i`` of the text begins at ``starts[i]`` and comes from the raw text at ``origins[i]`` to
    ``ends[i]``.
    """

    text: str
    lines: tuple[Line, ...]
    tags: tuple[Tag, ...]
    marks: tuple[Mark, ...]
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, span: tuple[int, int]) -> tuple[int, int]:
        """The span of the raw document that shows ``text[span[0]:span[1]]``."""
        first = bisect_right(self.starts, span[0]) - 1
        last = bisect_right(self.starts, span[1] - 1) - 1
        start = self._raw(first, span[0])
        end = self._raw(last, span[1] - 1)
        return start, (end + 1 if self._plain(last) else self.ends[last])

    def _length(self, piece: int) -> int:
        return (self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)) - self.starts[
            piece
        ]

    def _plain(self, piece: int) -> bool:
        return self.ends[piece] - self.origins[piece] == self._length(piece)

    def _raw(self, piece: int, position: int) -> int:
        return self.origins[piece] + (position - self.starts[piece] if self._plain(piece) else 0)


class Builder:
    """Collects pieces of visible text and where they came from."""

    __slots__ = ("ends", "length", "levels", "link", "origins", "outline", "parts", "starts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.origins: list[int] = []
        self.ends: list[int] = []
        self.levels: list[tuple[int, int]] = []
        self.outline = Outline()
        self.length = 0
        self.link = ""  # what became of a link that opens a line: "", "open", "closed"

    def add(self, text: str, start: int, end: int) -> None:
        """Shows ``text`` for the raw span; signs that nobody sees are left out, ligatures are letters."""
        if text.isascii() or UNSEEN.search(text) is None:
            self._add(text, start, end)
        elif end - start != len(text):
            shown = UNSEEN.sub(lambda sign: _LIGATURES.get(sign.group(), ""), text)
            if shown:
                self._add(shown, start, end)
        else:
            at = 0
            for sign in UNSEEN.finditer(text):
                if sign.start() > at:
                    self._add(text[at : sign.start()], start + at, start + sign.start())
                if sign.group() in _LIGATURES:
                    self._add(_LIGATURES[sign.group()], start + sign.start(), start + sign.end())
                at = sign.end()
            if at < len(text):
                self._add(text[at:], start + at, end)

    def _add(self, text: str, start: int, end: int) -> None:
        self.parts.append(text)
        self.starts.append(self.length)
        self.origins.append(start)
        self.ends.append(end)
        self.length += len(text)

    def follow_link(self, name: str, *, opening: bool) -> bool:
        """Takes a tag into account; true between a linked title that opens a line and authors in italics."""
        if name == "a":
            if opening:
                self.link = "open" if not self.parts or self.parts[-1].endswith("\n") else ""
            elif self.link:
                self.link = "closed"
            return False
        breaks = opening and name in {"i", "em"} and self.link == "closed"
        if breaks or name in _BLOCKS:
            self.link = ""
        return breaks

    def view(self) -> View:
        """What was shown, still without its lines."""
        return View(
            text="".join(self.parts),
            lines=(),
            tags=(),
            marks=tuple(sorted(self.outline.marks, key=lambda mark: (mark.start, -mark.end))),
            starts=tuple(self.starts) or (0,),
            origins=tuple(self.origins) or (0,),
            ends=tuple(self.ends) or (0,),
        )

    def add_run(self, raw: str, start: int, end: int) -> None:
        """Text between two tags; each run of blanks becomes one blank."""
        position = start
        for blank in _SPACE.finditer(raw, start, end):
            if blank.start() > position:
                self.add(raw[position : blank.start()], position, blank.start())
            self.add(" ", blank.start(), blank.end())
            position = blank.end()
        if position < end:
            self.add(raw[position:end], position, end)


def make_view(raw: str) -> View:
    """What a browser would show of a page, as lines: one a block element, headings with their level."""
    builder = Builder()
    tags: list[Tag] = []
    closing: dict[str, int] = {}
    quotes_left = _QUOTE_TRIES
    position = 0
    while True:
        token = _TOKEN.search(raw, position)
        if token is None:
            builder.add_run(raw, position, len(raw))
            break
        builder.add_run(raw, position, token.start())
        if raw[token.start()] == "&":
            shown = html.unescape(token.group())
            if shown == token.group():
                builder.add_run(raw, token.start(), token.end())
            else:
                builder.add(shown, token.start(), token.end())
            position = token.end()
            continue
        if token.group("comment") or token.group("other"):
            end = raw.find("-->" if token.group("comment") else ">", token.end())
            position = len(raw) if end < 0 else end + (3 if token.group("comment") else 1)
            continue
        end_match = _TAG_END.match(raw, token.end()) if quotes_left else None
        if end_match is None:
            quotes_left = max(quotes_left - 1, 0)
            close = raw.find(">", token.end())
            position = len(raw) if close < 0 else close + 1
        else:
            position = end_match.end()
        position = _element(raw, token, position, builder, tags, closing)
    view = builder.view()
    return replace(view, lines=tuple(_lines(view.text, builder.levels, builder.outline)), tags=tuple(tags))


def _element(
    raw: str, token: re.Match[str], end: int, builder: Builder, tags: list[Tag], closing: dict[str, int]
) -> int:
    """Takes one tag into account and says where reading goes on."""
    name = token.group("name").lower()
    opening = not token.group("close")
    given = raw[token.end() : end - 1] if opening else ""
    if len(given) > _SHORTEST_DATA and "data-" in given:
        tags += _data_of(given)
    if opening and name == "meta":
        tags.append(Tag(name=name, attributes=attributes(given)))
    if opening and (name in _RAW | _SKIP or _is_hidden(name, given)):
        inner = _close_of(raw, name, end, closing)
        if inner is not None and not (name == "button" and _is_content(raw[end : inner[0]])):
            if name in {"script", "title"}:
                tags.append(Tag(name=name, attributes=attributes(given), content=raw[end : inner[0]]))
            if name in _BLOCKS or name in _SKIP:
                builder.add("\n", token.start(), inner[1])
            return inner[1]
    if not opening:
        builder.outline.close(name, builder.length)
    if builder.follow_link(name, opening=opening):
        builder.add("\n", token.start(), end)
    if name in _BLOCKS:
        _break(name, token.start(), end, builder, opening=opening)
    if opening and name not in _VOID:
        href = attributes(given).get("href", "") if name == "a" else ""
        builder.outline.open(name, given, href, builder.length)
    elif name == "img" and "/badge/" in given and (told := badge_text(given)):
        builder.add(told, token.start(), end)
    return end


def _break(name: str, start: int, end: int, builder: Builder, *, opening: bool) -> None:
    """A block begins or ends; what is in a heading has its level."""
    builder.add("\n" if name in _SOFT else "\n\n", start, end)
    if len(name) == 2 and name[0] == "h" and name[1].isdigit():
        builder.levels.append((builder.length, int(name[1]) if opening else 0))


def _is_content(inner: str) -> bool:
    """Whether what stands on a button is no command: the name of a person, or "XYZ 2024 Papers"."""
    if len(inner) > _LONGEST_BUTTON:
        return False
    flat = collapse(html.unescape(_MARKUP.sub(" ", inner)))
    if _YEAR.search(flat) and not flat.isdigit():
        return flat[0].isupper() and ":" not in flat and _COMMAND.match(flat) is None
    names = name_list(flat) if " " in flat and len(flat) < _LONGEST_NAME else None
    return names is not None and names.score >= _SURE and _COMMAND.match(flat) is None


def _is_hidden(name: str, given: str) -> bool:
    """Whether an element is not shown; an abstract that a click unfolds is."""
    if name in _VOID or name in {"body", "html"} or _HIDDEN.search(f"{given[:2000]}>") is None:
        return False
    return role_of(given) != "abstract"


def _data_of(given: str) -> list[Tag]:
    """The attributes of a tag that hold JSON, which pages made by scripts carry their records in."""
    found = []
    for match in _DATA.finditer(given):
        value = html.unescape(match.group(1) if match.group(1) is not None else match.group(2))
        if value.lstrip()[:1] in "{[" and '"' in value:
            found.append(Tag(name="data", attributes={}, content=value))
    return found


def _close_of(raw: str, name: str, start: int, closing: dict[str, int]) -> tuple[int, int] | None:
    """Where the content of an element ends and reading goes on; None where it is never closed."""
    if closing.get(name, len(raw) + 1) <= start:
        return None
    pattern = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^>]*>", re.IGNORECASE)
    depth = 1
    for match in pattern.finditer(raw, start):
        if name in _RAW and not match.group(1):
            continue
        depth += -1 if match.group(1) else 1
        if depth == 0:
            return match.start(), match.end()
    closing[name] = min(closing.get(name, start), start)
    return None


def badge_text(source: str) -> str:
    """The venue and year that a badge shows, an image whose address holds its words; "" for any other.

    >>> badge_text("![](https://img.shields.io/badge/NeurIPS-2025-blue)")
    'NeurIPS 2025'
    >>> badge_text("![logo](a/badge/x-1.png)")
    ''
    """
    badge = _BADGE.search(source[:_LONGEST_BADGE])
    if badge is None:
        return ""
    words = (
        part.replace("--", "-").replace("_", " ").replace("%20", " ") for part in badge.group("name", "year")
    )
    return " ".join(words)


def attributes(text: str) -> dict[str, str]:
    """The attributes of a tag, names in lower case, entities decoded; the first of equal names counts.

    >>> attributes(' name="citation_title" content="A &amp; B"')
    {'name': 'citation_title', 'content': 'A & B'}
    """
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text[:200_000]):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match.group(1).lower(), html.unescape(value))
    return found


def _lines(text: str, levels: list[tuple[int, int]], outline: Outline) -> list[Line]:
    lines = []
    position = 0
    gap = 0
    places = [place for place, _ in levels]
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            at = bisect_right(places, start) - 1
            level = levels[at][1] if at >= 0 else 0
            for begin, end, role in outline.segments(text, start, start + len(stripped)):
                state = outline.state_at(begin)
                line = Line(
                    start=begin,
                    end=end,
                    level=level,
                    gap=min(gap, 2),
                    whole=level > 0 or state.row > 0,
                    item=state.item,
                    row=state.row,
                    column=state.column,
                    role=role,
                )
                lines.append(line)
                gap = 0
        else:
            gap += 1
        position += len(raw) + 1
    return lines


def visible_text(raw: str) -> str:
    """What a slice of HTML shows: markup removed, entities decoded, white space collapsed.

    >>> visible_text("Low&#8209;power <b>CO<sub>2</sub></b><p>next")
    'Low‑power CO2 next'
    """
    return collapse(make_view(raw).text)
