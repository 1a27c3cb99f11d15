"""The JSON that pages made by scripts carry in themselves: records of papers in it, wherever they stand."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from kg.readers.markup import Tag
from kg.readers.structured import paper_from_mapping
from kg.types import Paper

__all__ = ["island_papers"]

_LONGEST = 16 * 1024 * 1024
_MOST_NODES = 300_000
_MOST_PAPERS = 20_000
_SHORTEST = 8


def island_papers(tags: Iterable[Tag]) -> list[Paper]:
    """The papers that the page's JSON names with a title and authors; a help, since the page may show
    others."""
    papers: list[Paper] = []
    for tag in tags:
        given = tag.attributes.get("type", "") + tag.attributes.get("id", "")
        if tag.name != "data" and not (
            tag.name == "script" and ("application/json" in given or "__NEXT_DATA__" in given)
        ):
            continue
        if len(tag.content) > _LONGEST:
            continue
        try:
            value = json.loads(tag.content)
        except (ValueError, RecursionError):
            continue
        papers += _papers_in(value)
        if len(papers) > _MOST_PAPERS:
            break
    return papers


def _papers_in(value: Any) -> list[Paper]:
    found: list[Paper] = []
    pending: deque[Any] = deque([value])
    seen = 0
    while pending and seen < _MOST_NODES:
        item = pending.popleft()
        seen += 1
        if isinstance(item, Mapping):
            if _is_record(item):
                paper = paper_from_mapping(item)
                if paper is not None:
                    found.append(paper)
            pending.extend(inner for inner in item.values() if isinstance(inner, dict | list))
        elif isinstance(item, list):
            pending.extend(inner for inner in item if isinstance(inner, dict | list))
    return found


def _is_record(item: Mapping[str, Any]) -> bool:
    title, authors = item.get("title"), item.get("authors")
    return (
        isinstance(title, str) and len(title) >= _SHORTEST and isinstance(authors, list) and len(authors) > 0
    )
