r"""LaTeX sources of papers, whatever their class: title, byline, abstract, keywords, sections, references.

Nothing is typeset and no other file is opened; parts that the source takes from other files are named in a
note. Package and class files and bibliography files on their own hold no paper and are refused in words.
"""

from __future__ import annotations

import re

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.latex_text import latex_to_text
from kg.readers.tex_authors import read_authors
from kg.readers.tex_body import read_body
from kg.readers.tex_handset import handset_abstract, handset_front
from kg.readers.tex_references import read_references
from kg.readers.tex_source import Command, Source, expanded, make_source
from kg.readers.tex_venue import read_venue
from kg.text import collapse
from kg.types import Paper

__all__ = ["READER"]

_SNIFF = 20_000
_CLASS = re.compile(r"\\document(?:class|style)\s?(?:%[^\n]{0,80}\n\s*)?[\[{]")
_LINE_START = re.compile(r"^[ \t]*\\document(?:class|style)\s?[\[{%]", re.MULTILINE)
_PACKAGE = re.compile(
    r"^\s*\\(?:ProvidesPackage|ProvidesClass|ProvidesFile|NeedsTeXFormat|ProvidesExplPackage)", re.MULTILINE
)
_LIST = re.compile(r"\\begin\s?\{thebibliography\}|\\refsection\s?\{|\\bibitem(?![A-Za-z])")
_PARTS = re.compile(
    r"\\(?:title|section|chapter|begin\s?\{abstract\}|abstract|maketitle|author)\*?\s?[\[{\n]"
)
_FIRST = re.compile(r"(?:\s|%[^\n]*\n|\ufeff)*+(\\?)")
_TITLES = frozenset(
    [
        "title",
        "icmltitle",
        "Title",
        "TITLE",
        "mlsystitle",
        "papertitle",
        "articletitle",
        "jmlrtitle",
        "ijcaititle",
    ]
)
_ABSTRACTS = frozenset(["abstract", "Abstract", "ABSTRACT", "abstracttext", "abs"])
_ABSTRACT_BEGIN = re.compile(
    r"\\begin\s?\{(abstract|Abstract|ABSTRACT|onecolabstract|sciabstract|abstracts|IEEEabstract|summary)\*?\}"
)
_ABSTRACT_SECTION = re.compile(
    r"\\(?:section|chapter|subsection|paragraph)\*?\s?\{\s?(?:abstract|ABSTRACT|Abstract)\s?\.?\}"
)
_NEXT_SECTION = re.compile(
    r"\\(?:section|chapter|part|begin\s?\{document\}|maketitle|tableofcontents|newpage|clearpage)\b"
)
_KEYWORDS = frozenset(
    ["keywords", "keyword", "Keywords", "KEYWORDS", "IEEEkeywords", "kwd", "indexterms", "keyphrases"]
)
_KEYWORD_ENVIRONMENT = re.compile(r"\\begin\s?\{((?:IEEE)?[kK]eywords?|IEEEkeywords|indexterms)\}")
_KEYWORD_SPLIT = re.compile(
    r"\s*(?:[;·•]|\\sep\b|\\and\b|\\\\|\\enspace|\\textbullet|\$\\cdot\$|---|\s--\s)\s*|,\s+|\n\s*\n"
)
_LABEL = re.compile(
    r"\A\s*(?:abstract|summary|key\s?words?(?: and phrases)?|index terms)\s*[.:—–-]+\s*", re.IGNORECASE
)
_KEYWORD_LABEL = re.compile(
    r"\\(?:textbf|textit|emph|noindent|small|bf)?\s?\{?\s?\\?\w{0,12}\s?(?:Keywords?|Key words|Index Terms)"
    r"\s?[:.—–-]"
)
_CODES = re.compile(r"\\(?:PACS|MSC|JEL|UDC)(?![a-z])")
_INPUT = re.compile(r"\\(?:input|include|subfile|import)\s?\{([^{}\n]{1,200})\}")
_NO_PAPER = re.compile(
    r"\\documentclass\s?(?:\[[^\]]{0,400}\])?\s?\{(?:letter|scrlttr2|moderncv|resume|exam|standalone|europecv)\}"
)
_PDF_TITLE = re.compile(r"pdftitle\s?=\s?\{")
_SMALL = re.compile(r"\{\s?\\(?:footnotesize|scriptsize|tiny)(?![A-Za-z])")
_MAX_CHARS = 32 * 1024 * 1024


