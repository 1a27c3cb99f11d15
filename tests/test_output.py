"""The output folder is whole at every moment, has one builder, and says what is wrong with it."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import OutputError
from kg.output import STATE, finish_moves, open_output, settle


def staged(folder: Path, **files: str) -> list[Path]:
    for name, text in files.items():
        (folder / name).write_text(text)
    return [folder / name for name in files]


def test_nothing_is_changed_before_the_commit_and_all_of_it_after(tmp_path: Path) -> None:
    with open_output(tmp_path) as workplace:
        workplace.commit(staged(workplace.staging, a="1", b="2"), [])
    with open_output(tmp_path) as workplace:
        files = staged(workplace.staging, a="new")
        assert (tmp_path / "a").read_text() == "1"
        assert workplace.commit(files, [tmp_path / "b"]) == (tmp_path / "a",)
    assert (tmp_path / "a").read_text() == "new"
    assert not (tmp_path / "b").exists()
    assert [path.name for path in (tmp_path / STATE).iterdir()] == ["lock"]


def test_an_error_leaves_the_former_files_and_no_litter(tmp_path: Path) -> None:
    with open_output(tmp_path) as workplace:
        workplace.commit(staged(workplace.staging, a="1"), [])
    with pytest.raises(RuntimeError), open_output(tmp_path) as workplace:
        staged(workplace.staging, a="2")
        raise RuntimeError
    assert (tmp_path / "a").read_text() == "1"
    assert not [*(tmp_path / STATE).glob("staging-*")]


def test_moves_that_were_begun_are_finished(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("old")
    staging = tmp_path / STATE / "staging-x"
    (staging / "tables").mkdir(parents=True)
    (staging / "tables" / "t").write_text("moved now")
    (tmp_path / "a").write_text("moved before")
    plan = {"staging": "staging-x", "moves": ["a", "tables/t"], "removed": ["b"]}
    (tmp_path / STATE / "moves.json").write_text(json.dumps(plan))
    with open_output(tmp_path):
        assert (tmp_path / "a").read_text() == "moved before"
        assert (tmp_path / "tables" / "t").read_text() == "moved now"
        assert not (tmp_path / "b").exists()
    assert not staging.exists()


@pytest.mark.parametrize("name", ["../evil", "/evil"])
def test_a_tampered_list_of_moves_moves_nothing_outside(tmp_path: Path, name: str) -> None:
    output = tmp_path / "output"
    staging = output / STATE / "staging-x"
    staging.mkdir(parents=True)
    (tmp_path / "kept").write_text("kept")
    plan = {"staging": "staging-x", "moves": [name], "removed": ["../kept"]}
    (output / STATE / "moves.json").write_text(json.dumps(plan))
    finish_moves(output)
    assert (tmp_path / "kept").exists()
    assert not (tmp_path / "evil").exists()


def test_a_second_builder_is_told(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from kg.output import open_output\n"
    code += "with open_output(Path(sys.argv[1])): pass"
    with open_output(tmp_path):
        second = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, check=False)
        assert b"another kg is building" in second.stderr
    assert subprocess.run([sys.executable, "-c", code, tmp_path], check=False).returncode == 0


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "no space"), (errno.EROFS, "read-only"), (errno.EACCES, "may not write")],
)
def test_errors_of_the_disk_are_words(tmp_path: Path, number: int, words: str) -> None:
    with open_output(tmp_path) as workplace:
        workplace.commit(staged(workplace.staging, a="1"), [])
    with pytest.raises(OutputError, match=words) as caught, open_output(tmp_path):
        raise OSError(number, "told by the system")
    assert caught.value.hint
    assert (tmp_path / "a").read_text() == "1"


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file"), open_output(tmp_path / "file"):
        pass


def test_a_builder_that_made_nothing_leaves_nothing(tmp_path: Path) -> None:
    with open_output(tmp_path / "output"):
        pass
    assert not (tmp_path / "output").exists()


KILLED = """
import os, signal, sys
from collections.abc import Iterator
from pathlib import Path
from kg.output import open_output
steps = int(sys.argv[2])
def counted(method):
    def run(self, *arguments, **options):
        global steps
        if steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        steps -= 1
        return method(self, *arguments, **options)
    return run
with open_output(Path(sys.argv[1])) as workplace:
    for name in ("a", "c"):
        (workplace.staging / name).write_text("new")
    (workplace.staging / "tables").mkdir()
    (workplace.staging / "tables" / "t").write_text("new")
    files = [workplace.staging / name for name in ("a", "c", "tables/t")]
    Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)
    workplace.commit(files, [Path(sys.argv[1]) / "b"])
"""
OLD = {"a": "old", "b": "old", "tables/t": "old"}
NEW = {"a": "new", "c": "new", "tables/t": "new"}


def files_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and STATE not in path.parts
    }


@pytest.mark.parametrize("steps", range(7))
def test_killed_at_any_step_of_the_commit_it_is_the_old_or_the_new(tmp_path: Path, steps: int) -> None:
    for name, text in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    ran = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(steps)], check=False)
    assert (ran.returncode == 0) == (steps == 6)
    settle(tmp_path)
    assert files_of(tmp_path) == (OLD if steps == 0 else NEW)
    with open_output(tmp_path):
        pass
    assert [path.name for path in (tmp_path / STATE).iterdir()] == ["lock"]


def test_a_commit_that_breaks_off_can_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("old")
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if Path(target).name == "b":
            raise OSError(errno.ENOSPC, "no space")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OutputError, match="half in place"), open_output(tmp_path) as workplace:
            workplace.commit(staged(workplace.staging, a="new", b="new"), [])
    settle(tmp_path)
    assert files_of(tmp_path) == {"a": "new", "b": "new"}


def test_ctrl_c_does_not_tear_a_commit(tmp_path: Path) -> None:
    with open_output(tmp_path) as workplace:
        files = staged(workplace.staging, a="new")

        def interrupted() -> Iterator[Path]:
            signal.raise_signal(signal.SIGINT)
            yield tmp_path / "b"

        (tmp_path / "b").write_text("old")
        with pytest.raises(KeyboardInterrupt):  # before the commit it still ends everything
            signal.raise_signal(signal.SIGINT)
        workplace.commit(files, interrupted())
    assert files_of(tmp_path) == {"a": "new"}
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_what_killed_builders_left_is_removed(tmp_path: Path) -> None:
    store = tmp_path / STATE / "store"
    store.mkdir(parents=True)
    (store / ".x.parquet.123.tmp").write_text("")
    (store / "x.parquet").write_text("")
    (tmp_path / STATE / ".moves.json.1.tmp").write_text("")
    (tmp_path / STATE / "staging-1" / "tables").mkdir(parents=True)
    with open_output(tmp_path):
        assert [path.name for path in store.iterdir()] == ["x.parquet"]
    assert sorted(path.name for path in (tmp_path / STATE).iterdir()) == ["lock", "store"]


def test_who_only_reads_disturbs_no_builder(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from kg.output import settle; settle(Path(sys.argv[1]))"
    with open_output(tmp_path) as workplace:
        plan = {"staging": workplace.staging.name, "moves": ["a"], "removed": []}
        staged(workplace.staging, a="new")
        moves = tmp_path / STATE / "moves.json"
        moves.write_text(json.dumps(plan))
        subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
        assert moves.exists() and not (tmp_path / "a").exists()
    settle(tmp_path)
    assert (tmp_path / "a").read_text() == "new"
    settle(tmp_path / "nowhere")
