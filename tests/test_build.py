from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import networkx
import pytest

from kg.build import build
from kg.collection import read_recipe, update
from kg.errors import DecisionsError, KGError, SourceError
from kg.manifest import read_manifest
from kg.tables import Tables
from kg.verify import verify

TOY = Path(__file__).parent / "toy_corpus"


def _hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".kg" not in path.parts
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("built")
    build([str(TOY)], output)
    return output


def test_the_tables_hold_every_record_and_one_work_for_two_records_of_it(built: Path) -> None:
    tables = Tables.read(built / "tables")
    assert len(tables.papers) == 4
    assert len({row["work_id"] for row in tables.papers}) == 3
    assert {row["path"] for row in tables.documents} == {"session.txt", "papers.jsonl"}
    names = {row["name"] for row in tables.authors}
    assert names == {"Ada Lovelace", "Grace Hopper", "José García", "Alan Turing"}


def test_what_an_expert_would_look_for_is_found(built: Path) -> None:
    tables = Tables.read(built / "tables")
    entities = {row["entity_id"]: row for row in tables.entities}
    proposed = {row["text"] for row in tables.mentions if row["role"] == "proposed"}
    assert {"QuickPack", "SparseForge"} <= proposed
    forms = {alias for row in entities.values() for alias in row["aliases"]}
    assert {"CIFAR-10", "ResNet-18", "FPGAs", "GLUE"} <= forms
    numbers = {(row["low"], row["high"], row["unit"]) for row in tables.results}
    assert {(35, 35, "%"), (2.1, 2.1, "x"), (1.8, 3.2, "x")} <= numbers
    claim = next(row for row in tables.results if row["high"] == 3.2)
    assert entities[claim["subject_id"]]["name"] == "SparseForge"
    assert entities[claim["baseline_id"]]["name"] == "Vitis HLS"


def test_every_offset_stands_in_the_text(built: Path) -> None:
    tables = Tables.read(built / "tables")
    text = {row["paper_id"]: row["text"] for row in tables.papers}
    assert tables.mentions and tables.results
    for row in tables.mentions:
        assert text[row["paper_id"]][row["start"] : row["end"]] == row["text"]
    for row in tables.results:
        assert row["value"].split()[0] in text[row["paper_id"]][row["start"] : row["end"]]


def test_the_manifest_names_every_file_with_its_checksum(built: Path) -> None:
    manifest = read_manifest(built)
    hashes = _hashes(built)
    assert hashes.keys() - manifest["files"].keys() == {"manifest.json"}
    assert all(hashes[name] == entry["sha256"] for name, entry in manifest["files"].items())
    assert manifest["tables"]["papers"] == 4


@pytest.mark.parametrize(("seed", "threads"), [("0", "1"), ("4711", "4")])
def test_the_same_bytes_whatever_the_hash_seed_and_the_threads(
    built: Path, tmp_path: Path, seed: str, threads: str
) -> None:
    code = "import sys, pathlib, kg.build; kg.build.build([sys.argv[1]], pathlib.Path(sys.argv[2]))"
    subprocess.run(
        [sys.executable, "-c", code, str(TOY), str(tmp_path)],
        check=True,
        env={
            **os.environ,
            "PYTHONHASHSEED": seed,
            "OMP_NUM_THREADS": threads,
            "OPENBLAS_NUM_THREADS": threads,
        },
    )
    assert _hashes(tmp_path) == _hashes(built)


