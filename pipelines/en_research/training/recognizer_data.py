"""Reads the abstracts of a training, annotated or not."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from kg.training.records import Record

__all__ = ["read_records"]


def read_records(path: Path) -> list[Record]:
    """Records of a JSON-lines file, plain or gzip."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as file
    ):
        return [json.loads(line) for line in file]
