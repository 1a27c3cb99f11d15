"""The exports of a build against its tables: each is written once more and compared, byte by byte first.

What differs is then told by node, edge and attribute. Places in the drawing are no claims and their layout is
the dearest part of a build: they are read from the first export that has them, and must be the same in all.
"""

from __future__ import annotations

import contextlib
import filecmp
import math
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from pathlib import Path
from xml.etree import ElementTree

from kg import plugins
from kg.errors import ExportError
from kg.exporters import Contents, Exporter, arrange
from kg.problems import Found, Problem, is_not, quoted
from kg.tables import Tables
from kg.verify_page import page_data, page_differences

__all__ = ["verify_exports"]

Element = tuple[str, str, dict[str, str]]  # "node" or "edge", its id, its attributes by name
_Places = dict[str, tuple[float, float]]

_MOST = 20  # differences told of one file
_GRAPHML_NODE = re.compile(
    r'<node id="([^"]*)">.*?<data key="n_x">([^<]*)</data><data key="n_y">([^<]*)</data>'
)
_GEXF_NODE = re.compile(r'<node id="([^"]*)".*?<viz:position x="([^"]*)" y="([^"]*)"')
_XML_PROBLEMS = (ElementTree.ParseError, UnicodeDecodeError, ValueError)


def verify_exports(folder: Path, names: Iterable[str], tables: Tables) -> Found:
    """Compares the files called ``names`` that are of known formats and are there with what tables give."""
    present = [name for name in names if (folder / name).is_file()]
    exporters = _exporters_of(present)
    if not exporters:
        return
    contents = Contents.of(tables)
    places = _places(folder, present, contents.rows.counts()[0])
    if places is not None:
        try:
            contents.display = arrange(contents.rows, places=places)
        except ExportError as error:
            yield Problem(table="tables", identifier="", what=f"no graph can be made of them: {error}")
            return
    for exporter, files in exporters:
        with tempfile.TemporaryDirectory(prefix="kg-verify-") as place:
            exporter.write(contents, Path(place) / exporter.filename)
            for name in files:
                yield from _first(_differences(Path(place) / name, folder / name, name), name)
            written = {path.relative_to(place).as_posix() for path in Path(place).rglob("*")}
            for name in sorted(each for each in written - set(files) if (Path(place) / each).is_file()):
                yield Problem(table=name, identifier="", what="the manifest does not name it")


def _exporters_of(names: Iterable[str]) -> list[tuple[Exporter, list[str]]]:
    """The formats that files are of, with their files; a file of another kind is of none."""
    by_top: dict[str, list[str]] = {}
    for name in names:
        by_top.setdefault(name.partition("/")[0], []).append(name)
    found: list[tuple[Exporter, list[str]]] = []
    for format_name in plugins.names("kg.exporters"):
        exporter: Exporter = plugins.load("kg.exporters", format_name)
        if exporter.filename in by_top:
            found.append((exporter, by_top[exporter.filename]))
    return found


def _first(problems: Found, name: str) -> Found:
    """The first problems, and how many there are more."""
    more = 0
    for number, problem in enumerate(problems):
        if number < _MOST:
            yield problem
        else:
            more += 1
    if more:
        yield Problem(table=name, identifier="", what=f"and {more} more differences")


def _places(folder: Path, names: Iterable[str], count: int) -> _Places | None:
    """The places of so many nodes in the first export that tells each; None where none tells any."""
    readers: tuple[tuple[str, Callable[[Path], _Places]], ...] = (
        ("graph.graphml", lambda path: _places_in_lines(path, _GRAPHML_NODE)),
        ("graph.gexf", lambda path: _places_in_lines(path, _GEXF_NODE)),
        ("graph.html", _places_in_page),
    )
    places: _Places = {}
    for name, read in readers:
        if name in names and len(places) < count:
            with contextlib.suppress(ValueError, KeyError, TypeError):  # told when it is compared
                places = {**read(folder / name), **places}
    return places or None


def _places_in_lines(path: Path, pattern: re.Pattern[str]) -> _Places:
    """Both XML formats write a node's place on its first line."""
    places: _Places = {}
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line.startswith(("<edges>", "<edge ")):
                break
            match = pattern.match(line)
            if match and all(map(math.isfinite, place := (float(match[2]), float(match[3])))):
                places[match[1]] = place
    return places


def _places_in_page(path: Path) -> _Places:
    nodes = page_data(path.read_text(encoding="utf-8"))["nodes"]
    xy = zip(map(float, nodes["x"]), map(float, nodes["y"]), strict=True)
    return dict(zip(nodes["id"], xy, strict=True))


