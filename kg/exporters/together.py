"""Text of many rows at once, from columns: what graph files of millions of lines are written with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from kg.exporters.columns import Column

__all__ = ["filled", "together"]


def together(*parts: str | Sequence[str]) -> str:
    """One text of all rows: lists give a text for each row, other parts stand in every row.

    >>> together("<", ["a", "b"], ">")
    '<a><b>'
    """
    each: list[Iterable[str]] = []
    constant = ""
    for part in parts:
        if isinstance(part, str):
            constant += part
        else:
            each += (repeat(constant), part)
            constant = ""
    return "".join(chain.from_iterable(zip(*each, repeat(constant), strict=False)))


def filled(
    columns: Iterable[Column],
    values: Mapping[str, Sequence[Any]],
    written: Callable[[list[str]], list[str]],
    around: Callable[[Column], tuple[str, str]],
) -> Iterator[str | list[str]]:
    """The parts for ``together`` of data columns; of a value that is not known there is none.

    ``written``: texts of a column that holds text, as the format writes them; ``around``: what stands before
    and behind each.
    """
    for column in columns:
        if column.attribute not in values:
            continue
        before, behind = around(column)
        texts = column.texts(values[column.attribute])
        if column.type == "string":
            texts = written(texts)
        if all(texts):
            yield from (before, texts, behind)
        elif any(texts):
            yield [f"{before}{text}{behind}" if text else "" for text in texts]
