"""Quantities in a text: every number that could be an outcome, with value, range, unit and bound.

Numbers inside names ("ResNet-50", "H.264"), dimensions ("3x3") and hyphenated settings ("8-way") are no
quantities. Which of the others are results is decided elsewhere (kg.components.results).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import isfinite

from kg.components.forms import lowered
from kg.components.numberwords import WORDED, worded_value
from kg.components.plaintext import PlainText, plain_text
from kg.components.units import UNIT, canonical_unit

__all__ = ["Quantity", "find_quantities"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit; offsets are code points of the plain text.

    ``start`` to ``end`` holds the value as printed with its bound ("up to 5.5x"), ``core`` is where the
    number itself begins. ``form``: single, range ("2-3x"), to ("2 to 3x": a range or a change), word.
    """

    start: int
    core: int
    end: int
    low: float
    high: float
    unit: str
    bound: str
    form: str


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_POWER = r"(?:[eE][+-]?\d{1,2}(?!\w)| ?[x·*] ?10\^-?\d{1,2}|\^-?\d{1,2}| 10\^-\d{1,2})"
_SCALE = r"(?: ?(?:thousand|million|billion|trillion)\b|[KkMBT](?=[x ,.;:)]|$|-(?!bit))|(?<=\d) M(?= [a-z]))"
_SPREAD = r"(?: ?(?:±|\+/-|\+-) ?\d+(?:\.\d+)?)"
_VALUE = rf"[+-]?{_NUMBER}{_POWER}?{_SPREAD}?"
_JOIN = (
    r"(?P<join> ?[-~] ?(?=\+?[\d.])| ?→ ?| ?-> ?"
    r"| (?:up )?to (?:over |about |only |just |a |~)?(?=[+-]?[\d.])| and (?=[\d.]))"
)
_FRACTION = r"/(?:5|7|10|100)(?:\.0)?(?![\d.]\d|%|\w)"
_PATTERN = re.compile(
    rf"(?<![\w@_^\\])(?<![A-WYZa-wyz][-.:/])(?<![Xx][-.:])(?<!\d[-.,~^])(?P<a>{_VALUE})(?:{_FRACTION})?"
    rf"(?P<as>{_SCALE})?(?: ?-?(?P<au>{UNIT}))?"
    rf"(?:{_JOIN}(?P<b>{_VALUE})(?P<bs>{_SCALE})?(?: ?-?(?P<bu>{UNIT}))?(?![\w]))?"
)
_OUT_OF = re.compile(_FRACTION)
_SINGLE_TAIL = re.compile(r"[A-Za-z_]|-(?!fold|point)[A-Za-z]|[.,:]?\d|x\d|\^")
_SETTING_TAIL = re.compile(
    r"-(?!improv|reduc|increas|decreas|accelerat|enhanc|lower|rais)(?:[a-z]{2,20}(?:ed|en)|sparse|dense)(?!\w)"
)
_BOUNDS = (
    (
        "up_to",
        (
            r"up[- ]?to|upto|as (?:much|high|many|large|fast) as"
            r"|(?:a )?maximum (?:of|at)|at (?:the )?best|max\.?|by as much as|peak(?:ing)? (?:of|at)"
        ),
    ),
    ("at_least", r"(?:at|by) least|(?:no|not) (?:less|fewer|lower) than|minimum of|≥|>=|or more"),
    (
        "less_than",
        (
            r"less than|fewer than|lower than|smaller than|no (?:more|greater|higher) than"
            r"|(?:with)?out (?:losing |a loss of )?more than|not (?:exceed(?:ing)?|more than)|at most"
            r"|as (?:little|low|few|small) as|under|below|within|≤|<=|<|sub-?|not exceeding"
        ),
    ),
    (
        "more_than",
        (
            r"more than|over|above|exceed(?:s|ed|ing)|greater than|higher than|larger than|beyond"
            r"|surpass(?:es|ed|ing)|>|well over|upwards of"
        ),
    ),
    (
        "approx",
        r"about|around|approx(?:imately|\.)?|roughly|nearly|almost|close to|circa|~|on the order of|near",
    ),
)
_BOUND_BEFORE = re.compile(
    r"(?:(?<!\w)(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _BOUNDS) + r"))"
    r"[ -]?(?:an? |the )?(?:additional |further |average |impressive |~ ?|about )?"
    r"(?:approximately |around |roughly )?[+$]?$",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(r" ?(?:or (?:more|greater|higher|better|above)|\+(?=[ ,.)]))")
