r"""The reference list of a LaTeX source: ``\bibitem`` entries, and the ``\entry`` records of biblatex.

Styles that mark their fields (ACM's and REVTeX's ``\bibinfo{title}{...}``) are read by the marks, those with
``\newblock`` between the parts by them, and the rest as any printed reference is.
"""

from __future__ import annotations

import re

from kg.readers.fields import find_arxiv_id, find_doi, find_year
from kg.readers.latex_text import latex_to_text
from kg.readers.references import references
from kg.readers.tex_source import Source, expanded
from kg.text import collapse
from kg.types import Reference

__all__ = ["read_references"]

_ITEM = re.compile(r"\\bibitem(?![A-Za-z])")
_ENTRY = re.compile(r"\\entry\s?\{[^{}]{1,200}\}\s?\{(\w{1,40})\}")
_END = re.compile(r"\\end\s?\{(?:thebibliography|references)\}|\\endrefsection|\\appendix(?![A-Za-z])")
_INFO = re.compile(r"\\(?:bibinfo|bibfield|field|strng|verb)\s?\{\s?(\w{1,30})\s?\}\s?(?=\{)")
_PERSON = re.compile(r"\\bibinfo\s?\{(?:person|author)\}\s?(?=\{)|\\bibfnamefont\s?(?=\{)")
_BIBER_NAME = re.compile(r"(given|family)=\s?\{((?:[^{}]|\{[^{}]{0,40}\}){0,100})\}")
_BIBER_FIELD = re.compile(
    r"\\field\{(title|year|date)\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]{0,80}\}){0,200}\}){0,1000})\}"
)
_VERB = re.compile(r"\\verb\{(doi|eprint|url)\}\s*\\verb ([^\n]{1,500})")
_BLOCK = re.compile(r"\\newblock(?![A-Za-z])")
_SKIPPED = re.compile(
    r"\\(?:BIBentry\w+|BibitemOpen|BibitemShut\s?\{[^{}]*\}|showDOI|showarticletitle|bibAnnoteFile\s?\{\w*\})"
)
_MAX_ENTRIES = 10_000
_LONGEST = 8_000


def read_references(source: Source, macros: dict[str, str]) -> tuple[Reference, ...]:
    """The entries in their order; what an entry does not say for certain stays None."""
    text = source.text
    marks = list(_ITEM.finditer(text))[:_MAX_ENTRIES]
    if not marks:
        return tuple(_of_biber(piece) for piece in _pieces_of_biber(text))
    found: list[Reference] = []
    for number, mark in enumerate(marks):
        stop = marks[number + 1].start() if number + 1 < len(marks) else len(text)
        command = source.command_at("bibitem", mark.start(), _after_label(text, mark.end()))
        piece = text[command.end : min(stop, command.end + _LONGEST)]
        end = _END.search(piece)
        entry = expanded(piece[: end.start()] if end else piece, macros).strip()
        if entry:
            found.append(_entry(entry))
    return tuple(found)


def _after_label(text: str, start: int) -> int:
    """Where the label in brackets ends, which may hold braces and brackets ("[{Doe et~al.(2019)}]")."""
    start += len(text[start : start + 40]) - len(text[start : start + 40].lstrip())
    if not text.startswith("[", start):
        return start
    depth = 0
    for match in re.finditer(r"\\.|[{}\]]", text[start : start + 2000], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if match[0] == "]" and depth <= 0:
            return start + match.end()
    return start


def _entry(source: str) -> Reference:
    source = _SKIPPED.sub("", source)
    plain = collapse(latex_to_text(source))
    title: str | None = None
    authors: tuple[str, ...] = ()
    infos: dict[str, str] = {}
    for match in _INFO.finditer(source):
        infos.setdefault(match[1], _inner(source, match.end()))
    if infos.get("title"):
        title = infos["title"]
    people = [_inner(source, match.end()) for match in _PERSON.finditer(source) if "bibinfo" in match[0]]
    authors = tuple(re.sub(r"^and\s+", "", person) for person in people if person)
    blocks = [collapse(latex_to_text(block)).strip() for block in _BLOCK.split(source)]
    if title is None and len(blocks) > 2:
        title = blocks[1].rstrip(" .,")
    printed = (references(plain) or (None,))[0]
    known = printed or Reference()
    year = infos.get("year", "")
    return Reference(
        title=(title or "").strip('“”" .,') or known.title,
        authors=authors or known.authors,
        year=find_year(year) or known.year or _last_year(plain),
        doi=find_doi(source) or find_doi(plain),
        arxiv_id=find_arxiv_id(plain) or known.arxiv_id,
        url=known.url,
    )


def _last_year(text: str) -> int | None:
    years = re.findall(r"(?<![\d.:/-])(?:19[5-9]\d|20\d\d)(?![\d.]*\d)", text)
    return int(years[-1]) if years else None


def _inner(source: str, start: int) -> str:
    """The text of the braces that open at ``start``."""
    depth = 0
    for match in re.finditer(r"\\.|[{}]", source[start : start + 2000], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return collapse(latex_to_text(source[start + 1 : start + match.start()]))
    return ""


def _pieces_of_biber(text: str) -> list[str]:
    marks = list(_ENTRY.finditer(text))[:_MAX_ENTRIES]
    stops = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    return [
        text[mark.end() : min(stop, mark.end() + _LONGEST)] for mark, stop in zip(marks, stops, strict=True)
    ]


def _of_biber(piece: str) -> Reference:
    fields = {match[1]: collapse(latex_to_text(match[2])) for match in _BIBER_FIELD.finditer(piece)}
    verbs = {match[1]: match[2].strip() for match in _VERB.finditer(piece)}
    authors: list[str] = []
    family = ""
    for part, value in _BIBER_NAME.findall(piece.partition("\\strng")[0]):
        name = collapse(latex_to_text(value))
        if part == "family":
            if family:
                authors.append(family)
            family = name
        elif family:
            authors.append(f"{name} {family}")
            family = ""
    eprint = verbs.get("eprint", "")
    return Reference(
        title=fields.get("title"),
        authors=tuple(authors + [family] * bool(family)),
        year=find_year(fields.get("year", "") or fields.get("date", "")),
        doi=find_doi(verbs.get("doi", "")),
        arxiv_id=find_arxiv_id(f"arXiv:{eprint}") if eprint else None,
        url=verbs.get("url"),
    )
