"""Values become rows: what is told twice is one row, what stands twice is two, and nothing is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from kg.bylines import resolve_bylines
from kg.collect import collect
from kg.resolve import resolve
from kg.tables import Tables
from kg.types import Authorship, Evidence, Extraction, Mention, Paper, Relation, Result

TEXT = "We propose IOS. IOS outperforms TensorRT by 1.5x in latency. IOS beats TensorRT by 1.5x."
MakeMention = Callable[..., Mention]


@pytest.fixture
def paper(make_paper: Callable[..., Paper]) -> Paper:
    return make_paper(None, TEXT, "Song Han", url="https://example.org/1", keywords=("cnn", "gpu"))


def _evidence(paper: Paper, quote: str) -> Evidence:
    start = paper.text.index(quote)
    return Evidence(paper_id=paper.paper_id, start=start, end=start + len(quote), quote=quote)


def _result(subject: Mention | None, evidence: Evidence, **changes: object) -> Result:
    usual = Result(
        subject=subject,
        predicate="improves",
        metric="latency",
        metric_mention=None,
        value="1.5x",
        low=1.5,
        high=1.5,
        unit="x",
        bound="exact",
        baseline=None,
        dataset=None,
        hardware=None,
        polarity="positive",
        evidence=evidence,
        confidence=0.9,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def _tables(papers: Sequence[Paper], *extractions: Extraction) -> Tables:
    works = {paper.paper_id: f"w:{paper.position}" for paper in papers}
    return collect([], papers, works, extractions, resolve(extractions), resolve_bylines(papers))


def test_a_paper_s_row_holds_its_text_its_work_and_lists(paper: Paper) -> None:
    (row,) = _tables([paper]).papers
    assert (row["paper_id"], row["work_id"], row["text"]) == (paper.paper_id, "w:0", TEXT)
    assert (row["title"], row["url"], row["keywords"]) == (None, "https://example.org/1", ["cnn", "gpu"])


def test_a_byline_keeps_its_order_and_what_it_prints(make_paper: Callable[..., Paper]) -> None:
    paper = make_paper("A title", "A text.", "Zhu, Ligeng", "Song Han")
    affiliated = replace(paper, authors=(paper.authors[0], Authorship(name="Song Han", affiliation="MIT")))
    other = make_paper("Another title", "A text.", "Ligeng Zhu", number=1)
    tables = _tables([affiliated, other])
    rows = {(row["paper_id"], row["position"]): row for row in tables.authorships}
    first, second = rows[paper.paper_id, 0], rows[paper.paper_id, 1]
    assert (first["name"], second["name"]) == ("Zhu, Ligeng", "Song Han")
    assert (first["affiliation"], second["affiliation"]) == (None, "MIT")
    assert rows[other.paper_id, 0]["author_id"] == first["author_id"] != second["author_id"]
    author = next(row for row in tables.authors if row["author_id"] == first["author_id"])
    assert author["aliases"] == ["Ligeng Zhu", "Zhu, Ligeng"]


def test_of_a_relation_told_twice_the_surest_stays(paper: Paper, mention: MakeMention) -> None:
    ios, again = (mention(paper, "IOS", "method", nth=nth) for nth in (1, 2))
    tensorrt = mention(paper, "TensorRT", "tool")
    early = _evidence(paper, "IOS outperforms TensorRT by 1.5x in latency.")
    late = _evidence(paper, "IOS beats TensorRT by 1.5x.")

    def kept(first: float, second: float) -> list[tuple[float, int]]:
        relations = (
            Relation(head=again, kind="compared_with", tail=tensorrt, evidence=late, confidence=second),
            Relation(head=ios, kind="compared_with", tail=tensorrt, evidence=early, confidence=first),
        )
        extraction = Extraction(paper_id=paper.paper_id, mentions=(ios, tensorrt, again), relations=relations)
        return [(row["confidence"], row["start"]) for row in _tables([paper], extraction).relations]

    assert kept(0.5, 0.9) == [(0.9, late.start)]
    assert kept(0.9, 0.5) == [(0.9, early.start)]
    assert kept(0.7, 0.7) == [(0.7, early.start)], "the earlier of two that are equally sure"


def test_direction_and_kind_make_relations_of_their_own(paper: Paper, mention: MakeMention) -> None:
    ios, tensorrt = mention(paper, "IOS", "method"), mention(paper, "TensorRT", "tool")
    evidence = _evidence(paper, "IOS beats TensorRT by 1.5x.")
    relations = tuple(
        Relation(head=head, kind=kind, tail=tail, evidence=evidence, confidence=0.5)
        for head, kind, tail in (
            (ios, "compared_with", tensorrt),
            (tensorrt, "compared_with", ios),
            (ios, "part_of", tensorrt),
        )
    )
    extraction = Extraction(paper_id=paper.paper_id, mentions=(ios, tensorrt), relations=relations)
    rows = _tables([paper], extraction).relations
    assert len({row["relation_id"] for row in rows}) == 3


def test_two_forms_of_one_thing_are_not_related_to_each_other(
    make_paper: Callable[..., Paper], mention: MakeMention
) -> None:
    paper = make_paper(None, "GPUs are fast. A GPU is a chip.")
    one, two = mention(paper, "GPUs", "hardware"), mention(paper, "GPU", "hardware", nth=1)
    relation = Relation(head=one, kind="is_a", tail=two, evidence=_evidence(paper, "A GPU is a chip."))
    extraction = Extraction(paper_id=paper.paper_id, mentions=(one, two), relations=(relation,))
    assert _tables([paper], extraction).relations == []


def test_equal_claims_of_one_sentence_stay_apart(paper: Paper, mention: MakeMention) -> None:
    ios = mention(paper, "IOS", "method")
    evidence = _evidence(paper, "IOS beats TensorRT by 1.5x.")
    claim = _result(ios, evidence)
    extraction = Extraction(paper_id=paper.paper_id, mentions=(ios,), results=(claim, claim))
    rows = _tables([paper], extraction).results
    assert len(rows) == len({row["result_id"] for row in rows}) == 2
    again = Extraction(
        paper_id=paper.paper_id, mentions=(ios,), results=(replace(claim, confidence=0.2), claim)
    )
    assert {row["result_id"] for row in _tables([paper], again).results} == {
        row["result_id"] for row in rows
    }, "how sure one is does not say what is claimed"


def test_a_result_names_entities_and_a_metric_that_others_mention(
    paper: Paper, make_paper: Callable[..., Paper], mention: MakeMention
) -> None:
    other = make_paper(None, "Latencies matter.", number=1)
    ios, tensorrt = mention(paper, "IOS", "method"), mention(paper, "TensorRT", "tool")
    latency = mention(other, "Latencies", "metric")
    evidence = _evidence(paper, "IOS outperforms TensorRT by 1.5x in latency.")
    known = Extraction(
        paper_id=paper.paper_id,
        mentions=(ios, tensorrt),
        results=(_result(ios, evidence, baseline=tensorrt), _result(None, evidence, metric="throughput")),
    )
    tables = _tables([paper, other], known, Extraction(paper_id=other.paper_id, mentions=(latency,)))
    entity = {row["name"]: row["entity_id"] for row in tables.entities}
    rows = {row["metric"]: row for row in tables.results}
    assert rows["latency"]["metric_id"] == entity["Latencies"]
    assert rows["latency"]["subject_id"] == entity["IOS"]
    assert rows["latency"]["baseline_id"] == entity["TensorRT"]
    assert (rows["throughput"]["metric_id"], rows["throughput"]["subject_id"]) == (None, None)
    assert rows["latency"]["dataset_id"] is rows["latency"]["hardware_id"] is None


def test_what_is_measured_is_a_metric_or_nothing(paper: Paper, mention: MakeMention) -> None:
    ios, latency = mention(paper, "IOS", "method"), mention(paper, "latency", "metric")
    evidence = _evidence(paper, "IOS outperforms TensorRT by 1.5x in latency.")
    task = replace(latency, type="task")
    for chosen, linked in ((latency, True), (task, False)):
        extraction = Extraction(
            paper_id=paper.paper_id,
            mentions=(ios, chosen),
            results=(_result(ios, evidence, metric_mention=chosen),),
        )
        (row,) = _tables([paper], extraction).results
        assert (row["metric_id"] is not None) is linked