def score(raw: Raw) -> float:
    r"""A ``\documentclass`` where the text begins settles it; fragments are told by their commands."""
    head = raw.text[:_SNIFF]
    if "\\" not in head:
        return 0.0
    first = _FIRST.match(head)
    opens = first is not None and first[1] == "\\"
    hint = 0.03 if raw.suffix in {".tex", ".ltx", ".latex", ".bbl", ".sty", ".cls"} else 0.0
    if _LINE_START.search(head) and opens:
        return 0.97
    if _LINE_START.search(head) and not re.match(r"\s*[<{\[@]", head) and "```" not in head:
        return 0.8 if hint else 0.3  # a text that shows some LaTeX, or a source with words before it
    if opens and (_PACKAGE.search(head) or _LIST.search(head)):
        return 0.92 + hint
    parts = sum(1 for _ in _PARTS.finditer(head))
    if opens and parts:
        return 0.9 + hint
    return 0.75 + hint if hint and (parts or _LIST.search(head)) else 0.0


def read(raw: Raw) -> Parsed:
    """The paper of the source; a ReadError where it is none, with what would be one."""
    source = make_source(raw.text.lstrip("\ufeff"))
    _refuse(raw.text, source)
    macros = source.macros
    title = _title(source)
    abstract, keywords = _abstract(source)
    notes = _notes(source)
    authors = read_authors(source, macros)
    if title is None:
        title, named = handset_front(source, macros)
        authors = authors or named
    if title is None and abstract is None:
        raise ReadError(
            "a piece of LaTeX without a title and an abstract, as chapters that another file takes in are; "
            "give the main file, the one with \\documentclass"
        )
    venue = read_venue(source, macros)
    title_start, title_end = _span(raw.text, title)
    abstract_start, abstract_end = _span(raw.text, abstract)
    paper = Paper(
        paper_id="",
        document_id="",
        position=0,
        title=title,
        authors=authors,
        venue=venue.name,
        year=venue.year or (int(venue.date[:4]) if venue.date else None),
        date=venue.date,
        doi=venue.doi,
        arxiv_id=venue.arxiv_id,
        keywords=keywords or _keywords(source),
        abstract=abstract,
        body=read_body(source, macros),
        references=read_references(source, macros),
        title_start=title_start,
        title_end=title_end,
        abstract_start=abstract_start,
        abstract_end=abstract_end,
    )
    return Parsed(papers=(paper,), notes=notes, media_type="application/x-tex")


def _refuse(text: str, source: Source) -> None:
    if _CLASS.search(source.text):
        kind = _NO_PAPER.search(source.text)
        if kind and not _ABSTRACT_BEGIN.search(source.text):
            raise ReadError("LaTeX of a letter, a CV or a drawing, and no paper")
        return
    if _PACKAGE.search(text[:_SNIFF]):
        raise ReadError("a LaTeX package or class, which sets papers and is none; give the paper's .tex file")
    if _LIST.search(source.text) and not any(source.commands(_TITLES)):
        raise ReadError(
            "the reference list of a LaTeX paper without the paper (its entries are no papers of this "
            "document); give the .tex file, or the .bib file for its records"
        )


def _title(source: Source) -> str | None:
    found: str | None = None
    for command in source.commands(_TITLES):
        text = _line(command, source.macros)
        if text and not re.fullmatch(r"(?i)\W*|references|abstract", text):
            found = text
            break
    if found is None:
        match = _PDF_TITLE.search(source.text)
        inner = source.group(match.end() - 1) if match else None
        return collapse(latex_to_text(source.text[inner[0] : inner[1]])) or None if inner else None
    for command in source.commands(frozenset(["subtitle", "Subtitle"])):
        under = _line(command, source.macros)
        if under and under.lower() not in found.lower():
            return (
                f"{found.rstrip(':')}: {under}"
                if found[-1].isalnum() or found[-1] == ":"
                else f"{found} {under}"
            )
    return found


def _line(command: Command, macros: dict[str, str]) -> str:
    if not command.arguments:
        return ""
    inner = expanded(command.arguments[0], macros)
    inner = _without_small(inner) if "size" in inner else inner
    inner = re.sub(r"\\(?:vspace|hspace)\*?\s?\{[^{}]*\}", " ", inner)
    inner = re.sub(r"\$\s?\^\s?(?:\{\s?)?(?:\\\w+|\*)\s?\}?\s?\$\s*\Z", "", inner.strip())
    return collapse(latex_to_text(inner)).rstrip("*†‡").strip()


