"""CSL-JSON of the papers, for Zotero, pandoc and citeproc. https://docs.citationstyles.org/en/stable/specification.html

Names are as printed ("literal") where they cannot be told apart safely. Processors render a few HTML tags in
texts (``<i>``, ``<sup>``), so ``<`` is written as the entity that the format has for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.exporters.citing import Work, works
from kg.exporters.jsontext import json_text
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_FORMS = {
    "journal": "article-journal",
    "conference": "paper-conference",
    "preprint": "article",
    "other": "article",
}


def write(contents: Contents, path: Path) -> None:
    """Writes an item a line, sorted by key."""
    with atomic_text(path) as file:
        file.write("[")
        for number, work in enumerate(works(contents.graph)):
            file.write((",\n" if number else "\n") + json_text(_item(work)))
        file.write("\n]\n")


def _item(work: Work) -> dict[str, Any]:
    link = work.url or (f"https://arxiv.org/abs/{work.arxiv_id}" if work.arxiv_id else None)
    found: dict[str, Any] = {
        "id": work.key,
        "type": _FORMS[work.form],
        "title": _markup_free(work.title),
        "author": [_person(name) for name in work.authors],
        "issued": {"date-parts": [list(work.date)]} if work.date else None,
        "container-title": _markup_free(work.venue),
        "DOI": work.doi,
        "number": f"arXiv:{work.arxiv_id}" if work.arxiv_id else None,
        "publisher": "arXiv" if work.form == "preprint" else None,
        "URL": link,
        "abstract": _markup_free(work.abstract),
    }
    return {name: value for name, value in found.items() if value}


def _markup_free(text: str | None) -> str | None:
    return text.replace("<", "&lt;") if text else None


def _person(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and family and given and "," not in given:
        return {"family": family, "given": given}
    given, _, family = name.rpartition(" ")
    simple = given and all(part[:1].isupper() for part in name.split())
    return {"family": family, "given": given} if simple and not comma else {"literal": name}


EXPORTER = Exporter(
    name="csl", filename="papers.json", about="the papers as CSL-JSON: Zotero, pandoc", write=write
)
