"""Tagged files of reference managers and indexes: RIS, EndNote (refer), PubMed (nbib), Web of Science (ISI),
RefWorks, each with what its writers make of it.

Second authors (A2, ED, %E, FED, BE) are editors and no authors. Patents, data sets, programs, whole journals
and the like are no papers.
"""

from __future__ import annotations

import re

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citation_names import display_name, make_authors, split_names
from kg.readers.citations import (
    Citation,
    bounded_notes,
    clean_doi,
    is_front_matter,
    left_out,
    paper_from_citation,
    plain_line,
    split_keywords,
)
from kg.readers.latex_text import latex_to_text
from kg.readers.tagged_records import MAX_PAIRS, Dialect, Record, dialect_of, read_records
from kg.text import collapse
from kg.types import Authorship, Paper, Reference

__all__ = ["READER"]

_OTHERS = {
    "DATA": "data set",
    "DSET": "data set",
    "COMP": "program",
    "PAT": "patent",
    "SOUND": "recording",
    "VIDEO": "recording",
    "MPCT": "recording",
    "MUSIC": "recording",
    "ADVS": "recording",
    "ART": "picture",
    "MAP": "map",
    "SLIDE": "slides",
    "FIGURE": "picture",
    "CHART": "picture",
    "EQUA": "picture",
    "STAT": "law",
    "BILL": "law",
    "UNBILL": "law",
    "CASE": "law",
    "LEGAL": "law",
    "HEAR": "law",
    "JFULL": "journal",
    "ICOMM": "letter",
    "PCOMM": "letter",
    "EMAIL": "letter",
    "AGGR": "data base",
    "DBASE": "data base",
    "NOTE": "note",
    "NBK": "note",
    "ATTACHMENT": "attachment",
}
_OTHER_WORDS = re.compile(
    r"\b(patent|data ?set|computer program|software|film|broadcast|recording|video|artwork|figure|chart|map|"
    r"equation|statute|legal|bill|hearing|personal communication|audiovisual|"
    r"music|data ?base|attachment|podcast)\b",
    re.IGNORECASE,
)
_WHOLE = {"BOOK", "EDBOOK", "ELEC", "THES", "RPRT", "MANSCPT", "UNPB", "EBOOK", "STAND", "BLOG", "WEB"}
_INSIDE = {"CHAP", "ECHAP", "CONF", "CPAPER", "ENCYC", "DICT", "SER"}
_PAGES = {"ELEC", "BLOG", "WEB"}
_PAGE_WORDS = re.compile(
    r"\b(?:web ?page|blog(?: ?post)?|web ?site|forum post|social media)\b", re.IGNORECASE
)
_THESIS = re.compile(r"thesis|dissertation|report", re.IGNORECASE)
_ISSUE = re.compile(
    r"\b(?:special (?:issue|section)|selected papers|virtual issue|in hono|festschrift)", re.IGNORECASE
)
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_BRACKETED = re.compile(r"\[([^\[\]]{1,20000})\]\s*([^\[\n]+(?:\n(?!\s*\[)[^\[\n]+)*)")
_DAY = re.compile(r"[A-Za-z]{3,9}\.?\s+\d{1,2}\Z")
_MAX_REFERENCES = 5000


def score(raw: Raw) -> float:
    """Whether the head of the text has the tags of a dialect at the starts of its lines."""
    dialect = dialect_of(raw.text)
    if dialect is None:
        return 0.0
    hint = 0.01 if raw.suffix in {".ris", ".nbib", ".enw", ".isi", ".ciw", ".medline", ".refer"} else 0.0
    return (0.93 if dialect.name in {"refer", "refworks"} else 0.96) + hint


