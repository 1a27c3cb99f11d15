"""Results, papers and exports of the page, in a real browser with the network off."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pytest

Graph = nx.MultiDiGraph
pytestmark = pytest.mark.browser


def node_id(graph: Graph, name: str) -> str:
    return next(node for node, data in graph.nodes(data=True) if data["name"] == name)


def dispute(toy: Graph) -> None:
    """Another paper says another number of the same thing under the same condition."""
    pade, energy = node_id(toy, "PADE"), node_id(toy, "energy")
    arabic = next(node for node, data in toy.nodes(data=True) if data["name"].startswith("نظام"))
    found = {
        "kind": "reduces",
        "metric": "Energy",
        "value": "at least 9x",
        "low": 9.0,
        "high": 9.0,
        "unit": "x",
    }
    toy.add_edge(pade, energy, key="e:x", support=1, confidence=0.5, paper=arabic, bound="at_least",
                 polarity="positive", baseline="SpAtten", dataset="dolly", **found)  # fmt: skip


def rows(page, table: str) -> list[list[str]]:
    return [row.split("\t") for row in page.locator(f"#{table} tbody tr").all_inner_texts()]


def test_results_are_a_table_to_sort_and_to_narrow(open_page, toy: Graph) -> None:
    page = open_page(toy, "#tab=results")
    found = rows(page, "results")
    assert {tuple(row[:5]) for row in found} == {
        ("PADE", "energy", "↓ up to 5.1x", "SpAtten", "Dolly"),
        ("PADE", "speedup", "↑ 7.43x", "Nvidia H100", ""),
    }
    page.click("#results th >> text=Value")
    assert [row[2] for row in rows(page, "results")] == ["↑ 7.43x", "↓ up to 5.1x"]
    assert page.get_attribute("#results th:has-text('Value')", "aria-sort") == "descending"
    page.click("#results th >> text=Value")
    assert rows(page, "results")[0][2] == "↓ up to 5.1x"
    page.select_option("#by-dataset", "Dolly")
    assert len(rows(page, "results")) == 1 and page.url.endswith("#tab=results&dataset=Dolly")
    page.reload()
    assert len(rows(page, "results")) == 1
    page.click("#results tbody a >> text=PADE")
    assert page.inner_text("#panel h2") == "PADE" and page.locator("#results table").is_visible()


def test_contradictions_are_marked_and_told(open_page, toy: Graph) -> None:
    dispute(toy)
    page = open_page(toy, "#tab=results")
    assert page.locator("#results .flag").count() == 2
    page.click("#results >> text=Contradicted only (2)")
    assert len(rows(page, "results")) == 2
    page.click("#results tbody a >> text=PADE")
    assert "Another paper says otherwise: " in page.inner_text("#panel")
    assert page.locator("#panel tr.opposed").count() == 2


def test_a_metric_with_several_claims_has_a_plot(open_page, toy: Graph) -> None:
    dispute(toy)
    pade, energy, paper = (node_id(toy, name) for name in ("PADE", "energy", "Hydraulis (untitled)"))
    toy.add_edge(pade, energy, key="e:y", kind="reduces", support=1, confidence=0.5, paper=paper,
                 metric="energy", value="3x", low=3.0, high=3.0, unit="x")  # fmt: skip
    page = open_page(toy, "#tab=results")
    assert page.inner_text("figure strong").lower() == "energy"
    assert page.locator("figure circle").count() == 3 and page.locator("figure circle.opposed").count() == 2


def test_papers_are_a_table(open_page, toy: Graph) -> None:
    page = open_page(toy)
    page.click("#tab-papers")
    assert len(rows(page, "papers")) == 3
    page.click("#papers th >> text=Year")
    assert [row[-3] for row in rows(page, "papers")] == ["2025", "2024", ""]
    page.locator("#legend button", has_text="papers").click()
    assert "No paper passes" in page.inner_text("#papers")


def saved(page, what: str) -> bytes:
    page.click("#save")
    with page.expect_download() as found:
        page.click(f"#save-menu >> text={what}")
    return Path(found.value.path()).read_bytes()


def test_the_view_is_saved_as_graphml_that_others_read(open_page, toy: Graph, tmp_path: Path) -> None:
    page = open_page(toy)
    whole = nx.read_graphml(io.BytesIO(saved(page, "GraphML")), force_multigraph=True)
    assert set(whole) == set(toy) and whole.number_of_edges() == toy.number_of_edges()
    assert {data["label"] for _, data in whole.nodes(data=True)} == {
        data["name"] for _, data in toy.nodes(data=True)
    }
    page.goto(page.url.split("#")[0] + "#node=" + node_id(toy, "Dolly"))
    page.wait_for_selector("#panel h2 >> text=Dolly")
    near = nx.read_graphml(io.BytesIO(saved(page, "GraphML")), force_multigraph=True)
    assert {data["kind"] for _, data in near.nodes(data=True)} == {"dataset", "paper"}
    assert [data["quote"] for *_, data in near.edges(data=True)] == [
        "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly."
    ]


def test_tables_are_saved_without_formulas(open_page, toy: Graph) -> None:
    toy.nodes[node_id(toy, "Dolly")]["name"] = '=HYPERLINK("http://x","y")'
    page = open_page(toy)
    nodes = list(csv.DictReader(io.StringIO(saved(page, "Nodes as CSV").decode("utf-8-sig"))))
    assert len(nodes) == len(toy) and '\'=HYPERLINK("http://x","y")' in {row["name"] for row in nodes}
    links = list(csv.DictReader(io.StringIO(saved(page, "Table as CSV").decode("utf-8-sig"))))
    assert len(links) == toy.number_of_edges()
    page.click("#tab-results")
    results = list(csv.DictReader(io.StringIO(saved(page, "Table as CSV").decode("utf-8-sig"))))
    assert {row["value"] for row in results} == {"7.43x", "up to 5.1x"}
    page.click("#tab-papers")
    assert saved(page, "Table as CSV").decode("utf-8-sig").count("\r\n") == 4


def test_the_picture_is_saved(open_page, toy: Graph) -> None:
    page = open_page(toy)
    png = saved(page, "PNG")
    assert png.startswith(b"\x89PNG") and len(png) > 10_000
    svg = saved(page, "SVG").decode()
    assert "PADE</text>" in svg and "<script" not in svg and svg.count("<path") > 20


def test_print_shows_the_picture_on_white(open_page, toy: Graph) -> None:
    page = open_page(toy, color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.get_attribute("#print", "src").startswith("data:image/png")
    page.emulate_media(media="print")
    assert page.locator("#print").is_visible() and page.locator("#search").is_hidden()


def test_papers_that_are_no_nodes_are_quoted_too(open_page, toy: Graph) -> None:
    concepts = toy.subgraph(
        [node for node, data in toy.nodes(data=True) if data["kind"] not in ("paper", "author")]
    )
    page = open_page(concepts.copy(), "#node=" + node_id(toy, "PADE"), whole=toy)
    assert "PADE reduces energy by up to 5.1x on Dolly." in page.inner_text("#panel")
    assert page.locator("cite a").first.get_attribute("href") == "https://doi.org/10.1109/hpca.2025.1"
