"""Lists of person names: where one begins and ends in running text, whose names they are, and how sure that
is.

One left-to-right pass reads ``name (mark | affiliation)* separator name ...`` and stops where no name
follows, so the same function tells whether a line is a byline, cuts the byline off a summary that is glued to
it, and scores the places where a title may end. Scripts with case go by capitals and by two word lists
(frequent name parts, frequent title words); scripts without go by length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.readers.institutions import is_affiliation
from kg.readers.name_tokens import PARTICLES, alphabet, is_abbreviated, is_capital_word, token_value
from kg.readers.name_words import NAME_WORDS
from kg.readers.plain_words import PLAIN_WORDS
from kg.text import collapse
from kg.types import Authorship

__all__ = ["NameList", "names_at"]

_LETTER = r"[^\W\d_⁰¹²³⁴-⁹₀-₉①-⑳ᵃ-ᵡ]"  # superscripts count as letters or digits, but are footnote marks
_TOKEN = re.compile(
    rf"['’]?{_LETTER}+(?:[-'’ʼ`‐‑.·](?={_LETTER}{{1,40}}{_LETTER}*){_LETTER}+)*\.?(?:-{_LETTER}\.)*"
)
_CJK_TOKEN = re.compile(r"[\u4e00-\u9fff\u3040-\u30ff々]{2,12}|[\uac00-\ud7af]{2,5}")
_CJK_SPACED = re.compile(
    r"[\u4e00-\u9fff々]{1,3}[ \u3000][\u4e00-\u9fff\u3040-\u30ff々]{1,4}(?![\u4e00-\u9fff\u3040-\u30ff])"
)
_MARKS = re.compile(
    r"(?:\s*(?:[*†‡§¶∗⋆★✉ᵃ-ᵡ⁰¹²³⁴-⁹#]|\$?\^?\{[^{}]{0,20}\}\$?|\[[\d,*\s]{1,12}\]|\((?:\d[\d,"
    r"\s]{0,8}|[a-z*])\)|\\\w)"
    r"|\s[a-h](?:\s?,?\s[a-h]){0,4}(?=\s*(?:[,;*]|\s(?:and|&)\s|\Z))"
    r"|(?:\s(?=\d{1,2}\s*(?:[,;]|$)))?\d{1,2}(?![\d.%x×])(?:\s?,\s?(?:\d{1,2}(?!\w)|[*†‡§¶∗]))*)+"
)
_OPENING = re.compile(r"[*_\[]{1,4}(?=[^\W\d_])")
_CLOSING_MARKUP = re.compile(r"[*_]{0,3}(?:\]\([^()\s]{0,500}\)[*_]{0,3}|\](?=\W)|[*_]{1,3})")
_EMAIL = re.compile(r"\s*[(<\[{]?(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}[)>\]}]?")
_ORCID = re.compile(
    r"\s*(?:ORCID\s*(?:iD)?\s*:?\s*)?(?:https?://)?orcid\.org/\d{4}-\d{4}-\d{4}-\d{3}[\dX]"
    r"|\s*ORCID\s*(?:iD)?(?=\d|\s*[,;&]|\Z)"
)
_NOTE = re.compile(r"\s*[(\[（]((?:[^()\[\]（）\n]|\n(?!\s*\n)|\([^()\n]{1,60}\)){2,160})[)\]）]")
_SEPARATOR = re.compile(
    r"(?:\s*[,，،؛、;；·•∙⋅‧・|&＆/]+|\s+(?:and|und|et|y|e|и|och|with)(?=\s)(?!\s+al\b)|\s*[和与與]\s*)"
    r"(?:\s*(?:[,;·•|&]|(?:and|und|et|y|и)(?=\s)(?!\s+al\b)))*\s*"
)
_STRONG = re.compile(r"\s*[;；·•∙⋅‧・|]\s*|\t+|\s{4,}")
_ET_AL = re.compile(
    r"[\s,;·•]*(?:\(?et[\s.]+al\b\.?\)?|and\s+(?:\d+\s+)?others\b|\+\s?\d+\s+(?:more|authors)|"
    r"u\.\s?a\.|и др\.?|等人?|…|\.{3})"
)
_COUNTED = re.compile(r"(?<=authors)(?:\s*,\s*|\s+)(?=[^\W\d_])")
_GAP = re.compile(r"[ \t\u00a0\u202f]*(?:\r\n?|\n)?[ \t\u00a0\u202f]*(?<=\s)")
_CLOSING = re.compile(r"[,;·•|&(，；、（]| and | et al|\Z")
_PROSE = re.compile(
    r"\s*(?:the|which|that|a|an|it|this|these|we|our|there|in|is|are|where|with|for|to)\s", re.ASCII
)
_NICKNAME = re.compile(r"[(\"“][A-Z][a-z]{1,14}[)\"”]\s+(?=[A-Z][a-z])")
_FOLLOWER = re.compile(r"\s+([^\W\d_]+)")
_INITIALS = re.compile(r"\s[A-Z]{1,3}\.\Z")
_BARE_INITIALS = re.compile(r"\s[A-Z]{1,3}\Z")
_SMALL = re.compile(r"(?:^|\s)[a-zà-ÿ]{4,}$")
_DATED = re.compile(r"\s?['’]?\s?\d\d")
_GLUED_MARK = re.compile(r"[\d*†‡§¶∗✉)][^\W\d_a-z]\w*[ -]")
_CJK_NEXT = re.compile(r"\d\s(?=[\u4e00-\u9fff]{2,4}\d)|\d\s(?=[\u4e00-\u9fff]{2,4}\Z)")
_TEAM = re.compile(
    r"(?:[Tt]he )?[A-Z\d][\w.+-]{0,60}(?: [A-Z\d&][\w.+-]{0,60}){0,5} (?:Team|Collaboration|"
    r"Consortium|Working Group|Study Group|Reading Center|Investigators|Initiative)(?=\s*(?:[,;·•|"
    r"&:)]|and\b|\Z))"
)
_BLANKS = re.compile(r"\s*")
_LONGEST_TOKEN = 100
_TEAM_SCORE = 0.7
_SUFFIX = re.compile(r"(?:Jr\.?|Sr\.?|II|III|IV)(?=\s*(?:[,;·•|&.)]|and\b|\Z))")
_PLAIN_NAME = 0.25
_LINKING = frozenset({"and", "et", "und", "och", "y", "e", "i", "и", "with"})
_LONGEST = 8000
_MAX_TOKENS = 7
_MAX_NAMES = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """Names in their order, where the list ends in the text it was read from, and how name-like it is (0 to
    1)."""

    authors: tuple[Authorship, ...]
    end: int
    score: float
    et_al: bool = False
    venue: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    end: int
    score: float
    tokens: int


@dataclass(slots=True)
class _Run:
    """A list of names while it is read."""

    authors: list[Authorship] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    multi: int = 0
    end: int = 0
    et_al: bool = False

    def add(self, author: Authorship, score: float, tokens: int) -> None:
        self.authors.append(author)
        self.scores.append(score)
        self.multi += tokens > 1


def names_at(text: str, start: int, *, limit: int = 0) -> NameList | None:
    """The longest list of names that begins at ``start``; None where no name does. Linear in the list's
    length."""
    stop = limit or len(text)
    position: int | None = start
    run = _Run(end=start)
    while position is not None and len(run.authors) < _MAX_NAMES:
        opening = _OPENING.match(text, position, stop)
        end = _one_more(run, text, opening.end() if opening else position, stop)
        if end is None:
            break
        run.end = end
        position = _next_name(run, text, stop)
    authors = run.authors
    if not authors:
        return None
    score = sum(run.scores) / len(run.scores)
    if run.multi * 2 <= len(authors):
        score *= 0.6
    small = sum(1 for author in authors if _SMALL.search(author.name) and not _known(author.name))
    if small * 2 > len(authors):
        score *= 0.7
    if len(authors) == 1 and not run.et_al:
        score *= 0.85 if " " in authors[0].name else 0.6
    return NameList(authors=_without_full_stop(authors), end=run.end, score=score, et_al=run.et_al)


def _one_more(run: _Run, text: str, position: int, stop: int) -> int | None:
    """Adds the name at a position to a run and says where it ends; None where the list ends before it."""
    authors = run.authors
    name = _name(text, position, stop)
    if authors and name is not None and name.text.isupper() and _DATED.match(text, name.end, stop):
        return None  # a venue ("SOSP'17")
    suffix = _SUFFIX.match(text, position, stop) if authors else None
    if suffix is not None:
        authors[-1] = replace(authors[-1], name=f"{authors[-1].name} {suffix.group()}")
        return suffix.end()
    team = _TEAM.match(text, position, stop)
    if team is not None:
        run.add(Authorship(name=collapse(team.group())), _TEAM_SCORE, 2)
        return _after_name(text, team.end(), stop)[0]
    if name is not None and not (authors and _is_institution(name)):
        after, note = _after_name(text, name.end, stop)
        run.add(Authorship(name=collapse(name.text), affiliation=note), name.score, name.tokens)
        return after
    moved = _affiliation_between(text, position, stop, authors)
    odd = _odd_name(text, position, stop) if moved is None and name is None and authors else None
    if odd is None:
        return moved
    run.add(Authorship(name=collapse(odd.text)), odd.score, 1)
    return odd.end


def _next_name(run: _Run, text: str, stop: int) -> int | None:
    """Where the next name of a run begins; None where nothing says that there is one."""
    more = _ET_AL.match(text, run.end, stop)
    if more:
        run.end, run.et_al = more.end(), True
        counted = _COUNTED.match(text, run.end, stop)
        return counted.end() if counted else None
    separator = _SEPARATOR.match(text, run.end, stop)
    if separator is not None:
        return separator.end() if separator.end() < stop else None
    glued = _GLUED_MARK.match(text, run.end - 1, stop) or _CJK_NEXT.match(text, run.end - 1, stop)
    if glued is None:
        return None
    blanks = _BLANKS.match(text, run.end, stop)
    return blanks.end() if blanks else run.end


def _known(name: str) -> bool:
    """Whether the last word of a name is a common name."""
    return name.rsplit(maxsplit=1)[-1].lower() in NAME_WORDS


def _without_full_stop(authors: list[Authorship]) -> tuple[Authorship, ...]:
    """The full stop behind "Doe J, Roe R." ends the list and not an initial."""
    last = authors[-1]
    if _INITIALS.search(last.name) and any(_BARE_INITIALS.search(author.name) for author in authors):
        last = replace(last, name=last.name.removesuffix("."))
    return (*authors[:-1], last)


def _is_institution(name: _Name) -> bool:
    """Whether a name is an institution's; a person may be called like a company ("Huawei Feng")."""
    words = name.text.lower().split()
    person = len(words) == 2 and words[1] in NAME_WORDS and words[1] not in PLAIN_WORDS
    return is_affiliation(name.text) and not person


