"""How many of many small forgeries does `kg verify` find?

    python benchmarks/bench_corruptions.py [BUILD] [--only WORDS]

Takes a build (of the seeds, made here where none is given), makes one forgery at a time in a copy of it, and
asks verify. Every forgery is made twice: plainly, and as a careful forger would, who writes the manifest anew
so that sizes, checksums and numbers of rows fit. Seeded: the same build gives the same forgeries.

What is forged: every column of every table, rows left out, doubled and moved, files hidden, lost and added,
the manifest, and labels, attributes, quotes, nodes and edges of each export.

Measured in November 2026 on a build of the seeds: 275 forgeries, made 542 times, all found (97 CPU s).
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import json
import random
import re
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import KGError
from kg.manifest import MANIFEST, make_manifest, write_manifest
from kg.tables import SCHEMA_VERSION, SCHEMAS, SORT_KEYS, Row
from kg.verify import verify

__all__ = ["Forgery", "forgeries", "is_found"]

_PAGE_DATA = re.compile(r'(<script type="application/json" id="data">)(.*?)(</script>)', re.DOTALL)
_PAGE_TEXTS = re.compile(r'(<script type="text/plain" id="texts">)(.*?)(</script>)', re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgery:
    """What is forged, and how: changes the files of a build and says where, None where there is no such."""

    name: str
    make: Callable[[Path, random.Random], str | None]
    careful: bool = True  # whether it makes sense with a manifest written anew


def forgeries() -> list[Forgery]:
    """All of them, in a fixed order."""
    return [*_of_tables(), *_of_files(), *_of_xml(), *_of_page()]


def is_found(build: Path, forgery: Forgery, place: Path, *, careful: bool) -> tuple[str | None, str]:
    """(what was forged or None, the first thing that verify says of it or "")."""
    folder = place / "forged"
    shutil.copytree(build, folder, ignore=shutil.ignore_patterns("staging-*", "lock"))
    try:
        where = forgery.make(folder, random.Random(forgery.name))
        if where is None:
            return None, ""
        if careful:
            _write_manifest_anew(folder)
        try:
            problems = verify(folder).problems
        except KGError as error:
            return where, error.message
        return where, f"{problems[0].table} {problems[0].identifier}: {problems[0].what}" if problems else ""
    finally:
        shutil.rmtree(folder)


def _write_manifest_anew(folder: Path) -> None:
    """As a forger would who knows the format: only what the forged files themselves say is changed."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    files = [folder / name for name in manifest["files"] if (folder / name).is_file()]
    counts = dict(manifest["tables"])
    for name in SCHEMAS:
        with contextlib.suppress(OSError, pa.ArrowInvalid):  # a file that is cut off has no number of rows
            counts[name] = pq.read_metadata(folder / "tables" / f"{name}.parquet").num_rows
    anew = make_manifest(folder, files, pipeline="", fingerprint="", counts=counts, graph=manifest["graph"])
    write_manifest(folder, {**manifest, "files": anew["files"], "tables": anew["tables"]})


def _of_tables() -> Iterator[Forgery]:
    for table, schema in SCHEMAS.items():
        for column in schema.names:
            yield Forgery(name=f"{table}.{column} altered", make=_altered(table, column))
        yield Forgery(name=f"{table}: a row left out", make=_rows_changed(table, _left_out))
        yield Forgery(name=f"{table}: a row doubled", make=_rows_changed(table, _doubled))
        yield Forgery(name=f"{table}: two rows exchanged", make=_rows_changed(table, _exchanged))
    for table, column in (("mentions", "start"), ("papers", "title_start"), ("papers", "abstract_end"),
                          ("relations", "end"), ("results", "start"), ("merges", "start")):  # fmt: skip
        yield Forgery(name=f"{table}.{column} moved back by one", make=_altered(table, column, by=-1))
    for column in ("title", "abstract", "venue", "year"):
        yield Forgery(name=f"papers.{column} taken away", make=_emptied("papers", column))
    yield Forgery(name="papers: abstract and text altered together", make=_text_and_abstract)
    yield Forgery(name="results: value and numbers exchanged for another result's", make=_numbers_exchanged)
    yield Forgery(name="links: two mentions' entities exchanged", make=_links_exchanged)
    yield Forgery(name="entities: two names exchanged", make=_names_exchanged)
    yield Forgery(name="mentions: a mention and its link left out", make=_mention_left_out)


