"""Bylines that were set: who stands in them and where they work, by lines, marks and separators.

The text comes from readers of formats that know how a byline is set (LaTeX, office documents). They hand over
plain text in which single characters stand for what they know: OPEN and CLOSE around the marks of a name
(superscripts), BREAK where a line ends, BLOCK where a group of authors ends, WIDE where a wide gap is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.readers.fields import ORCID
from kg.readers.institutions import is_affiliation
from kg.readers.name_lists import name_list
from kg.text import collapse
from kg.types import Authorship

__all__ = [
    "BLOCK",
    "BREAK",
    "CLOSE",
    "LONGEST_PLACE",
    "MAIL",
    "OPEN",
    "ORCID",
    "WIDE",
    "Byline",
    "Person",
    "bare",
    "columns",
    "is_person",
    "mark_names",
    "marked_places",
    "read_block",
    "read_byline",
]

OPEN, CLOSE = "\ue000", "\ue001"  # around the marks of a name
BREAK, BLOCK, WIDE = "\ue002", "\ue003", "\ue004"  # a line ends, a group of authors ends, a wide gap
_LIST = re.compile(r"\s*(?:[,;，；、&]|\band\b|\bund\b|\bet\b(?!\s+al)|" + WIDE + r")\s*")
MAIL = re.compile(
    r"[\w}]\s?@\s?[\w-]{1,60}\.\w|\((?:at|dot)\)|\[(?:at|dot)\]|https?://|\bwww\.|\be-?mails?\s?:",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"(?:(?:senior|student|life|graduate)\s+)?(?:member|fellow)(?:\s*,\s*IEEE)?|IEEE|ACM|ph\.?\s?d\.?|m\.?d\.?"
    r"|m\.?sc\.?|b\.?sc\.?|dr\.?|prof\.?|student|professor|m\.?s\.?|mba|mph|r\.?n\.?|frcp",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_NOBODY = re.compile(
    r"anonym\w*(?:\s.*)?|(?:paper|submission)\s?(?:id|#|number).*|authors? names?.*|et\s+al\.?|others"
    r"|(?:given|first) names? surname.*|equal contribution.*|\W*|authors?(?:\(s\))?|by|paper under .*",
    re.IGNORECASE,
)
_LONGEST_NAME = 80
LONGEST_PLACE = 400


@dataclass(slots=True)
class Person:
    name: str
    marks: tuple[str, ...] = ()
    place: str = ""
    orcid: str | None = None


@dataclass(slots=True)
class Byline:
    people: list[Person] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    waiting: int = 0  # people from here on have had no affiliation command yet

    def authors(self) -> tuple[Authorship, ...]:
        """Everybody in their order, each name once, with the places that their marks name."""
        authors: dict[str, Authorship] = {}
        for person in self.people:
            place = person.place or "; ".join(
                self.places[mark] for mark in person.marks if mark in self.places
            )
            author = Authorship(name=person.name, affiliation=place or None, orcid=person.orcid)
            known = authors.setdefault(person.name, author)
            if known is not author and place and place != known.affiliation:
                authors[person.name] = replace(
                    known, affiliation="; ".join(filter(None, (known.affiliation, place)))
                )
        return tuple(authors.values())


def read_byline(byline: Byline, text: str) -> None:
    """Add the people and places of a text whose setting is shown by the single characters."""
    byline.places.update(marked_places(text))
    for block in text.split(BLOCK):
        read_block(byline, block)


def mark_names(text: str) -> tuple[str, ...]:
    """The single marks in "1,2*"."""
    return tuple(re.findall(r"\d+(?![A-Za-z])|\w+|[^\w\s,;.]", text))


def columns(text: str) -> list[str] | None:
    """The columns of a table of authors as blocks."""
    rows = [row.split("&") for row in text.replace(BLOCK, BREAK).split(BREAK) if row.strip()]
    width = max((len(row) for row in rows), default=0)
    if width < 2 or width > 12:
        return None
    blocks: list[list[str]] = []
    ended = False
    for row in rows:
        opens = ended and all(_is_name(bare(cell)) for cell in row if cell.strip())
        ended = any(MAIL.search(cell) for cell in row)
        if opens or not blocks:
            blocks += [[] for _ in range(width)]
        for column, cell in enumerate(row):
            blocks[column - width].append(cell)
    return [BREAK.join(block) for block in blocks]


def read_block(byline: Byline, block: str) -> None:
    """Lines of names, then lines of where they work; after a mail or an empty line names may come again."""
    people: list[Person] = []
    places: list[str] = []
    naming = True
    again = False
    before = ""
    for raw in block.split(BREAK):
        line = raw.strip(f" \t\n{WIDE},;")
        plain = bare(line)
        if not plain.strip(" ,;."):
            again = again or bool(places)
            continue
        if line.startswith(OPEN):
            naming = False  # an affiliation by its mark; read apart
            continue
        if MAIL.search(plain):
            again = bool(people)
            if "@" not in plain.split(",")[0] and not people:
                people += _people(line)
            continue
        if not naming and again and _is_name(plain):
            _settle(byline, people, places)
            people, places, naming = [], [], True
        names, place = (
            _names_of_line(line)
            if naming and (not people or (not places and _goes_on(before, line)))
            else ([], plain)
        )
        people += names
        before = raw.strip()
        if place:
            places.append(place)
            naming = False
        again = False
    _settle(byline, people, places)


def _settle(byline: Byline, people: list[Person], places: list[str]) -> None:
    place = ", ".join(collapse(part).strip(" ,;") for part in places)
    for person in people:
        numbered = any(mark.isalnum() for mark in person.marks) and byline.places
        if place and not numbered and len(place) <= LONGEST_PLACE:
            person.place = person.place or place
    byline.people += people


def _goes_on(before: str, line: str) -> bool:
    """Whether a second line lists more names: it has marks or several names, or the first ends in a comma."""
    plain = bare(line)
    found = name_list(plain)
    several = found is not None and (len(found.authors) > 1 or before.endswith((",", " and", "&")))
    return (OPEN in line or (several and found is not None and found.score >= 0.5)) and not is_affiliation(
        plain.partition(",")[0]
    )


def _names_of_line(line: str) -> tuple[list[Person], str]:
    """The people of a line and the affiliation behind them ("Jane Doe, University of X")."""
    people: list[Person] = []
    for piece, marks in _pieces(line):
        text = collapse(piece).strip(" .,;:*†‡§¶")
        text = (
            text
            if not re.search(r"(?:\s|^)(?:[A-Z]|Jr|Sr)$", text) or not piece.strip().endswith(".")
            else text + "."
        )
        if people and _SUFFIX.fullmatch(text):
            people[-1].name += f", {text}" if "," in line and not text.upper().startswith("I") else f" {text}"
            continue
        if _RANK.fullmatch(text) or _NOBODY.fullmatch(text):
            if people and marks:
                people[-1].marks += marks
            continue
        if is_affiliation(text) and people and not _sure_name(text):
            return people, bare(line[line.find(piece.strip()) :])
        note = re.search(r"\s*[(\[]([^()\[\]]{2,120})[)\]]\Z", text)
        place = note[1] if note and is_affiliation(note[1]) else ""
        text = text[: note.start()] if note else text
        if len(text) > _LONGEST_NAME or not any(char.isalpha() for char in text) or re.search(r"\d{2}", text):
            if people:
                return people, bare(line[line.find(piece.strip()) :])
            continue
        orcid = next((found[0] for mark in marks if (found := ORCID.search(mark))), None)
        people.append(Person(text, tuple(mark for mark in marks if not ORCID.search(mark)), place, orcid))
    return people, ""


def _people(line: str) -> list[Person]:
    return _names_of_line(MAIL.split(line)[0])[0]


def _pieces(line: str) -> list[tuple[str, tuple[str, ...]]]:
    """The names of a line with their marks: names end at a separator, or at marks that a capital follows."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for part in re.split(rf"({OPEN}[^{CLOSE}]*{CLOSE})", line):
        if part.startswith(OPEN):
            inner = part[1:-1]
            marks = (inner,) if "orcid:" in inner else mark_names(inner)
            if found:
                found[-1] = (found[-1][0], found[-1][1] + marks)
            continue
        pieces = [piece for piece in _LIST.split(part) if piece.strip(" ,;.")]
        found += [(piece, ()) for piece in pieces]
    return found


