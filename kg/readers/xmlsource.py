"""Text of an XML document -> pieces that are safe to give to expat, whatever the document declares.

No declaration of the document type reaches the parser: the DOCTYPE is read here and cut out, so nothing
external is fetched and nothing is expanded but the characters of XML and HTML (``&uuml;``) and short literal
entities that the document declares itself. Comments and processing instructions are dropped, CDATA becomes
plain text, control characters become blanks, a bare ``&`` stands for itself. Line ends are kept, so that a
line number of a piece is the document's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

__all__ = ["PIECE", "Opening", "opening", "safe_pieces"]

PIECE = 256 * 1024
_MAX_ENTITY = 64
_MAX_ENTITIES = 2000
_MAX_SUBSET = 4 * 1024 * 1024
_MAX_PROLOGUE = 50
_HEAD = 16_000
_BLANK = re.compile("[ \\t\\r\\n\ufeff\u200b]*")
_NAME = r"[^\W\d][\w.-]{0,80}"
_OPENING_TAG = re.compile(rf"<(?:({_NAME}):)?({_NAME})((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)>")
_SPECIAL = re.compile(r"<!--|<\?|<!\[CDATA\[|<!DOCTYPE", re.IGNORECASE)
_ENDS = {"<!--": "-->", "<?": "?>", "<![cdata[": "]]>"}
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:([A-Za-z][\w.:-]{0,60});|#(\d{1,8}|[xX][0-9a-fA-F]{1,7});)?"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile(
    r"<!ENTITY\s+(%\s+)?([^\s%\"'<>]{1,80})\s+(?:(SYSTEM|PUBLIC)\b|\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
_DOCTYPE_MARK = re.compile(r"[\[\]>\"']|<!--|<\?")


class Opening:
    """The root element as its start tag gives it: local ``name``, ``prefix`` and the text of its
    ``attributes``; ``head`` is the beginning of the document from there on."""

    __slots__ = ("attributes", "head", "name", "prefix")

    def __init__(self, prefix: str, name: str, attributes: str, head: str) -> None:
        self.prefix, self.name, self.attributes, self.head = prefix, name, attributes, head


def opening(text: str) -> Opening | None:
    """The first start tag of a text that opens as XML does; None where the text opens otherwise. Cheap.

    >>> opening('<?xml version="1.0"?><!-- x --><dc:a b="1"><c/>').name
    'a'
    """
    at = 0
    for _ in range(_MAX_PROLOGUE):
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        if not text.startswith("<", at):
            return None
        special = _SPECIAL.match(text, at)
        if special is None:
            match = _OPENING_TAG.match(text, at, at + _HEAD)
            return Opening(match[1] or "", match[2], match[3], text[at : at + _HEAD]) if match else None
        mark = special.group().lower()
        if mark == "<!doctype":
            at = _doctype_end(text, at)
        else:
            end = text.find(_ENDS[mark], special.end(), at + _MAX_SUBSET)
            at = end + len(_ENDS[mark]) if end >= 0 else len(text)
    return None


def safe_pieces(text: str, notes: list[str]) -> Iterator[str]:
    """The document in pieces of about PIECE characters that end behind a tag where they can.

    What was declared and is refused is told in ``notes``.
    """
    entities: dict[str, str] = {}
    at = len(text) - len(text.lstrip(" \t\r\n\ufeff\u200b"))
    seen_doctype = False
    lead = "\n" * text.count("\n", 0, at)
    stop = _cut(text, at)
    while at < len(text):
        special = _SPECIAL.search(text, at, stop)
        end = special.start() if special else stop
        plain = text[at:end]
        if plain:
            yield lead + _safe(plain, entities)
            lead = ""
        at = end
        if special is None:
            stop = _cut(text, at)
            continue
        mark = special.group().lower()
        if mark == "<!doctype":
            past = _doctype_end(text, at)
            if not seen_doctype:
                entities, seen_doctype = _declared(text[at : min(past, at + _MAX_SUBSET)], notes), True
            lead += "\n" * text.count("\n", at, past)
        else:
            close = text.find(_ENDS[mark], special.end())
            past = close + len(_ENDS[mark]) if close >= 0 else len(text)
            if mark == "<![cdata[":
                inside = text[special.end() : close if close >= 0 else len(text)]
                yield from _cdata(lead, inside)
                lead = ""
            else:
                lead += "\n" * text.count("\n", at, past)
        at = past
        if at >= stop:
            stop = _cut(text, at)


def _cut(text: str, start: int) -> int:
    """Where a piece that begins at ``start`` ends: behind a tag or a blank, never within an entity."""
    stop = start + PIECE
    if stop >= len(text):
        return len(text)
    for mark in (">", ";", " ", "\n"):
        cut = text.rfind(mark, start, stop)
        if cut >= 0:
            return cut + 1
    begun = max(text.rfind("<", stop - 100, stop), text.rfind("&", stop - 100, stop))
    return begun if begun > start else stop


def _safe(plain: str, entities: dict[str, str]) -> str:
    if "\r" in plain:
        plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in plain:
        plain = _AMPERSAND.sub(lambda match: _character(match, entities), plain)
    return _CONTROL.sub(" ", plain)


def _character(match: re.Match[str], entities: dict[str, str]) -> str:
    """What an entity stands for, escaped where it is markup."""
    name, number = match.groups()
    if name is not None:
        if name in entities:
            return html.escape(_CONTROL.sub(" ", entities[name]))
        found = html5.get(f"{name};")
        return html.escape(found) if found else f"&amp;{name};"
    if number is not None:
        return html.escape(_CONTROL.sub(" ", html.unescape(f"&#{number};")))
    return "&amp;"


def _cdata(lead: str, inside: str) -> Iterator[str]:
    """Plain text of a CDATA section, in pieces."""
    for start in range(0, len(inside), PIECE):
        piece = inside[start : start + PIECE]
        yield lead + html.escape(
            _CONTROL.sub(" ", piece.replace("\r\n", "\n").replace("\r", "\n")), quote=False
        )
        lead = ""


def _doctype_end(text: str, start: int) -> int:
    """Behind the ``>`` that closes a DOCTYPE with quotes, an inner subset and comments in it."""
    at, depth = start + len("<!DOCTYPE"), 0
    limit = min(len(text), start + _MAX_SUBSET)
    while True:
        match = _DOCTYPE_MARK.search(text, at, limit)
        if match is None:
            return limit
        mark, at = match.group(), match.end()
        if mark in "\"'":
            close = text.find(mark, at, limit)
            at = close + 1 if close >= 0 else limit
        elif mark in _ENDS:
            close = text.find(_ENDS[mark], at, limit)
            at = close + len(_ENDS[mark]) if close >= 0 else limit
        elif mark == "[":
            depth += 1
        elif mark == "]":
            depth -= 1
        elif depth <= 0:
            return at


def _declared(doctype: str, notes: list[str]) -> dict[str, str]:
    """The short literal entities of an inner subset. What would fetch or multiply stands for nothing."""
    entities: dict[str, str] = {}
    refused: list[str] = []
    for match in _ENTITY.finditer(doctype):
        parameter, name, external, double, single = match.groups()
        value = double if double is not None else single
        if parameter or len(entities) >= _MAX_ENTITIES:
            if external:
                refused.append(f"the declarations {name!r} lie outside the document and are not fetched")
            continue
        if external or value is None:
            refused.append(f"the entity {name!r} lies outside the document and is not fetched")
            entities[name] = ""
        elif len(value) > _MAX_ENTITY or re.search(r"[&%](?!#)|<", value):
            refused.append(f"the entity {name!r} is built of other entities or long, and is not expanded")
            entities[name] = ""
        else:
            entities.setdefault(name, html.unescape(value))
    notes.extend(refused[:3])
    if len(refused) > 3:
        notes.append(f"and {len(refused) - 3} more entities that are not expanded")
    return entities
