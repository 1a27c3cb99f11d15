"""Ids against what they are derived from: bytes of documents, places of papers and mentions, what is said."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from kg.ids import content_hash, make_id
from kg.problems import Found, Problem
from kg.source_places import TAKEN_APART
from kg.tables import Row, Tables

__all__ = ["verify_document_ids", "verify_ids"]

_HASH_DIGITS = 64
_NOT_IN_RESULT_ID = ("result_id", "confidence", "polarity")
_PACKED = (".gz", ".bz2", ".xz", ".lzma", ".zst")
# notes of kg.readers: the text is not all that the bytes were
_LOSSY = ("cut off", "no UTF-8", "were mended")
_MARKED = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be")}
_MARK = "\ufeff"


def verify_ids(tables: Tables) -> Found:
    """The ids of papers, mentions, relations and results, from what their rows say."""
    for row in tables.papers:
        wanted = make_id("p", row["document_id"], row["position"])
        yield from _differs("papers", "paper_id", row, wanted)
    for row in tables.mentions:
        wanted = make_id("m", row["paper_id"], row["start"], row["end"], row["type"])
        yield from _differs("mentions", "mention_id", row, wanted)
    for row in tables.relations:
        wanted = make_id("r", row["paper_id"], row["head_id"], row["kind"], row["tail_id"])
        yield from _differs("relations", "relation_id", row, wanted)
    yield from _result_ids(tables.results)


def _differs(table: str, column: str, row: Row, wanted: str) -> Found:
    if row[column] != wanted:
        what = f"{column} is not that of what the row says, which is {wanted}"
        yield Problem(table=table, identifier=str(row[column]), what=what)


def _result_ids(results: Sequence[Row]) -> Found:
    """Equal claims of one sentence are counted in their ids, from 1."""
    equal: dict[str, list[str]] = defaultdict(list)
    for row in results:
        key = make_id("q", *(value for name, value in row.items() if name not in _NOT_IN_RESULT_ID))
        equal[key].append(row["result_id"])
    for key, found in equal.items():
        wanted = {make_id("q", key, number) for number in range(1, len(found) + 1)}
        for identifier in found:
            if identifier not in wanted:
                what = f"result_id is not that of what the row says, which is {', '.join(sorted(wanted))}"
                yield Problem(table="results", identifier=str(identifier), what=what)


def verify_document_ids(tables: Tables, known: Collection[str] = ()) -> Found:
    """``document_id`` is the sha256 of the bytes: checked where the stored text is the file's own and says it
    whole. What was packed, mended or made by a reader (the text of a PDF) does not give its bytes back.

    ``known``: documents that are known to have been read with this text, if their bytes do not tell.
    """
    for row in tables.documents:
        identifier = row["document_id"]
        if len(identifier) != _HASH_DIGITS or set(identifier) - set("0123456789abcdef"):
            yield Problem(table="documents", identifier=row["path"], what=f"{identifier} is no sha256")
        elif gives_its_bytes(row) and identifier not in _hashes(row) and identifier not in known:
            what = "text is not that of the bytes that document_id is the sha256 of"
            yield Problem(table="documents", identifier=row["path"], what=what)


def gives_its_bytes(row: Row) -> bool:
    """Whether a document's text can be turned back into the bytes that it was read from."""
    made = row["media_type"].startswith(TAKEN_APART)
    packed = PurePosixPath(row["path"]).suffix.lower() in _PACKED
    lossy = any(words in (row["error"] or "") for words in _LOSSY)
    return bool(row["text"] and row["encoding"]) and not (made or packed or lossy)


def _hashes(row: Row) -> set[str]:
    """The sha256 of the text's bytes, with and without a byte order mark."""
    text, encoding = row["text"], row["encoding"]
    found = set()
    for name in _MARKED.get(encoding, (encoding,)):
        for each in (text, _MARK + text):
            with contextlib.suppress(UnicodeError, LookupError):
                found.add(
                    content_hash(each.encode(name, "surrogatepass" if name.startswith("utf") else "strict"))
                )
    return found
