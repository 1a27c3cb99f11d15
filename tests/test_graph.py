from __future__ import annotations

import random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import ROLE_EDGES, build_graph, supported
from kg.tables import SORT_KEYS, Row, Tables
from kg.types import ROLES
from kg.works import works_of


def _node(graph: nx.MultiDiGraph, name: str) -> str:
    found = [node for node, data in graph.nodes(data=True) if data["name"] == name]
    assert len(found) == 1, (name, found)
    return found[0]


def _edges(graph: nx.MultiDiGraph, source: str, target: str) -> dict[str, dict]:
    return {
        data["kind"]: data
        for data in graph.get_edge_data(_node(graph, source), _node(graph, target)).values()
    }


@pytest.fixture
def graph(toy_tables: Tables) -> nx.MultiDiGraph:
    return build_graph(toy_tables)


def test_kinds_of_nodes(graph: nx.MultiDiGraph) -> None:
    kinds: dict[str, list[str]] = {}
    for _, data in graph.nodes(data=True):
        kinds.setdefault(data["kind"], []).append(data["name"])
    assert {kind: len(names) for kind, names in kinds.items()} == {
        "paper": 2,
        "author": 3,
        "venue": 1,
        "method": 1,
        "tool": 2,
        "hardware": 1,
    }
    assert sorted(kinds["author"]) == ["Jürgen Preußer", "Song Han", "Yaoyao Ding"]


def test_roles_become_edges_of_the_paper(graph: nx.MultiDiGraph) -> None:
    title = "IOS: Inter-Operator Scheduler for CNN Acceleration"
    assert set(_edges(graph, title, "IOS")) == {"proposes"}
    assert set(_edges(graph, title, "TensorRT")) == {"compares_with"}
    assert set(_edges(graph, "Faster Kernels on a GPU", "TensorRT")) == {"uses"}
    assert set(_edges(graph, title, "MLSys")) == {"published_in"}
    assert _edges(graph, "Song Han", title)["authored"]["position"] == 1


def test_a_result_is_an_edge_with_its_numbers(graph: nx.MultiDiGraph) -> None:
    result = _edges(graph, "IOS", "TensorRT")["improves"]
    assert (result["low"], result["high"], result["unit"], result["value"]) == (1.1, 1.5, "x", "1.1 to 1.5x")
    assert (result["baseline"], result["hardware"], result["metric"]) == ("TensorRT", "GPU", "performance")
    assert "dataset" not in result
    assert result["quote"] == "IOS outperforms TensorRT by 1.1 to 1.5x on GPUs."


def test_every_edge_has_support_confidence_and_evidence_that_stands_where_it_says(
    graph: nx.MultiDiGraph, toy_tables: Tables
) -> None:
    text = {row["work_id"]: row["text"] for row in toy_tables.papers}
    document = toy_tables.documents[0]["text"]
    assert graph.number_of_edges() > 10
    for _, _, edge in graph.edges(data=True):
        assert edge["support"] >= 1 and 0 < edge["confidence"] <= 1
        source = text[edge["paper"]] if edge["offsets_in"] == "paper" else document
        if edge["kind"] != "published_in":  # the toy listing does not print the venue
            assert source[edge["start"] : edge["end"]] == edge["quote"]
        assert None not in edge.values()


