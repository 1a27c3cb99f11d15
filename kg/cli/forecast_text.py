"""``--dry-run`` in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.failures_text import failures_text
from kg.cli.layout import printable, table
from kg.cli.progress import duration

if TYPE_CHECKING:
    from kg.cli.running import Run
    from kg.forecast import Forecast
    from kg.recipe import Recipe
    from kg.timings import Progress

__all__ = ["forecast_text", "foretold", "size_text"]


def foretold(recipe: Recipe, output: Path, run: Run, progress: Progress | None) -> str:
    """What a build would do, as it is shown."""
    from kg.forecast import forecast  # noqa: PLC0415 - loads spaCy

    found = forecast(recipe, output, engine=run.engine, progress=progress)
    return forecast_text(found, output, on_cluster=run.engine_name != "local")


def forecast_text(found: Forecast, output: Path, *, on_cluster: bool = False) -> str:
    """Counts, and time and room in round figures."""
    counts: list[tuple[str, int]] = [
        ("documents", found.documents),
        ("  would be read now", found.new_documents),
        *([("  left out as excluded", found.excluded)] if found.excluded else []),
        *([("  without papers", len(found.failed))] if found.failed else []),
        ("papers", found.papers),
        ("texts", found.texts),
        ("  would be extracted now", found.new_texts),
    ]
    lines = [table(["found", "count"], [[name, f"{count:,}"] for name, count in counts]), ""]
    if found.failed:
        lines += ["no paper from:", *failures_text(found.failed), ""]
    if on_cluster:
        where = "by one process; a cluster shares the extraction"
    else:
        where = f"with {found.workers} worker{'s' if found.workers > 1 else ''}"
    lines.append(f"about {duration(_round(found.seconds))} {where}{_measured(found)}")
    lines.append(f"about {size_text(found.size)} in {printable(str(output))} in the end")
    lines.append("nothing was written")
    return "\n".join(lines)


def size_text(size: int) -> str:
    """Bytes in the unit that fits.

    >>> size_text(900), size_text(23_400_000), size_text(5_200_000_000)
    ('1 kB', '23 MB', '5.2 GB')
    """
    if size < 1e6:
        return f"{max(1, round(size / 1e3))} kB"
    return f"{size / 1e6:.0f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"


def _measured(found: Forecast) -> str:
    if found.rate is None:
        return ""
    rate = f"{found.rate:,.0f}" if found.rate >= 10 else f"{found.rate:.1f}"
    return f" (of {found.sampled} texts, one process read {rate} a second)"


def _round(seconds: float) -> float:
    """To two figures, as it is a guess."""
    return float(f"{seconds:.2g}") if seconds > 10 else seconds