def _read(folder: Path, table: str) -> list[Row]:
    rows: list[Row] = pq.ParquetFile(folder / "tables" / f"{table}.parquet").read().to_pylist()
    return rows


def _write(folder: Path, table: str, rows: list[Row]) -> None:
    schema = SCHEMAS[table].with_metadata({"kg_schema_version": str(SCHEMA_VERSION)})
    written = pa.Table.from_pylist(rows, schema=schema)
    pq.write_table(written, folder / "tables" / f"{table}.parquet", compression="zstd")


def _named(table: str, row: Row) -> str:
    return "/".join(str(row[key]) for key in SORT_KEYS[table])


def _altered(table: str, column: str, by: int = 1) -> Callable[[Path, random.Random], str | None]:
    """One value of a column, by as little as there is."""

    def make(folder: Path, chance: random.Random) -> str | None:
        rows = _read(folder, table)
        known = [row for row in rows if row[column] not in (None, [], "")] or rows
        if not known:
            return None
        row = chance.choice(known)
        name, old = _named(table, row), row[column]
        row[column] = _other(old, SCHEMAS[table].field(column).type, by, chance)
        _write(folder, table, rows)
        return f"{table} {name}: {column} {str(old)[:40]!r} is now {str(row[column])[:40]!r}"

    return make


def _other(value: Any, kind: pa.DataType, by: int, chance: random.Random) -> Any:
    if pa.types.is_integer(kind):
        return (value or 0) + by
    if pa.types.is_floating(kind):
        return round((value or 0.0) + (0.01 if (value or 0) < 0.9 else -0.01), 6)
    if pa.types.is_list(kind):
        return [*(value or []), "forged"]
    if not value:
        return "forged"
    at = chance.randrange(len(value))
    return value[:at] + ("x" if value[at] != "x" else "y") + value[at + 1 :]


def _rows_changed(
    table: str, change: Callable[[list[Row], random.Random], str | None]
) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, chance: random.Random) -> str | None:
        rows = _read(folder, table)
        if len(rows) < 2:
            return None
        where = change(rows, chance)
        _write(folder, table, rows)
        return f"{table} row {where}"

    return make


def _left_out(rows: list[Row], chance: random.Random) -> str:
    at = chance.randrange(len(rows))
    del rows[at]
    return str(at)


def _doubled(rows: list[Row], chance: random.Random) -> str:
    at = chance.randrange(len(rows))
    rows.insert(at, rows[at])
    return str(at)


def _exchanged(rows: list[Row], chance: random.Random) -> str:
    at = chance.randrange(len(rows) - 1)
    rows[at], rows[at + 1] = rows[at + 1], rows[at]
    return str(at)


def _emptied(table: str, column: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, chance: random.Random) -> str | None:
        rows = _read(folder, table)
        known = [row for row in rows if row[column] is not None]
        if not known:
            return None
        row = chance.choice(known)
        row[column] = None
        _write(folder, table, rows)
        return f"{table} {_named(table, row)}: {column}"

    return make


def _text_and_abstract(folder: Path, chance: random.Random) -> str | None:
    """A word of an abstract that is no mention, so that no offset moves."""
    rows = _read(folder, "papers")
    row = chance.choice([row for row in rows if " the " in (row["abstract"] or "")])
    for column in ("abstract", "text"):
        row[column] = " teh ".join(row[column].rsplit(" the ", 1))
    _write(folder, "papers", rows)
    return str(row["paper_id"])


def _numbers_exchanged(folder: Path, chance: random.Random) -> str | None:
    rows = _read(folder, "results")
    pairs = [(a, b) for a in rows for b in rows if a["low"] < b["low"] and a["start"] == b["start"]
             and a["paper_id"] == b["paper_id"]]  # fmt: skip
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    for column in ("value", "low", "high", "unit"):
        one[column], other[column] = other[column], one[column]
    _write(folder, "results", rows)
    return f"{one['result_id']} and {other['result_id']}"


