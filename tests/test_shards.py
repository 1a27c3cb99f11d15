"""Shards: named by what is in them, small, and read to the same bytes wherever it is done."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import PipelineError
from kg.extract import extraction_key
from kg.nlp import pipeline_fingerprint
from kg.shards import SHARD_TEXTS, extract_shard, shards_of
from kg.store import Store
from kg.stored import extraction_from_json
from kg.types import Paper


def _texts(count: int) -> dict[str, Paper]:
    fingerprint = pipeline_fingerprint("fast")
    papers = [
        Paper(paper_id=f"p:{n}", title=f"Growing Trees {n}", abstract="We use ResNet-50.", body="x" * 9999)
        for n in range(count)
    ]
    return {extraction_key(paper, fingerprint): paper for paper in papers}


def test_every_text_is_in_one_shard_in_order() -> None:
    texts = _texts(2 * SHARD_TEXTS + 3)
    shards = list(shards_of(texts, pipeline="fast"))
    assert [len(shard.texts) for shard in shards] == [SHARD_TEXTS, SHARD_TEXTS, 3]
    assert [key for shard in shards for key in shard.texts] == list(texts)
    assert list(shards_of({}, pipeline="fast")) == []


def test_only_what_is_read_goes_along() -> None:
    (shard,) = shards_of(_texts(2), pipeline="fast")
    assert all(paper.text.startswith("Growing Trees") for paper in shard.texts.values())
    assert len(pickle.dumps(shard)) < 2000


def test_a_shard_is_named_by_its_texts_and_pipeline() -> None:
    texts = _texts(3)
    names = {shard.name for shard in shards_of(texts, pipeline="fast", size=1)}
    assert len(names) == 3
    assert {shard.name for shard in shards_of(texts, pipeline="fast", size=1)} == names
    (whole,) = shards_of(texts, pipeline="fast")
    assert whole.name not in names


def test_the_bytes_are_a_file_of_the_store_and_always_the_same(tmp_path: Path) -> None:
    (shard,) = shards_of(_texts(3), pipeline="fast")
    content = extract_shard(shard)
    assert extract_shard(pickle.loads(pickle.dumps(shard))) == content
    store = Store(tmp_path)
    store.adopt(shard.name, content, shard.texts)
    for key, paper in shard.texts.items():
        stored = Store(tmp_path).get(key)
        assert stored is not None
        found = extraction_from_json(stored, "p", paper.text)
        assert "ResNet-50" in {mention.text for mention in found.mentions}


def test_a_shard_of_another_version_is_refused() -> None:
    (shard,) = shards_of(_texts(1), pipeline="fast")
    with pytest.raises(PipelineError, match="another version") as error:
        extract_shard(replace(shard, fingerprint="other"))
    assert error.value.hint == "install the same version of kg on every machine"
