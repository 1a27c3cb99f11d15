"""Reads annotated papers, one JSON object a line, in the two forms that exist.

*Abstracts*: ``{id, title, authors, text, entities, relations, results}``, where ``text`` is
``"title. abstract"`` and an entity that is another surface form names the main one as ``alias_of``.

*Documents*: ``{source, order, title, authors, venue, year, text_start, text_end, entities, results}``, where
an entity lists its ``aliases`` and the text itself stands in the document called ``source``.

Both become a GoldPaper whose forms are flat: one GoldForm a surface form, each with the name it stands for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.text import fold

__all__ = ["GoldForm", "GoldPaper", "GoldResult", "read_gold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldForm:
    """A surface form. ``main`` is the name that it is an alias of in the end, itself where it is no alias."""

    text: str
    type: str
    role: str
    main: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldResult:
    """The part of an annotated result that is scored."""

    subject: str | None
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPaper:
    """An annotated paper. ``abstract`` is None in the documents form, ``source`` in the abstracts form.

    ``relations`` are (head, kind, tail) with main names; None where relations are not annotated.
    """

    where: str
    title: str | None
    authors: tuple[str, ...]
    forms: tuple[GoldForm, ...]
    results: tuple[GoldResult, ...]
    relations: tuple[tuple[str, str, str], ...] | None
    abstract: str | None = None
    source: str | None = None
    venue: str | None = None
    year: int | None = None
    text_start: str = ""
    text_end: str = ""

    def forms_of(self, name: str) -> frozenset[str]:
        """The folded surface forms of the thing that is called ``name``, the name too."""
        mains = {form.main for form in self.forms if fold(form.text) == fold(name)}
        return frozenset({fold(name)} | {fold(form.text) for form in self.forms if form.main in mains})


def read_gold(path: Path) -> list[GoldPaper]:
    """The papers of a JSON lines file, or of every ``*.jsonl`` of a folder in the order of their names.

    A line that has neither form is a GoldError that names the file, the line and what is wrong.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files or not path.exists():
        raise GoldError(f"{path}: no annotated file", hint="give a .jsonl file, or a folder that holds some")
    papers = [paper for file in files for paper in _read_file(file)]
    if not papers:
        raise GoldError(f"{path}: holds no annotated paper")
    return papers


def _read_file(path: Path) -> Iterator[GoldPaper]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})", hint="annotated files are UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            record = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{where}: not a JSON object ({error})") from error
        try:
            yield _parse(record, where)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            reason = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            raise GoldError(
                f"{where}: not an annotated paper ({reason})",
                hint="each line needs title, entities and results, and either text or text_start",
            ) from error


def _parse(record: Mapping[str, Any], where: str) -> GoldPaper:
    forms = tuple(_forms(record["entities"]))
    mains = {fold(form.text): form.main for form in forms}
    title = record["title"] or None
    abstract = _abstract(record["text"], title) if "text" in record else None
    if abstract is None and not title and not record["text_start"]:
        raise ValueError("neither a title nor a text_start to know the paper by")
    relations = None
    if "relations" in record:
        relations = tuple(
            (_main(row["head"], mains), str(row["type"]), _main(row["tail"], mains))
            for row in record["relations"]
        )
    return GoldPaper(
        where=where,
        title=title,
        authors=tuple(map(str, record.get("authors") or ())),
        forms=forms,
        results=tuple(
            GoldResult(subject=row["subject"], low=float(row["low"]), high=float(row["high"]))
            for row in record["results"]
        ),
        relations=relations,
        abstract=abstract,
        source=record.get("source"),
        venue=record.get("venue"),
        year=record.get("year"),
        text_start=record.get("text_start") or "",
        text_end=record.get("text_end") or "",
    )


def _abstract(text: str, title: str | None) -> str:
    """The text after "title. "."""
    if title is None:
        return text
    if not text.startswith(f"{title}."):
        raise ValueError('text does not begin with "title. "')
    return text[len(title) + 1 :].lstrip()


def _forms(rows: list[Mapping[str, Any]]) -> Iterator[GoldForm]:
    parents = {row["name"]: row["alias_of"] for row in rows if row.get("alias_of")}
    for row in rows:
        main, seen = row["name"], set()
        while main in parents and main not in seen:
            seen.add(main)
            main = parents[main]
        for text in (row["name"], *row.get("aliases", ())):
            yield GoldForm(text=text, type=row["type"], role=row["role"], main=main)


def _main(name: str, mains: Mapping[str, str]) -> str:
    return mains.get(fold(name), name)