def _links_exchanged(folder: Path, chance: random.Random) -> str | None:
    rows = _read(folder, "links")
    one = chance.choice(rows)
    other = chance.choice([row for row in rows if row["entity_id"] != one["entity_id"]])
    one["entity_id"], other["entity_id"] = other["entity_id"], one["entity_id"]
    _write(folder, "links", rows)
    return f"{one['mention_id']} and {other['mention_id']}"


def _names_exchanged(folder: Path, chance: random.Random) -> str | None:
    """The name by another form of the entity: every row stays possible."""
    rows = _read(folder, "entities")
    row = chance.choice([row for row in rows if len(row["aliases"]) > 1])
    row["name"] = next(alias for alias in row["aliases"] if alias != row["name"])
    _write(folder, "entities", rows)
    return f"{row['entity_id']} is now {row['name']!r}"


def _mention_left_out(folder: Path, chance: random.Random) -> str | None:
    mentions, links = _read(folder, "mentions"), _read(folder, "links")
    gone = chance.choice(mentions)["mention_id"]
    _write(folder, "mentions", [row for row in mentions if row["mention_id"] != gone])
    _write(folder, "links", [row for row in links if row["mention_id"] != gone])
    return str(gone)


def _of_files() -> Iterator[Forgery]:
    yield Forgery(name="a hidden file in tables/", make=_added("tables/.papers.parquet"))
    yield Forgery(name="another table in tables/", make=_added("tables/more.parquet"))
    yield Forgery(name="a file lost", make=_lost("graph.gexf"), careful=False)
    yield Forgery(name="a table lost", make=_lost("tables/links.parquet"), careful=False)
    yield Forgery(name="a table cut off", make=_cut("tables/mentions.parquet"))
    yield Forgery(name="graph.graphml cut off", make=_cut("graph.graphml"))
    yield Forgery(name="graph.gexf cut off", make=_cut("graph.gexf"))
    yield Forgery(name="graph.html cut off", make=_cut("graph.html"))
    yield Forgery(name="a column of another type", make=_other_type)
    for path in (
        ("graph", "nodes"),
        ("graph", "edges"),
        ("tables", "papers"),
        ("tables", "results"),
        ("schema_version",),
    ):
        yield Forgery(name=f"manifest: {'.'.join(path)} altered", make=_in_manifest(*path), careful=False)
    yield Forgery(name="manifest: a file not named", make=_not_named, careful=False)
    yield Forgery(name="manifest: nodes altered, all else fits", make=_in_manifest("graph", "nodes"))
    yield Forgery(name="manifest: edges altered, all else fits", make=_in_manifest("graph", "edges"))


def _added(name: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, _: random.Random) -> str | None:
        shutil.copy(folder / "tables" / "papers.parquet", folder / name)
        return name

    return make


def _lost(name: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, _: random.Random) -> str | None:
        (folder / name).unlink()
        return name

    return make


