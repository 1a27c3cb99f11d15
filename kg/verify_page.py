"""The interactive page against the one that the tables give: its data, its texts, and all else that it is."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg.problems import Found, Problem, is_not, quoted

__all__ = ["page_data", "page_differences"]

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
_TEXTS = re.compile(r'<script type="text/plain" id="texts">(.*?)</script>', re.DOTALL)
_Item = dict[str, Any]


def page_data(page: str) -> dict[str, Any]:
    """The graph that a page holds; a ValueError where it holds none."""
    match = _DATA.search(page)
    if match is None:
        raise ValueError("the page holds no data")
    data = json.loads(match[1])
    if not isinstance(data, dict):
        raise ValueError("the page's data is no object")
    return data


def page_differences(wanted: Path, found: Path, name: str) -> Found:
    """What differs between two pages; nothing where only the compression of their texts does."""
    try:
        one, other = (path.read_text(encoding="utf-8") for path in (wanted, found))
        expected, given = page_data(one), page_data(other)
        texts, given_texts = _texts(one), _texts(other)
        problems = [
            *_frame(one, other, name),
            *_texts_differ(texts, given_texts, name),
            *_nodes_differ(expected, given, name),
            *_edges_differ(expected, given, texts, given_texts, name),
            *_rest(expected, given, name),
        ]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, zlib.error, binascii.Error) as error:
        what = f"its data cannot be read ({type(error).__name__}: {error})"
        problems = [Problem(table=name, identifier="data", what=what)]
    yield from problems


def _texts(page: str) -> dict[str, Any]:
    match = _TEXTS.search(page)
    if match is None:
        raise ValueError("the page holds no texts")
    packed = base64.b64decode(match[1], validate=True)
    texts: dict[str, Any] = json.loads(zlib.decompress(packed))
    return texts


def _frame(wanted: str, found: str, name: str) -> Found:
    """All of the page but its data and texts: markup, styles and scripts."""
    one, other = (_TEXTS.sub("", _DATA.sub("", page, count=1), count=1) for page in (wanted, found))
    if one == other:
        return
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    line = other.count("\n", 0, start) + 1
    cut = quoted(other[max(start - 20, 0) : start + 60]), quoted(one[max(start - 20, 0) : start + 60])
    what = f"reads {cut[0]}, the tables and the template give {cut[1]}"
    yield Problem(table=name, identifier=f"page line {line}", what=what)


def _texts_differ(wanted: Mapping[str, Any], found: Mapping[str, Any], name: str) -> Found:
    one, other = (
        {paper: (begins, text) for paper, begins, text in each["papers"]} for each in (wanted, found)
    )
    for paper in sorted(one.keys() | other.keys()):
        if one.get(paper) != other.get(paper):
            here, there = (each.get(paper, (None, None))[1] for each in (other, one))
            what = f"text {is_not(here, there)}"
            yield Problem(table=name, identifier=f"paper {paper}", what=what)
    for number, (quote, given) in enumerate(_pairs(wanted["quotes"], found["quotes"])):
        if quote != given:
            what = is_not(given, quote)
            yield Problem(table=name, identifier=f"quote {number}", what=what)
    for number, (document, given) in enumerate(_pairs(wanted["documents"], found["documents"])):
        if document != given:
            yield Problem(table=name, identifier=f"document {number}", what=is_not(given, document))
    yield from _places_differ(_places(wanted), _places(found), name)


def _places_differ(wanted: Mapping[Any, Any], found: Mapping[Any, Any], name: str) -> Found:
    for key in sorted(wanted.keys() | found.keys()):
        if wanted.get(key) != found.get(key):
            what = f"line and column {is_not(found.get(key), wanted.get(key))}"
            yield Problem(
                table=name,
                identifier="place of paper {} in document {}, record {}, sentence {}".format(*key),
                what=what,
            )


def _places(texts: Mapping[str, Any]) -> dict[tuple[int, int, int, int], tuple[int, int]]:
    """Line and column by number of the paper, document, record, and start of the sentence."""
    return {
        (paper, document, record, start): (line, column)
        for paper, document, record, *columns in texts["places"]
        for start, line, column in zip(*columns, strict=True)
    }


def _pairs(one: Sequence[Any], other: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    for number in range(max(len(one), len(other))):
        yield one[number] if number < len(one) else None, other[number] if number < len(other) else None


def _nodes_differ(wanted: Mapping[str, Any], found: Mapping[str, Any], name: str) -> Found:
    one, other = _nodes(wanted), _nodes(found)
    for identifier, node in _by_id(other).items():
        if len(node) > 1:
            yield Problem(table=name, identifier=f"node {identifier}", what=f"stands {len(node)} times")
    known, given = ({node["id"]: node for node in each} for each in (one, other))
    for identifier in sorted(known.keys() | given.keys()):
        if identifier not in given:
            yield Problem(table=name, identifier=f"node {identifier}", what="is missing")
        elif identifier not in known:
            yield Problem(table=name, identifier=f"node {identifier}", what="is not in the tables")
        else:
            yield from _values(known[identifier], given[identifier], name, f"node {identifier}")
    if known == given and [node["id"] for node in one] != [node["id"] for node in other]:
        yield Problem(table=name, identifier="nodes", what="are not in their order")


def _by_id(nodes: Sequence[_Item]) -> dict[str, list[_Item]]:
    found: dict[str, list[_Item]] = defaultdict(list)
    for node in nodes:
        found[node["id"]].append(node)
    return found


def _nodes(data: Mapping[str, Any]) -> list[_Item]:
    kinds = [kind["kind"] for kind in data["kinds"]]
    return [{**item, "kind": kinds[item["kind"]]} for item in _items(data["nodes"], "id")]


def _items(columns: Mapping[str, Any], first: str) -> list[_Item]:
    """Columns as one record for each node or edge."""
    count = len(columns[first])
    plain = {key: values for key, values in columns.items() if key not in ("more", "kinds")}
    for key, values in plain.items():
        if len(values) != count:
            raise ValueError(f"column {key} has {len(values)} values, {first} has {count}")
    items = [{key: values[row] for key, values in plain.items()} for row in range(count)]
    for key, column in columns["more"].items():
        rows = enumerate(column["all"]) if "all" in column else zip(column["at"], column["of"], strict=True)
        for row, value in rows:
            if value is not None:
                items[row][key] = value
    return items


def _values(wanted: _Item, found: _Item, name: str, identifier: str) -> Found:
    for key in sorted(wanted.keys() | found.keys()):
        if wanted.get(key) != found.get(key):
            what = f"{key} {is_not(found.get(key), wanted.get(key))}"
            yield Problem(table=name, identifier=identifier, what=what)


def _edges_differ(
    wanted: Mapping[str, Any],
    found: Mapping[str, Any],
    texts: Mapping[str, Any],
    given_texts: Mapping[str, Any],
    name: str,
) -> Found:
    one, other = _edges(wanted, texts), _edges(found, given_texts)
    missing = _without(one, other)
    extra = _without(other, one)
    ends = ("from", "kind", "to")
    partner: dict[tuple[str, ...], list[_Item]] = defaultdict(list)
    for edge in extra:
        partner[tuple(edge[end] for end in ends)].append(edge)
    for edge in missing:
        key = tuple(edge[end] for end in ends)
        if partner[key]:
            yield from _values(edge, partner[key].pop(0), name, f"edge {' '.join(key)}")
        else:
            yield Problem(table=name, identifier=f"edge {' '.join(key)}", what="is missing")
    for key, edges in partner.items():
        for _ in edges:
            yield Problem(table=name, identifier=f"edge {' '.join(key)}", what="is not in the tables")
    if not missing and not extra and one != other:
        yield Problem(table=name, identifier="edges", what="are not in their order")


def _without(one: Sequence[_Item], other: Sequence[_Item]) -> list[_Item]:
    """The records of one list that are not in the other one, as often as they are more."""
    left = Counter(map(_text, other))
    found = []
    for item in one:
        text = _text(item)
        if left[text]:
            left[text] -= 1
        else:
            found.append(item)
    return found


def _text(item: _Item) -> str:
    return json.dumps(item, sort_keys=True, ensure_ascii=False)


def _edges(data: Mapping[str, Any], texts: Mapping[str, Any]) -> list[_Item]:
    """The edges with their nodes' ids, their kinds and their quotes in place of numbers."""
    ids = [*data["nodes"]["id"], *(paper["id"] for paper in data["outside"])]
    papers = {number: text.encode("utf-16-le") for number, _, text in texts["papers"]}
    found = []
    for item in _items(data["edges"], "from"):
        paper, start, length = item.pop("paper"), item["start"], item.pop("length")
        if start >= 0:
            quote = papers[paper][2 * start : 2 * (start + length)].decode("utf-16-le")
        else:
            quote = texts["quotes"][length] if length >= 0 else None
        item |= {
            "from": ids[item["from"]],
            "to": ids[item["to"]],
            "kind": data["edges"]["kinds"][item["kind"]],
        }
        item |= {"paper": ids[paper] if paper >= 0 else None, "quote": quote}
        found.append(item)
    return found


def _rest(wanted: Mapping[str, Any], found: Mapping[str, Any], name: str) -> Found:
    for part in sorted(wanted.keys() | found.keys()):
        if part not in ("nodes", "edges") and wanted.get(part) != found.get(part):
            what = "is not what the tables give"
            yield Problem(table=name, identifier=part, what=what)
    for part, column in (("nodes", "id"), ("edges", "from")):
        if wanted[part].keys() != found[part].keys() or len(wanted[part][column]) != len(found[part][column]):
            what = f"holds {len(found[part][column])}, the tables give {len(wanted[part][column])}"
            yield Problem(table=name, identifier=part, what=what)