def _affiliation_between(text: str, position: int, stop: int, authors: list[Authorship]) -> int | None:
    """Where an institution that stands between two names ends; the name before it gets it."""
    if not authors or authors[-1].affiliation:
        return None
    cut = _STRONG.search(text, position, min(stop, position + 200))
    end = cut.start() if cut else min(stop, position + 200)
    comma = text.find(",", position, end)
    if cut is None and comma > 0:
        end = comma
    piece = text[position:end]
    if not is_affiliation(piece) or "." in piece[:-1] or len(piece.split()) > 12:
        return None
    authors[-1] = Authorship(name=authors[-1].name, affiliation=collapse(piece))
    return end


def _odd_name(text: str, position: int, stop: int) -> _Name | None:
    """A piece between two separators that is no name by its words, but stands where only a name can stand."""
    cut = _SEPARATOR.search(text, position, min(stop, position + 60))
    if cut is None or cut.start() == position:
        return None
    piece = text[position : cut.start()]
    words = piece.split()
    strong = any(mark in text[max(0, position - 3) : position] for mark in "·;•|∙⋅")
    if not 2 <= len(words) <= 5 or not (strong or all(word[0].isupper() for word in words)):
        return None
    if all(word.strip(".").lower() in PLAIN_WORDS for word in words) or re.search(r"[\d:()]", piece):
        return None
    following = _name(text, cut.end(), stop)
    if following is None or following.tokens < 2:
        return None
    return _Name(piece, cut.start(), 0.3, len(words))


