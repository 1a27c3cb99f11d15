"""One HTML page that opens by double click: search, legend, and a panel with the sentence behind every edge.

pyvis generates the page through a template of ours. Everything stands in the file; the page may load nothing
(its content security policy says so and names the hashes of its two scripts); text from documents reaches it
only as JSON, from which the scripts make text nodes. vis-network draws it, without physics: positions are
given. Above some 2,000 nodes vis becomes slow to pan.

A paper's abstract stands in the page once; evidence refers to it by offsets, in UTF-16 units as JavaScript
counts.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from kg.exporters.clean import clean, one_line, utf16_offsets
from kg.exporters.display import KINDS, Display, ShownEdge, ShownNode, look
from kg.exporters.plugin import Contents, Exporter
from kg.files import atomic_text

__all__ = ["EXPORTER", "write"]

_SCRIPTS = ("model.js", "draw.js", "panel.js", "search.js", "main.js")
_EDGE_COLUMNS = ("confidence", "position", "metric", "value", "baseline", "dataset", "hardware", "derived")
_HALF_SCREEN = 420.0  # pixels
_MANY_EDGES = 1_500  # from here on edges are left out while one drags or zooms


def write(contents: Contents, path: Path) -> None:
    """Writes the page; equal contents give equal bytes."""
    page = _page(contents.display, one_line(contents.heading, 200))
    with atomic_text(path) as file:
        file.write(page)


def _page(display: Display, heading: str) -> str:
    from pyvis.network import Network  # noqa: PLC0415 - half a second of imports, only where it is needed

    net = Network(directed=True, cdn_resources="in_line", heading=heading)
    evidence = _Evidence(display)
    # add_node and add_edge look every id up in a list (quadratic): fill the lists that the template gets
    net.nodes = [_node(node) for node in display.nodes]
    net.edges = [_edge(edge, evidence) for edge in display.edges]
    net.options = _options(display)
    net.templateEnv, net.path = _environment(display, evidence.quotes), "page.html"
    page: str = net.generate_html()
    return page


class _Evidence:
    """Where quotes stand: as offsets into the abstract of a paper in the page, or as a text of their own."""

    def __init__(self, display: Display) -> None:
        self.number = {node.id: index for index, node in enumerate(display.nodes)}
        self.texts = {node.id: _paper_text(node.attributes) for node in display.nodes if node.kind == "paper"}
        self.offsets: dict[str, list[int]] = {}
        self.quotes: list[str] = []
        self._known: dict[str, int] = {}

    def of(self, attributes: Mapping[str, Any]) -> dict[str, Any]:
        """What an edge of the page says about its evidence."""
        paper, quote = attributes.get("paper"), str(attributes.get("quote") or "")
        found: dict[str, Any] = {"paper": self.number[paper]} if paper in self.number else {}
        if not quote:
            return found
        text = self.texts.get(str(paper), "")
        start = attributes.get("start")
        if not isinstance(start, int) or text[start : start + len(quote)] != quote:
            start = text.find(quote)
        if start < 0:
            return found | {"quote": self._number(clean(quote))}
        offsets = self.offsets.setdefault(str(paper), utf16_offsets(text))
        return found | {"at": [offsets[start], offsets[start + len(quote)]]}

    def _number(self, quote: str) -> int:
        if quote not in self._known:
            self._known[quote] = len(self.quotes)
            self.quotes.append(quote)
        return self._known[quote]


def _paper_text(attributes: Mapping[str, Any]) -> str:
    """The text that the page shows of a paper, built as model.js builds it."""
    parts = (attributes.get("title"), attributes.get("abstract"))
    return "\n\n".join(str(part) for part in parts if part and clean(str(part)))


def _node(node: ShownNode) -> dict[str, Any]:
    shown = {
        "id": node.id,
        "kind": node.kind,
        "label": node.label,
        "x": node.x,
        "y": node.y,
        "size": node.size,
    }
    return {name: _plain(value) for name, value in node.attributes.items() if _tells(value)} | shown


def _edge(edge: ShownEdge, evidence: _Evidence) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "from": evidence.number[edge.source],
        "to": evidence.number[edge.target],
        "kind": edge.kind,
    }
    for name in _EDGE_COLUMNS:
        if _tells(value := edge.attributes.get(name)):
            shown[name] = _plain(value)
    if edge.weight > 1:
        shown["support"] = int(edge.weight)
    return shown | evidence.of(edge.attributes)


def _tells(value: Any) -> bool:
    """Whether a value says something: no None, empty text or list, no NaN or infinity, which JSON lacks."""
    return math.isfinite(value) if isinstance(value, float) else value not in (None, "", [], ())


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    return [clean(str(item)) for item in value] if isinstance(value, list | tuple) else clean(str(value))


def _options(display: Display) -> dict[str, Any]:
    """What vis is told; it must not move, nor look for things that the page does itself."""
    many = len(display.edges) > _MANY_EDGES
    reach = max((max(abs(node.x), abs(node.y)) for node in display.nodes), default=0.0)
    hairline = round(max(1.0, reach / _HALF_SCREEN), 1)  # widths shrink with the picture
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "nodes": {"borderWidth": 1, "borderWidthSelected": 1, "chosen": False},
        "edges": {"smooth": False, "width": hairline, "selectionWidth": 0, "hoverWidth": 0, "chosen": False},
        "interaction": {
            "hover": False,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "dragNodes": False,
            "keyboard": False,
            "selectConnectedEdges": False,
            "zoomSpeed": 0.7,
        },
    }


def _environment(display: Display, quotes: list[str]) -> Environment:
    """The template with all that pyvis does not hand over itself."""
    here = files("kg.exporters")
    read = {name: here.joinpath("templates", name).read_text(encoding="utf-8") for name in _SCRIPTS}
    script = '"use strict";\n(() => {\n' + "".join(read[name] for name in _SCRIPTS) + "})();\n"
    vis = here.joinpath("vendor", "vis-network.min.js").read_text(encoding="utf-8")
    page = here.joinpath("templates", "page.html").read_text(encoding="utf-8")
    environment = Environment(loader=DictLoader({"page.html": page}), autoescape=True)
    environment.filters["embed"] = _embed
    present = {node.kind for node in display.nodes}
    order = [kind for kind in KINDS if kind in present] + sorted(present - set(KINDS))
    environment.globals.update(
        css=Markup(here.joinpath("templates", "page.css").read_text(encoding="utf-8")),
        vis=Markup(vis),
        script=Markup(script),
        policy=_policy(vis, script),
        quotes=quotes,
        kinds=[_kind(kind) for kind in order],
    )
    return environment


def _kind(kind: str) -> dict[str, str]:
    shown = look(kind)
    return {
        "kind": shown.kind,
        "plural": shown.plural,
        "light": shown.light,
        "dark": shown.dark,
        "shape": shown.shape,
    }


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
