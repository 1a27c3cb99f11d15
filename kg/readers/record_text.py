"""The texts of a record: out of whatever holds them, and without tags, entities and LaTeX.

Records of publishers and services keep HTML, JATS or MathML tags, entities (sometimes escaped twice) and
LaTeX in titles and abstracts; what comes out here is what a person reads.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from kg.readers.latex_text import latex_to_text
from kg.text import collapse

__all__ = ["abstract_text", "as_text", "as_texts", "plain", "title_text", "whole_text"]

_TEXT_KEYS = (
    "name", "display_name", "displayName", "title", "source", "@value", "value", "#text", "text", "$",
    "$t", "term", "content", "keyword", "@id", "url", "raw", "$numberInt", "$numberLong", "$date",
)  # fmt: skip
_MAX_LEVELS = 6
_LONE = re.compile("[\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_ATTRIBUTES = r"(?:\s{1,9}[\w:.-]{1,40}\s{0,3}=[^<>]{0,400})?\s{0,9}/?>"
_HEADING = re.compile(
    rf"<(?P<tag>(?:jats:)?title|h[1-6]){_ATTRIBUTES}(?P<text>[^<>]{{0,160}})</(?P=tag)>\s*[:.]?\s*(?:<(?:jats:)?p{_ATTRIBUTES})?",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:p|sec|div|br|li|ul|ol|list|list-item|title|h[1-6]|abstract|section|abstracttext|"
    rf"disp-formula|table|tr|blockquote){_ATTRIBUTES}",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:(?:jats:)?(?:italic|bold|i|b|em|strong|sub|sup|sc|scp|span|a|u|font|tt|small|big|code|label|"
    r"underline|monospace|roman|ext-link|xref|uri|email|named-content|styled-content|inline-formula|alternatives|"
    r"inline-graphic|graphic|tex-math|article-title)|inlineequation|equationsource|emphasis|inf|img|math|mml:\w{1,20}|"
    rf"m(?:i|n|o|s|row|text|space|sub|sup|subsup|frac|sqrt|root|over|under|underover|fenced|style|table|tr|td|padded|"
    rf"stack|multiscripts|prescripts|phantom)|semantics|annotation|fn|q|cite|abbr|html|body){_ATTRIBUTES}",
    re.IGNORECASE,
)
_DOUBLED = re.compile(
    rf"<(?P<tag>(?:jats:)?tex-math|(?:mml:)?annotation|equationsource){_ATTRIBUTES}[^<]{{0,3000}}</(?P=tag)>"
    r"|<!--[^<>]{0,2000}-->|<!\[CDATA\[|\]\]>",
    re.IGNORECASE,
)
_IN_MATH = re.compile(r"(?<=>)\s+(?=</?m)")
_POWER = re.compile(r"(?<=\d)<(?:jats:)?sup>\s*(?=[-−–+]?\d)", re.IGNORECASE)
_LABEL = re.compile(
    r"\A(?:(?:abstract|summary|résumé|zusammenfassung|resumen|resumo|аннотация)\s*(?:[:：.—–]|-\s|\s-)\s*"
    r"|(?:ABSTRACT|Abstract)\s*\n\s*|ABSTRACT\s+(?=\S)|Abstract(?=[A-Z][a-z ])"
    r"|Abstract\s+(?=[A-Z\"“(])(?!(?:Interpret|Meaning|Syntax|Argument|Visual|Reason|State|Data|Machine|Algebra))"
    r"|(?:【?(?:摘\s{0,2}要|要\s{0,2}旨|抄\s{0,2}録)】?\s*[:：]?\s*|초록\s*[:：]\s*))",
)
_LABEL_ANY_CASE = re.compile(r"\A(?:abstract|summary)\s*[:.—–]\s*", re.IGNORECASE)
_NOTHING = re.compile(
    r"\W*(?:no abstract(?: (?:is )?available| provided)?|abstract (?:is )?not (?:available|provided)|"
    r"n/?a|none|null|nan|not available|tbd|unknown|undefined)\W*|\W*",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"\r\n?")
_BREAK = re.compile(r"\n\s*\n")


def as_texts(value: Any, level: int = 0) -> list[str]:
    """The texts in a value: a text, a number, a list of them, or objects with a name.

    >>> as_texts(["a", {"name": "b"}, 3, None, " "])
    ['a', 'b', '3']
    """
    if isinstance(value, str):
        stripped = value.strip()
        if not stripped.isascii():
            stripped = _LONE.sub("\ufffd", stripped)
        return [stripped] if stripped else []
    if isinstance(value, bool) or value is None or level > _MAX_LEVELS:
        return []
    if isinstance(value, int | float):
        return [str(value)] if abs(value) < 1e15 else []
    if isinstance(value, list):
        return [text for item in value if not isinstance(item, list) for text in as_texts(item, level + 1)]
    if isinstance(value, Mapping):
        return next((texts for key in _TEXT_KEYS if (texts := as_texts(value.get(key), level + 1))), [])
    return []


def as_text(value: Any) -> str | None:
    """The first text in a value."""
    if value is None:
        return None
    return next(iter(as_texts(value)), None)


def whole_text(value: Any, level: int = 0) -> str | None:
    """All text of an abstract: sentences or sections in a list, ``{"h1": ..., "p": [...]}``, one of several
    languages.

    >>> whole_text(["We show it.", "It works."])
    'We show it. It works.'
    >>> whole_text([{"section": "Aim", "text": "We ask."}, {"section": "Result", "text": "Yes."}])
    'Aim: We ask.\\n\\nResult: Yes.'
    """
    if isinstance(value, list) and level < _MAX_LEVELS:
        parts = [part for item in value if (part := whole_text(item, level + 1))]
        if not any(isinstance(item, Mapping) for item in value):
            return " ".join(parts) or None
        languages = [item.get("lang") or item.get("language") for item in value if isinstance(item, Mapping)]
        if all(isinstance(tongue, str) for tongue in languages) and len(set(languages)) == len(parts) > 1:
            return parts[0]  # the same in other languages
        return "\n\n".join(dict.fromkeys(parts)) or None
    if isinstance(value, Mapping) and level < _MAX_LEVELS:
        for key in ("text", "abstract", "p", "value", "@value", "#text", "content", "body"):
            inner = whole_text(value.get(key), level + 1)
            if inner:
                heading = as_text(value.get("section") or value.get("heading") or value.get("label"))
                named = heading and collapse(heading).rstrip(":.").lower() not in {"abstract", "summary"}
                return f"{collapse(heading or '').rstrip(':.')}: {inner}" if named else inner
        return whole_text(value.get("en") or value.get("eng"), level + 1) or as_text(value)
    return as_text(value)


def plain(text: str) -> str:
    """Text without tags, entities and LaTeX; block ends become empty lines.

    >>> plain("H<sub>2</sub>O &amp;lt; 10<sup>-3</sup> in 3.2$\\\\times$")
    'H2O < 10^-3 in 3.2×'
    """
    for _ in range(2):
        if "&" in text and _ENTITY.search(text):
            text = html.unescape(text)
    if "<" in text:
        text = _without_tags(text)
    if " ~ " in text and "$" not in text:  # an "about" or "versus" of plain text, not LaTeX's tied blank
        return " ~ ".join(latex_to_text(part) for part in text.split(" ~ "))
    return latex_to_text(text)


def _without_tags(text: str) -> str:
    text = _DOUBLED.sub("", text)
    if "mml:" in text or "<math" in text:
        text = _IN_MATH.sub("", text)
    named = [match for match in _HEADING.finditer(text) if _heading(match).strip()]
    # a heading that stands alone parts nothing
    text = _HEADING.sub(_heading if len(named) > 1 else "\n\n", text)
    text = _POWER.sub("^", text)
    return _INLINE.sub("", _BLOCK.sub("\n\n", text))


def _heading(match: re.Match[str]) -> str:
    heading = match["text"].strip().rstrip(" :.")
    if not heading or heading.lower() in {"abstract", "summary", "graphical abstract"}:
        return "\n\n"
    return f"\n\n{heading}: "


def title_text(value: Any) -> str | None:
    """A title on one line; None where there is none.

    >>> title_text(["Fast <i>and</i>\\n small"])
    'Fast and small'
    """
    text = as_text(value)
    if text is None:
        return None
    text = " ".join(plain(text).split()).strip("* ")
    return None if _NOTHING.fullmatch(text) else text


def abstract_text(value: Any) -> str | None:
    """A whole abstract: paragraphs parted by empty lines, no label in front; None where there is none.

    >>> abstract_text("<jats:title>Abstract</jats:title><jats:p>It is.</jats:p><jats:p>It works.</jats:p>")
    'It is.\\n\\nIt works.'
    """
    text = whole_text(value)
    if text is None:
        return None
    text = plain(text)
    parts = _BREAK.split(_LINE_END.sub("\n", text)) if "\n" in text or "\r" in text else [text]
    text = "\n\n".join(line for part in parts if (line := " ".join(part.split())))
    for label in (_LABEL, _LABEL_ANY_CASE):
        match = label.match(text)
        text = text[match.end() :] if match else text
    return None if _NOTHING.fullmatch(text) or not any(map(str.isalpha, text)) else text
