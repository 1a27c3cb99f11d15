"""How many other people of a field bear a name: what makes "Wei Wang" doubtful and "Graham Neubig" not.

Family and given names are taken as independent: a name stands in as many bylines as its parts make likely.
The counts ship with kg, so what is doubtful does not depend on the collection.
"""

from __future__ import annotations

from functools import lru_cache

from kg.name_counts import COUNTED_NAMES, FAMILY_COUNTS, GIVEN_COUNTS, LETTER_SHARES
from kg.person_names import PersonName, is_east_asian, is_syllable

__all__ = ["COUNTED_PAPERS", "byline_rate", "namesakes"]

# The papers behind the counts; how many of them a person signs; counts of names that are not listed.
COUNTED_PAPERS = 75_824
_BYLINES_EACH = 2
_UNLISTED_FAMILY, _UNLISTED_GIVEN = 20, 12
_CROWDED = 2  # few family names: two of one name are more often two people
_MIDDLE_INITIAL, _MIDDLE_NAME = 1 / 12, 1 / 50


@lru_cache(maxsize=400_000)
def namesakes(name: PersonName) -> float:
    """The people of this name that are expected beside one who bears it, in a field of 76,000 papers a year.

    >>> from kg.person_names import parse_name
    >>> namesakes(parse_name("Wei Wang")) > 10, namesakes(parse_name("Graham Neubig")) < 0.01
    (True, True)
    """
    return _bylines(name) / _BYLINES_EACH


def byline_rate(name: PersonName) -> float:
    """The share of papers of such a field that a name is expected in."""
    return _bylines(name) / COUNTED_PAPERS


def _bylines(name: PersonName) -> float:
    family = FAMILY_COUNTS.get(name.family, _UNLISTED_FAMILY)
    if not is_east_asian(name):  # "Muhammad Imran": a second given name is as frequent as a first
        family = max(family, GIVEN_COUNTS.get(name.family, 0))
    if not name.given:
        return 0.1 if len(name.family) > 3 else 1.0  # one word, or a script without a break
    first, *middle = name.given
    if is_east_asian(name) and all(len(word) > 1 for word in name.given):
        joined = "".join(name.given)
        given = GIVEN_COUNTS.get(joined, _UNLISTED_GIVEN)
        if joined not in GIVEN_COUNTS and middle:  # "William Yang Wang"
            given = min(given, GIVEN_COUNTS.get(first, _UNLISTED_GIVEN) * _MIDDLE_NAME)
        crowded = _CROWDED if is_syllable(first) else 1
        return crowded * family * given / COUNTED_NAMES
    if len(first) == 1:
        expected = family * LETTER_SHARES.get(first, 0.01)
    else:
        expected = family * GIVEN_COUNTS.get(first, _UNLISTED_GIVEN) / COUNTED_NAMES
    for word in middle:
        expected *= _MIDDLE_INITIAL if len(word) == 1 else _MIDDLE_NAME
    return expected
