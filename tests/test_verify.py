"""Every kind of untruth in a build is found, and a true build has none."""

from __future__ import annotations

import copy
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg.errors import TablesError
from kg.exporters import Contents, export
from kg.graph import build_graph
from kg.manifest import MANIFEST, make_manifest, read_manifest, write_manifest
from kg.tables import Tables
from kg.verify import verify, verify_tables


def changed(tables: Tables, table: str, number: int, **values: Any) -> Tables:
    rows = {name: copy.deepcopy(list(getattr(tables, name))) for name in tables.counts()}
    rows[table][number].update(values)
    return Tables(**rows)


def without(tables: Tables, table: str, number: int) -> Tables:
    rows = {name: copy.deepcopy(list(getattr(tables, name))) for name in tables.counts()}
    del rows[table][number]
    return Tables(**rows)


def whats(tables: Tables) -> list[str]:
    return [f"{problem.table}: {problem.what}" for problem in verify_tables(tables).problems]


def test_a_true_build_has_no_problem(toy_tables: Tables) -> None:
    report = verify_tables(toy_tables)
    assert report.problems == ()
    checked = dict(report.checked)
    assert checked["mentions: offsets"] == len(toy_tables.mentions) > 0
    assert checked["papers: text, title and abstract in their documents"] == 2


def test_an_empty_build_has_no_problem() -> None:
    assert verify_tables(Tables()).problems == ()


@pytest.mark.parametrize(
    ("table", "values", "expected"),
    [
        ("mentions", {"text": "IoS"}, "not 'IoS'"),
        ("mentions", {"start": 0, "end": 10_000}, "0:10000 lies outside the text"),
        ("mentions", {"start": -1}, "lies outside"),
        ("mentions", {"start": 5, "end": 5}, "5:5 lies outside"),
        ("mentions", {"paper_id": "p:gone"}, "paper_id p:gone is not in papers"),
        ("mentions", {"mention_id": "m:other"}, "has 0 links"),
        ("mentions", {"type": "animal"}, "type is 'animal'"),
        ("mentions", {"role": None}, "role is None"),
        ("mentions", {"confidence": 1.5}, "confidence 1.5 is not between 0 and 1"),
        ("links", {"entity_id": "e:gone"}, "entity_id e:gone is not in entities"),
        ("entities", {"papers": 9}, "says 9 papers"),
        ("entities", {"mentions": 0}, "says 0 mentions"),
        ("entities", {"aliases": []}, "aliases are not the forms"),
        ("entities", {"same_as": "e:gone"}, "same_as e:gone is not in entities"),
        ("authorships", {"author_id": "a:gone"}, "author_id a:gone is not in authors"),
        ("relations", {"end": 10_000}, "lies outside the text"),
        ("relations", {"kind": "likes"}, "kind is 'likes'"),
        ("relations", {"head_id": None}, "head_id None is not in entities"),
        ("results", {"value": "7x"}, "value '7x' does not stand in its evidence"),
        ("results", {"low": 9.0}, "low 9.0 is above high 1.5"),
        ("results", {"high": math.inf}, "1.1 to inf are no numbers"),
        ("results", {"baseline_id": "e:gone"}, "baseline_id e:gone is not in entities"),
        ("results", {"bound": "maybe"}, "bound is 'maybe'"),
        ("papers", {"title": "Another title"}, "text is not title, blank line, abstract"),
        ("papers", {"document_id": "gone"}, "document_id gone is not in documents"),
        ("papers", {"title_start": 1}, "title differs from the document at 1:"),
        ("papers", {"abstract_end": 10_000}, "lies outside the document"),
        ("papers", {"abstract_start": None}, "abstract has one offset only"),
        ("papers", {"title_start": None, "title_end": None}, "title has no offsets"),
        ("documents", {"papers": 3}, "says 3 papers, there are 2"),
        ("documents", {"status": "empty"}, "status is empty with 2 papers"),
    ],
)
def test_each_untruth_is_found(toy_tables: Tables, table: str, values: dict[str, Any], expected: str) -> None:
    found = whats(changed(toy_tables, table, 0, **values))
    assert any(expected in what for what in found), found


def test_ids_are_unique(toy_tables: Tables) -> None:
    rows = {name: getattr(toy_tables, name) for name in toy_tables.counts()}
    rows["entities"] = [rows["entities"][0], *rows["entities"]]
    assert "entities: stands 2 times" in whats(Tables(**rows))


def test_every_mention_has_a_link(toy_tables: Tables) -> None:
    assert "mentions: has 0 links" in whats(without(toy_tables, "links", 0))


