r"""BibTeX of the papers. What documents say cannot become a command: every sign of LaTeX's own is escaped.

The file is UTF-8 (LaTeX's default encoding since 2018). Braces within texts are written as commands, so that
BibTeX, which counts them even behind a backslash, finds every entry's end. Words with capitals inside are
braced, or styles would write "bert". Addresses are percent-encoded and stand as they are, as biblatex and
url.sty want. http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from kg.exporters.citing import Work, works
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_ENTRIES = {"journal": "article", "conference": "inproceedings", "preprint": "misc", "other": "misc"}
_VENUES = {
    "journal": "journal",
    "conference": "booktitle",
    "preprint": "howpublished",
    "other": "howpublished",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_ESCAPES = str.maketrans(_SPECIAL)
_AND = re.compile(r"\band\b", re.IGNORECASE)


def write(contents: Contents, path: Path) -> None:
    """Writes an entry a paper, sorted by key."""
    with atomic_text(path) as file:
        file.write("\n".join(_entry(work) for work in works(contents.graph)))


def _entry(work: Work) -> str:
    lines = ",\n".join(f"  {name} = {value}" for name, value in _fields(work))
    return f"@{_ENTRIES[work.form]}{{{work.key},\n{lines}\n}}\n"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    if work.authors:
        yield "author", "{" + " and ".join(map(_person, work.authors)) + "}"
    if work.title:
        yield "title", "{" + _title(work.title) + "}"
    else:
        yield "note", "{The source gives no title}"
    if work.date:
        yield "year", f"{{{work.date[0]:04d}}}"
    if len(work.date) > 1 and 1 <= work.date[1] <= len(_MONTHS):
        yield "month", _MONTHS[work.date[1] - 1]
    if work.venue:
        yield _VENUES[work.form], _text(work.venue)
    if work.doi:
        yield "doi", f"{{{quote(work.doi, safe='/:;()._-')}}}"
    if work.arxiv_id:
        yield "eprint", f"{{{work.arxiv_id}}}"
        yield "archiveprefix", "{arXiv}"
    if work.url:
        yield "url", f"{{{work.url}}}"
    if work.abstract:
        yield "abstract", _text(work.abstract)


def _text(text: str) -> str:
    return "{" + text.translate(_ESCAPES) + "}"


def _title(title: str) -> str:
    return " ".join(
        "{" + word.translate(_ESCAPES) + "}" if _kept(word) else word for word in title.split(" ")
    )


def _kept(word: str) -> bool:
    """Whether a word stands in braces: it has a capital inside, or a sign that is written as a command."""
    inside = any(sign.isupper() for part in re.split(r"[-/:(]", word) for sign in part[1:])
    return inside or any(sign in _SPECIAL for sign in word)


def _person(name: str) -> str:
    """A name as BibTeX takes it apart; one that it would take for several stays whole in braces."""
    plain = name.translate(_ESCAPES)
    whole = _AND.search(name) or name.count(",") > 1 or name.startswith(",") or name.endswith(",")
    return "{" + plain + "}" if whole else plain


EXPORTER = Exporter(
    name="bibtex", filename="papers.bib", about="the papers, for LaTeX and Zotero", write=write
)
