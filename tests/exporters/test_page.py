"""The page in a real browser with the network off: any request, console error or page error fails."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import networkx as nx
import pytest

from kg.exporters import Contents, export

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="chromium is not installed (Debian: apt-get install chromium)"
    ),
]

Page = playwright.Page
Graph = nx.MultiDiGraph
Open = Callable[..., Page]
TITLE = "PADE: A Predictor-Free Sparse Attention Accelerator"


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_page(browser: playwright.Browser, tmp_path: Path) -> Iterator[Open]:
    contexts, trouble = [], []

    def open_it(graph: Graph, fragment: str = "", **options: object) -> Page:
        path = export(Contents(graph=graph, heading="A collection"), "html", tmp_path)
        settings = {"viewport": {"width": 1200, "height": 800}, "reduced_motion": "reduce", **options}
        context = browser.new_context(offline=True, **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        url = path.as_uri()
        page.on(
            "request",
            lambda request: (
                request.url.split("#")[0] == url
                or request.url.startswith("data:")
                or trouble.append(request.url)
            ),
        )
        page.goto(url + fragment)
        page.wait_for_function("window.network !== undefined")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert trouble == []


def node_id(graph: Graph, name: str) -> str:
    return next(node for node, data in graph.nodes(data=True) if data["name"] == name)


def panel(page: Page) -> str:
    return page.inner_text("#panel")


def search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)


def ink(page: Page) -> int:
    """How many colours the drawing has."""
    return page.evaluate(
        """() => { const c = document.querySelector('#graph canvas');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, seen = new Set();
        for (let i = 0; i < d.length; i += 4) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]);
        return seen.size; }"""
    )


def test_it_opens_with_an_overview_and_a_drawing(open_page: Open, toy: Graph) -> None:
    page = open_page(toy)
    assert page.title() == "A collection"
    assert "Most connected models" in panel(page) and "PADE" in panel(page)
    assert page.inner_text("#count") == "13 nodes · 14 links"
    assert ink(page) > 20


def test_an_empty_graph_opens(open_page: Open) -> None:
    assert "Nothing was found" in panel(open_page(nx.MultiDiGraph()))


def test_search_finds_names_and_aliases_by_keyboard(open_page: Open, toy: Graph) -> None:
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
    assert page.get_attribute("#hit1", "aria-selected") == "true"
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") in wanted
    page.keyboard.press("Escape")
    assert "In this collection" in panel(page) and "#" not in page.url


def test_search_says_when_there_is_nothing(open_page: Open, toy: Graph) -> None:
    page = open_page(toy)
    search(page, "zzz [")
    assert "Nothing has this name" in page.inner_text("#hits")
    page.keyboard.press("Enter")
    assert "In this collection" in panel(page)


def test_a_permalink_opens_the_panel_with_the_sentence(open_page: Open, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, "PADE"))
    shown = panel(page)
    assert "Also PADE accelerator" in shown
    assert "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly." in shown
    assert "2 papers" in shown and "confidence 0.80" in shown
    assert page.locator("#panel mark").first.inner_text() in ("7.43x", "up to 5.1x")
    row = page.locator("#panel tbody tr", has_text="5.1x").inner_text()
    assert re.split(r"\t+", row) == ["energy", "↓ up to 5.1x", "SpAtten", "Dolly"]


def test_the_paper_of_a_quote_is_a_click_away_and_back_again(open_page: Open, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, "PADE"))
    page.locator("cite a", has_text=TITLE).nth(1).click()
    assert page.inner_text("#panel h2") == TITLE
    assert page.inner_text(".said") == "Compared with SpAtten, PADE reduces energy by up to 5.1x on Dolly."
    assert "Huizheng Wang · Yang Wang" in panel(page) and "HPCA · 2025" in panel(page)
    page.go_back()
    page.wait_for_function("document.querySelector('#panel h2').textContent === 'PADE'")


def test_links_lead_only_to_the_web(open_page: Open, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, TITLE))
    outside = page.eval_on_selector_all("#panel a[target]", "all => all.map(a => a.href)")
    assert outside == ["https://doi.org/10.1109/hpca.2025.1"]


def test_the_things_an_abstract_speaks_of_are_links(open_page: Open, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, TITLE))
    page.click(".abstract .term:has-text('SpAtten')")
    assert page.inner_text("#panel h2") == "SpAtten"
    assert "Baseline in" in panel(page) and "confidence 0.91" in panel(page)


def test_a_click_on_a_node_lights_it_and_fills_the_address(open_page: Open, toy: Graph) -> None:
    page = open_page(toy)
    wanted = node_id(toy, "dynamic sparse attention")
    before = page.locator("#graph").screenshot()
    spot = page.evaluate("id => network.canvasToDOM(network.getPosition(id))", wanted)
    box = page.locator("#graph").bounding_box()
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_function("location.hash.includes('node=')")
    assert page.inner_text("#panel h2") == "dynamic sparse attention"
    assert page.locator("#graph").screenshot() != before


def test_the_legend_hides_a_kind_and_search_brings_it_back(open_page: Open, toy: Graph) -> None:
    page = open_page(toy)
    button = page.locator("#legend button", has_text="models")
    assert button.inner_text().split() == ["models", "2"]
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.inner_text("#count") == "11 nodes · 7 links"
    pade = node_id(toy, "PADE")
    assert pade not in page.evaluate("network.body.nodeIndices")
    search(page, "PADE acc")
    page.keyboard.press("Enter")
    assert pade in page.evaluate("network.body.nodeIndices")
    assert page.locator("#legend button", has_text="models").get_attribute("aria-pressed") == "true"


def test_everything_is_reached_by_keyboard(open_page: Open, toy: Graph) -> None:
    page = open_page(toy)
    reached = []
    for _ in range(25):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className || ''"))
    assert {"search", "fit", "theme", "graph", "node"} <= set(reached)
    before = page.evaluate("network.getScale()")
    page.focus("#graph")
    page.keyboard.press("+")
    assert page.evaluate("network.getScale()") > before


def test_light_and_dark(open_page: Open, toy: Graph) -> None:
    page = open_page(toy, color_scheme="dark")
    shade = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(shade) == "rgb(20, 21, 26)"
    page.click("#theme")
    assert page.evaluate(shade) == "rgb(250, 250, 248)"
    assert page.evaluate("Object.values(network.body.nodes)[0].options.color.border") == "#fafaf8"


def test_a_phone_shows_all_in_its_width(open_page: Open, toy: Graph) -> None:
    page = open_page(toy, "#node=" + node_id(toy, TITLE), viewport={"width": 390, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("#graph canvas").bounding_box()["height"] > 250
    assert page.locator("#panel h2").is_visible()


def test_right_to_left_names_are_set_right_to_left(open_page: Open, toy: Graph) -> None:
    arabic = next(data["name"] for _, data in toy.nodes(data=True) if data["name"].startswith("نظام"))
    page = open_page(toy, "#node=" + node_id(toy, arabic))
    assert page.evaluate("getComputedStyle(document.querySelector('#panel h2')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.abstract')).direction") == "rtl"


def test_text_of_documents_never_becomes_markup(open_page: Open, toy: Graph) -> None:
    hostile = "</script><img src=x onerror=hit=1><b>bold</b>"
    for node, data in toy.nodes(data=True):
        data.update(name=f"{hostile} {node}", aliases=[hostile], note=hostile)
    for *_, data in toy.edges(data=True):
        data.update(quote=hostile, metric=hostile, value=hostile, baseline=hostile)
    page = open_page(toy)
    for node in toy:
        page.evaluate("id => { location.hash = 'node=' + id; }", node)
        page.wait_for_function("id => document.querySelector('#panel h2').textContent.includes(id)", arg=node)
    search(page, "bold")
    assert page.locator("#hits [role=option]").count() > 1
    assert page.evaluate("window.hit") is None
    assert page.locator("img, b").count() == 0


def test_hundreds_of_nodes_are_usable_at_once(open_page: Open, make_random: Callable[[int], Graph]) -> None:
    page = open_page(make_random(1_000))
    ready = page.evaluate("performance.now()")
    assert ready < 8_000  # measured: under one second of processor time; machines that run tests are busy
    search(page, "attention")
    assert page.locator("#hits [role=option]").count() == 12
