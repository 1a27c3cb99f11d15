from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.author_scores import read_author_pairs, score_authors
from kg.errors import GoldError
from kg.tables import Tables

GOLD = Path(__file__).parent / "gold" / "author_merges.jsonl"


def _line(names: list[str], verdict: str) -> str:
    return json.dumps({"names": names, "titles": ["One", "Two"], "verdict": verdict})


def test_pairs_that_are_joined_kept_apart_and_missing(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    lines = [
        _line(["S. Han", "Song Han"], "same"),
        _line(["L. Zhu", "Ligeng Zhu"], "same"),
        _line(["Wei Wang", "Wei Wang"], "different"),
        _line(["Nobody", "Song Han"], "same"),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    signed = {"p:1": ["S. Han", "L. Zhu", "Wei Wang"], "p:2": ["Song Han", "Ligeng Zhu", "Wei Wang"]}
    authors = {"p:1": ["a:1", "a:2", "a:4"], "p:2": ["a:1", "a:3", "a:4"]}
    tables = Tables.from_rows(
        {
            "papers": [{"paper_id": "p:1", "title": "ONE"}, {"paper_id": "p:2", "title": "Two"}],
            "authorships": [
                {"paper_id": paper, "position": n, "name": name, "author_id": authors[paper][n]}
                for paper, names in signed.items()
                for n, name in enumerate(names)
            ],
        }
    )
    scores = score_authors(tables, read_author_pairs(path))
    assert (scores.precision.hits, scores.precision.total) == (1, 2)
    assert (scores.recall.hits, scores.recall.total) == (1, 2)
    assert scores.missing == 1
    assert [pair.names for pair in scores.wrong] == [("L. Zhu", "Ligeng Zhu"), ("Wei Wang", "Wei Wang")]


@pytest.mark.parametrize("line", ["{", '{"names": ["A", "B"]}', _line(["A", "B"], "perhaps")])
def test_a_line_that_is_no_pair_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(GoldError, match=r"pairs\.jsonl:1"):
        read_author_pairs(path)


def test_the_read_merges_can_be_read() -> None:
    pairs = read_author_pairs(GOLD)
    assert len(pairs) == 200 and sum(pair.same for pair in pairs) >= 0.98 * len(pairs)
