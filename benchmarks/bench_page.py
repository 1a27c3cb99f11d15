"""How soon the page can be used, how it pans and how large it is, in Chromium, at several sizes.

    .venv/bin/python benchmarks/bench_page.py [NODES | OUTPUT_DIR ...]

A number makes a graph of about that size, a folder is what `kg build` wrote. Prints a line for each:
renderer, nodes, edges, CPU seconds to lay out and to write, megabytes of the page, kilobytes a node without
the evidence texts and beyond a megabyte, kilobytes of evidence texts a paper, then CPU milliseconds until the
page can be used (texts read too), for a frame of panning, and for a filter. Goals at 500, 8,000 and 20,000
nodes: 0.4 KB, 1.5 KB; 500, 1,500 and 2,500 ms; 17 ms a frame.

CPU times are those of the thread that runs the page (Performance.getMetrics in thread ticks), median of
three, so that a busy machine changes them less; WebGL draws elsewhere, on a graphics card if there is one.

Measured in November 2026 on two quiet cores, Chromium headless with computed WebGL (ready, pan, page): 492
nodes 263 ms, 9 ms, 0.6 MB; 1,488 nodes 423 ms, 9 ms, 0.7 MB; 7,908 nodes 362 ms, 7 ms, 1.5 MB; 19,778 nodes
712 ms, 8 ms, 3.2 MB. 3,990 papers (46,887 nodes): 10.0 MB.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from kg.exporters import Contents, export
from kg.tables import Tables

GRAPHS = Path(__file__).parents[1] / "tests" / "exporters" / "conftest.py"
FRAMES = 40
READY = "() => kg.ready.then(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))))"
PAN = """frames => new Promise(done => { const {x, y, scale} = kg.view; let frame = 0;
const step = () => { kg.moveTo(x + frame * 5 / scale, y + frame * 3 / scale, scale);
  if (++frame < frames) requestAnimationFrame(step); else done(); };
step(); })"""
FILTER = """() => { document.querySelector('#legend button').click();
return new Promise(requestAnimationFrame); }"""


def contents_of(given: str) -> Contents:
    """A graph of so many nodes, or that of a build."""
    if not given.isdigit():
        return Contents.of(Tables.read(Path(given) / "tables"))
    spec = importlib.util.spec_from_file_location("graphs", GRAPHS)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(GRAPHS)
    graphs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(graphs)
    return Contents(graph=graphs.random_graph(int(given)))


def in_browser(browser: Browser, path: Path) -> tuple[float, float, float, str]:
    """CPU milliseconds until ready, a frame, a filter; and the renderer's name."""
    page: Page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.set_default_timeout(300_000)  # milliseconds; a busy machine takes its time
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        found = session.send("Performance.getMetrics")["metrics"]
        return 1e3 * next(metric["value"] for metric in found if metric["name"] == "TaskDuration")

    begun = spent()
    page.goto(path.as_uri())
    page.evaluate(READY)
    ready = spent()
    page.evaluate(PAN, FRAMES)
    panned = spent()
    page.evaluate(FILTER)
    filtered = spent()
    name: str = page.evaluate("kg.renderer")
    page.close()
    return ready - begun, (panned - ready) / FRAMES, filtered - panned, name


def measure(browser: Browser, given: str) -> str:
    """One line of figures."""
    contents = contents_of(given)
    started = time.process_time()
    display = contents.display
    arranged = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = export(contents, "html", Path(folder))
        written = time.process_time()
        runs = [in_browser(browser, path) for _ in range(3)]
        page = path.read_text(encoding="utf-8")
    size = len(page.encode("utf-8"))
    packed = re.search(r'id="texts">([^<]*)<', page)
    texts = len(packed[1]) if packed else 0
    nodes, papers = len(display.nodes), sum(node.kind == "paper" for node in display.nodes)
    ready, pan, narrow = (statistics.median(run[column] for run in runs) for column in range(3))
    node, paper = max(0, size - texts - 1e6) / max(nodes, 1) / 1e3, texts / max(papers, 1) / 1e3
    kept = f"{size / 1e6:5.2f} MB  {node:4.2f} KB/node  {paper:4.2f} KB/paper"
    return (
        f"{runs[0][3]:5} {nodes:6} nodes {len(display.edges):6} edges  layout {arranged - started:5.1f} s  "
        f"write {written - arranged:4.1f} s  {kept}  "
        f"ready {ready:5.0f} ms  pan {pan:4.1f} ms  filter {narrow:4.0f} ms"
    )


def main() -> None:
    """Measures each size or build given on the command line."""
    with sync_playwright() as driver:
        arguments = ["--no-sandbox", "--enable-unsafe-swiftshader"]
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for given in sys.argv[1:] or ["500", "1500", "8000", "20000"]:
            print(measure(browser, given), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