def test_a_form_has_one_type_and_role_in_a_paper(toy_tables: Tables) -> None:
    first = toy_tables.mentions[0]
    rows = {name: getattr(toy_tables, name) for name in toy_tables.counts()}
    rows["mentions"] = [first, {**first, "mention_id": "m:twin", "role": "target"}]
    found = whats(Tables(**rows))
    assert any("elsewhere" in what for what in found)


def test_a_relation_needs_its_entities_in_its_paper(toy_tables: Tables) -> None:
    elsewhere = next(row["entity_id"] for row in toy_tables.entities if row["name"] == "cuDNN")
    found = whats(changed(toy_tables, "relations", 0, tail_id=elsewhere))
    assert f"relations: tail_id {elsewhere} is not mentioned in the paper" in found


def test_a_structured_document_needs_no_offsets(toy_tables: Tables) -> None:
    tables = changed(toy_tables, "documents", 0, media_type="application/jsonl")
    for number in range(2):
        nothing = dict.fromkeys(("title_start", "title_end", "abstract_start", "abstract_end"))
        tables = changed(tables, "papers", number, **nothing)
    assert whats(tables) == []


def test_white_space_counts_in_plain_text_only(toy_tables: Tables) -> None:
    text = toy_tables.documents[0]["text"].replace("on a GPU.", "on\na GPU.")
    mended = {"text": text, "error": "1 lines were mended"}  # so that the bytes are not looked at
    assert len(whats(changed(toy_tables, "documents", 0, **mended))) == 1
    tables = changed(toy_tables, "documents", 0, **mended, media_type="application/jsonl")
    assert whats(tables) == []


def test_markup_is_read_as_a_person_sees_it(toy_tables: Tables) -> None:
    plain = toy_tables.documents[0]["text"]
    marked = plain.replace("TensorRT", "<b>Tensor</b>RT")
    html = {"media_type": "text/html", "error": "1 lines were mended"}
    tables = changed(toy_tables, "documents", 0, text=marked, **html)
    for number, paper in enumerate(toy_tables.papers):
        start = marked.index(paper["title"])
        abstract = paper["abstract"].replace("TensorRT", "<b>Tensor</b>RT")
        offsets = {
            "title_start": start,
            "title_end": start + len(paper["title"]),
            "abstract_start": marked.index(abstract),
            "abstract_end": marked.index(abstract) + len(abstract),
        }
        tables = changed(tables, "papers", number, **offsets)
    assert whats(tables) == []
    assert any("abstract differs" in what for what in whats(changed(tables, "papers", 0, abstract_start=3)))


def write_build(folder: Path, tables: Tables, formats: tuple[str, ...] = ("graphml", "gexf", "html")) -> None:
    contents = Contents.of(tables)
    files = tables.write(folder / "tables")
    files += [export(contents, name, folder) for name in formats]
    write_manifest_anew(folder, tables, files)


def write_manifest_anew(folder: Path, tables: Tables, files: list[Path] | None = None) -> None:
    """As a careful forger would: sizes and checksums fit."""
    nodes, edges = Contents.of(tables).rows.counts()
    if files is None:
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST]
    manifest = make_manifest(
        folder,
        files,
        pipeline="fast",
        fingerprint="y",
        counts=tables.counts(),
        graph={"nodes": nodes, "edges": edges},
    )
    write_manifest(folder, manifest)