def test_edges_are_keyed_and_the_graph_does_not_depend_on_row_order(toy_tables: Tables) -> None:
    expected = build_graph(toy_tables)
    keys = [key for _, _, key in expected.edges(keys=True)]
    assert len(set(keys)) == len(keys)
    shuffled = {
        name: random.Random(3).sample(getattr(toy_tables, name), len(getattr(toy_tables, name)))
        for name in SORT_KEYS
    }
    again = build_graph(Tables.from_rows(shuffled))
    assert list(again.nodes(data=True)) == list(expected.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(expected.edges(keys=True, data=True))


def test_a_paper_without_title_is_shown_by_what_it_proposes(toy_tables: Tables) -> None:
    papers = [row | {"title": None} for row in toy_tables.papers]
    rows = {name: getattr(toy_tables, name) for name in SORT_KEYS} | {"papers": papers, "works": []}
    names = {
        data["name"]: data.get("derived_name")
        for _, data in build_graph(Tables.from_rows(rows)).nodes(data=True)
        if data["kind"] == "paper"
    }
    assert names.pop("IOS (untitled)") is True
    assert next(iter(names)).startswith("Faster Kernels on a GPU We compare")


def test_support_adds_to_confidence_but_never_reaches_certainty() -> None:
    values = [supported(0.36, papers) for papers in (1, 2, 4, 8, 1000)]
    assert values == sorted(values) and values[0] == 0.36 and values[-1] < 1


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_confidence_stays_a_share_and_grows_with_support(confidence: float, papers: int) -> None:
    value = supported(confidence, papers)
    assert round(confidence, 4) <= value <= 1
    assert supported(confidence, papers + 1) >= value
    assert 1 - supported(confidence, 2 * papers) == pytest.approx(0.6 * (1 - value), abs=2e-4)


def _changed(tables: Tables, **changes: list[Row]) -> Tables:
    return Tables.from_rows({name: getattr(tables, name) for name in SORT_KEYS} | {"works": []} | changes)


def _merged(tables: Tables, **second: Any) -> nx.MultiDiGraph:
    """The graph where both papers are records of one work."""
    one, two = tables.papers
    return build_graph(_changed(tables, papers=[one, two | {"work_id": one["work_id"]} | second]))


def test_two_records_of_a_work_are_one_node_with_what_each_knows(toy_tables: Tables) -> None:
    graph = _merged(toy_tables, doi="10.1/x", url="https://example.org")
    (paper,) = (data for _, data in graph.nodes(data=True) if data["kind"] == "paper")
    assert paper["doi"] == "10.1/x" and paper["venue"] == "MLSys"
    assert paper["url"] == "https://example.org"
    tensorrt = _node(graph, "TensorRT")
    kinds = {data["kind"]: data["support"] for _, _, data in graph.in_edges(tensorrt, data=True)}
    assert kinds["uses"] == kinds["compares_with"] == 1, "two records are one paper"
    assert {data["support"] for *_, data in graph.edges(data=True)} == {1}
    han = next(data for _, data in graph.nodes(data=True) if data["name"] == "Song Han")
    assert han["papers"] == 1


def test_a_paper_has_the_merged_fields_of_its_work(toy_tables: Tables) -> None:
    one, two = toy_tables.papers
    papers = [one, two | {"work_id": one["work_id"], "title": f"{one['title']}, and More", "year": 2021}]
    tables = _changed(toy_tables, papers=papers)
    (work,) = works_of(tables).values()
    graph = build_graph(tables)
    (paper,) = (data for _, data in graph.nodes(data=True) if data["kind"] == "paper")
    assert paper["title"] == papers[1]["title"], "the fuller title"
    assert paper["authors"] == [
        row["name"] for row in toy_tables.authorships if row["paper_id"] == work["authors_from"]
    ]
    assert paper["year"] == 2021


def test_what_is_not_known_is_absent(graph: nx.MultiDiGraph) -> None:
    attributes = [data for _, data in graph.nodes(data=True)] + [data for *_, data in graph.edges(data=True)]
    assert not [data for data in attributes if None in data.values() or [] in data.values()]
    assert "aliases" not in graph.nodes[_node(graph, "TensorRT")]
    assert graph.nodes[_node(graph, "IOS")]["aliases"] == ["Inter-Operator Scheduler"]


def test_what_two_papers_say_is_one_edge_with_the_evidence_of_the_surer(toy_tables: Tables) -> None:
    first = toy_tables.relations[0]
    other = next(row for row in toy_tables.papers if row["paper_id"] != first["paper_id"])
    second = first | {
        "relation_id": "r:2",
        "paper_id": other["paper_id"],
        "start": 0,
        "end": 6,
        "confidence": 0.95,
    }
    graph = build_graph(_changed(toy_tables, relations=[first, second]))
    (edge,) = (data for *_, data in graph.edges(data=True) if data["kind"] == first["kind"])
    assert (edge["support"], edge["paper"], edge["quote"]) == (2, other["work_id"], other["text"][:6])
    assert edge["confidence"] == supported(0.95, 2) > 0.95


def test_venues_are_one_whatever_their_case_and_count_works(toy_tables: Tables) -> None:
    one, two = toy_tables.papers
    graph = build_graph(_changed(toy_tables, papers=[one | {"venue": "MLSys"}, two | {"venue": "MLSYS"}]))
    (venue,) = (data for _, data in graph.nodes(data=True) if data["kind"] == "venue")
    assert (venue["name"], venue["papers"]) == ("MLSYS", 2)


def test_a_venue_of_two_years_is_one_node_and_each_paper_keeps_what_is_printed(toy_tables: Tables) -> None:
    one, two = (f"Proceedings of the {year} Conference on Sorting" for year in (2019, 2020))
    first, second, *_ = toy_tables.papers
    graph = build_graph(_changed(toy_tables, papers=[first | {"venue": one}, second | {"venue": two}]))
    (venue,) = (data for _, data in graph.nodes(data=True) if data["kind"] == "venue")
    assert (venue["name"], venue["papers"]) == ("Proceedings of the Conference on Sorting", 2)
    printed = {data.get("venue") for _, data in graph.nodes(data=True) if data["kind"] == "paper"}
    assert {one, two} <= printed


def test_a_citation_is_an_edge_between_works(toy_tables: Tables) -> None:
    one, two = toy_tables.papers
    row = {"paper_id": one["paper_id"], "cited_paper_id": two["paper_id"], "start": 0, "end": 3}
    graph = build_graph(_changed(toy_tables, citations=[row]))
    (edge,) = ((a, b, data) for a, b, data in graph.edges(data=True) if data["kind"] == "cites")
    assert edge[:2] == (one["work_id"], two["work_id"])
    text = next(row["text"] for row in toy_tables.documents if row["document_id"] == one["document_id"])
    assert (edge[2]["quote"], edge[2]["offsets_in"]) == (text[:3], "document")


def test_what_a_rule_tells_of_versions_is_a_derived_edge_that_no_paper_says(toy_tables: Tables) -> None:
    head, tail = (row["entity_id"] for row in toy_tables.entities[:2])
    family = {"head_id": head, "kind": "is_a", "tail_id": tail, "rule": "version of a family", "score": 0.9}
    graph = build_graph(_changed(toy_tables, families=[family]))
    (edge,) = ((a, b, data) for a, b, data in graph.edges(data=True) if data.get("derived"))
    assert edge == (head, tail, {"kind": "is_a", "support": 1, "confidence": 0.9, "derived": True})


@pytest.mark.parametrize(
    ("known", "source", "target"),
    [
        (("subject_id", "metric_id", "baseline_id"), "subject_id", "metric_id"),
        (("subject_id", "baseline_id", "dataset_id"), "subject_id", "baseline_id"),
        (("subject_id", "hardware_id", "dataset_id"), "subject_id", "work"),
        (("subject_id",), "subject_id", "work"),
        (("metric_id",), "work", "metric_id"),
        (("dataset_id", "hardware_id"), "work", "dataset_id"),
        ((), None, None),
    ],
)
def test_the_ends_of_a_result(
    toy_tables: Tables, known: tuple[str, ...], source: str | None, target: str | None
) -> None:
    slots = ("subject_id", "metric_id", "baseline_id", "dataset_id", "hardware_id")
    ids = [row["entity_id"] for row in toy_tables.entities]
    entity = dict(zip(slots, [*ids, ids[1]], strict=True))
    result = toy_tables.results[0] | {slot: entity[slot] if slot in known else None for slot in slots}
    graph = build_graph(_changed(toy_tables, results=[result]))
    work = next(p["work_id"] for p in toy_tables.papers if p["paper_id"] == result["paper_id"])
    place = entity | {"work": work}
    found = [(a, b) for a, b, data in graph.edges(data=True) if "value" in data]
    assert found == ([(place[source], place[target])] if source and target else [])


def test_a_result_about_one_thing_only_is_no_loop(toy_tables: Tables) -> None:
    subject = toy_tables.results[0]["subject_id"]
    result = toy_tables.results[0] | {"metric_id": subject, "baseline_id": subject, "hardware_id": None}
    graph = build_graph(_changed(toy_tables, results=[result]))
    assert nx.number_of_selfloops(graph) == 0
    assert [b for a, b, data in graph.edges(data=True) if "value" in data] != [subject]


def test_the_strongest_role_of_an_entity_in_a_paper_is_its_edge(toy_tables: Tables) -> None:
    assert set(ROLE_EDGES) == set(ROLES)
    ios = next(row["entity_id"] for row in toy_tables.entities if row["name"] == "IOS")
    of_ios = {row["mention_id"] for row in toy_tables.links if row["entity_id"] == ios}
    for roles, kind in ((("mentioned", "proposed"), "proposes"), (("mentioned", "used"), "uses")):
        given = iter(roles)
        mentions = [
            row | {"role": next(given)} if row["mention_id"] in of_ios else row for row in toy_tables.mentions
        ]
        graph = build_graph(_changed(toy_tables, mentions=mentions))
        (edge,) = (data for *_, data in graph.in_edges(ios, data=True))
        assert edge["kind"] == kind


def test_the_sentence_of_the_abstract_speaks_for_a_role_rather_than_the_title(toy_tables: Tables) -> None:
    one = next(row for row in toy_tables.papers if row["text"].startswith("IOS"))
    start = one["text"].index("IOS).")
    mention = next(row for row in toy_tables.mentions if row["text"] == "IOS")
    assert mention["start"] == 0, "the toy's mention stands in the title"
    told = mention | {"mention_id": "m:t", "start": start, "end": start + 3, "confidence": 0.1}
    link = next(row for row in toy_tables.links if row["mention_id"] == mention["mention_id"])
    graph = build_graph(
        _changed(
            toy_tables,
            mentions=[*toy_tables.mentions, told],
            links=[*toy_tables.links, link | {"mention_id": "m:t"}],
        )
    )
    (edge,) = (data for *_, data in graph.edges(data=True) if data["kind"] == "proposes")
    assert edge["quote"].startswith("We propose")


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ("Title Ligate Li ended", (13, 15)),
        ("Li Title and no more", (0, 2)),
        ("Li, Lion Title Lima", (0, 2)),
        ("Title Lima", None),
        ("", None),
    ],
)
def test_a_name_is_quoted_where_it_stands_as_a_word(
    toy_tables: Tables, document: str, place: tuple[int, int] | None
) -> None:
    start = max(document.find("Title"), 0)
    papers = [row | {"title_start": start, "title_end": start + 5} for row in toy_tables.papers]
    authorships = [row | {"name": "Li"} for row in toy_tables.authorships]
    documents = [row | {"text": document} for row in toy_tables.documents]
    graph = build_graph(_changed(toy_tables, papers=papers, authorships=authorships, documents=documents))
    edges = [data for *_, data in graph.edges(data=True) if data["kind"] == "authored"]
    assert len(edges) == 4
    for edge in edges:
        assert (edge.get("start"), edge.get("end")) == (place or (None, None))
        assert edge["quote"] == "Li"


