"""What a person reads in an XML element: inline markup and formulas as text, blocks as paragraphs.

The vocabularies of JATS, TEI, PubMed, DBLP, the ACL Anthology and XHTML share their words for italics,
paragraphs and formulas, so one table serves them all. Nothing recurses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.readers.citations import plain_block, plain_line
from kg.readers.latex_text import latex_to_text
from kg.readers.xmltree import Element

__all__ = ["block", "flat_block", "flow", "line", "paragraphs", "tex_to_text"]

_BREAKS = frozenset(
    [
        "p", "sec", "div", "list", "list-item", "item", "disp-quote", "def-item", "def", "term",
        "statement", "ab", "boxed-text", "br", "break", "lb", "li", "ul", "ol", "abstract",
        "AbstractText", "speech", "verse-group", "verse-line", "blockquote", "quote",
    ]
)  # fmt: skip
_HEADINGS = frozenset(["title", "head", "h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN = frozenset(
    [
        "fn", "table-wrap", "fig", "fig-group", "figure", "table", "caption", "graphic",
        "inline-graphic", "media", "supplementary-material", "object-id", "note", "ref-list", "label",
        "index-term", "pb", "xref-group", "script", "style-definition", "processing-meta",
        "table-wrap-foot", "table-wrap-group", "ack", "related-object",
    ]
)  # fmt: skip
_HIDDEN_REFERENCES = frozenset(["fn", "aff", "corresp", "author-notes", "table-fn", "author-note"])
_FORMULAS = frozenset(
    [
        "inline-formula", "disp-formula", "alternatives", "math", "tex-math", "disp-formula-group",
    ]
)  # fmt: skip
_GROUPS = frozenset({"math", "mrow", "mstyle", "mfenced", "mtable", "mtr", "mtd", "mpadded", "mphantom"})
_SCRIPTS = {"msup": "^", "msub": "_", "mfrac": "/", "mover": "", "munder": "_"}
_RELATIONS = frozenset("=<>≤≥≈≠∼≃≡→←∈⊂≪≫")
_OWN_HEADING = re.compile(
    r"(?:abstract|summary|graphical abstract|résumé|zusammenfassung|resumen|resumo)\W*", re.IGNORECASE
)
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]{2,}")
_SPACE = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")  # a lone blank stays
_CITED = re.compile(r"[\s\[(]*\d{1,4}[a-z]?(?:[\s,;–-]+\d{1,4}[a-z]?)*[\s\])]*")
_MARK = "\x02"
_MARKS = re.compile(
    rf"[ \t]*[\[(]\s*{_MARK}(?:[\s,;–—-]*{_MARK})*\s*[\])]|[ \t]*{_MARK}(?:[\s,;–—-]*{_MARK})*"
)
_POWER = re.compile(r"[-−–+]?\d")
_SUPERSCRIPTS = re.compile(r"[\s,;–-]*")


def tex_to_text(text: str) -> str:
    """LaTeX as text where there is some; a text without commands and formulas stays as it is.

    >>> tex_to_text(r"a $3\\times$ gain, ~5 ms")
    'a 3× gain, ~5 ms'
    """
    return latex_to_text(text) if "\\" in text or "$" in text else text


def line(element: Element | None) -> str:
    """The text of an element on one line."""
    return plain_line(tex_to_text(_rendered(element, flowing=True).replace("\x01", " ")))


def flow(element: Element | None) -> str:
    """The text of an element whose paragraphs are marked up; headings stand in front ("Methods: ...")."""
    pieces = _rendered(element, flowing=True).split("\x01")
    text = "\x01".join([*(piece.rstrip(" \n:.：") for piece in pieces[:-1]), pieces[-1]])
    text = "\x01".join(piece.lstrip() for piece in text.split("\x01"))
    parts = [part.strip() for part in re.split(r"\n\n+", text)]
    kept: list[str] = []
    heading = ""
    for part in parts:
        before, _, rest = part.rpartition("\x01")
        named = " ".join(before.replace("\x01", ": ").split())
        if named and not _OWN_HEADING.fullmatch(named):
            heading = f"{heading}{named}: "
        if rest:
            kept.append(heading + rest)
            heading = ""
    return plain_block(tex_to_text("\n\n".join(kept)))


def flat_block(text: str) -> str:
    """A text whose paragraphs are empty lines, or lines set in as arXiv sets them."""
    lines = text.strip().splitlines()[1:]
    if any(one[:1].strip() for one in lines):
        text = re.sub(r"\n[ \t]{2,}(?=\S)", "\n\n", text.strip())
    return block(tex_to_text(text))


def block(text: str) -> str:
    """``plain_block`` of a text whose blanks may be many."""
    return plain_block(_BLANKS.sub(" ", text))


def paragraphs(element: Element) -> list[str]:
    """The headings and paragraphs below an element, one string each."""
    text = _rendered(element, flowing=True, cited=True).replace("\x01", "\n\n")
    parts = (plain_line(tex_to_text(part)) for part in re.split(r"\n\n+", text))
    return [part for part in parts if part]


def _rendered(element: Element | None, *, flowing: bool, cited: bool = False) -> str:
    """Text with empty lines around blocks and a mark behind headings; with the numbers of what it cites only
    where ``cited``."""
    if element is None:
        return ""
    if not len(element):
        return _SPACE.sub(" ", element.text or "") if flowing else element.text or ""
    parts: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
        elif not cited and _is_citation(item):
            parts.append(_MARK)
        elif item is element or not _is_hidden(item):
            waiting.extend(reversed(_pieces(item, parts, top=item is element)))
    text = "".join(parts)
    return _MARKS.sub("", text) if _MARK in text else text


def _pieces(item: Element, parts: list[str], *, top: bool) -> Sequence[Element | str]:
    """What an element stands for, in order: texts, and elements that are still to be looked at."""
    tag = str(item.tag)
    formula = _mathematics(item, tag)
    if formula is not None:
        return formula
    texts: list[Element | str] = [_SPACE.sub(" ", item.text or "")]
    for inner in item:
        texts.append(inner)
        if inner.tail:
            texts.append(_SPACE.sub(" ", inner.tail))
    if top:
        return texts
    if tag == "sup":
        power = _POWER.match("".join(item.itertext())) and parts and parts[-1][-1:].isdigit()
        return ["^", *texts] if power else texts
    if tag in _HEADINGS:
        return ["\n\n", *texts, "\x01"]
    return ["\n\n", *texts, "\n\n"] if tag in _BREAKS else texts


def _mathematics(item: Element, tag: str) -> Sequence[Element | str] | None:
    """The parts of a formula; None where an element is none."""
    if tag in _FORMULAS:
        source = next((inner for inner in item.iter() if inner.tag in {"tex-math", "annotation"}), None)
        if source is not None and not (
            source.tag == "annotation" and "tex" not in source.get("encoding", "")
        ):
            return [_formula("".join(source.itertext()))]
    if tag in {"semantics", "mmultiscripts"}:
        return list(item)[:1]
    if tag in _SCRIPTS and len(item) == 2:
        return [item[0], _SCRIPTS[tag], item[1]]
    if tag == "msubsup" and len(item) == 3:
        return [item[0], "_", item[1], "^", item[2]]
    if tag == "mo":
        sign = (item.text or "").strip()
        return [f" {sign} " if sign in _RELATIONS else sign]
    if tag in {"mi", "mn", "mtext"}:
        return [(item.text or "").strip()]
    return ["√", *item] if tag == "msqrt" else list(item) if tag in _GROUPS else None


def _is_hidden(element: Element) -> bool:
    tag = element.tag
    if tag in _HIDDEN:
        return True
    if tag in {"xref", "ref"}:
        return element.get("ref-type") in _HIDDEN_REFERENCES or element.get("type") == "foot"
    if tag == "sup" and len(element):
        numbers = all(inner.tag == "xref" for inner in element)
        between = [element.text or "", *((inner.tail or "") for inner in element)]
        return numbers and all(_SUPERSCRIPTS.fullmatch(text) for text in between)
    return False


def _is_citation(element: Element) -> bool:
    """Whether an element is the number of an entry of the reference list: no part of the sentence."""
    if element.tag not in {"xref", "ref"} or "bibr" not in (element.get("ref-type"), element.get("type")):
        return False
    return _CITED.fullmatch("".join(element.itertext())[:200]) is not None


def _formula(source: str) -> str:
    """The formula in a tex-math element, which may be a whole LaTeX document around it."""
    before, begin, inside = source.partition("\\begin{document}")
    formula = (inside.partition("\\end{document}")[0] if begin else before).strip()
    if not formula:
        return ""
    bare = "$" not in formula and not formula.startswith(("\\(", "\\["))
    return latex_to_text(f"${formula}$" if bare else formula).strip()
