"""What the scripts of the training read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from recognizer_data import read_records

RECORD = {"id": "a", "title": "Sparse Attention", "abstract": "We study it."}


def test_plain_and_gzip_files_are_read(tmp_path: Path) -> None:
    lines = json.dumps(RECORD) + "\n" + json.dumps({"id": "β"}) + "\n"
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(lines)
    assert (
        read_records(tmp_path / "a.jsonl") == read_records(tmp_path / "a.jsonl.gz") == [RECORD, {"id": "β"}]
    )
