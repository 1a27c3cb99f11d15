"""Both renderers of the page: the same look at the same acts, from one script of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

Graph = nx.MultiDiGraph
pytestmark = pytest.mark.browser


def node_id(graph: Graph, name: str) -> str:
    return next(node for node, data in graph.nodes(data=True) if data["name"] == name)


def acts(page, graph: Graph) -> list[Any]:
    """What the page tells after each of some acts."""
    told: list[Any] = []

    def tell() -> None:
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        view = page.evaluate("[kg.view.x, kg.view.y, kg.view.scale].map(n => Number(n.toPrecision(6)))")
        told.append(
            (
                page.inner_text("#panel h2"),
                page.inner_text("#count"),
                view,
                sorted(page.evaluate("kg.shown()")),
            )
        )

    tell()
    box = page.locator("#ink").bounding_box()
    spot = page.evaluate("id => kg.spot(id)", node_id(graph, "dynamic sparse attention"))
    page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
    page.wait_for_selector("#tip:has-text('dynamic sparse attention')")
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    tell()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 65, box["y"] + 45, steps=3)
    page.mouse.up()
    page.mouse.wheel(0, -300)
    tell()
    page.keyboard.press("Escape")
    page.locator("#legend button", has_text="authors").click()
    tell()
    page.click("#fit")
    tell()
    page.click("#theme")
    tell()
    return told


@pytest.fixture
def both(open_page, toy: Graph, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    pages = [open_page(toy)]
    monkeypatch.setattr("kg.exporters.html.MOST_BY_VIS", 0)
    pages.append(open_page(toy))
    assert [page.evaluate("kg.renderer") for page in pages] == ["vis", "webgl"]
    return pages


def test_both_renderers_do_the_same(both: list[Any], toy: Graph) -> None:
    one, two = (acts(page, toy) for page in both)
    assert one == two
    assert one[1][0] == "dynamic sparse attention" and one[2][2] != one[1][2]


def picture(page) -> str:
    """The stage as a small picture of 40 x 26 greys, to compare by sight."""
    return page.evaluate(
        """async () => {
        const small = new OffscreenCanvas(40, 26), x = small.getContext('2d', {willReadFrequently: true});
        kg.paint();
        for (const canvas of document.querySelectorAll('#canvas canvas, #ink')) {
          if (canvas.width) x.drawImage(canvas, 0, 0, 40, 26);
        }
        const d = x.getImageData(0, 0, 40, 26).data, cells = [];
        for (let i = 0; i < d.length; i += 4) cells.push(d[i + 3]);
        return cells; }"""
    )


def test_both_renderers_draw_the_same_picture(both: list[Any], toy: Graph) -> None:
    one, two = (picture(page) for page in both)
    assert max(one) > 60 and max(two) > 60
    differences = [abs(a - b) for a, b in zip(one, two, strict=True)]
    assert sum(differences) / len(differences) < 5


def test_hundreds_of_nodes_are_usable_at_once(open_page, make_random: Callable[[int], Graph]) -> None:
    page = open_page(make_random(1_700))
    assert page.evaluate("kg.renderer") == "webgl"
    page.keyboard.press("/")
    page.keyboard.type("attention")
    assert page.locator("#hits [role=option]").count() == 12
    page.keyboard.press("Enter")
    assert page.locator("#panel blockquote").count() > 0


def test_a_moved_view_is_in_the_address(open_page, toy: Graph) -> None:
    page = open_page(toy)
    page.focus("#graph")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    page.wait_for_function("() => location.hash.startsWith('#at=')")
    before = page.evaluate("[kg.view.x, kg.view.scale]")
    page.reload()
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.evaluate("[kg.view.x, kg.view.scale]") == pytest.approx(before, rel=0.02, abs=1)


def test_without_webgl_all_but_the_picture_works(
    open_page, toy: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.exporters.html.MOST_BY_VIS", 0)
    no_webgl = """const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind.includes('webgl') ? null : get.call(this, kind, ...rest); };"""
    page = open_page(toy, script=no_webgl, known="'getParameter'")  # sigma's, as it loads
    assert "WebGL 2 is missing" in page.inner_text("#graph")
    page.keyboard.press("/")
    page.keyboard.type("energy")
    page.keyboard.press("Enter")
    assert page.inner_text("#panel h2") == "energy"
    page.click("#tab-results")
    assert page.locator("#results tbody tr").count() > 0
