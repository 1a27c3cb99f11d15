"""A slice of the forgeries of benchmarks/bench_corruptions.py: found with and without a new manifest."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kg.build import build
from kg.verify import verify

ROOT = Path(__file__).parents[1]
NAMES = (
    "mentions.start altered",
    "mentions.extractors altered",
    "results.high altered",
    "entities.papers altered",
    "papers.keywords altered",
    "authorships.affiliation altered",
    "works.year altered",
    "relations: a row left out",
    "links: a row doubled",
    "documents: two rows exchanged",
    "entities: two names exchanged",
    "a hidden file in tables/",
    "graph.graphml: two quotes exchanged",
    "graph.gexf: an edge left out",
    "graph.html: a node removed",
    "graph.html: the line of a sentence altered",
    "graph.html: the document of sentences altered",
    "manifest: nodes altered, all else fits",
)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = ROOT / "benchmarks" / "bench_corruptions.py"
    spec = importlib.util.spec_from_file_location("bench_corruptions", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def toy_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy") / "output"
    return build([str(ROOT / "tests" / "toy_corpus")], folder, pipeline="fast").output


def test_the_build_itself_is_true(toy_build: Path) -> None:
    report = verify(toy_build)
    assert report.problems == ()
    checked = dict(report.checked)
    assert checked["documents and papers as they were read"] == 2
    assert checked["texts as they were extracted"] > 0


def test_there_are_more_than_a_hundred(bench: ModuleType) -> None:
    names = [forgery.name for forgery in bench.forgeries()]
    assert len(set(names)) == len(names) > 250
    assert set(NAMES) <= set(names)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("careful", [False, True])
def test_a_forgery_is_found(
    bench: ModuleType, toy_build: Path, tmp_path: Path, name: str, careful: bool
) -> None:
    (forgery,) = (each for each in bench.forgeries() if each.name == name)
    where, told = bench.is_found(toy_build, forgery, tmp_path, careful=careful)
    if where is None:
        pytest.skip("the toy corpus has no such rows")
    assert told, where


def test_without_a_store_the_tables_are_still_checked(
    bench: ModuleType, toy_build: Path, tmp_path: Path
) -> None:
    """What only the store says again is then not known to be forged, and nothing breaks."""
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(toy_build, copy)
    shutil.rmtree(copy / ".kg")
    assert verify(copy).problems == ()
    forgeries = {each.name: each for each in bench.forgeries()}
    _, told = bench.is_found(copy, forgeries["papers.keywords altered"], tmp_path, careful=True)
    assert told == ""
    _, told = bench.is_found(copy, forgeries["entities.papers altered"], tmp_path, careful=True)
    assert "papers, there are" in told