_OR_LESS = re.compile(r" or (?:less|lower|below|fewer)")
_NEGATED = re.compile(r"\b(?:without|no|not|never|n't)\b(?: \w+){0,3} $", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|range[sd]? (?:from|of)|ranging (?:from|between)|from) $", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:between|rang(?:e[sd]?|ing) (?:from|between)) $", re.IGNORECASE)
_PREFIXED = re.compile(
    rf"(?<![\w.^)\]/-])[xX] ?(?!(?:86|64)\b)(?P<a>{_NUMBER})(?: ?[-~] ?(?P<b>{_NUMBER}))?(?!\.?\w|[-^/]\w|%)"
)
_MULTIPLIED = re.compile(r"\d ?(?!and |or )[^\W\d_]{0,16} ?$")
_SPEEDUP = re.compile(r"speed|faster|slower|accelerat|improv|reduc|gain|throughput|efficien|lower|higher")
_LISTED = re.compile(r",? ?(?:and |or |/)?")
_LIST_GAP = 8
_WINDOW = 44


def _number(value: str) -> float:
    digits = re.split(r" ?(?:±|\+/-|\+-)", value)[0].replace(",", "")
    base, _, exponent = re.sub(r" ?[x·*] ?10\^| (?=10\^)", "e", digits).partition("e10^")
    if exponent:
        number = float(f"{base}e{exponent}")
    elif "^" in base:
        mantissa, power = base.split("^")
        number = 10.0 ** int(power) if float(mantissa) == 10 else float(mantissa)
    else:
        number = float(base)
    return number


def _unit(printed: str | None, scale: str | None) -> tuple[str, float]:
    """The unit with its scale ("M parameters"); a factor where the scale is no part of it ("22K times")."""
    unit = canonical_unit(printed or "")
    size = (scale or "").strip()
    short = {"thousand": "K", "k": "K", "million": "M", "billion": "B", "trillion": "T"}.get(size, size)
    if short == "K" and unit in ("", "x"):
        return unit, 1000.0
    return f"{short} {unit}".strip(), 1.0


