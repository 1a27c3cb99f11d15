"""Values of BibTeX fields -> text, and author fields -> authors.

"and" parts names where it stands in no braces; a name in braces is an organisation's and stays as it is. What
people write against the rules (commas or semicolons between names, braces around a whole list) is understood
where it can mean only one thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.readers.citation_names import display_name, display_names, is_nobody, is_suffix, split_names
from kg.readers.citations import plain_line
from kg.readers.latex_text import latex_to_text
from kg.text import collapse
from kg.types import Authorship

__all__ = ["bibtex_authors", "field_text"]

_MARKUP = re.compile(r"[\\{}$~]|--|''|``")
_AND = re.compile(r"\s+and\s+|([{}])|\A(?:and\s+)+|\s+and\Z", re.IGNORECASE)
_PLAIN_AND = re.compile(r"\s+and(?:\s+|\Z)|\Aand\s+", re.IGNORECASE)
_WHOLE = re.compile(r"\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}\Z")
_EXTENDED = re.compile(r"(?:^|,)\s*\"?(family|given|prefix|suffix)\s*=\s*(\"[^\"]*\"|[^,]*)", re.IGNORECASE)
_COMPANY = re.compile(r"\b(?:inc|group|team|co|labs?|bros|sons|partners)\b", re.IGNORECASE)
_ANGLE = re.compile(r"\{?\\text(less|greater)(?:\{\}|\}|\s(?=\S)|(?![A-Za-z]))")
_SIGNS = re.compile(r"\\(hyphen|slash)(?![A-Za-z])\s?")
_CROSSREF_TAGS = (("$\\less$", "<"), ("$\\greater$", ">"), ("{\\textless}", "<"), ("{\\textgreater}", ">"))
_MANGLED = (
    ("$\\mathsemicolon$", ";"),
    ("$\\backslash$", "\\"),
    ("{\\&}amp;", "&"),
    ("\\&amp;", "&"),
    ("{\\&}", "&"),
)


def field_text(value: str) -> str:
    """The value as text: LaTeX read, the tags that Crossref and reference managers write in LaTeX as tags."""
    if not _MARKUP.search(value):
        return value
    if (
        "\\" not in value
        and "$" not in value
        and "~" not in value
        and "--" not in value
        and "''" not in value
    ):
        return value.replace("{", "").replace("}", "").replace("``", "“")
    for written, meant in (*_CROSSREF_TAGS, *_MANGLED):
        value = value.replace(written, meant)
    if "\\textless" in value or "\\textgreater" in value:
        value = _ANGLE.sub(lambda match: "<" if match[1] == "less" else ">", value)
    if "\\hyphen" in value or "\\slash" in value:
        value = _SIGNS.sub(lambda match: "-" if match[1] == "hyphen" else "/", value)
    return latex_to_text(value)


def bibtex_authors(fields: Mapping[str, str]) -> tuple[Authorship, ...]:
    """The authors of an entry, never its editors."""
    pieces = [name for part in _split_and(fields.get("author", "")) for name in _names(part)]
    orcids = _orcids(fields) if "orcid-numbers" in fields else {}
    if len(pieces) > 1 and not any(kept for _, kept in pieces):
        shown = display_names([name for name, _ in pieces])
    else:
        shown = [name if kept else display_name(name) for name, kept in pieces if kept or not is_nobody(name)]
    return tuple(Authorship(name=name, orcid=orcids.get(name)) for name in shown if name)


def _orcids(fields: Mapping[str, str]) -> dict[str, str]:
    given = fields.get("orcid-numbers", "")
    found = re.findall(r"([^\n/;]+)/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", given)
    return {display_name(field_text(name)): orcid for name, orcid in found}


def _split_and(value: str) -> Iterator[str]:
    """The names between the "and"s that stand in no braces; braces around several are a mistake."""
    value = collapse(value)
    while _WHOLE.match(value) and " and " in value and _several(value[1:-1]):
        value = value[1:-1].strip()
    if "{" not in value:
        yield from (part for part in _PLAIN_AND.split(value) if part.strip())
        return
    depth = begin = 0
    for match in _AND.finditer(value):
        sign = match[1]
        if sign:
            depth += 1 if sign == "{" else -1
        elif depth <= 0:
            if value[begin : match.start()].strip():
                yield value[begin : match.start()]
            begin = match.end()
    if value[begin:].strip():
        yield value[begin:]


def _several(inner: str) -> bool:
    """Whether "and" parts persons, and is no word of an organisation's name."""
    parts = re.split(r"\s+and\s+", inner)
    return all(part.count(",") == 1 for part in parts) or len(parts) > 2


def _names(part: str) -> list[tuple[str, bool]]:
    """The name or names of one piece between two "and"s as text, and whether it stays as printed."""
    part = part.strip()
    if "{" not in part and part.count(",") < 2 and ";" not in part and "&" not in part and "=" not in part:
        return [(_one(part), False)]
    if _WHOLE.match(part):
        return [_organisation(part)]
    outside = re.sub(r"\{[^{}]*\}", "", part)
    if "=" in outside:
        extended = {match[1].lower(): match[2].strip(' "') for match in _EXTENDED.finditer(part)}
        if "family" in extended:
            order = (extended.get(key, "") for key in ("given", "prefix", "family", "suffix"))
            return [(field_text(" ".join(word for word in order if word)), True)]
    if (
        ";" in outside
        or outside.count(",") > 2
        or (outside.rstrip().endswith(",") and outside.count(",") > 1)
    ):
        return [(name, False) for name in split_names(_one(part))]
    if outside.count(",") == 2 and "{" not in part:
        pieces = [piece.strip() for piece in part.split(",")]
        if all(" " in piece or "." in piece for piece in pieces) and not is_suffix(pieces[1]):
            return [(_one(piece), False) for piece in pieces]
    if "," not in outside and "&" in outside and not _COMPANY.search(outside):
        return [(_one(piece), False) for piece in re.split(r"\s*\\?&\s*", part)]
    if "," in part and "," not in outside:  # a comma in braces parts nothing
        return [_organisation(part)]
    return [(_one(part), False)]


@lru_cache(maxsize=20_000)
def _one(part: str) -> str:
    return plain_line(field_text(part))


def _organisation(part: str) -> tuple[str, bool]:
    """A name in braces stays as it is, unless it is one person's, surname first, or a word for nobody."""
    name = plain_line(field_text(part)).strip(" ,")
    match = re.fullmatch(r"([^,]+), ([^,]+)", name)
    person = match is not None and len(match[1].split()) < 3 and len(match[2].split()) < 4
    return name, not person and not is_nobody(name)
