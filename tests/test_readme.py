"""The README is true: its Python runs, its commands exist, its links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import networkx as nx
import pytest

from kg.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOY = Path(__file__).parent / "toy_corpus"


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TOY, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)
    graph = names["graph"]
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.number_of_nodes() > 10


def test_every_verb_and_option_is_one_that_exists() -> None:
    verbs = set(re.findall(r"^kg (\w+)", README, re.MULTILINE))
    assert verbs == set(cli.commands)
    options = set(re.findall(r"--[a-z][a-z-]+", README))
    known = {
        option
        for command in cli.commands.values()
        for parameter in command.params
        for option in parameter.opts
    }
    assert options <= known | {"--help", "--version"}


def test_links_lead_to_files() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_version_of_the_changelog_is_the_package_s() -> None:
    import kg

    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (newest, *_) = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert newest == kg.__version__
    assert f'version = "{newest}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
