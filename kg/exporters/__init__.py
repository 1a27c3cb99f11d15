"""Graph -> file, one module a format; formats are found through the entry points group ``kg.exporters``.

>>> import networkx as nx, tempfile, pathlib
>>> graph = nx.MultiDiGraph()
>>> graph.add_node("e:1", kind="model", name="ResNet-50")
>>> with tempfile.TemporaryDirectory() as folder:
...     export(Contents(graph=graph), "graphml", pathlib.Path(folder)).name
'graph.graphml'
"""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from kg.exporters.display import Display, arrange
from kg.exporters.plugin import Contents, Exporter, heading_of
from kg.plugins import load

__all__ = ["Contents", "Display", "Exporter", "arrange", "export", "heading_of"]


def export(contents: nx.MultiDiGraph[str] | Contents, name: str, folder: Path) -> Path:
    """Writes a graph in the format ``name`` into ``folder``; returns the path of its file, or of its folder.

    Give ``Contents`` to write several formats: positions are then computed once, the same for all.
    A format that is not there is a KGError that lists what is.
    """
    exporter: Exporter = load("kg.exporters", name)
    path = folder / exporter.filename
    exporter.write(contents if isinstance(contents, Contents) else Contents(graph=contents), path)
    return path