def _without_small(text: str) -> str:
    """A title without the remarks that are set small beneath it."""
    inner = make_source(text)
    for match in _SMALL.finditer(inner.text):
        end = inner.closing.get(match.start())
        if end is not None:
            return inner.text[: match.start()] + inner.text[end + 1 :]
    return text


def _abstract(source: Source) -> tuple[str | None, tuple[str, ...]]:
    """The first abstract that says something, and the keywords within it."""
    for raw in _abstract_sources(source):
        inner, keywords = _without_keywords(raw, source.macros)
        text = latex_to_text(expanded(inner, source.macros))
        paragraphs = [collapse(part) for part in re.split(r"\n\s*\n", text)]
        whole = _LABEL.sub("", "\n\n".join(part for part in paragraphs if part))
        if len(whole) > 20:
            return whole, keywords
    return None, ()


def _abstract_sources(source: Source) -> list[str]:
    text = source.text
    found: list[tuple[int, str]] = []
    for match in list(_ABSTRACT_BEGIN.finditer(text))[:20]:
        if re.search(r"\\(?:re)?new\w*\s?\{?\Z", text[max(0, match.start() - 30) : match.start()]):
            continue
        end = text.find(f"\\end{{{match[1]}", match.end())
        if end > 0:
            option = re.match(r"\s*\[[^\[\]]{0,60}\]", text[match.end() : match.end() + 100])
            found.append((match.start(), text[match.end() + (option.end() if option else 0) : end]))
    for command in source.commands(_ABSTRACTS, most=5):
        if command.arguments:
            found.append((command.start, "\n\n".join(part for part in command.arguments if len(part) > 20)))
    if not any(part.strip() for _, part in found):
        heading = _ABSTRACT_SECTION.search(text)
        if heading:
            end_match = _NEXT_SECTION.search(text, heading.end())
            found.append(
                (heading.start(), text[heading.end() : end_match.start() if end_match else heading.end()])
            )
    by_hand = None if any(len(part) > 20 for _, part in found) else handset_abstract(source)
    return [part for _, part in sorted(found)] + ([by_hand] if by_hand else [])


def _without_keywords(raw: str, macros: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """An abstract without the keywords that stand at its end."""
    inner = make_source(raw)
    for command in inner.commands(_KEYWORDS):
        if command.arguments:
            rest = inner.text[: command.start] + inner.text[command.end :]
            return rest, _split(command.arguments[0], macros)
    bold = _KEYWORD_LABEL.search(raw)
    if bold and bold.start() * 3 > len(raw):
        words = raw[bold.end() :].lstrip("}-—:. ")
        return raw[: bold.start()], _split(words, macros)
    return raw, ()


def _keywords(source: Source) -> tuple[str, ...]:
    match = _KEYWORD_ENVIRONMENT.search(source.text)
    if match:
        end = source.text.find("\\end", match.end())
        if end > 0:
            return _split(_CODES.split(source.text[match.end() : end])[0], source.macros)
    for command in source.commands(_KEYWORDS):
        if command.arguments and command.arguments[0].strip():
            return _split(command.arguments[0], source.macros)
    return ()


def _split(text: str, macros: dict[str, str]) -> tuple[str, ...]:
    words = [
        _LABEL.sub("", collapse(latex_to_text(part))) for part in _KEYWORD_SPLIT.split(expanded(text, macros))
    ]
    kept = [word.strip(" .,;:") for word in words]
    return tuple(dict.fromkeys(word for word in kept if 0 < len(word) < 100))


def _notes(source: Source) -> tuple[str, ...]:
    names = [match[1] for match in _INPUT.finditer(source.text)]
    if not names:
        return ()
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return (f"not followed: \\input of {', '.join(names[:5])}{more}",)


def _span(text: str, value: str | None) -> tuple[int, int] | tuple[None, None]:
    """Where the source has the value word for word."""
    at = text.find(value) if value else -1
    return (at, at + len(value)) if value and at >= 0 else (None, None)


READER = Reader(
    name="tex",
    score=score,
    read=read,
    summary="LaTeX sources of papers, of any class",
    max_chars=_MAX_CHARS,
)