def _differences(wanted: Path, found: Path, name: str) -> Found:
    if not wanted.is_file():
        yield Problem(table=name, identifier="", what="no such file is written from these tables")
        return
    if filecmp.cmp(wanted, found, shallow=False):
        return
    told = False
    if found.suffix == ".html":
        yield from page_differences(wanted, found, name)
        return
    try:
        if name == "graph.graphml":
            for problem in _compared(_graphml(wanted), _graphml(found), name):
                told = True
                yield problem
        elif name == "graph.gexf":
            for problem in _compared(_gexf(wanted), _gexf(found), name):
                told = True
                yield problem
    except _XML_PROBLEMS as error:
        told = True
        yield Problem(table=name, identifier="", what=f"not well-formed XML ({error})")
    if not told:
        yield from _first_line(wanted, found, name)


def _first_line(wanted: Path, found: Path, name: str) -> Found:
    """Where two files begin to differ; a file that is no text is told by its size."""
    try:
        with (
            wanted.open(encoding="utf-8", newline="\n") as one,
            found.open(encoding="utf-8", newline="\n") as two,
        ):
            for number, (line, other) in enumerate(zip_longest(one, two), start=1):
                if line != other:
                    what = _line_differs(line, other)
                    yield Problem(table=name, identifier=f"line {number}", what=what)
                    return
    except UnicodeDecodeError:
        yield Problem(table=name, identifier="", what="is not what the tables give")


def _line_differs(wanted: str | None, found: str | None) -> str:
    if found is None:
        return "the file ends here, the tables give more"
    if wanted is None:
        return f"reads {quoted(found)} behind all that the tables give"
    start = next(
        (at for at, (a, b) in enumerate(zip(wanted, found, strict=False)) if a != b),
        min(len(wanted), len(found)),
    )
    begin = max(start - 20, 0)
    cut = quoted(found[begin:].rstrip("\n")), quoted(wanted[begin:].rstrip("\n"))
    return f"column {start + 1} reads {cut[0]}, the tables give {cut[1]}"


def _compared(wanted: Iterator[Element], found: Iterator[Element], name: str) -> Found:
    """Two streams of elements, nodes before edges, each sorted by id."""
    expected = next(wanted, None)
    last: tuple[bool, str] | None = None
    for element in found:
        scope, identifier, attributes = element
        place = _place(element)
        if last is not None and place <= last:
            what = "stands twice" if place == last else "is not in its order"
            yield Problem(table=name, identifier=f"{scope} {identifier}", what=what)
            continue
        last = place
        while expected is not None and _place(expected) < place:
            yield _missing(expected, name)
            expected = next(wanted, None)
        if expected is None or _place(expected) != place:
            what = "is not in the tables"
            yield Problem(table=name, identifier=f"{scope} {identifier}", what=what)
            continue
        yield from _attributes(expected, attributes, name)
        expected = next(wanted, None)
    for element in chain([expected] if expected is not None else [], wanted):
        yield _missing(element, name)


def _place(element: Element) -> tuple[bool, str]:
    return element[0] == "edge", element[1]


def _missing(element: Element, name: str) -> Problem:
    return Problem(table=name, identifier=f"{element[0]} {element[1]}", what="is missing")


def _attributes(wanted: Element, found: Mapping[str, str], name: str) -> Found:
    scope, identifier, expected = wanted
    for attribute in sorted(expected.keys() | found.keys()):
        one, other = expected.get(attribute), found.get(attribute)
        if one != other:
            what = f"{attribute} {is_not(other, one)}"
            yield Problem(table=name, identifier=f"{scope} {identifier}", what=what)


def _elements(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    """The nodes and edges of an XML file one after the other, with their local names; memory stays small."""
    root: ElementTree.Element | None = None
    for event, element in ElementTree.iterparse(path, events=("start", "end")):
        if root is None:
            root = element
        tag = element.tag.rpartition("}")[2]
        if event == "end" and tag in ("node", "edge", "key", "attribute"):
            yield tag, element
            if tag in ("node", "edge"):
                element.clear()


def _graphml(path: Path) -> Iterator[Element]:
    names: dict[str, str] = {}
    for tag, element in _elements(path):
        if tag == "key":
            names[element.get("id", "")] = element.get("attr.name", "")
        elif tag in ("node", "edge"):
            attributes = {key: value for key, value in element.attrib.items() if key != "id"}
            for data in element:
                key = data.get("key", "")
                attributes[names.get(key, key)] = data.text or ""
            yield tag, element.get("id", ""), attributes


def _gexf(path: Path) -> Iterator[Element]:
    for tag, element in _elements(path):
        if tag not in ("node", "edge"):
            continue
        attributes = {key: value for key, value in element.attrib.items() if key != "id"}
        for child in element.iter():
            part = child.tag.rpartition("}")[2]
            if part == "attvalue":
                attributes[child.get("for", "")] = child.get("value", "")
            elif part in ("color", "position", "size"):
                attributes |= {f"{part} {key}": value for key, value in child.attrib.items()}
        yield tag, element.get("id", ""), attributes
