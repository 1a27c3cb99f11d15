"""What a venue looks like, and the venue and year in what stands behind a title or a byline."""

from __future__ import annotations

import re

from kg.readers.fields import find_year, split_venue
from kg.text import collapse

__all__ = [
    "accepted_at",
    "is_subject",
    "is_venue",
    "is_venue_line",
    "journal_issue",
    "venue_of",
    "with_acronym",
]

_WORDS = (
    r"proceedings|proc\b|journal|transactions|trans\b|conference|conf\b|symposium|symp\b|workshop|letters\b|"
    r"magazine|annals|bulletin|advances in|communications of|review(?:s)? (?:of|on|in)|"
    r"lecture notes|lncs\b|annual meeting|"
    r"congress|colloquium|arxiv|corr\b|biorxiv|medrxiv|ssrn|preprint|ph\.?\s?d\.? thesis|"
    r"master'?s thesis|dissertation|"
    r"technical report|tech\.? rep|pmlr|usenix|findings of|forum|acta|revista|zeitschrift|"
    r"int\.? j\.?|ieee|acm\b|"
    r"springer|elsevier|学报|会议|期刊|論文誌|nature\b|science\b|plos\b|frontiers in|openreview"
)
_VENUE = re.compile(rf"\b(?:{_WORDS})", re.IGNORECASE)
_ACRONYM = (
    r"(?:(?:IEEE|ACM|USENIX|IEEE/ACM|ACM/IEEE|EACL|"
    r"SIG[A-Z]+)[\s/]+)?[A-Z][A-Za-z]{0,6}[A-Z&+][A-Za-z&+]{0,9}(?:[-/ ][A-Z]{2,10}){0,2}"
)
_ISSUE = re.compile(
    rf"(?:{_ACRONYM}|[A-Z][a-z]{{2,12}}(?: [A-Z][a-z]{{2,12}}){{0,2}})[\s,(]*(?:(?:19|"
    rf"20)\d\d|['’]\s?\d\d)\b|{_ACRONYM}(?=\s*(?:[.,;:)(]|\Z|\d{{1,3}}[(:,]))"
)
_LEAD = re.compile(
    r"[\s.,;:()\[\]|·•–—*_\"”-]*(?:(?:to appear|published|accepted|appeared|appears|"
    r"presented|also|in press|submitted)\s*(?:in|at|to|by|as)?[:\s]\s*)?(?:(?:in|at|"
    r"on)[:\s]\s*)?(?:the\s)?",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"https?://\S+|\bdoi:?\s?10\.\S+|\bpp?\.?\s?\d{1,6}\s?[-–:]{1,2}\s?\d{1,6}|"
    r"\bpages?\s\d{1,6}(?:\s?[-–]{1,2}\s?\d{1,6})?|"
    r"\barticle(?: no\.?)? \w?\d+|(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d(?=\D*(?:19|20)\d\d)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\s*(?:\n|\[|\||;|(?:[,.(]\s*|(?<=\s))(?:vol(?:ume)?|no|issue|pp?|pages?|article|art|"
    r"ch(?:apter)?|series|ed(?:s|ited|itors?)?|isbn|doi)\b\.?\s?:?\s?[\dA-Z(]|"
    r"[,\s(]+(?:\d{1,2}\s)?(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|"
    r"dec)[a-z]{0,6}\.?\b[\s\d,–/-]*)?(?:(?:19|20)\d\d)\b|['’]\s?\d\d\b|"
    r",?\s\d{1,4}\s?(?:\(|:|,|;|\.|\Z)|\.\s+(?=[A-Z“\"])|\.?\Z|\s·\s|\s[–—]\s|(?<=\w)\s-\s|:\s?\d|\?)",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\b", re.IGNORECASE
)
_SHORT = re.compile(r"(?<=[A-Za-z])\s?['’]\s?(\d\d)\b")
_ABBREVIATION = re.compile(
    r"\b(?:proc|trans|conf|symp|int|intl|int'l|j|comput|sci|eng|syst|softw|technol|appl|"
    r"mach|learn|intell|pattern|anal|lett|commun|acad|natl|soc|am|phys|rev|adv|inf|med|"
    r"biol|chem|math|stat|eur|inst|res|electron|archit|circuits|des|netw|dep|univ|tech|"
    r"rep|ann|annu|workshop|vol|no)\Z",
    re.IGNORECASE,
)
_NO_VENUE = re.compile(
    r"(?:[^.,;\n]{0,60}\btrack\b\W*(?:\Z|\n)|sec\.|doi\b|pre-?print\b|new version|pdf|code|link|video|slides|"
    r"paper|poster|available|online|accessed|retrieved|equal|note|we |this |see |https?|"
    r"\d+$|accepted$|"
    r"to appear$|under review|submitted$|draft|corresponding|\*)",
    re.IGNORECASE,
)
_LONGEST = 240
_FEWEST_LETTERS = 3
_CLAUSES = re.compile(r";\s|(?:(?<=[^\W\d_]{3})|(?<=\d[\d)]))\.\s")
_SHORT_NAME = re.compile(r"\b[A-Z][A-Za-z]{2,9}\b")
_JOURNALS = re.compile(r"\b(?:journal|transactions|letters|magazine|tmlr|jmlr|tacl|pami)\b", re.IGNORECASE)
_OF = re.compile(
    r"\b(?:proceedings of|proc\.? (?:of|[A-Z])|journal (?:of|for|on)|transactions (?:on|"
    r"of)|trans\. |(?:conference|symposium|workshop|congress|colloquium|meeting) (?:on|of|"
    r"for)|"
    r"advances in|communications of|annals of|letters\b|magazine\b|bulletin of|"
    r"international (?:conference|journal|symposium|workshop)|"
    r"review of|acta |conférence|congrès|revue\b|colloque|actes (?:de|du)|zeitschrift für|"
    r"tagung|konferenz|jahrbuch|revista\b|anais\b|congreso|simposio|simpósio|congresso|"
    r"rivista|convegno|вестник|труды|конференци|известия|المجلة|مجلة|المؤتمر|논문지|학회지|学会誌|"
    r"lecture notes in|findings of|学报|会议论文集|論文誌|журнал)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"(?<=[,.;] )(?P<name>[^,.;()\n]{0,100}\b(?:Symposium|Conference|Workshop|Meeting|"
    r"Congress)\b[^,.;()\n]{0,80})\((?P<short>[A-Z][\w&-]*[A-Z]\w*)[\s'’-]{0,2}(?:(?:19|"
    r"20)?\d\d)\)"
)
_YEARED = re.compile(
    rf"(?:in\s)?(?:the\s)?(?:\d{{1,3}}(?:st|nd|rd|th)\s)?(?:(?:19|"
    rf"20)\d\d\s+)?(?P<name>{_ACRONYM}|(?:arXiv|bioRxiv|medRxiv)(?:\s[Pp]reprint)?|"
    rf"(?:[A-Z][\w&-]*\s){{1,6}}?|[A-Z]\w{{3,14}}\.)(?:\s\d{{1,4}}\s?\(\d{{1,4}}(?:[-–]\d{{1,4}})?\))?"
    rf"[\s,(]*(?:(?:19|20)\d\d\b|"
    rf"['’]\s?\d\d\b)"
)
_HOUSE = re.compile(
    r"(?:IEEE(?:/ACM)?|ACM(?:/IEEE)?|USENIX|AAAI|EURASIP|IET)(?:\s(?:[A-Z][\w&-]*|of|on|"
    r"and|in|for|the|&|transactions|letters)){1,9}|Nature(?:\s[A-Z]\w+){0,2}|PLO?S \w+|"
    r"Science(?: Advances)?|PNAS|JMLR|TMLR|TACL"
)
_TWICE = re.compile(r"\A(arXiv(?: preprint)?)[\s,:]+arXiv\b.*", re.IGNORECASE)
_CHAIN = re.compile(r"[A-Z][a-z]{1,9}\.(?=[,\s]|\Z)")
_SHORT_WORD = re.compile(r"\b[A-Z][a-z]{1,8}\Z")
_PRESENTED = re.compile(r"\W*(?:presented by|presenter|speaker)\b", re.IGNORECASE)
_JOURNAL = re.compile(
    r"(?P<venue>[^\W\d_][^.\d]{2,90}?)(?:\.\s(?P<year>(?:19|20)\d\d)\.\s(?:№|(?:Т|Vol|V|С|"
    r"Вып|No)\b)|,\sISSN\b)"
)
_PERIODICAL = re.compile(
    r"(?P<venue>(?:[A-Z]|(?:bio|med|ar)[RX])[\w&:'’() -]{1,90}?(?: \[Preprint\])?)\.\s(?P<year>(?:19|20)\d\d)"
    r"(?:\s[A-Z][a-z]{2}(?:[-/][A-Z][a-z]{2})?(?:\s\d{1,2})?)?(?:\s?[;:]\s?[\w(]|\.\s(?:doi|Epub|Online)\b)"
)
_ACCEPTED = re.compile(
    r"\b(?:accepted|to appear|appear(?:s|ed|ing)?|published|presented|forthcoming|in press)\b"
    r"(?:\s(?:for (?:publication|presentation|inclusion)|as (?:an?\s)?[\w -]{3,40}?|(?:full |short |"
    r"long )?papers?|"
    r"by|and published))?"
    r"(?:\s(?:in|at|to|by|for|on)|\s?[:：])\s(?:the\s)?(?P<venue>[^;\n]{2,160})",
    re.IGNORECASE,
)
_NOT_ACCEPTED = re.compile(
    r"\b(?:submitted|under review|in submission|extends?|extended version of|previous(?:ly)?|"
    r"supersedes|rejected|"
    r"arXiv admin)\b",
    re.IGNORECASE,
)
_TRACK = re.compile(
    r"\([^()]*\b(?:track|orals?|spotlights?|posters?|conference|findings|papers?)\b[^()]*\)|\(\d\d/(?=20)|"
    r"\bmain conference (?:of|at)\b|(?<=[a-z])'s main conference",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    rf"(?:(?:in\s)?(?:Proceedings of\s)?(?P<name>{_ACRONYM}(?:\s(?:Findings|Workshop|Main|Demo))?)|"
    rf"(?P<long>(?:[A-Z][\w&-]*\s|of\s|on\s|for\s|and\s|in\s){{1,10}}))"
    rf"[\s,(]*(?:(?:19|20)\d\d|['’]\s?\d\d)\b[^,;.]{{0,60}}"
)
_SUBJECTS = frozenset(
    [
        "computer science", "mathematics", "medicine", "biology", "physics", "engineering", "psychology",
        "economics", "chemistry", "materials science", "geology", "geography", "sociology", "philosophy",
        "political science", "business", "history", "art", "environmental science", "linguistics",
        "education", "law", "agricultural and food sciences",
    ]
)  # fmt: skip
_NO_NAME = re.compile(
    r"preprint|submitted|under review|in press|forthcoming|accepted|to appear|unpublished|"
    r"manuscript|doctoral dissertation|(?:ph\.?d|master.?s|bachelor.?s|diploma|licentiate) thesis|"
    r"(?-i:[a-z-]{2,9}\.[A-Z]{2}.*)",
    re.IGNORECASE,
)
_NO_HOUSE = re.compile(
    r"\b(?:xplore|digital library|spectrum|sa\b|fellow|member|press|staff|sponsor|student)", re.IGNORECASE
)
_NO_LINE = re.compile(
    r"(?:computer science|open ?review|bibtex|[ap]m\b|html|all since|cc by|"
    r"conference paper|workshop paper|journal article|research article|article|paper|"
    r"(?:official|meta|peer|public|paper|book)[ -]?reviews?|rebuttal|(?:author|official) (?:response|"
    r"comment)s?|"
    r"ieee xplore|"
    r"acm digital library|acm dl|since|vol|version|volume|issue|part|session|track|room|"
    r"hall|day|(?:mon|tues?|wed|thu|fri|sat|sun)|published|posted|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|home|showing|"
    r"about|results?|page|arxiv(?!(?: preprint)?[,.\s]+(?:19|20)\d\d\W*\Z)|ieee\.org|"
    r"(?:ieee|acm)\Z|download|view|submitted|accepted|"
    r"y[ıi]l|год|año|jahr|année|anno|ano|rok|search|menu|login|sign|copyright|code|slides|"
    r"video|poster|spotlight|oral)\b",
    re.IGNORECASE,
)


def is_venue(text: str, *, opening: bool = False) -> bool:
    """Whether a short text names a venue, or (``opening``) begins with one.

    >>> is_venue("ISCA 2018"), is_venue("Proceedings of the ACM"), is_venue("Pruning While Training")
    (True, True, False)
    """
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    if _ISSUE.match(text, start):
        return True
    found = _VENUE.search(text, start, start + 90)
    if found is None:
        return False
    return not opening or (
        found.start() - start < 40 and not re.search(r"[.:?]\s", text[start : found.start()])
    )


def is_venue_line(text: str) -> bool:
    """Whether a line by itself can be nothing but a venue.

    >>> [is_venue_line(text) for text in ("ISCA 2018", "IEEE Micro", "Journal of Things, 12(3)")]
    [True, True, True]
    >>> [is_venue_line(text) for text in ("Conference paper", "May 2018", "Pruning While Training")]
    [False, False, False]
    """
    lead = _LEAD.match(text)
    value = text[lead.end() if lead else 0 :]
    value = _NOISE.sub(" ", value).strip()
    if not value or len(value) > 200 or value.count(". ") > 3 or "|" in value:
        return False
    if _HOUSE.fullmatch(value.strip(" .")) and not _NO_HOUSE.search(value):
        return True
    if _NO_LINE.match(value):
        return False
    found = _OF.search(value)
    if found and found.start() < 90 and (value[0].isupper() or value[0].isdigit() or value[0] > "\u024f"):
        words = value.split()
        return len(words) <= 30 and not value.rstrip().endswith("?")
    yeared = _YEARED.match(value)
    return (
        yeared is not None
        and len(value) - yeared.end() < 60
        and ("xiv" in yeared.group("name").lower() or _NO_LINE.match(yeared.group("name")) is None)
    )


def is_subject(text: str) -> bool:
    """Whether a text names fields of study, which search results show beside the venue.

    >>> is_subject("Computer Science, Mathematics"), is_subject("Computer Science Review")
    (True, False)
    """
    return all(part.strip().lower() in _SUBJECTS for part in text.split(","))


def accepted_at(text: str) -> tuple[str | None, int | None]:
    """Venue and year that the authors' comments on a preprint name ("12 pages, accepted at ICML 2026").

    >>> accepted_at("12 pages. Accepted at ICML 2026. Code available")
    ('ICML', 2026)
    >>> accepted_at("Submitted to ICML 2026")
    (None, None)
    """
    for clause in _CLAUSES.split(text[:600]):
        if _NOT_ACCEPTED.search(clause):
            continue
        match = _ACCEPTED.search(clause)
        parts = [match.group("venue")] if match else [part.strip() for part in clause.split(",")]
        for whole in parts:
            part = _TRACK.sub(" ", whole).strip()
            if not match and not _COMMENT.fullmatch(part):
                continue
            venue, year = venue_of(part)
            named = (
                year or is_venue_line(part) or _JOURNALS.search(part) or (match and venue and venue.isupper())
            )
            if venue and named and not is_subject(venue):
                return venue, year
    return None, None


def with_acronym(venue: str, text: str) -> str:
    """A conference's long name with the short one that ``text`` has, where its letters stand for the words.

    >>> with_acronym("Forty-second International Conference on Machine Learning", "ICML Poster")
    'Forty-second International Conference on Machine Learning (ICML)'
    """
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_][\w-]*", venue) if word[0].isupper())
    initials = initials.removesuffix("C") if venue.endswith("Conference") else initials
    for token in _SHORT_NAME.findall(text):
        letters = "".join(letter for letter in token if letter.isupper())
        if len(letters) >= _FEWEST_LETTERS and initials.endswith(letters) and token not in venue:
            return f"{venue} ({token})"
    return venue


def journal_issue(text: str) -> tuple[str, int | None] | None:
    """Journal and year of a line of the form "Journal. 2025. Vol. 3", "Journal, ISSN 1234-5678, 2025" or
    "J Short Name. 2025 Oct;83:109474"."""
    match = _PERIODICAL.match(text)
    if match is not None:
        return match.group("venue").removesuffix(" [Preprint]").strip(), int(match.group("year"))
    match = _JOURNAL.match(text)
    return (match.group("venue").strip(), find_year(text[match.end("venue") :])) if match else None


def venue_of(text: str) -> tuple[str | None, int | None]:
    """Venue and year in the text that stands behind a title or a byline.

    >>> venue_of(". In Proceedings of the 45th Symposium on X (ISX), Los Angeles, pp. 1-12, June 2018. ACM.")
    ('Proceedings of the 45th Symposium on X (ISX)', 2018)
    """
    text = _NOISE.sub(" ", text[:1200])
    year = _year(text)
    if _PRESENTED.match(text):
        return None, year
    event = _EVENT.search(text)
    if event is not None:
        name = collapse(event.group("name")).strip(" ,.;:")
        name = name.removeprefix("In ")
        return f"{name} ({event.group('short')})", year
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    if start >= len(text) or _NO_VENUE.match(text, start):
        return None, year
    end = _end(text, start)
    value = collapse(text[start:end]).strip(" .,;:|·•–—-*_\"“”'’，、．。「」")
    value = _placed(value)
    if value.count("(") > value.count(")"):
        value = value[: value.rindex("(")].rstrip(" ,")
    value = value.strip(")") if value.count(")") > value.count("(") else value
    if (
        not 2 <= len(value) <= _LONGEST
        or not any(letter.isalpha() for letter in value)
        or _MONTH.fullmatch(value)
    ):
        return None, year
    named, own = split_venue(value)
    named = _TWICE.sub(r"\1", named) if named else None
    if named is None or not (
        named[0].isupper() or named[0].isdigit() or named[0] > "\u2fff" or is_venue(named)
    ):
        return None, year or own
    if len(named.split()) > 24 or _MONTH.fullmatch(named) or _NO_NAME.fullmatch(named):
        return None, year or own
    return named, year or own


def _year(text: str) -> int | None:
    found = find_year(text)
    if found:
        return found
    short = _SHORT.search(text)
    if short is None:
        return None
    number = int(short.group(1))
    return (1900 if number >= 60 else 2000) + number


def _end(text: str, start: int) -> int:
    for stop in _STOP.finditer(text, start + 2):
        if text[stop.start() : stop.end()].startswith(".") and _ABBREVIATION.search(
            text[max(start, stop.start() - 12) : stop.start()]
        ):
            continue
        if (
            stop.group().startswith(".")
            and _CHAIN.match(text, stop.end())
            and _SHORT_WORD.search(text[start : stop.start()])
        ):
            continue
        return stop.start()
    return len(text)


def _placed(value: str) -> str:
    """The venue without the town and the month that stand behind it, parted by commas."""
    parts = value.split(", ")
    kept = 1
    while kept < len(parts):
        rest = parts[kept : kept + 3]
        joint = next(
            (
                at
                for at, part in enumerate(rest)
                if re.match(r"and\s|&\s", part) or re.search(r"\s(?:and|&)\s", part)
            ),
            None,
        )
        if (
            joint is None
            or re.search(r"\d|\)", " ".join(parts[:kept])[-1:])
            or not is_venue(", ".join(parts[:kept]))
        ):
            break
        kept += joint + 1
    if not is_venue(parts[0]) and kept == 1 and len(parts) > 1 and is_venue(parts[1]):
        return ", ".join(parts[1:2])
    return ", ".join(parts[:kept])
