"""The page in a real browser with the network off: any request, console error or page error fails."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

import networkx as nx
import pytest

Graph = nx.MultiDiGraph
TITLE = "PADE: A Predictor-Free Sparse Attention Accelerator"
pytestmark = pytest.mark.browser


def node_id(graph: Graph, name: str) -> str:
    return next(node for node, data in graph.nodes(data=True) if data["name"] == name)


def panel(page) -> str:
    return page.inner_text("#panel")


def search(page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)


def shown(page) -> set[str]:
    return set(page.evaluate("kg.shown()"))


def test_it_opens_with_an_overview_and_a_drawing(open_page, toy: Graph) -> None:
    page = open_page(toy)
    assert page.title() == "A collection"
    assert "Most connected models" in panel(page) and "PADE" in panel(page)
    assert page.inner_text("#count") == "13 nodes · 14 links"
    assert page.evaluate("kg.renderer") == "vis"
    assert colours(page) > 20


def colours(page) -> int:
    """How many colours the drawing has: what the renderer drew, labels and all."""
    picture = page.locator("#graph").screenshot()
    return page.evaluate(
        """async picture => { const bytes = Uint8Array.from(atob(picture), c => c.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes]));
        const c = new OffscreenCanvas(image.width, image.height), x = c.getContext('2d');
        x.drawImage(image, 0, 0);
        const d = x.getImageData(0, 0, c.width, c.height).data, seen = new Set();
        for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);
        return seen.size; }""",
        base64.b64encode(picture).decode(),
    )


def test_an_empty_graph_opens(open_page) -> None:
    page = open_page(nx.MultiDiGraph())
    assert "Nothing was found" in panel(page)
    page.click("#tab-results")
    assert "no numeric results" in page.inner_text("#results")


def test_search_finds_names_and_aliases_by_keyboard(open_page, toy: Graph) -> None:
    page = open_page(toy)
    search(page, "h100")
    assert page.locator("#hits [role=option]").all_inner_texts()[0].startswith("Nvidia H100")
    page.keyboard.press("Escape")  # clears the field, then leaves it
    page.keyboard.press("Escape")
    search(page, "dsa")
    assert "DSA" in page.inner_text("#hits")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "dynamic sparse attention"
    search(page, "a")
    wanted = page.locator("#hits [role=option] .name").nth(1).inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#hits-1", "aria-selected") == "true"
    assert page.get_attribute("#search", "aria-activedescendant") == "hits-1"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") in wanted
    page.keyboard.press("Escape")
    assert "In this collection" in panel(page) and "#" not in page.url


def test_search_says_when_there_is_nothing(open_page, toy: Graph) -> None:
    page = open_page(toy)
    search(page, "zzz [")
    assert "Nothing has this name" in page.inner_text("#hits")
    page.keyboard.press("Enter")
    assert "In this collection" in panel(page)


def test_a_permalink_opens_the_panel_with_the_sentence(open_page, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, "PADE"))
    text = panel(page)
    assert "Also PADE accelerator" in text
    assert "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly." in text
    assert "2 papers" in text and "confidence 0.80" in text
    assert page.locator("#panel mark").first.inner_text() in ("7.43x", "up to 5.1x")
    row = page.locator("#panel tbody tr", has_text="5.1x").inner_text()
    assert re.split(r"\t+", row) == ["energy", "↓ up to 5.1x", "SpAtten", "Dolly"]


def test_the_paper_of_a_quote_is_a_click_away_and_back_again(open_page, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, "PADE"))
    page.locator("cite a", has_text=TITLE).nth(1).click()
    assert page.inner_text("#panel h2") == TITLE
    assert page.inner_text(".said") == "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly."
    assert "Huizheng Wang · Yang Wang" in panel(page) and "HPCA · 2025" in panel(page)
    page.go_back()
    assert page.inner_text("#panel h2") == "PADE"


def test_links_lead_only_to_the_web(open_page, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, TITLE))
    outside = page.eval_on_selector_all("#panel a[target]", "all => all.map(a => a.href)")
    assert outside == ["https://doi.org/10.1109/hpca.2025.1"]


def test_the_things_an_abstract_speaks_of_are_links(open_page, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, TITLE))
    page.click(".abstract .term:has-text('SpAtten')")
    assert page.inner_text("#panel h2") == "SpAtten"
    assert "Baseline in" in panel(page) and "confidence 0.91" in panel(page)


def test_the_legend_hides_a_kind_and_search_brings_it_back(open_page, toy: Graph) -> None:
    page = open_page(toy)
    button = page.locator("#legend button", has_text="models")
    assert button.inner_text().split() == ["models", "2"]
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.inner_text("#count") == "11 nodes · 7 links" and page.url.endswith("#off=model")
    pade = node_id(toy, "PADE")
    assert pade not in shown(page)
    search(page, "PADE acc")
    page.keyboard.press("Enter")
    assert pade in shown(page)
    assert button.get_attribute("aria-pressed") == "true"


def test_a_double_click_in_the_legend_shows_one_kind_alone(open_page, toy: Graph) -> None:
    page = open_page(toy)
    page.locator("#legend button", has_text="hardware").dblclick()
    assert shown(page) == {node_id(toy, "Nvidia H100")}
    page.click("#clear-filters")
    assert shown(page) == set(toy)


def test_sliders_narrow_by_year_confidence_and_support(open_page, toy: Graph) -> None:
    page = open_page(toy)
    page.click("#more-filters")
    page.fill("#year-to", "2024")
    arabic = next(node for node, data in toy.nodes(data=True) if data["name"].startswith("نظام"))
    assert shown(page) == {arabic, node_id(toy, "PADE")}
    page.fill("#year-to", "2025")
    assert shown(page) == set(toy)
    page.fill("#sure", "0.85")
    left = {kind for kind, found in nx.get_edge_attributes(toy, "confidence").items() if found >= 0.85}
    assert page.evaluate("kg.edges()") == len(left)
    page.fill("#sure", "0")
    page.fill("#said", "2")
    assert node_id(toy, "PADE") in shown(page) and node_id(toy, "SpAtten") not in shown(page)
    assert page.inner_text("#more-filters").split() == ["Filters", "1"] and "said=2" in page.url
    page.keyboard.press("Escape")
    assert page.locator("#filters").is_hidden()


def test_communities_are_a_filter_and_a_colour(open_page, make_random: Callable[[int], Graph]) -> None:
    graph = make_random(300)
    page = open_page(graph)
    page.click("#more-filters")
    boxes = page.locator(".groups input")
    assert boxes.count() > 1
    page.click("#filters >> text=None")
    assert shown(page) == set()
    boxes.first.check()
    size = int(page.locator(".groups .n").first.inner_text().replace(",", ""))
    assert len(shown(page)) == size and "groups=0" in page.url
    page.check("#by-community")
    assert "colour=community" in page.url
    page.reload()
    assert len(shown(page)) == size


def test_a_path_leads_from_one_node_to_another(open_page, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, "Yang Wang"))
    page.fill("#path", "hydraulis")
    page.keyboard.press("Enter")
    assert "Nothing that is shown leads to" in panel(page)
    page.click("text=Close the path")
    page.fill("#path", "h100")
    page.keyboard.press("Enter")
    stops = page.locator(".way > li > a").all_inner_texts()
    assert stops == ["Yang Wang", TITLE, "PADE", "Nvidia H100"]
    assert "PADE achieves 7.43x speedup" in page.inner_text(".way")
    assert shown(page) == {node_id(toy, name) for name in stops}
    assert page.url.endswith("&path=" + node_id(toy, "Nvidia H100"))
    page.reload()
    assert page.locator(".way > li").count() == 4
    page.keyboard.press("Escape")
    assert page.locator(".way").count() == 0 and page.inner_text("#panel h2") == "Yang Wang"


def test_everything_is_reached_by_keyboard(open_page, toy: Graph) -> None:
    page = open_page(toy)
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className || ''"))
    assert {"search", "fit", "save", "theme", "tab-graph", "more-filters", "graph", "node"} <= set(reached)
    before = page.evaluate("kg.view.scale")
    page.focus("#graph")
    page.keyboard.press("+")
    assert page.evaluate("kg.view.scale") > before
    page.keyboard.press("ArrowRight")
    page.focus("#tab-graph")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#tab-results", "aria-selected") == "true"
    assert page.locator("#results table").is_visible()


def test_light_and_dark(open_page, toy: Graph) -> None:
    page = open_page(toy, color_scheme="dark")
    shade = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(shade) == "rgb(20, 21, 26)"
    page.click("#theme")
    assert page.evaluate(shade) == "rgb(250, 250, 248)"


def test_a_phone_shows_all_in_its_width(open_page, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, TITLE), viewport={"width": 390, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#ink").bounding_box()["height"] > 250
    assert page.locator("#panel h2").is_visible()
    page.click("#tab-results")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_right_to_left_names_are_set_right_to_left(open_page, toy: Graph) -> None:
    arabic = next(data["name"] for _, data in toy.nodes(data=True) if data["name"].startswith("نظام"))
    page = open_page(toy, "#node=" + node_id(toy, arabic))
    assert page.evaluate("getComputedStyle(document.querySelector('#panel h2')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.abstract')).direction") == "rtl"


def test_text_of_documents_never_becomes_markup(open_page, toy: Graph) -> None:
    hostile = "</script><img src=x onerror=hit=1><b>bold</b>"
    for node, data in toy.nodes(data=True):
        data.update(name=f"{hostile} {node}", aliases=[hostile], note=hostile)
    for *_, data in toy.edges(data=True):
        data.update(quote=hostile, metric=hostile, value=hostile, baseline=hostile)
    page = open_page(toy)
    for node in toy:
        page.evaluate("id => { location.hash = 'node=' + id; }", node)
        page.wait_for_function("id => document.querySelector('#panel h2').textContent.includes(id)", arg=node)
    for tab in ("results", "papers", "graph"):
        page.click(f"#tab-{tab}")
    search(page, "bold")
    assert page.locator("#hits [role=option]").count() > 1
    assert page.evaluate("window.hit") is None
    assert page.locator("b, main img:not(#print)").count() == 0


def test_an_address_that_says_nonsense_is_taken_as_far_as_it_goes(open_page, toy: Graph) -> None:
    page = open_page(
        toy, "#node=%zz&tab=../x&off=model.nothing&years=a-b&sure=7&at=1_2&groups=-1.99&colour=<b>"
    )
    assert "In this collection" in panel(page)
    assert page.get_attribute("#tab-graph", "aria-selected") == "true"
    page.click("#clear-filters")
    assert shown(page) == set(toy)