def _cut(name: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, _: random.Random) -> str | None:
        data = (folder / name).read_bytes()
        (folder / name).write_bytes(data[: len(data) * 2 // 3])
        if name.endswith(
            ".parquet"
        ):  # what counts rows must still find them: only the checksum can be forged
            return name
        return name

    return make


def _other_type(folder: Path, _: random.Random) -> str | None:
    path = folder / "tables" / "entities.parquet"
    table = pq.ParquetFile(path).read()
    fields = [pa.field("papers", pa.int32()) if field.name == "papers" else field for field in table.schema]
    schema = pa.schema(fields, metadata=table.schema.metadata)
    pq.write_table(table.cast(schema), path, compression="zstd")
    return "entities.papers"


def _in_manifest(*path: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, _: random.Random) -> str | None:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        inner = manifest
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] += 1
        write_manifest(folder, manifest)
        return ".".join(path)

    return make


def _not_named(folder: Path, _: random.Random) -> str | None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    del manifest["files"]["tables/papers.parquet"]
    write_manifest(folder, manifest)
    return "tables/papers.parquet"


_IN_XML: tuple[tuple[str, str, str], ...] = (
    # what, in GraphML, in GEXF: patterns whose first group is altered
    ("a node's label", r'<data key="n_label">([^<]+)</data>', r'<node id="[^"]+" label="([^"]+)"'),
    ("a node's kind", r'<data key="n_kind">([^<]+)</data>', r'<attvalue for="kind" value="([^"]+)"/>'),
    ("a node's place", r'<data key="n_x">([^<]+)</data>', r'<viz:position x="([^"]+)"'),
    ("a node's size", r'<data key="n_size">([^<]+)</data>', r'<viz:size value="([^"]+)"'),
    ("a node's colour", r'<data key="n_color">([^<]+)</data>', r'<viz:color r="([^"]+)"'),
    ("an edge's label", r'<data key="e_label">([^<]+)</data>', r'target="[^"]+" label="([^"]+)"'),
    ("an edge's weight", r'<data key="e_weight">([^<]+)</data>', r'weight="([^"]+)"'),
    ("an edge's source", r'<edge id="[^"]+" source="([^"]+)"', r'<edge id="[^"]+" source="([^"]+)"'),
    ("an edge's target", r'<edge [^>]*target="([^"]+)"', r'<edge [^>]*target="([^"]+)"'),
    ("a count of papers",
     r'<data key="n_papers">([^<]+)</data>',
     r'<attvalue for="papers" value="([^"]+)"/>'),
    ("a count of mentions",
     r'<data key="n_mentions">([^<]+)</data>',
     r'<attvalue for="mentions" value="([^"]+)"/>'),
    ("a year", r'<data key="n_year">([^<]+)</data>', r'<attvalue for="year" value="([^"]+)"/>'),
    ("an abstract", r'<data key="n_abstract">([^<]+)</data>', r'<attvalue for="abstract" value="([^"]+)"/>'),
    ("a quote", r'<data key="e_evidence">([^<]+)</data>', r'<attvalue for="evidence" value="([^"]+)"/>'),
    ("an offset",
     r'<data key="e_evidence_start">([^<]+)</data>',
     r'<attvalue for="evidence_start" value="([^"]+)"/>'),
    ("the support of an edge",
     r'<data key="e_support">([^<]+)</data>',
     r'<attvalue for="support" value="([^"]+)"/>'),
    ("a confidence",
     r'<data key="e_confidence">([^<]+)</data>',
     r'<attvalue for="confidence" value="([^"]+)"/>'),
    ("a number of a result", r'<data key="e_high">([^<]+)</data>', r'<attvalue for="high" value="([^"]+)"/>'),
    ("a value as printed", r'<data key="e_value">([^<]+)</data>', r'<attvalue for="value" value="([^"]+)"/>'),
    ("a community",
     r'<data key="n_community">([^<]+)</data>',
     r'<attvalue for="community" value="([^"]+)"/>'),
    ("the type of a column",
     r'<key [^>]*attr.name="year" attr.type="([^"]+)"',
     r'<attribute id="year" [^>]*type="([^"]+)"'),
    ("the heading", r"<desc>([^<]+)</desc>", r"<title>([^<]+)</title>"),
)  # fmt: skip


def _of_xml() -> Iterator[Forgery]:
    for name, number in (("graph.graphml", 1), ("graph.gexf", 2)):
        for pattern in _IN_XML:
            yield Forgery(name=f"{name}: {pattern[0]} altered", make=_matched(name, pattern[number]))
        for element in ("node", "edge"):
            for what in ("left out", "doubled"):
                article = "an" if element == "edge" else "a"
                yield Forgery(name=f"{name}: {article} {element} {what}", make=_element(name, element, what))
        yield Forgery(name=f"{name}: two nodes exchanged", make=_element(name, "node", "exchanged"))
        yield Forgery(name=f"{name}: two quotes exchanged", make=_quotes_exchanged(name, _IN_XML[13][number]))


def _matched(name: str, pattern: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, chance: random.Random) -> str | None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        found = list(re.finditer(pattern, text))
        if not found:
            return None
        match = chance.choice(found)
        old = match[1]
        try:
            new = str(int(old) + 1)
        except ValueError:
            try:
                new = repr(float(old) + 0.125)
            except ValueError:
                new = _other(old, pa.string(), 1, chance).replace("&", "x")
        path.write_text(text[: match.start(1)] + new + text[match.end(1) :], encoding="utf-8", newline="\n")
        return f"{name}: {old[:40]!r} is now {new[:40]!r}"

    return make


def _element(name: str, element: str, what: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, chance: random.Random) -> str | None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        found = list(re.finditer(rf"<{element} id=.*?</{element}>\n", text, re.DOTALL))
        at = chance.randrange(len(found) - 1)
        one, two = found[at], found[at + 1]
        new = {"left out": "", "doubled": one[0] * 2, "exchanged": two[0] + one[0]}[what]
        end = two.end() if what == "exchanged" else one.end()
        path.write_text(text[: one.start()] + new + text[end:], encoding="utf-8", newline="\n")
        return f"{name}: {one[0][:40]}"

    return make


def _quotes_exchanged(name: str, pattern: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, chance: random.Random) -> str | None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        found = list(re.finditer(pattern, text))
        one = chance.choice(found)
        other = chance.choice([match for match in found if match[1] != one[1]])
        one, other = sorted((one, other), key=lambda match: match.start())
        text = (
            text[: one.start(1)]
            + other[1]
            + text[one.end(1) : other.start(1)]
            + one[1]
            + text[other.end(1) :]
        )
        path.write_text(text, encoding="utf-8", newline="\n")
        return f"{name}: {one[1][:40]!r} and {other[1][:40]!r}"

    return make


def _of_page() -> Iterator[Forgery]:
    def page(name: str, change: Callable[[dict[str, Any], random.Random], str | None]) -> Forgery:
        return Forgery(name=f"graph.html: {name}", make=_in_page(change))

    for column in ("id", "kind", "name", "x", "y", "size", "community"):
        yield page(f"a node's {column} altered", _page_value("nodes", column))
    for column in ("from", "to", "kind", "confidence", "paper", "start", "length"):
        yield page(f"an edge's {column} altered", _page_value("edges", column))
    for column in ("papers", "mentions", "year", "aliases", "document"):
        yield page(f"{column} of a node altered", _page_more("nodes", column))
    for column in ("value", "high", "metric", "unit", "position"):
        yield page(f"{column} of an edge altered", _page_more("edges", column))
    yield page("a node removed", _page_node_removed)
    yield page("an edge removed", _page_edge_removed)
    yield page("a community renamed", _page_community)
    yield Forgery(name="graph.html: the text of a paper altered", make=_page_text("papers"))
    yield Forgery(name="graph.html: a quote altered", make=_page_text("quotes"))
    yield Forgery(name="graph.html: the line of a sentence altered", make=_page_text("places"))
    yield Forgery(name="graph.html: the document of sentences altered", make=_page_text("documents"))
    yield Forgery(
        name="graph.html: the heading altered", make=_matched("graph.html", r"<title>([^<]+)</title>")
    )
    yield Forgery(name="graph.html: a script altered", make=_matched("graph.html", r'"use (strict)"'))
    yield Forgery(name="graph.html: the policy altered", make=_matched("graph.html", r"default-src '(none)'"))


def _in_page(
    change: Callable[[dict[str, Any], random.Random], str | None],
) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, chance: random.Random) -> str | None:
        path = folder / "graph.html"
        page = path.read_text(encoding="utf-8")
        match = _PAGE_DATA.search(page)
        assert match
        data = json.loads(match[2])
        where = change(data, chance)
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        path.write_text(page[: match.start(2)] + text + page[match.end(2) :], encoding="utf-8", newline="\n")
        return where

    return make


