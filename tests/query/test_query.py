"""The ready questions, on a collection made by hand: who is answered, in which order, by which sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.answers import Statement, columns, flat
from kg.api import Collection
from kg.errors import KGError
from kg.query import QUESTIONS

Pick = Callable[..., list[tuple[Any, ...]]]


def test_what_runs_on_hardware(nets: Collection, rows_of: Pick) -> None:
    (row,) = nets.query("runs-on", "t4 gpus")
    assert (row.subject, row.kind, row.object) == ("FastNet", "runs_on", "T4 GPU")
    assert row.quote == "FastNet runs on a T4 GPU."
    assert (row.confidence, row.support, row.paper, row.year) == (0.7, 1, "FastNet", 2020)
    assert rows_of(nets.query("runs-on", "FastNet"), "object") == [("T4 GPU",)], "asked the other way round"


def test_what_runs_on_a_kind_of_hardware(shelf: Any, rows_of: Pick, tmp_path: Path) -> None:
    for name, hardware in (("FastNet", "T4 GPU"), ("LeanNet", "GPU"), ("ZooNet", "A100"), ("CpuNet", "CPU")):
        paper = shelf.paper(name, f"{name} needs one {hardware}.")
        net, chip = (
            shelf.named(paper, name, "model", "proposed"),
            shelf.named(paper, hardware, "hardware", "used"),
        )
        shelf.related(paper, net, "runs_on", chip, f"{name} needs one {hardware}.")
    paper = shelf.paper("Kinds", "The A100 is a GPU.")
    kind, family = (shelf.named(paper, name, "hardware", "used") for name in ("A100", "GPU"))
    shelf.related(paper, kind, "is_a", family, "The A100 is a GPU.")
    found = shelf.open(tmp_path).query("runs-on", "GPUs")
    assert rows_of(found, "subject", "object") == [
        ("FastNet", "T4 GPU"),
        ("LeanNet", "GPU"),
        ("ZooNet", "A100"),
    ]


def test_a_number_says_that_something_runs_there(shelf: Any, tmp_path: Path) -> None:
    paper = shelf.paper("A", "LeanNet takes 3 ms on a Pi.")
    lean, pi = (
        shelf.named(paper, "LeanNet", "model", "proposed"),
        shelf.named(paper, "Pi", "hardware", "used"),
    )
    shelf.measured(
        paper,
        "LeanNet takes 3 ms on a Pi.",
        subject_id=lean,
        hardware_id=pi,
        low=3,
        value="3 ms",
        metric="latency",
        unit="ms",
    )
    (row,) = shelf.open(tmp_path).query("runs-on", "pi")
    assert (row.subject, row.kind, row.detail) == ("LeanNet", "measured_on", "latency 3 ms")


def test_papers_that_agree_are_one_row_with_their_support(shelf: Any, tmp_path: Path) -> None:
    for confidence in (0.4, 0.6):
        paper = shelf.paper(f"Paper {confidence}", "LeanNet needs a GPU.")
        lean = shelf.named(paper, "LeanNet", "model", "used")
        gpu = shelf.named(paper, "GPU", "hardware", "used")
        shelf.related(paper, lean, "runs_on", gpu, "LeanNet needs a GPU.", confidence)
    collection = shelf.open(tmp_path)
    (row,) = collection.query("runs-on", "GPU")
    assert (row.support, row.confidence, row.paper) == (2, 0.76, "Paper 0.6")
    assert collection.query("runs-on", "GPU", min_support=2) == (row,)
    assert collection.query("runs-on", "GPU", min_confidence=0.8) == ()
    edges = collection.graph().edges(data=True)
    edge = next(data for _, _, data in edges if data["kind"] == "runs_on")
    assert (edge["support"], edge["confidence"]) == (row.support, row.confidence), "as in the graph"


def test_what_is_compared_both_ways(nets: Collection, rows_of: Pick) -> None:
    expected = [("FastNet", "SlowNet"), ("TinyNet", "SlowNet")]
    assert rows_of(nets.query("compares-with", "SlowNet"), "subject", "object") == expected
    assert rows_of(nets.query("compares-with", "TinyNet"), "subject", "object") == expected[1:]


def test_who_works_on_something(nets: Collection, rows_of: Pick) -> None:
    found = nets.query("who-works-on", "SlowNet")
    assert rows_of(found, "author", "support", "last_year") == [
        ("Bo Chen", 2, 2020),
        ("Ana Ruiz", 1, 2020),
        ("Li Wei", 1, 2021),
    ]
    assert found[0].quote == "SlowNet", "the surest mention stands in the title"
    assert found[1].quote == "FastNet is compared with SlowNet."


def test_which_papers_use_a_dataset(nets: Collection, rows_of: Pick) -> None:
    found = nets.query("uses", "imagenet")
    assert rows_of(found, "paper", "kind", "confidence") == [
        ("SlowNet", "evaluated_on", 0.95),
        ("FastNet", "evaluated_on", 0.9),
    ]
    assert found[0].quote == "SlowNet reaches 76% accuracy on ImageNet."
    assert rows_of(nets.query("uses", "imagenet", year=2018), "paper") == [("SlowNet",)]
    assert rows_of(nets.query("uses", "imagenet", venue="conference"), "paper") == [("FastNet",)]
    assert nets.query("uses", "imagenet", year=(2019, None), venue="patience") == ()


def test_results_of_a_thing_and_of_a_paper(nets: Collection, rows_of: Pick) -> None:
    assert rows_of(nets.query("results-of", "FastNet"), "subject", "value") == [("FastNet", "80%")]
    work = next(row.work_id for row in nets.papers() if row.paper == "SlowNet")
    assert rows_of(nets.query("results-of", work), "subject", "value") == [("SlowNet", "76%")]


def test_gaps_are_neighbours_that_were_never_evaluated(nets: Collection) -> None:
    (gap,) = nets.query("gaps", "ImageNet")
    assert (gap.method, gap.neighbour, gap.because) == ("TinyNet", "SlowNet", "compared_with")
    assert gap.quote == "It is compared with SlowNet."
    assert gap.evaluated == "SlowNet reaches 76% accuracy on ImageNet."
    assert (gap.evaluated_in, gap.evaluated_year) == ("SlowNet", 2018)
    assert gap.confidence == pytest.approx(0.6 * 0.855, abs=1e-4)


def test_gaps_need_a_dataset_that_somebody_used(nets: Collection, shelf: Any, tmp_path: Path) -> None:
    with pytest.raises(KGError, match="is a model, not a dataset"):
        nets.query("gaps", "FastNet")
    paper = shelf.paper("B", "MNIST is old.")
    shelf.named(paper, "MNIST", "dataset", "mentioned")
    with pytest.raises(KGError, match="no paper evaluates a method on 'MNIST'"):
        shelf.open(tmp_path / "more").query("gaps", "MNIST")


def test_best_is_the_first_of_each_board(nets: Collection, rows_of: Pick) -> None:
    (row,) = nets.query("best", "ImageNet", metric="Accuracy")
    assert (row.subject, row.value, row.rank, row.places) == ("FastNet", "80%", 1, 2)


def test_every_quote_stands_where_it_is_said_to(nets: Collection) -> None:
    texts = {row["paper_id"]: row["text"] for row in nets.sql("SELECT paper_id, text FROM papers")}
    asked = [("runs-on", "T4 GPU"), ("compares-with", "SlowNet"), ("uses", "ImageNet"), ("gaps", "ImageNet")]
    for row in [row for question, name in asked for row in nets.query(question, name)]:
        assert texts[row.paper_id][row.start : row.end] == row.quote


def test_questions_that_cannot_be_asked(nets: Collection) -> None:
    for arguments, message in (
        (("who-is", "x"), "no question is called 'who-is'"),
        (("runs-on",), "runs-on needs a name"),
        (("trends", "x"), "trends takes no name"),
        (("uses", "imagnet"), "nothing is called 'imagnet'"),
        (("uses", "net"), "nothing is called 'net'"),
    ):
        with pytest.raises(KGError, match=message):
            nets.query(*arguments)
    with pytest.raises(KGError, match="--metric is not for uses"):
        nets.query("uses", "ImageNet", metric="accuracy")
    with pytest.raises(KGError, match="no type is called 'gadget'"):
        nets.query("uses", "ImageNet", type="gadget")
    with pytest.raises(KGError) as caught:
        nets.query("uses", "imagnet")
    assert (caught.value.hint or "").startswith("did you mean 'ImageNet'")


def test_a_name_of_several_things_is_not_guessed(shelf: Any, tmp_path: Path) -> None:
    paper = shelf.paper("C", "We use image tagging and image search.")
    for name in ("image tagging", "image search"):
        shelf.named(paper, name, "task", "target")
    with pytest.raises(
        KGError, match="'image' may mean 'image search' \\(task\\), 'image tagging' \\(task\\)"
    ):
        shelf.open(tmp_path).query("uses", "image")


def test_types_choose_what_is_answered(nets: Collection, rows_of: Pick) -> None:
    assert nets.query("runs-on", "T4 GPU", type="method") == ()
    assert rows_of(nets.query("runs-on", "T4 GPU", type=("model", "tool")), "subject") == [("FastNet",)]


def test_all_questions_answer_with_rows_of_their_kind(nets: Collection) -> None:
    names = {"HARDWARE": "T4 GPU", "DATASET": "ImageNet", "NAME": "SlowNet"}
    for question in QUESTIONS.values():
        if question.argument:
            rows = nets.query(question.name, names[question.argument])
            assert rows, question.name
            assert {type(row) for row in rows} == {question.kind}


def test_rows_as_columns() -> None:
    assert columns(Statement)[-3:] == ("paper_id", "start", "end")
    own = {"subject": "a", "subject_type": "method", "kind": "is_a", "object": "b", "object_type": "task"}
    sentence = {
        "paper": "p",
        "year": None,
        "venue": None,
        "quote": "q",
        "paper_id": "p:1",
        "start": 0,
        "end": 1,
    }
    row = Statement(**own, detail=None, confidence=1.0, support=1, **sentence)  # type: ignore[arg-type]
    assert tuple(flat(row)) == columns(Statement)


def test_an_empty_build_answers_nothing(shelf: Any, tmp_path: Path) -> None:
    empty = shelf.open(tmp_path)
    assert empty.papers() == empty.entities() == empty.results() == empty.relations() == ()
    assert empty.leaderboard() == empty.contradictions() == ()
    with pytest.raises(KGError, match="nothing is called 'x'"):
        empty.query("uses", "x")


def test_the_same_answers_from_a_folder_with_odd_letters(shelf: Any, tmp_path: Path) -> None:
    paper = shelf.paper("D", "We use Ünïcode\u0301 𝔸 here. And MNIST there.")
    shelf.named(paper, "MNIST", "dataset", "evaluated_on")
    shelf.open(tmp_path / "a [b]* 'c'?")
    (row,) = kg.open(tmp_path / "a [b]* 'c'?").query("uses", "mnist")
    assert row.quote == "And MNIST there."
