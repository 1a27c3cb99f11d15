"""What ``kg show`` prints of values made by hand: bounds, long lists, narrow terminals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.cli.layout import display_width
from kg.cli.node_text import candidates_text, explanation_text, overview_text, place_text
from kg.explain import Candidate, Explanation, Form, Overview, OverviewPaper, ShownEdge, ShownResult
from kg.source_places import SourcePlace

RESULT = ShownResult(
    subject="IOS",
    predicate="improves",
    metric="latency",
    value="1.5x",
    low=1.5,
    high=1.5,
    unit="x",
    bound="exact",
    baseline=None,
    dataset=None,
    hardware=None,
    paper="Faster Kernels",
    quote="IOS improves latency by 1.5x.",
    start=0,
    end=29,
    confidence=0.9,
    place=None,
)
EDGE = ShownEdge(
    kind="runs_on",
    outgoing=True,
    other="e:1",
    other_kind="hardware",
    other_name="GPU",
    support=1,
    confidence=0.5,
    paper="Faster Kernels",
    quote="IOS runs on a GPU.",
    start=0,
    end=18,
    offsets_in="paper",
    place=None,
)
PLACE = SourcePlace(
    path="list.txt", record=2, records=3, start=40, end=58, line=4, column=7, own_text=True, exact=True
)


def explained(**changes: Any) -> str:
    usual = Explanation(
        node="e:0",
        kind="method",
        name="IOS",
        derived_name=False,
        aliases=(),
        authors=(),
        facts={},
        abstract=None,
        forms=(),
        names=(),
        sources=(),
        papers=(),
        relations=(),
        results=(),
    )
    return explanation_text(replace(usual, **changes))


@pytest.mark.parametrize(
    ("bound", "value", "shown"),
    [
        ("exact", "1.5x", "1.5x"),
        ("up_to", "1.5x", "up to 1.5x"),
        ("up_to", "up to 1.5x", "up to 1.5x"),
        ("at_least", "3", "at least 3"),
        ("more_than", "3", "over 3"),
        ("less_than", "3", "under 3"),
        ("approx", "3", "about 3"),
        ("approx", "~3", "~3"),
    ],
)
def test_a_bound_is_told_once(bound: str, value: str, shown: str) -> None:
    text = explained(results=(replace(RESULT, bound=bound, value=value),))
    row = next(line for line in text.splitlines() if line.startswith("[1]"))
    value_cell, _, sure = row.split("latency")[1].strip().rpartition(" ")
    assert (value_cell.strip(), sure) == (shown, "0.90")


def test_results_of_one_sentence_share_its_number_and_empty_columns_are_left_out() -> None:
    other = replace(RESULT, metric="energy", value="2x", baseline="TensorRT")
    third = replace(RESULT, quote="IOS is good.", subject=None, value="3x")
    text = explained(results=(RESULT, other, third))
    lines = text.splitlines()
    head = next(line for line in lines if "subject" in line)
    assert "over" in head and "runs on" not in head
    assert [line.split()[0] for line in lines if line.startswith("[")] == ["[1]", "[1]", "[2]", "[1]", "[2]"]
    assert text.count(RESULT.quote) == 1
    assert next(line for line in lines if "3x" in line).split()[1] == "?"


def test_a_result_names_its_paper_unless_it_is_the_paper_that_is_shown() -> None:
    assert "(Faster Kernels)" in explained(results=(RESULT,))
    assert "(Faster Kernels)" not in explained(kind="paper", results=(RESULT,))


def test_a_table_that_no_terminal_holds_is_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    full = replace(RESULT, baseline="TensorRT", dataset="ImageNet", hardware="a very long name of a GPU")
    text = explained(results=(full,))
    assert "subject" not in text
    assert "[1], IOS, improves, latency, 1.5x," in text
    assert all(display_width(line) <= 40 for line in text.splitlines())


def test_relations_tell_direction_and_support() -> None:
    text = explained(relations=(EDGE, replace(EDGE, outgoing=False, support=3, confidence=0.876, quote=None)))
    assert '-> runs_on -> GPU (hardware; 1 paper, confidence 0.50)\n    "IOS runs on a GPU."' in text
    assert "<- runs_on <- GPU (hardware; 3 papers, confidence 0.88)" in text


def test_a_paper_lists_names_and_leaves_out_what_its_head_says() -> None:
    uses = replace(EDGE, kind="uses", other_name="cuDNN", other_kind="tool")
    written = replace(EDGE, kind="authored", outgoing=False, other_kind="author", other_name="Song Han")
    text = explained(
        kind="paper",
        name="IOS (untitled)",
        derived_name=True,
        authors=("Song Han",),
        facts={"year": 2021},
        abstract="We use cuDNN.",
        papers=(uses, replace(uses, other_name="TVM"), written),
    )
    assert "uses: cuDNN (tool 0.50), TVM (tool 0.50)" in text
    assert "by: Song Han" in text and text.count("Song Han") == 1
    assert "this name is derived" in text and "year: 2021" in text and text.count("We use cuDNN.") == 1


def test_an_entity_shows_each_paper_with_its_sentence_and_an_author_without() -> None:
    paper = replace(EDGE, kind="proposes", outgoing=False, other_kind="paper", other_name="Faster Kernels")
    assert '"IOS runs on a GPU."' in explained(papers=(paper,))
    assert '"IOS runs on a GPU."' not in explained(kind="author", papers=(replace(paper, kind="authored"),))


def test_many_candidates_are_cut() -> None:
    many = [Candidate(node=f"e:{n}", kind="tool", name=f"Tool {n}", papers=n) for n in range(35)]
    text = candidates_text("tool\x1b", many)
    assert "35 nodes may be meant by 'tool'" in text
    assert "Tool 29" in text and "Tool 30" not in text and "... and 5 more" in text
    assert "more" not in candidates_text("tool", many[:30])


def test_an_overview_counts_in_words() -> None:
    paper = OverviewPaper(node="w:1", name="Faster Kernels", year=None, proposes=())
    overview = Overview(
        counts={"paper": 1, "author": 2, "hardware": 3, "task": 0}, papers=(paper,), more_papers=4, top={}
    )
    text = overview_text(overview)
    assert text.startswith("1 paper, 2 authors, 3 hardware\n")
    assert "  Faster Kernels\n  ... and 4 more" in text
    assert "proposes" not in text and "In most papers" not in text
    assert "(2020)" in overview_text(replace(overview, papers=(replace(paper, year=2020),)))


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "list.txt:4:7, characters 40 to 58, record 2 of 3"),
        ({"records": 1}, "list.txt:4:7, characters 40 to 58"),
        (
            {"own_text": False},
            "list.txt, line 4 of the text read from it, characters 40 to 58, record 2 of 3",
        ),
        ({"exact": False}, "list.txt:4:7, record 2 of 3 (the sentence is written otherwise there)"),
        ({"exact": False, "start": 0}, "list.txt, record 2 of 3 (the sentence is written otherwise there)"),
    ],
)
def test_places_as_editors_understand_them(changes: dict[str, Any], shown: str) -> None:
    place = replace(PLACE, **changes)
    assert place_text(place) == shown
    text = " ".join(explained(relations=(replace(EDGE, place=place),)).split())
    assert shown in text


def test_forms_are_shown_where_there_are_several() -> None:
    form = Form(text="IOS", rule="abbreviation", score=0.97, mentions=3, papers=1, place=PLACE)
    assert "abbreviation" not in explained(forms=(form,))
    both = explained(forms=(form, replace(form, text="Scheduler", rule="same form", place=None)))
    assert "Forms" in both
    assert "list.txt:4:7" in both


def test_confidence_and_support_are_shown() -> None:
    text = explained(relations=(replace(EDGE, support=3),), results=(RESULT,))
    assert "3 papers, confidence 0.50" in text
    assert "0.90" in text
    role = replace(EDGE, kind="proposes", outgoing=False, other_kind="paper", other_name="A Paper")
    assert "proposes: A Paper (confidence 0.50)" in explained(papers=(role,))
