"""What the documentation shows is run as it stands there."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.build import build
from kg.cli import cli

DOCS = Path(__file__).parents[1] / "docs"


def blocks(page: str, language: str) -> list[str]:
    """The code blocks of a page."""
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)


def test_the_reader_of_the_documentation_reads(tmp_path: Path) -> None:
    (code,) = blocks("readers.md", "python")
    (entry,) = blocks("readers.md", "toml")
    info = tmp_path / "piped-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: piped\nVersion: 1\n")
    group, line = entry.strip().splitlines()
    assert group == '[project.entry-points."kg.readers"]'
    (info / "entry_points.txt").write_text(f"[kg.readers]\n{line.replace(chr(34), '')}\n")
    (tmp_path / "piped_papers.py").write_text(code)
    paper = tmp_path / "list.txt"
    paper.write_text("#papers\nOn Trees | Ana Ruiz, Li Wei | We grow trees.\nOn Roots | Bo Chen | We dig.\n")
    result = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", "inspect", str(paper), "--json"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=True,
    )
    found = json.loads(result.stdout)
    assert (found["reader"], found["papers"]) == ("piped", 2)
    assert [author["name"] for author in found["paper_list"][0]["authors"]] == ["Ana Ruiz", "Li Wei"]
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) < 16, "the example is to stay short"


@pytest.fixture(scope="module")
def seeds_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the build of the seeds in ``output``."""
    folder = tmp_path_factory.mktemp("documented")
    shutil.copytree(DOCS.parent / "seeds", folder / "seeds")
    here = Path.cwd()
    os.chdir(folder)
    try:
        build(["seeds/"], Path("output"), formats=["json"])
    finally:
        os.chdir(here)
    return folder


def answered(command: str) -> str:
    """What a documented command prints in a terminal of 100 columns."""
    verb, *arguments = shlex.split(command)
    assert verb == "kg"
    result = CliRunner(env={"COLUMNS": "100"}).invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    return "".join(f"{line.rstrip()}\n" for line in result.stdout.splitlines())


def test_the_questions_are_answered_as_documented(
    seeds_build: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """``pytest --snapshot-update`` writes what the commands print today into the page."""
    monkeypatch.chdir(seeds_build)
    page = DOCS / "questions.md"
    text = page.read_text(encoding="utf-8")
    for block in blocks("questions.md", "console"):
        shown, _, answer = block.partition("\n")
        command = shown.removeprefix("$ ")
        if " output/" in command:
            today = answered(command)
            text = text.replace(f"```console\n{block}```", f"```console\n{shown}\n{today}```")
            if not request.config.option.update_snapshots:
                assert answer == today, command
    if request.config.option.update_snapshots:
        page.write_text(text, encoding="utf-8")


def test_the_questions_of_other_collections_can_be_asked(
    seeds_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds_build)
    commands = [block.partition("\n")[0].removeprefix("$ ") for block in blocks("questions.md", "console")]
    others = [command for command in commands if " acl/" in command]
    assert len(commands) > 10
    assert others
    for command in others:
        arguments = shlex.split(command.replace(" acl/", " output/"))[1:]
        result = CliRunner().invoke(cli, arguments)
        assert result.exit_code in (0, 1), f"{command}: {result.output}"
        assert "should not happen" not in result.output


def test_the_python_of_the_api_runs(seeds_build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(seeds_build)
    names: dict[str, object] = {}
    for code in blocks("api.md", "python"):
        exec(compile(code, "api.md", "exec"), names)
    assert isinstance(names["collection"], type(kg.open("output/")))
    assert names["datasets"]


def test_the_api_page_names_every_verb() -> None:
    from kg.api import Collection

    page = (DOCS / "api.md").read_text(encoding="utf-8")
    for verb in vars(Collection):
        if not verb.startswith("_"):
            assert f"`{verb}(" in page, verb


def test_collections_live_as_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(Path(__file__).parent / "toy_corpus", tmp_path / "papers")
    (tmp_path / "inbox").mkdir()
    line = {"title": "On the Pruning of Very Large Trees", "abstract": "We present TreeCut, a method."}
    (tmp_path / "inbox" / "new.jsonl").write_text(json.dumps(line))
    monkeypatch.chdir(tmp_path)
    (session,) = blocks("collections.md", "console")
    said = {}
    for command in session.replace("$ ", "").splitlines():
        program, *arguments = shlex.split(command)
        if program == "kg":
            result = CliRunner().invoke(cli, arguments)
            assert result.exit_code == 0, result.output
            said[command] = result.output
        else:
            subprocess.run([program, *arguments], check=True)
    assert "new.jsonl is deleted" in said["kg update output/"]
    assert "documents: 1 gone (session.txt)" in said["kg remove output/ papers/session.txt"]
    compared = said["kg diff before output"]
    assert "On the Pruning of Very Large Trees" in compared and "1 paper vanished" in compared
    again = json.loads((tmp_path / "output" / "manifest.json").read_text())
    assert again == json.loads((tmp_path / "before" / "manifest.json").read_text())
    (code,) = blocks("collections.md", "python")
    exec(compile(code, "collections.md", "exec"), {})
