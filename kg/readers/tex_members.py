r"""LaTeX sources in an archive: a paper's main file with the parts that it takes in from the same archive.

Submissions come as ``main.tex``, ``sections/*.tex``, ``main.bbl`` and figures. Each main file (one with a
``\documentclass``) gets the text of what its ``\input``, ``\include``, ``\subfile`` and ``\import`` name, and
its reference list; parts, lists, styles and figures that went into a paper are no documents of their own.
Only members of the archive are looked up, by their names: nothing is opened.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import ReadError
from kg.readers.decode import decode

__all__ = ["MAX_HELD", "is_part", "with_parts"]

MAX_HELD = 32 * 2**20
"""Bytes of an archive's members that are kept until its end is reached."""

_ENDINGS = (".tex", ".ltx", ".bbl", ".pdf", ".bib", ".sty", ".cls", ".bst")
_MAIN = re.compile(r"^[^%\n]{0,200}\\document(?:class|style)\s?[\[{%]", re.MULTILINE)
_TAKEN = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*)"
    r"|\\(?:input|include|subfile)(?![A-Za-z])\s?(?:\{\s*(?P<name>[^{}\n]{1,200}?)\s*\}|(?P<bare>[\w./-]{1,200}))"
    r"|\\(?:sub)?import\*?\s?\{(?P<folder>[^{}\n]{0,200})\}\s?\{(?P<inner>[^{}\n]{1,200})\}"
    r"|\\(?:bibliography|addbibresource)(?:\[[^\]\n]{0,200}\])?\s?\{(?P<list>[^{}\n]{1,500})\}"
    r"|\\(?:documentclass|usepackage|RequirePackage|bibliographystyle)\s?(?:\[[^\]]{0,500}\]\s?)?"
    r"\{(?P<styles>[^{}\n]{1,500})\}"
    r"|\\includegraphics\*?\s?(?:\[[^\]]{0,500}\])?\s?\{(?P<figure>[^{}\n]{1,200})\}"
)
_HEAD = 20_000
_DEPTH = 8
_MOST_PARTS = 5000
_LONGEST = 32 * 2**20
_LISTED = (
    "the reference list of {}, whose entries are no papers of the archive; give it by itself to read them"
)


@dataclass(slots=True)
class _Limits:
    """What all main files of an archive may still take in."""

    left: int = _LONGEST
    parts: int = _MOST_PARTS


@dataclass(slots=True)
class _Paper:
    """A main file, and what it has taken in of the members, by their names; ``lists`` are its .bib files."""

    name: str
    members: Mapping[str, bytes]
    limits: _Limits
    used: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.name)


def is_part(name: str) -> bool:
    """Whether a member may belong to a LaTeX source, told by the ending of its name."""
    return name.lower().endswith(_ENDINGS)


def with_parts(members: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes, str | None]]:
    r"""The members in their order, each with why it is not read, if so: main files with their parts in them,
    without what went into them.

    >>> list(with_parts([("a.tex", rb"\documentclass{x} \input{s/b}"), ("s/b.tex", b"Text.")]))
    [('a.tex', b'\\documentclass{x} Text.', None)]
    """
    listed = list(members)
    named = {posixpath.normpath(name): data for name, data in listed}
    limits = _Limits()
    mains: dict[str, bytes] = {}
    lists: dict[str, str] = {}
    used: set[str] = set()
    for name, data in named.items():
        text = _text(data) if name.lower().endswith((".tex", ".ltx")) else ""
        if _MAIN.search(text[:_HEAD]):
            paper = _Paper(name, named, limits)
            whole = _filled(text, paper, paper.folder, (name,))
            mains[name] = data if whole == text else whole.encode()
            used |= paper.used
            lists |= dict.fromkeys(sorted(paper.lists), name)
    folders = tuple(f"{posixpath.dirname(name)}/".lstrip("/") for name in mains)
    for name, data in listed:
        known = posixpath.normpath(name)
        if known.startswith(folders) and known.endswith((".tex", ".ltx")) and known not in mains:
            continue  # a part that is no longer taken in
        if known in lists:
            yield name, data, _LISTED.format(lists[known])
        elif known in mains or known not in used:
            yield name, mains.get(known, data), None


def _text(data: bytes) -> str:
    """The text of a member; "" where it is none."""
    try:
        return decode(data)[0]
    except ReadError:
        return ""


def _filled(text: str, paper: _Paper, folder: str, inside: tuple[str, ...]) -> str:
    """A source with the parts that it takes in, as far as they are members and the limits allow."""
    pieces: list[str] = []
    last = 0
    for match in _TAKEN.finditer(text):
        if match["comment"] is not None:
            continue
        part = _part(match, paper, folder, inside)
        if part is not None:
            pieces += [text[last : match.start()], part]
            last = match.end()
    return "".join((*pieces, text[last:])) if pieces else text


def _part(match: re.Match[str], paper: _Paper, folder: str, inside: tuple[str, ...]) -> str | None:
    """The text that stands for a command; None where the command stays."""
    if match["figure"]:
        paper.used.update(_found(match["figure"], ("", ".pdf"), paper, folder)[:1])
        return None
    if match["styles"]:
        for each in match["styles"].split(","):
            paper.used.update(_found(each.strip(), (".sty", ".cls", ".bst"), paper, folder)[:1])
        return None
    if match["list"]:
        named = [_found(each.strip(), ("", ".bib"), paper, folder)[:1] for each in match["list"].split(",")]
        stem = posixpath.splitext(posixpath.basename(paper.name))[0]
        printed = _found(stem, (".bbl",), paper, paper.folder)
        (paper.used if printed else paper.lists).update(name for found in named for name in found)
        return _taken(printed[0], paper, folder, inside) if printed else None
    name = match["name"] or match["bare"] or posixpath.join(match["folder"], match["inner"])
    found = [each for each in _found(name, (".tex", "", ".ltx"), paper, folder) if each not in inside]
    return _taken(found[0], paper, folder, inside) if found else None


def _found(name: str, endings: tuple[str, ...], paper: _Paper, folder: str) -> list[str]:
    """The members that a name means, seen from the main file's folder and then from the part's own."""
    places = list(dict.fromkeys((paper.folder, folder)))
    names = (
        posixpath.normpath(posixpath.join(place, name + ending)) for place in places for ending in endings
    )
    return [each for each in names if each in paper.members]


def _taken(name: str, paper: _Paper, folder: str, inside: tuple[str, ...]) -> str | None:
    data = paper.members[name]
    limits = paper.limits
    if len(inside) > _DEPTH or len(data) > limits.left or limits.parts <= 0:
        return None
    limits.left -= len(data)
    limits.parts -= 1
    text = _text(data)
    if _MAIN.search(text[:_HEAD]):  # a paper of its own, or a subfile with a frame around it
        begin, end = text.find("\\begin{document}"), text.rfind("\\end{document}")
        text = text[begin + len("\\begin{document}") : end if end > begin else None] if begin >= 0 else ""
    paper.used.add(name)
    return _filled(text, paper, posixpath.dirname(name) or folder, (*inside, name))
