"""One HTML page that opens by double click: search, filters, panel with evidence, results, papers, exports.

pyvis generates the page through a template of ours. Everything stands in the file; the page may load nothing
(its content security policy says so and names the hashes of its scripts); text from documents reaches it only
as JSON or compressed, from which the scripts make text nodes. Positions are given, nothing moves by itself.

Small graphs are drawn by vis-network, larger ones by sigma.js (WebGL). Each has one script that draws nodes
and lines, all others are shared. Only the renderer that is used stands in the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from kg.exporters.clean import one_line
from kg.exporters.display import Display
from kg.exporters.page_data import Texts, edge_columns, kinds_of, node_columns, outside_papers
from kg.exporters.page_places import evidence_places
from kg.exporters.plugin import Contents, Exporter
from kg.exporters.strongest import strongest
from kg.files import atomic_text

__all__ = ["EXPORTER", "MOST", "MOST_BY_VIS", "OF_MORE", "write"]

MOST = 60_000  # nodes of a page, which a browser opens in seconds
OF_MORE = 15_000  # nodes that are shown of a larger graph: these have many edges each
MOST_BY_VIS = 1_500  # nodes; above it vis is slow to load and to pan, sigma hardly is
_VIS = (("vis-network.min.js",), "draw_vis.js")
_SIGMA = (("graphology.umd.min.js", "sigma.min.js"), "draw_gl.js")
_BEFORE = (
    "dom.js",
    "text.js",
    "model.js",
    "shapes.js",
    "state.js",
    "filter.js",
    "view.js",
    "labels.js",
    "scene.js",
)
_AFTER = (
    "stage.js", "claims.js", "panel.js", "overview.js", "search.js", "path.js", "legend.js", "table.js",
    "plot.js", "results.js", "papers.js", "save.js", "main.js",
)  # fmt: skip


def write(contents: Contents, path: Path) -> None:
    """Writes the page; equal contents give equal bytes."""
    page = _page(contents)
    with atomic_text(path) as file:
        file.write(page)


def _page(contents: Contents) -> str:
    from pyvis.network import Network  # noqa: PLC0415 - half a second of imports, only where it is needed

    display, outside = contents.display, contents.papers_outside
    heading, count = one_line(contents.heading, 200), display.counts[0]
    if count > MOST:
        display, outside = strongest(display, OF_MORE)
        heading += f": the {OF_MORE:,} most connected of {count:,} nodes"
    net = Network(directed=True, cdn_resources="in_line", heading=heading)
    texts = Texts(display, outside)
    # add_node and add_edge look every id up in a list (quadratic): fill what the template gets, as columns
    edges = edge_columns(display, texts)
    net.nodes, net.edges = [node_columns(display)], [edges]
    net.options = {"physics": {"enabled": False}}
    shown = list(zip(edges["paper"], edges["start"], edges["length"], strict=True))
    packed = texts.packed(evidence_places(display, shown, contents.tables))
    net.templateEnv, net.path = _environment(display, packed), "page.html"
    net.templateEnv.globals["outside"] = outside_papers(outside)
    page: str = net.generate_html()
    return page


def _environment(display: Display, texts: str) -> Environment:
    """The template with all that pyvis does not hand over itself."""
    libraries, draw = _VIS if len(display.nodes) <= MOST_BY_VIS else _SIGMA
    own = "".join(_read("templates", name) for name in (*_BEFORE, draw, *_AFTER))
    scripts = [_read("vendor", name) for name in libraries] + [f'"use strict";\n(() => {{\n{own}}})();\n']
    environment = Environment(
        loader=DictLoader({"page.html": _read("templates", "page.html")}), autoescape=True
    )
    environment.filters["embed"] = _embed
    environment.globals.update(
        css=Markup(_read("templates", "page.css")),
        scripts=[Markup(script) for script in scripts],
        policy=_policy(*scripts),
        kinds=kinds_of(display),
        communities=[(found.name, found.size) for found in display.communities],
        texts=texts,
    )
    return environment


def _read(folder: str, name: str) -> str:
    return files("kg.exporters").joinpath(folder, name).read_text(encoding="utf-8")


def _policy(*scripts: str) -> str:
    """A content security policy under which only these scripts run and nothing is loaded."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode('ascii')}'"
        for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _embed(value: Any) -> Markup:
    r"""JSON that can stand in a script element: without ``<`` and the line separators of old JavaScript.

    >>> str(_embed("</script>"))
    '"\\u003c/script>"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


EXPORTER = Exporter(
    name="html", filename="graph.html", about="an interactive page, opened by double click", write=write
)
