"""The small facts of a record: years, dates, venues, DOIs, arXiv ids, addresses, subject categories."""

from __future__ import annotations

import re

from kg.text import collapse

__all__ = [
    "CATEGORY_CODES",
    "ORCID",
    "category",
    "find_arxiv_id",
    "find_date",
    "find_doi",
    "find_urls",
    "find_year",
    "split_venue",
]

_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'`{}|\\^\[\]（），。；]+"
    r"|(?<![\w/.@-])(?:github\.com|gitlab\.com|huggingface\.co|zenodo\.org|doi\.org|arxiv\.org|"
    r"bitbucket\.org)/[^\s<>\"'`{}|\\^\[\]]+",
    re.IGNORECASE,
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>{}|\\^`\[\]]+")
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org/(?:abs|pdf|html)/|\s*[:：]\s*|\s+(?:preprint\s+)?(?:arxiv\s*:\s*)?|/|\.))"
    r"((?:\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?(?!\d)",
    re.IGNORECASE,
)
ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
_YEAR = re.compile(r"(?<![\d.,])(?:19[5-9]\d|20[0-3]\d)(?![\d.,]*\d|[%x×])")
_YEAR_MONTH = re.compile(r"(?<![\d.,/])(?:19[5-9]\d|20[0-3]\d)[./-](?:0?[1-9]|1[0-2])(?![\d.]*\d)")
_SHORT_YEAR = re.compile(r"\s?['’]\s?(\d\d)\b|(?<=[A-Z])-(0\d|[12]\d)\b(?!\d)")
_MONTHS = {
    name: number + 1
    for number, names in enumerate(
        [
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ]
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_OPEN = re.compile(r"\b(?:of|the|at|in|on|der|des|de|du)\Z", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](0?[1-9]|1[0-2])[-/.](3[01]|[12]\d|0?[1-9])(?!\d)")
_MDY = re.compile(
    rf"{_MONTH}\s*(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\s*,?\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_DMY = re.compile(
    rf"(?<!\d)(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\.?\s*(?:of\s+)?{_MONTH}\s*,?\s*((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_EAST = re.compile(r"((?:19|20)\d\d)\s?年\s?(1[0-2]|0?[1-9])\s?月\s?(3[01]|[12]\d|0?[1-9])\s?日")

_ARCHIVES = {
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA "
    "NE NI OH OS PF PL "
    "RO SC SD SE SI SY",
    "eess": "AS IV SP SY",
    "stat": "AP CO ME ML OT TH",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "econ": "EM GN TH",
    "astro-ph": "CO EP GA HE IM SR",
}
_CODE_ARCHIVES: dict[str, tuple[str, ...]] = {
    code: tuple(archive for archive, codes in _ARCHIVES.items() if code in codes.split())
    for code in sorted({code for codes in _ARCHIVES.values() for code in codes.split()})
}
CATEGORY_CODES = frozenset(_CODE_ARCHIVES)


def find_urls(text: str) -> tuple[str, ...]:
    """Addresses in order of appearance, each once, without the punctuation that ends a sentence.

    >>> find_urls("see (https://a.org/x_(y)), or https://b.org.")
    ('https://a.org/x_(y)', 'https://b.org')
    """
    found: dict[str, None] = {}
    for match in _URL.finditer(text):
        found[_trimmed(match.group())] = None
    return tuple(found)


def _trimmed(url: str) -> str:
    while url:
        if url[-1] in ".,;:!?'\"”’*_~$…" or (url[-1] == ")" and url.count("(") < url.count(")")):
            url = url[:-1]
        else:
            break
    return url


def find_doi(text: str) -> str | None:
    """The first DOI, in lower case.

    >>> find_doi("https://doi.org/10.1145/3352460.3358269.")
    '10.1145/3352460.3358269'
    """
    match = _DOI.search(text)
    return _trimmed(match.group()).lower() if match else None


def find_arxiv_id(text: str) -> str | None:
    """The first arXiv identifier that is named as one, without its version.

    >>> find_arxiv_id("arXiv:2007.15919v2 [cs.LG]")
    '2007.15919'
    """
    match = _ARXIV.search(text)
    return match.group(1) if match else None


def find_year(text: str) -> int | None:
    """The first plausible year of publication."""
    match = _YEAR.search(text) or _YEAR_MONTH.search(text)
    return int(match.group()[:4]) if match else None


def find_date(text: str) -> str | None:
    """The first complete date, as YYYY-MM-DD.

    >>> find_date("LGJul 17, 2024"), find_date("3rd March 2021"), find_date("2019")
    ('2024-07-17', '2021-03-03', None)
    """
    for pattern, order in ((_ISO, "ymd"), (_EAST, "ymd"), (_MDY, "mdy"), (_DMY, "dmy")):
        match = pattern.search(text)
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            month = parts["m"].lower()
            number = int(month) if month.isdigit() else _MONTHS[month]
            return f"{int(parts['y']):04}-{number:02}-{int(parts['d']):02}"
    return None


def category(code: str) -> str:
    """The arXiv category of a bare code where only one archive has it or computer science does; else as
    printed.

    >>> category("LG"), category("IV"), category("AP")
    ('cs.LG', 'eess.IV', 'AP')
    """
    archives = _CODE_ARCHIVES.get(code, ())
    if len(archives) == 1:
        return f"{archives[0]}.{code}"
    if "cs" in archives and code not in {"IT", "NA", "SY"}:
        return f"cs.{code}"
    return code


def split_venue(text: str) -> tuple[str | None, int | None]:
    """The name of a venue without its year, and the year.

    >>> split_venue("MICRO, 2019"), split_venue("HPCA'19"), split_venue("2018 ISCA")
    (('MICRO', 2019), ('HPCA', 2019), ('ISCA', 2018))
    """
    value = collapse(text)
    match = _YEAR.search(value) or _YEAR_MONTH.search(value)
    short = None if match else _SHORT_YEAR.search(value)
    year = None
    if match:
        year = int(match.group()[:4])
        value = _cut_out(value, match.start(), match.end())
    elif short:
        number = int(short.group(1) or short.group(2))
        year = (1900 if number >= 60 else 2000) + number
        value = _cut_out(value, short.start(), short.end())
    value = re.sub(r"\(\s*\)|\[\s*\]", " ", value)
    value = re.sub(r"[*_]{1,3}", "", value) if value.count("*") + value.count("_") > 1 else value
    name = collapse(value).strip(" ,.;:-–—()*|@'’")
    return (f"{name})" if name.count("(") > name.count(")") else name) or None, year


def _cut_out(value: str, start: int, end: int) -> str:
    """The part before the year, or after it where nothing stands before it."""
    before = value[:start].strip(" ,.;:-–—([@'’")
    if _OPEN.search(before) and value[end:].strip(" ,.;:"):
        return f"{before} {value[end:]}"
    return before + (")" if before.count("(") > before.count(")") else "") if before else value[end:]