def _changed(value: Any) -> Any:
    if isinstance(value, int | float):
        return value + 1 if isinstance(value, int) else round(value / 2, 4)
    return [*value, "forged"] if isinstance(value, list) else f"{value}x"


def _page_value(part: str, column: str) -> Callable[[dict[str, Any], random.Random], str | None]:
    def change(data: dict[str, Any], chance: random.Random) -> str | None:
        values = data[part][column]
        at = chance.choice([number for number, value in enumerate(values) if value not in (None, -1)])
        values[at] = _changed(values[at])
        return f"{part} {at}: {values[at]}"

    return change


def _page_more(part: str, column: str) -> Callable[[dict[str, Any], random.Random], str | None]:
    def change(data: dict[str, Any], chance: random.Random) -> str | None:
        found = data[part]["more"].get(column)
        if not found:
            return None
        values = found["all"] if "all" in found else found["of"]
        at = chance.choice([number for number, value in enumerate(values) if value is not None])
        values[at] = _changed(values[at])
        return f"{part} {at}: {str(values[at])[:40]}"

    return change


def _page_edge_removed(data: dict[str, Any], chance: random.Random) -> str | None:
    at = chance.randrange(len(data["edges"]["from"]))
    _remove(data["edges"], at)
    return f"edge {at}"


