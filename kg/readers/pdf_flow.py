"""Lines in reading order -> running text, with the offsets of every line in it.

Lines of a paragraph are joined by a blank, paragraphs are parted by an empty line. A hyphen at the end of a
line goes where the document's own words say so ("trans-" + "former"), and stays in "state-of-the-" + "art".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kg.readers.pdf_layout import Line
from kg.readers.pdf_lines import EAST
from kg.readers.plain_words import PLAIN_WORDS

__all__ = ["Flow", "Vocabulary", "flow", "line_pitches", "vocabulary"]

_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"([^\W_]+(?:-[^\W_]+)*)[-‐\u00ad]\Z")
_FIRST = re.compile(r"[^\W_]+")
_ENDS = re.compile(r"[.!?:;。！？”\"')\]]\Z")
_STOP = re.compile(r"[.!?:。！？][”\"')\]]{0,2}\Z")
_COMPOUNDS = frozenset(
    [
        "self",
        "non",
        "pre",
        "post",
        "multi",
        "cross",
        "semi",
        "low",
        "high",
        "fine",
        "long",
        "short",
        "real",
        "large",
        "small",
        "end",
        "co",
        "well",
        "state",
        "anti",
        "quasi",
        "pseudo",
        "near",
        "zero",
        "one",
        "two",
        "three",
        "few",
        "many",
        "top",
        "bottom",
        "first",
        "second",
        "cutting",
        "third",
        "full",
        "half",
        "open",
        "closed",
        "time",
        "cost",
        "energy",
        "memory",
        "task",
        "domain",
        "model",
        "human",
        "user",
        "machine",
        "hand",
        "state-of-the",
        "knowledge",
        "state-of",
        "end-to",
    ]
)
_SECONDS = frozenset(
    [
        "based",
        "aware",
        "driven",
        "trained",
        "level",
        "free",
        "shot",
        "wise",
        "specific",
        "agnostic",
        "dependent",
        "guided",
        "oriented",
        "scale",
        "dimensional",
        "tuning",
        "tuned",
        "context",
        "label",
        "class",
        "view",
        "modal",
        "source",
        "world",
        "order",
        "efficient",
        "parallel",
        "supervised",
        "friendly",
        "independent",
        "like",
        "quality",
        "resolution",
        "performance",
        "precision",
        "art",
        "edge",
        "end",
        "world",
        "step",
        "stage",
        "layer",
        "task",
        "domain",
        "time",
        "range",
        "term",
        "rich",
        "intensive",
        "constrained",
        "defined",
        "centric",
        "centered",
        "grained",
        "language",
    ]
)
_LINK = re.compile(r"\W?(?:https?://|www\.|(?:github|gitlab|huggingface|arxiv|doi)\.\w)", re.IGNORECASE)
_BULLET = re.compile(r"(?:[•‣▪◦●○–—*]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s")

Vocabulary = Counter[str]


@dataclass(slots=True)
class Flow:
    """The text, and for each line the start and end of what it became."""

    text: str
    spans: list[tuple[int, int]]


def vocabulary(lines: Iterable[Line]) -> Vocabulary:
    """The words that stand inside the lines, in lower case, with how often they do."""
    words: Vocabulary = Counter()
    for line in lines:
        text = line.piece.text.lower()
        found = _WORDS.findall(text)
        words.update(found[:-1] if text.endswith("-") else found)
        for word in found:
            if "-" in word:
                words.update(word.split("-"))
                words.update((word.split("-")[0] + "-", "-" + word.rsplit("-", 1)[1]))
    return words


def line_pitches(lines: list[Line]) -> dict[float, float]:
    """The usual distance of two lines for each font size."""
    gaps: dict[float, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        size = round(above.piece.size, 1)
        gap = above.piece.y - below.piece.y
        same = above.column == below.column and size == round(below.piece.size, 1)
        if same and 0.8 * size < gap < 3 * size:
            gaps[size].append(gap)
    return {size: sorted(found)[len(found) // 2] for size, found in gaps.items()}


def flow(lines: list[Line], breaks: dict[int, bool], words: Vocabulary, pitches: dict[float, float]) -> Flow:
    """The text of lines; whether a paragraph ends before a line is told by ``breaks`` for its number, else by
    size, distance, indent or a short line before it."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    previous: Line | None = None
    tail = ""
    for number, line in enumerate(lines):
        text = line.piece.text
        if previous is not None:
            ends = breaks.get(number)
            if ends if ends is not None else _is_break(previous, line, pitches):
                joint = "\n\n"
            else:
                cut, joint = _joint(tail, text, words)
                if cut:
                    parts[-1] = parts[-1][:-cut]
                    length -= cut
                    spans[-1] = (spans[-1][0], length)
            parts.append(joint)
            length += len(joint)
        parts.append(text)
        spans.append((length, length + len(text)))
        length += len(text)
        previous, tail = line, text
    return Flow("".join(parts), spans)


