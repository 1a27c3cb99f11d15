"""Names lead to nodes, and nodes to the sentences that speak of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.database import Database
from kg.errors import KGError
from kg.explain import Explainer
from kg.tables import Tables

Open = Callable[[Tables], Database]


@pytest.fixture
def explainer(toy_tables: Tables, database_of: Open) -> Explainer:
    return Explainer(database_of(toy_tables))


def named(explainer: Explainer, name: str) -> list[tuple[str, str]]:
    return [(candidate.kind, candidate.name) for candidate in explainer.find(name)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IOS", ("method", "IOS")),
        ("ios", ("method", "IOS")),
        ("inter operator schedulers", ("method", "IOS")),
        ("GPUs", ("hardware", "GPU")),
        ("song han", ("author", "Song Han")),
        ("JÜRGEN PREUSSER", ("author", "Jürgen Preußer")),
        ("mlsys", ("venue", "MLSys")),
        ("Faster", ("paper", "Faster Kernels on a GPU")),
        ("ding", ("author", "Yaoyao Ding")),
        ("tensor", ("tool", "TensorRT")),
    ],
)
def test_a_name_an_alias_a_beginning_or_a_word(
    explainer: Explainer, name: str, expected: tuple[str, str]
) -> None:
    assert named(explainer, name) == [expected]


def test_a_whole_name_wins_over_longer_ones(explainer: Explainer) -> None:
    assert named(explainer, "ios") == [("method", "IOS")]
    assert named(explainer, "ios:") == [("paper", "IOS: Inter-Operator Scheduler for CNN Acceleration")]


def test_several_candidates(explainer: Explainer) -> None:
    found = named(explainer, "i")
    assert len(found) == 2
    assert {kind for kind, _ in found} == {"method", "paper"}


def test_an_id_is_a_name(explainer: Explainer) -> None:
    (candidate,) = explainer.find("cuDNN")
    assert explainer.find(candidate.node) == [candidate]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("tensrt", "did you mean 'TensorRT'"), ("qqqqqq", "kg show DIR"), ("", "kg show DIR"), (" ", "kg show")],
)
def test_nothing_found(explainer: Explainer, name: str, hint: str) -> None:
    with pytest.raises(KGError, match="nothing is called") as caught:
        explainer.find(name)
    assert hint in (caught.value.hint or "")


def test_an_entity_with_its_edges_and_sentences(explainer: Explainer) -> None:
    shown = explainer.explain(explainer.find("IOS")[0].node)
    assert shown.kind == "method"
    assert shown.aliases == ("Inter-Operator Scheduler",)
    (paper,) = shown.papers
    assert (paper.kind, paper.outgoing, paper.other_kind) == ("proposes", False, "paper")
    assert [(edge.kind, edge.other_name, edge.outgoing) for edge in shown.relations] == [
        ("compared_with", "TensorRT", True),
        ("runs_on", "GPU", True),
    ]
    assert shown.relations[0].quote == "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."
    (result,) = shown.results
    assert (result.subject, result.baseline, result.hardware, result.dataset) == (
        "IOS",
        "TensorRT",
        "GPU",
        None,
    )
    assert (result.low, result.high, result.value) == (1.1, 1.5, "1.1 to 1.5x")


def test_evidence_stands_in_the_papers_text(explainer: Explainer, toy_tables: Tables) -> None:
    texts = [row["text"] for row in toy_tables.papers]
    shown = explainer.explain(explainer.find("IOS")[0].node)
    for edge in (*shown.papers, *shown.relations):
        assert edge.offsets_in == "paper"
        assert edge.quote in [text[edge.start : edge.end] for text in texts]


def test_both_ends_of_a_relation_and_every_slot_of_a_result_show_it(explainer: Explainer) -> None:
    tensorrt = explainer.explain(explainer.find("TensorRT")[0].node)
    assert [(edge.kind, edge.outgoing) for edge in tensorrt.relations] == [("compared_with", False)]
    for name in ("TensorRT", "GPU", "IOS:"):
        assert len(explainer.explain(explainer.find(name)[0].node).results) == 1
    assert explainer.explain(explainer.find("cuDNN")[0].node).results == ()


def test_a_paper(explainer: Explainer) -> None:
    shown = explainer.explain(explainer.find("faster")[0].node)
    assert shown.authors == ("Song Han", "Jürgen Preußer")
    assert shown.facts["year"] == 2021
    assert shown.abstract == "We compare TensorRT with cuDNN on a GPU."
    assert {(edge.kind, edge.other_name) for edge in shown.papers if edge.outgoing} == {
        ("uses", "TensorRT"),
        ("uses", "cuDNN"),
        ("evaluated_on", "GPU"),
    }
    assert shown.relations == ()


def test_an_author_and_a_venue(explainer: Explainer) -> None:
    author = explainer.explain(explainer.find("Song Han")[0].node)
    assert {edge.other_kind for edge in author.papers} == {"paper"}
    assert len(author.papers) == 2
    venue = explainer.explain(explainer.find("MLSys")[0].node)
    assert [edge.kind for edge in venue.papers] == ["published_in"]


def test_the_overview(explainer: Explainer) -> None:
    overview = explainer.overview()
    assert overview.counts["paper"] == 2
    assert overview.counts["task"] == 0
    assert overview.more_papers == 0
    assert [paper.proposes for paper in overview.papers] == [(), ("IOS",)]
    assert overview.top["tool"] == ("TensorRT", "cuDNN")
    assert "task" not in overview.top
    short = explainer.overview(papers=1, names=1)
    assert (len(short.papers), short.more_papers, short.top["tool"]) == (1, 1, ("TensorRT",))


def test_an_empty_build(database_of: Open) -> None:
    explainer = Explainer(database_of(Tables()))
    assert explainer.overview().papers == ()
    with pytest.raises(KGError, match="nothing is called 'x'"):
        explainer.find("x")


def test_names_that_fit_equally_well_come_by_papers_then_by_name(
    toy_tables: Tables, database_of: Open
) -> None:
    renamed = [
        {**row, "name": f"kernel {row['name']}", "aliases": [f"kernel {row['name']}"]}
        for row in toy_tables.entities
    ]
    rows = {name: getattr(toy_tables, name) for name in toy_tables.counts()} | {"entities": renamed}
    found = Explainer(database_of(Tables(**rows))).find("kernel")
    assert [candidate.papers for candidate in found] == [2, 2, 1, 1]
    assert [candidate.name for candidate in found] == sorted(
        (candidate.name for candidate in found), key=lambda name: (-("GPU" in name or "RT" in name), name)
    )


def test_a_word_is_a_whole_word(explainer: Explainer) -> None:
    with pytest.raises(KGError):
        explainer.find("ernels")
    assert named(explainer, "on a") == [("paper", "Faster Kernels on a GPU")]


def test_a_suggestion_is_the_name_as_printed(explainer: Explainer) -> None:
    with pytest.raises(KGError) as caught:
        explainer.find("inter-operater schedular")
    assert "'Inter-Operator Scheduler'" in (caught.value.hint or "")


def test_the_edges_of_a_node_are_in_a_fixed_order(explainer: Explainer) -> None:
    shown = explainer.explain(explainer.find("TensorRT")[0].node)
    assert [(edge.outgoing, edge.kind) for edge in shown.papers] == [
        (False, "compares_with"),
        (False, "uses"),
    ]
    paper = explainer.explain(explainer.find("IOS:")[0].node)
    outgoing = [edge.outgoing for edge in paper.papers]
    assert outgoing == sorted(outgoing, reverse=True)
    assert all(edge.other_kind != "paper" for edge in paper.papers)


def test_a_result_is_shown_with_its_sentence(explainer: Explainer, toy_tables: Tables) -> None:
    (result,) = explainer.explain(explainer.find("TensorRT")[0].node).results
    text = next(row["text"] for row in toy_tables.papers if row["text"].startswith("IOS"))
    assert (
        result.quote == text[result.start : result.end] == "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."
    )
    assert (result.paper, result.unit, result.bound) == (text.split("\n")[0], "x", "range")


def test_the_overview_takes_the_papers_by_title(toy_tables: Tables, database_of: Open) -> None:
    titles = ["banana", "Apple"]
    papers = [
        {**row, "title": title, "text": title, "abstract": None}
        for row, title in zip(toy_tables.papers, titles, strict=True)
    ]
    tables = Tables(papers=papers, documents=toy_tables.documents)
    overview = Explainer(database_of(tables)).overview()
    assert [paper.name for paper in overview.papers] == ["Apple", "banana"]
    assert overview.papers[0].year == 2021


def test_every_sentence_ends_at_its_place_in_the_document(explainer: Explainer, toy_tables: Tables) -> None:
    document = toy_tables.documents[0]["text"]
    shown = explainer.explain(explainer.find("IOS")[0].node)
    said = [*shown.papers, *shown.relations, *shown.results]
    assert len(said) == 4
    for each in said:
        assert each.place is not None
        assert document[each.place.start : each.place.end] == each.quote
        line = document.splitlines()[each.place.line - 1]
        assert line[each.place.column - 1 :].startswith(each.quote or "?")
    byline = explainer.explain(explainer.find("Song Han")[0].node).papers[0]
    assert byline.place is not None
    assert document[byline.place.start : byline.place.end] == "Song Han"


def test_forms_say_why_they_are_one(explainer: Explainer, toy_tables: Tables) -> None:
    shown = explainer.explain(explainer.find("IOS")[0].node)
    rules = {row["mention_id"]: (row["rule"], row["score"]) for row in toy_tables.links}
    wanted = {(row["text"], *rules[row["mention_id"]]) for row in toy_tables.mentions}
    assert {form.text for form in shown.forms} == {"IOS", "Inter-Operator Scheduler"}
    assert {(form.text, form.rule, form.score) for form in shown.forms} <= wanted
    assert [form.mentions for form in shown.forms] == [1, 1]
    assert explainer.explain(explainer.find("Song Han")[0].node).forms == ()


def test_thresholds(explainer: Explainer) -> None:
    node = explainer.find("IOS")[0].node
    sure = explainer.explain(node, min_confidence=0.65)
    assert [edge.kind for edge in sure.relations] == ["compared_with"]
    assert len(sure.results) == 1
    assert explainer.explain(node, min_confidence=0.95).results == ()
    supported = explainer.explain(node, min_support=2)
    assert supported.relations == ()
    assert [edge.kind for edge in supported.papers] == ["proposes"]  # which only the paper itself can say