def _bound(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The bound around ``text[start:end]`` and the extent with its words."""
    window = text[max(0, start - _WINDOW) : start]
    before = _BOUND_BEFORE.search(window)
    name, first = "exact", start
    if before and before.lastgroup:
        name, first = before.lastgroup, start - len(window) + before.start()
        negation = _NEGATED.search(text[max(0, first - _WINDOW) : first])
        if name == "more_than" and negation:
            name, first = "less_than", first - (negation.end() - negation.start())
    after = _BOUND_AFTER.match(text, end)
    if after:
        return ("at_least" if name == "exact" else name), first, after.end()
    if _OR_LESS.match(text, end):
        return "less_than", first, end
    return name, first, end


def _make(text: str, core: int, end: int, low: float, high: float, unit: str, form: str) -> Quantity:
    bound, start, stop = _bound(text, core, end)
    if unit in ("%", "pp", "points") and low < 0 and high <= 0:
        low, high = -low, -high
    if low > high:
        low, high = high, low
    ranged = form in ("range", "to")
    return Quantity(
        start=start,
        core=core,
        end=stop,
        low=low,
        high=high,
        unit=unit,
        bound="range" if ranged else bound,
        form=form,
    )


def _single(text: str, match: re.Match[str], which: str) -> Quantity | None:
    """One number of a match on its own; None if it is part of a name or a dimension."""
    scale, printed = match[which + "s"], match[which + "u"]
    core = match.start(which)
    end = max(match.end(which), match.end(which + "s"), match.end(which + "u"))
    if which == "a" and printed is None and scale is None and text[end : end + 1] == "/":
        fraction = _OUT_OF.match(text, end)
        end = fraction.end() if fraction else end
    if printed is None and _SINGLE_TAIL.match(text, end):
        return None
    if printed == "%" and _SETTING_TAIL.match(text, end):
        return None
    unit, factor = _unit(printed, scale)
    number = _number(match[which]) * factor
    return _make(text, core, end, number, number, unit, "single")


def _matched(text: str, match: re.Match[str]) -> list[Quantity]:
    """The readings of one match: a single number, or a range and (where "to" may be a change) its ends."""
    if match["b"] is None:
        single = _single(text, match, "a")
        return [single] if single else []
    join = match["join"].strip()
    if join == "and" and not _BETWEEN.search(text[max(0, match.start() - 20) : match.start()]):
        return [single for which in ("a", "b") if (single := _single(text, match, which))]
    if match["bu"] == "%" and _SETTING_TAIL.match(text, match.end()):
        return []
    unit, factor = _unit(match["bu"] or match["au"], match["bs"] or match["as"])
    if match["bu"] is None and _SINGLE_TAIL.match(text, match.end()):
        single = _single(text, match, "a")
        return [single] if single and join not in ("-", "~") else []
    low, high = _number(match["a"]) * factor, _number(match["b"]) * factor
    ranging = join in ("-", "~", "and") or _RANGING.search(text[max(0, match.start() - 20) : match.start()])
    if ranging:
        return [_make(text, match.start("a"), match.end(), low, high, unit, "range")]
    whole = _make(text, match.start("a"), match.end(), low, high, unit, "to")
    ends = [single for which in ("a", "b") if (single := _single(text, match, which))]
    return [whole, *ends]


def _prefixed(text: str) -> list[Quantity]:
    """Ratios whose sign stands before them ("a speedup of x17.7"), but no dimensions ("7 mm x 6.5 mm")."""
    found = []
    for match in _PREFIXED.finditer(text):
        start, end = match.span()
        if _MULTIPLIED.search(text[max(0, start - 20) : start]):
            continue
        near = text[max(0, start - _WINDOW) : end + _WINDOW].lower()
        if "." not in match["a"] and not _SPEEDUP.search(near):
            continue
        low = _number(match["a"])
        high = _number(match["b"]) if match["b"] else low
        found.append(_make(text, start, end, low, high, "x", "range" if match["b"] else "single"))
    return found


def find_quantities(raw: str | PlainText) -> list[Quantity]:
    """All quantities of a text in order; a "to" range is followed by its two ends as alternatives.

    >>> [(q.low, q.high, q.unit, q.bound) for q in find_quantities("up to 5.5x better at 1-2% loss")]
    [(5.5, 5.5, 'x', 'up_to'), (1.0, 2.0, '%', 'range')]
    """
    plain = plain_text(raw) if isinstance(raw, str) else raw
    text = plain.text
    found = _prefixed(text)
    taken = {quantity.end for quantity in found}
    for match in _PATTERN.finditer(text):
        found.extend(quantity for quantity in _matched(text, match) if quantity.end not in taken)
    for match in WORDED.finditer(lowered(text)):
        value = worded_value(match)
        if value is not None:
            low, high, unit = value
            form = "range" if low != high else "word"
            found.append(_make(text, match.start(), match.end(), low, high, unit, form))
    found = [quantity for quantity in found if isfinite(quantity.low) and isfinite(quantity.high)]
    return _shared_units(text, sorted(found, key=lambda q: (q.core, -q.end)))


def _shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Give "8.5, 5.9 and 2.6 points" one unit: a number without one takes that of the next in its list."""
    for at in range(len(found) - 2, -1, -1):
        this, following = found[at], found[at + 1]
        if (
            this.unit == ""
            and following.unit
            and this.end <= following.start
            and not (float(this.low).is_integer() and 1900 <= this.low <= 2100)
            and following.start - this.end < _LIST_GAP
            and _LISTED.fullmatch(text, this.end, following.start)
        ):
            found[at] = replace(this, unit=following.unit)
    return found
