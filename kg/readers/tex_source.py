r"""LaTeX sources as text with commands: comments out, braces matched, definitions expanded, in linear time.

Nothing is typeset and no file is followed: ``\input`` stays what it is. Of definitions only those without
arguments are expanded (``\newcommand{\ours}{FastNet}``), a few rounds and within a bound on the growth, so
that a definition that doubles itself costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

__all__ = ["Command", "Source", "expanded", "make_source", "without_environments"]

_NOISE = re.compile(
    r"\\(?:begin\s?\{(?P<raw>verbatim|Verbatim|lstlisting|minted|comment|filecontents|CCSXML)\*?\}"
    r"|(?P<off>iffalse)(?![A-Za-z])|(?P<stop>end\s?\{document\})|(?:url|path|href)\s?\{[^{}\n]{0,2000}\}|.)"
    r"|(?P<comment>%[^\n]*(?:\n(?![ \t]*(?:\n|\Z))[ \t]*)?)",
    re.DOTALL,
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_DEFINITION = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareMathOperator|newrobustcmd|gdef|edef|xdef"
    r"|def|newcommandx)\*?\s{0,3}(?:\{\s?\\([A-Za-z@]+)\s?\}|\\([A-Za-z@]+))\s{0,3}(?=([\[#{]))"
)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s{0,3}\{([A-Za-z@]{1,40})\*?\}")
_SPACE = re.compile(r"\s{0,40}")
_OPTION = re.compile(r"\[((?:[^\[\]{}\\]|\\.|\{(?:[^{}]|\{[^{}]{0,400}\}){0,400}\}){0,800})\]", re.DOTALL)
_STRUCTURE = "title author and And AND maketitle thanks abstract section cite ref item par begin end today"
_KEPT = frozenset(_STRUCTURE.split())
_LONGEST_BODY = 400
_ROUNDS = 5
_GROWTH = 200_000


@dataclass(frozen=True, slots=True)
class Command:
    r"""``\name[options]{...}{...}``: ``start`` to ``end`` in the source, and the texts of its arguments."""

    name: str
    options: tuple[str, ...]
    arguments: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A source without comments; ``closing`` maps each open brace to its closing one."""

    text: str
    closing: dict[int, int]
    macros: dict[str, str]

    def group(self, place: int) -> tuple[int, int] | None:
        """The inside of the braces that open at ``place`` or behind blanks there; None where none do."""
        place = _after_space(self.text, place)
        end = self.closing.get(place)
        return None if end is None else (place + 1, end)

    def command_at(self, name: str, start: int, end: int, most: int = 1) -> Command:
        """The command whose name ends at ``end``, with up to ``most`` arguments in braces."""
        options: list[str] = []
        while len(options) < 2 and (match := _OPTION.match(self.text, _after_space(self.text, end))):
            options.append(match[1])
            end = match.end()
        arguments: list[str] = []
        while len(arguments) < most and (inner := self.group(end)):
            arguments.append(self.text[inner[0] : inner[1]])
            end = inner[1] + 1
        return Command(name, tuple(options), tuple(arguments), start, end)

    def commands(self, names: Container[str], most: int = 1) -> Iterator[Command]:
        """Every use of the commands in their order, those inside of definitions left out."""
        last = 0
        for match in _NAME.finditer(self.text):
            if match[1] not in names or match.start() < last:
                continue
            command = self.command_at(match[1], match.start(), match.end(), most)
            if not _DEFINING.search(self.text, max(0, match.start() - 40), match.start()):
                last = command.end
                yield command


_NAME = re.compile(r"\\([A-Za-z@]+)\*?")
_DEFINING = re.compile(r"\\(?:(?:re)?new(?:command|environment)|providecommand|let|[gex]?def)\*?\s?\{?\s?\Z")


def make_source(text: str) -> Source:
    """The source without comments, switched-off parts, verbatim parts, and what stands behind its end."""
    text = _without_noise(text.replace("\r\n", "\n").replace("\r", "\n"))
    closing = _braces(text)
    return Source(text, closing, _definitions(text, closing))


def _without_noise(text: str) -> str:
    parts: list[str] = []
    unclosed: set[str] = set()
    last = at = 0
    while match := _NOISE.search(text, at):
        at = match.end()
        if match["stop"]:
            break
        if match["comment"] is not None:
            parts.append(text[last : match.start()])
            last = at
        elif (name := match["raw"] or match["off"]) and name not in unclosed:
            ending = "\\fi" if match["off"] else f"\\end{{{name}"
            end = text.find(ending, at)
            if end < 0:
                unclosed.add(name)
                continue
            parts.append(text[last : match.start()])
            close = text.find("}", end) if match["raw"] else end + 2
            last = at = (close if close >= 0 else end + len(ending)) + 1
    parts.append(text[last : match.start() if match else len(text)])
    return "".join(parts)


def _braces(text: str) -> dict[int, int]:
    closing: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            closing[opened.pop()] = match.start()
    return closing


def _definitions(text: str, closing: dict[int, int]) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        name = match[1] or match[2]
        end = closing.get(match.end()) if match[3] == "{" else None
        if end is None or name in _KEPT or end - match.end() > _LONGEST_BODY:
            continue
        body = text[match.end() + 1 : end]
        if "#" not in body and f"\\{name}" not in body:
            found[name] = body
    return found


def expanded(text: str, macros: dict[str, str]) -> str:
    r"""The text with its definitions put in, as far as that ends.

    >>> expanded(r"\ours is \fast", {"ours": r"\textsc{Net}\xspace", "fast": "quick"})
    '\\textsc{Net}\\xspace is quick'
    """
    if not macros:
        return text
    limit = len(text) + _GROWTH
    for _ in range(_ROUNDS):
        parts: list[str] = []
        last = length = 0
        for match in _NAME.finditer(text):
            body = macros.get(match[1])
            if body is None:
                continue
            parts += [text[last : match.start()], body]
            length += len(body)
            last = match.end() + (2 if text.startswith("{}", match.end()) else 0)
        if not parts or length + len(text) > limit:
            return text
        text = "".join((*parts, text[last:]))
    return text


def without_environments(text: str, names: Container[str]) -> str:
    """The text without the environments of these names; one that is never closed stays."""
    ends = {match[2]: match.start() for match in _ENVIRONMENT.finditer(text) if match[1] == "end"}
    parts: list[str] = []
    last = depth = 0
    dropped = ""
    for match in _ENVIRONMENT.finditer(text):
        name = match[2]
        if dropped:
            if name == dropped:
                depth += 1 if match[1] == "begin" else -1
            if depth == 0:
                dropped, last = "", match.end()
        elif match[1] == "begin" and name in names and ends.get(name, -1) > match.start():
            parts += [text[last : match.start()], " "]
            dropped, depth, last = name, 1, match.end()
    parts.append(text[last:])
    return "".join(parts)


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place
