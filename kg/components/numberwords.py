"""Quantities in words: "an order of magnitude", "doubles", "half", "three times", "five points"."""

from __future__ import annotations

import re

from kg.components.units import canonical_unit

__all__ = ["WORDED", "worded_value"]

_CARDINALS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "fifty": 50,
    "hundred": 100,
}
_CARDINAL = "|".join(sorted((c for c in _CARDINALS if c not in ("a", "an")), key=len, reverse=True))
_MEASURES = (
    r"percentage[- ]points?|percent|per cent|times|milliseconds?|microseconds?|seconds?|minutes?|hours?"
    r"|days?|weeks?|cycles?|points?"
)
WORDED = re.compile(
    rf"\b(?:(?P<orders>(?:(?:(?P<o1>{_CARDINAL}|an?|\d)(?:[- ](?:to|or)[- ](?P<o2>{_CARDINAL}|\d))?[- ])?"
    r"orders?[- ]of[- ]magnitudes?))"
    rf"|(?P<measured>{_CARDINAL})[- ](?P<measure>{_MEASURES})"
    rf"|(?P<fold>{_CARDINAL})-?fold"
    r"|factor of (?P<factor>two|three|four|five|six|eight|ten)"
    r"|(?P<double>doubl(?:es|ed|ing|e)|twice|twofold)|(?P<triple>tripl(?:es|ed|ing|e)|thrice)"
    r"|(?P<quadruple>quadrupl(?:es|ed|ing|e))"
    r"|(?P<half>halv(?:es|ed|ing|e)|half)|(?P<sub>sub)-?(?P<subunit>millisecond|microsecond|micro-second|second|nanosecond)"
    r"|(?P<zero>zero))\b(?!-)"
)
"""Matches lower-case texts."""
_FACTORS = {"double": 2.0, "triple": 3.0, "quadruple": 4.0}


def _orders(first: str | None, second: str | None) -> tuple[float, float]:
    def power(word: str | None) -> float:
        if word is None:
            return 10.0
        return 10.0 ** (int(word) if word.isdigit() else _CARDINALS[word])

    low = power(first)
    return low, power(second) if second else low


def worded_value(match: re.Match[str]) -> tuple[float, float, str] | None:
    """(low, high, unit) of a match of ``WORDED``.

    >>> worded_value(WORDED.search("two to three orders of magnitude"))
    (100.0, 1000.0, 'x')
    """
    if match["orders"]:
        return *_orders(match["o1"], match["o2"]), "x"
    if match["measured"]:
        number = float(_CARDINALS[match["measured"]])
        return number, number, canonical_unit(match["measure"])
    factor = match["fold"] or match["factor"]
    if factor:
        number = float(_CARDINALS[factor])
        return number, number, "x"
    for name, number in _FACTORS.items():
        if match[name]:
            return number, number, "x"
    if match["half"]:
        return 50.0, 50.0, "%"
    if match["sub"]:
        return 1.0, 1.0, canonical_unit(match["subunit"])
    return (0.0, 0.0, "") if match["zero"] else None
