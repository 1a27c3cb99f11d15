"""BibTeX and BibLaTeX, as reference managers, publishers and indexes write it.

Entries that inherit (``crossref``, ``xdata``) get what their parents say; volumes of proceedings, patents,
data sets and programs are no papers. Editors are no authors. LaTeX becomes text, field by field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.bibtex_entries import Entry, Fault, read_entries
from kg.readers.bibtex_macros import JOURNALS
from kg.readers.bibtex_values import bibtex_authors, field_text
from kg.readers.citations import (
    Citation,
    bounded_notes,
    is_front_matter,
    left_out,
    paper_from_citation,
    split_keywords,
)
from kg.types import Paper

__all__ = ["READER"]

_HEAD = 20_000
_FIRST = re.compile(r"(?:\s|%[^\n]*\n|\ufeff)*@[ \t]*[A-Za-z]{2,30}\s*[{(]")
_ENTRY = re.compile(r"(?m)^[ \t]*@[ \t]*[A-Za-z]{3,30}[ \t]*[{(][ \t]*[^\s={}(),\"]{0,200}[ \t]*,")
_LINE = re.compile(r"(?m)^[ \t]*(?:@\w+\s*[{(]|[A-Za-z][\w-]{1,30}\s*=\s*[{\"\w]|[})][ \t]*,?[ \t]*\r?$|%)")
_PARENTS = re.compile(  # spelt out, which is ten times as fast as ignoring the case
    r"(?:crossref|Crossref|CrossRef|CROSSREF|xdata|Xdata|XData|XDATA)\s*=\s*[{\"]([^{}\"]{1,2000})[}\"]"
)
_INSIDE = {"bibnote", "control", "set", "xdata"}
_OTHERS = _INSIDE | {
    "artwork",
    "audio",
    "commentary",
    "dataset",
    "hardware",
    "image",
    "jurisdiction",
    "legislation",
    "letter",
    "map",
    "movie",
    "music",
    "patent",
    "performance",
    "software",
    "video",
}
_VOLUMES = {
    "proceedings",
    "mvproceedings",
    "collection",
    "mvcollection",
    "periodical",
    "reference",
    "mvreference",
}
_LOOSE = {"misc", "online", "electronic", "www", "webpage", "url", "internet"}
_PARTS = {"inproceedings", "incollection", "conference", "inbook", "suppbook", "inreference", "bookinbook"}
_LITERATURE = (
    "eprint", "doi", "arxivid", "archiveprefix", "journal", "journaltitle", "booktitle", "school",
    "institution",
)  # fmt: skip
_SAID = ("howpublished", "note", "url", "link", "publisher", "type", "number", "annote", "organization")
_LITERARY = re.compile(
    r"\b(?:arxiv|[bm]edrxiv|biorxiv|preprint|manuscript|submitted|to appear|in press|forthcoming|thesis|"
    r"report|paper|lecture notes|notes|tutorial|talk|openreview|ssrn|iacr|aclanthology|proceedings|"
    r"workshop|conference)\b|doi\.org/|/10\.\d{4}|\.pdf\b",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"\b(?:accessed|retrieved|abgerufen|consult[ée]|blog(?: ?post)?|web ?(?:page|site)|home ?page|online)\b|"
    r"\A\s*(?:\\url\s*)?\{?\s*https?://",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"\b(?:data ?set|software|computer program|patent|github(?: repository)?|source code|kaggle)\b"
)
_PATENT = re.compile(r"\bpatents?\b(?! (?:law|analysis|search|data))", re.IGNORECASE)
_LONG_ABSTRACT = 400
_ISSUED = {
    "techreport",
    "report",
    "phdthesis",
    "mastersthesis",
    "thesis",
    "bachelorsthesis",
    "masterthesis",
    "bathesis",
    "mathesis",
}
_INHERITED = ("year", "date", "month", "eventtitle", "series", "language", "langid")
_MAX_PARENTS = 5


def score(raw: Raw) -> float:
    """Whether the text begins with an entry, or is made of entries; one that only quotes some is not mine."""
    head = raw.text[:_HEAD]
    hint = 0.02 if raw.suffix in {".bib", ".bibtex", ".biblatex"} else 0.0
    if "@" not in head:
        head = raw.text[: 20 * _HEAD] if hint else ""
    if head.lstrip("\ufeff \t\r\n")[:1] in ("<", "{", "[", ""):
        return 0.0
    if _FIRST.match(head) and (_ENTRY.search(head) or "=" in head):
        return 0.94 + hint
    if not _ENTRY.search(head):
        return 0.0
    lines = sum(1 for line in head.splitlines() if line.strip())
    mine = sum(1 for _ in _LINE.finditer(head))
    return 0.92 + hint if mine * 5 >= lines * 3 or hint else 0.0


def read(raw: Raw) -> Parsed:
    """Every entry that is a paper; notes name the broken ones and count those that are none."""
    text = raw.text
    wanted = {key.strip() for match in _PARENTS.finditer(text) for key in match[1].split(",")}
    parents: dict[str, Entry] = {}
    waiting: list[tuple[int, Entry]] = []
    papers: list[Paper | None] = []
    faults: list[tuple[int, str]] = []
    others: list[str] = []
    entries = 0
    for item in read_entries(text):
        if isinstance(item, Fault):
            faults.append((item.start, item.problem))
            continue
        entries += 1
        if item.key in wanted:
            parents.setdefault(item.key, item)
        if "crossref" in item.fields or "xdata" in item.fields:
            waiting.append((len(papers), item))
            papers.append(None)
        else:
            _add(item, item.fields, text, papers, faults, others)
    for place, item in waiting:
        added: list[Paper | None] = []
        _add(item, _inherited(item, parents), text, added, faults, others)
        papers[place] = added[0] if added else None
    found = tuple(paper for paper in papers if paper is not None)
    if not found and not entries:
        raise ReadError("BibTeX without a single entry that can be read; check that its braces match")
    notes = bounded_notes(sorted(faults), text) + left_out(others)
    return Parsed(papers=found, notes=notes, media_type="application/x-bibtex")


def _add(
    entry: Entry,
    fields: Mapping[str, str],
    text: str,
    papers: list[Paper | None],
    faults: list[tuple[int, str]],
    others: list[str],
) -> None:
    kind = _no_paper(entry.kind, fields)
    if kind:
        others.append(kind)
        return
    paper = paper_from_citation(_citation(entry.kind, fields), text, entry.start, entry.end)
    if paper is None:
        name = f"entry {entry.key!r}" if entry.key else f"an @{entry.kind}"
        faults.append((entry.start, f"{name} has no title"))
    elif not paper.authors and is_front_matter(paper.title or ""):
        others.append("front matter")
    else:
        papers.append(paper)


def _no_paper(kind: str, fields: Mapping[str, str]) -> str:
    """What an entry is where it is no paper, else ""."""
    howpublished = (
        f"{fields.get('howpublished', '')} {fields.get('type', '')} {fields.get('document_type', '')}".lower()
    )
    if kind == "misc" and _PATENT.search(f"{fields.get('note', '')} {fields.get('publisher', '')}"):
        return "patent"
    if kind in _OTHERS:
        return "record of entries" if kind in _INSIDE else kind
    if "conference review" in howpublished or (kind in _VOLUMES and not fields.get("author")):
        return "volume"
    if kind in _LOOSE:
        if kind == "misc" and _PROGRAM.search(f"{howpublished} {fields.get('publisher', '')}".lower()):
            return "data set or program"
        if _is_web_page(kind, fields):
            return "web page"
    return ""


def _is_web_page(kind: str, fields: Mapping[str, str]) -> bool:
    """Whether an entry of a loose kind is a page of the web: one has an address and often a day of access,
    and nothing of what literature has."""
    said = " ".join(fields.get(name, "") for name in _SAID)
    if any(fields.get(name, "").strip() for name in _LITERATURE) or _LITERARY.search(said):
        return False
    if len(fields.get("abstract", "")) > (_LONG_ABSTRACT if kind != "misc" else 0):
        return False
    author = fields.get("author", "").strip()
    group = author.startswith("{") and author.endswith("}") and "}" not in author[1:-1]
    if kind != "misc" or not author:
        return True
    linked = "url" in fields or "://" in said
    shown = " ".join(fields.get(name, "") for name in ("howpublished", "note", "annote"))
    return "urldate" in fields or _WEB.search(shown) is not None or (group and linked)


def _inherited(entry: Entry, parents: Mapping[str, Entry]) -> dict[str, str]:
    """The fields of an entry and of those that it refers to; its own go first."""
    fields = dict(entry.fields)
    seen = {entry.key}
    for key in fields.get("xdata", "").split(","):
        source = parents.get(key.strip())
        if source is not None:
            fields = {**source.fields, **fields}
    key = fields.get("crossref", "").strip()
    for _ in range(_MAX_PARENTS):
        parent = parents.get(key)
        if parent is None or key in seen:
            break
        seen.add(key)
        given = parent.fields
        if entry.kind in _PARTS:
            title = given.get("booktitle") or _joined(given.get("title", ""), given.get("subtitle", ""))
            fields.setdefault("booktitle", title)
            if entry.kind == "inbook" and given.get("author"):
                fields.setdefault("author", given["author"])
        else:
            journal = given.get("journaltitle") or given.get("journal") or given.get("title", "")
            fields.setdefault("journal" if "journaltitle" not in fields else "journaltitle", journal)
        for name in _INHERITED:
            if name in given and not (name in {"year", "date"} and ("year" in fields or "date" in fields)):
                fields.setdefault(name, given[name])
        key = given.get("crossref", "").strip()
    return fields


def _citation(kind: str, fields: Mapping[str, str]) -> Citation:
    eprint = fields.get("eprint", "") or fields.get("arxivid", "")
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    doi = _verbatim(fields.get("doi", ""))
    links = tuple(
        _verbatim(fields[name]) for name in ("url", "link", "ee", "bdsk-url-1", "adsurl") if name in fields
    )
    volume = fields.get("volume", "")
    hints = [
        fields[name]
        for name in ("note", "howpublished", "pages", "number", "eid", "annote")
        if name in fields
    ]
    hints += [f"arXiv {volume.removeprefix('abs/')}"] if volume.startswith("abs/") else [volume]
    arxiv = eprint if archive in {"", "arxiv"} else ""
    return Citation(
        title=_joined(field_text(fields.get("title", "")), field_text(fields.get("subtitle", ""))),
        abstract=field_text(fields.get("abstract", "")),
        authors=bibtex_authors(fields),
        venue=_venue(kind, fields),
        dates=_dates(fields),
        doi=doi if "10." in doi else "",
        arxiv=_verbatim(arxiv) if re.search(r"\d{4}\.\d{4}|/\d{7}", arxiv) else "",
        links=(*links, *([doi] if doi.startswith("http") else []), *_address(fields.get("howpublished", ""))),
        hints=tuple(hint for hint in hints if "rxiv" in hint.lower() or "10." in hint),
        keywords=split_keywords(
            field_text(fields.get("keywords") or fields.get("author_keywords") or fields.get("keyword") or "")
        ),
        categories=tuple(field_text(fields.get("primaryclass") or fields.get("eprintclass") or "").split()),
        language=field_text(fields.get("language") or fields.get("langid") or ""),
    )


def _verbatim(value: str) -> str:
    """An identifier or address, in which LaTeX only escapes signs."""
    if "\\" in value or "{" in value:
        value = re.sub(r"\\url\s*|[{}]", "", value)
        value = re.sub(
            r"\\([_%&#~$<>^-])|\\(?:textasciitilde|string)\s?", lambda match: match[1] or "~", value
        )
    return value.strip()


def _address(howpublished: str) -> list[str]:
    match = re.search(r"https?://[^\s{}]+", howpublished)
    return [_verbatim(match.group())] if match else []


def _joined(title: str, subtitle: str) -> str:
    title, subtitle = title.strip(), subtitle.strip()
    if not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title} {subtitle}" if title.endswith(("?", "!", ":", ".")) else f"{title}: {subtitle}"


def _venue(kind: str, fields: Mapping[str, str]) -> str:
    journals = ("journal", "journaltitle")
    first = ["booktitle", *journals] if kind in _PARTS else [*journals, "booktitle"]
    names = (*first, "eventtitle", "conference", *(["series"] if kind in _PARTS else []))
    value = next((fields[name] for name in names if fields.get(name, "").strip()), "")
    macro = re.fullmatch(r"\s*\{?\\([a-z]+)\}?\s*", value)
    if macro and macro[1] in JOURNALS:
        return JOURNALS[macro[1]]
    if not value and kind in _ISSUED:
        value = fields.get("school", "") or fields.get("institution", "") or fields.get("publisher", "")
    if value:
        return field_text(value)
    publisher = fields.get("publisher", "").strip(" {}")
    return "arXiv" if publisher.lower() == "arxiv" else ""


def _dates(fields: Mapping[str, str]) -> tuple[str, ...]:
    year, month, day = (fields.get(name, "").strip(" {}") for name in ("year", "month", "day"))
    parts = [
        field_text(fields.get("date", "")).split("/")[0],
        *([f"{month} {day}, {year}"] if day and year else []),
    ]
    if year and month and not day:
        parts.append(f"{field_text(month)}, {year}" if not month.isdecimal() else "")
    elif year and month.isdecimal() and day.isdecimal():
        parts.append(f"{year}-{month}-{day}")
    return tuple(part for part in (*parts, year) if part)


READER = Reader(
    name="bibtex",
    score=score,
    read=read,
    summary="BibTeX and BibLaTeX of Zotero, Mendeley, JabRef, DBLP, ACM, ACL, Google Scholar and more",
)