def _sure_name(text: str) -> bool:
    found = name_list(text)
    return found is not None and found.score >= 0.75


def is_person(text: str) -> bool:
    """Whether a text is a person's name by its words."""
    return _is_name(text)


def _is_name(text: str) -> bool:
    found = name_list(text)
    return found is not None and found.score >= 0.5 and " " in text.strip() and not is_affiliation(text)


def bare(line: str) -> str:
    """The text of a line without marks and gaps."""
    return collapse(re.sub(rf"{OPEN}[^{CLOSE}]*{CLOSE}|{WIDE}", " ", line))


def marked_places(text: str) -> dict[str, str]:
    """Affiliations that begin with their mark: ``$^1$MIT, $^2$ETH``."""
    places: dict[str, str] = {}
    for line in re.split(f"[{BREAK}{BLOCK}]", text):
        if not line.strip().startswith(OPEN):
            continue
        parts = re.split(rf"{OPEN}([^{CLOSE}]*){CLOSE}", line)
        for marks, place in zip(parts[1::2], parts[2::2], strict=True):
            pieces = [piece for piece in re.split(r"[;,]", place) if not MAIL.search(piece)]
            text_of_place = collapse(",".join(pieces).replace(WIDE, " ")).strip(" ,;.")
            if text_of_place:
                for mark in mark_names(marks):
                    places.setdefault(mark, text_of_place)
    return places
