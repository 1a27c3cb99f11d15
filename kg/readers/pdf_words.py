"""A page of a PDF -> its words, with where they stand and how large they are printed.

PDFium tells of each character its place, and of each text object its font size and direction. Asking for
every character would cost more than all the rest, so only the first and last character of a word are asked,
and more where they belong to different text objects (a raised footnote mark behind a name). Accents that TeX
prints as characters of their own are put back on their letters.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

__all__ = ["MAX_PAGE_CHARS", "PageWords", "Word", "page_words"]

MAX_PAGE_CHARS = 200_000
_WORD = re.compile(r"[^\s\ufffe\x02\x00]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*[.,;:]?(?=[\s\ufffe\x02]|\Z)")
_LINE_HYPHENS = "\ufffe\x02"
_ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "ˆ": "\u0302",
    "^": "\u0302",
    "˜": "\u0303",
    "¨": "\u0308",
    "¯": "\u0304",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˙": "\u0307",
    "˚": "\u030a",
    "¸": "\u0327",
    "˛": "\u0328",
    "˝": "\u030b",
}
_ACCENT = re.compile(r"[´`ˆ˜¨¯ˇ˘˙˚¸˛˝]")
_DOTLESS = {"ı": "i", "ȷ": "j"}
_NEAR = 200
_FAR_AWAY = 1e5
_MAX_ACCENTS = 1500
_LIGATURES = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
}  # fmt: skip
_TEX_CODES = str.maketrans(
    {
        "\x0b": "ﬀ", "\x0c": "ﬁ", "\x0e": "ﬃ", "\x0f": "ﬄ", "\x15": "–", "\x16": "—",
        "\x1b": "ﬀ", "\x1c": "ﬁ", "\x1d": "ﬂ", "\x1e": "ﬃ", "\x1f": "ﬄ",
    }  # the places of these glyphs in TeX's bitmap fonts, which carry no names
)  # fmt: skip
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_ODD_SPACES = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x01\x03-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(slots=True)
class Word:
    """Characters between blanks: left and right edge, baseline, font size (all in points, on the page turned
    so that the word stands upright), direction in eighths of a turn, bold or not, and whether it stands
    against the word before it without a blank."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    turn: int
    bold: bool
    glued: bool


@dataclass(slots=True)
class PageWords:
    """The words of a page in the order of its content, its width and height, and how many characters stand
    in fonts that do not say which characters they are."""

    words: list[Word]
    width: float
    height: float
    unknown: int


@dataclass(slots=True)
class _Style:
    size: float
    turn: int
    bold: bool


_TEXT_OBJECT = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
"""FPDFText_GetTextObject, with the pointer as a number: text objects are only told apart."""