def test_bad_documents_are_rows_and_the_good_ones_are_unharmed(built: Path, tmp_path: Path) -> None:
    sources = tmp_path / "in"
    sources.mkdir()
    for path in TOY.iterdir():
        (sources / path.name).write_bytes(path.read_bytes())
    (sources / "empty.txt").write_bytes(b"")
    (sources / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    report = build([str(sources)], tmp_path / "out")
    assert {(document.path, document.status) for document in report.failed} == {
        ("empty.txt", "empty"),
        ("picture.png", "failed"),
    }
    assert all(document.error for document in report.failed)
    assert Tables.read(tmp_path / "out" / "tables").papers == Tables.read(built / "tables").papers


def test_the_same_bytes_twice_are_read_once_and_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((TOY / "session.txt").read_bytes())
    (tmp_path / "b.txt").write_bytes((TOY / "session.txt").read_bytes())
    report = build([str(tmp_path)], tmp_path / "out", formats=())
    assert report.duplicates == (("b.txt", "a.txt"),)
    assert report.papers == 2


def test_without_a_paper_the_former_output_stays(tmp_path: Path) -> None:
    output = tmp_path / "out"
    build([str(TOY / "papers.jsonl")], output, formats=())
    before = _hashes(output)
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(SourceError, match="no paper was found"):
        build([str(tmp_path / "empty.txt")], output)
    assert _hashes(output) == before


def test_a_failing_export_leaves_the_former_output_and_no_litter(tmp_path: Path) -> None:
    build([str(TOY / "papers.jsonl")], tmp_path, formats=())
    before = _hashes(tmp_path)
    with pytest.raises(KGError, match="no-such-format"):
        build([str(TOY)], tmp_path, formats=("no-such-format",))
    assert _hashes(tmp_path) == before


def test_a_format_that_is_not_asked_for_any_more_goes_and_foreign_files_stay(tmp_path: Path) -> None:
    build([str(TOY)], tmp_path, formats=("graphml",))
    (tmp_path / "notes.txt").write_text("mine")
    build([str(TOY)], tmp_path, formats=())
    assert not (tmp_path / "graph.graphml").exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert _hashes(tmp_path).keys() - read_manifest(tmp_path)["files"].keys() == {
        "manifest.json",
        "notes.txt",
    }


def test_progress_is_told_stage_by_stage(tmp_path: Path) -> None:
    stages: list[str] = []
    build(
        [str(TOY)],
        tmp_path,
        formats=(),
        progress=lambda stage, done, total: stages.append(f"{stage} {done}/{total}"),
    )
    assert "reading 2/2" in stages and "extracting 4/4" in stages


def test_two_empty_files_are_two_rows_and_a_true_build(tmp_path: Path) -> None:
    sources = tmp_path / "in"
    sources.mkdir()
    (sources / "a.txt").write_bytes(b"")
    (sources / "b.txt").write_bytes(b"")
    (sources / "c.txt").write_bytes((TOY / "session.txt").read_bytes())
    report = build([str(sources)], tmp_path / "out", formats=("graphml",))
    assert [document.path for document in report.failed] == ["a.txt", "b.txt"]
    assert verify(tmp_path / "out").problems == ()


def test_a_tampered_manifest_stops_no_build(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "mine.txt").write_text("mine")
    (tmp_path / "manifest.json").write_text('{"files": {"tables": {}, ".": {}, "": {}}}')
    build([str(TOY / "papers.jsonl")], tmp_path, formats=())
    assert (tmp_path / "tables" / "mine.txt").read_text() == "mine"
    assert [problem.table for problem in verify(tmp_path).problems] == ["tables/mine.txt"]


ARTICLE = """<article><front><article-meta><article-id pub-id-type="doi">10.1/b</article-id>
<title-group><article-title>GrowPrune: Pruning Trees while They Grow</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Ruiz</surname><given-names>Ana</given-names>
</name></contrib></contrib-group>
<abstract><p>We present GrowPrune, a method that prunes decision trees.</p></abstract></article-meta></front>
<body><sec><title>Evaluation</title><p>GrowPrune runs on an NVIDIA V100 GPU.</p></sec></body>
<back><ref-list><ref id="r1"><element-citation><article-title>Leaves on CIFAR-10</article-title>
<pub-id pub-id-type="doi">10.1/A</pub-id></element-citation></ref>
<ref id="r2"><mixed-citation>Unknown Work</mixed-citation></ref></ref-list></back></article>"""
CITED = {"title": "Leaves on CIFAR-10", "authors": ["Li Wei"], "doi": "10.1/a", "abstract": "We count them."}


@pytest.mark.parametrize("full_text", [False, True])
def test_full_texts_and_what_they_cite_out_of_an_archive(tmp_path: Path, full_text: bool) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.xml", ARTICLE)
        archive.writestr("b.jsonl", json.dumps(CITED))
        archive.writestr("../c.txt", "evil")
    report = build([str(tmp_path / "all.zip")], tmp_path / "out", full_text=full_text)
    assert [document.status for document in report.documents] == ["ok", "ok", "failed"]
    tables = Tables.read(tmp_path / "out" / "tables")
    paths = {row["document_id"]: row["path"].rsplit("/", 1)[-1] for row in tables.documents}
    papers = {paths[row["document_id"]]: row for row in tables.papers}
    (citation,) = tables.citations
    assert citation["paper_id"] == papers["a.xml"]["paper_id"]
    assert citation["cited_paper_id"] == papers["b.jsonl"]["paper_id"]
    assert any("V100" in row["text"] for row in tables.mentions) == full_text
    assert ("NVIDIA V100" in papers["a.xml"]["text"]) == full_text
    graph = networkx.read_graphml(tmp_path / "out" / "graph.graphml")
    assert [data["kind"] for _, _, data in graph.edges(data=True)].count("cites") == 1
    assert verify(tmp_path / "out").problems == ()


def test_decisions_beside_the_sources_are_obeyed_and_taken_back(tmp_path: Path) -> None:
    shutil.copytree(TOY, tmp_path / "in")
    build([str(tmp_path / "in")], tmp_path / "plain", pipeline="fast", formats=())
    decisions = tmp_path / "in" / "decisions.toml"
    decisions.write_text(
        '[[rename]]\nfrom = "GLUE"\nto = "GLUE benchmark"\n\n[[ignore]]\nform = "CIFAR-10"\n'
    )
    build([str(tmp_path / "in")], tmp_path / "decided", pipeline="fast", formats=())
    plain, decided = (
        {row["name"] for row in Tables.read(tmp_path / name / "tables").entities}
        for name in ("plain", "decided")
    )
    assert {"GLUE", "CIFAR-10"} <= plain
    assert "GLUE benchmark" in decided
    assert not {"GLUE", "CIFAR-10"} & decided
    assert verify(tmp_path / "decided").problems == ()
    decisions.unlink()
    build([str(tmp_path / "in")], tmp_path / "decided", pipeline="fast", formats=())
    assert _hashes(tmp_path / "decided" / "tables") == _hashes(tmp_path / "plain" / "tables")


def test_a_named_file_of_decisions_is_read_remembered_and_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(TOY, tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    mine = tmp_path / "in" / "mine.toml"
    mine.write_text('[[ignore]]\nform = "CIFAR-10"\n')
    report = build(["in"], Path("out"), pipeline="fast", formats=(), decisions="in/mine.toml")
    assert not any("mine" in document.path for document in report.documents)

    def names() -> set[str]:
        return {row["name"] for row in Tables.read(Path("out/tables")).entities}

    assert "GLUE" in names()
    assert "CIFAR-10" not in names()
    mine.write_text('[[ignore]]\nform = "GLUE"\n')
    update(Path("out"))
    assert "GLUE" not in names()
    assert "CIFAR-10" in names()
    assert read_recipe(Path("out")).decisions_file() == Path("in/mine.toml")
    (tmp_path / "other.toml").write_text("")
    update(Path("out"), options={"decisions": "other.toml"})
    assert {"GLUE", "CIFAR-10"} <= names()


def test_a_named_file_of_decisions_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match=r"gone\.toml: no such file"):
        build(
            [str(TOY)], tmp_path / "out", pipeline="fast", formats=(), decisions=str(tmp_path / "gone.toml")
        )
    assert not (tmp_path / "out" / "manifest.json").exists()
