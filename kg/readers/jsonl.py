"""JSON lines, one record a line, and JSON arrays of records: {"id", "title", "authors", "abstract", ...}.

A line that is no record is reported by its number and costs that line only. Titles and abstracts have no
plain span in the document (escapes), so their offsets are None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.errors import ReadError
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.structured import paper_from_mapping

__all__ = ["READER"]

_MAX_LINE = 8 * 1024 * 1024
_MAX_NOTES = 20
_MAX_DEPTH = 60
_OPENING = re.compile(r"\s*(?:\[\s*\{|\{)")
_LISTS = ("papers", "results", "records", "items", "entries", "data", "works", "documents")


def score(raw: Raw) -> float:
    """Whether the first line, or the whole, is a JSON object, or an array of them."""
    if not _OPENING.match(raw.text[:4096].lstrip("\ufeff")):
        return 0.0
    first = next((line for line in raw.text[:_MAX_LINE].splitlines() if line.strip()), "")
    try:
        return 0.95 if isinstance(json.loads(first), dict | list) else 0.0
    except (ValueError, RecursionError):
        pass
    hint = 0.5 if raw.suffix in {".json", ".jsonl", ".ndjson"} else 0.0
    return max(
        hint, 0.4 if re.search(r'\A\s*[\[{]\s*(?:\{\s*)?"[\w@.-]{1,60}"\s*:', raw.text[:4096]) else 0.0
    )


def read(raw: Raw) -> Parsed:
    """Every record; notes name the lines that are none."""
    papers = []
    notes: list[str] = []
    bad = 0
    for place, value in _values(raw.text):
        problem = value if isinstance(value, str) else None
        paper = None if problem else paper_from_mapping(value) if isinstance(value, dict) else None
        if paper is not None:
            papers.append(paper)
            continue
        bad += 1
        if len(notes) < _MAX_NOTES:
            notes.append(f"{place}: {problem or 'no record with a title, abstract or text'}")
    if bad > len(notes):
        notes.append(f"and {bad - len(notes)} more")
    return Parsed(papers=tuple(papers), notes=tuple(notes), media_type="application/jsonl")


def _values(text: str) -> Iterator[tuple[str, Any]]:
    """(place, object) for each record; (place, what is wrong) where there is none."""
    whole = _whole(text)
    if isinstance(whole, list):
        yield from ((f"item {number}", item) for number, item in enumerate(whole, 1))
        return
    if isinstance(whole, dict):
        listed = next((whole[key] for key in _LISTS if isinstance(whole.get(key), list)), None)
        if listed is not None and not whole.get("title"):
            yield from ((f"item {number}", item) for number, item in enumerate(listed, 1))
        else:
            yield "item 1", whole
        return
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        stripped = line.strip().lstrip("\ufeff")
        if stripped:
            yield f"line {number}", _object(stripped)


def _whole(text: str) -> Any:
    """The document as one JSON value; None where it is lines of JSON. A broken array is a ReadError."""
    start = text.lstrip().lstrip("\ufeff")
    if not start.startswith("[") and re.search(r"\}\s*[\r\n]\s*\{", text) and not start.startswith("{\n"):
        return None
    try:
        return json.loads(start)
    except RecursionError as error:
        raise ReadError("JSON nested too deeply; give one record a line") from error
    except ValueError as error:
        if start.startswith("["):
            raise ReadError(
                f"a JSON array that is not valid ({error}); correct it, or give one record a line"
            ) from error
        return None


def _object(line: str) -> Any:
    if len(line) > _MAX_LINE:
        return f"longer than {_MAX_LINE // 2**20} MiB"
    try:
        value = json.loads(line)
    except RecursionError:
        return "nested too deeply"
    except ValueError as error:
        return f"not JSON ({error})"
    if not isinstance(value, dict):
        return "not a JSON object"
    return "nested too deeply" if _depth(value) > _MAX_DEPTH else value


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth <= _MAX_DEPTH:
        depth += 1
        inner: list[Any] = []
        for item in level:
            inner += item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        level = [item for item in inner if isinstance(item, dict | list)]
    return depth


READER = Reader(name="jsonl", score=score, read=read)
