"""A piece of faulty XML -> the tree that it was most likely meant to be."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element, SubElement

__all__ = ["lenient_tree"]

_TAG = re.compile(r"<(/?)(?:[^\W\d][\w.-]{0,60}:)?([^\W\d][\w.-]{0,80})((?:\s[^<>]{0,8000})?)>")
_ATTRIBUTE = re.compile(r"([^\W\d][\w.:-]{0,80})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")
_INLINE = frozenset(
    [
        "a", "b", "i", "u", "tt", "em", "br", "sub", "sup", "bold", "italic", "strong", "span", "sc",
        "style", "styled-content", "underline", "roman", "monospace", "xref", "ext-link", "fixed-case",
        "tex-math", "url", "hi", "ref", "math", "mrow", "mi", "mo", "mn",
    ]
)  # fmt: skip
# what says something false when the end of it is missing
_WHOLE = frozenset(
    [
        "abstract", "Abstract", "OtherAbstract", "summary", "description", "author", "Author", "contrib",
        "name", "persName", "person_name", "creator", "Person", "titleInfo", "titles", "title-group", "ref",
        "Reference", "citation", "biblStruct",
    ]
)  # fmt: skip


def lenient_tree(piece: str, max_depth: int) -> Element | None:
    """The first element of a piece with what stands in it, tags that do not match put right.

    A closing tag that no element waits for closes the innermost; what stood in an element that was never
    closed follows it. A text that is cut off by the end of the piece is left out: better missing than cut.
    """
    opened = _TAG.search(piece)
    if opened is None or opened[1]:
        return None
    root = Element(opened[2], _attributes(opened[3]))
    if opened[3].endswith("/"):
        return root
    stack = [root]
    at = opened.end()
    for match in _TAG.finditer(piece, at):
        _add_text(stack[-1], piece[at : match.start()])
        at = match.end()
        closing, name, rest = match.groups()
        if closing:
            _close(stack, name)
            if not stack:
                return root
        elif rest.endswith("/"):
            SubElement(stack[-1], name, _attributes(rest[:-1]))
        elif len(stack) < max_depth:
            stack.append(SubElement(stack[-1], name, _attributes(rest)))
    _drop_cut(stack)
    return root


def _drop_cut(stack: list[Element]) -> None:
    """Takes out what the end of the piece cuts through: a name, a title or an abstract, or a bare text."""
    whole = next((depth for depth in range(1, len(stack)) if stack[depth].tag in _WHOLE), None)
    if whole is not None:
        stack[whole - 1].remove(stack[whole])
        del stack[whole:]
    while len(stack) > 1:
        last = stack.pop()
        _hoist(stack[-1], last)
        if not any(inner.tag not in _INLINE for inner in last):
            stack[-1].remove(last)


def _close(stack: list[Element], name: str) -> None:
    depth = next((index for index in range(len(stack) - 1, -1, -1) if stack[index].tag == name), None)
    if depth is None:
        if len(stack) > 1 and not len(stack[-1]):
            stack.pop()
        return
    while len(stack) > depth + 1:
        last = stack.pop()
        _hoist(stack[-1], last)
    stack.pop()


def _hoist(parent: Element, unclosed: Element) -> None:
    """What stands in an element that was not closed and is no part of its text becomes its sibling."""
    if not (unclosed.text or "").strip():
        return
    moved = [inner for inner in unclosed if inner.tag not in _INLINE]
    unclosed[:] = [inner for inner in unclosed if inner.tag in _INLINE]
    parent.extend(moved)


def _add_text(element: Element, raw: str) -> None:
    text = html.unescape(raw)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _attributes(raw: str) -> dict[str, str]:
    return {
        match[1].rpartition(":")[2]: html.unescape(match[2] if match[2] is not None else match[3])
        for match in _ATTRIBUTE.finditer(raw)
    }
