r"""A .bib file -> its entries, as raw fields with macros put in.

The rules are BibTeX's own (braces count, ``\{`` too; text outside entries is a comment), and forgiving where
real files are wrong: a forgotten comma, a brace too many or too few, a quotation mark that never closes, a
key that is missing or holds blanks, values without braces. A broken entry ends where the next one begins at
the start of a line, so it costs itself only, and what can be read of it is kept.

Why not bibtexparser 2.0.0b8 (measured on generated files and on 13 kinds of damage): it splits 14 MB a CPU
second, this module 30; it loses every entry with a brace too many or too few, keeps only ``A {`` of
``"A {"}q{"} b"``, glues two fields where a comma is missing, cuts an entry where an abstract has a line that
begins with ``@``, reads entries in ``%`` comments, knows no ``@article(...)``, and holds the whole library in
memory; each of these is in the files that people have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.readers.bibtex_macros import MONTHS

__all__ = ["Entry", "Fault", "read_entries"]

_STRONG = re.compile(
    r"(?m)^[ \t]*(?=@[ \t]*[A-Za-z][\w-]{0,40}[ \t]*[{(]\s{0,20}[^\s={}(),\"@]{0,200}"
    r"[ \t]*(?:,|=|\s{1,80}[A-Za-z]{2,30}\s{0,30}=))"
)
_START = re.compile(r"(?<![\w.@+-])@[ \t]*([A-Za-z][\w-]{0,40})\s{0,20}([{(])")
_SKIPPED_LINE = re.compile(r"[ \t]*%")
_KEY = re.compile(r"\s*([^,=}\"\n]{0,300}?)\s*(?:,|(?=\})|(?=\n\s{0,80}[A-Za-z_]{2,30}\s{0,30}=))")
_FIELD = re.compile(r"[\s,;]*([A-Za-z_][^\s={}(),\"#%'@]{0,60})\s*=\s*")
_END = re.compile(r"[\s,;]*([})])")
_COMMENT = re.compile(r"[\s,]*%[^\n]*\n")
_BRACED = re.compile(r"\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+)\}")
_BRACE = re.compile(r"[{}]")
_ESCAPED_BRACE = re.compile(r"\\[\\{}]|([{}])")
_QUOTED = re.compile(r'"([^"{}]*+(?:\{[^{}]*+\}[^"{}]*+)*+)"')
_QUOTE_OR_BRACE = re.compile(r'["{}]')
_BARE = re.compile(r"[^\s,#{}\"()@=]+")
_LOOSE = re.compile(r"[^,{}\"\n@=#]+")
_HASH = re.compile(r"\s*#\s*")
_AFTER = re.compile(r"\s*(?:,|(?=[})])|(?=[A-Za-z_][\w+:-]{0,60}\s*=\s*[{\"\d\w]))")
_GOES_ON = re.compile(r"[\s}]*(?=,\s*[A-Za-z_][\w+:-]{0,60}\s*=\s*[{\"\d])")
_KNOWN = (
    "title|author|editor|year|date|month|journal|journaltitle|booktitle|abstract|keywords|doi|url|eprint|"
    "archiveprefix|eprinttype|primaryclass|volume|number|issue|pages|publisher|address|location|series|note|issn|"
    "isbn|school|institution|howpublished|subtitle|file|crossref|organization|language|annote|urldate|timestamp"
)
_KNOWN_FIELD = re.compile(rf"(?:^|[,\n])[ \t\r]*({_KNOWN})[ \t]*=[ \t]*(?=[{{\"\w])", re.IGNORECASE)
_SWALLOWED = re.compile(rf"[,\n][^\S\n]*(?:{_KNOWN})\s*=\s*[{{\"\d]", re.IGNORECASE)
_NO_ENTRIES = frozenset({"comment", "preamble", "string"})
_REPEATED = {"author": " and ", "keywords": ", "}
_MAX_MACRO = 2_000
_MAX_GROWTH = 20_000
_MAX_VALUE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry: its type in small letters, its key, its fields by their names in small letters, its place."""

    kind: str
    key: str
    fields: dict[str, str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry and where; an Entry with what could be read may go before it."""

    start: int
    problem: str


@dataclass(slots=True)
class _State:
    text: str
    macros: dict[str, str] = field(default_factory=lambda: dict(MONTHS))
    comment_left_open: bool = False


class _BrokenError(Exception):
    """An entry cannot be read further; ``limit`` says that the next entry or the end of the text came."""

    def __init__(self, problem: str, *, limit: bool = False) -> None:
        super().__init__(problem)
        self.limit = limit


def read_entries(text: str) -> Iterator[Entry | Fault]:
    """The entries in their order, and the faults, each behind the entry that it belongs to. Linear in the
    length of the text."""
    state = _State(text)
    starts = [match.end() for match in _STRONG.finditer(text)]
    starts.append(len(text))
    at = following = 0
    while True:
        match = _START.search(text, at)
        if match is None:
            return
        line = text.rfind("\n", at, match.start()) + 1 or at
        if _SKIPPED_LINE.match(text, line, match.start()):
            at = match.end()
            continue
        while following < len(starts) - 1 and starts[following] <= match.start():
            following += 1
        limits = starts[following], starts[min(following + 2, len(starts) - 1)]
        found, at = _read_one(state, match, limits)
        yield from found


def _read_one(
    state: _State, match: re.Match[str], limits: tuple[int, int]
) -> tuple[list[Entry | Fault], int]:
    """What stands at ``match``, and where to go on."""
    kind = match[1].lower()
    start = match.start()
    if kind == "comment":
        return [], _end_of_comment(state, match)
    fields: dict[str, str] = {}
    key = ""
    try:
        key, end, problem = _read_body(state, match, fields, limits[0])
    except _BrokenError as error:
        if error.limit and limits[1] > limits[0]:
            again: dict[str, str] = {}
            try:
                key, end, problem = _read_body(state, match, again, limits[1])
                if (
                    not problem
                    and (end >= limits[0])
                    and re.match(r"\s*(?:@|\Z)", state.text[end : end + 200])
                ):
                    return _made(state, kind, key, again, (start, end), ""), end
            except _BrokenError:
                pass
        key, at = _key(state.text, match.end(), limits[0])
        fields.clear()
        _salvage(state, max(at - 1, match.end()), limits[0], fields)
        end, problem = limits[0], str(error)
    return _made(state, kind, key, fields, (start, end), problem), end


def _made(
    state: _State, kind: str, key: str, fields: dict[str, str], place: tuple[int, int], problem: str
) -> list[Entry | Fault]:
    if kind == "string":
        state.macros.update((name, value[:_MAX_MACRO]) for name, value in fields.items())
    found: list[Entry | Fault] = []
    if kind not in _NO_ENTRIES and fields:
        found.append(Entry(kind, key, fields, *place))
    if problem:
        found.append(Fault(place[0], f"entry {key!r} {problem}" if key else f"@{kind} {problem}"))
    return found


def _end_of_comment(state: _State, match: re.Match[str]) -> int:
    """Where an @comment ends: with its braces, which may hold whole entries, or with its line where they do
    not match."""
    text = state.text
    if match[2] == "{" and not state.comment_left_open:
        try:
            return _braced(text, match.end() - 1, len(text))[1]
        except _BrokenError:
            state.comment_left_open = True  # looking for the end of each of many would take for ever
    return text.find("\n", match.end()) + 1 or len(text)


def _read_body(
    state: _State, match: re.Match[str], fields: dict[str, str], limit: int
) -> tuple[str, int, str]:
    """Key, end and problem of an entry; fills ``fields``."""
    text, closing = state.text, "}" if match[2] == "{" else ")"
    kind = match[1].lower()
    key, at = ("", match.end()) if kind in _NO_ENTRIES else _key(text, match.end(), limit)
    if kind == "preamble":
        _, at = _value(state, _skip(text, at, limit), limit)
    problem = ""
    while True:
        name = _FIELD.match(text, at, limit)
        if name is None:
            comment = _COMMENT.match(text, at, limit)
            if comment:
                at = comment.end()
                continue
            end = _END.match(text, at, limit)
            if end and (end[1] == closing or closing == ")"):
                more = _GOES_ON.match(text, end.end(), limit)
                if more is None:
                    return key, end.end(), problem
                at, problem = more.end(), "has a closing brace too many"
                continue
            if not text[at:limit].strip(" \t\r\n,;"):
                if not fields:
                    raise _BrokenError("has no fields and no closing brace")
                if any(_SWALLOWED.search(value) for value in fields.values()):
                    raise _BrokenError("has a brace that never closes")
                return key, limit, "has no closing brace"
            raise _BrokenError(
                f"cannot be read after the field {next(reversed(fields))!r}" if fields else "has no fields"
            )
        value, at = _value(state, name.end(), limit)
        _put(fields, name[1].lower(), value)
        after = _AFTER.match(text, at, limit)
        at = after.end() if after else at


def _key(text: str, at: int, limit: int) -> tuple[str, int]:
    if _FIELD.match(text, at, limit):
        return "", at
    match = _KEY.match(text, at, limit)
    return (match[1].strip(), match.end()) if match else ("", at)


def _put(fields: dict[str, str], name: str, value: str) -> None:
    if name not in fields:
        fields[name] = value
    elif name in _REPEATED and value and value != fields[name]:
        fields[name] = f"{fields[name]}{_REPEATED[name]}{value}" if fields[name] else value


def _value(state: _State, at: int, limit: int) -> tuple[str, int]:
    """A value: pieces in braces, in quotation marks, numbers and macros, joined by ``#``."""
    text = state.text
    pieces: list[str] = []
    begin = at
    size = 0
    while True:
        first = text[at : at + 1] if at < limit else ""
        if first == "{":
            piece, at = _braced(text, at, limit)
        elif first == '"':
            piece, at = _quoted(text, at, limit)
        else:
            piece, at = _plain(state, at, limit)
        pieces.append(piece)
        size += len(piece)
        if size > at - begin + _MAX_GROWTH:
            raise _BrokenError("grows beyond all bounds by its macros")
        joint = _HASH.match(text, at, limit)
        if joint is None:
            return "".join(pieces), at
        at = joint.end()


def _plain(state: _State, at: int, limit: int) -> tuple[str, int]:
    text = state.text
    match = _BARE.match(text, at, limit)
    if match is None:
        return "", at
    following = text[match.end() : match.end() + 1]
    loose = _LOOSE.match(text, at, limit)
    several = loose is not None and following in " \t" and " " in loose.group().strip()
    if loose and several and not _AFTER.match(text, match.end(), limit):
        return loose.group().strip(), loose.end()
    word = match.group()
    return state.macros.get(word.lower(), word), match.end()


def _braced(text: str, at: int, limit: int) -> tuple[str, int]:
    """A value in braces from its opening one."""
    match = _BRACED.match(text, at, min(limit, at + _MAX_VALUE))
    if match:
        return match[1], match.end()
    for pattern in (_BRACE, _ESCAPED_BRACE):
        depth = 0
        for brace in pattern.finditer(text, at, min(limit, at + _MAX_VALUE)):
            sign = brace[brace.lastindex or 0]
            if sign == "{":
                depth += 1
            elif sign == "}":
                depth -= 1
                if depth == 0:
                    return text[at + 1 : brace.start()], brace.end()
        if "\\{" not in text[at : min(limit, at + 10_000)]:
            break
    raise _BrokenError("has a brace that never closes", limit=True)


def _quoted(text: str, at: int, limit: int) -> tuple[str, int]:
    """A value in quotation marks; those in braces belong to it."""
    match = _QUOTED.match(text, at, min(limit, at + _MAX_VALUE))
    if match and _ends_value(text, match.end(), limit):
        if "=" in match[1] and _SWALLOWED.search(match[1]):
            raise _BrokenError("has a quotation mark that never closes")
        return match[1], match.end()
    depth = 0
    for sign in _QUOTE_OR_BRACE.finditer(text, at + 1, min(limit, at + _MAX_VALUE)):
        if sign.group() == "{":
            depth += 1
        elif sign.group() == "}":
            depth -= 1
        elif depth <= 0 and _ends_value(text, sign.end(), limit):
            value = text[at + 1 : sign.start()]
            if "=" in value and _SWALLOWED.search(value):
                break
            return value, sign.end()
    raise _BrokenError("has a quotation mark that never closes", limit=True)


def _ends_value(text: str, at: int, limit: int) -> bool:
    """Whether a quotation mark is the last of its value, by what follows."""
    return (
        re.match(r"\s*(?:[,#})]|\Z|[A-Za-z_][\w+:-]{0,60}\s*=)", text[at : min(limit, at + 200)]) is not None
    )


def _salvage(state: _State, at: int, limit: int, fields: dict[str, str]) -> None:
    """The known fields of a broken entry, each up to the next one."""
    found = list(_KNOWN_FIELD.finditer(state.text, at, limit))
    ends = [*(later.start() for later in found[1:]), limit]
    for match, after in zip(found, ends, strict=False):
        raw = state.text[match.end() : after].strip(" \t\r\n,")
        if raw[:1] in ("{", '"'):
            value = (
                raw[1:].removesuffix("}") if raw[0] == "{" else raw[1:].rstrip("} \r\n\t,").removesuffix('"')
            )
        else:
            word = raw.rstrip("} \r\n\t,")
            value = state.macros.get(word.lower(), word)
        _put(fields, match[1].lower(), _balanced(value))


def _balanced(value: str) -> str:
    """The value without the braces that have no partner: one too many at its end, or else all of them."""
    bare = re.sub(r"\\[{}]", "", value)
    surplus = bare.count("}") - bare.count("{")
    end = len(value)
    while surplus > 0 and end and value[end - 1] == "}":
        surplus -= 1
        end -= 1
        while end and value[end - 1] in " \t\r\n,":
            end -= 1
    return re.sub(r"(?<!\\)[{}]", "", value[:end]) if surplus else value[:end]


def _skip(text: str, at: int, limit: int) -> int:
    while at < limit and text[at].isspace():
        at += 1
    return at
