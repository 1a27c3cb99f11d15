"""The papers of a graph as bibliographies need them: what they are, where they appeared, a key for each."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.exporters.clean import one_line
from kg.exporters.links import arxiv_url, doi_url, web_url

__all__ = ["Work", "works"]

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = frozenset(
    ("a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "via")
)
_KEY_WORDS = 3
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|magazine|annals|acta|review|bulletin)\b", re.IGNORECASE
)
_CONFERENCE = re.compile(
    r"\b(?:proceedings|proc|conference|conf|symposium|workshop|congress|meeting)\b", re.IGNORECASE
)
_LATIN = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "ł": "l", "Ł": "L", "đ": "d"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A paper to cite. ``key`` is ASCII and unique; None or () is what the documents do not say.

    ``form``: journal or conference where the venue's name says so, preprint with an arXiv id and no venue,
    else other.
    """

    key: str
    form: str
    title: str | None
    authors: tuple[str, ...]
    date: tuple[int, ...]
    venue: str | None
    doi: str | None
    arxiv_id: str | None
    url: str | None
    abstract: str | None


def works(graph: nx.MultiDiGraph[str]) -> Iterator[Work]:
    """The papers, sorted by key."""
    papers = {node: data for node, data in graph.nodes(data=True) if data.get("kind") == "paper"}
    plain = {node: _key(data) for node, data in papers.items()}
    times = Counter(plain.values())
    keys = {node: key if times[key] == 1 and key else _distinct(key, node) for node, key in plain.items()}
    for node in sorted(papers, key=lambda node: (keys[node], node)):
        yield _work(keys[node], papers[node])


def _distinct(key: str, node: str) -> str:
    """A key of two papers gets the end of the paper's own id, whichever other papers there are."""
    return "-".join(
        filter(None, (key, re.sub(r"[^A-Za-z0-9]", "", node.partition(":")[2] or node)[:16] or "x"))
    )


def _work(key: str, data: dict[str, Any]) -> Work:
    venue = _text(data.get("venue"))
    return Work(
        key=key,
        form=_form(venue, data.get("arxiv_id")),
        title=_text(data.get("title")),
        authors=tuple(filter(None, (one_line(str(name)) for name in data.get("authors") or ()))),
        date=_date(data),
        venue=venue,
        doi=one_line(str(data["doi"])) if doi_url(data.get("doi")) else None,
        arxiv_id=data["arxiv_id"] if arxiv_url(data.get("arxiv_id")) else None,
        url=web_url(data.get("url")),
        abstract=_text(data.get("abstract")),
    )


def _text(value: Any) -> str | None:
    return one_line(str(value)) or None if value is not None else None


def _form(venue: str | None, arxiv_id: Any) -> str:
    if venue is None:
        return "preprint" if arxiv_url(arxiv_id) else "other"
    if _CONFERENCE.search(venue):
        return "conference"
    return "journal" if _JOURNAL.search(venue) else "other"


def _date(data: dict[str, Any]) -> tuple[int, ...]:
    """Year, month and day as far as they are known."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", str(data.get("date") or ""))
    found = tuple(int(part) for part in match.groups() if part) if match else ()
    year = data.get("year")
    if not isinstance(year, int):
        return found
    return found if found[:1] == (year,) else (year,)


def _key(data: dict[str, Any]) -> str:
    """``wang2025pade``-like: the first author's surname, the year, the title's first words of weight."""
    authors = [one_line(str(name)) for name in data.get("authors") or ()]
    first = authors[0] if authors else ""
    surname = first.partition(",")[0] if "," in first else first.rpartition(" ")[2]
    words = [word for word in _words(str(data.get("title") or data.get("name") or "")) if word not in _SMALL]
    year = data.get("year")
    return "".join((*_words(surname), str(year) if isinstance(year, int) else "", *words[:_KEY_WORDS]))[:60]


def _words(text: str) -> list[str]:
    """Words in lower case ASCII: accents off, what has no Latin form left out."""
    spelt = unicodedata.normalize("NFKD", text.translate(_LATIN))
    return _WORD.findall("".join(c for c in spelt if not unicodedata.combining(c)).lower())