def test_a_description_gives_way_to_a_name_when_a_title_is_missing(toy_tables: Tables) -> None:
    papers = [row | {"title": None} for row in toy_tables.papers]

    def names(**changes: Any) -> set[str]:
        tables = _changed(toy_tables, papers=papers, **changes)
        return {data["name"] for _, data in build_graph(tables).nodes(data=True) if data["kind"] == "paper"}

    tool = next(row for row in toy_tables.entities if row["name"] == "TensorRT")
    both = [
        row | {"role": "proposed"} if row["text"] in ("TensorRT", "IOS") else row
        for row in toy_tables.mentions
    ]
    described = [row | {"name": "an inference engine"} if row is tool else row for row in toy_tables.entities]
    assert "an inference engine (untitled)" in names(mentions=both, entities=described)
    ios = next(row for row in toy_tables.entities if row["name"] == "IOS")
    described = [row | {"name": "an early scheduler"} if row is ios else row for row in toy_tables.entities]
    proposed = names(mentions=both, entities=described)
    assert proposed == {"TensorRT (untitled)"}, "though the description comes first and more often"
    nothing = [row | {"text": "", "title": None, "abstract": None} for row in papers]
    unknown = _changed(
        toy_tables, papers=nothing, mentions=[], links=[], entities=[], relations=[], results=[]
    )
    untitled = [d["name"] for _, d in build_graph(unknown).nodes(data=True) if d["kind"] == "paper"]
    assert untitled == ["untitled", "untitled"]


@pytest.mark.parametrize(("predicate", "target"), [("reduces", "baseline_id"), ("costs", "work")])
def test_only_a_comparison_ends_at_its_baseline(toy_tables: Tables, predicate: str, target: str) -> None:
    subject, baseline, *_ = [row["entity_id"] for row in toy_tables.entities]
    result = toy_tables.results[0] | {"subject_id": subject, "baseline_id": baseline, "metric_id": None}
    graph = build_graph(_changed(toy_tables, results=[result | {"predicate": predicate}]))
    work = next(p["work_id"] for p in toy_tables.papers if p["paper_id"] == result["paper_id"])
    (found,) = ((a, b) for a, b, data in graph.edges(data=True) if "value" in data)
    assert found == (subject, {"work": work, "baseline_id": baseline}[target])
