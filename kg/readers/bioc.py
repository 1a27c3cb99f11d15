"""Articles in BioC JSON, as PubMed Central, Europe PMC and PubTator give full texts
(https://www.ncbi.nlm.nih.gov/research/bionlp/APIs/BioC-PMC/): a list of passages, each with its section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.readers.record_facts import clean_doi, year_in
from kg.readers.record_people import authorship
from kg.readers.record_source import Record, RecordSource, objects
from kg.readers.record_text import as_text, plain, title_text
from kg.readers.structured import Fields
from kg.types import Authorship, Reference

__all__ = ["SOURCE"]

_BODY = frozenset({"INTRO", "METHODS", "RESULTS", "DISCUSS", "CONCL", "CASE", "BODY", "OTHER"})
_TEXT = frozenset({"paragraph", "title", "title_1", "title_2", "title_3", "title_4"})


def _matches(record: Record) -> bool:
    passages = record.get("passages")
    return (
        isinstance(passages, list)
        and bool(passages)
        and all("infons" in each for each in objects(passages[:3]))
    )


def _fields(record: Record) -> Fields | str:
    passages = objects(record.get("passages"))
    infons = [next(iter(objects(passage.get("infons"))), {}) for passage in passages]
    front = next((about for about in infons if "article-id_doi" in about or "name_0" in about), {})
    journal = (as_text(front.get("journal")) or as_text(front.get("journal-title")) or "").split(";")[0]
    return Fields(
        title=next((title for title in _texts(passages, "TITLE", ("front", "title"))), None),
        abstract="\n\n".join(_texts(passages, "ABSTRACT", ("abstract",))) or None,
        authors=tuple(_authors(front)),
        venue=journal,
        year=front.get("year"),
        doi=front.get("article-id_doi") or front.get("doi"),
        keywords=front.get("kwd"),
        body="\n\n".join(_body(passages)) or None,
        references=tuple(_references(passages)),
    )


def _section(passage: Record) -> tuple[str, str]:
    about = next(iter(objects(passage.get("infons"))), {})
    return (as_text(about.get("section_type")) or "").upper(), (as_text(about.get("type")) or "").lower()


def _texts(passages: Sequence[Record], section: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """The texts of a section; of documents without sections, by their kind of passage."""
    for passage in passages:
        named, kind = _section(passage)
        text = as_text(passage.get("text"))
        if (
            text
            and (named == section or (not named and kind in kinds))
            and not kind.startswith("abstract_title")
        ):
            yield text


def _body(passages: Sequence[Record]) -> Iterator[str]:
    for passage in passages:
        named, kind = _section(passage)
        text = as_text(passage.get("text"))
        if text and named in _BODY and kind in _TEXT:
            yield plain(text).strip()


def _authors(front: Record) -> Iterator[Authorship]:
    """``name_0``, ``name_1``, ...: "surname:Ruiz;given-names:Ana"."""
    for number in range(5000):
        text = as_text(front.get(f"name_{number}"))
        if text is None:
            return
        parts = dict(part.split(":", 1) for part in text.split(";") if ":" in part)
        author = authorship({"family": parts.get("surname", text), "given": parts.get("given-names")})
        if author:
            yield author


def _references(passages: Sequence[Record]) -> Iterator[Reference]:
    for passage in passages:
        named, kind = _section(passage)
        about = next(iter(objects(passage.get("infons"))), {})
        if named == "REF" and kind == "ref":
            yield Reference(
                title=title_text(passage.get("text")),
                authors=tuple(author.name for author in _authors(about)),
                year=year_in(about.get("year")),
                doi=clean_doi(about.get("pub-id_doi")),
            )


SOURCE = RecordSource(name="BioC", matches=_matches, fields=_fields)
