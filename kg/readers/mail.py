"""Mails (RFC 5322 with MIME), mailboxes (mbox), and pages saved as MHTML: the papers that their texts list.

Of alternatives the one that more papers are found in counts. Attachments are named in a note and not opened;
quotation marks before lines, signatures and headers are no text. A mail's chat about work is no abstract, so
only records with a title count.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.header import decode_header
from email.message import Message

from kg.errors import KGError, ReadError
from kg.readers.assemble import papers_from
from kg.readers.base import Parsed, Raw, Reader
from kg.readers.decode import decode
from kg.readers.latex_text import latex_to_text, tex_accents
from kg.readers.markup import make_view
from kg.readers.page import make_page
from kg.readers.pages import read_page
from kg.text import collapse
from kg.types import Paper

__all__ = ["READER"]

MEDIA_TYPE = "message/rfc822"
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?([^\n]*)")
_SURE_WORDS = """
    message-id mime-version received return-path delivered-to content-type content-transfer-encoding
    list-id dkim-signature in-reply-to reply-to authentication-results x-mailer x-originating-ip list-
    unsubscribe arc-seal snapshot-content-location x-gm-message-state thread-topic received-spf
"""
_SURE = frozenset(_SURE_WORDS.split())
_USUAL = frozenset(["from", "to", "cc", "subject", "date", "sender"])
_BOX = re.compile(
    rb"(?:\A|\n\r?\n)(From [^\n]{0,200}\d{4}[^\n]{0,40}\r?\n)(?=[A-Za-z][A-Za-z0-9-]{1,60}:|>From )"
)
_QUOTED = re.compile(r"^(?:[ \t]?>)+[ \t]?", re.MULTILINE)
_FROM = re.compile(r"^>(?=From )", re.MULTILINE)
_SIGNATURE = re.compile(r"\n-- \n[\s\S]{0,1500}\Z")
_MAX_MESSAGES = 50_000
_MAX_PARTS = 200
_LONGEST_SUBJECT = 400
_ANSWER = re.compile(r"\A\s*(?:(?:re|fwd?|aw|wg|tr|转发|答复)\s*:\s*)+", re.IGNORECASE)
_MAX_TEXT = 16 * 1024 * 1024
_MAX_NOTES = 20
_MAX_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a mail and the papers in it, with offsets into the text."""

    text: str
    papers: tuple[Paper, ...]


def score(raw: Raw) -> float:
    """Whether the text begins with the headers of a mail, or with the line that opens a mailbox."""
    head = raw.text[:16_000].lstrip("\ufeff")
    lines = head.split("\n", 60)[:60]
    boxed = re.match(r"From \S+.{0,80}\d{4}", lines[0]) is not None
    lines = lines[1:] if boxed else lines
    names: list[tuple[str, str]] = []
    for line in lines:
        header = _HEADER.match(line)
        if header:
            names.append((header[1].lower(), header[2]))
        elif not (names and line[:1] in (" ", "\t") and line.strip()):
            break
    sure = sum(1 for name, _ in names if name in _SURE)
    usual = {name for name, _ in names if name in _USUAL}
    written = any(name == "from" and "@" in value for name, value in names)
    if boxed and (sure or len(usual) > 1):
        return 0.97
    if sure and (len(usual) > 1 or sure > 2):
        return 0.96
    return 0.85 if written and len(usual) > 2 else 0.0


def read(raw: Raw) -> Parsed:
    """The papers of all mails in their order; offsets point into the text that is made of the mails."""
    data = (
        raw.data
        if not raw.encoding.startswith("utf-16") and raw.data
        else raw.text.encode("utf-8", "replace")
    )
    if len(data) > _MAX_BYTES:
        raise ReadError(f"a mailbox of more than {_MAX_BYTES // 2**20} MiB; split it")
    notes: list[str] = []
    parts: list[str] = []
    papers: list[Paper] = []
    length = 0
    for number, source in enumerate(_messages(data.lstrip(b"\xef\xbb\xbf")), 1):
        if number > _MAX_MESSAGES:
            notes.append(f"more than {_MAX_MESSAGES} mails; the rest was left out")
            break
        try:
            message = email.message_from_bytes(source)
            texts = _texts(message, notes, _subject(message))
        except (KGError, RecursionError, ValueError, LookupError, AssertionError, TypeError) as error:
            deep = isinstance(error, RecursionError)
            why = "parts within parts too deeply" if deep else type(error).__name__
            notes.append(f"mail {number}: cannot be read ({why}); save its text")
            continue
        for found in texts:
            papers += (_moved(paper, length) for paper in found.papers)
            parts.append(found.text)
            length += len(found.text) + 2
    told = tuple(notes[:_MAX_NOTES]) + (
        (f"and {len(notes) - _MAX_NOTES} more",) if len(notes) > _MAX_NOTES else ()
    )
    return Parsed(papers=_unique(papers), notes=told, media_type=MEDIA_TYPE, text="\n\n".join(parts))


def _messages(data: bytes) -> Iterator[bytes]:
    marks = list(_BOX.finditer(data))
    if not data.startswith(b"From ") or not marks:
        yield data
        return
    stops = [mark.start(1) for mark in marks[1:]] + [len(data)]
    for mark, stop in zip(marks, stops, strict=True):
        yield data[mark.end(1) : stop]


