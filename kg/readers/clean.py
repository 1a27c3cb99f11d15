"""The hygiene of a paper's fields: what no reader of a title needs is taken out, whatever the format.


Only the values are cleaned; the document's text, and the offsets into it, stay as they were decoded.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from kg.text import collapse
from kg.types import Authorship, Paper

__all__ = ["clean_paper", "clean_text", "names_a_work"]

# soft hyphens, zero-width characters, directional marks and overrides, byte order marks, variation selectors
_INVISIBLE = dict.fromkeys(
    (
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFE00, 0xFE10),
        *range(0xFFF9, 0xFFFC),
    )
)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ")
_LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TABLE = {**_CONTROLS, **_INVISIBLE}
# Latin ligatures are set by typesetters; full-width letters, digits and signs by East Asian input.
_COMPATIBLE = re.compile("[\ufb00-\ufb06\uff01-\uff5e\u3000]")
_UNCLEAN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufe00-\ufe0f\ufff9-\ufffb\ud800-\udfff\ufb00-\ufb06\uff01-\uff5e\u3000]"
)
_ARABIC_OR_INDIC = re.compile("[\u0600-\u06ff\u0900-\u0dff]")  # joiners carry meaning in these scripts
_FEWEST_LETTERS = 3
_LOOSE_HYPHEN = re.compile(
    r"(?<=\w[.])\s-(?=\w)|(?<=\w)\s-(?=\w)"
)  # "J. -H. Bae" of IEEE, "Dong -Hyun" of PDFs
_JOINERS = re.compile("(?<=\\w)[\u200c\u200d](?=\\w)")


def clean_text(text: str) -> str:
    """The text without invisible characters and controls, ligatures and full-width Latin as plain letters.

    >>> clean_text("e\u00adfficient \ufb01ltering\u200b")
    'efficient filtering'
    """
    if not _UNCLEAN.search(text):
        return text
    if _ARABIC_OR_INDIC.search(text):
        kept = {match.start() for match in _JOINERS.finditer(text)}
        text = "".join(char if at in kept else char.translate(_TABLE) for at, char in enumerate(text))
    else:
        text = text.translate(_TABLE)
    text = text.translate(_LONE)
    if _has_east_asian(text):  # full-width commas and brackets are right between Chinese words
        return re.sub("[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+", _plain, text)
    return _COMPATIBLE.sub(_plain, text)


def clean_paper(paper: Paper) -> Paper:
    """The paper with clean fields; names and titles on one line, author names without doubles or blanks."""
    authors = tuple(_clean_author(author) for author in paper.authors)
    return replace(
        paper,
        title=_line(paper.title),
        abstract=_block(paper.abstract),
        body=_block(paper.body),
        authors=tuple(author for author in authors if author.name),
        venue=_line(paper.venue),
        keywords=tuple(keyword for keyword in map(_line, paper.keywords) if keyword),
    )


def names_a_work(paper: Paper) -> bool:
    """Whether a record says enough to be a paper: an abstract, or a title of more than a letter or two."""
    return bool(paper.abstract) or sum(map(str.isalpha, paper.title or "")) >= _FEWEST_LETTERS


def _clean_author(author: Authorship) -> Authorship:
    name, affiliation = _line(author.name) or "", _line(author.affiliation)
    name = _LOOSE_HYPHEN.sub("-", name)
    if name == author.name and affiliation == author.affiliation:
        return author
    return replace(author, name=name, affiliation=affiliation)


def _line(text: str | None) -> str | None:
    if text is None or not _UNCLEAN.search(text):
        return text
    return collapse(clean_text(text)) or None


def _block(text: str | None) -> str | None:
    if text is None or not _UNCLEAN.search(text):
        return text
    return clean_text(text).strip() or None


def _plain(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def _has_east_asian(text: str) -> bool:
    return re.search("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text) is not None
