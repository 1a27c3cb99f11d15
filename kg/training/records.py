"""Annotated abstracts as plain records: ``{id, title, text, entities}``; read, checked, held apart.

What kg.gold reads for scoring, trained on: of an entity ``name``, ``type`` and, where annotated, ``role``.
``text`` is "title. abstract"; a record without a title is a plain text.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.errors import GoldError
from kg.gold import GoldForm, GoldPaper
from kg.ids import content_hash
from kg.text import fold
from kg.training.annotators import is_refused, of_annotator
from kg.types import ENTITY_TYPES, ROLES

__all__ = [
    "Record",
    "drawn",
    "file_sha256",
    "gold_forms",
    "gold_paper",
    "paper_text",
    "read_examples",
    "split",
    "without",
]

Record = dict[str, Any]
Form = tuple[str, str]  # folded name, type

_HELD_OUT = 5  # one in so many examples
_FEWEST = 20
_SEPARATOR = re.compile(r"^[.?!:]?\s*")


def read_examples(path: Path) -> list[Record]:
    """The annotated abstracts of a JSON lines file, also as Prodigy and doccano give them back.

    A line that cannot be learned from is a GoldError that names the file, the line and what is wrong.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read ({error})", hint="annotated files are UTF-8") from error
    read = (
        _checked(line, f"{path}:{number}", number) for number, line in enumerate(lines, 1) if line.strip()
    )
    records = [record for record in read if record is not None]
    if not records:
        raise GoldError(f"{path}: holds no annotated abstract", hint="one JSON object a line")
    return records


def _checked(line: str, where: str, number: int) -> Record | None:
    """The record of a line; None for one that an annotator refused."""
    try:
        raw = json.loads(line)
    except ValueError as error:
        raise GoldError(f"{where}: not a JSON object ({error})") from error
    if not isinstance(raw, dict):
        raise GoldError(f"{where}: not a JSON object")
    if is_refused(raw):
        return None
    try:
        raw = of_annotator(raw)
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(f"{where}: spans that cannot be read ({error})") from error
    if not isinstance(raw.get("text"), str) or not raw["text"].strip():
        raise GoldError(
            f"{where}: lacks its text",
            hint='"text" is "title. abstract"; annotations of documents hold no text to learn from',
        )
    title, entities = raw.get("title") or "", raw.get("entities")
    if not isinstance(title, str) or not raw["text"].startswith(f"{title}." if title else ""):
        raise GoldError(f'{where}: text does not begin with "title. "', hint="or leave the title out")
    if not isinstance(entities, list):
        raise GoldError(f"{where}: lacks its entities", hint='"entities" is a list; empty if there are none')
    return {
        "id": str(raw.get("id") or f"{content_hash(raw['text'].encode())[:12]}:{number}"),
        "title": title,
        "text": raw["text"],
        "entities": [_entity(entity, raw["text"], where) for entity in entities],
    }


def _entity(entity: object, text: str, where: str) -> Record:
    if not isinstance(entity, dict) or not isinstance(entity.get("name"), str) or not entity["name"].strip():
        raise GoldError(f"{where}: an entity lacks its name")
    name, kind, role = entity["name"], entity.get("type"), entity.get("role")
    if kind not in ENTITY_TYPES:
        raise GoldError(
            f"{where}: {name!r} has the type {kind!r}, which kg does not know",
            hint=f"the types are {', '.join(ENTITY_TYPES)}; map labels of your own to them",
        )
    if role is not None and role not in ROLES:
        raise GoldError(
            f"{where}: {name!r} has the role {role!r}, which kg does not know",
            hint=f"the roles are {', '.join(ROLES)}; or leave the role out",
        )
    if name not in text:  # glued to another word it does: that teaches nothing, and counts as missed
        raise GoldError(f"{where}: {name!r} does not stand in the text", hint="names are as printed")
    return {"name": name, "type": kind, "role": role}


def split(records: Sequence[Record], held_out: Sequence[Record] | None) -> tuple[list[Record], list[Record]]:
    """(to train on, held out). Without a held-out list every fifth example is held out, always the same ones.

    A GoldError where too few remain to learn from or to measure on.
    """
    if held_out is None:
        order = drawn(records, None)
        held_out = order[: len(order) // _HELD_OUT]
    train, dev = drawn(without(records, held_out), None), list(held_out)
    if len(train) + len(dev) < _FEWEST or not train or not dev:
        raise GoldError(
            f"{len(train)} examples to train on and {len(dev)} held out are too few",
            hint=f"at least {_FEWEST} in all; a hundred change something, a thousand much",
        )
    if not any(record["entities"] for record in train):
        raise GoldError("no example to train on names an entity", hint="annotate some first")
    return train, dev


def drawn(records: Iterable[Record], count: int | None, seed: int = 7) -> list[Record]:
    """``count`` records (None: all) in an order that depends on ``seed`` alone."""
    order = list(records)
    random.Random(seed).shuffle(order)
    return order[:count]


def without(records: Iterable[Record], held_out: Iterable[Record]) -> list[Record]:
    """The records that share neither id nor title (a text without title: the text) with a held-out one."""
    held = list(held_out)
    ids = {record["id"] for record in held}
    titles = {_known_by(record) for record in held}
    return [record for record in records if record["id"] not in ids and _known_by(record) not in titles]


def _known_by(record: Record) -> str:
    return fold(record.get("title") or record.get("text") or "")


def paper_text(record: Record) -> tuple[str, int]:
    """The text of a record as the pipeline reads it (title, blank line, abstract) and where the title
    ends."""
    title, text = record.get("title") or "", record["text"]
    if title and text.startswith(title):
        return title + "\n\n" + _SEPARATOR.sub("", text[len(title) :]), len(title)
    return text, 0


def gold_forms(record: Mapping[str, Any]) -> set[Form]:
    """The annotated (folded form, type) of a record."""
    return {(fold(entity["name"]), entity["type"]) for entity in record["entities"]}


def gold_paper(record: Record) -> GoldPaper:
    """A record as kg.evaluate scores it; a role that is not annotated is ""."""
    text, title_end = paper_text(record)
    return GoldPaper(
        where=record["id"],
        title=record["title"] or None,
        authors=(),
        forms=tuple(
            GoldForm(text=entity["name"], type=entity["type"], role=entity["role"] or "", main=entity["name"])
            for entity in record["entities"]
        ),
        results=(),
        relations=None,
        abstract=text[title_end:].lstrip(),
    )


def file_sha256(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
