"""``kg query``, ``path``, ``leaderboard``, ``contradictions`` and ``sql`` on a toy build."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from syrupy.assertion import SnapshotAssertion

from kg.cli.answers_text import answers_text
from kg.cli.layout import display_width, fitting_table
from kg.query import QUESTIONS
from kg.tables import Tables

Run = Callable[..., Result]

ASKED = [
    ("query",),
    ("query", "runs-on", "gpus"),
    ("query", "compares-with", "TensorRT"),
    ("query", "who-works-on", "TensorRT"),
    ("query", "uses", "GPU"),
    ("query", "results-of", "IOS"),
    ("query", "results-of", "inter", "operator", "scheduler", "--format", "markdown"),
    ("path", "Song Han", "GPU"),
    ("contradictions",),
    ("sql", "SELECT subject, value, baseline, confidence FROM claims"),
]


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_answers_for_a_person(
    kg: Run, build_dir: Path, asked: tuple[str, ...], snapshot: SnapshotAssertion
) -> None:
    verb, *arguments = asked
    result = kg(verb, build_dir, *arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == snapshot


@pytest.mark.parametrize("columns", ["40", "60", "120"])
def test_answers_fit_the_terminal(
    kg: Run, build_dir: Path, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for verb, *arguments in ASKED[1:]:
        if "markdown" not in arguments:
            for line in kg(verb, build_dir, *arguments).stdout.splitlines():
                assert display_width(line) <= int(columns), line


def test_every_row_ends_at_a_sentence_and_says_how_sure_it_is(kg: Run, build_dir: Path) -> None:
    for verb, *arguments in ASKED[1:8]:
        if "markdown" not in arguments:
            rows = json.loads(kg(verb, build_dir, *arguments, "--format", "json").stdout)
            assert rows
            for row in rows:
                assert 0 < row["confidence"] <= 1
                assert row["support"] >= 1
                assert row["quote"]
                assert row["paper"]


def test_json_is_what_python_gives(kg: Run, build_dir: Path) -> None:
    import kg as package

    (row,) = json.loads(
        kg("query", build_dir, "runs-on", "GPU", "--type", "method", "--format", "json").stdout
    )[:1]
    (same, *_) = package.open(build_dir).query("runs-on", "GPU", type="method")
    assert row["quote"] == same.quote
    assert row["confidence"] == same.confidence
    assert package.open(build_dir).sql("SELECT 1 AS one") == [{"one": 1}]


def test_csv_holds_no_formula(kg: Run, tmp_path: Path, toy_tables: Tables) -> None:
    for row in toy_tables.results:
        row["metric"], row["metric_id"] = '=HYPERLINK("x")', None
    for row in (*toy_tables.papers, *toy_tables.works):
        row["title"] = "-2+3 @cmd\n|a"
    toy_tables.write(tmp_path / "tables")
    out = kg("query", tmp_path, "results-of", "IOS", "--format", "csv").stdout
    (row,) = csv.DictReader(io.StringIO(out))
    assert row["metric"] == '\'=HYPERLINK("x")'
    assert row["paper"] == "'-2+3 @cmd |a"
    assert float(row["confidence"]) == 0.9
    told = kg(
        "sql", tmp_path, "SELECT '=1+1' AS \"=x\", -3 AS number, ['a', '=b'] AS list", "--format", "csv"
    ).stdout
    assert list(csv.reader(io.StringIO(told))) == [["'=x", "number", "list"], ["'=1+1", "-3", "a; =b"]]


def test_markdown_marks_stand_for_themselves(kg: Run, build_dir: Path) -> None:
    out = kg("sql", build_dir, "SELECT 'a|b *c* <d>' AS x, NULL AS y", "--format", "markdown").stdout
    assert out == "| x | y |\n| --- | --- |\n| a\\|b \\*c\\* \\<d\\> |  |\n"


def test_a_document_does_not_steer_the_terminal(kg: Run, tmp_path: Path, toy_tables: Tables) -> None:
    for row in toy_tables.papers:
        row["text"] = row["text"].replace("IOS outperforms", "\x1b[2J outperforms")
        row["title"] = f"\x1b[31m{row['title']}\u202e"
    for row in toy_tables.works:
        row["title"] = f"\x1b[31m{row['title']}\u202e"
    for row in toy_tables.entities:
        row["name"] = f"{row['name']}\x1b[1m"
    toy_tables.write(tmp_path / "tables")
    for verb, *arguments in ASKED[1:]:
        result = kg(verb, tmp_path, *arguments, color=True)
        assert result.exit_code == 0, result.stderr
        shown = result.stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("query", "DIR", "runs-on", "GUP"), 1, "Error: nothing is called 'GUP'\nHint: did you mean 'GPU'"),
        (("query", "DIR", "runs"), 1, "Error: no question is called 'runs'\nHint: there are runs-on, best"),
        (("query", "DIR", "runs-on"), 1, "Error: runs-on needs a name\nHint: kg query DIR runs-on HARDWARE"),
        (("query", "DIR", "gaps", "cuDNN"), 1, "Error: 'cuDNN' is a tool, not a dataset"),
        (("query", "DIR", "trends"), 1, "Error: a trend needs papers of two years or more"),
        (("query", "DIR", "uses", "GPU", "--year", "x"), 2, "is not a year like 2024"),
        (("query", "DIR", "uses", "GPU", "--min-confidence", "2"), 2, "0<=x<=1"),
        (("query", "DIR", "uses", "GPU", "--type", "gadget"), 1, "no type is called 'gadget'"),
        (("path", "DIR", "IOS", "IOS"), 1, "are the same"),
        (("leaderboard", "DIR", "--dataset", "ImageNet"), 1, "nothing is called 'ImageNet'"),
        (("sql", "DIR"), 2, "give a SELECT, or --schema"),
        (("sql", "DIR", "DROP TABLE papers"), 1, "Error: one SELECT is all that can be asked"),
        (("sql", "DIR", "SELECT * FROM read_text('/etc/hostname')"), 1, "Error: a query sees the tables"),
        (("sql", "DIR", "SELECT x FROM papers"), 1, 'Referenced column "x" not found'),
        (("query", "EMPTY", "uses", "GPU"), 1, "no such table\nHint: run `kg build"),
    ],
)
def test_errors_with_hints(
    kg: Run, build_dir: Path, tmp_path: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    folders = {"DIR": build_dir, "EMPTY": tmp_path}
    result = kg(*(folders.get(word, word) for word in arguments))
    assert result.exit_code == status
    assert result.stdout == ""
    assert words in result.stderr


def test_the_schema(kg: Run, build_dir: Path) -> None:
    out = kg("sql", build_dir, "--schema").stdout
    for words in (
        "publications (view)",
        "works (table)",
        "claims (view)",
        "results (table)",
        "polarity",
        "positive, negative or neutral",
    ):
        assert words in out
    assert "internal" not in out


def test_no_rows(kg: Run, build_dir: Path) -> None:
    assert kg("query", build_dir, "uses", "GPU", "--min-confidence", "1").stdout == "Nothing is known.\n"
    assert (
        json.loads(kg("query", build_dir, "uses", "GPU", "--year", "1999", "--format", "json").stdout) == []
    )
    assert kg("leaderboard", build_dir).stdout == answers_text([]) + "\n"
    result = kg("sql", build_dir, "SELECT title FROM papers WHERE year = 1")
    assert (result.stdout, result.stderr) == ("title\n", "0 rows\n")


def test_the_help_names_every_question(kg: Run) -> None:
    out = kg("query", "--help").stdout
    for question in QUESTIONS.values():
        assert f"{question.name} {question.argument or ''}".strip() in out


def test_the_first_columns_of_a_table_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    long = "x" * 60
    assert fitting_table(["", "a"], [["[1][2][3]", long]], keep=1).splitlines()[1].startswith("[1][2][3]  xx")
    assert fitting_table(["a", "b"], [["", ""]]) == "a  b"
