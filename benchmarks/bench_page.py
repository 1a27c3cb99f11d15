"""How soon the page can be used and how it pans, in Chromium, at several sizes.

    .venv/bin/python benchmarks/bench_page.py [NODES...]

Prints a line a size: nodes, edges, CPU seconds to lay out and to write, megabytes of the page, milliseconds
from navigation to the first frame after the page's scripts, milliseconds a frame of panning.
"""

from __future__ import annotations

import importlib.util
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kg.exporters import Contents, export

GRAPHS = Path(__file__).parents[1] / "tests" / "exporters" / "conftest.py"
READY = "() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
PAN = """() => { const times = [];
for (let i = 0; i < 40; i++) { const at = performance.now();
  network.moveTo({position: {x: i * 5, y: i * 3}, animation: false});
  network.body.emitter.emit('_redraw');
  times.push(performance.now() - at); }
return times.sort((a, b) => a - b)[20]; }"""


def measure(browser: Browser, nodes: int) -> str:
    """One line of figures."""
    spec = importlib.util.spec_from_file_location("graphs", GRAPHS)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(GRAPHS)
    graphs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(graphs)
    graph = graphs.random_graph(nodes)
    started = time.process_time()
    contents = Contents(graph=graph)
    display = contents.display
    arranged = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        path = export(contents, "html", Path(folder))
        written = time.process_time()
        ready, pan = [], []
        for _ in range(3):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(path.as_uri())
            ready.append(page.evaluate(READY))
            pan.append(page.evaluate(PAN))
            page.close()
        size = path.stat().st_size / 1e6
    return (
        f"{len(display.nodes):6} nodes {len(display.edges):6} edges  layout {arranged - started:5.1f} s  "
        f"write {written - arranged:4.1f} s  {size:5.2f} MB  ready {statistics.median(ready):6.0f} ms  "
        f"pan {statistics.median(pan):5.1f} ms"
    )


def main() -> None:
    """Measures each size given on the command line."""
    sizes = [int(size) for size in sys.argv[1:]] or [500, 1_500]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size in sizes:
            print(measure(browser, size), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
