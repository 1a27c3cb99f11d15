r"""LaTeX as people read it: ``\"{u}ber {BERT}, 3.2$\times$ faster~\cite{a}`` is "über BERT, 3.2× faster".

A single pass over the tokens in linear time, without recursion; pylatexenc gives the symbols (its own
converter reads 0.2 MB a second, this one many times that). Nothing is an error: a stray brace stays as it
is, a lone ``$`` is a price, an unknown command keeps its argument. Comments are left alone, since a bare
``%`` in a record is a percentage; the reader of LaTeX sources takes them out first.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from kg.readers.latex_symbols import ACCENTS, ARGUMENTS, FUNCTIONS, HIDDEN, SWITCHES, accented, symbols

__all__ = ["latex_to_text", "tex_accents"]

_LATEX = re.compile(r"[\\{}$`~]|--|''")
_ACCENT = re.compile(
    r"\\(?:([\"'`^~=.])|([uvHcdbkr])(?=[\s{\\]))\s{0,3}(\{{0,3})\s{0,3}"
    r"(?:\\([ij]|ae|AE|oe|OE|o|O|l|L|aa|AA)(?![A-Za-z])[ \t]{0,3}|([^\W\d_]))"
)
_LETTER_IN_BRACES = re.compile(r"\{([^\W\d_])\}")
_TOKEN = re.compile(
    r"(?P<text>(?:[^\\{}$~`'^_\-]|'(?!')|-(?!-))+)"
    r"|\\(?P<word>[A-Za-z@]+)\*?"
    r"|\\(?P<sign>(?s:.))"
    r"|(?P<rule>-{2,3}(?!-)|-+)|(?P<quote>``|''|`|')"
    r"|(?P<other>(?s:.))"
)
_OPTION = re.compile(r"\s{0,4}\[[^\[\]{}\\]{0,300}\]")
_BRACE = re.compile(r"\s{0,4}\{")
_LETTERS = re.compile(r"\s{0,3}([A-Za-z0-9])")
_SKIP = re.compile(r"\[-?[\d.]{1,9}\s?(?:em|ex|pt|mm|cm|in|\\\w{1,20})\]")
_CIRCLE = re.compile(r"\s?\{?\s?\\(circ|prime|dagger|ddagger|ast)(?![A-Za-z])\s?\}?")
_VERBATIM = re.compile(r"\s{0,4}\{((?:[^{}\\]|\\.){0,2000})\}")
_VERB = re.compile(r"([^\sA-Za-z*{\\])([^\n]{0,500}?)\1")
_LITERAL = {"url": 1, "path": 1, "nolinkurl": 1, "doi": 1, "verb": 0, "lstinline": 0, "mintinline": 0}
_GLUE = re.compile(
    r"\s{0,4}-?\d{0,9}\.?\d{0,9}\s?(?:em|ex|pt|mm|cm|in|mu)?(?:\s(?:plus|minus)\s[\d.]{1,9}\w\w){0,2}"
)
_DOLLARS = re.compile(r"\$\$")
_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_DOLLAR = re.compile(r"(?<!\\)\$")
_BLANKS = re.compile(r"[\t\xa0][ \t\xa0]*| [ \t\xa0]+")
_EDGES = re.compile(r" ?\n ?")
_GONE = "\x00"  # where something was left out, so that no blank stays before a full stop
_GAP = re.compile(rf"\s?(?<!{_GONE}){_GONE}++(?=[\s.,;:)!?]|\Z)")
_WORDS = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}\s+[A-Za-z]{2,}")
_SIGNS = {
    **{sign: sign for sign in "$%#_{}&"},
    **dict.fromkeys(", ;:>\t\n\r", " "),
    **dict.fromkeys("-/@!*()[]\"'`^~=.<+", ""),
    "|": "‖",
}
_QUOTES = {"``": "“", "''": "”", "`": "'", "'": "'"}
_RULES = {"--": "–", "---": "—"}
_DOUBLE = {"C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ"}
_FORMULA_WORDS = (
    "equation align gather multline eqnarray displaymath math flalign alignat split aligned cases matrix "
    "pmatrix bmatrix array"
)
_FORMULAS = frozenset(_FORMULA_WORDS.split())
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_MATH_WINDOW = 2_000
_SHAPED_DEPTH = 12  # fractions and scripts within one another; deeper ones are written out plainly
_SHAPES = {
    "frac": ("over", "under"),
    "dfrac": ("over", "under"),
    "tfrac": ("over", "under"),
    "cfrac": ("over", "under"),
    "nicefrac": ("over", "under"),
    "sfrac": ("over", "under"),
    "sqrt": ("root",),
    "mathbb": ("double",),
    "textsuperscript": ("raised",),
    "enquote": ("quoted",),
    "text": ("words",),
    "mbox": ("words",),
    "textrm": ("words",),
    "ensuremath": ("formula",),
    "binom": ("over", "choose"),
    "hat": ("\u0302",),
    "widehat": ("\u0302",),
    "tilde": ("\u0303",),
    "widetilde": ("\u0303",),
    "bar": ("\u0304",),
    "vec": ("\u20d7",),
    "dot": ("\u0307",),
    "ddot": ("\u0308",),
}


def latex_to_text(source: str) -> str:
    r"""The text that a piece of LaTeX prints; text without LaTeX comes back as it is.

    >>> latex_to_text(r"Erd{\H o}s, Dvo\v{r}\'ak {\&} \emph{BERT}: $O(n^2)$ in 3.2$\times$ less")
    'Erdős, Dvořák & BERT: O(n^2) in 3.2× less'
    >>> latex_to_text("It costs $5 a month")
    'It costs $5 a month'
    """
    if not _LATEX.search(source):
        return source
    if "\\" in source:
        for _ in range(3):  # accents on accents, as Vietnamese has them
            mended = _ACCENT.sub(_accent, source)
            if mended == source:
                break
            source = mended
    pieces = _Writer(source.replace(_GONE, "")).write()
    text = "".join(pieces)
    if _GONE in text:
        text = _GAP.sub("", text).replace(_GONE, "")
    text = _BLANKS.sub(" ", text)
    return (_EDGES.sub("\n", text) if "\n" in text else text).strip()


def tex_accents(text: str) -> str:
    r"""The text with its accented letters as such and all else as it is: for texts that are no LaTeX.

    >>> tex_accents(r"J\"org M{\"u}ller, $x$")
    'Jörg Müller, $x$'
    """
    mended = _ACCENT.sub(_accent, text) if "\\" in text else text
    return text if mended == text else _LETTER_IN_BRACES.sub(r"\1", mended)


def _accent(match: re.Match[str]) -> str:
    named = match[4]
    letter = symbols()[named] if named else match[5]
    return match[3] + accented(letter, match[1] or match[2])


@dataclass(slots=True)
class _Group:
    """An open brace: what it is for, where its text starts in the output, whether mathematics was on before,
    and what the groups behind it are for."""

    kind: str
    start: int
    math: bool
    then: list[str]


@dataclass(slots=True)
class _Writer:
    """The state of one pass: the output so far, the open braces, and what the next braces are for."""

    source: str
    out: list[str] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    math: bool = False
    closing: tuple[int, int] = (-1, -1)  # the dollars that end mathematics
    at: int = 0
    shaped: int = 0

    def write(self) -> list[str]:
        """The pieces of the text in their order."""
        known = symbols()
        source, end = self.source, len(self.source)
        while self.at < end:
            match = _TOKEN.match(source, self.at)
            if match is None:  # cannot be: every character is a token
                break
            self.at = match.end()
            kind = match.lastgroup or "other"
            token = match[kind]
            if kind == "text":
                if not token.isspace():
                    self.waiting = []
                self.out.append(token)
                continue
            if kind == "other":
                self._other(token)
                continue
            self.waiting = []
            if kind == "word":
                self._word(token, known)
            elif kind == "sign":
                self._sign(token)
            elif kind == "rule":
                self.out.append(token if self.math else _RULES.get(token, token))
            else:
                self.out.append(token if self.math else _QUOTES[token])
        for group in self.groups:
            self.out[group.start] = "{"
        return self.out

    def _other(self, token: str) -> None:
        if token == "{":
            self._open()
            return
        self.waiting = []
        if token == "}":
            self._close()
        elif token == "$":
            self._dollar()
        elif token == "~":
            self.out.append(self._tilde())
        elif token in "^_" and self.math:
            self._script(token)
        else:
            self.out.append(token)

    def _open(self) -> None:
        kind = self.waiting.pop(0) if self.waiting else ""
        if kind not in ("", "gone", "words", "formula"):
            self.shaped += 1
            if self.shaped > _SHAPED_DEPTH:
                self.shaped -= 1
                kind = ""
        self.groups.append(_Group(kind, len(self.out), self.math, self.waiting))
        self.out.append("")
        self.waiting = []
        if kind in ("words", "formula"):
            self.math = kind == "formula"

    def _close(self) -> None:
        if not self.groups:
            self.out.append("}")
            return
        group = self.groups.pop()
        self.waiting = group.then
        self.math = group.math
        if group.kind == "gone":
            del self.out[group.start :]
            self.out.append(_GONE)
        elif group.kind not in ("", "words", "formula"):
            self.shaped -= 1
            text = "".join(self.out[group.start :]).strip()
            del self.out[group.start :]
            self.out.append(_shape(group.kind, text))

    def _dollar(self) -> None:
        start, end = self.at - 1, self.closing[1]
        if start == self.closing[0]:
            self.math, self.at, self.closing = False, end, (-1, -1)
            return
        double = self.source.startswith("$", self.at)
        first = self.at + double
        window = min(len(self.source), first + _MATH_WINDOW)
        match = (_DOLLARS if double else _DOLLAR).search(self.source, first, window)
        if self.math or match is None or not _formula(self.source, first, match.start()):
            self.out.append("$")
            return
        self.at, self.math, self.closing = first, True, match.span()
        if not double and self.source.startswith("_", first):  # H$_2$O
            self.at += 1

    def _tilde(self) -> str:
        before = self.source[self.at - 2 : self.at - 1] if self.at > 1 else " "
        after = self.source[self.at : self.at + 1]
        return "~" if not self.math and (before.isspace() or before in "([/") and after.isdigit() else " "

    def _script(self, token: str) -> None:
        """``^`` or ``_`` in mathematics: braces behind it become brackets where they are needed."""
        match = _CIRCLE.match(self.source, self.at) if token == "^" else None
        if match:
            self.at = match.end()
            self.out.append({"circ": "°", "prime": "′", "dagger": "†", "ddagger": "‡", "ast": "*"}[match[1]])
        elif _BRACE.match(self.source, self.at):
            self.waiting = ["up" if token == "^" else "down"]
        else:
            self.out.append(token)

    def _sign(self, sign: str) -> None:
        if sign in "([" or sign in ")]":
            self.math = sign in "(["
        elif sign == "\\":
            match = _SKIP.match(self.source, self.at)
            self.at = match.end() if match else self.at
            self.out.append("\n" if not self.math else " ")
        elif sign in "~^" and self.source.startswith("{}", self.at):
            self.at += 2
            self.out.append(sign)
        else:
            self.out.append(_SIGNS.get(sign, sign))

    def _word(self, name: str, known: dict[str, str]) -> None:
        text = known.get(name)
        if name in HIDDEN:
            self._hide(name)
        elif name in _SHAPES:
            self._shaped(name)
        elif name in _LITERAL:
            self._literal(_VERBATIM if _LITERAL[name] else _VERB)
        elif text is not None and (name not in ACCENTS or self.math):
            self._symbol(name, text)
        elif name in ARGUMENTS:
            self._options()
            self.waiting = ["" if wanted else "gone" for wanted in ARGUMENTS[name]]
        elif name in ("par", "item", "newline", "linebreak"):
            self._blanks()
            self.out.append({"par": "\n\n", "item": "\n"}.get(name, " "))
        elif name in ("hskip", "kern", "penalty", "vskip"):
            match = _GLUE.match(self.source, self.at)
            self.at = match.end() if match else self.at
            self.out.append(" " if name != "penalty" else "")
        elif name in SWITCHES or len(name) < 2 or "@" in name:
            if name != "xspace":
                self._blanks()
        else:
            self._unknown(name)

    def _literal(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.source, self.at)
        if match:
            self.out.append(_unescaped(match[1]) if pattern is _VERBATIM else match[2])
            self.at = match.end()

    def _symbol(self, name: str, text: str) -> None:
        before = self.out[-1][-1:] if self.out else ""
        if name in FUNCTIONS:
            before = " " if before.isalnum() else ""
            after = " " if self.source[self.at : self.at + 1] in ("{", "\\") else ""
            self.out.append(f"{before}{text}{after}")
            return
        if (len(text) == 1 and text.isalpha() and not self.math) or (
            self.math and not text.isalnum() and text != ":" and not before.isspace()
        ):
            self._blanks()
        self.out.append(text)

    def _hide(self, name: str) -> None:
        if name in ("begin", "end"):
            match = _VERBATIM.match(self.source, self.at)
            if match and match[1].rstrip("*") in _FORMULAS:
                self.math = name == "begin"
        self._options()
        if _BRACE.match(self.source, self.at):
            self.waiting = ["gone"] * HIDDEN[name]
        else:
            self.out.append(_GONE)

    def _shaped(self, name: str) -> None:
        self._options()
        kinds = _SHAPES[name]
        if _BRACE.match(self.source, self.at):
            self.waiting = list(kinds)
            return
        texts = []
        for kind in kinds:
            match = _LETTERS.match(self.source, self.at)
            if match is None or kind in ("words", "formula"):
                break
            texts.append(_shape(kind, match[1]))
            self.at = match.end()
        self.out += texts or (["√"] if name == "sqrt" else [])

    def _unknown(self, name: str) -> None:
        """An unknown command keeps its argument, or its name where it has none: ``\\method`` is a system."""
        start = self.at
        self._options()
        if _BRACE.match(self.source, self.at):
            empty = _VERBATIM.match(self.source, self.at)
            if empty is None or empty[1].strip():
                return
            self.at = empty.end()
        else:
            self.at = start
        self.out.append(name)

    def _options(self) -> None:
        for _ in range(2):
            match = _OPTION.match(self.source, self.at)
            if match is None:
                return
            self.at = match.end()

    def _blanks(self) -> None:
        match = _SPACE.match(self.source, self.at)
        self.at = match.end() if match else self.at


def _shape(kind: str, text: str) -> str:
    """The text of a group in the form that its command asks for; longer ones in brackets where needed."""
    simple = text.isalnum() or (text[:1] in ("-", "+") and text[1:].isalnum()) or len(text) < 2
    inner = text if simple else f"({text})"
    if kind in ("over", ""):
        return inner if kind else text
    if kind == "up":
        return text if text in _ORDINALS else f"^{inner}" if text else ""
    if kind == "raised":
        return f"^{text}" if text.isdigit() else text
    if kind == "double":
        return _DOUBLE.get(text, text)
    if kind == "quoted":
        return f"“{text}”"
    prefix = {"down": "_", "under": "/", "choose": " choose ", "root": "√"}.get(kind)
    if prefix is not None:
        return f"{prefix}{inner}"
    return unicodedata.normalize("NFC", text + kind) if len(text) == 1 else text


def _formula(source: str, start: int, end: int) -> bool:
    """Whether dollars stand around mathematics, not around "5 and " in a text about prices."""
    inner = source[start:end]
    if not inner.strip() or "\n\n" in inner:
        return False
    if re.search(r"[\\^_=<>{}]", inner):
        return True
    if inner[0].isspace() != inner[-1].isspace() or source[end + 1 : end + 2].isdigit():
        return False
    return not _WORDS.search(inner)


def _unescaped(address: str) -> str:
    return re.sub(r"\\([%#_&~$])", r"\1", address).strip()