def read(raw: Raw) -> Parsed:
    """Every record that is a paper; notes name those without a title and count those that are none."""
    dialect = dialect_of(raw.text)
    if dialect is None:
        raise ReadError(
            "no record with tags (TY  -, PMID-, PT, %T) at the start of its lines; check the export"
        )
    papers: list[Paper] = []
    faults: list[tuple[int, str]] = []
    others: list[str] = []
    for record in read_records(raw.text, dialect):
        if len(record.pairs) > MAX_PAIRS:
            faults.append((record.start, f"more than {MAX_PAIRS:,} fields in a record, whose end is missing"))
            continue
        other = _no_paper(dialect, record)
        if other:
            others.append(other)
            continue
        paper = paper_from_citation(_citation(dialect, record), raw.text, record.start, record.end)
        if paper is not None and not paper.authors and is_front_matter(paper.title or ""):
            others.append("front matter")
        elif paper is not None:
            papers.append(paper)
        elif record.has("TY") or len(record.pairs) > 3:
            faults.append((record.start, "a record without a title"))
    if not papers and not faults and not others:
        raise ReadError(f"a file in the form of {dialect.name} without a record; export it again")
    notes = bounded_notes(faults, raw.text) + left_out(others)
    return Parsed(papers=tuple(papers), notes=notes, media_type=dialect.media_type)


def _no_paper(dialect: Dialect, record: Record) -> str:
    """What a record is where it is no paper, else ""."""
    if dialect.name == "ris":
        kind = record.first("TY").strip().upper()
        if kind == "GEN" and _OTHER_WORDS.fullmatch(record.first("M3").strip()):
            return record.first("M3").strip().lower()
        if kind in _PAGES and not _is_identified(record):
            return "web page"
        other = _OTHERS.get(kind, "")
        return "" if other in {"law", "note"} and record.has("AB") else other  # a "case" may be a case study
    kind = record.first({"refer": "0", "refworks": "RT", "nbib": "PT"}.get(dialect.name, "PT"))
    if dialect.name == "isi":
        return "patent" if kind == "P" else ""
    if _PAGE_WORDS.search(kind) and not _is_identified(record):
        return "web page"
    match = _OTHER_WORDS.search(kind)
    return match[1].lower() if match and not re.search(r"article|journal|review", kind, re.IGNORECASE) else ""


def _is_identified(record: Record) -> bool:
    """Whether a DOI, an arXiv address or an abstract with an author tells literature from any web page."""
    signed = any(record.has(tag) for tag in ("AU", "A1", "A"))
    told = any(record.has(tag) for tag in ("AB", "N2", "X"))
    return (signed and told) or any(
        clean_doi(value) or "arxiv" in value.lower() for _, value in record.pairs[:MAX_PAIRS]
    )


def _citation(dialect: Dialect, record: Record) -> Citation:
    make = {"nbib": _from_nbib, "isi": _from_isi, "refer": _from_refer, "refworks": _from_refworks}
    return make.get(dialect.name, _from_ris)(record)


def _from_ris(record: Record) -> Citation:
    kind = record.first("TY").strip().upper()
    title = (
        record.first("T1", "TI", "CT")
        or (record.first("BT", "T2") if kind in _WHOLE else "")
        or record.first("ST")
    )
    year, day = record.first("PY", "Y1"), record.first("DA")
    together = (f"{day}, {year}",) if _DAY.match(day.strip()) else ()
    doi = next((value for value in record.all("DO", "DOI", "DI", "M3", "L3", "ID") if clean_doi(value)), "")
    return Citation(
        title=_text(title),
        abstract=_text(max(record.all("AB", "N2"), key=len, default="")),
        authors=_authors(record.all("AU") or record.all("A1"), record.all("AD")),
        venue=_text(_ris_venue(kind, record)),
        dates=(*together, year, *record.all("DA", "Y1", "YR")),
        doi=doi,
        links=tuple(link for value in record.all("UR", "LK", "L2", "L1") for link in value.split("\n")),
        hints=tuple(record.all("N1", "M1", "AN", "C7", "IS", "VL")),
        keywords=_keywords(record.all("KW")),
        language=record.first("LA"),
    )


def _ris_venue(kind: str, record: Record) -> str:
    full, second, short = record.first("JF"), record.first("T2"), record.first("JO")
    if kind in {"THES", "RPRT"}:
        return full or record.first("PB") or second
    if kind in _WHOLE:
        return full or (second if record.first("T1", "TI") and kind in {"ELEC", "BLOG", "WEB"} else "")
    if kind in _INSIDE:
        return next(
            (value for value in (record.first("BT"), second, full, short, record.first("C3", "T3")) if value),
            "",
        )
    if full:
        return full
    if second and short and second != short:
        return short if _ISSUE.search(second) else second
    return second or short or record.first("JA", "J2", "J1", "BT", "T3")


