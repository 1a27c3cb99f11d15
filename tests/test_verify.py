"""Every kind of untruth in a build is found, and a true build has none."""

from __future__ import annotations

import copy
import math
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from kg.errors import TablesError
from kg.graph import build_graph
from kg.manifest import make_manifest, write_manifest
from kg.tables import Tables
from kg.verify import verify, verify_tables

GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed">
{nodes}
{edges}
</graph></graphml>
"""


def changed(tables: Tables, table: str, number: int, **values: Any) -> Tables:
    rows = copy.deepcopy({name: getattr(tables, name) for name in tables.counts()})
    rows[table][number].update(values)
    return Tables(**rows)


def without(tables: Tables, table: str, number: int) -> Tables:
    rows = copy.deepcopy({name: getattr(tables, name) for name in tables.counts()})
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
    assert [f"relations: tail_id {elsewhere} is not mentioned in the paper"] == found


def test_a_structured_document_needs_no_offsets(toy_tables: Tables) -> None:
    tables = changed(toy_tables, "documents", 0, media_type="application/jsonl")
    for number in range(2):
        nothing = dict.fromkeys(("title_start", "title_end", "abstract_start", "abstract_end"))
        tables = changed(tables, "papers", number, **nothing)
    assert whats(tables) == []


def test_white_space_counts_in_plain_text_only(toy_tables: Tables) -> None:
    text = toy_tables.documents[0]["text"].replace("on a GPU.", "on\na GPU.")
    assert len(whats(changed(toy_tables, "documents", 0, text=text))) == 1
    tables = changed(toy_tables, "documents", 0, text=text, media_type="application/jsonl")
    assert whats(tables) == []


def test_markup_is_read_as_a_person_sees_it(toy_tables: Tables) -> None:
    plain = toy_tables.documents[0]["text"]
    marked = plain.replace("TensorRT", "<b>Tensor</b>RT")
    tables = changed(toy_tables, "documents", 0, text=marked, media_type="text/html")
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


def write_build(folder: Path, tables: Tables) -> None:
    graph = build_graph(tables)
    files = tables.write(folder / "tables")
    nodes = "".join(f'<node id="{node}"><data key="d">x</data></node>\n' for node in graph)
    edges = "".join(f'<edge source="{a}" target="{b}"/>\n' for a, b in graph.edges())
    path = folder / "graph.graphml"
    path.write_text(GRAPHML.format(nodes=nodes, edges=edges), encoding="utf-8")
    counts = {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
    manifest = make_manifest(
        folder, [*files, path], pipeline="x", fingerprint="y", counts=tables.counts(), graph=counts
    )
    write_manifest(folder, manifest)


def test_a_whole_build(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    report = verify(tmp_path)
    assert report.problems == ()
    graph = build_graph(toy_tables)
    counted = graph.number_of_nodes() + graph.number_of_edges()
    assert dict(report.checked)["graph.graphml: nodes and edges"] == counted


def test_the_graph_file_is_compared_with_the_manifest(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    path = tmp_path / "graph.graphml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if line.startswith("<node"))
    edge = next(i for i, line in enumerate(lines) if line.startswith("<edge"))
    path.write_text("".join(lines[:first] + lines[first + 1 : edge] + lines[edge + 1 :]), encoding="utf-8")
    found = [problem.what for problem in verify(tmp_path).problems]
    assert any("the file was changed" in what for what in found)
    assert any("nodes, the manifest says" in what for what in found)
    assert any("edges, the manifest says" in what for what in found)


def test_an_edge_needs_its_nodes(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    path = tmp_path / "graph.graphml"
    text = path.read_text(encoding="utf-8")
    node = text[text.index('<node id="') + 10 :].partition('"')[0]
    path.write_text(text.replace(f'<node id="{node}"', '<node id="other"'), encoding="utf-8")
    found = [problem.what for problem in verify(tmp_path).problems]
    assert f"an edge ends at {node}, which is no node" in found


def test_missing_files_and_rows(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    (tmp_path / "graph.graphml").unlink()
    without(toy_tables, "results", 0).write(tmp_path / "tables")
    found = {(problem.identifier, problem.what) for problem in verify(tmp_path).problems}
    assert ("graph.graphml", "the file is missing") in found
    assert ("results", "says 1 rows of results, there are 0") in found


def test_a_folder_without_a_build(tmp_path: Path, toy_tables: Tables) -> None:
    with pytest.raises(TablesError):
        verify(tmp_path)
    write_build(tmp_path, toy_tables)
    (tmp_path / "graph.graphml").write_text("<graphml>", encoding="utf-8")
    with pytest.raises(TablesError, match="not well-formed"):
        verify(tmp_path)


def test_problems_are_values(toy_tables: Tables) -> None:
    (problem,) = verify_tables(changed(toy_tables, "results", 0, value="7x")).problems
    assert asdict(problem)["identifier"] == toy_tables.results[0]["result_id"]


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
    assert whats(changed(toy_tables, "results", 0, value="1.1  to\n1.5x")) == []


def test_a_node_that_stands_twice(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    path = tmp_path / "graph.graphml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    node = next(i for i, line in enumerate(lines) if line.startswith("<node"))
    path.write_text("".join([*lines[: node + 1], *lines[node:]]), encoding="utf-8")
    found = [problem.what for problem in verify(tmp_path).problems]
    assert any(what.endswith("stands twice") for what in found)


def test_bytes_that_differ_from_the_manifest_are_a_change(toy_tables: Tables, tmp_path: Path) -> None:
    write_build(tmp_path, toy_tables)
    path = tmp_path / "graph.graphml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(">x<", ">y<", 1), encoding="utf-8")  # as many bytes as before
    found = [(problem.table, problem.identifier, problem.what) for problem in verify(tmp_path).problems]
    assert found == [("manifest.json", "graph.graphml", "the file was changed")]
