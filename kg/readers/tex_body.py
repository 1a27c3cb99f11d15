r"""The running text of a LaTeX paper: headings and paragraphs behind the abstract, parted by empty lines.

Floats, displayed mathematics, listings, acknowledgements and the reference list are left out.
"""

from __future__ import annotations

import re

from kg.readers.latex_text import latex_to_text
from kg.readers.tex_source import Source, expanded, without_environments
from kg.text import collapse

__all__ = ["read_body"]

_LEFT_OUT = """
    figure table algorithm algorithmic algorithm2e tikzpicture wrapfigure wraptable sidewaystable
    sidewaysfigure subfigure teaserfigure equation align gather multline eqnarray displaymath flalign
    alignat tabular tabularx longtable array thebibliography abstract Abstract IEEEkeywords keywords
    keyword CCSXML lstlisting verbatim minted acks acknowledgments acknowledgements icmlauthorlist
    frontmatter titlepage picture forest pgfpicture IEEEbiography IEEEbiographynophoto
    authorcontributions
"""
_NAMES = frozenset(_LEFT_OUT.split())
_SECTION = re.compile(
    r"\\(?:part|chapter|section|subsection|subsubsection|paragraph|subparagraph)\*?\s{0,3}(?=[\[{])"
)
_THANKS = re.compile(
    r"acknowledg|funding|author contributions|references|bibliography|conflicts? of interest", re.IGNORECASE
)
_START = re.compile(
    r"\\maketitle(?![A-Za-z])|\\end\s?\{(?:abstract|frontmatter|IEEEkeywords|keywords)\}|\\begin\s?\{document\}"
)
_STOP = re.compile(
    r"\\(?:begin\s?\{thebibliography\}|bibliography\s?\{|printbibliography(?![A-Za-z])|end\s?\{document\})"
)
_DISPLAY = re.compile(r"(?<!\\)\$\$|\\[\[\]]")
_MAX_BODY = 4 * 1024 * 1024


def read_body(source: Source, macros: dict[str, str]) -> str | None:
    """The body; None where the source has no section of its own."""
    text = source.text
    first = _SECTION.search(text)
    if first is None:
        return None
    starts = [match.end() for match in _START.finditer(text, 0, len(text))]
    begin = min(
        first.start(), max((start for start in starts if start <= first.start()), default=first.start())
    )
    stop = _STOP.search(text, begin)
    raw = text[begin : stop.start() if stop else len(text)][:_MAX_BODY]
    raw = re.sub(r"\{[^{}]{0,80}\Z", "", raw)
    raw = _without_display(without_environments(raw, _NAMES))
    parts = _parts(expanded(raw, macros))
    return "\n\n".join(parts) or None


def _without_display(text: str) -> str:
    """The text without formulas that stand on lines of their own; one that is never closed stays."""
    parts: list[str] = []
    last = 0
    opened: re.Match[str] | None = None
    for match in _DISPLAY.finditer(text):
        if opened is None:
            opened = match if match[0] != "\\]" else None
        elif match[0] == ("$$" if opened[0] == "$$" else "\\]"):
            parts += [text[last : opened.start()], " "]
            last, opened = match.end(), None
    return "".join((*parts, text[last:]))


def _parts(text: str) -> list[str]:
    """Headings and paragraphs; the parts under headings of thanks are skipped."""
    parts: list[str] = []
    marks = list(_SECTION.finditer(text))
    heads = [(mark.start(), *_heading(text, mark.end())) for mark in marks]
    _add(parts, text[: heads[0][0]] if heads else text)
    stops = [head[0] for head in heads[1:]] + [len(text)] * bool(heads)
    for (_, title, end), stop in zip(heads, stops, strict=True):
        if _THANKS.match(title):
            continue
        if title:
            parts.append(title)
        _add(parts, text[end:stop])
    return parts


def _heading(text: str, start: int) -> tuple[str, int]:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text[start : start + 1000], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] == "}":
            inner = text[start : start + match.start()].partition("{")[2]
            return collapse(latex_to_text(inner)), start + match.end()
    return "", start


def _add(parts: list[str], raw: str) -> None:
    for paragraph in re.split(r"\n[ \t]*\n", latex_to_text(raw)):
        plain = collapse(paragraph)
        if any(char.isalpha() for char in plain):
            parts.append(plain)