def _page_node_removed(data: dict[str, Any], _: random.Random) -> str | None:
    """The last node that nothing else counts on: with its edges."""
    at = len(data["nodes"]["id"]) - 1
    edges = data["edges"]
    for edge in reversed(range(len(edges["from"]))):
        if at in (edges["from"][edge], edges["to"][edge]):
            _remove(edges, edge)
    _remove(data["nodes"], at)
    return f"node {at}"


def _remove(columns: dict[str, Any], at: int) -> None:
    for name, values in columns.items():
        if name not in ("more", "kinds"):
            del values[at]
    for column in columns["more"].values():
        if "all" in column:
            del column["all"][at]
        else:
            kept = [(row, value) for row, value in zip(column["at"], column["of"], strict=True) if row != at]
            column["at"] = [row - (row > at) for row, _ in kept]
            column["of"] = [value for _, value in kept]


def _page_community(data: dict[str, Any], chance: random.Random) -> str | None:
    if not data["communities"]:
        return None
    chance.choice(data["communities"])[0] += "x"
    return "communities"


def _page_text(part: str) -> Callable[[Path, random.Random], str | None]:
    def make(folder: Path, chance: random.Random) -> str | None:
        path = folder / "graph.html"
        page = path.read_text(encoding="utf-8")
        match = _PAGE_TEXTS.search(page)
        assert match
        texts = json.loads(zlib.decompress(base64.b64decode(match[2])))
        if not texts[part]:
            return None
        at = chance.randrange(len(texts[part]))
        if part == "papers":
            texts[part][at][2] = texts[part][at][2].replace("a", "e", 1)
        elif part == "places":
            texts[part][at][4][0] += 1
        elif part == "documents":
            texts[part][at][0] += "x"
        else:
            texts[part][at] += "x"
        written = json.dumps(texts, ensure_ascii=False, separators=(",", ":")).encode()
        packed = base64.b64encode(zlib.compress(written, 9)).decode("ascii")
        path.write_text(
            page[: match.start(2)] + packed + page[match.end(2) :], encoding="utf-8", newline="\n"
        )
        return f"{part} {at}"

    return make


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("build", nargs="?", type=Path, help="the folder of a build with its exports")
    parser.add_argument("--only", default="", help="forgeries whose names hold these words")
    parser.add_argument("--quiet", action="store_true", help="print what was missed, and the figures")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kg-forged-") as place:
        build = options.build or _seeds_built(Path(place) / "seeds")
        started = time.process_time()
        kinds: set[str] = set()
        made = found = 0
        for forgery in (each for each in forgeries() if options.only in each.name):
            for careful in (False, True) if forgery.careful else (False,):
                where, told = is_found(build, forgery, Path(place), careful=careful)
                if where is None:
                    print(f"  there is none: {forgery.name}")
                    break
                kinds.add(forgery.name)
                made, found = made + 1, found + bool(told)
                if not told:
                    print(f"MISSED {'(careful) ' if careful else ''}{forgery.name}: {where}")
                elif not options.quiet:
                    print(f"{'careful' if careful else 'plain':8}{forgery.name}: {told[:150]}")
        seconds = time.process_time() - started
    figures = f"{len(kinds)} forgeries, plain and careful {made}: {found} found, {made - found} missed"
    print(f"{figures}; {seconds:.0f} CPU s")
    sys.exit(found < made)


def _seeds_built(folder: Path) -> Path:
    from kg.build import build

    seeds = Path(__file__).parent.parent / "seeds"
    return build([str(seeds)], folder, pipeline="fast").output


if __name__ == "__main__":
    main()
