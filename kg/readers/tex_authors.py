r"""The byline of a LaTeX source, in the ways the classes have: names, affiliations, ORCIDs.

One ``\author`` for all (article, NeurIPS, ACL, IEEEtran, LNCS, JMLR, USENIX), one for each (ACM, REVTeX,
Elsevier, authblk, Springer Nature, LIPIcs), or a command of the class (ICML, MDPI). Affiliations come from
lines under the names, from commands behind them, or by the marks that names and affiliations share.
"""

from __future__ import annotations

import re

from kg.readers.bylines import (
    BLOCK,
    BREAK,
    CLOSE,
    LONGEST_PLACE,
    MAIL,
    OPEN,
    ORCID,
    WIDE,
    Byline,
    Person,
    bare,
    columns,
    mark_names,
    marked_places,
    read_byline,
)
from kg.readers.institutions import is_affiliation
from kg.readers.latex_symbols import SWITCHES, symbols
from kg.readers.latex_text import latex_to_text
from kg.readers.tex_source import Command, Source, expanded
from kg.text import collapse
from kg.types import Authorship

__all__ = ["read_authors", "read_names"]

_AUTHOR = frozenset(
    ["author", "Author", "AUTHOR", "icmlauthor", "mlsysauthor", "jmlrauthor", "name", "authorinfo", "authors"]
)
_PLACE = frozenset(
    ["affiliation", "affil", "address", "institute", "icmlaffiliation", "mlsysaffiliation", "affiliations"]
)
_COMMANDS = _AUTHOR | _PLACE | {"orcid", "collaboration", "additionalaffiliation", "Affiliation"}
_MARK = re.compile(
    r"\$\s?(?:\{\s?\})?\s?\^\s?(?:\{((?:[^{}$]|\{[^{}]{0,80}\}){0,160})\}|(\\?[A-Za-z]{1,10}|[^\s{}$\\]))\s?\$"
    r"|\\(?:textsuperscript|inst|IEEEauthorrefmark|authorrefmark|footnotemark|samethanks|affilnum|up)\s?"
    r"(?:\{((?:[^{}]|\{[^{}]{0,80}\}){0,160})\}|\[([^\[\]]{0,20})\])"
    r"|\$\s?(?:\\(?:dagger|ddagger|ast|star|S|P|ddag|dag)|\*)\s?\$"
)
_ORCIDS = re.compile(r"\\(?:orcidID|orcidlink|orcid|orcidicon)\s?\{([^{}]{0,120})\}")
_GONE = re.compile(
    r"\\(?:thanks|footnote|footnotetext|corref|fnref|tnoteref|email|ead|Email|mail|emailAdd|authornote|authornotemark"
    r"|IEEEmembership|IEEEcompsocitemizethanks|vspace|hspace|url|href|thanksref|note|texttt|inst|institute"
    r"|printemail|includegraphics|resizebox|titlefootnote|equalcontrib|eauthornote)\*?\s?(?=[\[{])"
)
_LINES = re.compile(
    r"\\\\(?:\s?\[[^\]]{0,20}\])?\*?|\\(?:newline|linebreak|tabularnewline|par)(?![A-Za-z])|\\vskip\s?[-\d.]{1,6}\s?\w\w|\n\s*\n"
)
_BLOCKS = re.compile(r"\\(?:and|And|AND|ANDD|alsoauthor|nextauthor|authorbreak)(?![A-Za-z])")
_GAPS = re.compile(r"\\(?:qquad|quad|hfill|hfil|enspace|hskip\s?[\d.]+\w\w|;)(?![A-Za-z])|(?:\\[ ,]|~){2,}")
_TABLE = re.compile(r"\\(?:begin|end)\s?\{(?:tabular[x*]?|minipage|center|flushleft|Authors?|authorlist)\}")
_TABLE_SETTINGS = re.compile(r"(\\begin\s?\{(?:tabular[x*]?|minipage)\})\s?(?:\[\w\])?\s?(?=\{)")
_FIELD = re.compile(
    r"\\(?:department|institution|orgdiv|orgname|city|state|country|orgaddress|streetaddress|postcode|street"
    r"|position|addressline|organization)\s?(?=\{)"
)
_KEYED = re.compile(r"\b(organization|city|state|country)\s?=\s?\{([^{}]{0,300})\}")
_SIZES = re.compile(r"\\(?:fontsize|fontfamily)\s?(?:\{[^{}]{0,20}\}){1,2}")
_INNER_PLACE = re.compile(r"\\(?:affil|affiliation|affaddr|address)\s?(?=\{)")
_BARE = re.compile(r"\\([A-Za-z]{1,40})(?![A-Za-z]|\s?[\[{])")
_ORDINAL = re.compile(r"^\s*\d{1,2}\s?(?:st|nd|rd|th|\\textsuperscript\s?\{\s?(?:st|nd|rd|th)\})\s")
_MAX_AUTHORS = 5_000
_SUFFIX = re.compile(r",\s?(?=(?:Jr|Sr)\b|(?:II|III|IV)\b(?!\.))")


