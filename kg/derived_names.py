"""What a paper without a title is called: by the name of what it proposes, or by its first words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["derived_name", "proposed_names"]

_LABEL_WORDS = 8
_NAME_LIKE = re.compile(r"[A-Z].*[A-Z]|[a-z][A-Z]|[A-Za-z]-?\d")

_Row = Mapping[str, Any]


def derived_name(text: str | None, proposed: str | None) -> str:
    """The name of a paper from its text, and from what it proposes if that is known.

    >>> derived_name("We propose RandBET.", "RandBET"), derived_name("One two", None), derived_name("", None)
    ('RandBET (untitled)', 'One two… (untitled)', 'untitled')
    """
    if proposed is not None:
        return f"{proposed} (untitled)"
    words = (text or "").split()
    return f"{' '.join(words[:_LABEL_WORDS])}… (untitled)" if words else "untitled"


def proposed_names(
    mentions: Iterable[_Row], links: Iterable[_Row], names: Mapping[str, str]
) -> dict[str, str]:
    """For papers the name of what they propose, from their mentions, links of these, and names of entities.

    A name ("RandBET") goes before a description, then what is mentioned most, then what comes first.
    """
    by_id = {row["mention_id"]: row for row in mentions}
    said: dict[tuple[str, str], list[_Row]] = {}
    for link in links:
        if mention := by_id.get(link["mention_id"]):
            said.setdefault((mention["paper_id"], link["entity_id"]), []).append(mention)
    ranked = sorted(
        (paper, not _NAME_LIKE.search(name), -len(rows), min(row["start"] for row in rows), name)
        for (paper, entity), rows in said.items()
        for name in [names[entity]]
        if any(row["role"] == "proposed" for row in rows)
    )
    return {paper: name for paper, *_, name in reversed(ranked)}