def found_in(folder: Path) -> list[tuple[str, str, str]]:
    return [(problem.table, problem.identifier, problem.what) for problem in verify(folder).problems]


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_a_whole_build(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    report = verify(tmp_path)
    assert report.problems == ()
    graph = build_graph(toy_tables)
    counted = graph.number_of_nodes() + graph.number_of_edges()
    for name in ("graph.graphml", "graph.gexf", "graph.html"):
        assert dict(report.checked)[f"{name}: nodes and edges"] == counted


@pytest.mark.parametrize("formats", [("json",), ("jsonld", "csv"), ("gexf",), ("html", "neo4j"), ()])
def test_other_formats_are_compared_too(toy_tables: Tables, tmp_path: Path, formats: tuple[str, ...]) -> None:
    contents = Contents.of(toy_tables)
    files = toy_tables.write(tmp_path / "tables")
    for name in formats:
        path = export(contents, name, tmp_path)
        files += sorted(path.iterdir()) if path.is_dir() else [path]
    write_manifest_anew(tmp_path, toy_tables, files)
    assert verify(tmp_path).problems == ()
    for path in files[len(toy_tables.counts()) :]:
        before = path.read_text(encoding="utf-8")
        if "TensorRT" not in before or path.suffix == ".html":
            continue
        path.write_text(before.replace("TensorRT", "TensorTR", 1), encoding="utf-8", newline="\n")
        write_manifest_anew(tmp_path, toy_tables, files)
        ((table, _, what),) = found_in(tmp_path)
        assert table == path.relative_to(tmp_path).as_posix()
        assert "TensorTR" in what
        assert "TensorRT" in what
        path.write_text(before, encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("graph.graphml", ">IOS</data>", ">IOX</data>", "label is 'IOX', the tables give 'IOS'"),
        ("graph.gexf", 'label="IOS"', 'label="IOX"', "label is 'IOX', the tables give 'IOS'"),
        ("graph.graphml", "1.1 to 1.5x on GPUs.", "1.1 to 1.6x on GPUs.", "on GPUs."),
        ("graph.graphml", ' edgedefault="directed"', ' edgedefault="undirected"', "column"),
        ("graph.graphml", '<data key="e_weight">1.0', '<data key="e_weight">2.0', "weight is '2.0'"),
        (
            "graph.gexf",
            '<attvalue for="support" value="1"',
            '<attvalue for="support" value="3"',
            "support is '3'",
        ),
        ("graph.gexf", 'title="year"', 'title="yaer"', "column"),
        ("graph.html", '"name":["', '"name":["Dr. ', "name is 'Dr. "),
        ("graph.html", "<title>Knowledge", "<title>Knowing", "reads"),
        ("graph.html", '"use strict"', '"use strict";alert(1)', "alert(1)"),
        ("graph.html", '"confidence":[', '"confidence":[0.5,', "its data cannot be read"),
    ],
)
def test_a_careful_forger_of_an_export(
    toy_tables: Tables, tmp_path: Path, name: str, old: str, new: str, expected: str
) -> None:
    write_build(tmp_path, toy_tables)
    replaced(tmp_path / name, old, new)
    write_manifest_anew(tmp_path, toy_tables)
    found = found_in(tmp_path)
    assert {table for table, _, _ in found} == {name}
    assert any(expected in what for _, _, what in found), found


