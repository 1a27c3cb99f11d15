"""The frozen values that travel between the stages.

Offsets are Unicode code points, start inclusive and end exclusive. Values hold plain data only (no spaCy
objects, no open files), so they can be pickled, compared and written to tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = [
    "BOUNDS",
    "ENTITY_TYPES",
    "LONGEST_READ",
    "PREDICATES",
    "RELATION_KINDS",
    "ROLES",
    "ROLE_EDGES",
    "WORK_FIELDS",
    "Author",
    "Authorship",
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "Family",
    "Link",
    "Mention",
    "Merge",
    "Paper",
    "Reference",
    "Relation",
    "Result",
    "fields_of",
]

ENTITY_TYPES = ("method", "model", "hardware", "dataset", "metric", "task", "tool")
ROLES = ("proposed", "used", "baseline", "evaluated_on", "measured", "target", "mentioned")
# What an edge from a paper is called, by the role that the paper gives the thing; the strongest role first.
ROLE_EDGES = {
    "proposed": "proposes",
    "baseline": "compares_with",
    "evaluated_on": "evaluated_on",
    "measured": "measures",
    "target": "targets",
    "used": "uses",
    "mentioned": "mentions",
}
# The fields of a work that come from its records; each has a column "<field>_from" with the paper id.
WORK_FIELDS = ("title", "authors", "venue", "year", "date", "doi", "arxiv_id", "url", "abstract")
RELATION_KINDS = ("used_for", "runs_on", "evaluated_on", "compared_with", "part_of", "is_a")
PREDICATES = ("improves", "reduces", "achieves", "costs", "limits")
BOUNDS = ("exact", "up_to", "at_least", "more_than", "less_than", "approx", "range")

# Characters of a text that the NLP reads at once; what an abstract has beyond them is not read.
LONGEST_READ = 50_000

Status = Literal["ok", "empty", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source file as decoded text. ``document_id`` is the sha256 of its bytes (of its path, where none can
    be read)."""

    document_id: str
    path: str
    media_type: str = ""
    encoding: str = ""
    reader: str = ""
    papers: int = 0
    status: Status = "ok"
    error: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorship:
    """One name of a byline, as printed."""

    name: str
    affiliation: str | None = None
    orcid: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entry of a paper's reference list: what identifies the cited work, as far as the entry gives it.

    ``url`` is an address that names the work (an OpenAlex id, a landing page); it cites a paper with the same
    address. ``start`` and ``end`` are offsets into the document's text; None where a structured format has no
    span.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    url: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """What bylines resolve to. ``aliases`` holds every name as printed, the preferred one too."""

    author_id: str
    name: str
    orcid: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A bibliographic work as one record of one document gives it.

    ``title_start`` to ``abstract_end`` are offsets into the document's text; they are None where a structured
    format has no plain span. ``position`` counts the records of the document from 0. ``body`` is the running
    text behind the abstract (headings and paragraphs, one empty line between them; no references, no
    acknowledgements, no tables), None unless a full text was read; a build keeps it on ``--full-text`` only.
    A reader leaves the ids and the position blank.
    """

    paper_id: str = ""
    document_id: str = ""
    position: int = 0
    title: str | None = None
    authors: tuple[Authorship, ...] = ()
    venue: str | None = None
    year: int | None = None
    date: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    url: str | None = None
    urls: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str | None = None
    abstract: str | None = None
    body: str | None = None
    references: tuple[Reference, ...] = ()
    title_start: int | None = None
    title_end: int | None = None
    abstract_start: int | None = None
    abstract_end: int | None = None

    @property
    def text(self) -> str:
        """What the NLP reads: title, blank line, abstract (and body, where there is one). Every offset of an
        extraction points into it."""
        return "\n\n".join(part for part in (self.title, self.abstract, self.body) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The characters that say so: ``quote == paper.text[start:end]``."""

    paper_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A typed span: ``text == paper.text[start:end]``.

    All mentions of one form within a paper carry the same type and the same role.
    """

    paper_id: str
    start: int
    end: int
    text: str
    type: str
    role: str = "mentioned"
    confidence: float = 0.0
    extractors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """Two mentions and what a sentence says about them."""

    head: Mention
    kind: str
    tail: Mention
    evidence: Evidence
    confidence: float = 0.0
    extractors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A quantified claim, n-ary. ``low`` and ``high`` are in ``unit`` (30 and "%", 1.5 and "x").

    ``subject`` is None where the text names no system. ``polarity`` says whether the claim speaks for the
    subject: positive, negative or neutral.
    """

    subject: Mention | None
    predicate: str
    metric: str
    metric_mention: Mention | None
    value: str
    low: float
    high: float
    unit: str
    bound: str
    baseline: Mention | None
    dataset: Mention | None
    hardware: Mention | None
    polarity: str
    evidence: Evidence
    confidence: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was read out of one paper. ``abbreviations`` are (short form, long form) as printed."""

    paper_id: str
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
    abbreviations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What mentions resolve to. ``aliases`` holds every surface form as printed, the name too."""

    entity_id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    papers: int = 0
    mentions: int = 0
    same_as: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why a mention belongs to an entity: the rule that merged it, and how sure the rule is."""

    mention_id: str
    entity_id: str
    rule: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A form that was joined to an entity under another form: by which rule, and where the form stands.

    ``form`` and ``into`` are as printed; ``start`` and ``end`` are offsets into the text of the paper.
    """

    entity_id: str
    form: str
    into: str
    rule: str
    score: float
    paper_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A link between entities that a rule derived: a version and its family (``kind`` is "is_a")."""

    head_id: str
    kind: str
    tail_id: str
    rule: str
    score: float


def fields_of(value: object) -> dict[str, Any]:
    """The fields of one of these values by name, as they are (``dataclasses.asdict`` copies what is in them,
    at ten times the cost)."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}  # type: ignore[attr-defined]
