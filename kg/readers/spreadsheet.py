"""Tables of papers in delimited text: what IEEE Xplore, Scopus, Springer, Web of Science, PubMed, Dimensions,
Lens, Zotero, Publish or Perish, Embase, OpenAlex, Rayyan and Covidence export, and what people make by hand.

Columns are told by their names in several languages and, where these say nothing, by what stands in them. A
row with another number of cells than the header costs at most itself. A cell is text, whatever it looks like:
a formula is never evaluated. A table of something else is refused with its column names.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.citation_names import make_authors, split_names
from kg.readers.citations import (
    Citation,
    bounded_notes,
    is_front_matter,
    left_out,
    paper_from_citation,
    plain_line,
    split_keywords,
)
from kg.readers.latex_text import latex_to_text
from kg.readers.names import names_at
from kg.readers.table_columns import columns_by_content, columns_by_name, header_score, looks_like
from kg.readers.table_rows import Row, delimiter_of, read_rows
from kg.text import collapse
from kg.types import Authorship, Paper

__all__ = ["READER"]

_HEAD = 64_000
_HEADER_ROWS = 8
_SAMPLE = 200
_OTHERS = re.compile(
    r"\b(attachment|note|patent|data ?set|software|computer ?program|conference review|podcast|film|artwork|"
    r"video ?recording|audio ?recording|map|presentation|statute|bill|case|hearing|email|"
    r"letter to|journals?$|web ?page|blog ?post|forum ?post|forschungsdaten|datensatz|datensätze|"
    r"jeux? de données|conjuntos? de (?:datos|dados)|logiciel|herausgeber\w*|tagungsband|editorship|"
    r"edited (?:volume|book)|数据集|软件|专利)",
    re.IGNORECASE,
)
_PAPERS = re.compile(
    r"\b(?:article|paper|chapter|book|thesis|review|proceeding|preprint|report)", re.IGNORECASE
)
_EMBASE = re.compile(
    r"\A(.{3,200}?)\s\(((?:19|20)\d\d)\)\s[\d:(\s].{0,80}?(?:Date of Publication:\s*(.{4,30}))?\Z", re.DOTALL
)
_FORMULA = re.compile(r"\A'(?=[=+@-])|\A=\"(?=.*\"\Z)|\"\Z")
_DAY = re.compile(r"[A-Za-z]{3,9}\.?\s+\d{1,2}\Z")
_NAME_BEFORE = re.compile(r"\A\s*[^,]{1,80},\s*(?:[^\W\d_]\.[^,]{0,20},\s*)?")
_VOLUME = re.compile(r"(?:conference )?proceedings|edited book|book series", re.IGNORECASE)
_EDITORS = re.compile(r"[(\[](?:hrsg|hg|eds?|editors?|éds?|org|coord)s?\.?[)\]]\W*\Z", re.IGNORECASE)
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
_MAX_SHOWN = 12


def score(raw: Raw) -> float:
    """Whether the first rows have a header that names parts of a paper, or columns that look like them."""
    head = raw.text[:_HEAD]
    head = head if "\n" in head else head.replace("\r", "\n")
    if head.lstrip("\ufeff \t\r\n")[:1] in ("<", "{", "[", "@", "%", "#", ""):
        return 0.0
    hint = raw.suffix in {".csv", ".tsv", ".tab", ".ssv"}
    delimiter = delimiter_of(_whole_rows(head))
    if not delimiter:
        return 0.5 if hint and head.count("\n") < 2 else 0.0
    rows = list(itertools.islice(read_rows(_whole_rows(head), delimiter), _SAMPLE))
    header, points = _header(rows)
    if header >= 0 and points >= 2 and len(rows) > header + 1:
        return 0.95 if points > 2 or hint else 0.9
    if not hint:
        found = (
            columns_by_content([row.cells for row in rows[1:]]) if len(rows) > 3 and delimiter == "\t" else {}
        )
        return 0.7 if _enough(found) else 0.0
    return 0.6


def read(raw: Raw) -> Parsed:
    """Every row that is a paper; notes name those that are broken or have no title."""
    text = raw.text if "\n" in raw.text else raw.text.replace("\r", "\n")
    delimiter = delimiter_of(_whole_rows(text[:_HEAD])) or ","
    rows = [
        row for row in itertools.islice(read_rows(text, delimiter), _SAMPLE) if any(map(str.strip, row.cells))
    ]
    header, points = _header(rows)
    columns = columns_by_name(rows[header].cells) if header >= 0 and points >= 2 else {}
    samples = [row.cells for row in rows]
    if not columns:
        columns, header = columns_by_content(samples), -1
        if not _enough(columns):
            raise ReadError(_refusal(rows))
        header = 0 if rows and _is_header(rows[0].cells, columns) else -1
    first = rows[header].line if header >= 0 else 0
    width = len(rows[header].cells) if header >= 0 else 0
    papers: list[Paper] = []
    faults: list[str] = []
    others: list[str] = []
    for row in read_rows(text, delimiter, width=width):
        if row.line <= first or not any(map(str.strip, row.cells)):
            continue
        cells = _fitted(row.cells, width)
        if row.problem or cells is None:
            faults.append(
                f"line {row.line}: {row.problem or f'{len(row.cells)} cells where the header has {width}'}"
            )
            if cells is None:
                continue
        other = _no_paper(cells, columns)
        if other:
            others.append(other)
            continue
        paper = paper_from_citation(_citation(cells, columns))
        if paper is not None and not paper.authors and is_front_matter(paper.title or ""):
            others.append("front matter")
        elif paper is not None and not row.problem:
            papers.append(paper)
        elif paper is None:
            faults.append(f"line {row.line}: no title")
    if not papers and not others:
        raise ReadError(_refusal(rows) if not faults else f"no row of the table can be read; {faults[0]}")
    return Parsed(
        papers=tuple(papers),
        notes=_bounded(faults) + left_out(others),
        media_type=_MEDIA.get(delimiter, "text/csv"),
    )


_MEDIA = {"\t": "text/tab-separated-values"}


def _bounded(faults: Sequence[str]) -> tuple[str, ...]:
    return (*faults[:20], *([f"and {len(faults) - 20} more"] if len(faults) > 20 else []))


def _whole_rows(head: str) -> str:
    """The head without its last line, which may be cut."""
    cut = max(head.rfind("\n"), head.rfind("\r"))
    return head[: cut + 1] if cut > 0 and head.count("\n") > 2 else head


def _header(rows: Sequence[Row]) -> tuple[int, int]:
    """Which of the first rows is the header, and how many kinds of column it names; (-1, 0) for none."""
    points = [header_score(row.cells) for row in rows[:_HEADER_ROWS]]
    best = max(points, default=0)
    return (points.index(best), best) if best else (-1, 0)


def _enough(columns: Mapping[str, list[int]]) -> bool:
    """Whether columns told by their content are a table of papers."""
    proof = {"authors", "doi", "arxiv"} & set(columns)
    return ("title" in columns and bool(proof)) or (
        "abstract" in columns and ("title" in columns or bool(proof))
    )


def _is_header(cells: Sequence[str], columns: Mapping[str, list[int]]) -> bool:
    """Whether the first row names columns: no year in the year's, no long text in the abstract's."""
    for kind in ("year", "doi", "date", "arxiv", "url"):
        if kind in columns and columns[kind][0] < len(cells):
            return not looks_like(kind, cells[columns[kind][0]])
    return all(len(cell) < 40 for cell in cells)


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...] | None:
    """The cells of a row that fits its header: empty ones at the end may be missing or too many."""
    if not width or len(cells) == width:
        return cells
    if len(cells) > width:
        return cells[:width] if not any(map(str.strip, cells[width:])) else None
    return cells + ("",) * (width - len(cells)) if len(cells) > 1 else None


def _refusal(rows: Sequence[Row]) -> str:
    names = [name for cell in (rows[0].cells if rows else ()) if (name := collapse(cell)[:40])]
    shown = ", ".join(names[:_MAX_SHOWN]) + (", ..." if len(names) > _MAX_SHOWN else "")
    told = f" (its columns: {shown})" if shown else ""
    return f"a table without papers{told}; name one column Title, others Authors, Year, Abstract, DOI"


def _cells(cells: Sequence[str], columns: Mapping[str, list[int]], kind: str) -> Iterator[str]:
    for column in columns.get(kind, ()):
        value = cells[column].strip() if column < len(cells) else ""
        if value and value.lower() not in {"nan", "none", "null", "n/a", "na", "-", "[]"}:
            yield _FORMULA.sub("", value) if value[0] in "='" else value


def _no_paper(cells: Sequence[str], columns: Mapping[str, list[int]]) -> str:
    kind = next(_cells(cells, columns, "type"), "")
    if _VOLUME.fullmatch(kind) and not next(_cells(cells, columns, "venue"), ""):
        return "volume"
    if kind == "Note" and next(_cells(cells, columns, "doi"), ""):
        return ""  # a short article in Scopus; a note of one's own in Zotero
    match = _OTHERS.search(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind))
    return match[1].lower() if match and (not _PAPERS.search(kind) or "review" in match[1].lower()) else ""


def _citation(cells: Sequence[str], columns: Mapping[str, list[int]]) -> Citation:
    def first(kind: str) -> str:
        return next(_cells(cells, columns, kind), "")

    venue, dates = _venue(list(_cells(cells, columns, "venue")))
    links = tuple(
        part for link in _cells(cells, columns, "url") for part in re.split(r"[;|\s]+(?=https?:)|\s+", link)
    )
    keywords = first("keywords") or first("more_keywords")
    return Citation(
        title=_text(first("title")),
        abstract=_text(first("abstract")),
        authors=_authors(cells, columns),
        venue=_text(venue),
        dates=(*_together(first("date"), first("year")), *_cells(cells, columns, "date"), *dates),
        doi=first("doi"),
        arxiv=first("arxiv"),
        links=links,
        keywords=split_keywords(_text(keywords)) if keywords else (),
        categories=split_keywords(first("categories")) if columns.get("categories") else (),
        language=first("language"),
    )


def _together(day: str, year: str) -> tuple[str, ...]:
    """The year, before it the whole date where another column has only its month and day ("MAR 1")."""
    return (f"{day}, {year}", year) if _DAY.match(day) else (year,)


def _venue(values: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The first that names no data base; with Embase's dates ("Cancer (2004) 102:4 (253-258). ...")."""
    names = [
        value
        for value in values
        if value.casefold() not in {"scopus", "web of science", "pubmed", "crossref"}
    ]
    value = names[0] if names else ""
    match = _EMBASE.match(value)
    return (match[1], (match[2], match[3] or "")) if match else (value, ())