def _after_name(text: str, position: int, stop: int) -> tuple[int, str | None]:
    """Skips footnote marks and addresses after a name; a note in brackets is an affiliation."""
    note = None
    for _ in range(6):
        match = (
            _CLOSING_MARKUP.match(text, position, stop)
            or _ORCID.match(text, position, stop)
            or _MARKS.match(text, position, stop)
            or _EMAIL.match(text, position, stop)
        )
        if match is None:
            match = _NOTE.match(text, position, stop)
            if match and note is None and "@" not in match.group(1):
                note = collapse(match.group(1))
        if match is None or match.end() == position:
            break
        position = match.end()
    return position, note


def _name(text: str, position: int, stop: int) -> _Name | None:
    """One person's name at a position."""
    cjk = _CJK_TOKEN.match(text, position, stop)
    if cjk:
        return _cjk_name(text, cjk, stop)
    tokens, closed = _name_tokens(text, position, stop)
    tokens = _without_prose(text, tokens)
    if not closed:
        tokens = _without_overrun(text, tokens, stop)
        while tokens and text[tokens[-1][0] : tokens[-1][1]] in PARTICLES:
            tokens.pop()
    if not tokens or all(value < 0.3 for *_, value in tokens):
        return None
    full = [
        value
        for begin, end, value in tokens
        if end - begin > 2
        or text[begin].islower()
        or value == _PLAIN_NAME
        or text[begin:end].lower() in NAME_WORDS
    ]
    score = sum(value for *_, value in tokens) / len(tokens)
    if not full:
        score *= 0.5
    if len(tokens) == 1:
        score *= 0.6
    if score < 0.3:
        return None
    return _Name(text[tokens[0][0] : tokens[-1][1]], tokens[-1][1], score, len(tokens))


