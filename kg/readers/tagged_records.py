"""Tagged bibliographic files -> records: which dialect a file is in, and its tags and values in their order.

The dialects: RIS (specification of Research Information Systems, 2001 and 2011), PubMed's nbib (NLM,
"MEDLINE display format"), the field tagged file of Web of Science (ISI), refer as EndNote writes it, and
RefWorks. Lines that carry no tag go on the value before them. A record that is never closed ends where the
next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

__all__ = ["DIALECTS", "MAX_PAIRS", "Dialect", "Record", "dialect_of", "read_records"]

_HEAD = 12_000
_EMPTY_LINE = re.compile(r"\n[ \t\r]*(?:\n|\Z)")


@dataclass(slots=True)
class Record:
    """Tags and values in their order, with the lines of a value as they are, and where the record stands."""

    start: int
    end: int = 0
    pairs: list[tuple[str, str]] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)

    def add(self, tag: str, value: str) -> None:
        """One more tag with its value."""
        self.pairs.append((tag, value))
        if value:
            self.values.setdefault(tag, []).append(value)

    def all(self, *tags: str) -> list[str]:
        """Every value of the tags, tag by tag."""
        return [value for tag in tags for value in self.values.get(tag, ())]

    def first(self, *tags: str) -> str:
        """The first value of the first of the tags that has one; "" where none has."""
        for tag in tags:
            if tag in self.values:
                return self.values[tag][0]
        return ""

    def has(self, tag: str) -> bool:
        """Whether the tag is there with a value."""
        return tag in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a dialect looks: the tags of a line, what the head of a file must show, and when a tag begins a new
    record (given the tag, the record so far, and whether an empty line stands between)."""

    name: str
    media_type: str
    line: re.Pattern[str]
    sign: re.Pattern[str]
    opens: Callable[[str, Record, bool], bool]
    ends: frozenset[str] = frozenset()
    least: int = 2
    first: bool = False


def _lines(tag: str, before: str, value: str = r"[^\r\n]*") -> re.Pattern[str]:
    """A tag with its value and the lines behind it that open with no tag."""
    return re.compile(rf"(?m)^\ufeff?({tag}){before}({value}(?:\r?\n(?!{tag}{before})[^\r\n]*)*)")


def _opens_ris(tag: str, _record: Record, _blank: bool) -> bool:
    return tag == "TY"


def _opens_nbib(tag: str, record: Record, blank: bool) -> bool:
    return (tag == "PMID" and record.has("PMID")) or (blank and record.has("TI"))


def _opens_isi(tag: str, record: Record, blank: bool) -> bool:
    return tag == "PT" and (blank or record.has("TI") or record.has("PT"))


def _opens_refer(tag: str, record: Record, blank: bool) -> bool:
    if tag == "0" and not blank:
        return record.has("0")
    return (
        blank
        and record.has("T")
        and (tag in {"0", "T", "A", "F", "L"} or (record.has(tag) and tag not in "KEU"))
    )


def _opens_refworks(tag: str, _record: Record, _blank: bool) -> bool:
    return tag == "RT"


MAX_PAIRS = 50_000
"""More fields than any record has; the largest collaborations have 15,000 authors."""

DIALECTS = (
    Dialect(
        name="ris",
        media_type="application/x-research-info-systems",
        line=_lines("[A-Z][A-Z0-9]", "  -(?=[ \r\n]|$) ?"),
        sign=re.compile(r"(?m)^\ufeff?TY  -[ ]?[A-Za-z]"),
        opens=_opens_ris,
        ends=frozenset({"ER"}),
    ),
    Dialect(
        name="ris",
        media_type="application/x-research-info-systems",
        line=_lines(r"[A-Z][A-Z0-9]", r"[ \t]{0,3}-(?=[ \t\r\n]|$)[ \t]?"),
        sign=re.compile(r"(?m)^\ufeff?TY[ \t]{0,3}-[ \t]*[A-Za-z]{3,}\b"),
        opens=_opens_ris,
        ends=frozenset({"ER"}),
    ),
    Dialect(
        name="nbib",
        media_type="application/nbib",
        line=_lines(r"[A-Z]{2}[A-Z ]{2}", "- ?"),
        sign=re.compile(r"(?m)^\ufeff?PMID- ?\d"),
        opens=_opens_nbib,
    ),
    Dialect(
        name="isi",
        media_type="application/x-isi-export",
        line=_lines(r"[A-Z][A-Z0-9]", r"(?=[ \r\n]|$) ?"),
        sign=re.compile(r"\A[\ufeff\s]*(?:FN [^\n]*\n|VR 1[^\n]*\n|PT [JBSPC]\b)"),
        opens=_opens_isi,
        ends=frozenset({"ER", "EF"}),
        first=True,
    ),
    Dialect(
        name="refworks",
        media_type="application/x-refworks",
        line=_lines(r"[A-Z][A-Z0-9]", r"(?=[ \r\n]|$) ?"),
        sign=re.compile(r"(?m)\A[\ufeff\s]*(?:<[^<>\n]{0,40}>\s*)?RT [A-Z][a-z]+"),
        opens=_opens_refworks,
        first=True,
    ),
    Dialect(
        name="refer",
        media_type="application/x-endnote-refer",
        line=_lines(r"%[0-9A-Z@!$&()*+<=>?\[\]^~|]", r"(?=[ \t\r\n]|$)[ \t]?"),
        sign=re.compile(r"\A[\ufeff\s]*%[0-9A-Z@!] \S"),
        opens=_opens_refer,
        least=3,
        first=True,
    ),
)  # fmt: skip


def dialect_of(text: str) -> Dialect | None:
    """The dialect that the head of a text is in; None where it is in none."""
    head = with_newlines(text[:_HEAD])
    if head.lstrip("\ufeff \t\r\n")[:1] in ("<", "{", "[", "@", "") and not head.lstrip().startswith(
        "<RefWorks"
    ):
        return None
    for dialect in DIALECTS:
        sign = dialect.sign.search(head)
        if sign is None or head.count("\n\n", 0, sign.start()) > 15:
            continue
        tags = {match[1] for match in dialect.line.finditer(head, sign.start())}
        if len(tags) > dialect.least and (dialect.name != "refer" or "%T" in tags):
            return dialect
    return None


def read_records(text: str, dialect: Dialect) -> Iterator[Record]:
    """The records in their order; what has more than MAX_PAIRS fields keeps one more than that."""
    record: Record | None = None
    blank = closed = False
    for match in dialect.line.finditer(with_newlines(text)):
        tag = match[1].strip(" %")
        if record is None or closed or dialect.opens(tag, record, blank):
            if record is not None and record.pairs:
                yield record
            record, closed = Record(match.start()), False
        value = match[2]
        blank = value.endswith("\n") or (
            value[-2:].isspace() and _EMPTY_LINE.search(value, len(value.rstrip())) is not None
        )
        if tag in dialect.ends:
            closed = True
            continue
        if len(record.pairs) <= MAX_PAIRS:
            record.add(tag, value.strip())
        record.end = match.end()
    if record is not None and record.pairs:
        yield record


def with_newlines(text: str) -> str:
    """The text with the line ends of old Macs as newlines; offsets stay."""
    return text.replace("\r", "\n") if "\r" in text and "\n" not in text else text
