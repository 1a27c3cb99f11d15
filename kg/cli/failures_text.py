"""Documents that gave no paper, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.cli.layout import printable

if TYPE_CHECKING:
    from kg.types import Document

__all__ = ["failures_text"]


def failures_text(documents: Sequence[Document]) -> list[str]:
    """A line for each document; those of one archive that failed for one reason share one."""
    groups: dict[tuple[str, str], list[str]] = {}
    for document in documents:
        archive, inside, _ = document.path.partition("!/")
        reason = f"{document.status}, {printable(document.error or 'no paper found')}"
        groups.setdefault((archive if inside else document.path, reason), []).append(printable(document.path))
    return [
        f"  {paths[0]}{f' and {len(paths) - 1} more of it' if len(paths) > 1 else ''}: {reason}"
        for (_, reason), paths in groups.items()
    ]