def test_a_place_that_differs_between_exports(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    text = (tmp_path / "graph.graphml").read_text(encoding="utf-8")
    old = text[text.index('<data key="n_x">') :].partition("</data>")[0]
    replaced(tmp_path / "graph.graphml", old, '<data key="n_x">12.5')
    write_manifest_anew(tmp_path, toy_tables)
    assert {(table, what.split()[0]) for table, _, what in found_in(tmp_path)} == {
        ("graph.gexf", "position"),
        ("graph.html", "x"),
    }


@pytest.mark.parametrize("element", ["node", "edge"])
@pytest.mark.parametrize("name", ["graph.graphml", "graph.gexf"])
@pytest.mark.parametrize("times", [0, 2])
def test_a_node_or_an_edge_left_out_or_doubled(
    toy_tables: Tables, tmp_path: Path, element: str, name: str, times: int
) -> None:
    write_build(tmp_path, toy_tables)
    text = (tmp_path / name).read_text(encoding="utf-8")
    start = text.index(f"<{element} id=")
    whole = text[start : text.index(f"</{element}>\n", start)] + f"</{element}>\n"
    replaced(tmp_path / name, whole, whole * times)
    write_manifest_anew(tmp_path, toy_tables)
    ((table, identifier, what),) = found_in(tmp_path)
    assert (table, what) == (name, "stands twice" if times else "is missing")
    assert identifier.startswith(f"{element} ")


def test_missing_files_and_rows(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    (tmp_path / "graph.graphml").unlink()
    without(toy_tables, "results", 0).write(tmp_path / "tables")
    found = {(identifier, what) for _, identifier, what in found_in(tmp_path)}
    assert ("graph.graphml", "the file is missing") in found
    assert ("results", "says 1 rows of results, there are 0") in found


def test_a_row_left_out_shows_in_the_exports(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    less = without(toy_tables, "results", 0)
    less.write(tmp_path / "tables")
    write_manifest_anew(tmp_path, less)
    found = found_in(tmp_path)
    assert {table for table, _, _ in found} == {"graph.graphml", "graph.gexf", "graph.html"}
    assert any(what == "is not in the tables" for _, _, what in found)


def test_what_else_lies_in_tables(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    (tmp_path / "tables" / ".hidden").write_text("x", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")  # not named by the manifest: not looked at
    assert found_in(tmp_path) == [("tables/.hidden", "", "no table of a build is called so")]


def test_rows_out_of_order(toy_tables: Tables) -> None:
    rows = {name: getattr(toy_tables, name) for name in toy_tables.counts()}
    rows["mentions"] = list(reversed(rows["mentions"]))
    assert "mentions: row 2 is not in its order" in whats(Tables(**rows))


def test_a_column_of_another_type(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    path = tmp_path / "tables" / "entities.parquet"
    table = pq.ParquetFile(path).read()
    fields = [pa.field(each.name, pa.int32()) if each.name == "papers" else each for each in table.schema]
    pq.write_table(table.cast(pa.schema(fields, metadata=table.schema.metadata)), path)
    write_manifest_anew(tmp_path, toy_tables)
    assert found_in(tmp_path) == [("entities", "column papers", "holds int32, not int64")]


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("graph", {"nodes": 1, "edges": 1}, "says 1 nodes, the tables give"),
        ("graph", None, "says None edges, the tables give"),
        ("schema_version", 99, "says 99"),
        ("pipeline", "", "says ''"),
        ("files", [], "the manifest does not name it"),
        ("files", {"../../x": {}}, "the name leads out of the folder"),
        ("tables", {"more": 1}, "no table is called so"),
    ],
)
def test_the_manifest_itself(
    toy_tables: Tables, tmp_path: Path, key: str, value: object, expected: str
) -> None:
    write_build(tmp_path, toy_tables)
    manifest = read_manifest(tmp_path)
    write_manifest(tmp_path, {**manifest, key: value})
    assert any(expected in what for _, _, what in found_in(tmp_path))


def test_a_folder_without_a_build(tmp_path: Path, toy_tables: Tables) -> None:
    with pytest.raises(TablesError):
        verify(tmp_path)
    write_build(tmp_path, toy_tables)
    (tmp_path / "graph.graphml").write_text("<graphml>", encoding="utf-8")
    assert any("not well-formed" in what for _, _, what in found_in(tmp_path))


def test_every_id_is_that_of_its_row(toy_tables: Tables) -> None:
    for table, column in (
        ("papers", "position"), ("mentions", "end"), ("relations", "kind"), ("results", "unit"),
    ):  # fmt: skip
        row = getattr(toy_tables, table)[0]
        value = row[column] + 1 if isinstance(row[column], int) else "runs_on"
        value = "compared_with" if row[column] == value else value
        found = whats(changed(toy_tables, table, 0, **{column: value}))
        assert any(
            what.startswith(f"{table}: ") and "is not that of what the row says" in what for what in found
        )


def test_a_document_is_the_bytes_that_its_id_names(toy_tables: Tables) -> None:
    text = toy_tables.documents[0]["text"] + " "
    expected = "documents: text is not that of the bytes that document_id is the sha256 of"
    assert whats(changed(toy_tables, "documents", 0, text=text)) == [expected]
    marked = changed(toy_tables, "documents", 0, encoding="utf-16")
    assert expected in whats(marked)
    mended = changed(toy_tables, "documents", 0, text=text, error="2 lines that ... were mended")
    assert whats(mended) == []
    assert whats(changed(toy_tables, "documents", 0, text=text, path="listing.txt.gz")) == []
    known = frozenset([toy_tables.documents[0]["document_id"]])  # packed, under a name that does not say so
    assert verify_tables(changed(toy_tables, "documents", 0, text=text), known=known).problems == ()


def test_evidence_is_whole_sentences(toy_tables: Tables) -> None:
    row = toy_tables.relations[0]
    moved = changed(toy_tables, "relations", 0, start=row["start"] + 1)
    (what,) = whats(moved)
    assert what.startswith(f"relations: {row['start'] + 1}:{row['end']} is no whole sentence")
    assert verify_tables(moved, sentences=False).problems == ()  # of a pipeline that parts them otherwise


def test_why_forms_are_one_thing(toy_tables: Tables) -> None:
    assert toy_tables.merges
    assert any("no merge says why" in what for what in whats(without(toy_tables, "merges", 0)))
    merge = toy_tables.merges[0]
    for values, expected in (
        ({"start": merge["start"] + 1}, "no mention stands at"),
        ({"form": "other"}, "reads"),
        ({"score": 0.1}, "the link of its mention is"),
        ({"into": "nothing"}, "is no form of the entity"),
    ):
        found = whats(changed(toy_tables, "merges", 0, **values))
        assert any(expected in what for what in found), found


def family_tables(toy_tables: Tables) -> Tables:
    """The toy tables with a GPU of a family: "GPU-2" is a version of "GPU" by its name."""
    rows = copy.deepcopy({name: getattr(toy_tables, name) for name in toy_tables.counts()})
    gpu = next(row for row in rows["entities"] if row["name"] == "GPU")
    version = {**gpu, "entity_id": "e:0000000000000000", "name": "GPU-2", "aliases": ["GPU-2"]}
    rows["entities"] = [version, *rows["entities"]]
    rows["families"] = [
        {
            "head_id": version["entity_id"],
            "kind": "is_a",
            "tail_id": gpu["entity_id"],
            "rule": "version of a family",
            "score": 0.95,
        }
    ]
    return Tables(**rows)


def test_versions_and_families(toy_tables: Tables) -> None:
    def told(tables: Tables) -> list[str]:
        return [what for what in whats(tables) if what.startswith("families")]

    tables = family_tables(toy_tables)
    assert told(tables) == []
    (missing,) = told(without(tables, "families", 0))
    assert missing.endswith("by its name, and no row says so")
    head = tables.families[0]["head_id"]
    tool = next(row["entity_id"] for row in tables.entities if row["type"] == "tool")
    for values, expected in (
        ({"score": 0.5}, "score is 0.5"),
        ({"rule": "guess"}, "the rule 'guess' gives None"),
        ({"kind": "part_of"}, "kind is 'part_of'"),
        ({"tail_id": tool}, "is no family of its version"),
        ({"tail_id": head}, "is no family of its version"),
        ({"tail_id": "e:gone"}, "tail_id e:gone is not in entities"),
    ):
        found = told(changed(tables, "families", 0, **values))
        assert any(expected in what for what in found), found


def test_the_score_of_a_link_is_that_of_its_rule(toy_tables: Tables) -> None:
    found = whats(changed(toy_tables, "links", 0, score=0.5))
    assert any("score is 0.5, the rule" in what for what in found)


def test_bylines(toy_tables: Tables) -> None:
    assert any("positions of its byline" in what for what in whats(without(toy_tables, "authorships", 0)))
    found = whats(changed(toy_tables, "authors", 0, name="Nobody"))
    assert any("stands in no byline" in what for what in found)


def test_a_work_is_what_its_records_give(toy_tables: Tables) -> None:
    found = whats(changed(toy_tables, "works", 0, year=1999))
    assert "works: year is 1999, the papers give 2021" in found
    assert any("is missing" in what for what in whats(without(toy_tables, "works", 0)))


def test_a_check_that_breaks_has_found_something(toy_tables: Tables) -> None:
    found = whats(changed(toy_tables, "entities", 0, aliases=None))
    assert any("cannot be checked" in what or "aliases" in what for what in found)


def test_problems_are_values(toy_tables: Tables) -> None:
    problems = verify_tables(changed(toy_tables, "results", 0, value="7x")).problems
    assert {asdict(problem)["identifier"] for problem in problems} == {toy_tables.results[0]["result_id"]}
    assert {problem.table for problem in problems} == {"results"}


def test_a_lost_document_is_told_once_for_each_paper(toy_tables: Tables) -> None:
    found = whats(without(toy_tables, "documents", 0))
    lost = toy_tables.papers[0]["document_id"]
    assert found == [f"papers: document_id {lost} is not in documents"] * 2


def test_a_title_that_is_missing_has_no_offsets(toy_tables: Tables) -> None:
    paper = toy_tables.papers[0]
    untitled = changed(toy_tables, "papers", 0, title=None, text=paper["abstract"])
    assert "papers: title has offsets and no text" in whats(untitled)


@pytest.mark.parametrize("confidence", [-0.01, 1.01, None, math.nan])
@pytest.mark.parametrize("table", ["mentions", "relations", "results"])
def test_a_confidence_is_a_share(toy_tables: Tables, table: str, confidence: float | None) -> None:
    found = whats(changed(toy_tables, table, 0, confidence=confidence))
    assert f"{table}: confidence {confidence} is not between 0 and 1" in found
    for bound in (0.0, 1.0):
        assert not [
            what for what in whats(changed(toy_tables, table, 0, confidence=bound)) if "between" in what
        ]


def test_two_links_of_a_mention_are_one_too_many(toy_tables: Tables) -> None:
    rows = {name: getattr(toy_tables, name) for name in toy_tables.counts()}
    other = next(row["entity_id"] for row in toy_tables.entities if row["name"] == "cuDNN")
    rows["links"] = [*rows["links"], {**rows["links"][0], "entity_id": other}]
    assert "mentions: has 2 links" in whats(Tables(**rows))


def test_evidence_may_be_wrapped_where_the_value_is(toy_tables: Tables) -> None:
    found = whats(changed(toy_tables, "results", 0, value="1.1  to\n1.5x"))
    assert not any("does not stand in its evidence" in what for what in found)
