"""Where texts are read makes no difference: the same bytes with one process, with several, in any order."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.engine import LOCAL, Engine, compute, worker_count
from kg.errors import EngineError
from kg.extractions import extract
from kg.shards import SHARD_TEXTS
from kg.store import Store
from kg.types import Paper

WORDS = ("Trees", "Roots", "Leaves", "Seeds", "Barks", "Twigs", "Cones", "Buds", "Moss", "Ferns", "Vines")


def _records(count: int) -> list[dict[str, str]]:
    return [
        {
            "title": f"{WORDS[n % 11]} of {WORDS[n % 7]} and {n:x}",
            "abstract": f"We propose Tree{n}. Tree{n} is {n % 9 + 2}x faster than ResNet-18 on CIFAR-10.",
        }
        for n in range(count)
    ]


def _papers(count: int) -> list[Paper]:
    return [
        Paper(paper_id=f"p:{number}", position=number, **record)  # type: ignore[arg-type]
        for number, record in enumerate(_records(count))
    ]


def _hashes(folder: Path) -> dict[str, str]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".kg" not in path.parts)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }


@pytest.mark.parametrize(
    ("texts", "wished", "count"),
    [
        (0, None, 1),
        (1, None, 1),
        (SHARD_TEXTS * 7, None, 1),
        (SHARD_TEXTS * 8, None, 2),
        (SHARD_TEXTS * 8 + 1, None, 2),
        (10**6, None, 6),
        (10**6, 3, 3),
        (SHARD_TEXTS + 1, 8, 2),
        (5, 8, 1),
        (0, 8, 1),
    ],
)
def test_workers_are_as_many_as_the_work_is_worth(
    monkeypatch: pytest.MonkeyPatch, texts: int, wished: int | None, count: int
) -> None:
    monkeypatch.setattr("kg.engine.possible_workers", lambda: 6)
    assert worker_count(texts, Engine(workers=wished)) == count


def test_an_engine_that_is_none_is_told() -> None:
    with pytest.raises(EngineError, match="no engine 'spark'") as error:
        Engine(name="spark")
    assert error.value.hint == "there are local, ray"


def test_nothing_to_do_is_done() -> None:
    assert list(compute({}, pipeline="fast", engine=LOCAL)) == []
    assert list(compute({}, pipeline="fast", engine=Engine(workers=4))) == []


def test_what_is_known_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = _papers(4)
    before = list(extract(papers[:3], pipeline="fast", store=Store(tmp_path)))
    told: list[tuple[int, int]] = []
    store = Store(tmp_path)
    again = extract(papers, pipeline="fast", store=store, progress=lambda *counts: told.append(counts))
    assert told == [(0, 1), (1, 1)]
    assert again[:3] == before
    assert (len(again), again[-1].paper_id) == (4, "p:3")
    for path in tmp_path.iterdir():
        path.unlink()
    store = Store(tmp_path)
    again = extract(papers, pipeline="fast", store=store)
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(EngineError, match="gone from the store") as error:
        list(again)
    assert error.value.hint == "run the same command again: it reads what is missing"


def test_the_same_files_whatever_the_workers_the_hash_seed_and_the_order_of_files(tmp_path: Path) -> None:
    records = _records(SHARD_TEXTS + 20)
    for name, some in (("a", records[: SHARD_TEXTS // 2]), ("b", records[SHARD_TEXTS // 2 :])):
        (tmp_path / f"{name}.jsonl").write_text("".join(f"{json.dumps(record)}\n" for record in some))
    code = (
        "import sys, pathlib\nfrom kg.build import build\nfrom kg.engine import Engine\n"
        "_, out, workers, *sources = sys.argv\n"
        "report = build(sources, pathlib.Path(out), pipeline='fast', formats=('graphml',), "
        "engine=Engine(workers=int(workers)))\nprint(report.papers, report.new_texts)"
    )
    for out, workers, seed, sources in (
        ("one", 1, "0", ("a.jsonl", "b.jsonl")),
        ("two", 2, "4711", ("b.jsonl", "a.jsonl")),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, out, str(workers), *sources],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        )
        assert done.stdout.split() == [str(len(records)).encode()] * 2
    assert _hashes(tmp_path / "one") == _hashes(tmp_path / "two")
