r"""Where and when a LaTeX source says it appears: commands of its class, options of packages, dates.

A package of a conference counts only where it is told that the paper is accepted (``[final]``): before that
it is where the paper was sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.readers.citations import venue_name
from kg.readers.fields import find_arxiv_id, find_date, find_doi, find_year, split_venue
from kg.readers.latex_text import latex_to_text
from kg.readers.tex_source import Command, Source, expanded
from kg.text import collapse

__all__ = ["Venue", "read_venue"]

_WORDS = """
    acmConference acmBooktitle acmJournal acmYear copyrightyear acmDOI doi DOI journal journalname
    journaltitle EventLongTitle EventShortTitle EventYear confName confYear date pubyear publicationyear
    arxiv eprint preprint arxivnumber jmlrheading jmlrvolume jmlrworkshop conferenceinfo conference
    JournalTitle Journal shortjournal
"""
_PRINTED = (
    "acmConference", "EventShortTitle", "EventLongTitle", "acmJournal", "journal", "journalname",
    "journaltitle", "JournalTitle", "Journal", "confName", "conference", "acmBooktitle",
)  # fmt: skip
_COMMANDS = frozenset(_WORDS.split())
_PACKAGE = re.compile(
    r"\\usepackage\s?\[([^\]]{0,200})\]\s?\{(neurips|nips|icml|iclr|aaai|ijcai|mlsys|acl|corl|colm|aistats|uai|tmlr)"
    r"_?(\d{2,4})?[\w.]{0,20}\}",
    re.IGNORECASE,
)
_LIST = re.compile(r"\\(?:begin\s?\{thebibliography\}|bibitem)|\\section\*?\s?[\[{]")
_ACCEPTED = re.compile(r"\b(?:final|accepted|camera-?ready)\b")
_SENT = re.compile(r"submi|preprint|review|received|accepted|draft", re.IGNORECASE)
_NAMES = {
    "neurips": "NeurIPS", "nips": "NIPS", "icml": "ICML", "iclr": "ICLR", "aaai": "AAAI", "ijcai": "IJCAI",
    "mlsys": "MLSys", "acl": "ACL", "corl": "CoRL", "colm": "COLM", "aistats": "AISTATS", "uai": "UAI",
    "tmlr": "TMLR",
}  # fmt: skip
_PLACEHOLDER = re.compile(
    r"[xn]{4,}|1122445|conference acronym|make sure to enter|journal name|conference'?17", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Venue:
    """What a source says of its publication; None where it does not."""

    name: str | None = None
    year: int | None = None
    date: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None


def read_venue(source: Source, macros: dict[str, str]) -> Venue:
    """Venue without its year, year, date, DOI and arXiv id."""
    told: dict[str, str] = {}
    listed = _LIST.search(source.text)
    for command in source.commands(_COMMANDS, most=2):
        if listed and command.start > listed.start():
            break
        text = _text(command, macros)
        if text and not _PLACEHOLDER.search(text):
            told.setdefault(command.name, text)
    for key in ("confName", "confYear"):
        if key in macros:
            told.setdefault(key, latex_to_text(macros[key]))
    name, year = _named(source, told)
    dated = "" if _SENT.search(told.get("date", "")) else told.get("date", "")
    date = find_date(dated)
    years = [told.get(key, "") for key in ("acmYear", "copyrightyear", "EventYear", "confYear", "pubyear")]
    given = next((found for text in years if (found := find_year(text))), None)
    ids = " ".join(told.get(key, "") for key in ("arxiv", "eprint", "preprint", "arxivnumber"))
    return Venue(
        name=name,
        year=given or year or find_year(dated),
        date=date if given is None or (date and date.startswith(str(given))) else None,
        doi=find_doi(" ".join(told.get(key, "") for key in ("acmDOI", "doi", "DOI"))),
        arxiv_id=find_arxiv_id(ids) or find_arxiv_id(f"arXiv:{ids.strip()}"),
    )


def _text(command: Command, macros: dict[str, str]) -> str:
    if not command.arguments:
        return ""
    texts = [collapse(latex_to_text(expanded(argument, macros))) for argument in command.arguments]
    if command.name in ("acmConference", "EventLongTitle"):
        short = collapse(latex_to_text(command.options[0])) if command.options else ""
        short = venue_name(short) or ""
        return f"{texts[0]} ({short})" if short and short not in texts[0] else texts[0]
    return texts[0]


def _named(source: Source, told: dict[str, str]) -> tuple[str | None, int | None]:
    text = next((told[key] for key in _PRINTED if told.get(key)), None)
    if text:
        if _SENT.search(text) or len(text) > 200:
            return None, None
        return venue_name(text), split_venue(text)[1]
    if "jmlrheading" in told:
        return "Journal of Machine Learning Research", None
    match = _PACKAGE.search(source.text)
    if match and _ACCEPTED.search(match[1]):
        year = match[3] or ""
        return _NAMES[match[2].lower()], find_year(f"20{year}" if len(year) == 2 else year)
    if r"\iclrfinalcopy" in source.text:
        iclr = re.search(r"\{iclr(20\d\d)_", source.text)
        return "ICLR", int(iclr[1]) if iclr else None
    return None, None
