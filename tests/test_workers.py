"""Worker processes: every shard comes back, whatever becomes of the processes, and none of them stays."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import EngineError, PipelineError
from kg.processes import start_python
from kg.shards import Shard
from kg.store import part_values
from kg.types import Paper
from kg.workers import in_workers

# What the workers find instead of the pipeline: a text is an order. Python imports it when it starts.
STUB = """
import os, signal, time
from pathlib import Path
import kg.shards
from kg.errors import KGError
from kg.store import part_bytes

class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")

def extract_shard(shard):
    for order, _, rest in (paper.text.partition(" ") for paper in shard.texts.values()):
        if order == "die" or (order == "once" and not Path(rest).exists()):
            if rest:
                Path(rest).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if order == "odd":
            raise Odd(1, 2)
        if order == "print":
            print("a component says something")
        if order == "wait":
            time.sleep(float(rest))
    return part_bytes({key: str(os.getpid()) for key in shard.texts})

kg.shards.extract_shard = extract_shard
"""


@pytest.fixture
def obedient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that do what the texts say."""
    (tmp_path / "sitecustomize.py").write_text(STUB)
    monkeypatch.syspath_prepend(tmp_path)


def _shards(*texts: str) -> list[Shard]:
    return [
        Shard(texts={f"{number}": Paper(title=text)}, pipeline="none", fingerprint="")
        for number, text in enumerate(texts)
    ]


def _done(shards: list[Shard], count: int = 2) -> dict[str, int]:
    """The process that did each shard, by the key of its one text."""
    found = [part_values(content) for shard, content in in_workers(shards, count)]
    done = {key: int(process) for values in found for key, process in values.items()}
    assert len(found) == len(done)
    return done


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.usefixtures("obedient")
def test_every_shard_comes_back_once_and_no_process_stays() -> None:
    done = _done(_shards(*["wait 0.05"] * 6, "print"))
    assert sorted(done) == [str(number) for number in range(7)]
    assert 1 <= len(set(done.values())) <= 2
    assert not any(map(_is_there, done.values()))


@pytest.mark.usefixtures("obedient")
def test_a_killed_worker_is_replaced_and_its_shard_done_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    done = _done(_shards("a", f"once {tmp_path / 'killed'}", "b", "c"))
    assert (tmp_path / "killed").exists()
    assert caplog.messages == ["a worker process died (status -9); its texts are read again"]
    assert sorted(done) == ["0", "1", "2", "3"]


@pytest.mark.usefixtures("obedient")
def test_a_text_that_always_kills_its_worker_is_an_error_in_words() -> None:
    with pytest.raises(EngineError, match=r"died 4 times over the same texts \(status -9\)") as error:
        _done(_shards("a", "die"))
    assert error.value.hint is not None
    assert "memory" in error.value.hint


@pytest.mark.usefixtures("obedient")
def test_an_error_that_cannot_be_sent_arrives_in_words() -> None:
    with pytest.raises(EngineError, match="Odd: 1 and 2"):
        _done(_shards("odd"), 1)


def test_an_error_of_kg_arrives_as_it_is() -> None:
    shard = Shard(texts={"a": Paper(title="x")}, pipeline="no-such-pipeline", fingerprint="")
    with pytest.raises(PipelineError, match="no-such-pipeline") as error:
        list(in_workers([shard], 1))
    assert error.value.hint is not None
    assert "shipped: " in error.value.hint


@pytest.mark.usefixtures("obedient")
def test_no_more_shards_are_taken_than_there_are_processes() -> None:
    taken = 0

    def counted() -> Iterator[Shard]:
        nonlocal taken
        for shard in _shards(*["wait 0.05"] * 8):
            taken += 1
            yield shard

    results = in_workers(counted(), 2)
    next(results)
    assert taken <= 4  # one done, two at work, and one that was done meanwhile
    assert len(list(results)) == 7


@pytest.mark.usefixtures("obedient")
def test_whoever_stops_early_leaves_no_process() -> None:
    results = in_workers(iter(_shards("a", *["wait 60"] * 4)), 2)
    (process,) = part_values(next(results)[1]).values()
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]
    assert time.monotonic() - started < 30, "the workers were waited for"
    assert not _is_there(int(process))


@pytest.mark.usefixtures("obedient")
def test_an_error_of_whoever_makes_the_shards_is_raised_here() -> None:
    def broken() -> Iterator[Shard]:
        yield from _shards("a")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(in_workers(broken(), 2))


@pytest.mark.parametrize("at_work", [True, False])
@pytest.mark.usefixtures("obedient")
def test_a_worker_ends_with_the_other_side(at_work: bool) -> None:
    process = start_python("from kg.workers import serve; serve()")
    assert process.stdin is not None and process.stdout is not None
    (shard,) = _shards("wait 60" if at_work else "a")
    pickle.dump(shard, process.stdin)
    process.stdin.flush()
    if not at_work:
        pickle.load(process.stdout)
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.mark.parametrize("kept", [0, 20, -1])
def test_a_worker_ends_with_the_other_side_were_it_in_the_middle_of_a_shard(kept: int) -> None:
    worker = start_python("from kg.workers import serve; serve()")
    assert worker.stdin is not None and worker.stdout is not None
    shard = Shard(texts={"a": Paper(title="On Trees")}, pipeline="fast", fingerprint="other")
    worker.stdin.write(pickle.dumps(shard)[:kept])
    worker.stdin.close()
    assert worker.wait(timeout=60) == 0
    worker.stdout.close()