def _from_nbib(record: Record) -> Citation:
    identifiers = [
        value for value in record.all("LID", "AID", "DOI") if "[doi]" in value.lower() or "10." in value
    ]
    identifiers.sort(key=lambda value: "[doi]" not in value.lower())
    return Citation(
        title=record.first("TI", "BTI", "TT"),
        abstract=record.first("AB", "OAB"),
        authors=_nbib_authors(record),
        venue=re.sub(
            r"\s*\([^()]*\b(?:England|Md|online|New York|Basel)[^()]*\)\Z",
            "",
            plain_line(record.first("JT", "TA") or (record.first("BTI") if record.has("TI") else "")),
        ),
        dates=(record.first("DP"), *record.all("DEP", "EDAT")),
        doi=re.sub(r"\s*\[doi\].*", "", identifiers[0], flags=re.IGNORECASE | re.DOTALL)
        if identifiers
        else "",
        links=tuple(record.all("URL", "UR", "LINK")),
        keywords=_keywords(record.all("OT")) or _keywords(record.all("MH")),
        language=record.first("LA"),
    )


def _nbib_authors(record: Record) -> tuple[Authorship, ...]:
    """Full names (FAU) before short ones (AU); affiliations and ORCIDs belong to the author before them."""
    full = record.has("FAU")
    people: list[tuple[str, list[str], str | None]] = []
    for tag, lines in record.pairs:
        value = collapse(lines)
        if tag == "FAU" or (tag == "AU" and not full):
            people.append((value, [], None))
        elif tag == "CN":
            people.append((f"{{{value}}}", [], None))
        elif tag == "AD" and people:
            people[-1][1].append(value)
        elif tag == "AUID" and people and (orcid := _ORCID.search(_dashed(value))):
            people[-1] = (*people[-1][:2], orcid.group())
    persons = [name for name, *_ in people if name[:1] != "{"]
    shown = dict(zip(persons, (author.name for author in make_authors(persons)), strict=False))
    return tuple(
        Authorship(name=name.strip("{}") if name[:1] == "{" else shown.get(name, display_name(name)),
                   affiliation="; ".join(places) or None, orcid=orcid)
        for name, places, orcid in people
    )  # fmt: skip


def _dashed(orcid: str) -> str:
    digits = re.search(r"(?<!\d)(\d{4})(\d{4})(\d{4})(\d{3}[\dX])(?!\d)", orcid)
    return "-".join(digits.groups()) if digits else orcid


def _from_isi(record: Record) -> Citation:
    names = _lines(record.first("AF")) or _lines(record.first("AU")) or _lines(record.first("BF", "BA"))
    year = record.first("PY", "EY")
    day = record.first("PD")
    early = record.first("EA") if not year else ""
    return Citation(
        title=record.first("TI"),
        abstract=record.first("AB"),
        authors=_isi_authors(names, record),
        venue=record.first("SO", "CT", "JI"),
        dates=(f"{day}, {year}" if year and _DAY.match(day) else "", year, early, record.first("PD")),
        doi=record.first("DI", "D2"),
        arxiv=record.first("AR") if "rxiv" in record.first("AR").lower() else "",
        keywords=split_keywords(collapse(record.first("DE") or record.first("ID"))),
        categories=split_keywords(collapse(record.first("WC") or record.first("SC"))),
        language=record.first("LA"),
        references=_cited(record.first("CR")),
    )


def _isi_authors(names: list[str], record: Record) -> tuple[Authorship, ...]:
    """Names with their affiliation ("[Smith, J; Doe, K] Univ X") and ORCID ("Smith, J/0000-...")."""
    places: dict[str, list[str]] = {}
    for match in _BRACKETED.finditer(record.first("C1")):
        for name in match[1].split(";"):
            places.setdefault(collapse(name), []).append(collapse(match[2]).rstrip("."))
    orcids = dict(re.findall(r"([^;/\n]+)/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", collapse(record.first("OI"))))
    orcids = {collapse(name): orcid for name, orcid in orcids.items()}
    authors = make_authors(
        names,
        places=["; ".join(places.get(name, ())) for name in names],
        orcids=[orcids.get(name) for name in names],
    )
    groups = [collapse(part) for part in record.first("CA", "GP").split("\n") if part.strip()]
    return (*authors, *(Authorship(name=group) for group in groups if record.has("CA")))


