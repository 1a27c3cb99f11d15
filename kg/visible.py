"""A text as its reader sees it: nothing invisible in it, ligatures and full-width Latin as plain letters."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["UNCLEAN", "clean_text"]

# soft hyphens, zero-width characters, directional marks and overrides, byte order marks, variation selectors
_INVISIBLE = dict.fromkeys(
    (
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0xFEFF,
        *range(0xFE00, 0xFE10),
        *range(0xFFF9, 0xFFFC),
    )
)
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ")
_LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TABLE = {**_CONTROLS, **_INVISIBLE}
# Latin ligatures are set by typesetters; full-width letters, digits and signs by East Asian input.
_COMPATIBLE = re.compile("[\ufb00-\ufb06\uff01-\uff5e\u3000]")
UNCLEAN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufe00-\ufe0f\ufff9-\ufffb\ud800-\udfff\ufb00-\ufb06\uff01-\uff5e\u3000]"
)
"""One character that ``clean_text`` would change."""
_ARABIC_OR_INDIC = re.compile("[\u0600-\u06ff\u0900-\u0dff]")  # joiners carry meaning in these scripts
_JOINERS = re.compile("(?<=\\w)[\u200c\u200d](?=\\w)")


def clean_text(text: str) -> str:
    """The text without invisible characters and controls, ligatures and full-width Latin as plain letters.

    >>> clean_text("e\u00adfficient \ufb01ltering\u200b")
    'efficient filtering'
    """
    if not UNCLEAN.search(text):
        return text
    if _ARABIC_OR_INDIC.search(text):
        kept = {match.start() for match in _JOINERS.finditer(text)}
        text = "".join(char if at in kept else char.translate(_TABLE) for at, char in enumerate(text))
    else:
        text = text.translate(_TABLE)
    text = text.translate(_LONE)
    if _has_east_asian(text):  # full-width commas and brackets are right between Chinese words
        return re.sub("[\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+", _plain, text)
    return _COMPATIBLE.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match.group())


def _has_east_asian(text: str) -> bool:
    return re.search("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text) is not None