class _Glyphs:
    """The text page of PDFium with the few questions that are asked of it."""

    def __init__(self, raw: Any, text: str, width: float, height: float) -> None:
        self._raw = raw
        self._address = ctypes.cast(raw, ctypes.c_void_p)
        self._width, self._height = width, height
        self.text = text
        self._styles: dict[int, _Style] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._left, self._right = ctypes.c_double(), ctypes.c_double()
        self._bottom, self._top = ctypes.c_double(), ctypes.c_double()
        self._matrix = pdfium_c.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def owner(self, index: int) -> int:
        """A number for the text object that a character belongs to; 0 where there is none."""
        return _TEXT_OBJECT(self._address, index) or 0

    def origin(self, index: int) -> tuple[float, float]:
        pdfium_c.FPDFText_GetCharOrigin(self._raw, index, self._x, self._y)
        return self._x.value, self._y.value

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the ink of a character."""
        pdfium_c.FPDFText_GetCharBox(self._raw, index, self._left, self._right, self._bottom, self._top)
        return self._left.value, self._bottom.value, self._right.value, self._top.value

    def is_alike(self, first: int, owner: int, last: int, other: int) -> bool:
        """Whether two characters are printed alike and on one baseline."""
        same = self.style(first, owner) == self.style(last, other)
        return same and self.style(first, owner).turn == 0 and self.origin(first)[1] == self.origin(last)[1]

    def extent(self, first: int, last: int, turn: int) -> tuple[float, float, float]:
        """Left, right and baseline of characters on the page turned so that they stand upright."""
        x, y = self.origin(first)
        left, bottom, right, top = self.box(last)
        if turn == 2:
            return y, top, self._width - x
        if turn == 4:
            return self._width - x, self._width - left, self._height - y
        if turn == 6:
            return self._height - y, self._height - bottom, x
        return x, right, y

    def style(self, index: int, owner: int) -> _Style:
        """Size, direction and weight of a character, asked once for a text object."""
        known = self._styles.get(owner) if owner else None
        if known is not None:
            return known
        nominal = pdfium_c.FPDFText_GetFontSize(self._raw, index)
        pdfium_c.FPDFText_GetMatrix(self._raw, index, self._matrix)
        m = self._matrix
        size = abs(nominal) * math.hypot(m.c, m.d)
        turn = round(math.atan2(m.b, m.a) / (math.pi / 4)) % 8 if m.a or m.b else 0
        length = pdfium_c.FPDFText_GetFontInfo(self._raw, index, self._name, 128, self._flags)
        name = self._name.raw[: max(0, min(length, 128) - 1)].lower()
        bold = b"bold" in name or b"black" in name or b"cmbx" in name or name.endswith((b"-bd", b"medi"))
        style = _Style(size if math.isfinite(size) else 0.0, turn, bold)
        if owner:
            self._styles[owner] = style
        return style


def page_words(page: pdfium.PdfPage) -> PageWords:
    """The words of a page. A page of more than MAX_PAGE_CHARS characters gives none."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if not 0 < count <= MAX_PAGE_CHARS:
            return PageWords([], width, height, max(0, count))
        glyphs = _Glyphs(
            text_page.raw, _characters(text_page.raw, count).translate(_TEX_CODES), width, height
        )
        accents = _accents(glyphs)
        words: list[Word] = []
        for match in _WORD.finditer(glyphs.text):
            _add(words, glyphs, accents, match.start(), match.end())
        unknown = sum(1 for c in glyphs.text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff")
        return PageWords(words, width, height, unknown)
    finally:
        text_page.close()


def _characters(raw: object, count: int) -> str:
    """One character of text for each of PDFium's."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(raw, 0, count, buffer)
    if written == count + 1:
        codes = list(buffer[:count])
        if not any(0xD800 <= code < 0xE000 for code in codes):
            return "".join(map(chr, codes))
    return "".join(
        chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
        for code in (pdfium_c.FPDFText_GetUnicode(raw, index) for index in range(count))
    )


def _add(words: list[Word], glyphs: _Glyphs, accents: dict[int, str], start: int, end: int) -> None:
    """The word from ``start`` to ``end``, in pieces where it changes its text object."""
    owner = glyphs.owner(start)
    last = glyphs.owner(end - 1) if end - start > 1 else owner
    if (
        owner != last
        and _LETTERS.match(glyphs.text, start, end)
        and glyphs.is_alike(start, owner, end - 1, last)
    ):
        last = owner
    glued = False
    while start < end:
        stop = end
        if owner != last:
            stop = start + 1
            while stop < end and glyphs.owner(stop) == owner:
                stop += 1
        text = glyphs.text[start:stop]
        if accents:
            text = "".join(accents.get(index, glyphs.text[index]) for index in range(start, stop))
        if not text.isascii():
            text = _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)
            text = _ODD_SPACES.sub("", text)
        if text:
            if stop < len(glyphs.text) and glyphs.text[stop] in _LINE_HYPHENS and stop == end:
                text += "-"
            style = glyphs.style(start, owner)
            x0, x1, y = glyphs.extent(start, stop - 1, style.turn)
            if start in accents and words and x0 - words[-1].x1 < 0.12 * style.size:
                glued = True  # PDFium takes the way back from the accent for a blank
            if max(abs(x0), abs(x1), abs(y)) < _FAR_AWAY:  # false for what is no number, too
                words.append(Word(text, x0, max(x0, x1), y, style.size, style.turn, style.bold, glued))
                glued = True
        start = stop
        if start < end:
            owner = glyphs.owner(start)


def _accents(glyphs: _Glyphs) -> dict[int, str]:
    """What to print at the places of accents ("") and of the letters that they stand over."""
    changed: dict[int, str] = {}
    text = glyphs.text
    if len(_ACCENT.findall(text)) > _MAX_ACCENTS:
        return changed
    for match in _ACCENT.finditer(text):
        at = match.start()
        left, bottom, right, top = glyphs.box(at)
        middle, height = (left + right) / 2, top - bottom
        best, distance = -1, 1e9
        for index in range(max(0, at - _NEAR), min(len(text), at + _NEAR)):
            if index == at or not (text[index].isalpha()) or text[index] in _ACCENTS:
                continue
            l2, b2, r2, t2 = glyphs.box(index)
            reach = 0.35 * (r2 - l2)
            if not l2 - reach <= middle <= r2 + reach or b2 > top + 3 or t2 < bottom - 3 * height - 4:
                continue
            away = abs(middle - (l2 + r2) / 2) + 0.02 * abs(index - at)
            if away < distance:
                best, distance = index, away
        if best < 0:
            continue
        base = changed.get(best, text[best])
        composed = unicodedata.normalize("NFC", _DOTLESS.get(base, base) + _ACCENTS[match.group()])
        if len(composed) == 1:
            changed[best], changed[at] = composed, ""
    return changed