def read_authors(source: Source, macros: dict[str, str]) -> tuple[Authorship, ...]:
    """The authors in their order, each name once; none where the source hides them."""
    byline = Byline()
    behind_place = False
    for command in source.commands(_COMMANDS, most=4):
        if len(byline.people) > _MAX_AUTHORS:
            break
        if command.name in _AUTHOR:
            if behind_place:
                byline.waiting = len(byline.people)
            behind_place = False
            _take_author(byline, command, macros)
        elif command.name == "collaboration" and command.arguments:
            byline.people.append(Person(_plain(command.arguments[-1])))
        elif command.name == "orcid" and byline.people and command.arguments:
            found = ORCID.search(command.arguments[0])
            byline.people[-1].orcid = byline.people[-1].orcid or (found[0] if found else None)
        elif command.name in _PLACE and command.arguments:
            behind_place = True
            _take_place(byline, command, macros)
    return byline.authors()


def read_names(content: str, macros: dict[str, str]) -> tuple[Authorship, ...]:
    """The people of a byline that no command marks as one."""
    byline = Byline()
    _read_content(byline, expanded(content, macros))
    return byline.authors()


def _take_author(byline: Byline, command: Command, macros: dict[str, str]) -> None:
    if not command.arguments:
        return
    content = expanded(command.arguments[0], macros)
    labels = tuple(part.strip() for option in command.options for part in option.split(",") if part.strip())
    if command.name == "name" and len(command.arguments) > 1 and "affiliation" in "".join(command.options):
        content = " ".join(command.arguments[:2])
        labels = tuple(re.findall(r"\w+", "".join(command.options).partition("=")[2]))
    if len(command.arguments) == 2 and command.name in ("author", "Author"):
        family = latex_to_text(command.arguments[1]).strip()  # \Author[1]{Given}{Family}
        alone = len(family.split()) < 4 and not is_affiliation(family) and "@" not in family
        content = f"{content} {command.arguments[1]}" if family and alone else content
    before = len(byline.people)
    if r"\IEEEauthorblockN" in content:
        _blocks_of_ieee(byline, content)
    elif "{" not in content and command.name in ("icmlauthor", "mlsysauthor", "jmlrauthor"):
        byline.people += [Person(_plain(content), mark_names(",".join(command.arguments[1:2])))]
    else:
        _read_content(byline, content)
    mine = byline.people[before:]
    orcid = ORCID.search(" ".join(labels))
    for person in mine:
        person.marks = person.marks or labels
        if orcid and len(mine) == 1:
            person.orcid = person.orcid or orcid[0]
    if len(command.arguments) >= 3 and len(mine) == 1:  # LIPIcs: name, affiliation, mail, ORCID
        mine[0].place = mine[0].place or _place_text(command.arguments[1])
        orcid = ORCID.search(" ".join(command.arguments[2:]))
        mine[0].orcid = mine[0].orcid or (orcid[0] if orcid else None)


def _take_place(byline: Byline, command: Command, macros: dict[str, str]) -> None:
    if command.name.endswith("laffiliation") or command.name == "mlsysaffiliation":
        if len(command.arguments) > 1:
            byline.places[command.arguments[0].strip()] = _place_text(expanded(command.arguments[1], macros))
        return
    content = expanded(command.arguments[0], macros)
    label = ",".join(command.options).strip()
    if label:
        for part in label.split(","):
            byline.places[part.strip()] = _place_text(content)
        return
    if command.name == "institute":
        for number, part in enumerate(_BLOCKS.split(content), 1):
            byline.places.setdefault(str(number), _place_text(part))
        for person in byline.people:
            person.marks = person.marks or (("1",) if len(_BLOCKS.split(content)) == 1 else ())
        return
    marked = marked_places(_prepared(content))
    if marked:
        byline.places.update(marked)
        return
    place = _place_text(content)
    for person in byline.people[byline.waiting :]:
        if not any(mark in byline.places for mark in person.marks):
            person.place = "; ".join(filter(None, (person.place, place)))


