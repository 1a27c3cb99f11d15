"""What a known origin of JSON records is: how its records are told, and what their fields mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.readers.record_text import as_texts
from kg.readers.structured import Fields

__all__ = ["Record", "RecordSource", "objects", "unpaperlike"]

Record = Mapping[str, Any]

_NO_PAPERS = frozenset(
    [
        "dataset", "datasets", "data", "software", "computerprogram", "softwaresourcecode", "artwork",
        "patent", "attachment", "note", "annotation", "journal", "journalissue", "journalvolume",
        "proceedings", "proceedingsseries", "bookseries", "bookset", "reportseries", "component",
        "peerreview", "grant", "database", "figure", "graphic", "image", "interactiveresource", "film",
        "video", "videorecording", "audio", "sound", "audiorecording", "audiovisual", "song", "map",
        "motionpicture", "broadcast", "tvbroadcast", "radiobroadcast", "televisionbroadcast", "podcast",
        "email", "instantmessage", "personalcommunication", "case", "legalcase", "statute",
        "bill", "legislation", "regulation", "treaty", "hearing", "performance", "periodical",
        "collection", "event", "physicalobject", "service", "workflow", "model", "instrument", "award",
        "project", "paratext", "supplementarymaterials", "libguides", "libguide", "editorship",
        "dataandartifacts", "reportcomponent", "computernotebook", "studyregistration",
        "outputmanagementplan", "lesson", "courses", "course", "person", "organization", "website",
        "datacatalog", "musicalscore", "virtualissue", "newsitem",
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSource:
    """``matches(record)`` tells by its keys, cheaply, whether a record is one of this source;
    ``fields(record)`` gives its Fields, or the word for what it is instead of a paper ("dataset")."""

    name: str
    matches: Callable[[Record], bool]
    fields: Callable[[Record], Fields | str]


def unpaperlike(*kinds: Any) -> str | None:
    """The first of these types of a record that is no literature.

    >>> unpaperlike("journal-article", ["Journal Article"]), unpaperlike("https://schema.org/Dataset")
    (None, 'Dataset')
    """
    for kind in kinds:
        for text in as_texts(kind):
            name = text.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
            if re.sub(r"[\W_]", "", name).lower() in _NO_PAPERS:
                return name
    return None


def objects(value: Any) -> list[Record]:
    """The objects in a list, or the object that stands in place of a list of one.

    >>> objects([{"a": 1}, 2]), objects({"a": 1}), objects("a")
    ([{'a': 1}], [{'a': 1}], [])
    """
    if isinstance(value, Mapping):
        return [value]
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