def _texts(message: Message, notes: list[str], subject: str) -> list[_Text]:
    """The texts of a mail in their order; of alternatives the best one."""
    found: list[_Text] = []
    pending: list[tuple[Message, int]] = [(message, 0)]
    seen = 0
    while pending:
        part, depth = pending.pop(0)
        seen += 1
        if seen > _MAX_PARTS or depth > 20:
            notes.append("a mail of too many parts; the rest of it was left out")
            break
        kind = part.get_content_type()
        name = part.get_filename()
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list):
            children = [child for child in inner if isinstance(child, Message)]
            if kind == "multipart/alternative":
                readings = [_texts(child, notes, subject) for child in children]
                found += max(readings, key=lambda texts: sum(len(text.papers) for text in texts), default=[])
            elif kind == "multipart/related":
                pending[:0] = [(child, depth + 1) for child in _pages(children)]
            else:
                pending[:0] = [(child, depth + 1) for child in children]
        elif kind not in ("text/plain", "text/html") or (
            name and part.get_content_disposition() == "attachment"
        ):
            if name:
                notes.append(
                    f"attachment {collapse(_header(name))[:80]!r} was not opened; save it and add it"
                )
        elif (text := _text(part)) is not None:
            found.append(_read_html(text, subject) if kind == "text/html" else _read_plain(text, subject))
    return found


def _subject(message: Message) -> str:
    """What a mail is about, without the marks of answers."""
    return collapse(_ANSWER.sub("", _header(str(message.get("Subject", ""))[:_LONGEST_SUBJECT])))


def _pages(children: list[Message]) -> list[Message]:
    """Of a page and its pictures the page; of a saved web page without its frames and styles."""
    return [
        child
        for child in children
        if child.get_content_type() in ("text/html", "text/plain") or child.is_multipart()
    ][:3]


def _text(part: Message) -> str | None:
    """The decoded text of a part, line ends made LF; None for none."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    payload = payload[:_MAX_TEXT]
    charset = part.get_content_charset() or ""
    try:
        text = payload.decode(charset) if charset else decode(payload)[0]
    except (LookupError, UnicodeDecodeError, ReadError):
        try:
            text = decode(payload)[0]
        except ReadError:
            text = payload.decode("cp1252", "replace")
    return re.sub(r"\r\n?", "\n", text)


def _header(value: str) -> str:
    """A header with its encoded words decoded (RFC 2047)."""
    try:
        parts = decode_header(value)
    except ValueError:
        return value
    return "".join(
        part
        if isinstance(part, str)
        else part.decode(charset if charset and _known(charset) else "utf-8", "replace")
        for part, charset in parts
    )


def _known(charset: str) -> bool:
    try:
        "".encode(charset)
    except LookupError:
        return False
    return True


def _read_plain(text: str, subject: str = "") -> _Text:
    text = _SIGNATURE.sub("\n", _FROM.sub("", text))
    if len(_QUOTED.findall(text)) * 3 > text.count("\n"):
        text = _QUOTED.sub("", text)
    text = tex_accents(text)
    papers = papers_from(read_page(make_page(text, about=(subject,) if subject else ())), text)
    return _Text(text, tuple(_without_tex(paper) for paper in papers if paper.title))


def _without_tex(paper: Paper) -> Paper:
    """The paper with LaTeX in its texts as a person reads it; such a text has no span."""
    title, abstract = _plain(paper.title), _plain(paper.abstract)
    if title != paper.title:
        paper = replace(paper, title=title, title_start=None, title_end=None)
    if abstract != paper.abstract:
        paper = replace(paper, abstract=abstract, abstract_start=None, abstract_end=None)
    return paper


def _plain(text: str | None) -> str | None:
    return latex_to_text(text) if text and ("\\" in text or "$" in text) else text


def _read_html(source: str, subject: str = "") -> _Text:
    view = make_view(source)
    about = (subject,) if subject else ()
    page = make_page(view.text, view.lines, marks=view.marks, about=about)
    papers = papers_from(read_page(page), view.text)
    return _Text(view.text, tuple(_collapsed(paper) for paper in papers if paper.title))


def _collapsed(paper: Paper) -> Paper:
    """Line ends within a field mean nothing in HTML; a span stays only where it still is the field."""
    title = collapse(paper.title or "")
    abstract = re.sub(r" *\n\s*", "\n\n", paper.abstract) if paper.abstract else None
    kept = replace(paper, title=title, abstract=abstract)
    if title != paper.title:
        kept = replace(kept, title_start=None, title_end=None)
    return kept if abstract == paper.abstract else replace(kept, abstract_start=None, abstract_end=None)


def _moved(paper: Paper, shift: int) -> Paper:
    def at(offset: int | None) -> int | None:
        return None if offset is None else offset + shift

    return replace(
        paper,
        title_start=at(paper.title_start),
        title_end=at(paper.title_end),
        abstract_start=at(paper.abstract_start),
        abstract_end=at(paper.abstract_end),
    )


def _unique(papers: list[Paper]) -> tuple[Paper, ...]:
    """The papers without those that an answer quotes once more."""
    seen: dict[tuple[str | None, str | None], Paper] = {}
    for paper in papers:
        seen.setdefault((paper.title, paper.abstract), paper)
    return tuple(seen.values())


READER = Reader(
    name="mail",
    score=score,
    read=read,
    summary="mails, mailboxes and MHTML pages: digests, alerts, lists of abstracts",
)
