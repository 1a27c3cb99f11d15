"""Lines as annotation tools give them back, as lines in the form of annotated abstracts.

Prodigy: ``{"text", "spans": [{"start", "end", "label"}], "answer", "meta"}``; doccano: ``{"text", "label":
[[start, end, label]], "title"}``. They are what ``kg export --format prodigy|doccano`` handed out, corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["is_refused", "of_annotator"]


def is_refused(raw: Mapping[str, Any]) -> bool:
    """Whether an annotator rejected or skipped the line (Prodigy's ``answer``)."""
    return bool(raw.get("answer", "accept") != "accept")


def of_annotator(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The line as ``{id, title, text, entities}``; a line that comes from no such tool stays as it is.

    Offsets become names, since a name is an entity wherever it stands. ValueError: an offset outside it.

    >>> of_annotator({"text": "IOS\\n\\nIt wins.", "label": [[0, 3, "method"]], "title": "IOS"})
    {'id': None, 'title': 'IOS', 'text': 'IOS. It wins.', 'entities': [{'name': 'IOS', 'type': 'method'}]}
    """
    text = raw.get("text")
    if "entities" in raw or not isinstance(text, str) or not ("spans" in raw or "label" in raw):
        return dict(raw)
    meta = raw.get("meta") or {}
    title = str(raw.get("title") or meta.get("title") or "")
    head, rest = (title, text[len(title) :].lstrip()) if title and text.startswith(title) else ("", text)
    entities = dict.fromkeys(_named(raw, text))
    return {
        "id": raw.get("paper") or meta.get("id"),
        "title": head.rstrip("."),
        "text": f"{head.rstrip('.')}. {rest}" if head else rest,
        "entities": [{"name": name, "type": kind} for name, kind in entities],
    }


def _named(raw: Mapping[str, Any], text: str) -> Iterator[tuple[str, str]]:
    spans = [(span["start"], span["end"], span["label"]) for span in raw.get("spans") or ()]
    for start, end, kind in (*spans, *(raw.get("label") or ())):
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start} to {end} lies outside the text")
        yield text[start:end], kind