def _joint(before: str, after: str, words: Vocabulary) -> tuple[int, str]:
    """How many characters to take off the end of a line, and what to put between it and the next."""
    if not before or not after:
        return 0, ""
    token = before.rsplit(" ", 1)[-1]
    if _LINK.match(token) and (before[-1] in "-./_=&?%#~" or "/" in after.split(" ", 1)[0]):
        return 0, ""
    if before[-1] in "-‐\u00ad":
        last, first = _LAST.search(before), _FIRST.match(after)
        if before[-1] == "\u00ad":
            return 1, ""
        if last is None or first is None:
            return 0, "" if first else " "
        if after[first.end() : first.end() + 1] == "-" and after[first.end() + 1 : first.end() + 2].isalpha():
            return 0, ""  # "point-" + "to-point"
        return (0, "") if _keeps_hyphen(last.group(1), first.group(), words) else (1, "")
    if before[-1] in "/—" and not before.endswith(" /"):
        return 0, ""
    if EAST.match(before[-1]) and EAST.match(after[0]):
        return 0, ""
    return 0, " "


def _keeps_hyphen(left: str, right: str, words: Vocabulary) -> bool:
    head, tail = left.lower(), right.lower()
    stem = head.rsplit("-", 1)[-1]
    whole, parted = words[head + tail], words[f"{head}-{tail}"]
    if whole or parted:
        return parted > whole
    if words[stem + tail] or stem + tail in PLAIN_WORDS:
        return False
    if (
        right[0].isupper()
        or right[0].isdigit()
        or left[-1].isdigit()
        or (len(stem) > 1 and left[-1].isupper())
    ):
        return not left.isupper() or right[0].isupper() is False or len(left) < 6
    usual = stem in _COMPOUNDS or head in _COMPOUNDS or tail in _SECONDS
    return usual or words[f"{head}-"] > 0 or words[f"-{tail}"] > 0


def _is_break(above: Line, below: Line, pitches: dict[float, float]) -> bool:
    a, b = above.piece, below.piece
    if abs(a.size - b.size) > 0.06 * max(a.size, b.size) or a.bold != b.bold:
        return True
    if above.column != below.column or b.y >= a.y:
        if not _STOP.search(a.text):
            return False
        full = a.x1 >= above.right - 1.5 * a.size
        return not full or b.x0 > below.left + 0.7 * b.size
    size = max(a.size, 1.0)
    pitch = pitches.get(round(a.size, 1), 1.2 * size)
    if a.y - b.y > 1.28 * pitch + 0.5:
        return True
    indent = b.x0 - a.x0
    if 0.7 * size < indent < 4 * size and b.x0 > below.left + 0.7 * size and _ENDS.search(a.text):
        return True
    if _BULLET.match(b.text) and _STOP.search(a.text):
        return True
    short = a.x1 < above.left + 0.7 * (above.right - above.left)
    return short and _STOP.search(a.text) is not None and not b.text[:1].islower()