def _blocks_of_ieee(byline: Byline, content: str) -> None:
    r"""``\IEEEauthorblockN{names}`` and the ``\IEEEauthorblockA{places}`` behind it."""
    pieces = re.split(r"\\IEEEauthorblock([NA])\s?(?=\{)", content)
    people: list[Person] = []
    last = ""
    for kind, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        inner = piece[1 : _closing(piece)]
        if kind == "N":
            names = Byline()
            _read_content(names, _ORDINAL.sub("", inner))
            people = names.people if last != "N" else people + names.people
            byline.people += names.people
        else:
            marked = marked_places(_prepared(inner))
            byline.places.update(marked)
            for person in people:
                if not person.marks or not marked:
                    person.place = person.place or _place_text(inner)
        last = kind


def _closing(text: str) -> int:
    depth = 0
    for match in re.finditer(r"\\.|[{}]", text, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0 and match[0] == "}":
            return match.start()
    return len(text)


def _prepared(content: str) -> str:
    """The text with marks, line ends and blocks as single characters, notes and addresses gone."""
    content = _SIZES.sub("", _without_settings(content))
    content = re.sub(r"\\orcid[A-Z]\w{0,3}\s?\{\s?\}", "", content)
    content = _TABLE.sub(BLOCK, content)
    content = re.sub(r"\\(?:name|addr|affiliations?|emails?)(?![A-Za-z{\[])\s?", _named, content)
    content = re.sub(r"\\Name\s?(?=\{)", BLOCK, content)
    content = re.sub(r"\\(?:fnm|spfx|sur|sfx)\s?(?=\{)", " ", content)
    content = re.sub(r"\\(?:authorone|authortwo|tanm|dgr|nametitle|deg)\s?\{[^{}]{0,80}\}", "", content)
    content = _ORCIDS.sub(lambda match: f"{OPEN}orcid:{match[1]}{CLOSE}", content)
    content = _MARK.sub(_mark, content)
    content = _without_notes(content)
    content = _INNER_PLACE.sub(BREAK, content)
    content = _BLOCKS.sub(BLOCK, content)
    content = _SUFFIX.sub(" ", _GAPS.sub(WIDE, _LINES.sub(BREAK, content)))
    return latex_to_text(_BARE.sub(_known, content))


def _known(match: re.Match[str]) -> str:
    """A command without an argument where it prints something; in a byline others are marks of the class."""
    name = match[1]
    return match[0] if len(name) == 1 or name in SWITCHES or name in symbols() else ""


def _without_settings(content: str) -> str:
    """The content without the column settings of its tables."""
    parts: list[str] = []
    last = 0
    for match in _TABLE_SETTINGS.finditer(content):
        end = match.end()
        while content.startswith("{", end):
            end += _closing(content[end : end + 1000]) + 1
        parts.append(content[last : match.end(1)])
        last = max(end, match.end())
    return "".join((*parts, content[last:]))


def _named(match: re.Match[str]) -> str:
    return BLOCK if match[0].strip() == r"\name" else BREAK


def _mark(match: re.Match[str]) -> str:
    inner = next((group for group in match.groups() if group is not None), "*")
    return f"{OPEN}{latex_to_text(inner)}{CLOSE}"


def _without_notes(content: str) -> str:
    parts: list[str] = []
    last = 0
    for match in _GONE.finditer(content):
        if match.start() < last:
            continue
        end = match.end()
        while content.startswith("[", end) and 0 < content.find("]", end) - end < 100:
            end = content.find("]", end) + 1
        if not content.startswith("{", end):
            continue
        stop = end + _closing(content[end : end + 4000]) + 1
        inner = content[end + 1 : stop - 1]
        keep = match[0].startswith((r"\texttt", r"\href")) and "@" not in inner and "http" not in inner
        parts.append(content[last : match.start()] + (inner if keep else ""))
        last = stop
    return "".join((*parts, content[last:]))


def _read_content(byline: Byline, content: str) -> None:
    text = _prepared(content)
    if "&" in text and BREAK in text and "tabular" in content:
        text = BLOCK.join(columns(text) or [text])
    read_byline(byline, text)


def _place_text(content: str) -> str:
    """An affiliation on one line, without mails and streets."""
    keyed = [match[2] for match in _KEYED.finditer(content)]
    if keyed:
        return collapse(latex_to_text(", ".join(part for part in keyed if part.strip())))
    content = re.sub(
        r"\\(?:email|ead|url|streetaddress|postcode)\s?\{[^{}]{0,200}\}", "", _ORCIDS.sub("", content)
    )
    content = _FIELD.sub(f"{BREAK} ", content)
    text = latex_to_text(_LINES.sub(BREAK, _BLOCKS.sub(";", _MARK.sub("", _without_notes(content)))))
    parts = [collapse(part.replace(WIDE, " ")).strip(" ,;.") for part in text.split(BREAK)]
    place = ", ".join(part for part in parts if part and not MAIL.search(part))
    return place if len(place) <= LONGEST_PLACE else ""


def _plain(text: str) -> str:
    return bare(_prepared(text)).strip(" ,;")
