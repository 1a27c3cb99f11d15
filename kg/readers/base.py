"""What a reader is: a value with a name, a score for how well a document suits it, and a function that reads
it.

Readers are found by the entry points ``kg.readers``; a new format is one new file and one line there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.types import Document, Paper

__all__ = ["Parsed", "Raw", "Reader", "Reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A document before it is understood: where it came from, its bytes, and its bytes as text.

    ``text`` is empty where the bytes are no text (PDF, office documents, EPUB); ``media_type`` then names
    what they are.
    """

    path: str
    data: bytes
    text: str
    encoding: str
    media_type: str

    @property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; a small hint and never a proof."""
        name = self.path.rsplit("/", 1)[-1].lower().removesuffix(".gz")
        return name[name.rfind(".") :] if "." in name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The papers of a document in its order, with ids still blank, and what could not be read in it.

    ``media_type`` is the reader's own word for the form, where it knows better than the bytes do. ``text`` is
    the document's text where the reader makes it (of a PDF, of an office document): it becomes the text of
    the Document, and the offsets of the papers point into it.
    """

    papers: tuple[Paper, ...] = ()
    notes: tuple[str, ...] = ()
    media_type: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """``score(raw)`` is 0 (not mine) to 1 (certainly mine) and looks at the content first; ``read(raw)``
    reads.

    ``read`` may raise ReadError; any other error is a mistake of the reader and costs that document only.
    ``media_types`` are the kinds of bytes that it understands; most read text, whatever the form. ``summary``
    says in a line what it reads. A text of more than ``max_chars`` characters is refused. ``layouts`` gives
    the scores of the page layouts, where a reader knows several.
    """

    name: str
    score: Callable[[Raw], float]
    read: Callable[[Raw], Parsed]
    media_types: tuple[str, ...] = ("text/plain",)
    summary: str = ""
    max_chars: int = 192 * 2**20
    layouts: Callable[[Raw], Mapping[str, float]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document and the papers that were read out of it, numbered and with their ids."""

    document: Document
    papers: tuple[Paper, ...] = ()
