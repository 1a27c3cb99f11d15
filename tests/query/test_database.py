"""DuckDB over the tables: what it shows, and what it never does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import kg
from kg.api import Collection
from kg.database import Database, QueryError, ask
from kg.errors import TablesError
from kg.graph import build_graph
from kg.named_views import VIEW_MEANINGS, VIEWS
from kg.table_meanings import MEANINGS, VERSION
from kg.tables import SCHEMA_VERSION, SCHEMAS, Tables


def test_every_column_has_its_meaning() -> None:
    assert VERSION == SCHEMA_VERSION
    assert {name: tuple(columns) for name, (_, columns) in MEANINGS.items()} == {
        name: tuple(schema.names) for name, schema in SCHEMAS.items()
    }
    assert VIEWS.keys() == VIEW_MEANINGS.keys()
    assert not VIEWS.keys() & SCHEMAS.keys()


def test_works_are_the_papers_of_the_graph(shelf: Any, tmp_path: Path) -> None:
    shelf.paper("A  title\nin two lines", "Words.", "Ana Ruiz", year=2020, work="w:one")
    shelf.paper(None, "We propose deep things and DeepNet. DeepNet is deep things.", venue="V", work="w:two")
    shelf.paper("", "", work="w:three")
    shelf.paper(None, "\n one two three four five six seven eight nine", work="w:four")
    shelf.paper("A title", "Words.", "Bo Chen", venue="Venue", year=2021, work="w:one")
    two = shelf.rows["papers"][1]["paper_id"]
    shelf.named(two, "deep things", "method", "proposed")
    shelf.named(two, "DeepNet", "model", "proposed")
    graph = build_graph(Tables.read(shelf.open(tmp_path).folder / "tables"))
    works = {row["work_id"]: row for row in Database(tmp_path).rows("SELECT * FROM publications")}
    papers = {node: data for node, data in graph.nodes(data=True) if data["kind"] == "paper"}
    assert {work: row["paper"] for work, row in works.items()} == {
        node: data["name"] for node, data in papers.items()
    }
    for name in ("year", "venue", "authors"):
        assert {work: row[name] for work, row in works.items()} == {
            node: data.get(name) for node, data in papers.items()
        }
    assert works["w:two"]["paper"] == "DeepNet (untitled)"


def test_roles_are_the_edges_of_the_graph(nets: Collection) -> None:
    said = {
        (row["work_id"], row["entity_id"]): round(row["confidence"], 4)
        for row in Database(nets.folder).rows("SELECT * FROM roles")
    }
    roles = {"proposes", "compares_with", "evaluated_on", "measures", "targets", "uses", "mentions"}
    edges = nets.graph().edges(data=True)
    assert said == {
        (source, target): round(data["confidence"], 4)
        for source, target, data in edges
        if data["kind"] in roles and source.startswith("w:")
    }


def test_a_select_over_tables_and_views(nets: Collection) -> None:
    rows = nets.sql("SELECT subject, low FROM claims ORDER BY low DESC")
    assert rows == [{"subject": "FastNet", "low": 80.0}, {"subject": "SlowNet", "low": 76.0}]
    assert nets.sql("WITH y AS (SELECT year FROM papers) SELECT max(year) AS last FROM y") == [{"last": 2021}]
    assert nets.sql("SELECT count(*) AS n FROM (SHOW TABLES)")[0]["n"] >= len(SCHEMAS)
    quotes = nets.sql("SELECT quote FROM statements WHERE kind = 'runs_on'")
    assert quotes == [{"quote": "FastNet runs on a T4 GPU."}]


CHANGES = [
    "DELETE FROM papers", "DROP TABLE papers", "CREATE TABLE x AS SELECT 1",
    "INSERT INTO papers SELECT * FROM papers", "UPDATE papers SET title = ''", "COPY papers TO '{out}'",
    "COPY (SELECT 1) TO '{out}' (FORMAT csv)", "ATTACH '{out}'", "INSTALL httpfs", "LOAD httpfs",
    "SET threads = 4", "SET enable_external_access = true", "RESET enable_external_access",
    "PRAGMA database_list", "CALL pragma_version()", "EXPORT DATABASE '{out}'", "CHECKPOINT", "VACUUM",
    "USE memory", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE papers", "EXPLAIN ANALYZE DELETE FROM papers",
    "", "  ;",
]  # fmt: skip


REACHES = [
    "SELECT * FROM read_csv('{secret}')", "SELECT * FROM '{secret}'", "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')", "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM sniff_csv('{secret}')", "SELECT * FROM read_parquet('{folder}/tables/papers.parquet')",
    "SELECT * FROM query_table('{secret}')", "SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM parquet_metadata('{folder}/tables/papers.parquet')", "SELECT getenv('HOME')",
    "SELECT * FROM secret_of_python", "SELECT * FROM sqlite_scan('{secret}', 't')",
    "SELECT * FROM read_csv('https://example.org/x.csv')", "SELECT * FROM papers, read_text('{secret}')",
]  # fmt: skip


@pytest.mark.parametrize("text", CHANGES)
def test_only_a_select_is_run(nets: Collection, tmp_path: Path, text: str) -> None:
    out = tmp_path / "out"
    with pytest.raises(QueryError):
        ask(nets.folder, text.format(out=out))
    assert not out.exists()


@pytest.mark.parametrize("text", REACHES)
def test_a_select_reaches_nothing_but_the_tables(
    nets: Collection, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret_of_python = [{"word": "hidden"}]
    assert secret_of_python
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nhidden\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(QueryError) as caught:
        ask(nets.folder, text.format(secret=secret, folder=nets.folder))
    assert "hidden" not in caught.value.message


def test_the_tables_stay_as_they_are(nets: Collection, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in sorted((nets.folder / "tables").iterdir())}
    for text in CHANGES:
        with pytest.raises(QueryError):
            nets.sql(text.format(out=tmp_path / "out"))
    assert before == {path.name: path.read_bytes() for path in sorted((nets.folder / "tables").iterdir())}


def test_errors_name_what_is_near(nets: Collection) -> None:
    for text, message, hint in (
        ("SELEC 1", "syntax error", "--schema"),
        ("SELECT * FROM paper", "paper", "papers"),
        ("SELECT titel FROM papers", "titel", "title"),
        ("SELECT * FROM read_text('/etc/passwd')", "nothing else", "--schema"),
    ):
        with pytest.raises(QueryError, match=message) as caught:
            nets.sql(text)
        assert hint in (caught.value.hint or "")


def test_the_same_rows_in_the_same_order(nets: Collection) -> None:
    text = "SELECT type, list(name) AS names FROM entities GROUP BY type"
    assert nets.sql(text) == nets.sql(text)


def test_a_folder_without_tables_and_tables_of_another_version(tmp_path: Path, own_nets: Collection) -> None:
    with pytest.raises(TablesError, match="no such table"):
        kg.open(tmp_path / "nowhere")
    path = own_nets.folder / "tables" / "papers.parquet"
    table = pq.ParquetFile(path).read()
    pq.write_table(table.replace_schema_metadata({"kg_schema_version": "99"}), path)
    with pytest.raises(TablesError, match="written with schema version 99"):
        kg.open(own_nets.folder)
    path.write_bytes(b"no parquet")
    with pytest.raises(TablesError, match="not readable Parquet"):
        kg.open(own_nets.folder)


def test_a_table_that_kg_does_not_know_can_be_asked(own_nets: Collection) -> None:
    table = pq.ParquetFile(own_nets.folder / "tables" / "authors.parquet").read()
    pq.write_table(table, own_nets.folder / "tables" / "notes.parquet")
    assert own_nets.sql("SELECT count(*) AS n FROM notes") == [{"n": 3}]
