"""Every reader has examples (``examples/<reader>-<what>``), and each goes to its reader and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import plugins
from kg.readers import Source, all_readers, load, make_raw, read
from kg.readers.base import Raw

EXAMPLES = sorted((Path(__file__).parent / "examples").iterdir())
CLEAR = 0.1
# An XML reader that knows its root goes before the one for XML of any make, which goes before HTML.
CLEAR_IN_XML = 0.02
LARGEST = 20_000


def owner(path: Path) -> str:
    return path.name.partition("-")[0]


def raw(path: Path) -> Raw:
    (loaded,) = load(Source(path=path.name, file=path))
    return make_raw(loaded)[0]


def test_every_reader_has_an_example_and_every_example_a_reader() -> None:
    assert {owner(path) for path in EXAMPLES} == set(plugins.names("kg.readers"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_goes_to_its_reader_by_a_clear_margin(path: Path) -> None:
    document = raw(path)
    takers = [reader for reader in all_readers() if document.media_type in reader.media_types]
    scores = {reader.name: reader.score(document) for reader in takers}
    mine = scores.pop(owner(path))
    second = max(scores, key=lambda name: scores[name], default="")
    if second:
        near = {owner(path), second} & {"xml"}
        assert mine - scores[second] >= (CLEAR_IN_XML if near else CLEAR), (mine, second, scores[second])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_holds_papers(path: Path) -> None:
    assert path.stat().st_size < LARGEST
    reading = read(Source(path=path.name, file=path))
    assert reading.document.reader == owner(path)
    assert reading.papers
    assert all(paper.title or paper.abstract for paper in reading.papers)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_the_content_tells_the_reader_without_the_ending_of_the_name(path: Path, tmp_path: Path) -> None:
    nameless = tmp_path / "document"
    nameless.write_bytes(path.read_bytes())
    assert read(Source(path="document", file=nameless)).document.reader == owner(path)
