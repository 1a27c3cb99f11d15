"""What the readers of XML records share: records in, papers and notes out; names of persons; scores."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw
from kg.readers.citation_names import display_names
from kg.readers.citations import MAX_NOTES, Citation, left_out, paper_from_citation, plain_line
from kg.readers.fields import ORCID
from kg.readers.record_facts import arxiv_year
from kg.readers.xmltree import Record, records
from kg.text import collapse
from kg.types import Authorship, Paper

__all__ = ["Outcome", "author", "find_orcid", "make_paper", "notes_within", "person", "read_records"]

Outcome = Paper | str | None
"""The paper of a record, or what kind of thing the record is that is no paper, or None where it is faulty."""

_LONGEST_VENUE = 1000  # what is longer is no name
_NOBODY = re.compile(
    r"[\[(]?(?:anonymous|anon\.?|others|et\.?\s?al\.?|and others|n/?a|none|null|unknown|"
    r"no authors?(?: listed)?|:unav|\W+)[\])]?",
    re.IGNORECASE,
)
_PLAIN_ORCID = re.compile(r"0000(\d{4})(\d{4})(\d{3}[\dXx])\Z")


def read_records(
    raw: Raw,
    names: Collection[str],
    convert: Callable[[Record], Outcome | Iterable[Outcome]],
    *,
    media_type: str,
) -> Parsed:
    """Every record of a document; a faulty one costs itself and is noted."""
    faults: list[str] = []
    papers: list[Paper] = []
    skipped: list[str] = []
    missing: list[str] = []
    for number, record in enumerate(records(raw.text, names, faults), 1):
        outcome = convert(record)
        for one in outcome if isinstance(outcome, list | tuple) else (outcome,):
            if isinstance(one, Paper):
                papers.append(one)
            elif isinstance(one, str):
                skipped.append(one)
            elif record.fault is None:
                missing.append(f"record {number}: no title and no abstract")
    if not papers and not skipped and faults:
        raise ReadError(
            f"nothing readable in this XML ({'; '.join(faults[:3])}); download or export it again"
        )
    return Parsed(
        papers=tuple(papers),
        notes=(*notes_within([*faults, *missing]), *left_out(skipped)),
        media_type=media_type,
    )


def notes_within(notes: list[str]) -> tuple[str, ...]:
    """The first notes, and how many more there are."""
    more = len(notes) - MAX_NOTES
    return (*notes[:MAX_NOTES], *([f"and {more} more"] if more > 0 else []))


def person(given: str, family: str, *, suffix: str = "", particle: str = "") -> str:
    """A name from its parts, in display order.

    >>> person("Martin Luther", "King", suffix="Jr.")
    'Martin Luther King Jr.'
    """
    return collapse(" ".join(part for part in (given, particle, family, suffix) if part))


def author(
    name: str, *, places: Iterable[str] = (), orcid: str = "", turn: bool = False
) -> Authorship | None:
    """One name of a byline; None for "et al.", "Anonymous" and nothing. ``turn``: it may be inverted.

    >>> author("Balázs, C.", turn=True).name, author("et al."), author("H1 Collaboration, DESY").name
    ('C. Balázs', None, 'H1 Collaboration, DESY')
    """
    name = collapse(name).strip(" ,;")
    if turn and "," in name:
        name = next(iter(display_names([name])), "")
    if not name or _NOBODY.fullmatch(name):
        return None
    listed = list(dict.fromkeys(place for text in places if (place := collapse(text).strip(" ,;"))))
    return Authorship(name=name, affiliation="; ".join(listed) or None, orcid=find_orcid(orcid))


def find_orcid(text: str) -> str | None:
    """The ORCID in an address, a text or sixteen digits."""
    match = ORCID.search(text)
    if match:
        return match.group().upper()
    plain = _PLAIN_ORCID.search(text.strip())
    return f"0000-{plain[1]}-{plain[2]}-{plain[3].upper()}" if plain else None


def make_paper(citation: Citation) -> Paper | None:
    """The paper of a record's fields; None where it has neither title nor abstract.

    The full stop of an abbreviated venue stays ("Acta Inf."); a date goes where it is of another year than
    the issue's, as that of an article of January that was on line in December. An arXiv
    identifier tells the year where nothing else does.
    """
    if len(citation.venue) > _LONGEST_VENUE:
        citation = replace(citation, venue="")
    paper = paper_from_citation(citation)
    if paper is None:
        return None
    if paper.venue and plain_line(citation.venue).endswith(f"{paper.venue}."):
        paper = replace(paper, venue=f"{paper.venue}.")
    if paper.year is None and paper.arxiv_id:
        paper = replace(paper, year=arxiv_year(paper.arxiv_id))
    if paper.date and paper.year and int(paper.date[:4]) != paper.year:
        paper = replace(paper, date=None)
    return paper