def _name_tokens(text: str, position: int, stop: int) -> tuple[list[tuple[int, int, float]], bool]:
    """The words that may be one name, as (start, end, value), and whether something other than a word
    follows."""
    tokens: list[tuple[int, int, float]] = []
    at = position
    while len(tokens) < _MAX_TOKENS:
        match = _TOKEN.match(text, at, min(stop, at + _LONGEST_TOKEN))
        if match is None:
            return tokens, bool(tokens)
        if match.end() - at == _LONGEST_TOKEN:
            return tokens, False
        token = match.group()
        value = token_value(token, first=not tokens)
        if value == 0.0 and is_capital_word(token) and _is_name_with_plain_word(text, position, match, stop):
            value = _PLAIN_NAME
        if value < 0.15 or (tokens and alphabet(token) != alphabet(text[tokens[0][0] : tokens[0][1]])):
            return tokens, False
        if token.endswith(".") and not is_abbreviated(token, first=not tokens):
            tokens.append((match.start(), match.end() - 1, value))
            return tokens, True
        tokens.append((match.start(), match.end(), value))
        gap = _GAP.match(text, match.end(), stop)
        if gap is None:
            return tokens, True
        nickname = _NICKNAME.match(text, gap.end(), stop)
        at = nickname.end() if nickname else gap.end()
    return tokens, False


def _is_name_with_plain_word(text: str, position: int, word: re.Match[str], stop: int) -> bool:
    """Whether a word of titles (An, Can, May) is a name here: a separator or the end closes it, one more word
    stands by."""
    cut = _CLOSING.search(text, word.start(), min(stop, word.end() + 40))
    end = cut.start() if cut else stop if stop <= word.end() + 40 else -1
    if end < 0:
        return False
    words = [given.rstrip("0123456789*†‡§¶∗") or given for given in text[position:end].split()]
    if not 2 <= len(words) <= 4 or (cut and _PROSE.match(text, cut.end(), stop)):
        return False
    if word.group().lower().rstrip(".").endswith("ly"):
        return False  # "Recently, ..." opens a sentence
    values = [token_value(other, first=False) for other in words]
    return max(values) >= 0.7 and sum(value < 0.15 for value in values) == 1


def _without_overrun(
    text: str, tokens: list[tuple[int, int, float]], stop: int
) -> list[tuple[int, int, float]]:
    """Where running prose follows, its first, capitalised word is no part of the name before it."""
    if len(tokens) < 3:
        return tokens
    begin, end, _ = tokens[-1]
    follower = _FOLLOWER.match(text, end, stop)
    prose = follower is not None and follower.group(1).islower() and follower.group(1) not in _LINKING
    if prose and text[begin:end].lower() not in NAME_WORDS:
        return tokens[:-1]
    return tokens


def _without_prose(text: str, tokens: list[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """A name in capitals ends before words in small letters and before the word that opens their
    sentence."""
    kept = len(tokens)
    while kept > 3 and _is_prose_word(text[tokens[kept - 1][0] : tokens[kept - 1][1]]):
        kept -= 1
    if kept == len(tokens) or not text[tokens[0][0]].isupper():
        return tokens
    opening = text[tokens[kept - 1][0] : tokens[kept - 1][1]].lower()
    return tokens[: kept if opening in NAME_WORDS else kept - 1]


def _is_prose_word(word: str) -> bool:
    return word[0].islower() and word not in PARTICLES and word not in NAME_WORDS


def _cjk_name(text: str, match: re.Match[str], stop: int) -> _Name | None:
    spaced = _CJK_SPACED.match(text, match.start(), stop)
    if spaced:
        return _Name(spaced.group(), spaced.end(), 0.8, 2)
    word = match.group()
    end = match.end()
    if end < stop and text[end].isalnum() and not text[end].isdigit():
        return None
    longest = 4 if "\u4e00" <= word[0] <= "\u9fff" and not re.search("[\u3040-\u30ff]", word) else 8
    if len(word) > longest:
        return None
    return _Name(word, end, 0.8 if len(word) <= 3 else 0.65, 2)
