"""Where a build keeps its tables."""

from __future__ import annotations

from pathlib import Path

__all__ = ["tables_folder"]


def tables_folder(folder: Path) -> Path:
    """``DIR/tables``, or DIR itself where it holds the tables."""
    inner = folder / "tables"
    return folder if not inner.is_dir() and (folder / "papers.parquet").is_file() else inner