def _cited(text: str) -> tuple[Reference, ...]:
    """ "Smith J, 2010, NATURE, V1, P2, DOI 10.1/x" line by line."""
    found = []
    for line in _lines(text)[:_MAX_REFERENCES]:
        parts = [part.strip() for part in line.split(",")]
        at = next((at for at, part in enumerate(parts[:4]) if re.fullmatch(r"(?:1[5-9]|20)\d\d", part)), None)
        year = int(parts[at]) if at is not None else None
        author = ", ".join(parts[: min(at or 0, 2)])
        names = tuple(author.name for author in make_authors([author])) if author else ()
        found.append(Reference(authors=names, year=year, doi=clean_doi(line)))
    return tuple(found)


def _from_refer(record: Record) -> Citation:
    kind = record.first("0").lower()
    inside = record.first("J") or (record.first("B") if "book" not in kind or "section" in kind else "")
    school = record.first("I", "Y") if _THESIS.search(kind) else ""
    doi = next((value for value in record.all("R", "M", "3", "L") if clean_doi(value)), "")
    return Citation(
        title=_text(record.first("T", "!")),
        abstract=_text(record.first("X")),
        authors=_authors(record.all("A"), record.all("+")),
        venue=_text(inside or school or record.first("S" if "proceedings" in kind else "J")),
        dates=(record.first("D"), *record.all("8", "7")[:1]),
        doi=doi,
        links=tuple(link for value in record.all("U") for link in value.split("\n")),
        hints=tuple(record.all("Z", "1", "2", "V", "N")),
        keywords=_keywords(record.all("K")),
        language=record.first("G"),
    )


def _from_refworks(record: Record) -> Citation:
    return Citation(
        title=_text(record.first("T1")),
        abstract=_text(record.first("AB")),
        authors=_authors(record.all("A1"), record.all("AD")),
        venue=_text(
            record.first("JF", "JO", "T2")
            or (record.first("PB") if _THESIS.search(record.first("RT")) else "")
        ),
        dates=(record.first("YR"), record.first("FD")),
        doi=record.first("DO"),
        links=tuple(record.all("UL", "LK")),
        keywords=_keywords(record.all("K1")),
        language=record.first("LA"),
    )


def _authors(values: list[str], places: list[str]) -> tuple[Authorship, ...]:
    """One name a tag, as a rule; several where semicolons, lines or "and" part them."""
    names: list[str] = []
    for value in values:
        text = _text(value)
        several = (
            ";" in text or "；" in text or "\n" in text or (" and " in text and "," in text.split(" and ")[0])
        )
        if several or (text.count(",") > 2 and len(values) == 1):
            names += split_names(text)
        else:
            names.append(plain_line(text).strip(" ;"))
    place = collapse(places[0]) if len(names) == 1 and len(places) == 1 else None
    return make_authors([name for name in names if name], places=[place])


def _keywords(values: list[str]) -> tuple[str, ...]:
    if len(values) == 1:
        return split_keywords(_text(values[0]))
    words = (collapse(part).strip(" *.") for value in values for part in re.split(r"[;；\n]", _text(value)))
    return tuple(dict.fromkeys(word for word in words if word))


def _lines(text: str) -> list[str]:
    return [line for part in text.split("\n") if (line := collapse(part))]


def _text(value: str) -> str:
    """LaTeX in a tagged file is read where there is some; a lone dollar or tilde is none."""
    return latex_to_text(value) if "\\" in value or value.count("$") > 1 else value


READER = Reader(
    name="tagged",
    score=score,
    read=read,
    summary="RIS, EndNote tagged (refer), PubMed nbib, Web of Science and RefWorks files",
)
