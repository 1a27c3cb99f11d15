"""What is otherwise between two builds, told of things, not of ids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.cli.comparing import diff_text
from kg.diff import Change, diff
from kg.matching import Match, match
from kg.tables import Tables


def keys(**ids: str) -> dict[str, frozenset[str]]:
    return {identifier: frozenset(letters) for identifier, letters in ids.items()}


def test_what_shares_keys_belongs_together() -> None:
    found = match([(keys(a="xy", b="z", c="q"), keys(A="x", B="y", C="z", D="w"))])
    assert found == [
        Match(old=("a",), new=("A", "B")),
        Match(old=("b",), new=("C",)),
        Match(old=("c",), new=()),
        Match(old=(), new=("D",)),
    ]


def test_weak_keys_join_only_what_is_left_and_only_when_they_are_clear() -> None:
    sure = keys(a="1", b="", c="", d=""), keys(A="1", B="", C="", D="")
    weak = keys(a="t", b="t", c="e", d="e"), keys(A="t", B="t", C="e", D="e")
    found = match([sure, weak])
    assert Match(old=("a",), new=("A",)) in found
    assert Match(old=("b",), new=("B",)) in found
    assert Match(old=("c",), new=()) in found and Match(old=(), new=("C",)) in found


_SETS = st.dictionaries(st.text("abcd", min_size=1, max_size=2), st.frozensets(st.integers(0, 5)), max_size=5)


@given(_SETS, _SETS)
def test_everything_is_in_one_match(old: dict[str, frozenset[int]], new: dict[str, frozenset[int]]) -> None:
    found = match([(old, new)])  # type: ignore[list-item]
    assert sorted(each for group in found for each in group.old) == sorted(old)
    assert sorted(each for group in found for each in group.new) == sorted(new)
    for group in found:
        if group.old and group.new:
            assert all(old[each] & frozenset().union(*(new[n] for n in group.new)) for each in group.old)


def edited(tables: Tables, table: str, **changes: tuple[Any, Any]) -> Tables:
    """The tables with values of one table changed, where a column has a value: column=(old, new)."""
    rows = [dict(row) for row in getattr(tables, table)]
    for row in rows:
        for column, (old, new) in changes.items():
            row[column] = new if row[column] == old else row[column]
    return replace(tables, **{table: rows})


def without_paper(tables: Tables, title: str) -> Tables:
    gone = {row["paper_id"] for row in tables.papers if title in (row["title"] or "")}
    kept = {
        name: [row for row in getattr(tables, name) if row["paper_id"] not in gone]
        for name in ("papers", "authorships", "mentions", "relations", "results")
    }
    mentions = {row["mention_id"] for row in kept["mentions"]}
    links = [row for row in tables.links if row["mention_id"] in mentions]
    linked = {row["entity_id"] for row in links}
    entities = [row for row in tables.entities if row["entity_id"] in linked]
    return replace(tables, **kept, links=links, entities=entities)


def said(changes: tuple[Change, ...]) -> set[tuple[str, str, str]]:
    return {(each.kind, each.what, "/".join(each.new or each.old)) for each in changes}


def test_a_build_and_itself(toy_tables: Tables) -> None:
    found = diff(toy_tables, toy_tables)
    assert found.changes == ()
    assert "nothing is otherwise" in diff_text(found, 5)
    assert found.counts["paper"] == (2, 2)


def test_a_paper_and_what_only_it_says_come_and_go(toy_tables: Tables) -> None:
    less = without_paper(toy_tables, "Faster Kernels")
    assert {
        ("paper", "appeared", "Faster Kernels on a GPU"),
        ("entity", "appeared", "cuDNN"),
    } <= said(diff(less, toy_tables).changes)
    assert {
        ("paper", "vanished", "Faster Kernels on a GPU"),
        ("entity", "vanished", "cuDNN"),
    } <= said(diff(toy_tables, less).changes)


def test_other_names_and_numbers(toy_tables: Tables) -> None:
    new = edited(toy_tables, "results", value=("1.1 to 1.5x", "1.1 to 1.9x"))
    titles = ("Faster Kernels on a GPU", "Fast Kernels on a GPU")
    new = edited(new, "papers", language=(None, "en"), title=titles)
    new = edited(new, "entities", name=("cuDNN", "NVIDIA cuDNN"))
    found = diff(toy_tables, new)
    by_sort = {(each.kind, each.what): each for each in found.changes}
    assert by_sort["paper", "renamed"].new == ("Fast Kernels on a GPU",)
    assert ("language", "", "en") in by_sort["paper", "changed"].details
    assert (by_sort["entity", "renamed"].old, by_sort["entity", "renamed"].new) == (
        ("cuDNN",),
        ("NVIDIA cuDNN",),
    )
    assert by_sort["result", "changed"].details == (("value", "1.1 to 1.5x", "1.1 to 1.9x"),)
    text = diff_text(found, 5)
    assert "1 result changed\n" in text
    assert "(value 1.1 to 1.5x -> 1.1 to 1.9x)" in text
    assert "cuDNN -> NVIDIA cuDNN" in text
    assert "language new" in text


def test_ids_alone_change_nothing(toy_tables: Tables) -> None:
    """The same papers out of an edited file have other ids."""

    def renamed(value: Any) -> Any:
        return f"{value[:2]}9{value[3:]}" if isinstance(value, str) and value[1:2] == ":" else value

    rows = {
        name: [{column: renamed(value) for column, value in row.items()} for row in getattr(toy_tables, name)]
        for name in toy_tables.counts()
    }
    assert diff(toy_tables, Tables(**rows)).changes == ()


def test_merged_and_split(toy_tables: Tables) -> None:
    ids = {row["name"]: row["entity_id"] for row in toy_tables.entities}
    links = [
        {**row, "entity_id": ids["TensorRT"]} if row["entity_id"] == ids["cuDNN"] else row
        for row in toy_tables.links
    ]
    entities = [row for row in toy_tables.entities if row["name"] != "cuDNN"]
    merged = replace(toy_tables, links=links, entities=entities)
    (there,) = [each for each in diff(toy_tables, merged).changes if each.what == "merged"]
    assert (there.old, there.new) == (("TensorRT", "cuDNN"), ("TensorRT",))
    (back,) = [each for each in diff(merged, toy_tables).changes if each.what == "split"]
    assert (back.old, back.new) == (("TensorRT",), ("TensorRT", "cuDNN"))
    assert "TensorRT -> TensorRT, cuDNN" in diff_text(diff(merged, toy_tables), 5)


def test_only_the_first_of_many_are_told(toy_tables: Tables) -> None:
    found = diff(Tables(), toy_tables)
    entities = [each for each in found.changes if each.kind == "entity"]
    assert [each.weight for each in entities] == sorted((each.weight for each in entities), reverse=True)
    assert f"and {len(entities) - 1} more" in diff_text(found, 1)
