r"""Title pages set by hand, as older sources have them: ``{\Large\bf Title}``, names, a bold "Abstract".

Read only where the commands for it are missing: the title is what stands in the largest letters, the byline
what stands between it and the abstract, as far as it is names.
"""

from __future__ import annotations

import re

from kg.readers.bylines import is_person
from kg.readers.institutions import is_affiliation
from kg.readers.latex_text import latex_to_text
from kg.readers.tex_authors import read_names
from kg.readers.tex_source import Source, expanded
from kg.text import collapse
from kg.types import Authorship

__all__ = ["handset_abstract", "handset_front"]

_SIZES = {"large": 1, "Large": 2, "LARGE": 3, "huge": 4, "Huge": 5}
_SIZE = re.compile(r"\\(large|Large|LARGE|huge|Huge)(?![A-Za-z])")
_OPENING = re.compile(r"\{\s{0,5}(?:\\[A-Za-z]{1,20}\s{0,5}){0,5}\Z")
_TITLE_END = re.compile(
    r"\\\\(?:\s?\[[^\]]{0,20}\])?\s{0,5}\\\\|\\(?:par|vskip|vspace|end|author)(?![A-Za-z])|\n\s{0,20}\n"
)
_LABEL = re.compile(
    r"\\(?:textbf|textsc|textit|bf|sc|it|em|large|Large|bfseries|scshape|centerline|small|normalsize)\s{0,3}\{?\s{0,3}"
    r"(?:abstract|summary)\s{0,3}[.:]?(?![A-Za-z])",
    re.IGNORECASE,
)
_ABSTRACT_END = re.compile(
    r"\\(?:section|chapter|part|newpage|clearpage|pagebreak|vfill|maketitle|tableofcontents|pacs)(?![A-Za-z])"
    r"|\\end\s?\{(?:quote|quotation|titlepage|abstract|document)\}"
    r"|\\(?:textbf|bf|it|textit|emph|noindent)\s{0,3}\{?\s{0,3}(?:keywords?|key words|pacs|index terms)",
    re.IGNORECASE,
)
_FRONT_END = re.compile(r"\\(?:section|chapter)\*?\s?[\[{]|\\end\s?\{titlepage\}")
_QUOTE = re.compile(r"\\begin\s?\{(?:quote|quotation)\}")
_BEGIN = re.compile(r"\\begin\s?\{document\}")
_LONGEST_FRONT = 20_000
_LONGEST_TITLE = 600
_SHORTEST_ABSTRACT = 300


def handset_front(source: Source, macros: dict[str, str]) -> tuple[str | None, tuple[Authorship, ...]]:
    """Title and authors of a title page that no command sets."""
    begin = _BEGIN.search(source.text)
    if begin is None:
        return None, ()
    front_end = _end_of_front(source.text, begin.end())
    sizes = list(_SIZE.finditer(source.text, begin.end(), front_end))
    for match in sorted(sizes, key=lambda match: (-_SIZES[match[1]], match.start())):
        start, end = match.end(), _end_of_title(source, match, front_end)
        title = collapse(latex_to_text(expanded(source.text[start:end], macros))).strip("{} ")
        if len(title) > 8 and len(title) < _LONGEST_TITLE and not re.match(r"(?i)abstract|summary", title):
            named = read_names(source.text[end:front_end], macros)
            return title, tuple(_checked(author) for author in named if is_person(author.name))
    return None, ()


def _end_of_front(text: str, start: int) -> int:
    stops = [
        match.start() for pattern in (_LABEL, _FRONT_END, _QUOTE) if (match := pattern.search(text, start))
    ]
    return min([*stops, start + _LONGEST_FRONT, len(text)])


def _end_of_title(source: Source, match: re.Match[str], limit: int) -> int:
    opening = _OPENING.search(source.text, max(0, match.start() - 100), match.start())
    end = source.closing.get(opening.start()) if opening else None
    stop = _TITLE_END.search(source.text, match.end(), min(limit, match.end() + 2 * _LONGEST_TITLE))
    ends = [place for place in (end, stop.start() if stop else None) if place is not None]
    return min(ends, default=min(limit, match.end() + _LONGEST_TITLE))


def _checked(author: Authorship) -> Authorship:
    place = author.affiliation
    return (
        author
        if place is None or (is_affiliation(place) and len(place) < 200)
        else Authorship(name=author.name)
    )


def handset_abstract(source: Source) -> str | None:
    """The source of an abstract behind a label set by hand, or of a long quotation on the title page."""
    begin = _BEGIN.search(source.text)
    start = begin.end() if begin else 0
    label = _LABEL.search(source.text, start, start + _LONGEST_FRONT)
    quote = None if label else _QUOTE.search(source.text, start, _end_of_front(source.text, start) + 40)
    opened = label or quote
    if opened is None:
        return None
    end = _ABSTRACT_END.search(source.text, opened.end() + 20)
    raw = source.text[opened.end() : end.start() if end else opened.end() + 6_000]
    raw = re.sub(r"\\(?:begin|end)\s?\{(?:center|quote|quotation|minipage)\}(?:\{[^{}]{0,40}\})?", " ", raw)
    raw = re.sub(r"\A[\s{}.:—-]+|[\s{]+\Z", "", raw)
    return raw if label or len(raw) >= _SHORTEST_ABSTRACT else None
