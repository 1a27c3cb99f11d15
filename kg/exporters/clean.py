"""Text that every reader takes: without characters that break XML, reorder a line or cannot be seen.

XML 1.0 (https://www.w3.org/TR/xml/#charsets) forbids most control characters, lone surrogates and
non-characters; bidirectional controls can make a name read as another one (https://www.unicode.org/reports/tr36/).
"""

from __future__ import annotations

import re
from itertools import accumulate

__all__ = ["clean", "clean_all", "one_line", "utf16_offsets"]

_BAD = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line feed
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # bidirectional and invisible
    r"\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # lone surrogates and non-characters
)
_FORBIDDEN = re.compile(f"[{_BAD}]")
_JOINERS = re.compile("[\u200c\u200d]")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def clean(text: str) -> str:
    r"""The text with line ends made ``\n`` and forbidden characters left out; all else as it is.

    The joiners U+200C and U+200D stay: Persian and many Indic words are wrong without them.

    >>> clean("a\x00b\r\nc\u202ed")
    'ab\ncd'
    """
    if text.isprintable():  # which no forbidden character is: most texts need no more
        return text
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def clean_all(texts: list[str]) -> list[str]:
    """Many texts made clean; the same list if they are, for that is found at once."""
    whole = "".join(texts).replace("\n", "").replace("\t", "")
    return texts if whole.isprintable() else list(map(clean, texts))


def one_line(text: str, limit: int = 0) -> str:
    r"""A label: one line, blanks collapsed, nothing invisible; cut with an ellipsis at ``limit`` characters.

    >>> one_line("Two\nLines  and a\ttab"), one_line("abcdefgh", 5)
    ('Two Lines and a tab', 'abcd…')
    """
    plain = text.isprintable()  # neither joiners nor any space but the blank are
    line = text if plain else _JOINERS.sub("", clean(text))
    line = (
        " ".join(line.split()) if not plain or "  " in line or line[:1] == " " or line[-1:] == " " else line
    )
    return line if not limit or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def utf16_offsets(text: str) -> list[int]:
    r"""The UTF-16 offset in ``clean(text)``, as JavaScript counts, for each code point offset of ``text``.

    One entry more than the text has characters. Line ends are taken for one character each.

    >>> utf16_offsets("a\x00😀b")
    [0, 1, 1, 3, 4]
    """
    return list(accumulate(map(_units, text, (*text[1:], "")), initial=0))


def _units(character: str, following: str) -> int:
    if character == "\r":
        return 0 if following == "\n" else 1
    if character in "\x85\u2028\u2029":
        return 1
    if _FORBIDDEN.match(character):
        return 0
    return 2 if ord(character) > 0xFFFF else 1