def _authors(cells: Sequence[str], columns: Mapping[str, list[int]]) -> tuple[Authorship, ...]:
    value = next(_cells(cells, columns, "authors"), "")
    if _EDITORS.search(value):
        return ()
    listed = _with_places(value) if "(" in value else None
    if listed:
        return listed
    value = value.rstrip(" …")  # the list goes on where it was taken from
    found = split_names(_text(value) if "\n" in value else plain_line(_text(value)))
    places = [part.strip() for part in re.split("[;|]", next(_cells(cells, columns, "affiliations"), ""))]
    orcids = _orcids(next(_cells(cells, columns, "orcid"), ""), found)
    with_names = next(_cells(cells, columns, "authors_places"), "")
    if with_names:
        places = [_NAME_BEFORE.sub("", part).strip() for part in with_names.split(";")]
    groups = [name for value in _cells(cells, columns, "group") for name in split_names(value)]
    authors = make_authors(found, places=places, orcids=orcids)
    known = {author.name for author in authors}
    return (*authors, *(Authorship(name=name) for name in groups if name not in known))


def _orcids(value: str, names: Sequence[str]) -> list[str | None]:
    """One ORCID a name, as OpenAlex has them, or those behind names, as Web of Science has them."""
    parts = [part.strip() for part in re.split("[;|]", value)]
    found = [match.group() if (match := _ORCID.search(part)) else None for part in parts]
    if any(part[:1].isalpha() and not part.startswith("http") for part in parts):
        known = {part.rpartition("/")[0].strip(): orcid for part, orcid in zip(parts, found, strict=True)}
        return [known.get(name) for name in names]
    return found


def _with_places(value: str) -> tuple[Authorship, ...] | None:
    """Names with their institution in brackets; None where brackets hold something else."""
    text = plain_line(value)
    found = names_at(text, 0) if not re.search(r"\(\d{5,}\)", text) else None
    whole = found is not None and not text[found.end :].strip(" .,;")
    return found.authors if found and whole and all(author.affiliation for author in found.authors) else None


def _text(value: str) -> str:
    return latex_to_text(value) if "\\" in value or value.count("$") > 1 else value


_ = bounded_notes
READER = Reader(
    name="spreadsheet",
    score=score,
    read=read,
    media_types=("text/plain", "text/csv", "text/tab-separated-values"),
    summary="CSV and TSV of IEEE Xplore, Scopus, Springer, Web of Science, Zotero or with any column names",
)
