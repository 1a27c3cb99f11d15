"""Titles of papers as keys: what is the same title, what only says "version" or "erratum", what is a part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.text import fold

__all__ = ["TitleKey", "title_key"]

_WORD = re.compile(r"[^\W_]+")
_VERSION = (
    r"(?:(?:full|extended|long|short|journal|conference|preliminary|camera[- ]ready|author'?s?|accepted"
    r"|arxiv|technical|tech|final|revised) (?:version|paper|report|abstract|manuscript|preprint)|preprint"
    r"|extended abstract|v\d{1,2}|version \d{1,2}|with appendix|student abstract)"
)
_VERSION_TAIL = re.compile(rf"[\s.:,;–-]*(?:[(\[]\s*(?:the )?{_VERSION}\s*[)\]]|[.:–-]\s*{_VERSION})\s*$")
_RETRACTED = re.compile(r"^\W*(?:retracted|withdrawn)(?: article| paper| chapter)?\W*[:\]]\W*")
_NOTICE = re.compile(
    r"(?:erratum|errata|corrigend(?:um|a)|addendum|(?:author |publisher )?corrections? (?:to|for)\b"
    r"|(?:author|publisher) correction|retraction\b|withdrawal\b|expression of concern"
    r"|(?:a |the |author'?s? )?(?:reply|response|rejoinder|rebuttal) (?:to|on)\b|rejoinder\b"
    r"|comments? (?:on|to)\b"
    r"|discussion (?:of|on)\b|(?:book )?review of\b|commentary on\b)"
)
_NOTICE_TAIL = re.compile(
    r"(?:erratum|errata|corrigend(?:um|a)|addendum|correction|reply|response|rejoinder|comments?|discussion"
    r"|commentary|supplement(?:ary)?(?: materials?| information)?|appendix|retraction(?: note)?)"
)
_PART = re.compile(r"(?:part|pt|vol|volume|chapter|section|lecture|book|no|number|episode|day|phase|act)")
_NUMBER = re.compile(r"[ivx]{2,5}|\d{1,4}")
# Titles that name many works.
_GENERIC = frozenset(
    re.split(
        r"\|",
        "abstract|abstracts|acknowledgements|acknowledgments|addendum|announcement|announcements|appendix"
        "|author index|authors reply|back matter|book review|book reviews|books received|call for papers"
        "|commentary|comments|conclusion|conclusions|contents|contributors|correction|corrections"
        "|corrigendum|cover|discussion|editor s note|editorial|editorial board|editors note"
        "|editors introduction|erratum|foreword|forum|from the editor|front matter|guest editorial"
        "|guest editors introduction|in memoriam|in this issue|index|introduction|introduction to the issue"
        "|introduction to the special issue|invited talk|issue information|keynote|keynote address"
        "|keynote talk|letter|letter from the editor|letter to the editor|letters|letters to the editor"
        "|message from the chairs|news|notes|obituary|opening remarks|organizing committee|overview|panel"
        "|panel discussion|poster|poster session|preface|program committee|proceedings|references|rejoinder"
        "|reply|report|response|review|reviewers|special issue|summary|supplementary material"
        "|supplementary materials|table of contents|title page|tutorial|untitled|welcome|welcome message"
        "|workshop|workshop report",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleKey:
    """``whole``: the letters of a title without blanks and without words such as "(extended version)".

    ``main``: the letters before the first colon or dash, "" where what is behind makes it another work.
    ``words`` counts those of the whole, ``main_words`` those of the main part. ``generic``: it names many
    works. ``notice``: it is about a paper (an erratum, a reply), not the paper.
    """

    whole: str
    main: str
    words: int
    main_words: int
    generic: bool
    notice: bool


@lru_cache(maxsize=100_000)
def title_key(title: str) -> TitleKey:
    """The key of a title.

    >>> title_key("Deep Leakage (Extended Version)").whole == title_key("Deep leakage.").whole
    True
    >>> title_key("Erratum: Deep Leakage").notice, title_key("Deep Leakage: Part II").main
    (True, '')
    """
    text = _RETRACTED.sub("", fold(title))
    shorter = _VERSION_TAIL.sub("", text)
    text = shorter if _WORD.search(shorter) else text
    words = _WORD.findall(text)
    before, tail = _halves(text)
    first, rest = _WORD.findall(before), _WORD.findall(tail)
    notice = bool(_NOTICE.match(text)) or bool(rest and _NOTICE_TAIL.fullmatch(" ".join(rest)))
    ends = (rest[0], rest[-1]) if rest else ()
    part = any(_NUMBER.fullmatch(word) for word in ends) or bool(rest and _PART.fullmatch(rest[0]))
    return TitleKey(
        whole="".join(words),
        main="" if notice or part else "".join(first),
        words=len(words),
        main_words=len(first),
        generic=" ".join(words) in _GENERIC,
        notice=notice,
    )


def _halves(text: str) -> tuple[str, str]:
    """What stands before and behind the first colon, question mark or dash."""
    found = re.search(r"\s*[:?!]\s+|\s+-+\s+|\.\s+", text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")
