"""kg turns documents about research into a knowledge graph: offline, and traceable to the exact sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.api import Collection

__all__ = ["__version__", "open"]

__version__ = "0.1.0"


def open(folder: str | Path) -> Collection:
    """A build that `kg build` wrote, to be asked (docs/api.md). A folder without tables is a TablesError."""
    from kg.api import Collection  # noqa: PLC0415 - `import kg` stays instant

    return Collection(folder)
