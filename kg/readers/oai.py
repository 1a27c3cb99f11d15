"""OAI-PMH answers, whole or without their envelope: arXiv, arXivRaw, Dublin Core, and whatever else is read.

https://www.openarchives.org/OAI/openarchivesprotocol.html. Deleted records have no metadata and are passed
over. The metadata of a record may be of another format (JATS, DataCite, MODS, TEI): its own reader's function
makes the paper.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.readers.base import Parsed, Raw, Reader
from kg.readers.datacite_xml import datacite_paper
from kg.readers.dublin_core import arxiv_paper, arxiv_raw_paper, dublin_core_paper
from kg.readers.jats import jats_paper
from kg.readers.marcxml import marc_paper
from kg.readers.mods import mods_paper
from kg.readers.tei import tei_paper
from kg.readers.xmlpapers import Outcome, read_records
from kg.readers.xmltree import Element, Record, attribute, child, children, descend, opening

__all__ = ["READER"]

_FORMATS: dict[str, Callable[[Element], Outcome]] = {
    "arXiv": arxiv_paper,
    "arXivRaw": arxiv_raw_paper,
    "arXivOld": arxiv_raw_paper,
    "article": jats_paper,
    "resource": datacite_paper,
    "mods": mods_paper,
    "TEI": tei_paper,
    "dc": dublin_core_paper,
    "qdc": dublin_core_paper,
    "qualifieddc": dublin_core_paper,
    "thesis": dublin_core_paper,
    "uketddc": dublin_core_paper,
}
_BARE = ("arXiv", "arXivRaw", "arXivOld", "dc", "qualifieddc")
_ROOTS = frozenset(
    {"OAI-PMH", "ListRecords", "GetRecord", "record", "records", "metadata", "collection", *_BARE}
)
_SIGNS = re.compile(
    r"openarchives\.org|oai_dc|<(?:\w+:)?(?:arXiv(?:Raw|Old)?|dc:(?:title|creator))[\s>]|<header[\s>]\s{0,200}<identifier>\s*oai:"
    r"|purl\.org/dc/(?:elements|terms)"
)


def score(raw: Raw) -> float:
    """The envelope of the protocol, or a root element that is one of its payloads."""
    start = opening(raw.text)
    if start is None or start.name not in _ROOTS:
        return 0.0
    if start.name == "OAI-PMH" or start.name.startswith("arXiv"):
        return 0.97
    return 0.96 if _SIGNS.search(start.head) else 0.0


def read(raw: Raw) -> Parsed:
    """The papers of all records that are not deleted."""
    return read_records(raw, ("record", *_BARE), _paper, media_type="application/oai-pmh+xml")


def _paper(record: Record) -> Outcome | tuple[Outcome, ...]:
    element = record.element
    if element.tag in _FORMATS and element.tag != "record":
        return _FORMATS[str(element.tag)](element)
    if attribute(next(iter(children(element, "header")), element), "status") == "deleted":
        return ()
    metadata = child(element, "metadata")
    payload = next(iter(metadata), None) if metadata is not None else None
    if payload is None:
        payload = element if children(element, "title") else next(iter(children(element, *_FORMATS)), None)
    if payload is None:
        return None
    if payload.tag == "record" and children(payload, "datafield"):
        return marc_paper(payload)
    convert = _FORMATS.get(str(payload.tag))
    if convert is None or (payload.tag == "thesis" and not children(payload, "title")):
        inner = next(descend(payload, *_FORMATS), None)
        convert = _FORMATS[str(inner.tag)] if inner is not None else dublin_core_paper
        payload = inner if inner is not None else payload
    return convert(payload)


READER = Reader(
    name="oai",
    score=score,
    read=read,
    summary="OAI-PMH answers and their records: arXiv, arXivRaw, Dublin Core",
)
