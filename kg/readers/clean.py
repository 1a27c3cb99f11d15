"""The hygiene of a paper's fields: what no reader of a title needs is taken out, whatever the format.


Only the values are cleaned; the document's text, and the offsets into it, stay as they were decoded.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.text import collapse
from kg.types import Authorship, Paper
from kg.visible import UNCLEAN, clean_text

__all__ = ["clean_paper", "clean_text", "names_a_work"]

_FEWEST_LETTERS = 3
_LOOSE_HYPHEN = re.compile(
    r"(?<=\w[.])\s-(?=\w)|(?<=\w)\s-(?=\w)"
)  # "J. -H. Bae" of IEEE, "Dong -Hyun" of PDFs


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
    if text is None or not UNCLEAN.search(text):
        return text
    return collapse(clean_text(text)) or None


def _block(text: str | None) -> str | None:
    if text is None or not UNCLEAN.search(text):
        return text
    return clean_text(text).strip() or None
