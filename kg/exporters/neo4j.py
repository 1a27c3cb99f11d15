"""CSV for Neo4j's bulk import, a file a node label and a file a relationship type, in the folder ``neo4j``.

``README.txt`` there holds the command that loads them, ``constraints.cypher`` what to run after it. Lists are
arrays (their delimiter, U+001F, stands in no text). Values are the data as it is: an apostrophe against
spreadsheet formulas would become part of every name in the database, so these files are not for spreadsheets
(the format ``csv`` is). https://neo4j.com/docs/operations-manual/current/import/
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from kg.exporters.clean import clean
from kg.exporters.columns import EDGE_NAMES, Column, columns
from kg.exporters.csvtext import csv_line
from kg.exporters.display import ShownEdge, ShownNode
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_folder

__all__ = ["EXPORTER", "write"]

_DELIMITER = "\x1f"
_TYPES = {"boolean": "boolean", "int": "long", "long": "long", "double": "double", "string": "string"}
_LIST = "string[]"
_README = """Neo4j's bulk import of this graph (Neo4j 5 and later). Stop the database, run this here in a
POSIX shell, start it again, then run constraints.cypher with cypher-shell. It replaces the database neo4j.

{command}

Nodes carry the label Thing, which holds every id, and the label of their kind. These files are made for
neo4j-admin: do not open them in a spreadsheet, which may calculate what papers say. For that there is
`kg export --format csv`.
"""

Item = TypeVar("Item", ShownNode, ShownEdge)


def write(contents: Contents, path: Path) -> None:
    """Writes the folder ``path``; files of a former export that have no rows any more are removed."""
    display = contents.display
    former = ("nodes-*.csv", "edges-*.csv", "constraints.cypher", "README.txt")
    with atomic_folder(path, former=former) as folder:
        nodes = _by_name(display.nodes, _label)
        edges = _by_name(display.edges, _type)
        for label, some_nodes in nodes.items():
            _nodes(folder / f"nodes-{label}.csv", label, some_nodes)
        for name, some_edges in edges.items():
            _edges(folder / f"edges-{name}.csv", name, some_edges)
        _text(folder / "constraints.cypher", _constraints(list(nodes)))
        _text(folder / "README.txt", _README.format(command=_command(list(nodes), list(edges))))


def _by_name(items: Iterable[Item], name: Any) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[name(item.kind)].append(item)
    return dict(sorted(found.items()))


def _label(kind: str) -> str:
    """``Paper``, as labels are written; only letters and digits, so it can stand in a file's name."""
    words = re.findall(r"[A-Za-z0-9]+", kind)
    name = "".join(word[0].upper() + word[1:] for word in words) or "Other"
    return f"Kind{name}" if name[0].isdigit() else name


def _type(kind: str) -> str:
    """``EVALUATED_ON``, as relationship types are written."""
    return "_".join(re.findall(r"[A-Za-z0-9]+", kind)).upper() or "RELATED"


def _nodes(path: Path, label: str, nodes: Sequence[ShownNode]) -> None:
    data = columns((node.attributes for node in nodes), taken={"id", "label"})
    lists = _lists(data, [node.attributes for node in nodes])
    head = ["id:ID", "label:string", *_heads(data, lists), ":LABEL"]
    rows = (
        [node.id, node.label, *_values(data, lists, node.attributes), f"Thing{_DELIMITER}{label}"]
        for node in nodes
    )
    _file(path, head, rows)


def _edges(path: Path, name: str, edges: Sequence[ShownEdge]) -> None:
    data = columns((edge.attributes for edge in edges), taken={"id"}, names=EDGE_NAMES)
    lists = _lists(data, [edge.attributes for edge in edges])
    head = [":START_ID", ":END_ID", "id:string", *_heads(data, lists), ":TYPE"]
    rows = ([e.source, e.target, e.id, *_values(data, lists, e.attributes), name] for e in edges)
    _file(path, head, rows)


def _lists(data: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The attributes that are lists wherever they are known."""
    return frozenset(
        column.attribute
        for column in data
        if all(isinstance(row.get(column.attribute) or [], list | tuple) for row in rows)
    )


def _heads(data: Sequence[Column], lists: frozenset[str]) -> list[str]:
    return [f"{column.name}:{_LIST if column.attribute in lists else _TYPES[column.type]}" for column in data]


def _values(data: Sequence[Column], lists: frozenset[str], attributes: Mapping[str, Any]) -> list[Any]:
    return [
        _DELIMITER.join(filter(None, (clean(str(item)) for item in attributes.get(column.attribute) or ())))
        or None
        if column.attribute in lists
        else column.value(attributes)
        for column in data
    ]


def _file(path: Path, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(head) + "\n")
        file.writelines(map(csv_line, rows))


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _constraints(labels: Sequence[str]) -> str:
    lines = ["CREATE CONSTRAINT kg_thing_id IF NOT EXISTS FOR (n:Thing) REQUIRE n.id IS UNIQUE;"]
    lines += [
        f"CREATE INDEX kg_{label.lower()}_name IF NOT EXISTS FOR (n:{label}) ON (n.name);" for label in labels
    ]
    return "\n".join(lines) + "\n"


def _command(labels: Sequence[str], types: Sequence[str]) -> str:
    """The command that loads all files."""
    files = [f"--nodes=nodes-{label}.csv" for label in labels]
    files += [f"--relationships=edges-{name}.csv" for name in types]
    options = [
        "--overwrite-destination",
        "--multiline-fields=true",
        "--array-delimiter=U+001F",
        *files,
        "neo4j",
    ]
    return " \\\n  ".join(["neo4j-admin database import full", *options])


EXPORTER = Exporter(
    name="neo4j", filename="neo4j", about="Neo4j's bulk import, with its command", write=write
)
