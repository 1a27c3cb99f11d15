"""What an exporter plug-in is. Packages register one in the entry points group ``kg.exporters``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.exporters.display import Display

__all__ = ["Exporter", "Writer"]


class Writer(Protocol):
    """Writes a display to ``path``, atomically; equal displays give equal bytes."""

    def __call__(self, display: Display, path: Path, *, heading: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format: its name on the command line, the name of its file, and the function that writes it."""

    name: str
    filename: str
    write: Writer
