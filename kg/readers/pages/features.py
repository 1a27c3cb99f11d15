"""What each block of a page looks like: prose, byline, heading of a section, page furniture, or a short text.

Layouts are built from these kinds; nothing here knows a site. Furniture is told by form (dates, counters,
menus, repeated lines) and by words that pages of any site show.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from kg.readers.fields import find_date
from kg.readers.institutions import is_affiliation
from kg.readers.labelled import BARE_AUTHOR_LABEL, BARE_LABEL, LABEL, field_of
from kg.readers.name_lists import name_list
from kg.readers.name_tokens import token_value
from kg.readers.names import NameList
from kg.readers.page import Block, Page
from kg.readers.plain_words import PLAIN_WORDS
from kg.types import Authorship

__all__ = [
    "ABSTRACT_LABEL",
    "TIME",
    "Feature",
    "features",
    "is_label",
    "is_research_prose",
    "is_title",
    "looks_prose",
]

NAME_THRESHOLD = 0.55
_CROWD = 3
_NAME_WORD = 0.7
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_SHORTEST_TIMED = 3
_TITLE_LABELS = frozenset(
    {"title", "abstract", "venue", "affiliation"}
)  # titles may begin so: "Introduction: ..."

ABSTRACT_LABEL = re.compile(
    r"[*_#>•·–\s-]{0,6}(?:[\[(]?\d{1,4}\s?[\]).,:]{1,2}\s*)?[*_]{0,3}(?:abstract|summary|tl;?dr|highlight|resumen|résumé|resumo|riassunto|zusammenfassung|"
    r"kurzfassung|аннотация|"
    r"аннотация научной статьи|реферат|摘\s?要|要旨|概要|抄録|초록(?: ?\(abstract\))?|الملخص|ملخص(?: البحث)?|"
    r"چکیده|özet|öz|abstrakt)[*_]{0,3}\s{0,3}(?:[:：.—–]|-{1,"
    r"3}(?=\s?\w)|\n|$)[*_]{0,3}\s*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+|[IVX]+\.\s+)?(?:introduction|background|related work|motivation|"
    r"conclusions?|references|bibliography|"
    r"methods?|methodology|results|discussion|evaluation|experiments?|acknowledge?ments?|"
    r"appendix(?: \w)?|keywords|index terms|"
    r"ccs concepts|contents|table of contents|overview|preliminaries|einleitung|introducción|"
    r"introduction générale|(?:important )?dates|call for (?:papers|participation)|topics of interest|venue|"
    r"registration|hotel|accommodation|travel|code of conduct|submission(?: guidelines)?|"
    r"(?:general|program(?:me)?|technical|publicity|finance|local)?\s*(?:co-?)?(?:chairs?|committees?)|"
    r"about (?:the|this|us|our)\b.{0,30}|(?:editorial|advisory) boards?|paper decision|decision|"
    r"(?:ph\.?d\.?|post-?doc\w*|open|job|faculty) (?:student )?(?:positions?|openings?|vacanc\w+)\b.{0,80}|"
    r"(?:official|meta|public|author)[ -]?(?:reviews?|comments?|rebuttals?|responses?)\b.{0,60}|"
    r"organi[sz](?:ers?|ing committee|ation)|editors?(?:-in-chief)?|reviewers|speakers|"
    r"(?:program|technical program|steering|organizing) committee(?: members)?)\s*[:.]?",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"(?:skip to|chat is not|log ?in\b|sign (?:in|up|out)\b|subscribe\b|menu\b|home\b(?!-)|search\b(?!-)|"
    r"share\b|posts?$|showing posts|"
    r"(?:older|newer|previous|next) (?:posts?|page|articles?)|(?:page )?\d+ (?:of|/) \d+|"
    r"powered by|read (?:more|also|full)|"
    r"continue reading|leave a comment|post a comment|\d* ?comments?$|add (?:code|comment|to)|"
    r"view (?:all|more|pdf|paper|on|profile|slides)|"
    r"show(?: more| all| less|ing)|load more|see (?:all|more)|access paper|ask (?:questions|"
    r"chatgpt)|figures and tables|download|"
    r"copyright|©|\(c\) \d|all rights|privacy|terms (?:of|and)|cookies?\b|"
    r"[\w .]{2,30} uses? cookies|accept(?: all| cookies)?$|"
    r"the \w+ logo\b|\d+ (?:second|minute|hour|day|week|month|year)s? ago\b|this "
    r"(?:site|website|page) uses|licen[cs]ed? under|"
    r"this work is licensed|site last (?:built|updated|compiled)|this site last|"
    r"last (?:updated|modified|built)\b|"
    r"(?:the|this) .{3,60} (?:is|are) (?:managed|maintained|hosted|powered|operated|built) (?:and \w+ )?by|"
    r"creative commons|get link|facebook|twitter|linkedin|e-?mail|via$|"
    r"posted (?:by|on|in)|filed under|"
    r"labels?:|tags?:|toggle|back to|contact|about(?: us)?$|sponsors?|help$|faq$|feedback|rate "
    r"this|related (?:papers|articles|posts|work)|"
    r"cite\b|bibtex|save\b|bookmark|abs$|pdf$|html$|video$|slides$|poster$|paper$|code$|"
    r"project page$|openreview|"
    r"(?:\[ ?(?:paper|pdf|slides|poster|video|code|abstract|bibtex|arxiv|doi|project page|"
    r"openreview|html)(?: pdf)? ?\]\s*)+|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?\.?,? .{0,40}\d|\d{1,"
    r"2}[:.]\d\d\s?(?:[ap]\.?m|[-–—]|$)|"
    r"(?:oral|spotlight|poster|talk|keynote|break|lunch|coffee|registration|room|hall|location|"
    r"chair|session chair|moderator)s?\b[^.]{0,30}(?:[:：]|\d|$))",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"(?:(?:poster|oral|invited|plenary|technical|parallel|keynote|paper|morning|afternoon|best paper)\s+)?"
    r"(?:sessions?|tracks?|workshops?|tutorials?|keynotes?|orals?|posters?|panels?|day|part|"
    r"volume|issue|accepted papers|proceedings|program(?:me)?|schedule)\b"
    r"(?:\s*(?:\d+\w?|[A-Z]\d?|[IVX]+))?(?:\s*[:.–—-].{0,90}|\s+on\s.{0,60}|\s+\w+)?",
    re.IGNORECASE,
)
_RESEARCH = re.compile(
    r"\b(?:we (?:propose|present|introduce|show|study|develop|describe|find|demonstrate|"
    r"investigate|evaluate|prove|explore|consider|"
    r"conduct|design|argue|analy[sz]e|address|report)|(?:this|the|our|in this|present) "
    r"(?:current )?(?:paper|work|article|study|thesis|survey|letter)|"
    r"our (?:method|approach|results|experiments|evaluation|framework|model|system|analysis)|"
    r"experiment(?:s|al) (?:results|show|demonstrate)|"
    r"results (?:show|demonstrate|indicate|suggest)|state[- ]of[- ]the[- ]art|is proposed|are "
    r"proposed|outperform|proposes|presents|"
    r"en este (?:trabajo|artículo)|dans cet article|in dieser arbeit|本文|в (?:данной|этой) "
    r"(?:работе|статье)|في هذ[اه] (?:البحث|الورقة))",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", ".)", '."', ".”", "؟", "।", "$", "。」")
_CLOCK = r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b\.?)?"
TIME = re.compile(
    rf"{_CLOCK}(?:\s?(?:[-–—]|to)\s?{_CLOCK})?(?:\s+[A-Z]{{2,4}}(?=\s*[:|–—-]))?\s*[:|–—-]?\s*", re.IGNORECASE
)
_DATED = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4}|\d{4}-\d\d-\d\d)"
    r"\s*[•·|–—-]\s*(?=[^\W\d_])"
)
_COUNTER = re.compile(r"[\W\d_]*(?:\w{1,12}[\W\d_]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """``kind`` is prose, names, heading (of a section), abstract (a label of its own), furniture or short."""

    kind: str
    names: NameList | None = None


def features(page: Page) -> list[Feature]:
    """One for each block of the page."""
    counts = Counter(block.flat for block in page.blocks)
    found: list[Feature] = []
    for index, block in enumerate(page.blocks):
        feature = _feature(block, counts[block.flat])
        if feature.kind in {"short", "prose"}:
            said = next(
                (other.flat for other in page.blocks[max(0, index - 3) : index] if _is_said(other, block)), ""
            )
            names = name_list(block.flat[len(said) :].lstrip(" .,:;–—-")) if said else None
            if names is not None and names.score >= NAME_THRESHOLD:
                feature = Feature(kind="names", names=names)
        found.append(feature)
    crowd = sum(1 for feature in found if feature.names is not None and len(feature.names.authors) > 1)
    return [_by_place(page, found, index, crowd) for index in range(len(found))]


def _by_place(page: Page, kinds: list[Feature], index: int, crowd: int) -> Feature:
    """The kind of a line; one that its words do not tell for a name is one where only a name can stand.

    That is between two lines of one name each, or between title and abstract on a page of bylines.
    """
    flat = page.blocks[index].flat
    words = flat.split()
    inside = 0 < index < len(kinds) - 1 and kinds[index].kind == "short" and 2 <= len(words) <= 4
    if not inside or not all(word[0].isupper() for word in words) or page.blocks[index].level:
        return kinds[index]
    above, below = kinds[index - 1], kinds[index + 1]
    listed = all(side.names is not None and len(side.names.authors) == 1 for side in (above, below))
    titled = above.kind == "short" and len(page.blocks[index - 1].flat.split()) > len(words)
    values = [token_value(word, first=False) for word in words]
    alone = crowd >= _CROWD and titled and below.kind == "prose" and max(values) >= _NAME_WORD
    if not listed and not alone:
        return kinds[index]
    names = NameList(authors=(Authorship(name=flat),), end=len(flat), score=NAME_THRESHOLD)
    return Feature(kind="names", names=names)


def _is_said(title: Block, block: Block) -> bool:
    """Whether a block says a title above it again, with more after it."""
    return 20 <= len(title.flat) < len(block.flat) < 3000 and block.flat.startswith(title.flat)


def _names(flat: str) -> NameList | None:
    """The names of a byline, which may open with "by"."""
    if LABEL.match(flat) or _DAY.match(flat):
        return None
    dated = _DATED.match(flat)
    flat = flat[dated.end() :] if dated else flat
    names = name_list(flat)
    if names is not None and sum(is_affiliation(author.name) for author in names.authors) * 2 >= len(
        names.authors
    ):
        return None
    label = BARE_AUTHOR_LABEL.match(flat)
    if label is None or (names is not None and names.score >= NAME_THRESHOLD):
        return names
    labelled = name_list(flat[label.end() :])
    return labelled if labelled is not None and len(labelled.authors) > 1 else names


def _feature(block: Block, count: int) -> Feature:
    flat = block.flat
    label = ABSTRACT_LABEL.match(block.text)
    if label and label.end() >= len(block.text):
        return Feature(kind="abstract")
    if label and looks_prose(block.text[label.end() :], 60):
        return Feature(kind="prose")
    if len(flat) < 8000:
        names = _names(flat)
        if names is not None and names.score >= NAME_THRESHOLD and (count < 3 or len(names.authors) > 1):
            return Feature(kind="names", names=names)
    if len(flat) < 120 and _HEADING.fullmatch(flat):
        return Feature(kind="heading")
    if _is_furniture(block, count):
        return Feature(kind="furniture")
    return Feature(kind="prose" if looks_prose(flat) else "short")


def _is_furniture(block: Block, count: int) -> bool:
    flat = block.flat
    if len(flat) > 260:
        return False
    if count >= 3 or not any(letter.isalpha() for letter in flat):
        return True
    timed = TIME.match(flat)
    if timed and len(flat[timed.end() :].split()) >= _SHORTEST_TIMED:
        flat = flat[timed.end() :]
    match = _FURNITURE.match(flat)
    if match and (len(flat.split()) <= 6 or match.end() >= 8) and not _is_long_title(block, match.end()):
        return True
    date = find_date(flat)
    return bool(len(flat) < 60 and date) or (
        len(flat) < 30 and _COUNTER.fullmatch(flat) is not None and not flat.isalpha()
    )


def _is_long_title(block: Block, matched: int) -> bool:
    """Titles may begin with a word of menus ("Search-based ...", "Home energy ..."): longer than menus
    are."""
    words = block.flat.split()
    return len(words) >= 5 and matched < 12 and sum(word[0].isupper() for word in words) * 2 > len(words)


def looks_prose(text: str, shortest: int = 120) -> bool:
    """Whether a text is running sentences and not a title or a list of names.

    >>> looks_prose("Deep Leakage from Gradients"), looks_prose("We show that it works well. " * 8)
    (False, True)
    """
    head = text[:4000]
    wide = sum(1 for letter in head[:400] if letter > "\u2fff")
    if wide > 30:
        return len(head) >= 60 and any(mark in head for mark in "。，、！？；")
    words = head.split()
    if len(head) < shortest or len(words) < shortest // 9:
        return False
    if len(words) >= 45:
        return True
    closed = text.rstrip()
    ends = closed.endswith(_SENTENCE_END) and not (
        closed.endswith("$") and len(words) < 40
    )  # a formula in a title
    cased = sum(1 for word in words if word[0].isupper())
    return (ends and cased * 2 < len(words) + 4) or (len(words) >= 28 and cased * 3 < len(words))


def is_research_prose(text: str) -> bool:
    """Whether prose speaks as abstracts do, so that it may stand without a title."""
    return len(text) >= 200 and _RESEARCH.search(text[:6000]) is not None


def is_title(block: Block, feature: Feature) -> bool:
    """Whether a block can be the title of a paper."""
    flat = block.flat
    if feature.kind not in {"short", "names", "furniture"} or not 2 <= len(flat) <= 400:
        return False
    if feature.kind == "furniture" and block.level == 0:
        return False
    if not any(letter.isalpha() for letter in flat) or flat.startswith(("http://", "https://", "www.")):
        return False
    if (
        is_label(flat)
        or flat.endswith((",", ";"))
        or (flat.endswith((":", ".")) and not flat.endswith("...") and len(flat.split()) < 4)
    ):
        return False
    timed = TIME.match(flat)
    if _SESSION.fullmatch(flat[timed.end() :] if timed else flat) or (
        feature.kind == "short" and _is_address(flat)
    ):
        return False
    return len(flat.split()) <= 45


def is_label(flat: str) -> bool:
    """Whether a line is a label, with or without its value, other than that of a title."""
    if BARE_LABEL.fullmatch(flat):
        return True
    label = LABEL.match(flat)
    return label is not None and field_of(label) not in _TITLE_LABELS


def _is_address(flat: str) -> bool:
    """Whether a line is an institution ("Department of X, University of Y") and no title that has one."""
    if len(flat) >= 160 or ":" in flat or "?" in flat or not is_affiliation(flat):
        return False
    words = [word.strip(",.;").lower() for word in flat.split()]
    if "," not in flat:
        return len(words) <= 5 and all(word not in PLAIN_WORDS or is_affiliation(word) for word in words)
    return sum(word in PLAIN_WORDS for word in words) * 2 < len(words)
